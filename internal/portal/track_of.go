package portal

import (
	"errors"
	"net/http"

	"yifa/internal/matter"
	"yifa/internal/office"
	"yifa/internal/web"
)

// trackOf serves POST /track/of: it turns to a matter that was split off one's own, or without one back to it.
func (p *Portal) trackOf(w http.ResponseWriter, r *http.Request) error {
	code := p.heldCode(r)
	if code == "" {
		return redirect(w, r, "/track?said=ended")
	}
	reader, err := p.readerOf(r, code)
	if errors.Is(err, office.ErrNotFound) {
		return redirect(w, r, "/track?said=ended")
	}
	if err != nil {
		return err
	}
	held := code
	if id, split := parseID(r.PostFormValue("matter")); split {
		_, err := p.Office.SplitOff(r.Context(), reader, id)
		if errors.Is(err, office.ErrNotFound) {
			return web.NotFound
		}
		if err != nil {
			return err
		}
		held += "/" + id.String()
	}
	p.keepCode(w, held)
	return redirect(w, r, "/track/matter")
}

// parseID reads a matter's id; what is none is none.
func parseID(s string) (matter.ID, bool) {
	id, err := matter.ParseID(s)
	return id, err == nil
}
