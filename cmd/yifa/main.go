// Command yifa is the whole system: it serves the portal and the desk, plays the demo city,
// compiles and explains the law, and verifies the record. It decides nothing itself.
package main

import (
	"context"
	"fmt"
	"log/slog"
	"os"
	"os/signal"
	"syscall"

	"github.com/alecthomas/kong"

	"yifa/internal/raster"
)

type program struct {
	Demo     demoCmd     `cmd:"" help:"Build, fill and serve the demo city on embedded SQLite."`
	Serve    serveCmd    `cmd:"" help:"Serve the portal and the desk."`
	Law      lawCmd      `cmd:"" help:"Check, list, show and explain the law."`
	Document documentCmd `cmd:"" help:"Make official papers from the catalogue."`
	Verify   verifyCmd   `cmd:"" help:"Replay every record and name the first place that differs."`
	Key      keyCmd      `cmd:"" help:"Make the key file that seals the record."`
	Admin    adminCmd    `cmd:"" help:"Found an installation, and mend accounts from its machine."`
	Open311  open311Cmd  `cmd:"" name:"open311" help:"Make keys for apps that hand in reports."`
	Backup   backupCmd   `cmd:"" help:"Copy an installation while it serves, encrypted."`
	Restore  restoreCmd  `cmd:"" help:"Put a backup into an empty place and verify it."`
	Bench    benchCmd    `cmd:"" help:"Measure this machine with and without Yifa."`

	BenchBare benchBareCmd `cmd:"" hidden:""`
}

func main() {
	if raster.IsChild() {
		raster.Child()
	}
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	slog.SetDefault(slog.New(slog.NewTextHandler(os.Stderr, nil)))
	p := kong.Parse(&program{}, kong.Name("yifa"), kong.Description("依法: a city's government-by-law programme."),
		kong.UsageOnError(), kong.BindTo(ctx, (*context.Context)(nil)))
	if err := p.Run(); err != nil {
		fmt.Fprintln(os.Stderr, "yifa:", err)
		os.Exit(1)
	}
}
