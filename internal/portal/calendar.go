package portal

import (
	"net/http"
	"strconv"

	"yifa/internal/door"
	"yifa/internal/web"
)

// calendar serves GET /calendar and /calendar/{year}: which days are rest and which are worked, by which notice.
func (p *Portal) calendar(w http.ResponseWriter, r *http.Request) error {
	today := p.Office.Today()
	n := today.Year()
	if text := r.PathValue("year"); text != "" {
		var err error
		if n, err = strconv.Atoi(text); err != nil || len(text) != 4 {
			return web.NotFound
		}
	}
	cal, err := p.Office.Calendar(r.Context())
	if err != nil {
		return err
	}
	y, known := door.Year(r.Context(), cal, n, "/calendar/", today)
	if !known {
		return web.NotFound
	}
	web.Public(w, 60)
	return show(w, r, http.StatusOK, web.T(r.Context(), "calendar.title", "year", strconv.Itoa(n)), calendarPage(y))
}
