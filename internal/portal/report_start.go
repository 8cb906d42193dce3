package portal

import (
	"net/http"

	"yifa/internal/web"
)

// reportStart serves GET /report: what will be asked, and who may know.
func (p *Portal) reportStart(w http.ResponseWriter, r *http.Request) error {
	return show(w, r, http.StatusOK, web.T(r.Context(), "portal.start_title"), reportStartPage())
}

// startReport serves POST /report: a new draft at an address of its own.
func (p *Portal) startReport(w http.ResponseWriter, r *http.Request) error {
	d, err := p.newDraft(r)
	if err != nil {
		return err
	}
	return redirect(w, r, draftPath(d.ID, steps[0].name))
}
