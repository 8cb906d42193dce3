package portal

import (
	"bufio"
	"bytes"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"yifa/internal/browser"
	"yifa/internal/office/officetest"
	"yifa/internal/provider"
	"yifa/internal/web"
)

// openProvided is a portal with a provider of identities: a real one, of npm, on loopback.
func openProvided(t *testing.T) *site {
	t.Helper()
	s := open(t, noLimits)
	var handler http.Handler
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { handler.ServeHTTP(w, r) }))
	t.Cleanup(server.Close)
	s.Server = &httptest.Server{URL: strings.Replace(server.URL, "127.0.0.1", "localhost", 1)}
	modules, err := filepath.Abs("../../web/node_modules")
	must(t, err)
	cmd := exec.CommandContext(t.Context(), "node", "../provider/testdata/provider.mjs", modules, s.URL+identifyBack)
	out, err := cmd.StdoutPipe()
	must(t, err)
	must(t, cmd.Start())
	t.Cleanup(func() { _ = cmd.Process.Kill(); _ = cmd.Wait() })
	issuer, err := bufio.NewReader(out).ReadString('\n')
	must(t, err)
	idp, err := provider.New(provider.Config{Issuer: strings.TrimSpace(issuer), Client: "yifa", Secret: "only-for-tests", Claim: "sub"})
	must(t, err)
	portal, err := New(Config{Office: s.city.Office, Key: bytes.Repeat([]byte{7}, 32), Now: s.city.Clock.Now, Limits: noLimits, Provider: idp, ProviderName: "省统一身份认证"})
	must(t, err)
	handler = web.Stack(portal, web.Options{Site: web.Site{PortalNav: Nav(), Footer: Footer()}, Now: s.city.Clock.Now, Log: slog.New(slog.NewTextHandler(s.log, nil))})
	return s
}

// written writes a report with a name, a telephone and an address, and gives its address without the step.
func (v *visitor) written() string {
	v.t.Helper()
	draft := v.begin()
	v.fill(draft, nil)
	v.Post(draft+"who", url.Values{"identity": {"named"}, "name": {"陈某"}, "phone": {"138 0000 1111"}, "email": {"chen@example.org"}, "lang": {"zh-Hans"}}).Leads(v.t, "/check")
	return draft
}

// In a browser, with scripts and without, in each language, a filer confirms her telephone and finds her matter again by
// it; every page on the way is one we may publish.
func TestConfirm(t *testing.T) {
	for _, j := range []struct {
		view   browser.View
		prefix string
		title  string
	}{
		{browser.Phone, "", "我的事项"}, {browser.Narrow.WithoutScript(), "/en", "My matters"}, {browser.Desktop.InDark(), "/zh-hant", "我的事項"},
	} {
		t.Run(j.view.Name, func(t *testing.T) {
			s := open(t, noLimits)
			v := s.visitor()
			draft := v.written()
			p := browser.New(t).Page(j.view)
			p.Goto(s.URL + j.prefix + draft + "check")
			p.Click("#check-who ~ p a, p a[href$='/confirm']")
			p.Check("confirm")
			p.Click("#send-phone")
			p.Check("confirm-sent")
			code := s.city.Code()
			p.Fill("#code-phone", "12")
			p.Click("form .govuk-button:not(.govuk-button--secondary)")
			p.Check("confirm-wrong")
			p.Fill("#code-phone", code)
			p.Click("form .govuk-button:not(.govuk-button--secondary)")
			p.Check("confirmed")
			v.submit(draft)
			p.Goto(s.URL + j.prefix + "/track")
			p.Click("a[href$='/mine']")
			p.Check("mine")
			p.Fill("#contact", "+86 13800001111")
			p.Click("main form .govuk-button")
			p.Check("mine-code")
			p.Fill("#code", s.city.Code())
			p.Click("main form .govuk-button")
			p.Check("mine-list")
			p.Sees(j.title)
			p.Click("main section form .govuk-button")
			p.Check("mine-matter")
			if !strings.HasSuffix(p.URL(), "/track/matter") {
				t.Errorf("led to %s", p.URL())
			}
		})
	}
}

// In a browser a real provider confirms who files; by it she finds the matter again. A link that another began confirms
// nobody.
func TestIdentify(t *testing.T) {
	s := openProvided(t)
	v := &visitor{s, s.visitor().Visitor}
	draft := v.written()
	p := browser.New(t).Page(browser.Desktop)
	in := func() {
		p.Fill("input[name=login]", "chen")
		p.Fill("input[name=password]", "anything")
		p.Click("button[type=submit]")
		p.Click("button[type=submit]") // lets the platform know
	}
	p.Goto(s.URL + draft + "confirm")
	p.Click("a[href^='/identify']")
	in()
	if p.URL() != s.URL+draft+"confirm" {
		t.Fatalf("led to %s", p.URL())
	}
	p.Sees("已核实")
	v.submit(draft)
	other := browser.New(t).Page(browser.Phone)
	p.ConsoleErrors() // the provider's own pages ask for what is not there
	p = other
	p.Goto(s.URL + "/mine")
	p.Click("a[href^='/identify']")
	in()
	p.Sees("我的事项", "一共 1 件")
	p.ConsoleErrors()
	begun := v.Get("/identify")
	at, err := url.Parse(begun.To)
	must(t, err)
	if q := at.Query(); q.Get("code_challenge_method") != "S256" || q.Get("nonce") == "" || q.Get("state") == "" {
		t.Errorf("asked without proof key, nonce or state: %s", begun.To)
	}
	back := identifyBack + "?code=x&state=" + at.Query().Get("state")
	s.visitor().Get(back).Is(t, http.StatusUnauthorized, "没有核实上") // another browser
	v.Get(back).Is(t, http.StatusUnauthorized, "没有核实上")           // a code the provider never gave
	v.Get(back).Is(t, http.StatusUnauthorized, "没有核实上")           // and the state is taken
}

// Whether a contact is known here, nobody learns before confirming it: page, address and headers are the same.
func TestMineTellsNothing(t *testing.T) {
	s := open(t, noLimits)
	v := s.visitor()
	draft := v.written()
	v.Post(draft+"confirm", url.Values{"do": {"send"}, "kind": {"phone"}}).Leads(t, "/confirm")
	v.Post(draft+"confirm", url.Values{"do": {"check"}, "kind": {"phone"}, "code-phone": {s.city.Code()}}).Leads(t, "/confirm")
	code := v.submit(draft)
	s.visitor().file() // an anonymous report
	var said []string
	for _, contact := range []string{"13800001111", "13800009999", "chen@example.org"} {
		asked := s.visitor().Post("/mine", url.Values{"contact": {contact}})
		ticket := asked.To[strings.LastIndex(asked.To, "/")+1:]
		page := s.visitor().Get(asked.To).Is(t, http.StatusOK)
		said = append(said, strings.ReplaceAll(page.Body, ticket, "")+strings.ReplaceAll(asked.To, ticket, ""))
		if page.Header.Get("Cache-Control") != "no-store" {
			t.Error("the page may be stored")
		}
		s.city.Burn()
	}
	if said[0] != said[1] || said[1] != said[2] {
		t.Error("the answer tells whether a contact is known")
	}
	mine := s.visitor()
	ticket := mine.Post("/mine", url.Values{"contact": {"13800001111"}}).To
	mine.Post(ticket, url.Values{"code": {s.city.Code()}}).Leads(t, "/mine")
	list := mine.Get("/mine").Is(t, http.StatusOK, "一共 1 件")
	mine.Post("/mine/open", url.Values{"matter": {list.Hidden(t, "matter")}}).Leads(t, "/track/matter")
	page := mine.Get("/track/matter").Is(t, http.StatusOK, "已收到")
	if strings.Contains(page.Body, "/track/news") || strings.Contains(page.Body, code) || strings.Contains(page.Body, "陈某") {
		t.Error("by her contact she reads what the code alone opens, or who she is")
	}
	other := s.visitor()
	theirs := other.written()
	other.Post(theirs+"confirm", url.Values{"do": {"send"}, "kind": {"email"}}).Leads(t, "/confirm")
	other.Post(theirs+"confirm", url.Values{"do": {"check"}, "kind": {"email"}, "code-email": {s.city.Code()}}).Leads(t, "/confirm")
	r, err := s.city.Office.ByCode(t.Context(), other.submit(theirs), "")
	must(t, err)
	mine.Post("/mine/open", url.Values{"matter": {r.Filer.String()}}).Is(t, http.StatusNotFound) // confirmed by somebody else
	anonymous := s.city.File(officetest.Report())
	mine.Post("/mine/open", url.Values{"matter": {anonymous.ID.String()}}).Is(t, http.StatusNotFound)
	s.visitor().Post("/mine/open", url.Values{"matter": {r.Filer.String()}}).Leads(t, "said=ended")
	mine.Post("/mine/leave", nil).Leads(t, "/mine")
	mine.Get("/track/matter").Leads(t, "said=ended")
}

// One line has six codes sent and no more; a machine that has many lines meets the limit of all.
func TestSendingIsLimited(t *testing.T) {
	s := open(t, nil)
	for i := range 7 {
		want := http.StatusSeeOther
		if i == 6 {
			want = http.StatusTooManyRequests
		}
		if a := s.visitor().Post("/mine", url.Values{"contact": {"1380000111" + string(rune('0'+i))}}); a.Status != want {
			t.Errorf("code %d: %d", i+1, a.Status)
		}
	}
	if n := len(s.city.Letters()); n != 6 {
		t.Errorf("%d letters", n)
	}
	if rule := DefaultLimits[classSend]; rule.Global == 0 || DefaultLimits[classTry].Global == 0 {
		t.Errorf("no limit over all lines: %+v", rule)
	}
}
