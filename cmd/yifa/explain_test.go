package main

import (
	"strings"
	"testing"

	"yifa/internal/calendar"
	"yifa/internal/clock"
)

// FuzzExplain: whatever stands after `law explain`, the answer is a day with its derivation or an error, in every
// language.
func FuzzExplain(f *testing.F) {
	f.Add("cmp-01", "2026-09-23", "", "", 0, "")
	f.Add("mea-02", "2026-09-30T20:14", "2026-10-01", "", 0, "")
	f.Add("pen-15n", "2026-03-02", "", "hearing:2026-03-10..2026-03-20", 30, "housing")
	f.Add("rel-04", "9999-12-31", "0001-01-01", "2026-03-10..", -1, "x")
	f.Add("pen-11", "2026-10-10", "", "2026-03-10..2026-03-09", 1<<40, "")
	l, err := (&lawCmd{}).loaded()
	if err != nil {
		f.Fatal(err)
	}
	f.Fuzz(func(t *testing.T, term, from, served, suspend string, extend int, profile string) {
		e := explainCmd{Term: term, From: from, Served: served, Profile: profile}
		if suspend != "" {
			e.Suspend = strings.Split(suspend, ",")
		}
		if extend != 0 {
			e.Extend = []int{extend}
		}
		a, _, err := e.ask()
		if err != nil {
			return
		}
		counted, err := clock.Count(l.Book, l.Calendar, a)
		if err != nil {
			return
		}
		lines := clock.Explain(l.Book, l.Calendar, counted)
		if len(lines) == 0 || !lines[len(lines)-1].Answer {
			t.Errorf("no answer to %+v", e)
		}
		for _, lang := range clock.Langs {
			first, rest, _ := strings.Cut(clock.Print(l.Book, lines, counted, lang), "\n")
			if day, _, _ := strings.Cut(strings.TrimSuffix(first, " provisional"), "T"); day != "suspended" {
				if _, err := calendar.Parse(day); err != nil {
					t.Errorf("%+v answers %q", e, first)
				}
			}
			if rest == "" || strings.Contains(rest, "{") {
				t.Errorf("%+v is derived as %q", e, rest)
			}
		}
	})
}

// FuzzVerdict: whatever is asked of an answered term, the answer is a line in every language or an error.
func FuzzVerdict(f *testing.F) {
	f.Add("sup-05", "2026-09-23", "2026-10-15", "", "2026-10-16", 3)
	f.Add("crm-03", "2026-09-30T10:00", "2026-10-01T10:01", "", "", 0)
	f.Add("pen-07", "2026-03-02", "2026-03-13", "2026-03-09", "", -1)
	f.Add("fy-13", "9999-12-31", "0001-01-01", "2026-03-09", "2026-10-16", 1<<40)
	l, err := (&lawCmd{}).loaded()
	if err != nil {
		f.Fatal(err)
	}
	f.Fuzz(func(t *testing.T, term, from, done, posted, then string, left int) {
		e := explainCmd{Term: term, From: from, Done: done, Posted: posted, Then: then, Left: []int{left}}
		a, do, err := e.ask()
		if err != nil {
			return
		}
		counted, err := clock.Count(l.Book, l.Calendar, a)
		if err != nil {
			return
		}
		lines, err := clock.Verdict(l.Book, l.Calendar, counted, do)
		if err != nil {
			return
		}
		for _, line := range lines {
			for _, lang := range clock.Langs {
				if text := line.Text(lang); text == "" || strings.ContainsAny(text, "{}") {
					t.Errorf("%+v says %q", e, text)
				}
			}
		}
	})
}
