package main

import (
	"context"
	"fmt"
	"log/slog"
	"time"

	"github.com/prometheus/client_golang/prometheus"

	"yifa/internal/backup"
	"yifa/internal/calendar"
	"yifa/internal/evidence"
)

// daily is when a server backs itself up, and where to.
type daily struct {
	To   string   `name:"backup" help:"Back up into this folder every day."`
	At   string   `name:"backup-at" default:"02:30" help:"Time of day in China."`
	For  []string `name:"backup-recipient" help:"age1…: who may restore."`
	Keep int      `name:"backup-keep" default:"14" help:"Keep so many, the newest."`
}

// run makes a backup every day until ctx ends. One that fails is logged, and the next day's is tried all the same.
func (d daily) run(ctx context.Context, data, database string, blobs evidence.Store, made prometheus.Gauge) error {
	if d.To == "" {
		return nil
	}
	o, err := backupOptions(data, database, d.To, d.For)
	if err != nil {
		return err
	}
	o.From = blobs
	if o.Keep = d.Keep; len(o.To) == 0 {
		return backup.ErrNobody
	}
	clock, err := time.Parse("15:04", d.At)
	if err != nil {
		return fmt.Errorf("--backup-at %s: write a time of day such as 02:30", d.At)
	}
	at := time.Duration(clock.Hour())*time.Hour + time.Duration(clock.Minute())*time.Minute
	go func() {
		for {
			select {
			case <-ctx.Done():
				return
			case <-time.After(untilNext(time.Now(), at)):
			}
			m, err := backup.Make(ctx, o)
			if err != nil && ctx.Err() == nil {
				slog.Error("backup", "fault", err)
				continue
			}
			made.Set(float64(m.Made.Unix()))
			slog.Info("backup", "bytes", m.Database.Bytes, "files", m.Blobs, "new", m.Copied)
		}
	}()
	return nil
}

// untilNext is how long it is until a time of day in China comes next.
func untilNext(now time.Time, at time.Duration) time.Duration {
	next := calendar.On(now).Midnight().Add(at)
	if !next.After(now) {
		next = calendar.On(now).AddDays(1).Midnight().Add(at)
	}
	return next.Sub(now)
}
