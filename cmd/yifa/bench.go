package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"runtime/pprof"
	"time"

	"yifa/internal/bench"
	"yifa/law"
)

type benchCmd struct {
	Matters  []int         `default:"5000" help:"How many matters; several sizes are measured in turn, and their growth."`
	Data     string        `help:"Folder that keeps the filled data, one folder for each size; in your cache folder by default."`
	Database string        `help:"postgres://… of an empty database, or of an earlier run on the same data folder; SQLite by default."`
	Each     time.Duration `default:"3s" help:"How long each line is measured."`
	Fill     bool          `help:"Only fill the data folders."`
	Only     string        `help:"Measure only lines whose name holds this."`
	Profile  string        `help:"Write processor profiles: of this process to the file, of the served one to FILE.served."`
	Recount  int           `help:"Measure instead what a holiday notice costs over so many open deadlines, such as 1000000."`
	Codes    int           `help:"Measure instead whether the time of an answer tells a known receipt code from an unknown one, so many tries of each, such as 200."`
	Flood    time.Duration `help:"Measure instead how a served process stands a flood so long: 10m is 100,000 attempts from 10,000 addresses, and 500 honest reports among them."`
	JSON     bool          `name:"json" help:"Print the report as JSON."`
}

// Run fills the folders and measures.
func (c *benchCmd) Run(ctx context.Context) error {
	if c.Data == "" {
		cache, err := os.UserCacheDir()
		if err != nil {
			return fmt.Errorf("there is no cache folder: name one with --data: %w", err)
		}
		c.Data = filepath.Join(cache, "yifa", "bench")
	}
	stop, err := profile(c.Profile)
	if err != nil {
		return err
	}
	defer stop()
	served := ""
	if c.Profile != "" {
		served = c.Profile + ".served"
	}
	self, err := os.Executable()
	if err != nil {
		return err
	}
	switch {
	case c.Recount > 0:
		return c.recount(ctx)
	case c.Codes > 0:
		return c.codes(ctx, self)
	case c.Flood > 0:
		return c.flood(ctx, self)
	}
	r, err := bench.Run(ctx, bench.Options{Dir: c.Data, Database: c.Database, Sizes: c.Matters, Each: c.Each, FillOnly: c.Fill,
		Only: c.Only, Profile: served, Program: self, Law: law.FS, Log: os.Stderr})
	if err != nil {
		return err
	}
	if c.JSON {
		out := json.NewEncoder(os.Stdout)
		out.SetIndent("", "  ")
		return out.Encode(r)
	}
	r.Print(os.Stdout)
	return nil
}

// recount measures what a holiday notice costs.
func (c *benchCmd) recount(ctx context.Context) error {
	r, err := bench.Recount(ctx, bench.Options{Dir: filepath.Join(c.Data, fmt.Sprintf("recount-%d", c.Recount)), Database: c.Database,
		Sizes: []int{c.Recount}, Each: c.Each, FillOnly: c.Fill, Law: law.FS, Log: os.Stderr})
	if err != nil || c.Fill {
		return err
	}
	if c.JSON {
		return json.NewEncoder(os.Stdout).Encode(r)
	}
	r.Print(os.Stdout)
	return nil
}

// codes measures the look-up by receipt code, and fails where it can be told by its time whether a code is known.
func (c *benchCmd) codes(ctx context.Context, self string) error {
	r, err := bench.Codes(ctx, bench.Options{Dir: filepath.Join(c.Data, fmt.Sprintf("codes-%d", c.Matters[0])), Database: c.Database,
		Sizes: c.Matters[:1], Program: self, Law: law.FS, Log: os.Stderr}, c.Codes)
	if err != nil {
		return err
	}
	r.Print(os.Stdout)
	if r.Told() {
		return fmt.Errorf("known and unknown receipt codes are %s apart", r.Apart())
	}
	return nil
}

// flood measures a flood, and fails where more than one honest report in a hundred did not get through.
func (c *benchCmd) flood(ctx context.Context, self string) error {
	r, err := bench.Flood(ctx, bench.Options{Dir: filepath.Join(c.Data, "flood"), Database: c.Database, Program: self, Law: law.FS, Log: os.Stderr}, c.Flood)
	if err != nil {
		return err
	}
	r.Print(os.Stdout)
	if !r.Stood() {
		return errors.New("more than one honest report in a hundred did not get through")
	}
	return nil
}

// benchBareCmd serves the bare pages that pages are measured against.
type benchBareCmd struct {
	Data     string `required:""`
	Database string
}

// Run serves them.
func (c *benchBareCmd) Run(ctx context.Context) error {
	return bench.ServeBare(ctx, c.Data, c.Database, func(url string) { fmt.Println(url) })
}

// profile writes a processor profile to a file until stop is called; none where the path is empty.
func profile(path string) (stop func(), err error) {
	if path == "" {
		return func() {}, nil
	}
	f, err := os.Create(path)
	if err != nil {
		return nil, err
	}
	if err := pprof.StartCPUProfile(f); err != nil {
		return nil, err
	}
	return func() {
		pprof.StopCPUProfile()
		_ = f.Close() // a profile cut short shows itself
	}, nil
}
