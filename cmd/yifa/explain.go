package main

import (
	"encoding/json"
	"fmt"
	"io"
	"os"
	"slices"

	"yifa/internal/calendar"
	"yifa/internal/clock"
	"yifa/internal/procedure"
	"yifa/internal/statute"
)

type explainCmd struct {
	Term    string   `arg:"" help:"id or alias of a term, such as cmp-01."`
	From    string   `required:"" help:"Day of the event, YYYY-MM-DD, or YYYY-MM-DDTHH:MM for a term in hours."`
	Served  string   `help:"Day the paper was served, where the term, or those it waits for, count from service."`
	Suspend []string `sep:"," help:"A stretch in which the clock stands still, A..B or GROUND:A..B; may be given again."`
	Extend  []int    `sep:"," help:"Units by which the term was extended, one extension after the other; 0 is as much as the text allows."`
	Profile string   `help:"Sector with a limit of its own, such as housing."`
	Done    string   `help:"Day (or moment) the act the term is for was done: says whether it was in time."`
	Posted  string   `help:"Day that act was posted; --done is then its arrival."`
	Then    string   `help:"Day of an act that may be done only once the term has run out: says whether it may."`
	Left    []int    `sep:"," help:"Units left, as a reminder counts them: says on which day."`
	Lang    string   `default:"zh-Hans" enum:"zh-Hans,zh-Hant,en" help:"Language of the derivation."`
	JSON    bool     `help:"Print JSON."`
}

// ask reads the flags; an error names the flag.
func (e *explainCmd) ask() (clock.Ask, clock.Doing, error) {
	a, do := clock.Ask{Term: e.Term, Profile: e.Profile, Extend: e.Extend}, clock.Doing{Left: e.Left}
	var err error
	if a.From, err = calendar.ParseMoment(e.From); err != nil {
		return a, do, fmt.Errorf("--from: %w", err)
	}
	for _, s := range e.Suspend {
		p, err := statute.ParsePause(s)
		if err != nil {
			return a, do, fmt.Errorf("--suspend: %w", err)
		}
		a.Pauses = append(a.Pauses, p)
	}
	if e.Done != "" {
		if do.Done, err = calendar.ParseMoment(e.Done); err != nil {
			return a, do, fmt.Errorf("--done: %w", err)
		}
	}
	for _, f := range []struct {
		flag, text string
		day        *calendar.Date
	}{{"served", e.Served, &a.Served}, {"posted", e.Posted, &do.Posted}, {"then", e.Then, &do.Then}} {
		if f.text == "" {
			continue
		}
		if *f.day, err = calendar.Parse(f.text); err != nil {
			return a, do, fmt.Errorf("--%s: %w", f.flag, err)
		}
	}
	return a, do, nil
}

// Run prints the day, or the time as RFC 3339, on the first line and its derivation after it.
func (e *explainCmd) Run(c *lawCmd) error {
	l, err := c.loaded()
	if err != nil {
		return err
	}
	return e.answer(os.Stdout, l)
}

// answer writes what Run prints.
func (e *explainCmd) answer(w io.Writer, l *procedure.Law) error {
	a, do, err := e.ask()
	if err != nil {
		return err
	}
	counted, err := clock.Count(l.Book, l.Calendar, a)
	if err != nil {
		return err
	}
	said, err := clock.Verdict(l.Book, l.Calendar, counted, do)
	if err != nil {
		return err
	}
	lines := slices.Concat(clock.Beforehand(l.Book, l.Calendar, a), clock.Explain(l.Book, l.Calendar, counted), said)
	if !e.JSON {
		_, err = fmt.Fprint(w, clock.Print(l.Book, lines, counted, e.Lang))
		return err
	}
	b, err := json.MarshalIndent(clock.Derive(l.Book, lines, counted, e.Lang), "", "  ")
	if err != nil {
		return err
	}
	_, err = fmt.Fprintln(w, string(b))
	return err
}
