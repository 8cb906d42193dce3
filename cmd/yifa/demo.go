package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"time"

	"yifa/internal/calendar"
	"yifa/internal/demo"
	"yifa/internal/installation"
	"yifa/internal/office"
	"yifa/law"
)

type demoCmd struct {
	Addr  string `default:"127.0.0.1:8080" help:"Address to serve on."`
	Data  string `help:"Data folder; in your cache folder by default."`
	Today string `default:"2026-11-20" help:"The day the demo city begins to run on from."`
}

// Run builds the demo city if its folder is empty, and serves it.
func (c *demoCmd) Run(ctx context.Context) error {
	today, err := calendar.Parse(c.Today)
	if err != nil {
		return fmt.Errorf("--today: %w", err)
	}
	if c.Data == "" {
		cache, err := os.UserCacheDir()
		if err != nil {
			return fmt.Errorf("there is no cache folder: name one with --data: %w", err)
		}
		c.Data = filepath.Join(cache, "yifa", "demo")
	}
	i, err := openDemo(ctx, c.Data, today)
	if err != nil {
		return err
	}
	defer func() { _ = i.Close() }()
	go i.Office.Run(ctx)
	h, err := site(i, siteOptions{Demo: true})
	if err != nil {
		return err
	}
	return serve(ctx, c.Addr, h, func(url string) { greet(url, i.Office.DemoAccounts()) })
}

// doneFile marks a demo city that was built to its end; a half-built one is built anew.
const doneFile = "built"

// openDemo opens the demo city in a folder, and builds it first where it is not there.
func openDemo(ctx context.Context, dir string, today calendar.Date) (*installation.Installation, error) {
	mark := filepath.Join(dir, doneFile)
	if _, err := os.Stat(mark); errors.Is(err, os.ErrNotExist) {
		for _, name := range []string{installation.DatabaseFile, installation.DatabaseFile + "-wal", installation.DatabaseFile + "-shm", installation.EvidenceDir} {
			if err := os.RemoveAll(filepath.Join(dir, name)); err != nil {
				return nil, fmt.Errorf("clear %s: %w", dir, err)
			}
		}
		if err := buildDemo(ctx, dir, today); err != nil {
			return nil, err
		}
		if err := os.WriteFile(mark, []byte(today.String()+"\n"), 0o600); err != nil {
			return nil, err
		}
	}
	city := &demo.City{LawFS: law.FS}
	if err := city.Read(); err != nil {
		return nil, err
	}
	clock := &demo.Clock{}
	clock.Start(today.Midnight().Add(9 * time.Hour))
	return installation.Open(ctx, installation.Options{Dir: dir, Law: law.FS, Hooks: hooks, Now: clock.Now, Demo: city.Accounts()})
}

func buildDemo(ctx context.Context, dir string, today calendar.Date) error {
	clock := &demo.Clock{}
	clock.Set(demo.Begin.Midnight())
	// A city half built is built anew, so building need not wait for the disk after every act.
	fast := "sqlite:" + filepath.Join(dir, installation.DatabaseFile) + "?_pragma=synchronous(0)"
	i, err := installation.Open(ctx, installation.Options{Dir: dir, Database: fast, Law: law.FS, Hooks: hooks, Now: clock.Now, MakeKey: true})
	if err != nil {
		return err
	}
	city := &demo.City{Office: i.Office, Law: i.Law, LawFS: law.FS, Clock: clock, Today: today}
	if err := city.Build(ctx); err != nil {
		return errors.Join(err, i.Close())
	}
	return errors.Join(i.Office.Work(ctx), i.Close())
}

// greet prints where to look and who to be.
func greet(url string, accounts []office.DemoAccount) {
	fmt.Printf("\n  门户 portal   %s/\n  工作台 desk   %s/desk\n\n  演示账号 demo accounts, password %s\n", url, url, demo.Password)
	for _, a := range accounts {
		fmt.Printf("    %-14s %s  %s\n", a.Login, a.Name, a.Post)
	}
	fmt.Println()
}
