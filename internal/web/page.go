package web

import (
	"bytes"
	"context"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/a-h/templ"

	"yifa/docs/guide"
	"yifa/internal/i18n"
)

// Area is the door a page belongs to.
type Area string

// The two doors that have pages.
const (
	Portal Area = "portal"
	Desk   Area = "desk"
)

// Site is what one place fills in: its names, its telephone, its navigation. The mark is the same everywhere.
type Site struct {
	Service i18n.Text              // 江门市行政执法监督平台
	Host    i18n.Text              // 江门市司法局
	Phone   string                 // 12345: what a page names when a person is stuck
	Demo    bool                   // shows the yellow strip
	Filling func() (done, all int) // how far a demo city has been filled; nil: it is full

	Installable bool // telephones may put the portal on their screen and keep what needs no network

	PortalNav []Link
	DeskNav   []Link
	Footer    []LinkList
}

// The colours around the site where a telephone shows it, as --yf-deep in web/scss/_tokens.scss.
const (
	ColorLight = "#0f4c5c"
	ColorDark  = "#0c2c36"
)

// Link is one entry of a navigation: Path without language prefix (or tel:…), Label a key of the catalogue.
type Link struct {
	Path  string
	Label string
	Wide  bool // left out of the narrow portal navigation, where 全部 leads to the footer
}

// LinkList is one column of the footer.
type LinkList struct {
	Title string // a key of the catalogue
	Links []Link
}

// User is the person named at the right of the desk.
type User struct {
	Name  string
	Post  string // 行政执法监督人员
	Organ string // 蓬江区司法局
	Path  string // where name and post lead, without language prefix
}

// Page is everything around the content of one page. NewPage fills what the request says.
type Page struct {
	Site    Site
	Lang    i18n.Lang
	Title   string     // the h1, without the name of the service
	About   string     // one sentence for lists of search engines; may be empty
	Path    string     // without language prefix
	Query   url.Values // what the language switcher keeps
	Area    Area
	Large   bool   // 大字版
	Theme   string // "", "light" or "dark"
	Demo    bool
	User    *User       // desk only
	Scripts []string    // built files beside yifa.js that this page needs, such as charts.js
	Current string      // the Path of the navigation entry this page belongs to
	Help    *guide.Page // the page of the guides that speaks of this one
	Refresh int         // seconds after which the page loads itself again where no script runs; 0: never
	Feed    *Crumb      // an Atom feed of what the page lists, as programs find it: Path with the language's prefix left out
	Bare    bool        // the content brings its own <main> sections (home): no container, no padding
}

// NewPage is a page of an area with the language, address and preferences of the request.
func NewPage(r *http.Request, area Area, title string) Page {
	s := stateOf(r.Context())
	return Page{
		Site: s.site, Lang: i18n.From(r.Context()), Title: title, Path: r.URL.Path, Query: r.URL.Query(),
		Area: area, Large: s.large, Theme: s.theme, Demo: s.site.Demo,
	}
}

// Render writes a whole page: the layout of its area around the content. The page is built before the first byte
// is sent, so a template that fails still becomes a fault page.
func Render(w http.ResponseWriter, r *http.Request, status int, p Page, content templ.Component) error {
	var body bytes.Buffer
	ctx := templ.WithChildren(withCards(r.Context(), p.Area), content)
	if err := Layout(p).Render(ctx, &body); err != nil {
		return err
	}
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	if w.Header().Get("Cache-Control") == "" {
		w.Header().Set("Cache-Control", "no-store")
	}
	w.WriteHeader(status)
	w.Write(showable(body.Bytes()))
	return nil
}

// showable is a page without what shown leaves out; as a rule there is nothing, which is told faster than rune by rune.
func showable(page []byte) []byte {
	unclean := func(b byte) bool { return b < ' ' && b != '\t' && b != '\n' && b != '\r' || b == 0x7f }
	if slices.ContainsFunc(page, unclean) || !utf8.Valid(page) || bytes.Contains(page, []byte("\uFFFD")) {
		return bytes.Map(shown, page)
	}
	return page
}

// shown leaves out what HTML may not hold though a person typed it: control characters and broken UTF-8.
func shown(r rune) rune {
	if r < ' ' && r != '\t' && r != '\n' && r != '\r' || r == 0x7f || r == utf8.RuneError {
		return -1
	}
	return r
}

// Public lets caches keep a page that is the same for everybody, for so many seconds.
func Public(w http.ResponseWriter, seconds int) {
	w.Header().Set("Cache-Control", "public, max-age="+itoa(seconds))
	w.Header().Set("Vary", "Cookie")
}

// Secret marks a page that shows a receipt code or a sealed thing: never stored, never compressed
// (a compressed secret beside text of a stranger can be guessed from its length).
func Secret(w http.ResponseWriter) {
	w.Header().Set("Cache-Control", "no-store")
	w.Header().Set("Content-Encoding", "identity")
}

// Href is a path of the site in a language. Absolute addresses, tel: and #fragments stay as they are. What browsers would
// take for another host (//host, /\host) leads to a path of ours.
func Href(l i18n.Lang, path string) string {
	if !strings.HasPrefix(path, "/") || strings.HasPrefix(path, "/static/") {
		return path
	}
	path = "/" + strings.TrimLeft(path, `/\`)
	return l.Prefix() + path
}

// L is Href in the language of the request: for templates. What is no path, fragment, query, telephone, mail or secure
// address leads nowhere, so that a value from data can never become a script.
func L(ctx context.Context, path string) templ.SafeURL {
	if strings.HasPrefix(path, "//") || strings.HasPrefix(path, `/\`) {
		return "#"
	}
	for _, start := range []string{"/", "#", "?", "tel:", "mailto:", "https://"} {
		if strings.HasPrefix(path, start) {
			return templ.SafeURL(Href(i18n.From(ctx), path))
		}
	}
	return "#"
}

// T is the message of a key in the language of the request: for templates and handlers.
func T(ctx context.Context, key string, args ...any) string {
	return i18n.T(i18n.From(ctx), key, args...)
}

// Sentences are sentences that follow each other: with a space between them in English, with none in Chinese.
func Sentences(ctx context.Context, list ...string) string {
	between := ""
	if i18n.From(ctx) == i18n.En {
		between = " "
	}
	return strings.Join(nonEmpty(list), between)
}

// Keep are the attributes of a form whose text survives a lost line in this tab; name tells the forms of a journey apart.
func Keep(ctx context.Context, name string) templ.Attributes {
	return templ.Attributes{"data-keep": name, "data-offline": T(ctx, "web.offline")}
}

// filling says how far the demo city has been filled; empty once it is full.
func (p Page) filling() string {
	if p.Site.Filling == nil {
		return ""
	}
	done, all := p.Site.Filling()
	if done >= all {
		return ""
	}
	return i18n.T(p.Lang, "web.demo_filling", "done", i18n.Number(done), "all", i18n.Number(all))
}

// inLang is the same page in another language.
func (p Page) inLang(l i18n.Lang) templ.SafeURL {
	return templ.SafeURL(Href(l, p.Path) + p.query("", ""))
}

// withType is the same page with the large type on or off.
func (p Page) withType(value string) templ.SafeURL {
	return templ.SafeURL(Href(p.Lang, p.Path) + p.query("type", value))
}

func (p Page) query(key, value string) string {
	q := url.Values{}
	for k, v := range p.Query {
		if k != "type" && k != "theme" {
			q[k] = v
		}
	}
	if key != "" {
		q.Set(key, value)
	}
	if len(q) == 0 {
		return ""
	}
	return "?" + q.Encode()
}

// fullTitle is what the browser's tab says: 提交前请核对 - 依法 · 江门市行政执法监督平台.
func (p Page) fullTitle() string {
	if p.Area == Desk {
		return p.Title + " - " + i18n.T(p.Lang, "web.desk_title")
	}
	return p.Title + " - " + i18n.T(p.Lang, "web.brand") + " · " + p.Site.Service.In(p.Lang)
}

func dataType(large bool) string {
	if large {
		return "large"
	}
	return "normal"
}
