package procedure

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"yifa/internal/matter"
)

// numbers draws the matter's number at opening, the act's own, and the document's.
func (s *scene) numbers(a *Act, holder string, d *matter.Delta) error {
	issuer := s.by.Organ
	if issuer == "" {
		issuer = holder
	}
	draw := func(series, format, organ, purpose string) error {
		n, err := s.number(series, format, organ, d)
		n.For = purpose
		d.Numbers = append(d.Numbers, n)
		return err
	}
	if series := s.p.Subject.Number; series != "" && s.st.Rev == 0 {
		if err := draw(series, s.p.Series.Get(series).Format, holder, "matter"); err != nil {
			return err
		}
	}
	if a.Number != "" {
		if err := draw(a.Number, s.p.Series.Get(a.Number).Format, holder, "matter"); err != nil {
			return err
		}
	}
	name := cmp.Or(a.Document, a.Reserves)
	doc := s.p.Documents.Get(name)
	if doc == nil || s.isReserved(name) {
		return nil
	}
	if series, format := s.p.SeriesOf(s.l, doc, s.left(d), s.on); series != "" {
		purpose := name
		if doc.Catalogue {
			purpose = "matter" // it is what the matter is known by
		}
		return draw(series, format, issuer, purpose)
	}
	return nil
}

// isReserved says whether a number waits for a document. One of a year that is over does not: it stays unused.
func (s *scene) isReserved(name string) bool {
	return slices.ContainsFunc(s.st.Numbers, func(n matter.Number) bool {
		return (n.For == name || n.For == "matter" && s.p.Documents.Get(name).Catalogue) && n.Year == s.snap.Today.Year()
	}) &&
		slices.ContainsFunc(s.st.Done, func(d matter.Done) bool {
			return slices.ContainsFunc(s.p.Acts(d.Act), func(a *Act) bool { return a.Reserves == name })
		})
}

// number draws the next number of a series. Its year is the year in which it is drawn: a late
// entry does not reach into a year that is closed.
func (s *scene) number(series, format, organ string, d *matter.Delta) (matter.Number, error) {
	if s.snap.Numbers == nil {
		return matter.Number{}, fmt.Errorf("procedure: %s: the snapshot draws no numbers", s.p.Key())
	}
	year := s.snap.Today.Year()
	n := s.snap.Numbers(series, organ, year)
	for _, x := range d.Numbers {
		if x.Series == series && x.Organ == organ {
			n++
		}
	}
	short := s.snap.Organs[organ].Short
	if s.p.Series.Get(series) == nil { // of the catalogue
		short = cmp.Or(s.snap.Organs[organ].Symbol, short)
	}
	text := strings.NewReplacer("{short}", short, "{year}", strconv.Itoa(year), "{n}", strconv.Itoa(n)).
		Replace(format)
	return matter.Number{Series: series, Organ: organ, Year: year, N: n, Text: text}, nil
}
