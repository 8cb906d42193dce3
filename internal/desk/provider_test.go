package desk

import (
	"bufio"
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

// openProvided is a desk with a provider of identities: a real one, of npm, on loopback.
func openProvided(t *testing.T) *site {
	t.Helper()
	s := openDesk(t)
	var handler http.Handler
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { handler.ServeHTTP(w, r) }))
	t.Cleanup(server.Close)
	s.Server = &httptest.Server{URL: strings.Replace(server.URL, "127.0.0.1", "localhost", 1)}
	modules, err := filepath.Abs("../../web/node_modules")
	must(t, err)
	cmd := exec.CommandContext(t.Context(), "node", "../provider/testdata/provider.mjs", modules, s.URL+backPath)
	out, err := cmd.StdoutPipe()
	must(t, err)
	must(t, cmd.Start())
	t.Cleanup(func() { _ = cmd.Process.Kill(); _ = cmd.Wait() })
	issuer, err := bufio.NewReader(out).ReadString('\n')
	must(t, err)
	idp, err := provider.New(provider.Config{Issuer: strings.TrimSpace(issuer), Client: "yifa", Secret: "only-for-tests", Claim: "staff"})
	must(t, err)
	desk, err := New(Config{Office: s.city.Office, Now: s.city.Clock.Now, Limits: map[web.Class]web.Rule{}, Provider: idp, ProviderName: "省统一身份认证"})
	must(t, err)
	handler = web.Stack(desk, web.Options{Site: web.Site{DeskNav: Nav()}, Now: s.city.Clock.Now, Log: slog.New(slog.NewTextHandler(t.Output(), &slog.HandlerOptions{Level: slog.LevelWarn}))})
	return s
}

// In a real browser an official signs in by a real provider, to the page he asked for; somebody without an account, and
// a link that another began, get no session.
func TestProvider(t *testing.T) {
	s := openProvided(t)
	a := s.account(officetest.Officer)
	in := func(p *browser.Page, name string) {
		p.Goto(s.URL + "/desk/matters")
		p.Click("text:用省统一身份认证登录")
		p.Fill("input[name=login]", name)
		p.Fill("input[name=password]", "anything")
		p.Click("button[type=submit]")
		p.Click("button[type=submit]") // lets the platform know
	}
	b := browser.New(t)
	p := b.Page(browser.Desktop)
	in(p, a.Login)
	if p.URL() != s.URL+"/desk/matters" {
		t.Fatalf("led to %s", p.URL())
	}
	p.Goto(s.URL + "/desk/account/sign-ins")
	p.Sees("登录成功", "统一身份认证")
	p.ConsoleErrors() // the provider's own pages ask for what is not there
	// The provider remembers him and passes him on unasked: that shows nothing to an act that signs. Asked anew it does.
	id, _ := s.city.Sorted()
	p.Goto(s.URL + matterPath(id) + "/acts/accept")
	p.Sees("核对本人")
	p.Click("text:到“省统一身份认证”重新登录，再回到这里")
	p.Fill("input[name=login]", a.Login)
	p.Fill("input[name=password]", "anything")
	p.Click("button[type=submit]")
	for range 3 { // some versions ask to let the platform know again
		if !strings.HasPrefix(p.URL(), s.URL) {
			p.Click("button[type=submit]")
		}
	}
	if p.URL() != s.URL+matterPath(id)+"/acts/accept" {
		t.Fatalf("led to %s", p.URL())
	}
	p.Fill("#scope", scopeText)
	p.Click("text:确认受理")
	p.Sees("核查中")
	p.Goto(s.URL + matterPath(id) + "/record")
	p.Sees("核对本人", "统一身份认证，")
	p.ConsoleErrors()
	stranger := b.Page(browser.Desktop)
	in(stranger, "nobody")
	stranger.Sees("没有登录上")
	stranger.ConsoleErrors()
	v := s.visitor()
	begun := v.Get("/desk/sign-in/provider?to=https://evil.example/")
	at, err := url.Parse(begun.To)
	must(t, err)
	if q := at.Query(); q.Get("code_challenge_method") != "S256" || q.Get("nonce") == "" || q.Get("state") == "" {
		t.Errorf("asked without proof key, nonce or state: %s", begun.To)
	}
	back := backPath + "?code=x&state=" + at.Query().Get("state")
	s.visitor().Get(back).Is(t, http.StatusUnauthorized, "没有登录上") // another browser
	v.Get(back).Is(t, http.StatusUnauthorized, "没有登录上")           // a code the provider never gave
	v.Get(back).Is(t, http.StatusUnauthorized, "没有登录上")           // and the state is taken
}
