package main

import (
	"encoding/json"
	"fmt"

	"yifa/internal/calendar"
	"yifa/internal/clock"
	"yifa/internal/statute"
)

type explainCmd struct {
	Term    string   `arg:"" help:"id or alias of a term, such as cmp-01."`
	From    string   `required:"" help:"Day of the event, YYYY-MM-DD, or YYYY-MM-DDTHH:MM for a term in hours."`
	Served  string   `help:"Day the paper was served: the term counts from it."`
	Suspend []string `sep:"," help:"A stretch in which the clock stands still, A..B or GROUND:A..B; may be given again."`
	Extend  []int    `sep:"," help:"Units by which the term was extended, one extension after the other; 0 is as much as the text allows."`
	Profile string   `help:"Sector with a limit of its own, such as housing."`
	Lang    string   `default:"zh-Hans" enum:"zh-Hans,zh-Hant,en" help:"Language of the derivation."`
	JSON    bool     `help:"Print JSON."`
}

// ask reads the flags; an error names the flag.
func (e *explainCmd) ask() (clock.Ask, error) {
	a := clock.Ask{Term: e.Term, Profile: e.Profile, Extend: e.Extend}
	var err error
	if a.From, err = calendar.ParseMoment(e.From); err != nil {
		return a, fmt.Errorf("--from: %w", err)
	}
	if e.Served != "" {
		if a.Served, err = calendar.Parse(e.Served); err != nil {
			return a, fmt.Errorf("--served: %w", err)
		}
	}
	for _, s := range e.Suspend {
		p, err := statute.ParsePause(s)
		if err != nil {
			return a, fmt.Errorf("--suspend: %w", err)
		}
		a.Pauses = append(a.Pauses, p)
	}
	return a, nil
}

// Run prints the day, or the time as RFC 3339, on the first line and its derivation after it.
func (e *explainCmd) Run(c *lawCmd) error {
	a, err := e.ask()
	if err != nil {
		return err
	}
	l, err := c.loaded()
	if err != nil {
		return err
	}
	counted, err := clock.Count(l.Book, l.Calendar, a)
	if err != nil {
		return err
	}
	lines := clock.Explain(l.Book, l.Calendar, counted)
	if !e.JSON {
		fmt.Print(clock.Print(l.Book, lines, counted, e.Lang))
		return nil
	}
	b, err := json.MarshalIndent(clock.Derive(l.Book, lines, counted, e.Lang), "", "  ")
	if err != nil {
		return err
	}
	fmt.Println(string(b))
	return nil
}
