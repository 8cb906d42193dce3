package office

import (
	"errors"
	"maps"
	"slices"
	"strconv"
	"strings"

	"yifa/internal/calendar"
	"yifa/internal/clock"
	"yifa/internal/i18n"
	"yifa/internal/matter"
	"yifa/internal/statute"
)

// CalcAsk is a question to the calculator as an address or form gives it: days YYYY-MM-DD, stretches
// A..B or GROUND:A..B, extensions in units, several set apart by commas.
type CalcAsk struct{ Term, From, Served, Suspend, Extend, Profile string }

// CalcView is the calculator: what can be asked, and the answer where something was.
type CalcView struct {
	Families []CalcFamily
	Profiles []OptionView // sectors with a limit of their own for this term
	Grounds  []OptionView // on which the clock stands still
	Granters []string     // who may extend, and by how much

	Term        string // id; empty: nothing was asked
	Title       string
	Anchor      string // the event it counts from
	Expiry      string
	Service     bool // it counts from service, or from the end of terms that do
	Length      string
	Cite        CiteView
	Unsaid      bool
	None        string // why there is no day: no number, not in force
	Due         calendar.Moment
	Provisional bool
	Suspended   bool
	Left        string
	Why         []WhyLine
	Days        []clock.Day
	Calendar    *calendar.Calendar // the one it was counted with
	Derivation  clock.Derivation   // the answer for programs
}

// CalcFamily is one group of terms.
type CalcFamily struct {
	Label string
	Terms []OptionView
}

// Calculate counts a term for anybody who asks. The error is BadFields; what the law does not answer
// is said in None.
func (o *Office) Calculate(lang i18n.Lang, ask CalcAsk) (CalcView, error) {
	v := CalcView{Families: o.families(lang)}
	if ask.Term == "" {
		return v, nil
	}
	t, err := o.law.Book.Find(ask.Term)
	if err != nil {
		return v, BadFields{"term": i18n.T(lang, "calculator.no_term")}
	}
	w := t.Words(string(lang))
	v.Term, v.Title, v.Anchor, v.Expiry = t.ID, w.Title, w.Anchor, w.Expiry
	v.Service = t.Service || len(t.After) > 0
	v.Profiles = o.sectors(lang, t)
	if ask.From == "" {
		o.describe(lang, &v, t.Versions[len(t.Versions)-1])
		return v, nil
	}
	a, bad := readAsk(lang, ask)
	if bad != nil {
		o.describe(lang, &v, t.Versions[len(t.Versions)-1])
		return v, bad
	}
	c, err := clock.Count(o.law.Book, o.calendar(), a)
	var off *statute.NotInForce
	var unnumbered *clock.NoNumber
	switch {
	case errors.As(err, &off):
		v.None = o.notInForce(lang, off)
		return v, nil
	case errors.As(err, &unnumbered):
		o.describe(lang, &v, t.Versions[len(t.Versions)-1])
		v.None = i18n.T(lang, "calculator.no_number", "word", v.Length)
		return v, nil
	case err != nil:
		o.describe(lang, &v, t.Versions[len(t.Versions)-1])
		return v, badCount(lang, err)
	}
	o.answered(lang, &v, c)
	before := clock.Beforehand(o.law.Book, o.calendar(), a)
	v.Why = append(o.whyLines(lang, c, before), v.Why...)
	v.Derivation = clock.Derive(o.law.Book, slices.Concat(before, clock.Explain(o.law.Book, o.calendar(), c)), c, string(lang))
	return v, nil
}

// answered writes the answer, under the version of the term it was counted by.
func (o *Office) answered(lang i18n.Lang, v *CalcView, c matter.Clock) {
	from, _ := calendar.Parse(c.Version)
	_, version, err := o.law.Book.Term(c.Term, from)
	if err != nil {
		return
	}
	o.describe(lang, v, version)
	v.Due, v.Provisional, v.Suspended = clock.DueAt(c), c.Provisional, c.Status == matter.Suspended
	if v.Suspended {
		v.Left = i18n.T(lang, "office.length", "n", c.Left, "unit", unit(lang, c.Unit, c.Left))
	}
	v.Why, v.Days, v.Calendar = o.why(lang, c), clock.Days(c, o.calendar()), o.calendar()
}

// describe writes what the law says of a term in one of its versions.
func (o *Office) describe(lang i18n.Lang, v *CalcView, version statute.TermVersion) {
	on := max(version.From, min(o.Today(), version.To-1))
	v.Cite, v.Unsaid = o.cite(lang, version.Cite.String(), on), version.Status != statute.Verified
	v.Length = o.lengthText(lang, version.Length)
	v.Granters, v.Grounds = nil, nil
	for _, e := range version.Extend {
		v.Granters = append(v.Granters, i18n.T(lang, "calculator.granter", "who", o.law.Book.Word("granters", e.By, string(lang)), "length", o.lengthText(lang, e.Length)))
	}
	for _, g := range slices.Concat(version.Suspend, version.Exclude) {
		v.Grounds = append(v.Grounds, OptionView{Value: g.Ground, Label: o.law.Book.Word("grounds", g.Ground, string(lang))})
	}
}

// sectors are those with a limit of their own instead of a term.
func (o *Office) sectors(lang i18n.Lang, t statute.Term) []OptionView {
	var out []OptionView
	for _, sector := range slices.Sorted(maps.Keys(t.Versions[len(t.Versions)-1].Profiles)) {
		out = append(out, OptionView{Value: sector, Label: o.law.Book.Word("profiles", sector, string(lang))})
	}
	return out
}

// lengthText words a length: 5 个工作日, 及时, 每年 1 月 31 日前.
func (o *Office) lengthText(lang i18n.Lang, l statute.Length) string {
	switch l.Unit {
	case statute.Prompt:
		return i18n.T(lang, "calculator.length."+map[string]string{"立即": "at_once", "合理期限": "reasonable"}[l.Word])
	case statute.Yearly:
		return i18n.T(lang, "calculator.length_yearly", "day", i18n.Date(lang, calendar.New(2026, 1, 1).AddMonths(l.N/100-1).AddDays(l.N%100-1)))
	case statute.Monthly:
		return i18n.T(lang, "calculator.length_monthly", "n", l.N)
	}
	return i18n.T(lang, "office.length", "n", l.N, "unit", unit(lang, string(l.Unit), l.N))
}

// families groups the terms of the law for a select.
func (o *Office) families(lang i18n.Lang) []CalcFamily {
	var out []CalcFamily
	for _, f := range o.law.Book.Families() {
		family := CalcFamily{Label: f.Words[string(lang)]}
		for _, t := range f.Terms {
			family.Terms = append(family.Terms, OptionView{Value: t.ID, Label: t.Words(string(lang)).Title})
		}
		out = append(out, family)
	}
	return out
}

// readAsk reads the fields of a question.
func readAsk(lang i18n.Lang, ask CalcAsk) (clock.Ask, BadFields) {
	a, bad := clock.Ask{Term: ask.Term, Profile: ask.Profile}, BadFields{}
	var err error
	if a.From, err = calendar.ParseMoment(ask.From); err != nil {
		bad["from"] = i18n.T(lang, "calculator.bad_day")
		if day, _, timed := strings.Cut(ask.From, "T"); timed {
			if _, err := calendar.Parse(day); err == nil {
				bad = BadFields{"at": i18n.T(lang, "calculator.bad_hour")}
			}
		}
	}
	if ask.Served != "" {
		if a.Served, err = calendar.Parse(ask.Served); err != nil {
			bad["served"] = i18n.T(lang, "calculator.bad_day")
		}
	}
	for _, s := range split(ask.Suspend) {
		p, err := statute.ParsePause(s)
		if err != nil {
			bad["suspend"] = i18n.T(lang, "calculator.bad_stretch")
		}
		a.Pauses = append(a.Pauses, p)
	}
	for _, s := range split(ask.Extend) {
		n, err := strconv.Atoi(s)
		if err != nil || n < 0 || n > 9999 {
			bad["extend"] = i18n.T(lang, "calculator.bad_number")
		}
		a.Extend = append(a.Extend, n)
	}
	if len(bad) > 0 {
		return a, bad
	}
	return a, nil
}

func split(list string) []string {
	return strings.FieldsFunc(list, func(r rune) bool { return r == ',' || r == '，' || r == ' ' })
}

// badCount words why a term cannot be extended or stand still as was asked.
func badCount(lang i18n.Lang, err error) error {
	var longer *clock.NotExtended
	var paused *clock.NotPaused
	var sector clock.UnknownProfile
	var served *clock.NotServed
	switch {
	case errors.As(err, &served) && served.Early:
		return BadFields{"served": i18n.T(lang, "calculator.served_early")}
	case errors.As(err, &served):
		return BadFields{"served": i18n.T(lang, "calculator.not_served")}
	case errors.As(err, &sector):
		return BadFields{"profile": i18n.T(lang, "calculator.no_sector")}
	case errors.As(err, &longer):
		return BadFields{"extend": i18n.T(lang, "calculator.extend."+longer.Reason)}
	case errors.As(err, &paused) && paused.Late:
		return BadFields{"suspend": i18n.T(lang, "calculator.pause_late")}
	case errors.As(err, &paused):
		return BadFields{"suspend": i18n.T(lang, "calculator.pause_ground")}
	}
	return err
}

func (o *Office) notInForce(lang i18n.Lang, e *statute.NotInForce) string {
	if e.From != 0 {
		return i18n.T(lang, "calculator.from_later", "day", i18n.DateYear(lang, e.From))
	}
	return i18n.T(lang, "calculator.ended", "day", i18n.DateYear(lang, e.To))
}
