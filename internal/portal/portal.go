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

// Route is one address of the portal, with an address to try it.
type Route struct{ Method, Pattern, Sample string }

// route is an address and the method that serves it.
type route struct {
	Route
	serve func(*Portal, http.ResponseWriter, *http.Request) error
}

// Routes lists every route, each with an address to try. Samples of drafts and matters are well formed and unknown.
func Routes() []Route {
	list := make([]Route, len(routes))
	for i, r := range routes {
		list[i] = r.Route
	}
	return list
}

const sampleDraft = "aaaaaaaaaaaaaaaaaaaaaaaaaa"

var routes = []route{
	{get("/{$}", "/"), (*Portal).home},
	{get(manifestPath, manifestPath), (*Portal).manifest},
	{get(workerPath, workerPath), (*Portal).worker},
	{get(offlinePath, offlinePath), (*Portal).offline},
	{get("/report", "/report"), (*Portal).reportStart},
	{post("/report", "/report"), (*Portal).startReport},
	{get("/report/wait", "/report/wait"), (*Portal).startWait},
	{get("/report/d/{draft}/wait", "/report/d/"+sampleDraft+"/wait"), (*Portal).reportWait},
	{get("/report/d/{draft}/advice", "/report/d/"+sampleDraft+"/advice"), (*Portal).reportAdvice},
	{get("/report/d/{draft}/later", "/report/d/"+sampleDraft+"/later"), (*Portal).reportLater},
	{get("/report/d/{draft}/check", "/report/d/"+sampleDraft+"/check"), (*Portal).reportCheck},
	{post("/report/d/{draft}/check", "/report/d/"+sampleDraft+"/check"), (*Portal).fileReport},
	{get("/report/d/{draft}/receipt", "/report/d/"+sampleDraft+"/receipt"), (*Portal).reportReceipt},
	{get("/report/d/{draft}/receipt/file", "/report/d/"+sampleDraft+"/receipt/file"), (*Portal).receiptFile},
	{get("/report/d/{draft}/confirm", "/report/d/"+sampleDraft+"/confirm"), (*Portal).reportConfirm},
	{post("/report/d/{draft}/confirm", "/report/d/"+sampleDraft+"/confirm"), (*Portal).confirmReport},
	{get("/report/d/{draft}/files", "/report/d/"+sampleDraft+"/files"), (*Portal).reportFiles},
	{post("/report/d/{draft}/files", "/report/d/"+sampleDraft+"/files"), (*Portal).addFiles},
	{post("/report/u/{draft}", "/report/u/"+sampleDraft), (*Portal).beginUpload},
	{head("/report/u/{draft}/{upload}", "/report/u/"+sampleDraft+"/0"), (*Portal).goOnUpload},
	{patch("/report/u/{draft}/{upload}", "/report/u/"+sampleDraft+"/0"), (*Portal).goOnUpload},
	{remove("/report/u/{draft}/{upload}", "/report/u/"+sampleDraft+"/0"), (*Portal).goOnUpload},
	{post("/report/u/{draft}/{upload}", "/report/u/"+sampleDraft+"/0"), (*Portal).goOnUpload},
	{get("/report/d/{draft}/{step}", "/report/d/"+sampleDraft+"/what"), (*Portal).reportStep},
	{post("/report/d/{draft}/{step}", "/report/d/"+sampleDraft+"/what"), (*Portal).saveStep},
	{post("/report/d/{draft}/{step}/save", "/report/d/"+sampleDraft+"/what/save"), (*Portal).autosave},
	{get("/track", "/track"), (*Portal).trackStart},
	{post("/track", "/track"), (*Portal).startTrack},
	{post("/track/leave", "/track/leave"), (*Portal).leaveTrack},
	{get("/track/matter", "/track/matter"), (*Portal).trackMatter},
	{post("/track/of", "/track/of"), (*Portal).trackOf},
	{get("/mine", "/mine"), (*Portal).mine},
	{post("/mine", "/mine"), (*Portal).startMine},
	{get("/mine/code/{ticket}", "/mine/code/00"), (*Portal).mineCode},
	{post("/mine/code/{ticket}", "/mine/code/00"), (*Portal).checkMine},
	{post("/mine/open", "/mine/open"), (*Portal).openMine},
	{post("/mine/leave", "/mine/leave"), (*Portal).leaveMine},
	{get("/identify", "/identify"), (*Portal).identify},
	{get("/identify/back", "/identify/back"), (*Portal).identified},
	{get("/track/inspections", "/track/inspections"), (*Portal).trackInspections},
	{get("/track/receipt", "/track/receipt"), (*Portal).trackReceipt},
	{post("/track/uploads", "/track/uploads"), (*Portal).beginTrackUpload},
	{head("/track/uploads/{upload}", "/track/uploads/0"), (*Portal).goOnTrackUpload},
	{patch("/track/uploads/{upload}", "/track/uploads/0"), (*Portal).goOnTrackUpload},
	{remove("/track/uploads/{upload}", "/track/uploads/0"), (*Portal).goOnTrackUpload},
	{post("/track/uploads/{upload}", "/track/uploads/0"), (*Portal).goOnTrackUpload},
	{get("/track/acts/{act}", "/track/acts/withdraw"), (*Portal).trackAct},
	{post("/track/acts/{act}", "/track/acts/withdraw"), (*Portal).performAct},
	{get("/track/documents/{seq}", "/track/documents/1"), (*Portal).trackDocument},
	{get("/track/documents/{seq}/pdf", "/track/documents/1/pdf"), (*Portal).trackPDF},
	{get("/track/documents/{seq}/proof", "/track/documents/1/proof"), (*Portal).trackProof},
	{get("/track/paper", "/track/paper"), (*Portal).trackPaper},
	{get("/collect/{link}", "/collect/"+sampleDraft), (*Portal).collect},
	{post("/collect/{link}", "/collect/"+sampleDraft), (*Portal).openCollect},
	{get("/track/files/{seq}/{class}/{n}", "/track/files/1/filer/0"), (*Portal).trackFile},
	{get("/how", "/how"), (*Portal).howList},
	{get("/how/{procedure}", "/how/"+complaint), (*Portal).howProcedure},
	{get(rosterPath, rosterPath), (*Portal).rosters},
	{get(rosterPath+"/{roster}", rosterPath+"/liaison"), (*Portal).roster},
	{get("/poster", "/poster"), (*Portal).poster},
	{get(inspectionsPath, inspectionsPath), (*Portal).inspections},
	{get(inspectionsPath+"/figures.csv", inspectionsPath+"/figures.csv"), (*Portal).inspectionsCSV},
	{get(inspectionsPath+"/figures.json", inspectionsPath+"/figures.json"), (*Portal).inspectionsJSON},
	{get(outcomesPath, outcomesPath), (*Portal).outcomes},
	{get(outcomesPath+"/{id}", outcomesPath+"/0000000000000"), (*Portal).outcome},
	{get(feedPath, feedPath), (*Portal).outcomesFeed},
	{get(subscribePath, subscribePath), (*Portal).subscribe},
	{post(subscribePath, subscribePath), (*Portal).startSubscribe},
	{get(subscribePath+"/{link}", subscribePath+"/00"), (*Portal).subscription},
	{post(subscribePath+"/{link}", subscribePath+"/00"), (*Portal).confirmSubscription},
	{get(subscribePath+"/{link}/leave", subscribePath+"/00/leave"), (*Portal).subscription},
	{post(subscribePath+"/{link}/leave", subscribePath+"/00/leave"), (*Portal).endSubscription},
	{get("/law", "/law"), (*Portal).statutes},
	{get("/law/{statute}", "/law/xzcf"), (*Portal).statute},
	{get("/law/{statute}/{article}", "/law/xzcf/64"), (*Portal).article},
	{get("/help", "/help"), (*Portal).helpContents},
	{get("/calculator", "/calculator?term=pen-07&from=2026-09-24"), (*Portal).calculator},
	{get("/calculator.json", "/calculator.json?term=pen-07&from=2026-09-24"), (*Portal).calculatorJSON},
	{get("/calendar", "/calendar"), (*Portal).calendar},
	{get("/calendar/{year}", "/calendar/2026"), (*Portal).calendar},
	{get("/statistics", "/statistics"), (*Portal).statistics},
	{get("/statistics/figures.csv", "/statistics/figures.csv"), (*Portal).statisticsCSV},
	{get("/statistics/figures.json", "/statistics/figures.json"), (*Portal).statisticsJSON},
	{get("/statistics/figures.schema.json", "/statistics/figures.schema.json"), (*Portal).figuresSchema},
	{get("/help/{topic}", "/help/protection"), (*Portal).help},
	{get("/help/pictures/{name}", "/help/pictures/track.png"), (*Portal).helpPicture},
	{get("/verify", "/verify"), (*Portal).verify},
	{get("/log/checkpoint", "/log/checkpoint"), (*Portal).logCheckpoint},
	{get("/log/cosigned", "/log/cosigned"), (*Portal).logCosigned},
	{post("/log/cosignature", "/log/cosignature"), (*Portal).logCosign},
	{get("/log/key", "/log/key"), (*Portal).logKey},
	{get("/log/since/{size}", "/log/since/1"), (*Portal).logSince},
	{get("/log/tile/{path...}", "/log/tile/0/000.p/1"), (*Portal).logTile},
	{get("/news", "/news"), (*Portal).news},
	{get("/news/list", "/news/list"), (*Portal).newsList},
	{get("/track/news", "/track/news"), (*Portal).trackNews},
	{post("/csp-report", "/csp-report"), (*Portal).reportCSP},
	{get("/robots.txt", "/robots.txt"), (*Portal).robots},
	{get("/.well-known/security.txt", "/.well-known/security.txt"), (*Portal).securityTxt},
}

func get(pattern, sample string) Route {
	return Route{Method: http.MethodGet, Pattern: pattern, Sample: sample}
}

func post(pattern, sample string) Route {
	return Route{Method: http.MethodPost, Pattern: pattern, Sample: sample}
}

func head(pattern, sample string) Route {
	return Route{Method: http.MethodHead, Pattern: pattern, Sample: sample}
}

func patch(pattern, sample string) Route {
	return Route{Method: http.MethodPatch, Pattern: pattern, Sample: sample}
}

func remove(pattern, sample string) Route {
	return Route{Method: http.MethodDelete, Pattern: pattern, Sample: sample}
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
