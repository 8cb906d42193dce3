package office

import (
	"context"
	"errors"
	"slices"

	"yifa/internal/calendar"
	"yifa/internal/i18n"
	"yifa/internal/matter"
	"yifa/internal/procedure"
)

// continuesField is the question of a report by which it goes on from a published outcome. An address answers it; the
// filer can take it back.
const continuesField = "continues"

// BegunWith is one answer an address brings into a report, in words.
type BegunWith struct{ Label, Value string }

// beginning gathers what an address brings into a report.
type beginning struct {
	o      *Office
	w      words
	form   *procedure.Form
	given  map[string][]string
	fields map[string][]string
	lines  []BegunWith
}

// BeginWith keeps, of what an address brings into a report (a poster's code, a link of ours), what its form takes today:
// the organ, the place and the kinds of problem, and the published outcome it goes on from (ptsd/251), which says these
// where the address does not. What it does not know is left out, as if nobody had said it. The answers stay the filer's
// own: she sees them before she begins and may change each.
func (o *Office) BeginWith(ctx context.Context, lang i18n.Lang, given map[string][]string) (map[string][]string, []BegunWith, error) {
	p, act := o.actOf(matter.State{}, procedure.Attempt{Procedure: complaint, Act: fileReport, Happened: calendar.MomentAt(o.now())})
	if act == nil {
		return nil, nil, nil
	}
	b := &beginning{o: o, w: words{o, p, lang}, form: p.Form(act), given: given, fields: map[string][]string{}}
	before, err := b.continued(ctx)
	if err != nil {
		return nil, nil, err
	}
	b.kinds(append(slices.Clone(given["problem"]), before.KindKeys...))
	if organ, known := o.organ(b.one("organ", before.OrganKey)); known {
		b.take("organ", organ.Key, o.organName(lang, organ.Key))
	}
	place := b.one("division", before.PlaceKey)
	b.take("division", place, o.divisionName(lang, place))
	return b.fields, b.lines, nil
}

// continued is the outcome a report goes on from, none where the address names none that stands.
func (b *beginning) continued(ctx context.Context) (Outcome, error) {
	id, err := matter.ParseID(b.one(continuesField, ""))
	if err != nil {
		return Outcome{}, nil
	}
	before, err := b.o.Outcome(ctx, b.w.lang, id)
	if errors.Is(err, ErrNotFound) || before.Withdrawn != nil {
		return Outcome{}, nil
	}
	if err == nil {
		b.take(continuesField, id.String(), before.Title)
	}
	return before, err
}

// kinds takes kinds of problem that can be chosen and belong here.
func (b *beginning) kinds(values []string) {
	f := b.form.Field(problemField)
	if f == nil {
		return
	}
	for _, value := range values {
		i := slices.IndexFunc(f.Options, func(option *procedure.Option) bool { return option.Value == value && option.Stops == "" })
		if i >= 0 {
			b.take(problemField, value, b.w.option(b.form, f, f.Options[i]).Label)
		}
	}
}

// one is the answer the address gives, or another where it gives none.
func (b *beginning) one(name, other string) string {
	if list := b.given[name]; len(list) > 0 && list[0] != "" {
		return list[0]
	}
	return other
}

func (b *beginning) take(name, value, text string) {
	f := b.form.Field(name)
	if text == "" || f == nil || slices.Contains(b.fields[name], value) {
		return
	}
	b.fields[name] = append(b.fields[name], value)
	b.lines = append(b.lines, BegunWith{b.w.fieldLabel(b.form, f), text})
}
