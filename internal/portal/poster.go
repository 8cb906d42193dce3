package portal

import (
	"net/http"
	"net/url"

	"yifa/internal/office"
	"yifa/internal/web"
)

// posterView is a sheet to be hung up: its code opens the form with what the sheet is about filled in.
type posterView struct {
	QR      web.QR
	Address string
	Lines   []office.BegunWith
}

// poster serves GET /poster: with organ=, division= or problem= for one of them, without for the whole city.
func (p *Portal) poster(w http.ResponseWriter, r *http.Request) error {
	asked := r.URL.Query()
	asked.Del("continues") // one outcome is reported on from its own page
	fields, lines, err := p.Office.BeginWith(r.Context(), langOf(r), asked)
	if err != nil {
		return err
	}
	v := posterView{Lines: lines, Address: p.origin(r) + web.Href(langOf(r), "/report") + queryOf(fields, "?")}
	if v.QR, err = web.NewQR(v.Address); err != nil {
		return err
	}
	return show(w, r, http.StatusOK, web.T(r.Context(), "poster.title"), posterPage(v))
}

// queryOf is fields as the query of an address, after a sign; empty where there are none.
func queryOf(fields map[string][]string, sign string) string {
	if len(fields) == 0 {
		return ""
	}
	return sign + url.Values(fields).Encode()
}
