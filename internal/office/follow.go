package office

import (
	"context"
	"slices"

	"yifa/internal/calendar"
	"yifa/internal/i18n"
	"yifa/internal/matter"
	"yifa/internal/store"
)

// The clock within which a report is answered, and the question that says what it is about.
const (
	clockAnswer  = "answer"
	problemField = "problem"
)

// Followed is what the number of a request opens: how far it is, in public words. Nothing of what was written, by the
// filer or by staff, is in it.
type Followed struct {
	Problems []string // values of the kinds of problem
	Status   string   // where it stands, in plain words
	Closed   bool     // nothing that the office owes is open
	Opened   calendar.Moment
	Updated  calendar.Moment // of the last thing the filer is shown
	Answer   calendar.Date   // last day for the answer; zero where that is not known
	Next     *NextDay        // the next day to come
	Office   string          // which handles it
}

// Follow tells how far a report is to whoever holds its request number; ErrNotFound for what is none.
func (o *Office) Follow(ctx context.Context, lang i18n.Lang, number string) (Followed, error) {
	id, err := o.numbered(number)
	if err != nil {
		return Followed{}, err
	}
	var v Followed
	err = o.db.Read(ctx, func(q *store.Query) error {
		d, err := o.open(ctx, q, Reader{Filer: id, Lang: lang}, id)
		if err != nil {
			return err
		}
		v = d.followed()
		return nil
	})
	return v, notFound(err)
}

func (d *dossier) followed() Followed {
	st := d.st
	v := Followed{Problems: st.Facts.List(problemField), Closed: !d.owes(), Office: d.o.organName(d.r.Lang, st.Holder)}
	_, v.Status = d.w.stage(st.Stage)
	for _, item := range d.timeline() {
		if item.State != "done" {
			continue
		}
		if v.Opened.Day.IsZero() || item.On.Before(v.Opened) {
			v.Opened = item.On
		}
		if v.Updated.Before(item.On) {
			v.Updated = item.On
		}
	}
	if next := d.o.nextDays(d.r.Lang, st); len(next) > 0 {
		v.Next = &next[0]
	}
	for _, c := range st.Clocks {
		if c.Name == clockAnswer && c.Status == matter.Running {
			v.Answer = c.Due
		}
	}
	return v
}

// owes says whether a limit of the office is open in the matter, running or suspended.
func (d *dossier) owes() bool {
	return slices.ContainsFunc(sortedKeys(d.st.Clocks), func(key string) bool {
		c := d.st.Clocks[key]
		return binds(d.w.p, c.Name) && (c.Status == matter.Running || c.Status == matter.Suspended)
	})
}

// Window is a stretch of published results: those answered from one day to another, both included; Limit of them after
// skipping some.
type Window struct {
	From, To    calendar.Date
	Skip, Limit int
}

// OutcomesIn are the results made public in a window, those of the last reports first.
func (o *Office) OutcomesIn(ctx context.Context, lang i18n.Lang, w Window) ([]Outcome, error) {
	var out []Outcome
	err := o.db.Read(ctx, func(q *store.Query) error {
		rows, err := q.List(ctx, store.Filter{Reader: o.accessReader([]string{published}), Procedure: disclosureOf, Measured: &store.Measured{Name: "disclosed", From: w.From, To: w.To}, Limit: w.Skip + w.Limit})
		if err != nil || len(rows) <= w.Skip {
			return err
		}
		out, err = o.outcomes(ctx, q, lang, idsOf(rows[w.Skip:]))
		return err
	})
	return out, err
}
