package office

import (
	"context"
	"slices"

	"yifa/internal/calendar"
	"yifa/internal/clock"
	"yifa/internal/i18n"
	"yifa/internal/identity"
	"yifa/internal/store"
)

// ByCode is the reader who holds a receipt code: *identity.BadCode for one that cannot be,
// ErrNotFound for one that is not known.
func (o *Office) ByCode(ctx context.Context, typed string, lang i18n.Lang) (Reader, error) {
	code, err := identity.ParseReceiptCode(typed)
	if err != nil {
		return Reader{}, err
	}
	r := Reader{Lang: lang}
	err = o.db.Read(ctx, func(q *store.Query) error {
		mac := o.vault.ReceiptCodeMAC(code.Digits())
		r.news = o.newsKey(mac)
		r.Filer, err = q.FindReceiptCode(ctx, mac)
		return err
	})
	return r, notFound(err)
}

// Track is a matter in plain words for who filed it.
func (o *Office) Track(ctx context.Context, r Reader) (Tracked, error) {
	var v Tracked
	err := o.db.Read(ctx, func(q *store.Query) error {
		d, err := o.open(ctx, q, r, r.Filer)
		if err != nil {
			return err
		}
		v = Tracked{MatterView: d.view(), Next: o.nextDays(r.Lang, d.st), Remedies: d.remedies(), Splits: d.splits()}
		v.Clocks = slices.DeleteFunc(v.Clocks, func(c ClockView) bool { return c.Late && !binds(d.w.p, c.Name) })
		_, v.Status = d.w.stage(d.st.Stage)
		v.Result = d.result()
		return nil
	})
	return v, notFound(err)
}

// result is what was found and done, once it was answered.
func (d *dossier) result() string {
	if _, answered := d.st.LastOf("answer"); !answered {
		return ""
	}
	return d.text("found") + "\n" + d.text("done")
}

// remedies are the ways beside this one, reconsideration and suit against the act complained of: with their last
// day where the filer said when it happened, else with their length.
func (d *dossier) remedies() []Remedy {
	lang, from := d.r.Lang, d.happened()
	day := from
	if from.IsZero() {
		day = d.o.Today()
	}
	var out []Remedy
	for _, id := range []string{"rel-01", "rel-04"} {
		term, version, err := d.o.law.Book.Term(id, day)
		if err != nil {
			continue
		}
		remedy := Remedy{Cite: d.o.cite(lang, version.Cite.String(), day)}
		if from.IsZero() {
			remedy.Text = i18n.T(lang, "office.remedy_within."+id, "length", d.o.lengthText(lang, version.Length))
			out = append(out, remedy)
			continue
		}
		c, err := clock.Start(d.o.law.Book, d.o.calendar(), clock.Ref{Name: id, Term: term.ID}, day)
		if err != nil {
			continue
		}
		remedy.Text, remedy.On, remedy.Passed, remedy.Why = i18n.T(lang, "office.remedy."+id), c.Due, c.Due < d.o.Today(), d.o.why(lang, c)
		out = append(out, remedy)
	}
	return out
}

// happened is the day the filer says it happened; none where none was given.
func (d *dossier) happened() calendar.Date {
	if day, err := calendar.Parse(d.st.Facts.Text("happened_on")); err == nil {
		return day
	}
	if first, known := d.entry(1); known {
		if day, err := calendar.Parse(first.Given.Text("happened_on")); err == nil {
			return day
		}
	}
	return 0
}
