package demo_test

import (
	"context"
	"strings"
	"testing"
	"time"

	"yifa/internal/calendar"
	"yifa/internal/demo"
	"yifa/internal/installation"
	"yifa/law"
)

// The demo city is made by acting, and what acting made stands up to verification.
func TestBuild(t *testing.T) {
	ctx, dir := context.Background(), t.TempDir()
	clock := &demo.Clock{}
	clock.Set(demo.Begin.Midnight())
	i, err := installation.Open(ctx, installation.Options{Dir: dir, Law: law.FS, Now: clock.Now, MakeKey: true})
	if err != nil {
		t.Fatal(err)
	}
	defer i.Close()
	city := &demo.City{Office: i.Office, Law: i.Law, LawFS: law.FS, Clock: clock, Today: calendar.New(2026, time.November, 20)}
	start := time.Now()
	if err := city.Build(ctx); err != nil {
		t.Fatal(err)
	}
	t.Logf("built in %v; %d stories ended early", time.Since(start), len(city.Ended))
	for _, e := range city.Ended {
		if t.Log(e); strings.HasSuffix(e, "fields need attention") {
			t.Error("a story is told in words that the office does not take")
		}
	}
	if err := i.Office.Work(ctx); err != nil {
		t.Fatal(err)
	}
	v, err := i.Office.Verify(ctx)
	if err != nil {
		t.Fatal(err)
	}
	for _, d := range v.Differences {
		t.Error(d)
	}
	t.Logf("%+v; %d made", v, city.Made)
	if v.Matters < 630 || city.Made < demo.DefaultSize {
		t.Errorf("%d matters, want the registers and 300 more", v.Matters)
	}
}
