package portal

import (
	"errors"
	"net/http"

	"yifa/internal/matter"
	"yifa/internal/office"
)

// continues names, in a draft, the published outcome from which somebody reports on; apart is what she ticks where she
// does not.
const (
	continues = "continues"
	apart     = "apart"
)

// notSolvedPath begins a report that goes on from an outcome.
func notSolvedPath(o office.Outcome) string { return "/report?" + continues + "=" + o.ID.String() }

// canGoOn says whether something of an outcome may be left to solve.
func canGoOn(o office.Outcome) bool { return o.Withdrawn == nil && o.FindingIs != "commended" }

// before is the published outcome a draft goes on from, as everybody reads it today; nil where it goes on from none.
func (p *Portal) before(r *http.Request, d office.Draft) (*office.Outcome, error) {
	named := d.Fields[continues]
	if len(named) == 0 {
		return nil, nil //nolint:nilnil // it goes on from none
	}
	id, err := matter.ParseID(named[0])
	if err != nil {
		return nil, nil //nolint:nilnil,nilerr // taken back: what is left names none
	}
	o, err := p.Office.Outcome(r.Context(), langOf(r), id)
	if errors.Is(err, office.ErrNotFound) {
		return nil, nil //nolint:nilnil // destroyed meanwhile
	}
	return &o, err
}
