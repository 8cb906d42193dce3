package portal

import (
	"crypto/cipher"
	"errors"
	"fmt"
	"net/http"
	"net/netip"
	"strings"
	"sync/atomic"
	"time"

	"github.com/a-h/templ"
	"golang.org/x/crypto/chacha20poly1305"

	"yifa/internal/i18n"
	"yifa/internal/office"
	"yifa/internal/provider"
	"yifa/internal/web"
	"yifa/internal/web/turn"
)

// The procedure and the acts the hand-made pages speak of; every other act comes from the data.
const (
	complaint  = "supervision.complaint"
	actMessage = "message_staff"
	maxFiles   = 10
)

// Config is what a portal needs. Office and Key have no default.
type Config struct {
	Office *office.Office
	Key    []byte           // 32 secret bytes: seals the cookie that holds a receipt code
	Origin string           // https://host without a slash, for addresses on paper; empty: as the request came
	TLS    bool             // reached over TLS only: secure cookies
	Now    func() time.Time // nil: time.Now
	// Contact is where a person who found a security fault writes (RFC 9116): mailto: or https: address.
	Contact string

	Provider     *provider.Provider // of identities, for the public; nil: none
	ProviderName string             // what pages call it; empty: its kind, in the language of the page

	Limits map[web.Class]web.Rule         // nil: DefaultLimits
	Client func(*http.Request) netip.Addr // behind a proxy: where a request came from

	ProofBits int // zero bits of each part of a proof of work; 0: as many as keep machines out

	Halls func(name string, h *turn.Hall) // is told of each hall in which strangers wait; may be nil
}

// Portal holds the pages of the public.
type Portal struct {
	Config
	seal    cipher.AEAD
	guards  guards
	reports atomic.Int64 // of browsers about the content security policy, since the start
}

// New gives the handler of all public routes. web.Stack goes around it.
func New(c Config) (http.Handler, error) {
	if c.Office == nil {
		return nil, errors.New("portal: no office")
	}
	seal, err := chacha20poly1305.NewX(c.Key)
	if err != nil {
		return nil, fmt.Errorf("portal: cookie key: %w", err)
	}
	if c.Now == nil {
		c.Now = time.Now
	}
	p := &Portal{Config: c, seal: seal, guards: newGuards(c)}
	if c.Halls != nil {
		c.Halls("start", p.guards.starts)
		c.Halls("report", p.guards.reports)
	}
	mux := http.NewServeMux()
	for _, route := range routes {
		mux.Handle(route.Method+" "+route.Pattern, web.Handle(func(w http.ResponseWriter, r *http.Request) error {
			return route.serve(p, w, r)
		}))
	}
	mux.Handle("/", web.NotFoundPage())
	return mux, nil
}

// Nav is the navigation of the portal: only what is there.
func Nav() []web.Link {
	return []web.Link{
		{Path: "/report", Label: "portal.nav_report"},
		{Path: "/track", Label: "portal.nav_track"},
		{Path: "/outcomes", Label: "portal.nav_outcomes"},
		{Path: "/statistics", Label: "portal.nav_statistics", Wide: true},
		{Path: "/how", Label: "portal.nav_how", Wide: true},
		{Path: "/calculator", Label: "portal.nav_calculator", Wide: true},
	}
}

// Footer is the four lists at the foot of every public page.
func Footer() []web.LinkList {
	return []web.LinkList{
		{Title: "portal.foot_do", Links: []web.Link{{Path: "/report", Label: "portal.nav_report"}, {Path: "/track", Label: "portal.nav_track"}, {Path: "/calculator", Label: "portal.nav_calculator"}}},
		{Title: "portal.foot_public", Links: []web.Link{{Path: "/how", Label: "portal.nav_how"}, {Path: "/law", Label: "statute.nav"}, {Path: "/outcomes", Label: "portal.nav_outcomes"}, {Path: "/statistics", Label: "portal.nav_statistics"}, {Path: inspectionsPath, Label: "inspection.title"}, {Path: rosterPath, Label: "rosters.title"}}},
		{Title: "portal.foot_help", Links: []web.Link{{Path: "tel:12345", Label: "portal.foot_phone"}, {Path: "/help", Label: "portal.help_all"}, {Path: "/help/accessibility", Label: "portal.help_accessibility"}}},
		{Title: "portal.foot_trust", Links: []web.Link{{Path: "/help/protection", Label: "portal.help_protection"}, {Path: "/verify", Label: "verify.title"}, {Path: "/help/platform", Label: "portal.help_platform"}}},
	}
}

// show renders one page of the portal.
func show(w http.ResponseWriter, r *http.Request, status int, title string, content templ.Component) error {
	return render(w, r, toShow{status: status, title: title, content: content})
}

// toShow is a page of the portal that needs more than yifa.js.
type toShow struct {
	status  int
	title   string
	content templ.Component
	scripts []string
	feed    *web.Crumb
}

// newPage is a page of the portal before its content, with what search engines may tell of it.
func newPage(r *http.Request, title string) web.Page {
	page := web.NewPage(r, web.Portal, title)
	page.About = web.T(r.Context(), "portal.about", "title", title)
	return page
}

func render(w http.ResponseWriter, r *http.Request, s toShow) error {
	status, title := s.status, s.title
	if status == http.StatusUnprocessableEntity {
		title = web.T(r.Context(), "web.error") + title // the tab says it before the page is read
	}
	page := newPage(r, title)
	page.Scripts, page.Feed = s.scripts, s.feed
	for _, link := range Nav() {
		if link.Path == "/track" && strings.HasPrefix(r.URL.Path, "/mine") || r.URL.Path == link.Path || strings.HasPrefix(r.URL.Path, link.Path+"/") {
			page.Current = link.Path
		}
	}
	page.Help = helpOn(r)
	return web.Render(w, r, status, page, s.content)
}

// redirect leads on to a page of the same language after a form was taken.
func redirect(w http.ResponseWriter, r *http.Request, path string) error {
	http.Redirect(w, r, web.Href(i18n.From(r.Context()), path), http.StatusSeeOther)
	return nil
}

// origin is the site's own address without a slash at the end.
func (p *Portal) origin(r *http.Request) string {
	if p.Origin != "" {
		return p.Origin
	}
	scheme := "http://"
	if p.TLS || r.TLS != nil {
		scheme = "https://"
	}
	return scheme + r.Host
}
