package portal

import (
	"errors"
	"net/http"
	"net/url"

	"github.com/a-h/templ"

	"yifa/internal/calendar"
	"yifa/internal/door"
	"yifa/internal/office"
	"yifa/internal/web"
)

// statutes serves GET /law: every text of law the platform cites or holds; with ?q= what is found in them.
func (p *Portal) statutes(w http.ResponseWriter, r *http.Request) error {
	ctx, q := r.Context(), r.URL.Query()
	if q.Has("q") {
		return p.findStatutes(w, r, q)
	}
	groups, err := p.Office.Statutes(ctx, langOf(r))
	if err != nil {
		return err
	}
	web.Public(w, 60)
	return show(w, r, http.StatusOK, web.T(ctx, "statute.title"), statutesPage(groups, searchField(r, "", "")))
}

// statuteSearchView is what a search found, and the form it was asked with.
type statuteSearchView struct {
	office.StatuteSearch
	Field web.Field
	Pages web.PagesView
}

// findStatutes serves GET /law?q=…: titles, gists and words of statutes; ?in= keeps it to one.
func (p *Portal) findStatutes(w http.ResponseWriter, r *http.Request, q url.Values) error {
	ctx := r.Context()
	if err := p.guards.find(r); err != nil {
		return err
	}
	found, err := p.Office.FindStatutes(ctx, langOf(r), q.Get("q"), q.Get("in"), q.Get("after"))
	if errors.Is(err, office.ErrNotFound) {
		return web.NotFound
	}
	if err != nil {
		return err
	}
	v := statuteSearchView{StatuteSearch: found, Field: searchField(r, found.Query, "")}
	if found.Within != nil {
		v.Field.Label = web.T(ctx, "statute.search_in", "title", found.Within.Label)
	}
	next := url.Values{"q": {found.Query}, "after": {found.Next}}
	if found.Within != nil {
		next.Set("in", found.Within.Value)
	}
	if found.Next != "" {
		v.Pages.Next = "/law?" + next.Encode()
	}
	web.Public(w, 60)
	return show(w, r, http.StatusOK, web.T(ctx, "statute.found_title", "query", found.Query), statuteSearchPage(v))
}

// searchField is the one field of the search of statutes.
func searchField(r *http.Request, query, title string) web.Field {
	label := web.T(r.Context(), "statute.search")
	if title != "" {
		label = web.T(r.Context(), "statute.search_in", "title", title)
	}
	return web.Field{Kind: web.TextField, Name: "q", Label: label, Hint: web.T(r.Context(), "statute.search_hint"), Value: query, Type: "search", Autocomplete: "off"}
}

// onDay reads the day the law is looked at: ?on=2026-09-24, or the three boxes of a form, which lead to that. again is
// where they lead; bad says that what was written is no day.
func onDay(r *http.Request, path string) (day calendar.Date, typed, again string, bad bool) {
	q := r.URL.Query()
	if q.Has("on-y") {
		d, typed, err := web.ReadDate(r, "on")
		if err != nil {
			return 0, typed, "", true
		}
		to := url.Values{}
		if d != 0 {
			to.Set("on", d.String())
		}
		if q.Get("text") == "all" {
			to.Set("text", "all")
		}
		if len(to) > 0 {
			path += "?" + to.Encode()
		}
		return d, typed, path, false
	}
	typed = q.Get("on")
	if typed == "" {
		return 0, "", "", false
	}
	d, err := calendar.Parse(typed)
	if err != nil {
		return 0, typed, "", true
	}
	return d, typed, "", false
}

// dayField asks for the day the law is looked at.
func dayField(r *http.Request, typed string, bad bool) web.Field {
	f := web.Field{Kind: web.DateField, Name: "on", Label: web.T(r.Context(), "statute.on"), Value: typed}
	if bad {
		f.Error = web.T(r.Context(), "statute.on_bad")
	}
	return f
}

// statute serves GET /law/{statute}: its words where they were imported, its versions, how it counts days, and the
// provisions cited. ?on= looks at it as of a day, ?text=all shows all its words.
func (p *Portal) statute(w http.ResponseWriter, r *http.Request) error {
	key, whole := r.PathValue("statute"), r.URL.Query().Get("text") == "all"
	day, typed, again, bad := onDay(r, "/law/"+key)
	if again != "" {
		return redirect(w, r, again)
	}
	v, err := p.Office.Statute(r.Context(), langOf(r), key, office.TextAsk{On: day, Whole: whole})
	if errors.Is(err, office.ErrNotFound) {
		return web.NotFound
	}
	if err != nil {
		return err
	}
	return showLaw(w, r, bad, v.Title, statutePage(v, dayField(r, typed, bad), searchField(r, "", v.Title)))
}

// article serves GET /law/{statute}/{article}: the words of one article as of a day, and the gist of what is cited of it.
func (p *Portal) article(w http.ResponseWriter, r *http.Request) error {
	key, at := r.PathValue("statute"), r.PathValue("article")
	day, typed, again, bad := onDay(r, "/law/"+key+"/"+at)
	if again != "" {
		return redirect(w, r, again)
	}
	v, err := p.Office.Article(r.Context(), langOf(r), key, at, day)
	if errors.Is(err, office.ErrNotFound) {
		return web.NotFound
	}
	if err != nil {
		return err
	}
	return showLaw(w, r, bad, v.Name+" "+v.Statute, articlePage(v, dayField(r, typed, bad)))
}

// showLaw shows a page that everybody gets alike; bad says that no day could be read from its address.
func showLaw(w http.ResponseWriter, r *http.Request, bad bool, title string, content templ.Component) error {
	if bad {
		return show(w, r, http.StatusUnprocessableEntity, title, content)
	}
	web.Public(w, 60)
	return show(w, r, http.StatusOK, title, content)
}

func queryEscape(s string) string { return url.QueryEscape(s) }

// lawPath is an address of a page of the law on the day it is looked at.
func lawPath(path string, day calendar.Date, today bool) string {
	if today || day == 0 {
		return path
	}
	return path + "?on=" + day.String()
}

// provisionID is the place of a provision on the page of its statute; one that differs between versions has one for each.
func provisionID(p office.ProvisionView) string {
	if p.Since.IsZero() {
		return door.ProvisionID(p.At)
	}
	return door.ProvisionID(p.At) + "-" + p.Since.String()
}
