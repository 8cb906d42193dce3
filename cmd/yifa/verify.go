package main

import (
	"context"
	"fmt"
	"time"

	"yifa/internal/installation"
	"yifa/law"
)

type verifyCmd struct {
	Data     string `required:"" help:"Data folder."`
	Database string `help:"postgres://… or sqlite:PATH; by default DATA/yifa.db."`
	Key      string `help:"Key file; by default $YIFA_KEY, the credential yifa.key or DATA/yifa.key."`
}

// Run replays everything, and fails naming the first place that differs.
func (c *verifyCmd) Run(ctx context.Context) error {
	keys, err := findKeys(c.Key)
	if err != nil {
		return err
	}
	i, err := installation.Open(ctx, installation.Options{Dir: c.Data, Database: c.Database, Keys: keys, Law: law.FS, Hooks: hooks, Now: time.Now})
	if err != nil {
		return err
	}
	defer func() { _ = i.Close() }()
	v, err := i.Office.Verify(ctx)
	if err != nil {
		return err
	}
	fmt.Printf("%d matters, %d entries, %d sealed parts, %d heads, %d papers\n", v.Matters, v.Entries, v.Parts, v.Heads, v.Papers)
	for _, d := range v.Differences {
		fmt.Println("differs:", d)
	}
	if len(v.Differences) > 0 {
		return fmt.Errorf("the record differs: %s", v.Differences[0])
	}
	fmt.Println("nothing differs")
	return nil
}
