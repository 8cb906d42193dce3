package open311

import (
	"context"
	"errors"
	"net/http"
	"net/netip"
	"path"
	"strings"
	"time"

	"golang.org/x/text/language"

	"yifa/internal/i18n"
	"yifa/internal/office"
	"yifa/internal/web"
)

// Config is what the door needs. Office has no default.
type Config struct {
	Office       *office.Office
	Apps         *Apps            // who may hand in; nil: nobody
	Origin       string           // https://host without a slash; empty: as the request came
	TLS          bool             // reached over TLS only
	Jurisdiction string           // the jurisdiction_id it answers for; empty: whatever is asked
	Contact      string           // where the maintainers of apps write or call; empty: the telephone of the site
	Phone        string           // of the site
	Test         bool             // nothing here is acted upon: the demo city
	Now          func() time.Time // nil: time.Now

	Limits map[web.Class]web.Rule         // nil: DefaultLimits
	Client func(*http.Request) netip.Addr // behind a proxy: where a request came from
	Wait   time.Duration                  // for a report to be filed before a token is given; 0: ten seconds
}

// Door answers apps.
type Door struct {
	Config
	limits  *web.Limiter
	uploads chan struct{}
}

// Prefix is under which all addresses of the door lie.
const Prefix = "/open311"

// uploadsAtOnce bounds the memory that files take on their way in.
const uploadsAtOnce = 4

// New gives the handler of all routes. web.Stack goes around it, with Tell.
func New(c Config) (http.Handler, error) {
	if c.Office == nil {
		return nil, errors.New("open311: no office")
	}
	if c.Now == nil {
		c.Now = time.Now
	}
	if c.Wait == 0 {
		c.Wait = 10 * time.Second
	}
	rules := c.Limits
	if rules == nil {
		rules = DefaultLimits
	}
	d := &Door{Config: c, limits: &web.Limiter{Rules: rules, Now: c.Now, Client: c.Client}, uploads: make(chan struct{}, uploadsAtOnce)}
	mux := http.NewServeMux()
	for _, route := range routes {
		mux.Handle(route.Method+" "+route.Pattern, d.handle(route.serve))
	}
	mux.Handle("/", inLanguage(func(_ http.ResponseWriter, r *http.Request) error { return unknownAddress(r) }))
	return mux, nil
}

// Route is one address of the door, with an address to try it.
type Route struct{ Method, Pattern, Sample string }

type route struct {
	Route
	serve func(*Door, http.ResponseWriter, *http.Request) (reply, error)
}

// Routes lists every route, each with an address to try.
func Routes() []Route {
	list := make([]Route, len(routes))
	for i, r := range routes {
		list[i] = r.Route
	}
	return list
}

var routes = func() []route {
	var list []route
	for _, format := range formats {
		for _, r := range []route{
			{Route{http.MethodGet, "/discovery", ""}, (*Door).discovery},
			{Route{http.MethodGet, "/v2/services", ""}, (*Door).services},
			{Route{http.MethodGet, "/v2/requests", ""}, (*Door).requests},
			{Route{http.MethodPost, "/v2/requests", ""}, (*Door).post},
		} {
			r.Pattern = Prefix + r.Pattern + "." + format
			r.Sample = r.Pattern
			list = append(list, r)
		}
	}
	return append(list,
		route{Route{http.MethodGet, Prefix + "/v2/services/{service}", Prefix + "/v2/services/praise.json"}, (*Door).definition},
		route{Route{http.MethodGet, Prefix + "/v2/requests/{request}", Prefix + "/v2/requests/00000000000000000000000000.json"}, (*Door).request},
		route{Route{http.MethodGet, Prefix + "/v2/tokens/{sending}", Prefix + "/v2/tokens/00000000000000000000000000.json"}, (*Door).token},
	)
}()

// handle answers one route in the format of its address.
func (d *Door) handle(serve func(*Door, http.ResponseWriter, *http.Request) (reply, error)) http.Handler {
	return inLanguage(func(w http.ResponseWriter, r *http.Request) error {
		if r.Method == http.MethodGet { // what stands here is for everybody, and no cookie opens more
			w.Header().Set("Access-Control-Allow-Origin", "*")
		}
		answer, err := d.serve(w, r, serve)
		if err != nil {
			return err
		}
		return answer.write(w, formatOf(r))
	})
}

// inLanguage handles a request in the language its reader asks for, and so are the problems package web words.
func inLanguage(f func(http.ResponseWriter, *http.Request) error) http.Handler {
	h := web.Handle(f)
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { h.ServeHTTP(w, spoken(w, r)) })
}

// unknownAddress is the problem of an address that is none, or that names no format.
func unknownAddress(r *http.Request) error {
	return &web.Problem{Status: http.StatusNotFound, Key: "open311.unknown_address", Args: []any{"url", web.Href(langOf(r), Prefix+"/discovery.json")}}
}

func (d *Door) serve(w http.ResponseWriter, r *http.Request, serve func(*Door, http.ResponseWriter, *http.Request) (reply, error)) (reply, error) {
	if formatOf(r) == "" {
		return reply{}, unknownAddress(r)
	}
	if r.Method == http.MethodGet {
		if err := d.limits.Allow(r, classRead); err != nil {
			return reply{}, err
		}
	}
	if err := d.jurisdiction(r); err != nil {
		return faulty(err)
	}
	answer, err := serve(d, w, r)
	if err != nil {
		return faulty(err)
	}
	return answer, nil
}

// jurisdiction refuses a request for another place than ours. In a form the value stands in its body and is looked at
// there.
func (d *Door) jurisdiction(r *http.Request) error {
	return d.isOurs(r.Context(), r.URL.Query().Get("jurisdiction_id"))
}

func (d *Door) isOurs(ctx context.Context, id string) error {
	if id == "" || d.Jurisdiction == "" || id == d.Jurisdiction {
		return nil
	}
	return said(http.StatusNotFound, web.T(ctx, "open311.jurisdiction", "id", clip(id), "ours", d.Jurisdiction))
}

// The formats an answer can have, as they end its address. XML is the one the specification asks of everybody.
const (
	inXML  = "xml"
	inJSON = "json"
)

var formats = []string{inXML, inJSON}

// formatOf is the format an address asks for, "" where it asks for none.
func formatOf(r *http.Request) string {
	switch path.Ext(r.URL.Path) {
	case ".xml":
		return inXML
	case ".json":
		return inJSON
	}
	return ""
}

// named is a variable at the end of an address without its format.
func named(r *http.Request, name string) string {
	value := r.PathValue(name)
	return strings.TrimSuffix(value, path.Ext(value))
}

// spoken puts the language of the answer into the request: that of its prefix, else the one its reader prefers.
func spoken(w http.ResponseWriter, r *http.Request) *http.Request {
	w.Header().Add("Vary", "Accept-Language")
	accept := r.Header.Get("Accept-Language")
	if i18n.From(r.Context()) != i18n.ZhHans || accept == "" {
		return r
	}
	tags, _, err := language.ParseAcceptLanguage(accept)
	if err != nil {
		return r
	}
	for _, tag := range tags { // one by one: zh-HK, zh means Traditional, though zh alone would be met exactly
		if _, at, sure := matcher.Match(tag); sure > language.No {
			w.Header().Set("Content-Language", string(i18n.Langs[at]))
			return r.WithContext(i18n.With(r.Context(), i18n.Langs[at]))
		}
	}
	return r
}

var matcher = func() language.Matcher {
	tags := make([]language.Tag, len(i18n.Langs))
	for i, l := range i18n.Langs {
		tags[i] = language.MustParse(string(l))
	}
	return language.NewMatcher(tags)
}()

// reader is the public in the language of a request.
func (d *Door) reader(r *http.Request) office.Reader { return d.Office.Public(i18n.From(r.Context())) }

// origin is the site's own address without a slash at the end.
func (d *Door) origin(r *http.Request) string {
	if d.Origin != "" {
		return d.Origin
	}
	if d.TLS || r.TLS != nil {
		return "https://" + r.Host
	}
	return "http://" + r.Host
}
