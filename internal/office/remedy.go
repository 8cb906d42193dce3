package office

import (
	"log/slog"

	"yifa/internal/calendar"
	"yifa/internal/clock"
	"yifa/internal/i18n"
	"yifa/internal/matter"
	"yifa/internal/procedure"
)

// Remedy is another way open to the filer, with its last day where it can be computed, else with the length of its term.
type Remedy struct {
	Label, Text string
	On          calendar.Moment
	Length      string // where no day can be told
	Passed      bool
	Provisional bool
	Unsaid      bool
	Cites       []CiteView
	Why         []WhyLine
}

// remedies are what a procedure tells whoever reports, given what is known.
func (o *Office) remedies(lang i18n.Lang, p *procedure.Procedure, facts matter.Facts) []Remedy {
	all, err := p.Advise(o.lawNow(), o.calendar(), facts)
	if err != nil { // what is told beside a page does not take the page away
		slog.Error("remedies", "procedure", p.Key(), "fault", err)
		return nil
	}
	var out []Remedy
	for _, a := range all {
		at := "remedies." + a.Name
		r := Remedy{Label: p.Text(string(lang), at+".label"), Text: p.Text(string(lang), at+".text")}
		for _, c := range a.Remedy.Cite {
			r.Cites = append(r.Cites, o.cite(lang, c, o.Today()))
		}
		switch {
		case !a.From.IsZero():
			r.On, r.Passed, r.Provisional, r.Why = clock.DueAt(a.Clock), a.Clock.Due < o.Today(), a.Clock.Provisional, o.why(lang, a.Clock)
		case a.Remedy.Term != "":
			if _, v, err := o.law.Book.Term(a.Remedy.Term, o.Today()); err == nil {
				r.Length = o.lengthText(lang, v.Length)
			}
		}
		out = append(out, r)
	}
	return out
}

// DraftRemedies are the other ways open to whoever writes a report, by what she has typed so far.
func (o *Office) DraftRemedies(lang i18n.Lang, d Draft) []Remedy {
	p, act := o.actOf(matter.State{}, procedure.Attempt{Procedure: complaint, Act: fileReport, Happened: calendar.MomentAt(o.now())})
	if act == nil {
		return nil
	}
	_, given := p.Asked(o.typing(), fileReport, d.Fields)
	return o.remedies(lang, p, given)
}

// typing is the snapshot for answers that are read while somebody types: it knows the day, and no organ.
func (o *Office) typing() procedure.Snapshot {
	return procedure.Snapshot{Calendar: o.calendar(), Today: o.Today()}
}
