package desk

import (
	"net/http"
	"slices"
	"strings"

	"yifa/docs/guide"
	"yifa/internal/access"
	"yifa/internal/i18n"
	"yifa/internal/office"
	"yifa/internal/web"
)

// deskReaders are the readers whose guides stand on the desk; the public one stands on the portal.
var deskReaders = []guide.Reader{guide.Officer, guide.Leader, guide.Operator}

// helpPages names, for a route, and for one on which any matter is opened also with its procedure, the page of the guides that
// speaks of it.
var helpPages = map[string]struct {
	reader guide.Reader
	page   string
}{
	"GET /desk":                                          {guide.Officer, "today"},
	"GET /desk/matters":                                  {guide.Officer, "find"},
	"GET /desk/deadlines":                                {guide.Officer, "deadlines"},
	"GET /desk/matters/{id}":                             {guide.Officer, "matter"},
	"GET /desk/matters/{id}/acts/{act}":                  {guide.Officer, "act"},
	"POST /desk/matters/{id}/acts/{act}":                 {guide.Officer, "cannot"},
	"GET /desk/matters/{id}/import":                      {guide.Officer, "existing"},
	"GET /desk/matters/{id}/record":                      {guide.Officer, "correct"},
	"GET /desk/new/{procedure}/{act}":                    {guide.Officer, "record"},
	"GET /desk/numbers":                                  {guide.Officer, "numbers"},
	"GET /desk/rosters":                                  {guide.Officer, "supervisors"},
	"GET /desk/new/{procedure}/{act} liaison":            {guide.Officer, "supervisors"},
	"GET /desk/new/{procedure}/{act} supervisor":         {guide.Officer, "supervisors"},
	"GET /desk/new/{procedure}/{act} supervision.ladder": {guide.Officer, "escalate"},
	"GET /desk/new/{procedure}/{act} register.calendar":  {guide.Operator, "calendar"},
	"GET /desk/new/{procedure}/{act} register.organ":     {guide.Operator, "people"},
	"GET /desk/new/{procedure}/{act} register.post":      {guide.Operator, "people"},
	"GET /desk/new/{procedure}/{act} register.intake":    {guide.Operator, "flood"},
	"GET /desk/intake":                                   {guide.Operator, "flood"},
	"GET /desk/leader":                                   {guide.Leader, "late"},
	"GET /desk/matters/{id}/documents/{seq}":             {guide.Officer, "documents"},
}

// helpOn is the page of the guides that speaks of the page asked for, or nil.
func helpOn(r *http.Request) *guide.Page {
	pattern := r.Pattern
	if r.PostForm.Has(askWording) { // nothing was sent yet
		pattern = strings.Replace(pattern, http.MethodPost, http.MethodGet, 1)
	}
	on, special := helpPages[pattern+" "+r.PathValue("procedure")]
	if !special {
		on = helpPages[pattern]
	}
	page, found := guide.Find(on.reader, on.page, i18n.From(r.Context()))
	if !found {
		return nil
	}
	return &page
}

// help serves GET /desk/help: the contents of the guide for whoever asks.
func (d *Desk) help(v visit) error { return v.showHelp(guide.Contents(guideOf(v.reader), v.lang())) }

// guideOf is the guide that a reader's post asks for.
func guideOf(r office.Reader) guide.Reader {
	switch {
	case r.Has(access.Leader):
		return guide.Leader
	case r.Has(access.Administrator):
		return guide.Operator
	}
	return guide.Officer
}

// helpContents serves GET /desk/help/{reader}.
func (d *Desk) helpContents(v visit) error {
	reader := guide.Reader(v.PathValue("reader"))
	if !slices.Contains(deskReaders, reader) {
		return web.NotFound
	}
	return v.showHelp(guide.Contents(reader, v.lang()))
}

// helpPage serves GET /desk/help/{reader}/{page}.
func (d *Desk) helpPage(v visit) error {
	reader := guide.Reader(v.PathValue("reader"))
	page, found := guide.Find(reader, v.PathValue("page"), v.lang())
	if !found || !slices.Contains(deskReaders, reader) {
		return web.NotFound
	}
	return v.showHelp(page)
}

func (v visit) showHelp(p guide.Page) error {
	return v.show(page{title: p.Title, nav: "/desk/help", content: helpPage(p)})
}
