package main

import (
	"context"
	"fmt"
	"os"
	"time"

	"yifa/internal/installation"
	"yifa/internal/ledger"
	"yifa/internal/store"
	"yifa/law"
)

type verifyCmd struct {
	Data       string        `xor:"what" required:"" help:"Data folder: replays every record in it."`
	Receipt    string        `xor:"what" required:"" type:"path" help:"Receipt file: checked alone, without network and database."`
	Checkpoint string        `type:"path" help:"A checkpoint of the log that was kept, or with --receipt a newer one as /log/since/N gives it: says whether the log still holds all it held then."`
	File       string        `type:"path" help:"With --receipt: a file it names, such as a paper (PDF): says whether these are its bytes."`
	LogKey     string        `help:"With --receipt: the log's verifier key as the city publishes it; by default the one in the receipt."`
	Lang       string        `default:"zh-Hans" enum:"zh-Hans,zh-Hant,en" help:"Language of what is said about a receipt."`
	Database   string        `help:"postgres://… or sqlite:PATH; by default DATA/yifa.db."`
	Blobs      evidenceFlags `embed:""`
	Key        string        `help:"Key file; by default $YIFA_KEY, the credential yifa.key or DATA/yifa.key."`
}

// Run replays everything, and fails naming the first place that differs; or it checks a receipt.
func (c *verifyCmd) Run(ctx context.Context) error {
	if c.Receipt != "" {
		return c.receipt(os.Stdout)
	}
	keys, err := findKeys(c.Key)
	if err != nil {
		return err
	}
	blobs, err := c.Blobs.open(ctx, c.Data)
	if err != nil {
		return err
	}
	i, err := installation.Open(ctx, installation.Options{Evidence: blobs, Dir: c.Data, Database: c.Database, Keys: keys, Law: law.FS, Hooks: hooks, Now: time.Now})
	if err != nil {
		return err
	}
	defer func() { _ = i.Close() }()
	v, err := i.Office.Verify(ctx)
	if err != nil {
		return err
	}
	fmt.Printf("%d matters, %d entries, %d sealed parts, %d heads, %d papers, %d files; %d entries in the log, %d wait for it\n",
		v.Matters, v.Entries, v.Parts, v.Heads, v.Papers, v.Files, v.Logged, v.Waiting)
	for _, d := range v.Differences {
		fmt.Println("differs:", d)
	}
	if len(v.Differences) > 0 {
		return fmt.Errorf("the record differs: %s", v.Differences[0])
	}
	if err := c.kept(ctx, i); err != nil {
		return err
	}
	fmt.Println("nothing differs")
	return nil
}

// kept holds the log to a checkpoint that somebody kept: who has the key can sign a changed log anew, but cannot take
// back what was signed before.
func (c *verifyCmd) kept(ctx context.Context, i *installation.Installation) error {
	if c.Checkpoint == "" {
		return nil
	}
	text, err := os.ReadFile(c.Checkpoint)
	if err != nil {
		return err
	}
	step, err := ledger.ParseStep(text)
	if err != nil {
		return err
	}
	var at ledger.Checkpoint
	err = i.DB.Read(ctx, func(q *store.Query) (err error) {
		at, err = i.Office.Ledger().Begins(ctx, q, step.Checkpoint)
		return err
	})
	if err != nil {
		return fmt.Errorf("the record differs: %w", err)
	}
	fmt.Printf("the log begins with all the %d entries of the checkpoint kept\n", at.Size)
	return nil
}
