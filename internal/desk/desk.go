package desk

import (
	"errors"
	"net/http"
	"net/netip"
	"slices"
	"time"

	"github.com/a-h/templ"

	"yifa/internal/access"
	"yifa/internal/door"
	"yifa/internal/i18n"
	"yifa/internal/identity"
	"yifa/internal/office"
	"yifa/internal/provider"
	"yifa/internal/web"
	"yifa/internal/web/turn"
)

// What the hand-made pages speak of; every other act comes from the data.
const (
	complaint     = "supervision.complaint"
	actRecord     = "record_report"
	recordPath    = "/desk/new/" + complaint + "/" + actRecord
	actMessage    = "message_filer"
	actNote       = "note"
	actClaim      = "claim"
	actRate       = "rate" // the filer does it, so does actSupplement
	actSupplement = "supplement"
	classSignIn   = web.Class("sign-in")
	sampleMatter  = "0000000000000"
)

// DefaultLimits bound how often one address may try a password; the office locks accounts by itself.
var DefaultLimits = map[web.Class]web.Rule{classSignIn: {Every: 2 * time.Second, Burst: 30, Global: 20, Spare: 100}}

// Config is what a desk needs. Office has no default.
type Config struct {
	Office *office.Office
	Origin string           // https://host without a slash, for addresses on paper; empty: as the request came
	TLS    bool             // reached over TLS only: secure cookies
	Now    func() time.Time // nil: time.Now

	Provider     *provider.Provider // that says who somebody is; nil: none
	ProviderName string             // as its button calls it; empty: its kind, in the language of the page

	Limits map[web.Class]web.Rule         // nil: DefaultLimits
	Client func(*http.Request) netip.Addr // behind a proxy: where a request came from

	Halls func() map[string]turn.Figures // of strangers who wait for their turn at the portal, by what for; may be nil
}

// Desk holds the pages of the officials.
type Desk struct {
	Config
	limits *web.Limiter
	wrong  *identity.Tally // passwords, by address
}

// New gives the handler of all routes of the desk. web.Stack goes around it.
func New(c Config) (http.Handler, error) {
	if c.Office == nil {
		return nil, errors.New("desk: no office")
	}
	if c.Now == nil {
		c.Now = time.Now
	}
	if c.Limits == nil {
		c.Limits = DefaultLimits
	}
	d := &Desk{Config: c, limits: &web.Limiter{Rules: c.Limits, Now: c.Now, Client: c.Client}, wrong: &identity.Tally{Policy: identity.SignInPolicy, Now: c.Now}}
	mux := http.NewServeMux()
	for _, route := range routes() {
		mux.Handle(route.Method+" "+route.Pattern, web.Handle(d.admit(route)))
	}
	mux.Handle("/", web.NotFoundPage())
	return mux, nil
}

// Route is one address of the desk, with an address to try it.
type Route struct {
	Method, Pattern, Sample string
	Open                    bool // also for those who have not signed in

	asks bool // its own form asks who sends it, and says what was wrong with that
}

// visit is one request of an official: who it is, and where the page stands in the navigation.
type visit struct {
	*http.Request
	w      http.ResponseWriter
	reader office.Reader
	sent   door.Sent // of a POST: what came in
	unsure string    // why what came with a form does not show who sent it: nothing may be done
}

// route is an address and the method that serves it.
type route struct {
	Route
	serve func(*Desk, visit) error
}

// Routes lists every route, each with an address to try. Matters in samples are well formed and unknown.
func Routes() []Route {
	var list []Route
	for _, r := range routes() {
		list = append(list, r.Route)
	}
	return list
}

func routes() []route {
	return slices.Concat(matterRoutes(), paperRoutes(), existingRoutes(), sittingRoutes(), rosterRoutes(), uploadRoutes(), watchRoutes(), registerRoutes())
}

// registerRoutes are the addresses of what administrators keep.
func registerRoutes() []route {
	return []route{
		{get("/desk/organs", "/desk/organs"), (*Desk).organs},
		{get("/desk/organs/{organ}", "/desk/organs/440700-zf"), (*Desk).organ},
		{post("/desk/organs/confirm", "/desk/organs/confirm"), (*Desk).confirmOrgans},
		{get(importPath, importPath), (*Desk).importPage},
		{post(importPath, importPath), (*Desk).importTable},
		{get(importPath+"/{kind}/template.xlsx", importPath+"/people/template.xlsx"), (*Desk).importTemplate},
		{post("/desk/orders/{order}", "/desk/orders/"+sampleMatter), (*Desk).startOrder},
		{post("/desk/orders/{order}/given", "/desk/orders/"+sampleMatter+"/given"), (*Desk).given},
		{get("/desk/people", "/desk/people"), (*Desk).people},
		{get("/desk/people/{person}", "/desk/people/luo-jingyi"), (*Desk).person},
		{get("/desk/accounts", "/desk/accounts"), (*Desk).accounts},
		{get("/desk/accounts/{person}", "/desk/accounts/luo-jingyi"), (*Desk).accountOf},
		{get("/desk/accounts/{person}/acts/{act}", "/desk/accounts/luo-jingyi/acts/lock"), (*Desk).accountAct},
		{post("/desk/accounts/{person}/acts/{act}", "/desk/accounts/luo-jingyi/acts/lock"), (*Desk).changeAccount},
		{get(createPath, createPath), (*Desk).newAccount},
		{post(createPath, createPath), (*Desk).makeAccount},
		{get("/desk/keys", "/desk/keys"), (*Desk).keys},
		{get(storagePath, storagePath), (*Desk).storage},
		{get(intakePath, intakePath), (*Desk).intake},
		{get(numbersPath, numbersPath), (*Desk).numbers},
		{get(archivePath, archivePath), (*Desk).archive},
		{post(archivePath, archivePath), (*Desk).drawUp},
		{get(archivePath+"/{id}", archivePath+"/"+sampleMatter), (*Desk).archiveList},
		{post(archivePath+"/{id}", archivePath+"/"+sampleMatter), (*Desk).appraise},
	}
}

func matterRoutes() []route {
	const matter = "/desk/matters/{id}"
	sample := func(rest string) string { return "/desk/matters/" + sampleMatter + rest }
	return []route{
		{open(get("/desk/sign-in", "/desk/sign-in")), (*Desk).signInPage},
		{open(post("/desk/sign-in", "/desk/sign-in")), (*Desk).signIn},
		{open(get("/desk/sign-in/provider", "/desk/sign-in/provider")), (*Desk).askProvider},
		{open(get("/desk/sign-in/back", "/desk/sign-in/back")), (*Desk).fromProvider},
		{open(post("/desk/sign-out", "/desk/sign-out")), (*Desk).signOut},
		{get("/desk", "/desk"), (*Desk).today},
		{get("/desk/matters", "/desk/matters"), (*Desk).list},
		{asking(post("/desk/bulk", "/desk/bulk")), (*Desk).bulk},
		{get(matter, sample("")), (*Desk).matter},
		{get(matter+"/acts/{act}", sample("/acts/claim")), (*Desk).act},
		{asking(post(matter+"/acts/{act}", sample("/acts/claim"))), (*Desk).perform},
		{get(matter+"/record", sample("/record")), (*Desk).record},
		{post(matter+"/identity", sample("/identity")), (*Desk).identity},
		{post(matter+"/slip", sample("/slip")), (*Desk).slip},
		{get(matter+"/volume", sample("/volume")), (*Desk).volume},
		{get(matter+"/volume/{part}", sample("/volume/main")), (*Desk).volume},
		{get(matter+"/volume/{part}/file", sample("/volume/main/file")), (*Desk).volumeFile},
		{get(matter+"/volume/{part}/originals", sample("/volume/main/originals")), (*Desk).volumeOriginals},
		{get(matter+"/paper", sample("/paper")), (*Desk).servedPaper},
		{get(matter+"/documents/{seq}", sample("/documents/1")), (*Desk).document},
		{get(matter+"/documents/{seq}/pdf", sample("/documents/1/pdf")), (*Desk).documentPDF},
		{get(matter+"/documents/{seq}/proof", sample("/documents/1/proof")), (*Desk).documentProof},
		{get(matter+"/files/{seq}/{class}/{n}", sample("/files/1/filer/0")), (*Desk).file},
		{get("/desk/new/{procedure}/{act}", recordPath), (*Desk).newMatter},
		{asking(post("/desk/new/{procedure}/{act}", recordPath)), (*Desk).openMatter},
		{get("/desk/leader", "/desk/leader"), (*Desk).leader},
		{get("/desk/calendar", "/desk/calendar"), (*Desk).calendar},
		{get("/desk/calendar/{year}", "/desk/calendar/2026"), (*Desk).calendar},
		{get("/desk/calendar/forecast", "/desk/calendar/forecast"), (*Desk).forecast},
		{get("/desk/work", "/desk/work"), (*Desk).handlers},
		{get("/desk/work/{person}", "/desk/work/nobody"), (*Desk).work},
		{post("/desk/work/{person}", "/desk/work/nobody"), (*Desk).handOver},
		{get("/desk/orders/{order}", "/desk/orders/"+sampleMatter), (*Desk).order},
		{get("/desk/reads", "/desk/reads"), (*Desk).reads},
		{get("/desk/find", "/desk/find"), (*Desk).find},
		{post("/desk/find", "/desk/find"), (*Desk).findPerson},
		{get("/desk/statistics", "/desk/statistics"), (*Desk).statistics},
		{get("/desk/statistics/figures.csv", "/desk/statistics/figures.csv"), (*Desk).statisticsCSV},
		{get("/desk/deadlines", "/desk/deadlines"), (*Desk).deadlines},
		{get("/desk/deadlines/{month}", "/desk/deadlines/2026-10"), (*Desk).deadlinesIn},
		{get("/desk/account", "/desk/account"), (*Desk).account},
		{get("/desk/account/password", "/desk/account/password"), (*Desk).passwordPage},
		{post("/desk/account/password", "/desk/account/password"), (*Desk).changePassword},
		{get(securityPath, securityPath), (*Desk).security},
		{post(securityPath, securityPath), (*Desk).changeSecurity},
		{get("/desk/account/sign-ins", "/desk/account/sign-ins"), (*Desk).signIns},
		{post("/desk/account/feed", "/desk/account/feed"), (*Desk).makeFeed},
		{open(get("/desk/feed/{token}/deadlines.ics", "/desk/feed/"+sampleMatter+"/deadlines.ics")), (*Desk).feed},
		{get("/desk/rights", "/desk/rights"), (*Desk).rights},
		{get("/desk/rights/{procedure}", "/desk/rights/"+complaint), (*Desk).rightsOf},
		{get("/desk/tour", "/desk/tour"), (*Desk).tour},
		{get("/desk/help", "/desk/help"), (*Desk).help},
		{get("/desk/help/{reader}", "/desk/help/officer"), (*Desk).helpContents},
		{get("/desk/help/{reader}/{page}", "/desk/help/officer/cannot"), (*Desk).helpPage},
	}
}

// Nav is the navigation of the desk for whoever is not known yet; a page shows only what its reader can use.
func Nav() []web.Link {
	return []web.Link{{Path: "/desk", Label: "desk.nav_today"}, {Path: "/desk/matters", Label: "desk.nav_matters"}, {Path: "/desk/help", Label: "desk.nav_help"}}
}

// navOf is the navigation of one official.
func navOf(r office.Reader) []web.Link {
	links := append(slices.Clone(Nav()[:2]), web.Link{Path: "/desk/deadlines", Label: "desk.nav_deadlines"})
	if r.May(access.Taking) {
		links = append(links, web.Link{Path: recordPath, Label: "desk.nav_record"})
	}
	if r.May(access.Overview) {
		links = append(links, web.Link{Path: "/desk/leader", Label: "desk.nav_leader"})
	}
	if r.May(access.Tasks) {
		links = append(links, web.Link{Path: workPath, Label: "people.work"})
	}
	if r.May(access.Figures) {
		links = append(links, web.Link{Path: "/desk/statistics", Label: "desk.nav_statistics"}, web.Link{Path: rosterPath, Label: "rosters.title"})
	}
	if r.May(access.People) {
		links = append(links, web.Link{Path: organsPath, Label: "people.nav"})
	}
	if r.May(access.Holidays) {
		links = append(links, web.Link{Path: "/desk/calendar", Label: "desk.nav_calendar"})
	}
	if r.May(access.Keyring) {
		links = append(links, web.Link{Path: "/desk/keys", Label: "desk.nav_keys"})
	}
	if r.May(access.Storage) {
		links = append(links, web.Link{Path: storagePath, Label: "storage.nav"})
	}
	if r.May(access.Gate) {
		links = append(links, web.Link{Path: intakePath, Label: "intake.nav"})
	}
	if r.May(access.Archive) {
		links = append(links, web.Link{Path: archivePath, Label: "archive.nav"})
	}
	if r.May(access.Numbers) {
		links = append(links, web.Link{Path: numbersPath, Label: "numbers.nav"})
	}
	if r.May(access.Matrix) {
		links = append(links, web.Link{Path: "/desk/rights", Label: "rights.nav"})
	}
	return append(links, Nav()[2])
}

// page is a page and where it stands.
type page struct {
	status  int    // 0: 200
	title   string // of the tab
	nav     string // entry of the navigation it belongs to
	content templ.Component
	scripts []string // beside yifa.js
}

// show renders one page of the desk.
func (v visit) show(p page) error {
	out := web.NewPage(v.Request, web.Desk, p.title)
	out.Current, out.Scripts = p.nav, p.scripts
	if v.reader.Person != "" {
		out.Site.DeskNav = navOf(v.reader)
		out.User = &web.User{Name: v.reader.Name, Post: v.reader.Post, Organ: v.reader.Organ, Path: "/desk/account"}
	}
	out.Help = helpOn(v.Request)
	if p.status == 0 {
		p.status = http.StatusOK
	}
	return web.Render(v.w, v.Request, p.status, out, p.content)
}

// redirect leads on to a page of the same language after a form was taken.
func (v visit) redirect(path string) error {
	http.Redirect(v.w, v.Request, web.Href(v.lang(), path), http.StatusSeeOther)
	return nil
}

func (v visit) lang() i18n.Lang { return i18n.From(v.Context()) }

// t is a message in the reader's language.
func (v visit) t(key string, args ...any) string { return web.T(v.Context(), key, args...) }
