package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"time"

	"filippo.io/age"

	"yifa/internal/backup"
	"yifa/internal/evidence"
	"yifa/internal/installation"
	"yifa/internal/office"
	"yifa/law"
)

type restoreCmd struct {
	From      string        `arg:"" help:"One backup: a folder such as BACKUPS/20261123T020000Z."`
	Identity  string        `required:"" help:"File that opens backups."`
	Data      string        `required:"" help:"The new data folder: absent, or empty but for the key file and the list of what was destroyed."`
	Database  string        `help:"postgres://…: an empty database, for a backup of PostgreSQL."`
	Blobs     evidenceFlags `embed:""`
	Key       string        `help:"Key file; by default $YIFA_KEY, the credential yifa.key or DATA/yifa.key."`
	Destroyed []string      `help:"Lists of what was destroyed, beside BACKUPS/destroyed.txt and DATA/destroyed.txt. none: nothing ever was."`
}

// Run puts a backup back into an empty place, destroys again what was destroyed since it was made (ptsd/139), and verifies
// the record.
func (c *restoreCmd) Run(ctx context.Context) error {
	ids, err := readIdentities(c.Identity)
	if err != nil {
		return err
	}
	lists, err := c.lists()
	if err != nil {
		return err
	}
	blobs, err := c.Blobs.open(ctx, c.Data)
	if err != nil {
		return err
	}
	m, err := backup.Restore(ctx, c.From, ids, backup.Into{Dir: c.Data, Store: blobs, Evidence: filepath.Join(c.Data, installation.EvidenceDir),
		File: filepath.Join(c.Data, installation.DatabaseFile), Database: c.Database, Keep: []string{installation.KeyFile, installation.DestroyedFile}})
	if err != nil {
		return err
	}
	fmt.Printf("restored as of %s, %d files of evidence\n", m.Made.Format(time.RFC3339), m.Copied)
	if err := c.destroyAgain(ctx, lists, blobs); err != nil {
		return fmt.Errorf("do not serve it: %w", err)
	}
	if err := (&verifyCmd{Blobs: c.Blobs, Data: c.Data, Database: c.Database, Key: c.Key}).Run(ctx); err != nil {
		return fmt.Errorf("do not serve it: %w", err)
	}
	return nil
}

func readIdentities(path string) ([]age.Identity, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	ids, err := age.ParseIdentities(f)
	if err := errors.Join(err, f.Close()); err != nil {
		return nil, fmt.Errorf("--identity %s: %w", path, err)
	}
	return ids, nil
}

// noList is what the operator says who knows that nothing was ever destroyed.
const noList = "none"

// lists are the texts of all lists of what was destroyed. Without any nothing is restored: what was destroyed would come back.
func (c *restoreCmd) lists() ([][]byte, error) {
	if slices.Equal(c.Destroyed, []string{noList}) {
		return nil, nil
	}
	var out [][]byte
	found := []string{filepath.Join(filepath.Dir(filepath.Clean(c.From)), backup.DestroyedFile), filepath.Join(c.Data, installation.DestroyedFile)}
	for i, path := range slices.Concat(found, c.Destroyed) {
		text, err := os.ReadFile(path)
		if errors.Is(err, fs.ErrNotExist) && i < len(found) {
			continue
		}
		if err != nil {
			return nil, fmt.Errorf("--destroyed: %w", err)
		}
		out = append(out, text)
	}
	if len(out) == 0 {
		return nil, fmt.Errorf("there is no %s: name the list of what was destroyed with --destroyed FILE, or say --destroyed none if nothing ever was", found[0])
	}
	return out, nil
}

// destroyAgain destroys what the lists name and the backup has brought back.
func (c *restoreCmd) destroyAgain(ctx context.Context, lists [][]byte, blobs evidence.Store) error {
	keys, err := findKeys(c.Key)
	if err != nil {
		return err
	}
	i, err := installation.Open(ctx, installation.Options{Evidence: blobs, Dir: c.Data, Database: c.Database, Keys: keys, Law: law.FS, Hooks: hooks, Now: time.Now})
	if err != nil {
		return err
	}
	defer func() { _ = i.Close() }()
	var lines []office.DestroyedLine
	for _, text := range lists {
		some, err := i.Office.ReadDestroyed(text)
		if err != nil {
			return err
		}
		lines = append(lines, some...)
	}
	n, err := i.Office.Redestroy(ctx, lines)
	if err != nil {
		return err
	}
	fmt.Printf("destroyed again: %d matters of %d in the list\n", n, len(lines))
	return nil
}
