package office

import (
	"cmp"
	"context"
	"slices"

	"yifa/internal/calendar"
	"yifa/internal/i18n"
	"yifa/internal/indicator"
	"yifa/internal/matter"
	"yifa/internal/store"
)

// The procedures whose figures stand on the page of inspections.
const (
	inspection = "inspection"
	rating     = "rating"
)

// Columns of the tables of inspections: how many there were, and what those inspected say of them.
var (
	inspecting     = []string{"inspected", "inspected_for_case", "inspection_found"}
	inspectingSaid = []string{"inspected", "inspected_for_case", "inspection_found", "inspection_rated", "inspection_well_rated_rate", "inspection_carded_rate"}
)

// PublicInspections are the published figures of inspections and of how they were rated. How often an organ inspects is
// no secret; ratings fewer than the rule allows are not shown, nor what would give them away.
func (o *Office) PublicInspections(ctx context.Context, lang i18n.Lang, period string) (Statistics, error) {
	a := asked{of: []string{inspection, rating}, period: o.Period(lang, period)}
	c, err := o.count(ctx, a)
	if err != nil {
		return Statistics{}, err
	}
	s := o.stats(lang, a.period, c)
	rule := o.indicators.Rule
	v := Statistics{Period: a.period, Below: rule.Small.Below, SmallCite: o.cite(lang, rule.Small.Cite.String(), s.today)}
	for _, id := range inspectingSaid {
		v.Heads = append(v.Heads, s.figure(id, s.total))
	}
	organs := s.by("organ", func(c store.Cell) string { return cmp.Or(c.Organ, c.Holder) }, func(k string) string { return cmp.Or(o.organName(lang, k), k) })
	slices.SortStableFunc(organs, func(a, b StatRow) int { return b.sums.n["inspected"] - a.sums.n["inspected"] })
	v.Tables = []StatTable{s.table("inspecting_months", inspecting, s.months(), true), s.table("inspecting", inspectingSaid, organs, true)}
	s.hideRatings(&v)
	return v, nil
}

// hideRatings hides few ratings, and what they would be worked out from: the ratings of the organs come to the total,
// and a share tells its counts.
func (s *stats) hideRatings(v *Statistics) {
	sheet := indicator.Sheet{Below: v.Below}
	add := func(of *sums) indicator.Place {
		all := sheet.Add(of.n["inspection_rated"])
		for _, part := range []string{"inspection_well_rated", "inspection_carded"} {
			sheet.Sum(all, sheet.AddSecret(of.n[part]), sheet.AddSecret(of.n["inspection_rated"]-of.n[part]))
		}
		return all
	}
	whole := add(s.total)
	table := &v.Tables[1]
	places, parts := make([]indicator.Place, len(table.Rows)), []indicator.Place{}
	for i, row := range table.Rows {
		if places[i] = whole; !row.Total {
			places[i] = add(row.sums)
			parts = append(parts, places[i])
		}
	}
	if len(parts) > 0 {
		sheet.Sum(whole, parts...)
	}
	sheet.Hide()
	mark := func(cells []Figure, at indicator.Place) {
		for n := range cells {
			switch f := &cells[n]; f.ID {
			case "inspection_rated":
				f.Shown = sheet.At(at)
			case "inspection_well_rated_rate", "inspection_carded_rate":
				if !f.None && sheet.At(at) != indicator.Plain {
					f.Shown = indicator.Withheld
				}
			}
		}
	}
	mark(v.Heads, whole)
	for i, row := range table.Rows {
		mark(row.Cells, places[i])
	}
}

// Inspected is one inspection as whoever is inspected sees it.
type Inspected struct {
	Day         calendar.Date
	Organ, Kind string
	Stage       string
	Result      string // empty: not told yet
	Own         bool   // the one the code came with
}

// Inspections are this year's inspections of whom the reader's code came to, by every organ, newest first: those
// announced beforehand from their approval on, the others once officers were there. They are told by the unified social
// credit code in the papers; without one there is the one inspection alone. ErrNotFound where the code belongs to
// something else.
func (o *Office) Inspections(ctx context.Context, r Reader) ([]Inspected, error) {
	var out []Inspected
	err := o.db.Read(ctx, func(q *store.Query) error {
		d, err := o.open(ctx, q, r, r.Filer)
		if err != nil {
			return err
		}
		i := slices.IndexFunc(d.st.Links, func(l matter.Link) bool { return l.Kind == "part_of" })
		if d.w.p.ID != rating || i < 0 {
			return ErrNotFound
		}
		own := d.st.Links[i].To
		states, err := o.alike(ctx, q, own)
		if err != nil {
			return err
		}
		for _, st := range states {
			if line, shown := o.inspected(r.Lang, st); shown {
				line.Own = st.ID == own
				out = append(out, line)
			}
		}
		return nil
	})
	slices.SortFunc(out, func(a, b Inspected) int { return cmp.Or(cmp.Compare(b.Day, a.Day), cmp.Compare(a.Organ, b.Organ)) })
	return out, notFound(err)
}

// alike are the inspections of whoever an inspection is of.
func (o *Office) alike(ctx context.Context, q *store.Query, own matter.ID) ([]matter.State, error) {
	ids := []matter.ID{own}
	codes, err := q.PersonalOf(ctx, own)
	if err != nil {
		return nil, err
	}
	for _, code := range codes {
		found, err := q.FindPersonal(ctx, code.Blind, foundMost)
		if err != nil {
			return nil, err
		}
		ids = append(ids, found...)
	}
	states, err := q.StatesOf(ctx, ids)
	if err != nil {
		return nil, err
	}
	var out []matter.State
	for _, st := range states {
		if p := o.procedureOf(st); p != nil && p.ID == inspection {
			out = append(out, st)
		}
	}
	return out, nil
}

// inspected is an inspection in plain words; shown is false for one of another year, and for one not to be known yet.
func (o *Office) inspected(lang i18n.Lang, st matter.State) (line Inspected, shown bool) {
	came := st.Facts.Text("came")
	day, err := calendar.Parse(cmp.Or(came, st.Facts.Text("day")))
	if err != nil {
		return line, false
	}
	_, approved := st.LastOf("approve")
	there, announced := came != "", st.Facts.Bool("ahead") && approved
	if day.Year() != o.Today().Year() || !there && !announced {
		return line, false
	}
	w := words{o, o.procedureOf(st), lang}
	stage, _ := w.stage(st.Stage)
	line = Inspected{Day: day, Organ: o.organName(lang, st.Holder), Kind: w.value("kind", st.Facts.Text("kind")), Stage: stage}
	if result := st.Facts.Text("result"); result != "" {
		line.Result = w.value("result", result)
	}
	return line, true
}
