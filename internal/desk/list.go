package desk

import (
	"net/url"
	"slices"

	"yifa/internal/access"
	"yifa/internal/i18n"
	"yifa/internal/office"
	"yifa/internal/web"
)

// listView is a list with its filters, which are the query string of its address.
type listView struct {
	Fields   []web.Field
	Rows     []pickRow
	Count    string
	Next     string // path of the next page
	Start    string // path of the first page, on a later one
	Clear    string
	Acts     []web.Option
	Key      string
	Back     string
	Filtered bool
	ByNumber bool         // may look for matters by a telephone or identity number
	Held     bool         // reports that look as if sent in bulk, for somebody to look at
	Within   []string     // what it is narrowed to by a number of the leader's page
	Chips    []chip       // what it is narrowed to by a figure
	Kept     []web.Option // hidden fields of the form: what narrows it so
}

// tasks are the rows without boxes, for those who do nothing to many at once.
func (v listView) tasks() []web.Task {
	var list []web.Task
	for _, r := range v.Rows {
		list = append(list, r.Task)
	}
	return list
}

// filters are the names of the query, in order.
var filters = append([]string{"q", "scope", "due", "stage", "organ", "closed", "order"}, keptFilters...)

// keptFilters come with a number of the leader's page or a figure; the form keeps them unseen.
var keptFilters = []string{"holder", "area", "handler", "figure", "period", "kind", "county", "problem", "channel"}

// chip is one thing the list is narrowed to, with the address of the list without it.
type chip struct{ Text, Path string }

// chips are what the figure that was opened narrows the list to, each to be taken away.
func chips(list []office.Chip, kept url.Values) []chip {
	var out []chip
	for _, c := range list {
		less := url.Values{}
		for name, values := range kept {
			if !slices.Contains(c.Drop, name) {
				less[name] = values
			}
		}
		out = append(out, chip{c.Text, "/desk/matters?" + less.Encode()})
	}
	return out
}

// list serves GET /desk/matters.
func (d *Desk) list(v visit) error {
	q := v.URL.Query()
	l, err := d.Office.List(v.Context(), v.reader, office.Filter{Scope: q.Get("scope"), Stage: q.Get("stage"), Organ: q.Get("organ"),
		Due: q.Get("due"), Query: q.Get("q"), Closed: q.Get("closed"), After: q.Get("after"),
		Order: q.Get("order"), Holder: q.Get("holder"), Area: q.Get("area"), Handler: q.Get("handler"),
		Figure: q.Get("figure"), Period: q.Get("period"), Kind: q.Get("kind"), County: q.Get("county"), Problem: q.Get("problem"), Channel: q.Get("channel")})
	if err != nil {
		return err
	}
	kept := url.Values{}
	for _, name := range filters {
		if q.Get(name) != "" {
			kept.Set(name, q.Get(name))
		}
	}
	out := listView{Fields: v.filterFields(l, q), Key: newKey(), Filtered: len(kept) > 0, ByNumber: v.reader.May(access.Finding), Clear: "/desk/matters",
		Count: v.t("desk.count", "n", i18n.Number(l.Total)), Held: q.Get("stage") == office.HeldStage, Acts: v.bulkActs(q.Get("stage")), Within: l.Within, Chips: chips(l.Chips, kept)}
	for _, name := range keptFilters {
		if kept.Has(name) {
			out.Kept = append(out.Kept, web.Option{Value: name, Label: kept.Get(name)})
		}
	}
	if l.More {
		out.Count = v.t("desk.count_more", "n", i18n.Number(l.Total))
	}
	out.Back = "/desk/matters?" + kept.Encode()
	if q.Get("after") != "" {
		out.Start = out.Back
	}
	if l.Next != "" {
		kept.Set("after", l.Next)
		out.Next = "/desk/matters?" + kept.Encode()
	}
	today := d.Office.Today()
	for _, b := range l.Rows {
		out.Rows = append(out.Rows, pickOf(v, b, today))
	}
	return v.show(page{title: v.t("desk.nav_matters"), nav: "/desk/matters", content: listPage(out)})
}

func (v visit) filterFields(l office.ListView, q url.Values) []web.Field {
	choose := func(name, label string, options []web.Option) web.Field {
		return web.Field{Kind: web.Select, Name: name, Label: v.t(label), Value: q.Get(name), Options: options}
	}
	option := func(value, label string) web.Option { return web.Option{Value: value, Label: v.t(label)} }
	stages := []web.Option{option("", "desk.any")}
	for _, s := range l.Stages {
		stages = append(stages, web.Option{Value: s.Value, Label: s.Label, Group: s.Group})
	}
	organ := web.Field{Kind: web.TextField, Name: "organ", Label: v.t("desk.filter_organ"), Value: labelOf(l.Organs, q.Get("organ")), Autocomplete: "off"}
	for _, o := range l.Organs {
		organ.Options = append(organ.Options, web.Option{Value: o.Value, Label: o.Label})
	}
	words := web.Field{Kind: web.TextField, Type: "search", Name: "q", Label: v.t("desk.filter_q"), Value: q.Get("q"), Autocomplete: "off"}
	closed := choose("closed", "desk.filter_closed", []web.Option{option("", "desk.open_only"), option("closed", "desk.closed_only"), option("all", "desk.open_and_closed")})
	if l.Few {
		return []web.Field{words, closed}
	}
	return []web.Field{
		words,
		choose("scope", "desk.filter_scope", []web.Option{option("", "desk.any"), option("mine", "desk.sum_mine"), option("pool", "desk.sum_pool")}),
		choose("due", "desk.filter_due", []web.Option{option("", "desk.any"), option("late", "desk.sum_late"), option("today", "desk.sum_today"), option("soon", "desk.sum_soon")}),
		choose("stage", "desk.filter_stage", stages),
		organ,
		closed,
		choose("order", "desk.order", []web.Option{option("", "desk.order_due"), option("new", "desk.order_new")}),
	}
}

// bulkActs are the acts offered for many matters at once; whether they may be done the law says for each.
func (v visit) bulkActs(stage string) []web.Option {
	var list []web.Option
	if (v.reader.Has(access.Officer) || v.reader.Has(access.Head)) && stage != office.HeldStage {
		list = append(list, web.Option{Value: actClaim, Label: v.t("desk.bulk_claim")})
	}
	if stage == office.HeldStage && v.reader.Has(access.Officer) {
		list = append(list, web.Option{Value: "release", Label: v.t("desk.bulk_release")}, web.Option{Value: "mark_bulk", Label: v.t("desk.bulk_mark")})
	}
	if v.reader.Has(access.Head) {
		list = append(list, web.Option{Value: "assign", Label: v.t("desk.bulk_assign")})
	}
	if v.reader.Has(access.Officer) {
		list = append(list, web.Option{Value: "hand_over", Label: v.t("desk.bulk_hand_over")}, web.Option{Value: "return_to_pool", Label: v.t("desk.bulk_return")})
	}
	return list
}
