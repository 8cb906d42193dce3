package portal

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"net/http"

	"yifa/internal/i18n"
	"yifa/internal/web"
)

// What a telephone asks for to keep the portal beside its apps. The worker stands at the root, so that it may answer for
// every page of the portal; it leaves the desk alone.
const (
	manifestPath = "/manifest.webmanifest"
	workerPath   = "/worker.js"
	offlinePath  = "/offline"
)

// keptPages are the pages a telephone may keep for the time without a network, in the language they were seen in: the
// same for everybody, and of nobody.
var keptPages = []string{offlinePath, "/report"}

// keptFiles are the built files those pages need.
var keptFiles = []string{"yifa.css", "yifa.js", deviceScript, "mark.svg"}

// deviceScript keeps a draft on the device of a filer who chose so (ptsd/222).
const deviceScript = "phone.js"

// appManifest is the Web Application Manifest (W3C): under which name and mark the portal stands on a telephone.
type appManifest struct {
	ID          string        `json:"id"` // one app, whatever language it was installed in
	Name        string        `json:"name"`
	Short       string        `json:"short_name"`
	Description string        `json:"description"`
	Lang        i18n.Lang     `json:"lang"`
	Start       string        `json:"start_url"`
	Scope       string        `json:"scope"`
	Display     string        `json:"display"`
	Theme       string        `json:"theme_color"`
	Background  string        `json:"background_color"`
	Icons       []appIcon     `json:"icons"`
	Shortcuts   []appShortcut `json:"shortcuts"`
}

type appIcon struct {
	Src     string `json:"src"`
	Sizes   string `json:"sizes"`
	Type    string `json:"type"`
	Purpose string `json:"purpose,omitempty"`
}

type appShortcut struct {
	Name string `json:"name"`
	URL  string `json:"url"`
}

// manifest serves GET /manifest.webmanifest.
func (p *Portal) manifest(w http.ResponseWriter, r *http.Request) error {
	site, lang := web.NewPage(r, web.Portal, "").Site, langOf(r)
	if !site.Installable {
		return web.NotFound
	}
	png := func(name, sizes, purpose string) appIcon {
		return appIcon{web.Asset(name), sizes, "image/png", purpose}
	}
	raw, err := json.Marshal(appManifest{
		ID: "/", Name: site.Service.In(lang), Short: web.T(r.Context(), "web.brand"), Description: web.T(r.Context(), "portal.home_lead"),
		Lang: lang, Start: web.Href(lang, "/"), Scope: "/", Display: "standalone", Theme: web.ColorLight, Background: web.ColorLight,
		Icons: []appIcon{png("icon-192.png", "192x192", ""), png("icon-512.png", "512x512", ""), png("icon-maskable.png", "512x512", "maskable"),
			{web.Asset("mark.svg"), "any", "image/svg+xml", ""}},
		Shortcuts: []appShortcut{{web.T(r.Context(), "portal.nav_report"), web.Href(lang, "/report")}, {web.T(r.Context(), "portal.nav_track"), web.Href(lang, "/track")}},
	})
	if err != nil {
		return err
	}
	w.Header().Set("Content-Type", "application/manifest+json")
	w.Header().Set("Cache-Control", "public, max-age=3600")
	_, _ = w.Write(raw) // the reader went away
	return nil
}

// keptByWorker is what the worker keeps, and under which version. Withdrawn: it gives up what it kept, and itself.
type keptByWorker struct {
	Version   string   `json:"version"`
	Files     []string `json:"files"`
	Pages     []string `json:"pages"`
	Offline   string   `json:"offline"`
	Withdrawn bool     `json:"withdrawn"`
}

// worker serves GET /worker.js: the script of web/js/worker.js with what it keeps. Browsers ask for it at each visit and
// take it over as soon as one byte differs, so that a new version of any file it keeps makes a new worker.
func (p *Portal) worker(w http.ResponseWriter, r *http.Request) error {
	kept := keptByWorker{Files: []string{}, Pages: keptPages, Offline: offlinePath, Withdrawn: !web.NewPage(r, web.Portal, "").Site.Installable}
	for _, name := range keptFiles {
		kept.Files = append(kept.Files, web.Asset(name))
	}
	head, err := json.Marshal(kept)
	if err != nil {
		return err
	}
	sum := sha256.Sum256(append(head, web.Built("worker.js")...))
	kept.Version = hex.EncodeToString(sum[:6])
	if head, err = json.Marshal(kept); err != nil {
		return err
	}
	w.Header().Set("Content-Type", "text/javascript; charset=utf-8")
	w.Header().Set("Cache-Control", "no-cache")                                                                // never older than the site: it is how a bad one is withdrawn
	_, _ = w.Write(append(append([]byte("self.kept="), append(head, ";\n"...)...), web.Built("worker.js")...)) // the reader went away
	return nil
}

// offline serves GET /offline: what the worker shows instead of a page that needs a network.
func (p *Portal) offline(w http.ResponseWriter, r *http.Request) error {
	web.Public(w, helpKept)
	return show(w, r, http.StatusOK, web.T(r.Context(), "phone.title"), offlinePage(web.Href(langOf(r), offlinePath)))
}
