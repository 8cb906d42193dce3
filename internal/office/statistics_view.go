package office

import (
	"context"

	"yifa/internal/access"
	"yifa/internal/i18n"
	"yifa/internal/indicator"
	"yifa/internal/store"
)

// Statistics is the figures of a period.
type Statistics struct {
	Period     Period
	Heads      []Figure
	Tables     []StatTable
	Whole      bool // everybody's of the reader's division: counts without lists
	CanWhole   bool
	CanGiven   bool
	Below      int // public: smaller figures are not shown
	Named      int // public: from how many an organ is named
	SmallCite  CiteView
	NamedCite  CiteView
	WholeCites []CiteView
}

// PublicStatistics are the figures everybody may see, with small ones hidden.
func (o *Office) PublicStatistics(ctx context.Context, lang i18n.Lang, period string) (Statistics, error) {
	a := asked{period: o.Period(lang, period)}
	c, err := o.count(ctx, a)
	if err != nil {
		return Statistics{}, err
	}
	s := o.stats(lang, a.period, c)
	rule := o.indicators.Rule
	v := Statistics{Period: a.period, Below: rule.Small.Below, Named: rule.Named.From,
		SmallCite: o.cite(lang, rule.Small.Cite.String(), s.today), NamedCite: o.cite(lang, rule.Named.Cite.String(), s.today)}
	for _, id := range heads {
		v.Heads = append(v.Heads, s.figure(id, s.total))
	}
	v.Tables = []StatTable{
		s.table("months", pace[:6], s.months(), true), s.table("holders", pace, s.holders(), true), s.results(),
		s.table("problems", []string{byProblem}, s.problems(), false), s.table("kinds", found, s.kinds(), true),
		s.table("organs", found, s.named(s.organs()), true), s.table("counties", found, s.counties(), true), s.table("channels", []string{byChannel}, s.channels(), false),
	}
	s.hide(&v)
	return v, nil
}

// Statistics are the figures an official may see: of the matters he may read, each with the list it
// counts, or (whole) of his division, without lists. ErrNotFound for whom neither is.
func (o *Office) Statistics(ctx context.Context, r Reader, period string, given bool) (Statistics, error) {
	v := Statistics{CanGiven: r.May(access.Figures)}
	holders := o.under(r)
	v.CanWhole = len(holders) > 0
	if !v.CanGiven && !v.CanWhole {
		return v, ErrNotFound
	}
	v.Whole = v.CanWhole && !given
	a := asked{period: o.Period(r.Lang, period), reader: r.keys, handlers: true, given: !v.Whole}
	if v.Whole {
		a.holders = holders
	}
	c, err := o.count(ctx, a)
	if err != nil {
		return v, err
	}
	s := o.stats(r.Lang, a.period, c)
	s.desk, v.Period = true, a.period
	if err := o.db.Read(ctx, func(q *store.Query) (err error) { s.names, err = o.names(ctx, q); return err }); err != nil {
		return v, err
	}
	for _, w := range o.indicators.Rule.Whole {
		v.WholeCites = append(v.WholeCites, o.cite(r.Lang, w.Cite.String(), s.today))
	}
	for _, id := range append([]string{lateNow}, heads...) {
		if f := s.figure(id, s.total); id != lateNow || len(v.Heads) == 0 {
			v.Heads = append(v.Heads, f)
		}
	}
	v.Tables = []StatTable{
		s.table("holders", pace, s.holders(), true), s.table("handlers", pace, s.handlers(), true), s.table("months", pace[:6], s.months(), true),
		s.results(), s.table("problems", []string{byProblem}, s.problems(), false), s.table("organs", found, s.organs(), true),
		s.table("counties", found, s.counties(), true), s.table("channels", []string{byChannel}, s.channels(), false),
	}
	if !v.Whole {
		for n := range v.Heads {
			v.Heads[n].Query = s.query(v.Heads[n], [2]string{})
		}
		for n := range v.Tables {
			s.link(&v.Tables[n])
		}
	}
	return v, nil
}

func (o *Office) stats(lang i18n.Lang, p Period, c census) *stats {
	s := &stats{o: o, lang: lang, today: o.Today(), period: p, census: c}
	s.total = o.group(c, func(store.Cell) string { return "" })[""]
	if s.total == nil {
		s.total = &sums{n: map[string]int{}}
	}
	return s
}

// kindOf is the kind of an organ, "" where the organ is not known.
func (o *Office) kindOf(organ string) string {
	found, _ := o.organ(organ)
	return found.Kind
}

// kindName words a kind of organ as the register's form does.
func (o *Office) kindName(lang i18n.Lang, kind string) string {
	p, err := o.law.Find("register.organ", o.Today())
	if err != nil {
		return kind
	}
	return words{o, p, lang}.value("kind", kind)
}

// factName words a value of a fact of complaints.
func (o *Office) factName(lang i18n.Lang, fact, value string) string {
	p, err := o.law.Find(complaint, o.Today())
	if err != nil {
		return value
	}
	return words{o, p, lang}.value(fact, value)
}

// named keeps the rows of organs that may be named and sums the others.
func (s *stats) named(rows []StatRow) []StatRow {
	rest := StatRow{Key: other, Name: i18n.T(s.lang, "office.organs_other", "n", s.o.indicators.Rule.Named.From),
		sums: &sums{n: map[string]int{}}}
	var out []StatRow
	for _, r := range rows {
		if r.Key != noKey && r.sums.n["received"] >= s.o.indicators.Rule.Named.From {
			r.kind = s.o.kindOf(r.Key)
			out = append(out, r)
			continue
		}
		for id, n := range r.sums.n {
			rest.sums.n[id] += n
		}
	}
	if len(rest.sums.n) > 0 {
		out = append(out, rest)
	}
	return out
}

// statSheet is the published figures with the sums between them.
type statSheet struct {
	indicator.Sheet
	totals map[string]indicator.Place               // by indicator
	places map[[2]string][]indicator.Place          // by table and indicator, in order of rows
	rows   map[[2]string]map[string]indicator.Place // by table and row key: indicator → place
}

// hide marks what of the public figures is not shown. Every total stands once, whatever table shows it.
func (s *stats) hide(v *Statistics) {
	h := &statSheet{Sheet: indicator.Sheet{Below: v.Below}, totals: map[string]indicator.Place{},
		places: map[[2]string][]indicator.Place{}, rows: map[[2]string]map[string]indicator.Place{}}
	for _, t := range v.Tables {
		for _, row := range t.Rows {
			h.row(t.ID, row)
		}
	}
	for _, f := range v.Heads {
		h.total(f)
	}
	s.equations(h, v)
	h.Hide()
	for i := range v.Heads {
		h.mark(&v.Heads[i], h.totals)
	}
	for _, t := range v.Tables {
		for _, row := range t.Rows {
			at := h.rows[[2]string{t.ID, row.Key}]
			if row.Total || t.ID == "results" {
				at = h.totals
			}
			for n := range row.Cells {
				h.mark(&row.Cells[n], at)
			}
		}
	}
}

func (h *statSheet) total(f Figure) {
	if _, there := h.totals[f.ID]; !there && f.Unit == indicator.Matters {
		h.totals[f.ID] = h.Add(f.N)
	}
}

func (h *statSheet) row(table string, row StatRow) {
	at := map[string]indicator.Place{}
	for _, f := range row.Cells {
		switch {
		case f.Unit != indicator.Matters:
		case row.Total || table == "results":
			h.total(f)
		default:
			at[f.ID] = h.Add(f.N)
			k := [2]string{table, f.ID}
			h.places[k] = append(h.places[k], at[f.ID])
		}
	}
	if !row.Total {
		h.rows[[2]string{table, row.Key}] = at
	}
}

// mark says of a figure whether it is shown. A share is shown with both its counts, a median with what
// it is of.
func (h *statSheet) mark(f *Figure, at map[string]indicator.Place) {
	needs := map[string][]string{"in_time_rate": {"answered_in_time", "answered"}, "pleased_rate": {"pleased", "rated"}, "median_days": {"answered"}}[f.ID]
	if f.Unit == indicator.Matters {
		f.Shown = h.At(at[f.ID])
		return
	}
	for _, id := range needs {
		if p, there := at[id]; !f.None && (!there || h.At(p) != indicator.Plain) {
			f.Shown = indicator.Withheld
		}
	}
}
