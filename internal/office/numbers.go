package office

import (
	"cmp"
	"context"
	"math"
	"slices"
	"strconv"
	"strings"

	"yifa/internal/access"
	"yifa/internal/calendar"
	"yifa/internal/matter"
	"yifa/internal/procedure"
	"yifa/internal/store"
)

// numbersPage is how many numbers stand on one page.
const numbersPage = 50

// SeriesView is one gap-free series of numbers of an organ and year.
type SeriesView struct {
	store.Counter
	Name      string // 江蓬司监意〔2026〕…号
	OrganName string
}

// What became of a number.
const (
	NumberUsed     = "used"
	NumberReserved = "reserved"
	NumberVoided   = "voided"
)

// NumberView is one number of a series. Of a matter the reader may not read it tells nothing but that the number is taken.
type NumberView struct {
	N      int
	Text   string
	State  string    // used, reserved, voided; empty: not for the reader
	Title  string    // of the matter or the paper
	Matter matter.ID // zero: not for the reader
	Act    string    // that drew it, or by which it was voided
	By     string
	On     calendar.Moment
	Why    string // it was voided

	seq int // of the entry that voided it
}

// NumbersView is a series with its numbers, the newest first.
type NumbersView struct {
	All   []SeriesView // of the reader's organs
	Of    SeriesView   // zero: none was asked for
	Rows  []NumberView
	Older int // ask for those below it; 0: that is all
}

// Numbers are the series of the reader's organs, and the numbers of one of them below a number (0: the newest). It fails
// with ErrNotFound for who has no business with them.
func (o *Office) Numbers(ctx context.Context, r Reader, of store.Counter, below int) (NumbersView, error) {
	var v NumbersView
	if !r.May(access.Numbers) {
		return v, ErrNotFound
	}
	err := o.db.Read(ctx, func(q *store.Query) error {
		counters, err := q.Counters(ctx)
		if err != nil {
			return err
		}
		reg, err := o.registersFor(ctx, q, r)
		if err != nil {
			return err
		}
		organs := r.organsOf(access.Numbers.Posts()...)
		for _, c := range counters {
			if slices.Contains(organs, c.Organ) {
				v.All = append(v.All, SeriesView{c, o.seriesName(reg, c), o.nameIn(r.Lang, reg.Organs[c.Organ].Name)})
			}
		}
		slices.SortStableFunc(v.All, func(a, b SeriesView) int {
			return cmp.Or(strings.Compare(a.OrganName, b.OrganName), b.Year-a.Year, strings.Compare(a.Name, b.Name))
		})
		if of.Series == "" {
			return nil
		}
		for _, s := range v.All {
			if s.Series == of.Series && s.Organ == of.Organ && s.Year == of.Year {
				v.Of = s
				return o.numbers(ctx, q, r, &v, cmp.Or(below, math.MaxInt32))
			}
		}
		return ErrNotFound
	})
	return v, err
}

// seriesName is how the numbers of a series look.
func (o *Office) seriesName(reg *register, c store.Counter) string {
	format, short := c.Series, reg.Organs[c.Organ].Short
	for _, p := range o.law.All() {
		if s := p.Series.Get(c.Series); s != nil {
			format = s.Format
		}
	}
	if format == c.Series {
		short = cmp.Or(reg.Organs[c.Organ].Symbol, short)
	}
	return strings.NewReplacer("{short}", short, "{year}", strconv.Itoa(c.Year), "{n}", "…").Replace(format)
}

// numbers fills one page of a series.
func (o *Office) numbers(ctx context.Context, q *store.Query, r Reader, v *NumbersView, below int) error {
	rows, err := q.Numbers(ctx, v.Of.Counter, below, numbersPage+1)
	if err != nil {
		return err
	}
	if len(rows) > numbersPage {
		rows = rows[:numbersPage]
		v.Older = rows[numbersPage-1].N
	}
	var ids []matter.ID
	for _, d := range rows {
		ids = append(ids, d.Matter)
	}
	s, err := o.shelf(ctx, q, r, ids)
	if err != nil {
		return err
	}
	var voided []matter.ID
	for _, d := range rows {
		one := s.number(d)
		if v.Rows = append(v.Rows, one); one.State == NumberVoided {
			voided = append(voided, one.Matter)
		}
	}
	if len(voided) == 0 {
		return nil
	}
	return q.EachPartOf(ctx, voided, []matter.Class{matter.Staff, matter.Parties}, func(p store.StoredPart) error {
		for i, row := range v.Rows {
			if row.Matter != p.Matter || row.seq != p.Seq {
				continue
			}
			part, err := o.unseal(p.Matter, p.Seq, sealedOf(p))
			if err != nil {
				return err
			}
			v.Rows[i].Why = cmp.Or(part.Fields["reason"], row.Why)
		}
		return nil
	})
}

// number is one number as the reader may hear of it.
func (s shelf) number(d store.Drawn) NumberView {
	v := NumberView{N: d.N}
	st := s.states[d.Matter]
	i := slices.IndexFunc(st.Numbers, func(n matter.Number) bool {
		return n.Series == d.Series && n.Organ == d.Organ && n.Year == d.Year && n.N == d.N
	})
	p := s.o.procedureOf(st)
	if i < 0 || p == nil {
		return v
	}
	number := st.Numbers[i]
	v.Text = number.Text
	if !access.To(project(st, p).Access, s.o.accessReader(s.r.keys)).Act {
		return v
	}
	w := words{s.o, p, s.r.Lang}
	v.Matter, v.State, v.Title = d.Matter, NumberUsed, cmp.Or(s.titles[d.Matter], w.title())
	if number.For != "matter" {
		v.Title = w.document(number.For) + "　" + v.Title
	}
	by := s.became(p, st, number, &v)
	for _, done := range st.Done {
		if done.Seq == by {
			v.Act, v.By, v.On = w.act(done.Act), s.o.nameOf(s.names, done.By.Person), done.On
		}
	}
	return v
}

// became says what became of a number, and gives the entry that tells it: a reserved one is used by the act that makes its
// paper, and voided where the matter came to an end without it.
func (s shelf) became(p *procedure.Procedure, st matter.State, n matter.Number, v *NumberView) int {
	if by := st.Voided[n.Seq]; by != 0 {
		v.State, v.seq = NumberVoided, by
		return by
	}
	reserved, paper, last := false, 0, 0
	for _, done := range st.Done {
		for _, a := range p.Acts(done.Act) {
			reserved = reserved || done.Seq == n.Seq && a.Reserves != ""
			if a.Document != "" && (n.For == "matter" || a.Document == n.For) && st.Voided[done.Seq] == 0 && done.Seq >= n.Seq {
				paper = done.Seq
			}
		}
		if done.Stage == st.Stage && last == 0 {
			last = done.Seq
		}
	}
	if stage := p.Stages.Get(st.Stage); reserved && paper == 0 {
		if v.State = NumberReserved; stage != nil && stage.Final {
			v.State, v.seq = NumberVoided, last
			return last
		}
	} else if reserved {
		return paper
	}
	return n.Seq
}
