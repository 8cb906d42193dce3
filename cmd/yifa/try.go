package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"time"

	"yifa/internal/calendar"
	"yifa/internal/installation"
	"yifa/internal/office"
	"yifa/internal/procedure"
	"yifa/internal/procedure/worked"
	"yifa/internal/store"
	"yifa/law"
)

type tryCmd struct {
	New      string        `arg:"" help:"Folder of the draft: a whole law, or one version of a procedure (with its procedure.yaml)."`
	Data     string        `help:"Data folder; its database is only read. Needs no key."`
	Database string        `help:"postgres://… or sqlite:PATH; by default DATA/yifa.db."`
	Today    calendar.Date `help:"Day as of which acts are open; today by default."`
	JSON     bool          `name:"json" help:"Print everything as JSON."`
}

// Run replays all open matters under the draft and prints what would change. It fails where the draft or
// the database cannot be read, and not because something would change.
func (t *tryCmd) Run(ctx context.Context, c *lawCmd) error {
	if t.Data == "" && t.Database == "" {
		return errors.New("say which matters to try it on: --data FOLDER or --database ADDRESS")
	}
	if t.Database == "" {
		t.Database = "sqlite:" + filepath.Join(t.Data, installation.DatabaseFile)
	}
	if t.Today.IsZero() {
		t.Today = calendar.On(time.Now())
	}
	l, err := c.loaded()
	if err != nil {
		return err
	}
	draft, err := c.draft(t.New)
	if err != nil {
		return err
	}
	db, err := store.Look(ctx, t.Database)
	if err != nil {
		return err
	}
	defer func() { _ = db.Close() }() // it was only read
	progress := newBar("law try")
	tried, err := office.TryDraft(ctx, office.LawDraft{DB: db, Law: l, Draft: draft, Today: t.Today, Progress: progress.at})
	progress.end()
	if err != nil {
		return err
	}
	if t.JSON {
		out := json.NewEncoder(os.Stdout)
		out.SetIndent("", "  ")
		return out.Encode(tried)
	}
	printTried(os.Stdout, l, tried)
	return nil
}

// draft reads a draft of the law. It may lack what only the publishing needs, such as translations; what
// would keep a matter from being played is an error.
func (c *lawCmd) draft(folder string) (*procedure.Law, error) {
	dir, err := os.MkdirTemp("", "yifa-draft-")
	if err != nil {
		return nil, err
	}
	defer func() { _ = os.RemoveAll(dir) }()
	if err := c.compose(folder, dir); err != nil {
		return nil, fmt.Errorf("%s: %w", folder, err)
	}
	l, faults := procedure.Load(os.DirFS(dir), hooks)
	if len(faults) == 0 {
		faults = l.Check()
	}
	if len(faults) > 0 && (l == nil || l.Book == nil || !worked.Playable(faults)) {
		for _, f := range faults {
			fmt.Fprintln(os.Stderr, f.Error())
		}
		return nil, fmt.Errorf("%s: the draft has %d faults", folder, len(faults))
	}
	if len(faults) > 0 {
		fmt.Fprintf(os.Stderr, "the draft has %d faults that yifa law check will name, the first: %s\n", len(faults), faults[0].Error())
	}
	return l, nil
}

// compose puts the draft together in a folder of its own: the draft's whole law, or the law as it is with
// the draft's version of one procedure. Nothing of a draft is locked.
func (c *lawCmd) compose(folder, dir string) error {
	_, err := os.Stat(filepath.Join(folder, "procedure.yaml"))
	version := err == nil
	var whole fs.FS = law.FS
	switch {
	case !version:
		if _, err := os.Stat(filepath.Join(folder, "procedures")); err != nil {
			return errors.New("is neither a law (it has no procedures/) nor a version of a procedure (it has no procedure.yaml)")
		}
		whole = os.DirFS(folder)
	case c.Dir != "":
		whole = os.DirFS(c.Dir)
	}
	if err := os.CopyFS(dir, whole); err != nil {
		return err
	}
	if err := os.Remove(filepath.Join(dir, procedure.LockFile)); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	if !version {
		return nil
	}
	id, err := procedure.Identity(os.DirFS(folder))
	if err != nil {
		return err
	}
	place := filepath.Join(dir, "procedures", id.ID, id.Version)
	if err := os.RemoveAll(place); err != nil {
		return err
	}
	return os.CopyFS(place, os.DirFS(folder))
}
