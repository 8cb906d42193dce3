package web

import (
	"context"
	"io"
	"log/slog"
	"net/http"
	"strings"
	"time"

	"yifa/internal/i18n"
)

// Options are what a door gives its stack of middleware.
type Options struct {
	Site     Site
	Classify Classify     // errors of office and store to problems; may be nil
	Log      *slog.Logger // nil: slog.Default
	MaxBody  int64        // bytes; 0: 1 MiB. A route that takes files sets its own with AllowBody
	TLS      bool         // the site is reached over TLS only: secure cookies, HSTS
	LookOnly bool         // nothing may be sent: pages are read, all else is answered with LookOnly
	Now      func() time.Time

	Observe func(Answered) // is told of every answer; may be nil

	// Tell answers a problem to whoever reads no pages, and reports whether it did; may be nil. text says in the
	// language of the request what happened and what to do.
	Tell func(w http.ResponseWriter, r *http.Request, status int, text string) bool
}

// Answered is what may be known of an answer by whoever keeps the machine: neither who asked nor for what.
type Answered struct {
	Method, Route string // the pattern; "-" where none answered
	Status        int
	Took          time.Duration
}

// Stack puts everything every page needs around the routes: access log, panics, security headers, static files,
// compression, cross-origin protection, body limit, large type, language prefix. Routes are registered without prefix.
func Stack(routes http.Handler, o Options) http.Handler {
	if o.MaxBody == 0 {
		o.MaxBody = 1 << 20
	}
	if o.Now == nil {
		o.Now = time.Now
	}
	h := limitBody(routes, o.MaxBody)
	if o.LookOnly {
		h = lookOnly(h)
	}
	h = crossOrigin(h)
	h = recovered(h) // inside the two below, so that its page is in the reader's language and type
	h = preferences(h, o.TLS)
	h = language(h)
	h = compress(h)
	h = withStatic(h)
	h = headers(h, o.TLS)
	h = accessLog(h, o)
	return withState(h, o)
}

// lookOnly lets pages be read and nothing be sent.
func lookOnly(next http.Handler) http.Handler {
	refuse := Handle(func(http.ResponseWriter, *http.Request) error { return LookOnly })
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Method != http.MethodGet && r.Method != http.MethodHead {
			refuse.ServeHTTP(w, r)
			return
		}
		next.ServeHTTP(w, r)
	})
}

func withState(next http.Handler, o Options) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		s := &state{site: o.Site, classify: o.Classify, log: o.Log, tell: o.Tell}
		next.ServeHTTP(w, r.WithContext(context.WithValue(r.Context(), stateKey{}, s)))
	})
}

// reportPath is where browsers tell of what the content security policy stopped; the portal serves it.
const reportPath = "/csp-report"

// headers are the same on every answer. Scripts, styles and pictures come from this site only, nothing is inline.
func headers(next http.Handler, tls bool) http.Handler {
	fixed := map[string]string{
		"Content-Security-Policy": "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; " +
			"connect-src 'self'; worker-src 'self'; manifest-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'; " +
			"report-uri " + reportPath + "; report-to csp",
		"Reporting-Endpoints":          `csp="` + reportPath + `"`,
		"Cross-Origin-Opener-Policy":   "same-origin",
		"Cross-Origin-Embedder-Policy": "require-corp",
		"Cross-Origin-Resource-Policy": "same-origin",
		"Permissions-Policy": "accelerometer=(), autoplay=(), bluetooth=(), browsing-topics=(), camera=(), display-capture=(), encrypted-media=(), fullscreen=(), geolocation=(), gyroscope=(), hid=(), " +
			"idle-detection=(), local-fonts=(), magnetometer=(), microphone=(), midi=(), payment=(), screen-wake-lock=(), serial=(), usb=(), xr-spatial-tracking=()",
		"Origin-Agent-Cluster":              "?1",
		"X-DNS-Prefetch-Control":            "off",
		"X-Permitted-Cross-Domain-Policies": "none",
		// same-origin, not no-referrer: without it older browsers send "Origin: null" with our own forms.
		"Referrer-Policy":        "same-origin",
		"X-Content-Type-Options": "nosniff",
		"X-Frame-Options":        "DENY",
	}
	if tls {
		fixed["Strict-Transport-Security"] = "max-age=63072000; includeSubDomains"
	}
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		for k, v := range fixed {
			w.Header().Set(k, v)
		}
		next.ServeHTTP(w, r)
	})
}

// crossOrigin stops forms of other sites from acting here.
func crossOrigin(next http.Handler) http.Handler {
	p := http.NewCrossOriginProtection()
	p.SetDenyHandler(Handle(func(http.ResponseWriter, *http.Request) error { return Forbidden }))
	return p.Handler(next)
}

type rawBodyKey struct{}

// limitBody cuts a request off at so many bytes; the handler sees http.MaxBytesError and the reader 413.
func limitBody(next http.Handler, bytes int64) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		r = r.WithContext(context.WithValue(r.Context(), rawBodyKey{}, r.Body))
		r.Body = http.MaxBytesReader(w, r.Body, bytes)
		next.ServeHTTP(w, r)
	})
}

// AllowBody gives one route its own limit: for files. Call it before the body is read.
func AllowBody(w http.ResponseWriter, r *http.Request, bytes int64) {
	if raw, ok := r.Context().Value(rawBodyKey{}).(io.ReadCloser); ok {
		r.Body = http.MaxBytesReader(w, raw, bytes)
	}
}

// language takes the prefix off the path and stores the language.
func language(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		l, path := i18n.Split(r.URL.Path)
		r2 := r.WithContext(i18n.With(r.Context(), l))
		if path != r.URL.Path {
			u := *r.URL
			u.Path, u.RawPath = path, strings.TrimPrefix(u.RawPath, l.Prefix())
			r2.URL = &u
		}
		w.Header().Set("Content-Language", string(l))
		next.ServeHTTP(w, r2)
	})
}

// preferences keeps 大字版 and the theme in cookies: ?type=large sets one and leads back to the same page.
func preferences(next http.Handler, secure bool) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Method == http.MethodGet && r.URL.RawQuery != "" {
			if p := NewPage(r, Portal, ""); setPreference(w, r, secure) {
				http.Redirect(w, r, Href(p.Lang, p.Path)+p.query("", ""), http.StatusSeeOther)
				return
			}
		}
		s := stateOf(r.Context())
		s.large = cookie(r, "yifa_type") == "large"
		if theme := cookie(r, "yifa_theme"); theme == "light" || theme == "dark" {
			s.theme = theme
		}
		next.ServeHTTP(w, r)
	})
}

func setPreference(w http.ResponseWriter, r *http.Request, secure bool) bool {
	set := false
	for name, allowed := range map[string]string{"type": "large normal", "theme": "light dark auto"} {
		value := r.URL.Query().Get(name)
		if value == "" || !strings.Contains(" "+allowed+" ", " "+value+" ") {
			continue
		}
		set = true
		http.SetCookie(w, &http.Cookie{Name: "yifa_" + name, Value: value, Path: "/", MaxAge: 365 * 24 * 3600,
			HttpOnly: true, Secure: secure, SameSite: http.SameSiteLaxMode})
	}
	return set
}

func cookie(r *http.Request, name string) string {
	c, err := r.Cookie(name)
	if err != nil {
		return ""
	}
	return c.Value
}

// accessLog writes one line an answer: minute, method, route, status. Never an address of a person, a path, a query
// or a body: those can hold drafts and codes. Routes come from Handle; other answers say "-".
func accessLog(next http.Handler, o Options) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		rec, began := &statusWriter{ResponseWriter: w}, time.Now()
		next.ServeHTTP(rec, r)
		s := stateOf(r.Context())
		route := s.route
		if route == "" {
			route = "-"
		}
		if o.Observe != nil {
			o.Observe(Answered{r.Method, route, rec.status(), time.Since(began)})
		}
		log := s.logger()
		if !log.Enabled(r.Context(), slog.LevelInfo) {
			return
		}
		line := slog.NewRecord(o.Now().Truncate(time.Minute), slog.LevelInfo, "request", 0)
		line.AddAttrs(slog.String("method", r.Method), slog.String("route", route), slog.Int("status", rec.status()))
		_ = log.Handler().Handle(r.Context(), line) // a log that cannot be written must not stop an answer
	})
}

type statusWriter struct {
	http.ResponseWriter
	code int
}

func (w *statusWriter) WriteHeader(code int) {
	if w.code == 0 {
		w.code = code
	}
	w.ResponseWriter.WriteHeader(code)
}

func (w *statusWriter) status() int {
	if w.code == 0 {
		return http.StatusOK
	}
	return w.code
}

// Unwrap lets http.ResponseController reach the connection.
func (w *statusWriter) Unwrap() http.ResponseWriter { return w.ResponseWriter }
