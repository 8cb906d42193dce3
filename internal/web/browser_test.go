package web

import (
	"net/http"
	"net/http/httptest"
	"os"
	"strings"
	"testing"
	"time"

	"yifa/internal/browser"
	"yifa/internal/web/pow"
)

func TestMain(m *testing.M) { os.Exit(browser.Main(m)) }

func serve(t *testing.T, h http.Handler) string {
	t.Helper()
	o := quiet
	o.Site = sampleSite
	server := httptest.NewServer(Stack(h, o))
	t.Cleanup(server.Close)
	return server.URL
}

// TestSamplesInBrowser looks at every component as people do: phone, narrowest phone, large type, desk, light and dark.
func TestSamplesInBrowser(t *testing.T) {
	url := serve(t, sampleRoutes())
	for _, view := range []browser.View{browser.Phone, browser.Narrow.InDark(), browser.Desktop} {
		t.Run(view.Name, func(t *testing.T) {
			p := browser.New(t).Page(view)
			for name, path := range map[string]string{"web-sample": "/sample", "web-sample-en": "/en/sample", "web-sample-hant": "/zh-hant/sample", "web-desk": "/desk", "web-desk-en": "/en/desk"} {
				p.Goto(url + path)
				p.Check(name)
			}
		})
	}
	t.Run("large type on the narrowest phone", func(t *testing.T) {
		p := browser.New(t).Page(browser.Narrow)
		p.Goto(url + "/sample")
		p.Click("text:大字版")
		p.Check("web-sample-large")
		p.Goto(url + "/desk")
		p.Check("web-desk-large")
	})
}

// TestScripts proves that each script does its one thing in a real browser under the real content policy.
func TestScripts(t *testing.T) {
	work := pow.Work{Bits: 10, Parts: 4}
	now := time.Now
	issuer := pow.Issuer{Key: []byte(strings.Repeat("k", 32)), Work: work, Spend: (&pow.Memory{Now: now}).Spend, Now: now}
	mux := http.NewServeMux()
	saved := make(chan string, 10)
	mux.Handle("GET /form", Handle(func(w http.ResponseWriter, r *http.Request) error {
		return Render(w, r, http.StatusOK, NewPage(r, Portal, "表"), tag(`<h1>表</h1><form method="post" action="/form" data-keep="f" data-autosave="/save" data-offline="没有网络">`,
			`</form><p data-receipt-code><span>4827</span><span>1590</span></p>`, Ask(Field{Kind: AreaField, Name: "story", Label: "经过", Max: 10}),
			Ask(Field{Kind: TextField, Name: "code", Label: "回执码", Code: true}), Proof(issuer.New(), work.Bits, work.Parts), Button("提交"), PrintButton("打印"), CopyButton("复制", "已复制")))
	}))
	mux.Handle("POST /form", Handle(func(w http.ResponseWriter, r *http.Request) error {
		proof, err := issuer.Check(r.Context(), r.PostFormValue("pow"), r.PostFormValue("pow_nonce"))
		if err != nil || proof != pow.Worked {
			t.Errorf("proof %v, %v", proof, err)
		}
		return Render(w, r, http.StatusOK, NewPage(r, Portal, "收到"), tag(`<h1>收到</h1>`, ``))
	}))
	mux.Handle("POST /save", Handle(func(w http.ResponseWriter, r *http.Request) error {
		saved <- r.PostFormValue("story")
		w.WriteHeader(http.StatusNoContent)
		return nil
	}))
	url := serve(t, mux)
	p := browser.New(t).Page(browser.Phone)
	p.Goto(url + "/form#4827159033647718")
	if got := p.Value("#code"); got != "4827 1590 3364 7718" || strings.Contains(browser.Evaluate[string](p, "location.href"), "#") {
		t.Errorf("code from the fragment: %q", got)
	}
	p.Fill("label:经过", "一二三四五六七八九十甲乙")
	if got := p.Text("[data-count-for]"); got != "多了 2 个字" {
		t.Errorf("counter says %q", got)
	}
	p.Sees("打印", "复制")
	select {
	case story := <-saved:
		if story != "一二三四五六七八九十甲乙" {
			t.Errorf("saved %q", story)
		}
	case <-time.After(10 * time.Second):
		t.Error("the draft is not saved while writing")
	}
	p.Goto(url + "/form")
	if got := p.Value("#story"); got != "一二三四五六七八九十甲乙" {
		t.Errorf("typed text after coming back: %q", got)
	}
	for end := time.Now().Add(10 * time.Second); p.Value("[name=pow_nonce]") == "" && time.Now().Before(end); {
		time.Sleep(20 * time.Millisecond)
	}
	p.Click("text:提交")
	p.Sees("收到")
	if n := browser.Evaluate[int64](p, "sessionStorage.length"); n != 0 {
		t.Errorf("%d texts kept after sending", n)
	}
}
