package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"time"

	"yifa/internal/calendar"
	"yifa/internal/courier"
	"yifa/internal/demo"
	"yifa/internal/i18n"
	"yifa/internal/installation"
	"yifa/internal/office"
	"yifa/internal/raster"
	"yifa/law"
)

type demoCmd struct {
	Addr  string `default:"127.0.0.1:8080" help:"Address to serve on."`
	Data  string `help:"Data folder; in your cache folder by default."`
	Today string `default:"2026-11-20" help:"The day the demo city begins to run on from."`
	Size  string `default:"default" enum:"default,full" help:"default: 300 matters, there at once; full: 3,000, told in the background while the city is served."`
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
	i, clock, err := openDemo(ctx, c.Data, today)
	if err != nil {
		return err
	}
	defer func() { _ = i.Close() }()
	apps, err := demoApps(c.Data)
	if err != nil {
		return err
	}
	o, run := siteOptions{Demo: true, Now: clock.Now, Open311: apps}, i.Office.Run
	if c.Size == "full" {
		rest := &demo.Rest{Live: i.Office, Dir: c.Data}
		if err := rest.Resume(); err != nil {
			return err
		}
		o.Filling = rest.Made
		run = func(ctx context.Context) { rest.Resumed(ctx); i.Office.Run(ctx) }
		told := make(chan struct{})
		ctx, stop := context.WithCancel(ctx)
		defer func() { stop(); <-told }()
		go func() {
			defer close(told)
			if err := tellRest(ctx, rest, today); err != nil && ctx.Err() == nil {
				slog.Error("demo data", "fault", err)
			}
		}()
	}
	go run(ctx)
	h, err := site(i, o)
	if err != nil {
		return err
	}
	return serve(ctx, c.Addr, h, func(url string) { greet(url, i.Office.DemoAccounts(i18n.ZhHans)) })
}

// tellRest fills the city up to its full size, through an office of its own.
func tellRest(ctx context.Context, rest *demo.Rest, today calendar.Date) error {
	defer rest.Release()
	clock := &demo.Clock{}
	clock.Set(demo.Begin.Midnight())
	// Its acts are in the log of the database when they are answered, and on disk soon: what a power cut takes is told again.
	soon := "sqlite:" + filepath.Join(rest.Dir, installation.DatabaseFile) + "?_pragma=synchronous(1)"
	i, err := installation.Open(ctx, installation.Options{Dir: rest.Dir, Database: soon, Law: law.FS, Hooks: hooks, Now: clock.Now, Pages: raster.SharedCache(), LazyPapers: true})
	if err != nil {
		return err
	}
	rest.City = &demo.City{Office: i.Office, Law: i.Law, LawFS: law.FS, Clock: clock, Today: today}
	return errors.Join(rest.Tell(ctx), i.Close())
}

// doneFile marks a demo city that was built to its end; a half-built one is built anew.
const doneFile = "built"

// openDemo opens the demo city in a folder, and builds it first where it is not there.
func openDemo(ctx context.Context, dir string, today calendar.Date) (*installation.Installation, *demo.Clock, error) {
	mark := filepath.Join(dir, doneFile)
	if _, err := os.Stat(mark); errors.Is(err, os.ErrNotExist) {
		for _, name := range []string{installation.DatabaseFile, installation.DatabaseFile + "-wal", installation.DatabaseFile + "-shm", installation.EvidenceDir} {
			if err := os.RemoveAll(filepath.Join(dir, name)); err != nil {
				return nil, nil, fmt.Errorf("clear %s: %w", dir, err)
			}
		}
		if err := buildDemo(ctx, dir, today); err != nil {
			return nil, nil, err
		}
		if err := os.WriteFile(mark, []byte(today.String()+"\n"), 0o600); err != nil {
			return nil, nil, err
		}
	}
	city := &demo.City{LawFS: law.FS}
	if err := city.Read(); err != nil {
		return nil, nil, err
	}
	if err := city.Seals(dir); err != nil {
		return nil, nil, err
	}
	clock := &demo.Clock{}
	clock.Start(today.Midnight().Add(9 * time.Hour))
	carrier, err := courier.New(courier.Config{Dir: filepath.Join(dir, "outgoing")})
	if err != nil {
		return nil, nil, err
	}
	i, err := installation.Open(ctx, installation.Options{Dir: dir, Law: law.FS, Hooks: hooks, Now: clock.Now, Pages: raster.SharedCache(), Demo: city.Accounts(), LazyPapers: true, Courier: carrier, Seals: filepath.Join(dir, demo.SealDir)})
	return i, clock, err
}

func buildDemo(ctx context.Context, dir string, today calendar.Date) error {
	clock := &demo.Clock{}
	clock.Set(demo.Begin.Midnight())
	// A city half built is built anew, so building need not wait for the disk after every act.
	fast := "sqlite:" + filepath.Join(dir, installation.DatabaseFile) + "?_pragma=synchronous(0)"
	i, err := installation.Open(ctx, installation.Options{Dir: dir, Database: fast, Law: law.FS, Hooks: hooks, Now: clock.Now, Pages: raster.SharedCache(), MakeKey: true, LazyPapers: true})
	if err != nil {
		return err
	}
	city := &demo.City{Office: i.Office, Law: i.Law, LawFS: law.FS, Clock: clock, Today: today}
	if err := city.Build(ctx); err != nil {
		return errors.Join(err, i.Close())
	}
	return errors.Join(i.Office.Work(ctx), i.Close(), demo.Progress{Matters: city.Made}.Keep(dir))
}

// greet prints where to look and who to be.
func greet(url string, accounts []office.DemoAccount) {
	fmt.Printf("\n  门户 portal   %s/\n  工作台 desk   %s/desk\n\n  演示账号 demo accounts, password %s\n", url, url, demo.Password)
	for _, a := range accounts {
		fmt.Printf("    %-14s %s  %s：%s\n", a.Login, a.Name, a.Organ+a.Post, a.Try)
	}
	fmt.Printf("\n  应用接口 Open311   %s/open311/discovery.json   api_key %s\n\n", url, demoAppKey)
}
