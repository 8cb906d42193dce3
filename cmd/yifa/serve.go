package main

import (
	"context"
	"fmt"
	"time"

	"yifa/internal/installation"
	"yifa/law"
)

type serveCmd struct {
	Addr     string `default:"127.0.0.1:8080" help:"Address to serve on."`
	Data     string `required:"" help:"Data folder: database, key file and evidence unless named apart."`
	Database string `help:"postgres://… or sqlite:PATH; by default DATA/yifa.db."`
	Key      string `help:"Key file; by default DATA/yifa.key. Made with: yifa key FILE."`
	TLS      bool   `help:"The site is reached over TLS only (by a proxy before it): secure cookies, HSTS."`
}

// Run serves an installation. It refuses a missing or default key.
func (c *serveCmd) Run(ctx context.Context) error {
	i, err := installation.Open(ctx, installation.Options{Dir: c.Data, Database: c.Database, Key: c.Key, Law: law.FS, Hooks: hooks, Now: time.Now})
	if err != nil {
		return err
	}
	defer func() { _ = i.Close() }()
	go i.Office.Run(ctx)
	h, err := site(i, false, c.TLS)
	if err != nil {
		return err
	}
	return serve(ctx, c.Addr, h, func(url string) { fmt.Println(url) })
}
