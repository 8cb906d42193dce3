package office

import (
	"cmp"
	"net/url"
	"slices"
	"time"

	"yifa/internal/calendar"
	"yifa/internal/i18n"
	"yifa/internal/indicator"
	"yifa/internal/store"
)

// Figure is one number: of an indicator, in one row of a table or of everything.
type Figure struct {
	ID, Label, Meaning string
	Version            calendar.Date // first day of its definition
	Cites              []CiteView
	Unsaid             bool
	Unit               indicator.Unit
	Of                 string // procedure whose matters it counts
	N                  int    // percent: in tenths
	None               bool
	Shown              indicator.Shown
	Query              string // of the list it opens; empty: it opens none
}

// StatRow is a row of a table.
type StatRow struct {
	Key, Name string
	Short     string // of a month: 10月, Oct
	Cells     []Figure
	Total     bool
	narrow    [2]string // parameter and value that narrow a list to the row
	kind      string    // of the organ, where the row is one
	sums      *sums
}

// StatTable is figures broken down by something.
type StatTable struct {
	ID      string // months, holders, handlers, kinds, organs, counties, problems, channels, results
	Columns []Figure
	Rows    []StatRow
}

// Columns of tables by what they tell: how fast, what was found, what about.
var (
	pace     = []string{"received", "accepted", "answered", "answered_in_time", "answered_late", "in_time_rate", "median_days"}
	found    = []string{"received", "accepted", "substantiated", "partly_substantiated", "not_substantiated"}
	findings = []string{"substantiated", "partly_substantiated", "not_substantiated", "commended"}
	heads    = []string{"received", "accepted", "not_accepted", "routed", "answered", "in_time_rate", "median_days", "late_now", "reopened", "rated", "pleased_rate"}
)

const (
	byProblem = "received_by_problem"
	byChannel = "received_by_channel"
	lateNow   = "late_now"
	other     = "other"
	noKey     = "-" // in an address: what is not known, nobody
)

// stats is one page being made.
type stats struct {
	o      *Office
	lang   i18n.Lang
	today  calendar.Date
	period Period
	census
	names map[string]string // of persons
	total *sums
	desk  bool // late now is told apart too
}

// define is a figure of an indicator without its number.
func (s *stats) define(id string) Figure {
	i := s.o.indicators.On(id, s.today)
	if i == nil {
		return Figure{ID: id, None: true}
	}
	w := i.Words(string(s.lang))
	f := Figure{ID: id, Version: i.From, Label: w.Label, Meaning: w.Meaning, Unit: i.Unit, Of: i.Population.Procedure}
	for _, c := range i.Cite {
		cite := s.o.cite(s.lang, c.String(), s.today)
		f.Cites, f.Unsaid = append(f.Cites, cite), f.Unsaid || cite.Unsaid
	}
	return f
}

// figure is the number an indicator has among sums.
func (s *stats) figure(id string, of *sums) Figure {
	f := s.define(id)
	i := s.o.indicators.On(id, s.today)
	switch {
	case i == nil:
	case i.Counts != nil:
		f.N = of.n[id]
	case i.Share != nil:
		part, whole := of.n[i.Share.Of], of.n[i.Share.Among]
		if f.None = whole == 0; !f.None {
			f.N = (part*2000 + whole) / (2 * whole)
		}
	case i.Median != nil:
		n, known := median(of.days[id])
		f.N, f.None = n, !known
	}
	return f
}

// table breaks columns down by the rows given; total adds what they come to.
func (s *stats) table(id string, columns []string, rows []StatRow, total bool) StatTable {
	t := StatTable{ID: id}
	if s.desk && slices.Contains([]string{"holders", "handlers"}, id) {
		columns = append([]string{lateNow}, columns...)
	}
	for _, c := range columns {
		t.Columns = append(t.Columns, s.define(c))
	}
	if total && len(rows) > 0 {
		rows = append(rows, StatRow{Name: i18n.T(s.lang, "office.all_together"), Total: true, sums: s.total})
	}
	for _, row := range rows {
		for _, c := range columns {
			row.Cells = append(row.Cells, s.figure(c, row.sums))
		}
		t.Rows = append(t.Rows, row)
	}
	return t
}

// by makes rows of groups, those with most of the first column first, what is not known last.
func (s *stats) by(param string, key func(store.Cell) string, name func(string) string) []StatRow {
	var rows []StatRow
	groups := s.o.group(s.census, key)
	for _, k := range sortedKeys(groups) {
		row := StatRow{Key: k, Name: name(k), narrow: [2]string{param, k}, sums: groups[k]}
		if k == "" {
			row.Key, row.narrow[1] = noKey, noKey
		}
		rows = append(rows, row)
	}
	weight := func(r StatRow) int {
		return r.sums.n["received"] + r.sums.n[byProblem] + r.sums.n[byChannel] + r.sums.n["answered"]
	}
	slices.SortStableFunc(rows, func(a, b StatRow) int {
		if (a.Key == noKey) != (b.Key == noKey) {
			return cmp.Compare(len(b.Key), len(a.Key))
		}
		return cmp.Or(weight(b)-weight(a), cmp.Compare(a.Name, b.Name))
	})
	return rows
}

// months are rows of every month of the period that has begun.
func (s *stats) months() []StatRow {
	// The cells of the median carry days, not months: they are left out, and so is what is overdue now.
	groups := s.o.group(census{of: s.of, cells: s.cells}, func(c store.Cell) string {
		if i := s.o.indicators.On(lateNow, s.today); i != nil && i.Counts.Measure == c.Name {
			return nowhere
		}
		return monthKey(calendar.New(c.N/12, time.Month(c.N%12+1), 1))
	})
	var rows []StatRow
	for _, first := range s.period.months(s.today) {
		key := monthKey(first)
		row := StatRow{Key: key, Name: i18n.Month(s.lang, first), Short: i18n.MonthShort(s.lang, first), narrow: [2]string{"period", key}, sums: groups[key]}
		if row.sums == nil {
			row.sums = &sums{n: map[string]int{}}
		}
		rows = append(rows, row)
	}
	return rows
}

func (s *stats) unknown(key, text string) string {
	if key == "" {
		return i18n.T(s.lang, text)
	}
	return ""
}

func (s *stats) holders() []StatRow {
	return s.by("holder", func(c store.Cell) string { return c.Holder }, func(k string) string { return s.o.organName(s.lang, k) })
}

func (s *stats) handlers() []StatRow {
	return s.by("handler", func(c store.Cell) string { return c.Handler }, func(k string) string {
		return cmp.Or(s.unknown(k, "office.nobody_yet"), s.o.nameOf(s.names, k))
	})
}

func (s *stats) organs() []StatRow {
	return s.by("organ", func(c store.Cell) string { return c.Organ }, func(k string) string {
		return cmp.Or(s.unknown(k, "office.organ_unknown"), s.o.organName(s.lang, k), k)
	})
}

func (s *stats) kinds() []StatRow {
	return s.by("kind", func(c store.Cell) string { return s.o.kindOf(c.Organ) }, func(k string) string {
		return cmp.Or(s.unknown(k, "office.organ_unknown"), s.o.kindName(s.lang, k))
	})
}

func (s *stats) counties() []StatRow {
	return s.by("county", func(c store.Cell) string { return c.County }, func(k string) string {
		return cmp.Or(s.unknown(k, "office.place_unknown"), s.o.divisionName(s.lang, k), k)
	})
}

// problems are rows of each kind of problem; a matter of several kinds stands in several.
func (s *stats) problems() []StatRow { return s.valued(byProblem, "problem") }

// channels are rows of each way in.
func (s *stats) channels() []StatRow { return s.valued(byChannel, "channel") }

// valued are rows of each value of a fact that an indicator counts.
func (s *stats) valued(id, fact string) []StatRow {
	i := s.o.indicators.On(id, s.today)
	return s.by(fact, func(c store.Cell) string {
		if i == nil || c.Name != i.Counts.Measure {
			return nowhere
		}
		return c.Value
	}, func(k string) string { return s.o.factName(s.lang, fact, k) })
}

// results are rows of each finding.
func (s *stats) results() StatTable {
	t := StatTable{ID: "results", Columns: []Figure{s.define("answered")}}
	for _, id := range findings {
		f := s.figure(id, s.total)
		t.Rows = append(t.Rows, StatRow{Key: id, Name: f.Label, Cells: []Figure{f}, sums: s.total})
	}
	return t
}

// link gives every number of a table the query of the list it opens.
func (s *stats) link(t *StatTable) {
	for _, row := range t.Rows {
		for n := range row.Cells {
			row.Cells[n].Query = s.query(row.Cells[n], row.narrow)
		}
	}
}

// query is the address of the list a figure counts.
func (s *stats) query(f Figure, narrow [2]string) string {
	if f.None || f.Unit == indicator.Days || f.Unit == indicator.Matters && f.N == 0 {
		return ""
	}
	q := url.Values{"figure": {f.ID}, "period": {s.period.Key}}
	if narrow[0] != "" {
		q.Set(narrow[0], narrow[1])
	}
	return q.Encode()
}
