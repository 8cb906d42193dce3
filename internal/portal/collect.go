package portal

import (
	"errors"
	"net/http"

	"yifa/internal/door"
	"yifa/internal/office"
	"yifa/internal/web"
)

// collectView is the page to which the link to a paper leads.
type collectView struct {
	Link  string
	Check web.Field
	Error string
	Why   string      // why the link opens nothing, as a key of the catalogue; empty: it does
	Slip  web.Receipt // how the paper is found again, once it was opened
}

// collect serves GET /collect/{link}: asks for what belongs to the link. It tells nothing of what the link leads to.
func (p *Portal) collect(w http.ResponseWriter, r *http.Request) error {
	return p.showCollect(w, r, p.Office.LinkStands(r.Context(), r.PathValue("link")))
}

// openCollect serves POST /collect/{link}: opens the link, once. The answer is the only page that ever shows the code.
func (p *Portal) openCollect(w http.ResponseWriter, r *http.Request) error {
	if err := door.ReadText(r); err != nil {
		return err
	}
	if err := p.guards.tryLink(r); err != nil {
		return err
	}
	code, err := p.Office.OpenLink(r.Context(), r.PathValue("link"), r.PostForm.Get("check"), langOf(r))
	if err != nil {
		return p.showCollect(w, r, err)
	}
	ctx := r.Context()
	qr, err := web.NewQR(p.origin(r) + web.Href(langOf(r), "/track") + "#" + code)
	if err != nil {
		return err
	}
	p.keepCode(w, code)
	web.Secret(w)
	v := collectView{Slip: web.Receipt{Title: web.T(ctx, "collect.slip"), Code: code, QR: qr}}
	return show(w, r, http.StatusOK, web.T(ctx, "collect.done"), collectDonePage(v))
}

// showCollect shows the page of a link as it stands; a fault of ours stays one.
func (p *Portal) showCollect(w http.ResponseWriter, r *http.Request, stands error) error {
	ctx, status := r.Context(), http.StatusOK
	v := collectView{Link: r.PathValue("link")}
	v.Check = web.Field{Kind: web.TextField, Name: "check", Label: web.T(ctx, "collect.check"), Hint: web.T(ctx, "collect.check_hint"), Width: 5, Autocomplete: "off"}
	switch {
	case stands == nil:
	case errors.Is(stands, office.ErrLinkCheck):
		v.Error, status = web.T(ctx, "collect.wrong"), http.StatusUnprocessableEntity
		v.Check.Error = v.Error
	case errors.Is(stands, office.ErrLinkUsed):
		v.Why, status = "collect.used", http.StatusGone
	case errors.Is(stands, office.ErrLinkOver):
		v.Why, status = "collect.over", http.StatusGone
	case errors.Is(stands, office.ErrNotFound):
		v.Why, status = "collect.unknown", http.StatusNotFound
	default:
		return stands
	}
	web.Secret(w)
	return show(w, r, status, web.T(ctx, "collect.title"), collectPage(v))
}

// trackPaper serves GET /track/paper: the paper that was served on whoever looks.
func (p *Portal) trackPaper(w http.ResponseWriter, r *http.Request) error {
	reader, found, err := p.reader(w, r)
	if err != nil {
		return err
	}
	if !found {
		return redirect(w, r, "/track?said=ended")
	}
	file, body, err := p.Office.OpenServed(r.Context(), reader, reader.Filer)
	if errors.Is(err, office.ErrNotFound) {
		return web.NotFound
	}
	if err != nil {
		return err
	}
	return door.SendFile(w, file, body)
}
