package portal

import (
	"net/http"

	"yifa/docs/guide"
	"yifa/internal/i18n"
	"yifa/internal/web"
)

// helpKept is how long, in seconds, a page or picture of the guides may be kept: they change with the program only.
const helpKept = 3600

// helpPages names, for a route, the page of the public guide that speaks of it.
var helpPages = map[string]string{
	"GET /report":                   "report",
	"GET /outcomes":                 "outcomes",
	"GET /subscribe":                "outcomes",
	"GET /subscribe/{link}":         "outcomes",
	"GET /report/d/{draft}/later":   "report",
	"GET /report/d/{draft}/files":   "files",
	"GET /report/d/{draft}/check":   "report",
	"GET /report/d/{draft}/receipt": "receipt",
	"GET /report/d/{draft}/{step}":  "report",
	"GET /track":                    "lost-code",
	"GET /inspections":              "rate",
	"GET /track/inspections":        "rate",
	"GET /track/matter":             "track",
	"GET /track/acts/{act}":         "track",
	"GET /track/documents/{seq}":    "letters",
	"GET /how/{procedure}":          "days",
	"GET /verify":                   "verify",
}

// helpOn is the page of the guide that speaks of the page asked for, or nil.
func helpOn(r *http.Request) *guide.Page {
	page, found := guide.Find(guide.Public, helpPages[r.Pattern], i18n.From(r.Context()))
	if !found {
		return nil
	}
	return &page
}

// helpContents serves GET /help.
func (p *Portal) helpContents(w http.ResponseWriter, r *http.Request) error {
	return showHelp(w, r, guide.Contents(guide.Public, i18n.From(r.Context())))
}

// help serves GET /help/{topic}.
func (p *Portal) help(w http.ResponseWriter, r *http.Request) error {
	page, found := guide.Find(guide.Public, r.PathValue("topic"), i18n.From(r.Context()))
	if !found {
		return web.NotFound
	}
	return showHelp(w, r, page)
}

func showHelp(w http.ResponseWriter, r *http.Request, page guide.Page) error {
	web.Public(w, helpKept)
	return show(w, r, http.StatusOK, page.Title, helpPage(page, r.URL.Path == guide.Public.Path()))
}

// helpPicture serves GET /help/pictures/{name}: the pictures of all guides, made from invented matters.
func (p *Portal) helpPicture(w http.ResponseWriter, r *http.Request) error {
	raw, found := guide.Picture(r.PathValue("name"))
	if !found {
		return web.NotFound
	}
	web.Public(w, helpKept)
	w.Header().Set("Content-Type", "image/png")
	_, _ = w.Write(raw) // the reader went away
	return nil
}
