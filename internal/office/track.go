package office

import (
	"context"
	"slices"

	"yifa/internal/i18n"
	"yifa/internal/identity"
	"yifa/internal/store"
)

// ByCode is the reader who holds a receipt code: *identity.BadCode for one that cannot be,
// ErrNotFound for one that is not known, ErrCodeUsed for one that was good for one use and was used.
func (o *Office) ByCode(ctx context.Context, typed string, lang i18n.Lang) (Reader, error) {
	code, err := identity.ParseReceiptCode(typed)
	if err != nil {
		return Reader{}, err
	}
	r := Reader{Lang: lang}
	err = o.db.Read(ctx, func(q *store.Query) error {
		mac := o.vault.ReceiptCodeMAC(code.Digits())
		r.news = o.newsKey(mac)
		id, ended, err := q.FindReceiptCode(ctx, mac)
		if err == nil && ended {
			return ErrCodeUsed
		}
		r.Filer = id
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
		v = Tracked{MatterView: d.view(), Next: o.nextDays(r.Lang, d.st), Remedies: o.remedies(r.Lang, d.w.p, d.st.Facts), Splits: d.splits(), Inspected: d.w.p.ID == rating}
		v.Acts = slices.DeleteFunc(v.Acts, func(a ActView) bool { // what opening a link does is no act to be chosen
			def := d.w.definition(a.Act)
			return def != nil && def.Collects
		})
		v.Clocks = slices.DeleteFunc(v.Clocks, func(c ClockView) bool { return c.Late && !binds(d.w.p, c.Name) })
		_, v.Status = d.w.stage(d.st.Stage)
		v.Result = d.result()
		if own := d.publishedHere(); len(own) > 0 && own[0].Stage != withdrawn {
			v.Published = own[0].ID
		}
		if v.Continues, err = d.continues(ctx, q); err != nil {
			return err
		}
		s, serves, err := d.servedPaper(ctx, q)
		if serves {
			v.Paper = &s.view
		}
		return err
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
