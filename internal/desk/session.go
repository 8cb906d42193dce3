package desk

import (
	"errors"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"yifa/internal/door"
	"yifa/internal/office"
	"yifa/internal/web"
)

// sessionCookie is the name of the cookie of a session; over TLS it has the prefix by which browsers let nobody but
// this host set it (RFC 6265bis).
const (
	sessionCookie = "yifa_desk"
	hostPrefix    = "__Host-"
)

// admit asks who is there before a page is served. Somebody without a session is led to the sign-in page and back; a
// form sent after its session ended, or by somebody who has to show once more who he is, is kept in the page that asks
// and goes on from there.
func (d *Desk) admit(route route) func(http.ResponseWriter, *http.Request) error {
	return func(w http.ResponseWriter, r *http.Request) error {
		v := visit{Request: r, w: w}
		var who error
		if !route.Open {
			v.reader, who = d.Office.ReaderOf(r.Context(), d.heldToken(r), v.lang())
		}
		if r.Method == http.MethodPost {
			var err error
			if v.sent, err = door.ReadSent(w, r, who == nil && !route.Open); err != nil {
				return err
			}
			if !route.Open && isStep(r.PostForm) {
				went, err := d.resume(&v, route.asks && who == nil)
				if err != nil || !went {
					return err
				}
				if v.unsure == "" {
					v.reader, who = d.Office.ReaderOf(r.Context(), d.heldToken(r), v.lang())
				}
			}
		}
		switch {
		case who != nil:
			return d.unsigned(v, who)
		case v.reader.MustEnrol && !strings.HasPrefix(route.Pattern, securityPath):
			return v.redirect(securityPath)
		}
		err := route.serve(d, v)
		if errors.Is(err, office.ErrProve) {
			return d.showSignIn(v, signInView{Step: stepProve, Status: http.StatusUnauthorized, Action: v.URL.Path, Kept: keptOf(v.PostForm), Files: len(v.sent.Uploads) > 0})
		}
		return err
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

// isStep says whether a form brings a step of signing in. Fields that the form of an act asks beside its own may be left
// empty.
func isStep(form url.Values) bool {
	return slices.ContainsFunc([]string{loginField, codeField, newField, passkeyField}, form.Has) || form.Get(proveField) != "" || form.Get(proveCodeField) != ""
}

// keptOf is a form that waits until somebody has signed in, as hidden fields.
func keptOf(form url.Values) []web.Field {
	var list []web.Field
	for name, values := range form {
		if slices.Contains(stepFields, name) {
			continue
		}
		for _, value := range values {
			list = append(list, web.Field{Kind: web.Hidden, Name: name, Value: value})
		}
	}
	return list
}

// resume takes a step of signing in beside a form that was kept; once nothing is missing the form goes on. Where the form
// itself asked who sent it (here), it goes on with what was wrong, to be shown again.
func (d *Desk) resume(v *visit, here bool) (went bool, err error) {
	next, err := d.takeStep(*v)
	if err != nil {
		return false, err
	}
	if next.Token != "" {
		d.keepToken(v.w, next.Token, 0)
		v.Header.Del("Cookie") // the new session counts, not the one that ended
		v.AddCookie(&http.Cookie{Name: d.cookie(), Value: next.Token})
	}
	if next.Step == stepProve && here {
		v.unsure = next.Error
	} else if next.Step != "" {
		next.Status, next.Action, next.Kept, next.Files = http.StatusUnauthorized, v.URL.Path, keptOf(v.PostForm), len(v.sent.Uploads) > 0
		return false, d.showSignIn(*v, next)
	}
	for _, name := range stepFields {
		v.PostForm.Del(name)
	}
	return true, nil
}

// cookie is the name of the session's cookie.
func (d *Desk) cookie() string {
	if d.TLS {
		return hostPrefix + sessionCookie
	}
	return sessionCookie
}

func (d *Desk) heldToken(r *http.Request) string {
	c, err := r.Cookie(d.cookie())
	if err != nil {
		return ""
	}
	return c.Value
}

// keepToken sets the session cookie; maxAge -1 takes it away. The session itself ends at the server.
func (d *Desk) keepToken(w http.ResponseWriter, token string, maxAge int) {
	http.SetCookie(w, &http.Cookie{Name: d.cookie(), Value: token, Path: "/", MaxAge: maxAge,
		HttpOnly: true, Secure: d.TLS, SameSite: http.SameSiteLaxMode})
}

// from is where somebody signs in from.
func (d *Desk) from(v visit) office.From {
	from := office.From{Agent: agentOf(v.UserAgent())}
	if a := d.limits.Addr(v.Request); a.IsValid() {
		from.Address = a.String()
	}
	return from
}

// agentOf names a browser and its system by what it says of itself; that is enough to know one's own again.
func agentOf(said string) string {
	pick := func(words ...string) string {
		for i := 0; i < len(words); i += 2 {
			if strings.Contains(said, words[i]) {
				return words[i+1]
			}
		}
		return ""
	}
	browser := pick("Edg", "Edge", "OPR/", "Opera", "MicroMessenger", "WeChat", "Firefox/", "Firefox", "Chrom", "Chrome", "Safari/", "Safari")
	system := pick("HarmonyOS", "HarmonyOS", "Android", "Android", "iPhone", "iOS", "iPad", "iPadOS", "Windows", "Windows", "Mac OS", "macOS", "Linux", "Linux")
	return strings.TrimSpace(browser + " " + system)
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
