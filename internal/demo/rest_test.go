package demo_test

import (
	"context"
	"errors"
	"testing"
	"time"

	"yifa/internal/calendar"
	"yifa/internal/demo"
	"yifa/internal/installation"
	"yifa/law"
)

// The rest of a full city is told beside the office that serves it. Cut off again and again it goes on, no matter is
// made twice, and the record stands up to verification.
func TestRest(t *testing.T) {
	ctx, dir, today := context.Background(), t.TempDir(), calendar.New(2026, time.November, 20)
	clock := &demo.Clock{}
	live, err := installation.Open(ctx, installation.Options{Dir: dir, Law: law.FS, Now: clock.Now, MakeKey: true})
	if err != nil {
		t.Fatal(err)
	}
	defer live.Close()
	if err := (&demo.City{Office: live.Office, Law: live.Law, LawFS: law.FS, Clock: clock}).Found(ctx); err != nil {
		t.Fatal(err)
	}
	founded, err := live.Office.Verify(ctx)
	if err != nil {
		t.Fatal(err)
	}
	if err := (demo.Progress{}).Keep(dir); err != nil {
		t.Fatal(err)
	}
	clock.Start(today.Midnight().Add(9 * time.Hour))
	cut := 0
	for short := 300 * time.Millisecond; ; short += short / 4 {
		p := tellFor(t, live, dir, today, short)
		if p.Matters >= restSize {
			break
		}
		cut++
	}
	if err := live.Office.Sweep(ctx); err != nil {
		t.Fatal(err)
	}
	p, err := demo.ProgressOf(dir)
	if err != nil {
		t.Fatal(err)
	}
	v, err := live.Office.Verify(ctx)
	if err != nil {
		t.Fatal(err)
	}
	for _, d := range v.Differences {
		t.Error(d)
	}
	if made := v.Matters - founded.Matters; made != p.Matters {
		t.Errorf("%d matters were made, %d counted, in %d pieces", made, p.Matters, cut+1)
	}
	t.Logf("%+v in %d pieces", p, cut+1)
}

const restSize = 25

// tellFor tells for a while, as a program that is ended after it.
func tellFor(t *testing.T, live *installation.Installation, dir string, today calendar.Date, long time.Duration) demo.Progress {
	t.Helper()
	clock := &demo.Clock{}
	clock.Set(demo.Begin.Midnight())
	i, err := installation.Open(t.Context(), installation.Options{Dir: dir, Law: law.FS, Now: clock.Now})
	if err != nil {
		t.Fatal(err)
	}
	defer i.Close()
	r := &demo.Rest{Live: live.Office, Dir: dir, Size: restSize,
		City: &demo.City{Office: i.Office, Law: i.Law, LawFS: law.FS, Clock: clock, Today: today}}
	if err := r.Resume(); err != nil {
		t.Fatal(err)
	}
	ctx, stop := context.WithTimeout(t.Context(), long)
	defer stop()
	if err := r.Tell(ctx); err != nil && !errors.Is(err, context.DeadlineExceeded) {
		t.Fatal(err)
	}
	r.Resumed(t.Context())
	p, err := demo.ProgressOf(dir)
	if err != nil {
		t.Fatal(err)
	}
	if done, all := r.Made(); done != min(p.Matters, restSize) || all != restSize {
		t.Errorf("told %d of %d, kept %+v", done, all, p)
	}
	return p
}
