package main

import (
	"context"
	"fmt"
	"log/slog"
	"net/http"
	"net/url"
	"os"
	"regexp"
	"strings"
	"sync/atomic"
	"testing"

	"yifa/internal/browser"
	"yifa/internal/demo"
	"yifa/internal/i18n"
	"yifa/internal/installation"
	"yifa/internal/matter"
	"yifa/internal/office"
	"yifa/internal/office/officetest"
	"yifa/internal/web/pow"
	"yifa/internal/web/webtest"
)

// asProgram makes the test program be the program itself, with the arguments it was given.
const asProgram = "YIFA_TEST_AS_PROGRAM"

func TestMain(m *testing.M) {
	if os.Getenv(asProgram) != "" {
		main()
		return
	}
	slog.SetDefault(slog.New(both()))
	os.Exit(browser.Main(m))
}

// logged is everything the program under test wrote to its log.
var logged webtest.Log

// town is the site as the program serves it, on a real office with the organs and people of the demo city.
type town struct {
	*officetest.City
	t       *testing.T
	url     string
	metrics *metrics
}

// open serves a town of the test's own, founded but without matters, on a Monday morning.
func open(t *testing.T) *town {
	t.Helper()
	c := officetest.Open(t, installation.Options{Dir: t.TempDir(), Origin: "https://yifa.example"})
	m := newMetrics(c.DB, c.Clock.Now)
	h, err := site(c.Installation, siteOptions{Observe: m.observe})
	must(t, err)
	logged.Quiet(t)
	return &town{c, t, served(t, h), m}
}

// served serves h as the program does, until the test ends, and gives its address.
func served(t *testing.T, h http.Handler) string {
	t.Helper()
	ctx, stop := context.WithCancel(context.Background())
	ready, ended := make(chan string, 1), make(chan error, 1)
	go func() {
		ended <- serve(ctx, "127.0.0.1:0", fromEverywhere(h), func(url string) { ready <- url })
	}()
	select {
	case url := <-ready:
		t.Cleanup(func() {
			stop()
			must(t, <-ended)
		})
		return url
	case err := <-ended:
		stop()
		t.Fatal(err)
	}
	return ""
}

// fromEverywhere gives each request an address of its own: the limits on one line have tests of their own.
func fromEverywhere(h http.Handler) http.Handler {
	var n atomic.Uint32
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		i := n.Add(1)
		r.RemoteAddr = fmt.Sprintf("10.%d.%d.%d:1", i>>16&255, i>>8&255, i&255)
		h.ServeHTTP(w, r)
	})
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// visitor is a person at this site.
type visitor struct {
	*town
	*webtest.Visitor
}

func (s *town) visitor() *visitor { return &visitor{s, webtest.NewVisitor(s.t, s.url)} }

// official is somebody of the people of the city, signed in at the desk.
func (s *town) official(person string) *visitor {
	s.t.Helper()
	must(s.t, s.Office.PutPerson(context.Background(), office.Person{ID: person, Login: person, Name: s.nameOf(person), Password: demo.Password}))
	v := s.visitor()
	v.Post("/desk/sign-in", url.Values{"desk-login": {person}, "desk-password": {demo.Password}}).Leads(s.t, "/desk")
	return v
}

// nameOf is the name a person of the city has.
func (s *town) nameOf(person string) string {
	s.t.Helper()
	text, err := os.ReadFile("../../internal/demo/people.yaml")
	must(s.t, err)
	m := regexp.MustCompile(`id: ` + person + `, name: ([^,]+),`).FindSubmatch(text)
	if m == nil {
		s.t.Fatalf("nobody called %s", person)
	}
	return string(m[1])
}

// complaint is a plausible report about the market bureau of 蓬江; each test changes what it is about.
func complaintForm() url.Values {
	return url.Values{"problem": {"no_identification"}, "organ": {"440703-scjg"}, "division": {"440703002"}, "place": {"榕荫路 18 号"},
		"account": {"他们没有出示证件，搬走了三张折叠桌。"}, "wish": {"退还物品"}, "identity": {"anonymous"}, "lang": {"zh-Hans"}}
}

// asked are the fields of each page of the report.
var asked = []struct {
	page   string
	fields []string
}{
	{"what", []string{"problem"}},
	{"organ", []string{"organ", "officer_hint"}},
	{"when", []string{"happened_on-y", "happened_on-m", "happened_on-d", "happened_about", "division", "place"}},
	{"story", []string{"account", "wish"}},
	{"who", []string{"identity", "name", "phone", "email", "lang"}},
}

// write fills a report up to its check page and gives its address without the page.
func (v *visitor) write(form url.Values, files map[string][]byte) string {
	v.t.Helper()
	draft := strings.TrimSuffix(v.Post("/report", nil).Leads(v.t, "/what").To, "what")
	for _, page := range asked {
		given := url.Values{}
		for _, name := range page.fields {
			if form.Has(name) {
				given[name] = form[name]
			}
		}
		if a := v.Post(draft+page.page, given); a.Status != http.StatusSeeOther {
			v.t.Fatalf("%s: %d:\n%s", page.page, a.Status, a.Text())
		}
	}
	if len(files) > 0 {
		v.Upload(draft+"files", nil, files).Leads(v.t, "/files")
	}
	return draft
}

// file sends a report through the pages and gives its matter and its receipt code.
func (v *visitor) file(form url.Values, files map[string][]byte) (matter.ID, string) {
	v.t.Helper()
	return v.send(v.write(form, files))
}

// send submits a report that is filled, with the proof of work a browser does.
func (v *visitor) send(draft string) (matter.ID, string) {
	v.t.Helper()
	token := v.Get(draft+"check").Is(v.t, http.StatusOK).Hidden(v.t, "pow")
	v.Post(draft+"check", url.Values{"pow": {token}, "pow_nonce": {pow.Solve(token)}}).Leads(v.t, "/receipt")
	code := v.Get(draft+"receipt").Is(v.t, http.StatusOK).ReceiptCode(v.t)
	r, err := v.Office.ByCode(context.Background(), code, i18n.ZhHans)
	must(v.t, err)
	return r.Filer, code
}

// act does an act through the form of the desk.
func (v *visitor) act(id matter.ID, act string, given url.Values) webtest.Answer {
	v.t.Helper()
	return v.actWith(id, act, given, nil)
}

func (v *visitor) actWith(id matter.ID, act string, given url.Values, files map[string][]byte) webtest.Answer {
	v.t.Helper()
	path := "/desk/matters/" + id.String() + "/acts/" + act
	form := v.Get(path).Is(v.t, http.StatusOK).ActForm(v.t, given)
	if files != nil {
		return v.Upload(path, form, files)
	}
	return v.Post(path, form)
}

type fields = map[string][]string

// link, sort and claim bring a report to an officer of its holder.
func (s *town) sorted(id matter.ID, officer string, target fields) {
	s.t.Helper()
	r := s.As(officer)
	s.Do(r, id, "link_target", target)
	s.Do(r, id, "sort", fields{"stream": {"about_enforcement"}, "title": {"搬走桌椅没有出示证件"}, "summary": {"反映搬走桌椅时没有出示证件。"}})
	s.Do(r, id, "claim", nil)
}
