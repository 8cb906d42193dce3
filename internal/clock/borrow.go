package clock

import (
	"yifa/internal/calendar"
	"yifa/internal/statute"
)

// lent is a provision on counting and how it comes to hold for a term of another statute.
type lent struct {
	rule, by statute.Cite
	analogy  bool
}

// borrow writes that into a line. By analogy is our reading, so it counts as platform.
func borrow(b *statute.Book, on calendar.Date, l Line, r lent) Line {
	l.Cite, l.By, l.Analogy = r.rule, r.by, r.analogy
	if r.analogy {
		l.Status = statute.Platform
		return l
	}
	for _, c := range []statute.Cite{r.rule, r.by} {
		if p, ok := b.Provision(c, on); ok {
			l.Status = statute.Weakest(l.Status, p.Status)
		}
	}
	return l
}
