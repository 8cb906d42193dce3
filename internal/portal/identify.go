package portal

import (
	"encoding/json"
	"errors"
	"log/slog"
	"net/http"
	"strings"

	"yifa/internal/office"
	"yifa/internal/provider"
	"yifa/internal/web"
)

// identifyCookie binds a sign-in by a provider to the browser that began it.
const identifyCookie = "yifa_identify"

const identifyBack = "/identify/back"

// providerName is what pages call the provider of identities.
func (p *Portal) providerName(r *http.Request) string {
	if p.ProviderName != "" {
		return p.ProviderName
	}
	return web.T(r.Context(), "contact.kind.account")
}

// identify serves GET /identify: leads to the provider of identities, for a draft or for the list of one's matters.
func (p *Portal) identify(w http.ResponseWriter, r *http.Request) error {
	if p.Provider == nil {
		return web.NotFound
	}
	if err := p.guards.tryContact(r); err != nil {
		return err
	}
	to := "/mine"
	if draft := r.URL.Query().Get("draft"); draft != "" {
		if _, err := p.Office.Draft(r.Context(), draft); err != nil {
			return gone(err)
		}
		to = draftPath(draft, "confirm")
	}
	waiting := provider.NewWaiting(p.origin(r)+identifyBack, web.Href(langOf(r), to))
	kept, err := json.Marshal(waiting)
	if err != nil {
		return err
	}
	state, err := p.Office.KeepWaiting(r.Context(), kept)
	if err != nil {
		return err
	}
	address, err := p.Provider.Address(r.Context(), waiting, state)
	if err != nil {
		slog.Warn("identify by provider", "fault", err)
		return p.showMine(w, r, http.StatusBadGateway, mineView{Field: "contact", Error: web.T(r.Context(), "contact.provider_down")})
	}
	p.keepIdentify(w, state, 0)
	web.Secret(w)
	http.Redirect(w, r, address, http.StatusSeeOther)
	return nil
}

// identified serves GET /identify/back: somebody comes back from the provider.
func (p *Portal) identified(w http.ResponseWriter, r *http.Request) error {
	if p.Provider == nil {
		return web.NotFound
	}
	if err := p.guards.tryContact(r); err != nil {
		return err
	}
	p.keepIdentify(w, "", -1)
	waiting, name, err := p.comeBack(r)
	if errors.Is(err, provider.ErrRefused) || errors.Is(err, office.ErrNotFound) {
		return p.showMine(w, r, http.StatusUnauthorized, mineView{Field: "contact", Error: web.T(r.Context(), "contact.provider_wrong")})
	}
	if err != nil {
		return err
	}
	if _, rest, is := strings.Cut(waiting.To, "/report/d/"); is {
		draft, _, _ := strings.Cut(rest, "/")
		if err := p.Office.ConfirmDraftAccount(r.Context(), draft, name); err != nil {
			return gone(err)
		}
	} else {
		p.keepContact(w, p.Office.ContactOfAccount(name))
	}
	web.Secret(w)
	http.Redirect(w, r, waiting.To, http.StatusSeeOther)
	return nil
}

// comeBack is what was waiting for whoever comes back, and what the provider calls him.
func (p *Portal) comeBack(r *http.Request) (provider.Waiting, string, error) {
	var waiting provider.Waiting
	state, held := r.URL.Query().Get("state"), ""
	if c, err := r.Cookie(identifyCookie); err == nil {
		held = c.Value
	}
	if state == "" || state != held {
		return waiting, "", provider.ErrRefused
	}
	kept, err := p.Office.TakeWaiting(r.Context(), state)
	if err != nil {
		return waiting, "", err
	}
	if err := json.Unmarshal(kept, &waiting); err != nil {
		return waiting, "", err
	}
	shown, err := p.Provider.Who(r.Context(), waiting, r.URL.Query().Get("code"))
	return waiting, shown.Name, err
}

// keepIdentify may be sent when the provider leads back, which is another site: not strict.
func (p *Portal) keepIdentify(w http.ResponseWriter, state string, maxAge int) {
	http.SetCookie(w, &http.Cookie{Name: identifyCookie, Value: state, Path: identifyBack, MaxAge: maxAge, HttpOnly: true, Secure: p.TLS, SameSite: http.SameSiteLaxMode})
}
