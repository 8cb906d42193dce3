package browser

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestMain(m *testing.M) { os.Exit(Main(m)) }

// form is a small page of the kind the portal has: a form that works with and without scripts.
const form = `<!DOCTYPE html>
<html lang="zh-Hans"><head><meta charset="utf-8"><title>我要监督</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
<style>@media (prefers-color-scheme: dark) { body { background: #000; color: #fff } }</style></head>
<body><main><h1>我要监督</h1><p id="script">没有脚本</p>
<form method="post" action="/answer" enctype="multipart/form-data">
<p><label for="name">姓名</label> <input id="name" name="name" autocomplete="name"></p>
<p><label for="organ">机关</label> <select id="organ" name="organ"><option value="a">甲局</option><option value="b">乙局</option></select></p>
<p><input type="checkbox" id="anonymous" name="anonymous" value="yes"> <label for="anonymous">匿名</label></p>
<p><label for="file">材料</label> <input type="file" id="file" name="file"></p>
<p><button type="submit">下一步</button></p></form></main>
<script src="/page.js"></script></body></html>`

// site answers as the portal does: strict content security policy, 422 for a refusal.
func site(t *testing.T) string {
	t.Helper()
	mux := http.NewServeMux()
	page := func(path string, status int, body func(r *http.Request) string) {
		mux.HandleFunc(path, func(w http.ResponseWriter, r *http.Request) {
			w.Header().Set("Content-Type", "text/html; charset=utf-8")
			w.Header().Set("Content-Security-Policy", "default-src 'self'; style-src 'self' 'unsafe-inline'")
			w.WriteHeader(status)
			fmt.Fprint(w, body(r))
		})
	}
	shell := func(body string) string {
		return `<!DOCTYPE html><html lang="zh-Hans"><head><meta charset="utf-8"><title>页面</title>
<meta name="viewport" content="width=device-width, initial-scale=1"></head><body><main><h1>页面</h1>` + body + `</main></body></html>`
	}
	page("GET /form", http.StatusOK, func(*http.Request) string { return form })
	page("POST /answer", http.StatusUnprocessableEntity, func(r *http.Request) string {
		_, header, err := r.FormFile("file")
		if err != nil {
			return shell("<p>没有材料</p>")
		}
		return shell(fmt.Sprintf("<p>%s·%s·%s·%s</p>", r.FormValue("name"), r.FormValue("organ"), r.FormValue("anonymous"), header.Filename))
	})
	page("GET /planted", http.StatusOK, func(*http.Request) string {
		return shell(`<p style="color:#ccc">看不清的字</p><img src="/page.js"><p style="width:2000px" id="a">宽</p><p style="height:0;margin:0">下面的字</p><p style="margin:0">上面的字</p><p id="a">同名</p><p><div>套错</div></p>`)
	})
	page("GET /broken", http.StatusOK, func(*http.Request) string {
		return shell(`<p>坏</p><script src="/throw.js"></script><script>inline()</script>`)
	})
	script := func(path, source string) {
		mux.HandleFunc("GET "+path, func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Type", "text/javascript")
			fmt.Fprint(w, source)
		})
	}
	script("/page.js", `document.getElementById("script").textContent = "有脚本"`)
	script("/throw.js", `console.error("说了", 7); throw new Error("坏了")`)
	mux.HandleFunc("GET /favicon.ico", func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusNoContent) })
	server := httptest.NewServer(mux)
	t.Cleanup(server.Close)
	return server.URL
}

// The same journey works with scripts on and off, on a phone and a desktop.
func TestJourney(t *testing.T) {
	url := site(t)
	file := filepath.Join(t.TempDir(), "证据.txt")
	if err := os.WriteFile(file, []byte("材料"), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, view := range []View{Phone, Narrow, Desktop.InDark(), Phone.WithoutScript()} {
		t.Run(view.Name, func(t *testing.T) {
			p := New(t).Page(view)
			p.Goto(url + "/form")
			if want := map[bool]string{false: "有脚本", true: "没有脚本"}[view.NoScript]; p.Text("#script") != want {
				t.Errorf("the page says %q, want %q", p.Text("#script"), want)
			}
			if got := Evaluate[int64](p, "innerWidth"); got != view.Width {
				t.Errorf("the window is %d wide, want %d", got, view.Width)
			}
			if got := Evaluate[bool](p, "matchMedia('(prefers-color-scheme: dark)').matches"); got != view.Dark {
				t.Errorf("dark is %v", got)
			}
			p.Check("form")
			p.Fill("label:姓名", "张三")
			p.Fill("label:机关", "乙局")
			p.Press("label:匿名")
			p.Upload("#file", file)
			if p.Value("#name") != "张三" || p.Has("text:上一步") || !p.Has("text:下一步") {
				t.Error("Value or Has reads the page wrongly")
			}
			p.Click("text:下一步")
			p.Sees("张三·b·yes·证据.txt")
			if p.Status() != http.StatusUnprocessableEntity || !strings.HasSuffix(p.URL(), "/answer") {
				t.Errorf("came to %s with %d", p.URL(), p.Status())
			}
		})
	}
}

// Each fault planted in a page is found: by axe, by the width, by the validator, and by the console.
func TestPlantedFaultsAreFound(t *testing.T) {
	url := site(t)
	p := New(t).Page(Phone)
	p.Goto(url + "/planted")
	var ids []string
	for _, v := range p.Axe() {
		ids = append(ids, v.ID)
	}
	for _, want := range []string{"color-contrast", "image-alt"} {
		if !strings.Contains(strings.Join(ids, " "), want) {
			t.Errorf("axe found %v, not %s", ids, want)
		}
	}
	if wide := p.SidewaysScroll(); !strings.Contains(wide, "宽") {
		t.Errorf("the 2000 px paragraph was not named: %q", wide)
	}
	if over := p.Overlaps(); !strings.Contains(over, "上面") {
		t.Errorf("the text under another was not named: %q", over)
	}
	found, err := htmlErrors([]htmlPage{{"planted", p.Source()}, {"form", form}})
	if err != nil {
		t.Fatal(err)
	}
	rules := map[string]bool{}
	for _, e := range found {
		rules[e.Rule] = true
		if e.Name != "planted" {
			t.Errorf("html-validate blames a page without fault: %+v", e)
		}
	}
	for _, want := range []string{"no-dup-id", "wcag/h37", "close-order"} {
		if !rules[want] {
			t.Errorf("html-validate did not say %s: %+v", want, found)
		}
	}
	p.Goto(url + "/broken")
	console := strings.Join(p.ConsoleErrors(), "\n")
	for _, want := range []string{"说了 7", "Error: 坏了", "Content Security Policy"} {
		if !strings.Contains(console, want) {
			t.Errorf("the console lacks %q:\n%s", want, console)
		}
	}
}

// Two pages are two people; a tab of a page is the same person.
func TestCookiesArePerPerson(t *testing.T) {
	url := site(t)
	b := New(t)
	one, two := b.Page(Desktop), b.Page(Desktop)
	one.Goto(url + "/form")
	Evaluate[string](one, `document.cookie = "who=one"`)
	two.Goto(url + "/form")
	tab := one.Tab()
	tab.Goto(url + "/form")
	if got := Evaluate[string](two, "document.cookie"); got != "" {
		t.Errorf("another person has the cookie %q", got)
	}
	if got := Evaluate[string](tab, "document.cookie"); got != "who=one" {
		t.Errorf("the second tab has the cookie %q", got)
	}
}
