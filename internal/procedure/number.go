package procedure

import (
	"fmt"
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
	draw := func(series, organ, purpose string) error {
		n, err := s.number(series, organ, d)
		n.For = purpose
		d.Numbers = append(d.Numbers, n)
		return err
	}
	if series := s.p.Subject.Number; series != "" && s.st.Rev == 0 {
		if err := draw(series, holder, "matter"); err != nil {
			return err
		}
	}
	if a.Number != "" {
		if err := draw(a.Number, holder, "matter"); err != nil {
			return err
		}
	}
	if doc := s.p.Documents.Get(a.Document); doc != nil && doc.Series != "" {
		return draw(doc.Series, issuer, a.Document)
	}
	return nil
}

// number draws the next number of a series. Its year is the year in which it is drawn: a late
// entry does not reach into a year that is closed.
func (s *scene) number(series, organ string, d *matter.Delta) (matter.Number, error) {
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
	text := strings.NewReplacer("{short}", s.snap.Organs[organ].Short, "{year}", strconv.Itoa(year), "{n}", strconv.Itoa(n)).
		Replace(s.p.Series.Get(series).Format)
	return matter.Number{Series: series, Organ: organ, Year: year, N: n, Text: text}, nil
}
