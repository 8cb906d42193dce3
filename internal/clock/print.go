package clock

import (
	"strings"

	"yifa/internal/calendar"
	"yifa/internal/matter"
	"yifa/internal/statute"
)

// Derivation is an answer for programs: the day and why, in one language.
type Derivation struct {
	Term        string   `json:"term"`
	Version     string   `json:"version"`        // of the term: the day it begins to hold
	Due         string   `json:"due,omitempty"`  // YYYY-MM-DD, or RFC 3339 for a term in hours whose hour is known; none while it stands still
	Left        int      `json:"left,omitempty"` // units left while it stands still
	Provisional bool     `json:"provisional"`    // no holiday notice covers a day it counts
	Calendar    string   `json:"calendar"`       // version of the calendar
	Why         []Reason `json:"why"`
}

// Reason is one line of a Derivation.
type Reason struct {
	From       string `json:"from,omitempty"` // YYYY-MM-DD
	To         string `json:"to,omitempty"`
	When       string `json:"when"`
	Text       string `json:"text"`
	Cite       string `json:"cite,omitempty"` // as law files write it
	Source     string `json:"source,omitempty"`
	Unverified bool   `json:"unverified,omitempty"` // our own rule, or a source not read in full
}

// Derive words a derivation in zh-Hans, zh-Hant or en.
func Derive(b *statute.Book, lines []Line, c matter.Clock, lang string) Derivation {
	d := Derivation{Term: c.Term, Version: c.Version, Due: rfc(DueAt(c)), Left: c.Left, Provisional: c.Provisional, Calendar: c.Calendar}
	year := c.Anchor.Year()
	for _, l := range lines {
		d.Why = append(d.Why, Reason{From: l.From.String(), To: l.To.String(), When: l.When(lang, year), Text: l.Text(lang),
			Cite: l.Cite.String(), Source: l.Source(b, lang), Unverified: l.Unverified()})
	}
	return d
}

// rfc writes a day as YYYY-MM-DD and a moment as RFC 3339 in Asia/Shanghai.
func rfc(m calendar.Moment) string {
	if m.Day == 0 || m.Minute < 0 {
		return m.Day.String()
	}
	return m.String() + ":00+08:00"
}

// Print writes a derivation for a terminal: the day, or the time as RFC 3339, " provisional" after it
// where it is and "suspended" where there is none, then one line each with its provision.
func Print(b *statute.Book, lines []Line, c matter.Clock, lang string) string {
	d := Derive(b, lines, c, lang)
	var s strings.Builder
	s.WriteString(d.Due)
	if d.Due == "" {
		s.WriteString("suspended")
	}
	if d.Provisional {
		s.WriteString(" provisional")
	}
	s.WriteString("\n")
	open, end := "（", "）"
	if lang == "en" {
		open, end = " (", ")"
	}
	for _, r := range d.Why {
		s.WriteString(r.When + "  " + r.Text)
		if r.Source != "" {
			s.WriteString(open + r.Source + end)
		}
		if r.Unverified {
			s.WriteString(" " + unverified[langIndex(lang)])
		}
		s.WriteString("\n")
	}
	return s.String()
}

// unverified is the mark pages show too.
var unverified = [3]string{"平台设定", "平台設定", "Platform setting"}
