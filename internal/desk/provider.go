package desk

import (
	"encoding/json"
	"errors"
	"log/slog"
	"net/http"

	"yifa/internal/office"
	"yifa/internal/provider"
	"yifa/internal/web"
)

// stateCookie binds a sign-in by a provider to the browser that began it, so that nobody can be signed in as another by
// a link.
const stateCookie = "yifa_state"

const backPath = "/desk/sign-in/back"

// providerName is what pages call the provider of identities.
func (d *Desk) providerName(v visit) string {
	if d.ProviderName != "" {
		return d.ProviderName
	}
	return v.t("office.how.provider")
}

// askProvider serves GET /desk/sign-in/provider: leads to the provider.
func (d *Desk) askProvider(v visit) error {
	if d.Provider == nil {
		return web.NotFound
	}
	if err := d.limits.Allow(v.Request, classSignIn); err != nil {
		return err
	}
	waiting := provider.NewWaiting(d.origin(v.Request)+backPath, web.Href(v.lang(), backTo(v.URL.Query().Get("to"))))
	waiting.Again = v.URL.Query().Has("again")
	kept, err := json.Marshal(waiting)
	if err != nil {
		return err
	}
	state, err := d.Office.KeepWaiting(v.Context(), kept)
	if err != nil {
		return err
	}
	address, err := d.Provider.Address(v.Context(), waiting, state)
	if err != nil {
		slog.Warn("sign-in by provider", "fault", err)
		return d.showSignIn(v, signInView{Status: http.StatusBadGateway, Action: "/desk/sign-in", Field: loginField, Error: v.t("desk.provider_down")})
	}
	d.keepState(v.w, state, 0)
	v.w.Header().Set("Cache-Control", "no-store")
	http.Redirect(v.w, v.Request, address, http.StatusSeeOther)
	return nil
}

// fromProvider serves GET /desk/sign-in/back: somebody comes back from the provider.
func (d *Desk) fromProvider(v visit) error {
	if d.Provider == nil {
		return web.NotFound
	}
	if err := d.limits.Allow(v.Request, classSignIn); err != nil {
		return err
	}
	signed, to, err := d.comeBack(v)
	d.keepState(v.w, "", -1)
	switch {
	case errors.Is(err, provider.ErrRefused), errors.Is(err, office.ErrCredentials), errors.Is(err, office.ErrNotFound):
		return d.showSignIn(v, signInView{Status: http.StatusUnauthorized, Action: "/desk/sign-in", Field: loginField, Error: v.t("desk.provider_wrong")})
	case err != nil:
		return err
	}
	d.keepToken(v.w, signed.Token, 0)
	http.Redirect(v.w, v.Request, to, http.StatusSeeOther)
	return nil
}

// comeBack is the session of somebody the provider knows and who has an account here, and where to lead him.
func (d *Desk) comeBack(v visit) (office.Signed, string, error) {
	state, held := v.URL.Query().Get("state"), ""
	if c, err := v.Cookie(stateCookie); err == nil {
		held = c.Value
	}
	if state == "" || state != held {
		return office.Signed{}, "", office.ErrCredentials
	}
	kept, err := d.Office.TakeWaiting(v.Context(), state)
	if err != nil {
		return office.Signed{}, "", err
	}
	var waiting provider.Waiting
	if err := json.Unmarshal(kept, &waiting); err != nil {
		return office.Signed{}, "", err
	}
	shown, err := d.Provider.Who(v.Context(), waiting, v.URL.Query().Get("code"))
	if err != nil {
		return office.Signed{}, "", err
	}
	signed, err := d.Office.SignInByProvider(v.Context(), shown.Name, shown.At, d.from(v))
	return signed, waiting.To, err
}

func (d *Desk) keepState(w http.ResponseWriter, state string, maxAge int) {
	http.SetCookie(w, &http.Cookie{Name: stateCookie, Value: state, Path: backPath, MaxAge: maxAge, HttpOnly: true, Secure: d.TLS, SameSite: http.SameSiteLaxMode})
}
