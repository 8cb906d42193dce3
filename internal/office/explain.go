package office

import (
	"context"
	"errors"
	"maps"
	"slices"

	"yifa/internal/calendar"
	"yifa/internal/i18n"
	"yifa/internal/matter"
	"yifa/internal/procedure"
	"yifa/internal/store"
)

// explain turns what the law, a neighbour or a form said into words of the reader's language.
func (o *Office) explain(ctx context.Context, r Reader, a Act, err error) error {
	var refusal *procedure.Refusal
	var fields procedure.FieldErrors
	switch {
	case err == nil:
		return nil
	case errors.As(err, &refusal):
		p, _ := o.procedureFor(ctx, a)
		if p == nil {
			return err
		}
		return &Refused{View: o.refusalView(words{o, p, r.Lang}, o.nameThing(ctx, refusal)), Err: err}
	case errors.As(err, &fields):
		return o.badFields(r.Lang, fields)
	case errors.Is(err, matter.ErrConflict):
		return o.conflict(ctx, r, a)
	case errors.Is(err, procedure.ErrUnknownAct), errors.Is(err, store.ErrNotFound):
		return ErrNotFound
	}
	return err
}

// procedureFor is the procedure an act belongs to.
func (o *Office) procedureFor(ctx context.Context, a Act) (*procedure.Procedure, error) {
	if a.Matter == 0 {
		return o.law.Find(a.Procedure, o.Today())
	}
	var st matter.State
	err := o.db.Read(ctx, func(q *store.Query) error {
		states, err := q.States(ctx, a.Matter)
		if err == nil {
			st = states[0]
		}
		return err
	})
	return o.procedureOf(st), err
}

// refusalView teaches: what cannot be done, why, on which provision, and what to do instead.
func (o *Office) refusalView(w words, r *procedure.Refusal) RefusalView {
	v := RefusalView{What: i18n.T(w.lang, "office.cannot", "act", w.act(r.Act)), Cite: o.cite(w.lang, r.Cite, o.Today()), lang: w.lang}
	p, told := w.p, *r
	told.Args = wordedDays(w.lang, r.Args)
	if other, err := o.law.ByKey(r.In); err == nil { // a linked matter says no, in its own words
		p, told.Act = other, r.InAct
	}
	v.Why, v.Mend = p.Say(&told, string(w.lang))
	return v
}

// wordedDays writes the days among what a refusal names as the reader's language does.
func wordedDays(lang i18n.Lang, args map[string]string) map[string]string {
	out := maps.Clone(args)
	for name, value := range out {
		if day, err := calendar.Parse(value); err == nil {
			out[name] = i18n.DateYear(lang, day)
		}
	}
	return out
}

// badFields words what is wrong with each answer.
func (o *Office) badFields(lang i18n.Lang, errs procedure.FieldErrors) BadFields {
	out := BadFields{}
	for _, e := range errs {
		if cite := e.Args["cite"]; cite != "" {
			e.Args = maps.Clone(e.Args)
			e.Args["cite"] = i18n.T(lang, "paper.by", "cite", o.cite(lang, cite, o.Today()).Text)
		}
		out[e.Field] = procedure.SayField(e, string(lang))
	}
	return out
}

// conflict shows what came between the page and the attempt.
func (o *Office) conflict(ctx context.Context, r Reader, a Act) error {
	c := &Conflict{}
	err := o.db.Read(ctx, func(q *store.Query) error {
		f, err := o.open(ctx, q, r, a.Matter)
		if err != nil {
			return err
		}
		for _, item := range f.timeline() {
			if item.Seq > a.Rev {
				c.Between = append(c.Between, item)
			}
		}
		since := f.entries[min(max(a.Rev, 0), len(f.entries)):]
		c.Own = len(since) > 0 && !slices.ContainsFunc(since, func(s store.StoredEntry) bool { return s.Entry.Actor.Person != r.Person })
		return nil
	})
	if err != nil {
		return notFound(err)
	}
	return c
}
