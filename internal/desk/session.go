package desk

import (
	"errors"
	"net/http"
	"net/url"
	"strings"

	"yifa/internal/door"
	"yifa/internal/i18n"
	"yifa/internal/office"
	"yifa/internal/web"
)

const sessionCookie = "yifa_desk"

// admit asks who is there before a page is served. Somebody without a session is led to the sign-in page and back; a
// form sent after its session ended is kept in the sign-in page and goes on from there.
func (d *Desk) admit(route route) func(http.ResponseWriter, *http.Request) error {
	return func(w http.ResponseWriter, r *http.Request) error {
		v := visit{Request: r, w: w}
		var who error
		if !route.Open {
			v.reader, who = d.Office.ReaderOf(r.Context(), heldToken(r), v.lang())
		}
		if r.Method == http.MethodPost {
			var err error
			if v.sent, err = door.ReadSent(w, r, who == nil && !route.Open); err != nil {
				return err
			}
			if !route.Open && r.PostForm.Has(loginField) {
				signed, err := d.resume(v)
				if err != nil || !signed {
					return err
				}
				v.reader, who = d.Office.ReaderOf(r.Context(), heldToken(r), v.lang())
			}
		}
		if who != nil {
			return d.unsigned(v, who)
		}
		return route.serve(d, v)
	}
}

// unsigned answers a request without a session.
func (d *Desk) unsigned(v visit, err error) error {
	if !errors.Is(err, office.ErrNotFound) {
		return err
	}
	if v.Method == http.MethodGet {
		to := v.URL.Path
		if v.URL.RawQuery != "" {
			to += "?" + v.URL.RawQuery
		}
		return v.redirect("/desk/sign-in?to=" + url.QueryEscape(to))
	}
	return d.showSignIn(v, signInView{Status: http.StatusUnauthorized, Action: v.URL.Path, Kept: keptOf(v.PostForm), Files: len(v.sent.Uploads) > 0})
}

// keptOf is a form that waits until somebody has signed in, as hidden fields.
func keptOf(form url.Values) []web.Field {
	var list []web.Field
	for name, values := range form {
		if name == loginField || name == passwordField {
			continue
		}
		for _, value := range values {
			list = append(list, web.Field{Kind: web.Hidden, Name: name, Value: value})
		}
	}
	return list
}

// resume signs in with what the sign-in page brought and lets the kept form go on.
func (d *Desk) resume(v visit) (signed bool, err error) {
	token, why, err := d.tryPassword(v)
	if err != nil {
		return false, err
	}
	if why != "" {
		return false, d.showSignIn(v, signInView{Status: http.StatusUnauthorized, Action: v.URL.Path, Kept: keptOf(v.PostForm), Error: why, Login: v.PostForm.Get(loginField)})
	}
	d.keepToken(v.w, token, 0)
	v.Header.Del("Cookie") // the new session counts, not the one that ended
	v.AddCookie(&http.Cookie{Name: sessionCookie, Value: token})
	v.PostForm.Del(loginField)
	v.PostForm.Del(passwordField)
	return true, nil
}

func heldToken(r *http.Request) string {
	c, err := r.Cookie(sessionCookie)
	if err != nil {
		return ""
	}
	return c.Value
}

// keepToken sets the session cookie for the desk in each language; maxAge -1 takes it away. The session itself ends at
// the server.
func (d *Desk) keepToken(w http.ResponseWriter, token string, maxAge int) {
	for _, l := range i18n.Langs {
		http.SetCookie(w, &http.Cookie{Name: sessionCookie, Value: token, Path: web.Href(l, "/desk"), MaxAge: maxAge,
			HttpOnly: true, Secure: d.TLS, SameSite: http.SameSiteLaxMode})
	}
}

// backTo is a page of the desk to lead to after signing in; anything else is the first page.
func backTo(to string) string {
	u, err := url.Parse(to)
	if err != nil || strings.Contains(to, `\`) || to != "/desk" && !strings.HasPrefix(to, "/desk/") && !strings.HasPrefix(to, "/desk?") {
		return "/desk"
	}
	if strings.HasPrefix(u.Path, "/desk/sign-") {
		return "/desk"
	}
	return to
}
