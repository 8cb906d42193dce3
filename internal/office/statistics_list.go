package office

import (
	"cmp"
	"context"

	"yifa/internal/calendar"
	"yifa/internal/i18n"
	"yifa/internal/store"
)

// endless is the last day of a figure without a period.
const endless = calendar.Date(1<<31 - 1)

// measuredBy makes a figure in the address of a list what the store asks for; nil where there is none.
// A share opens what it is a share of the whole of, a median what it was taken of.
func (o *Office) measuredBy(f Filter) *store.Measured {
	today := o.Today()
	id := f.Figure
	switch {
	case id == "":
	case f.Problem != "":
		id = byProblem
	case f.Channel != "":
		id = byChannel
	}
	i := o.indicators.On(id, today)
	if i != nil && i.Share != nil {
		i = o.indicators.On(i.Share.Of, today)
	} else if i != nil && i.Median != nil {
		i = o.indicators.On(i.Median.Of, today)
	}
	if i == nil || i.Counts == nil {
		return nil
	}
	m := &store.Measured{Name: i.Counts.Measure, Values: i.Counts.Values, From: 1, To: endless}
	if p, ok := readPeriod(f.Period, today); ok && !i.Counts.Overdue {
		m.From, m.To = p.From, p.To
	}
	if i.Counts.Overdue {
		m.To = today - 1
	}
	if value := cmp.Or(f.Problem, f.Channel); value != "" {
		m.Values = []string{value}
	}
	known := func(s string) string {
		if s == noKey {
			return ""
		}
		return s
	}
	if f.Holder != "" {
		m.Holders = []string{known(f.Holder)}
	}
	if f.Organ != "" {
		m.Organs = []string{known(f.Organ)}
	} else if f.Kind != "" {
		m.Organs = o.organsOf(known(f.Kind))
	}
	if f.County != "" {
		m.County = new(known(f.County))
	}
	if f.Handler != "" {
		m.Handler = new(known(f.Handler))
	}
	return m
}

// organsOf lists the organs of a kind; what has no kind is no organ of the register.
func (o *Office) organsOf(kind string) []string {
	out := []string{""}
	if kind == "" {
		return out
	}
	out = []string{noKey} // a kind without organs finds nothing
	if reg := o.register.Load(); reg != nil {
		for _, key := range sortedKeys(reg.Organs) {
			if reg.Organs[key].Kind == kind {
				out = append(out, key)
			}
		}
	}
	return out
}

// chips says in words what a list is narrowed to by the figure it was opened from.
func (o *Office) chips(ctx context.Context, q *store.Query, r Reader, f Filter) ([]Chip, error) {
	i := o.indicators.On(f.Figure, o.Today())
	if i == nil || o.measuredBy(f) == nil {
		return nil, nil
	}
	chips := []Chip{{Text: i.Words(string(r.Lang)).Label, Drop: []string{"figure", "period", "holder", "kind", "county", "handler", "problem"}}}
	add := func(param, value, text string) {
		if value != "" {
			chips = append(chips, Chip{Text: cmp.Or(text, value), Drop: []string{param}})
		}
	}
	unknown := func(value, key string) string {
		if value == noKey {
			return i18n.T(r.Lang, key)
		}
		return ""
	}
	if p, ok := readPeriod(f.Period, o.Today()); ok && (i.Counts == nil || !i.Counts.Overdue) {
		add("period", f.Period, periodLabel(r.Lang, p))
	}
	add("holder", f.Holder, cmp.Or(o.organName(r.Lang, f.Holder)))
	add("organ", f.Organ, cmp.Or(unknown(f.Organ, "office.organ_unknown"), o.organName(r.Lang, f.Organ)))
	add("kind", f.Kind, cmp.Or(unknown(f.Kind, "office.organ_unknown"), o.kindName(r.Lang, f.Kind)))
	add("county", f.County, cmp.Or(unknown(f.County, "office.place_unknown"), o.divisionName(r.Lang, f.County)))
	add("problem", f.Problem, o.factName(r.Lang, "problem", f.Problem))
	add("channel", f.Channel, o.factName(r.Lang, "channel", f.Channel))
	if f.Handler != "" {
		names, err := o.names(ctx, q)
		if err != nil {
			return nil, err
		}
		add("handler", f.Handler, cmp.Or(unknown(f.Handler, "office.nobody_yet"), o.nameOf(names, f.Handler)))
	}
	return chips, nil
}
