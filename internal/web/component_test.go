package web

import (
	"log/slog"
	"net/http"
	"net/http/httptest"
	"regexp"
	"strings"
	"testing"

	"golang.org/x/net/html"

	"yifa/internal/i18n"
)

// get asks the sample door for a page.
func get(t *testing.T, target string, headers ...string) *httptest.ResponseRecorder {
	t.Helper()
	r := httptest.NewRequest(http.MethodGet, target, nil)
	for i := 0; i+1 < len(headers); i += 2 {
		r.Header.Set(headers[i], headers[i+1])
	}
	w := httptest.NewRecorder()
	Stack(sampleRoutes(), Options{Site: sampleSite, Log: slog.New(slog.DiscardHandler)}).ServeHTTP(w, r)
	return w
}

func attr(n *html.Node, name string) (string, bool) {
	for _, a := range n.Attr {
		if a.Key == name {
			return a.Val, true
		}
	}
	return "", false
}

// TestPagesAreSound holds the sample pages, which show every component, to what every page promises in each language.
func TestPagesAreSound(t *testing.T) {
	for _, path := range []string{"/sample", "/desk", "/nothing"} {
		for _, prefix := range []string{"", "/zh-hant", "/en"} {
			t.Run(prefix+path, func(t *testing.T) {
				w := get(t, prefix+path)
				root, err := html.Parse(strings.NewReader(w.Body.String()))
				if err != nil {
					t.Fatal(err)
				}
				checkPage(t, root)
				want := map[string]string{"": "zh-Hans", "/zh-hant": "zh-Hant", "/en": "en"}[prefix]
				if !strings.Contains(w.Body.String(), `lang="`+want+`"`) {
					t.Errorf("page does not say it is in %s", want)
				}
			})
		}
	}
}

var isoDay = regexp.MustCompile(`^\d{4}-\d{2}-\d{2}(T\d{2}:\d{2})?$`)

func checkPage(t *testing.T, root *html.Node) {
	t.Helper()
	ids, h1 := map[string]int{}, 0
	var refs []string
	for n := range root.Descendants() {
		if n.Type == html.TextNode && (strings.Contains(n.Data, "web.") || strings.Contains(n.Data, "{")) {
			t.Errorf("a key or placeholder shows: %q", n.Data)
		}
		if n.Type != html.ElementNode {
			continue
		}
		if id, found := attr(n, "id"); found {
			ids[id]++
		}
		for _, name := range []string{"for", "aria-labelledby", "aria-describedby", "popovertarget"} {
			if v, found := attr(n, name); found && v != "" {
				refs = append(refs, strings.Fields(v)...)
			}
		}
		if href, _ := attr(n, "href"); strings.HasPrefix(href, "#") {
			refs = append(refs, href[1:])
		}
		checkElement(t, n)
		if n.Data == "h1" {
			h1++
		}
	}
	for id, n := range ids {
		if n > 1 || id == "" {
			t.Errorf("id %q stands %d times", id, n)
		}
	}
	for _, ref := range refs {
		if ids[ref] == 0 && ref != "late" && ref != "now" { // the two belong to the page around Sums
			t.Errorf("nothing has the id %q", ref)
		}
	}
	if h1 != 1 {
		t.Errorf("%d h1", h1)
	}
}

func checkElement(t *testing.T, n *html.Node) {
	t.Helper()
	for _, a := range n.Attr {
		if a.Key == "style" || strings.HasPrefix(a.Key, "on") {
			t.Errorf("inline %s on <%s>", a.Key, n.Data)
		}
	}
	switch n.Data {
	case "style":
		t.Error("inline style sheet")
	case "script":
		if src, _ := attr(n, "src"); !strings.HasPrefix(src, "/static/") {
			t.Errorf("script from %q", src)
		}
	case "time":
		if v, _ := attr(n, "datetime"); !isoDay.MatchString(v) {
			t.Errorf("time says %q", v)
		}
	case "input", "select", "textarea":
		if kind, _ := attr(n, "type"); kind != "hidden" {
			if id, _ := attr(n, "id"); id == "" {
				t.Errorf("<%s> without id, so without label", n.Data)
			}
		}
	}
}

func TestWhatIsTypedComesBackEscaped(t *testing.T) {
	body := get(t, "/sample").Body.String()
	for _, want := range []string{`value="白沙&#34;&lt;b&gt;"`, `id="day-y" name="day-y" value="2026"`, `id="day-m" name="day-m" value="9"`, `id="kinds-2" value="b" checked`, `id="organ" value="o1" checked`, `<option value="2" selected`} {
		if !strings.Contains(body, want) {
			t.Errorf("no %s", want)
		}
	}
}

func TestCiteCardStandsOnce(t *testing.T) {
	body := get(t, "/sample").Body.String()
	if n := strings.Count(body, `popovertarget="cite-zfjd-gd_33"`); n < 3 {
		t.Errorf("named %d times, want several", n)
	}
	if n := strings.Count(body, `popover id="cite-zfjd-gd_33"`); n != 1 {
		t.Errorf("%d cards, want one", n)
	}
}

func TestClockBarWidths(t *testing.T) {
	clocks := sampleClocks()
	for i, want := range []string{
		"run 0%+2% pause 2%+18% run 20%+38% left 58%+42%", // as on the mock screen
		"run 0%+93.33% left 93.33%+6.667%",
		"run 0%+93.75% late 93.75%+6.25%",
		"run 0%+24% pause 24%+16% left 40%+60%",
	} {
		var got []string
		for _, b := range clocks[i].bars() {
			got = append(got, b.Class+" "+b.X+"+"+b.Wide)
		}
		if s := strings.Join(got, " "); s != want {
			t.Errorf("clock %d: %s, want %s", i, s, want)
		}
	}
	if clocks[4].hasBar() || clocks[5].hasBar() {
		t.Error("a provisional or closed clock draws a bar")
	}
}

func TestReadDate(t *testing.T) {
	for query, want := range map[string]string{
		"day-y=2026&day-m=9&day-d=4":    "2026-09-04",
		"day-y=２０２６&day-m=９&day-d=４":    "2026-09-04",
		"day-y=&day-m=&day-d=":          "",
		"day-y=2026&day-m=2&day-d=30":   "2026/2/30",
		"day-y=2026&day-m=&day-d=4":     "2026//4",
		"day-y=2026&day-m=9&day-d=4 日 ": "2026/9/4 日",
	} {
		r := httptest.NewRequest(http.MethodPost, "/", strings.NewReader(strings.ReplaceAll(query, " ", "+")))
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		d, typed, err := ReadDate(r, "day")
		if typed != want {
			t.Errorf("%s: typed %q, want %q", query, typed, want)
		}
		if (err != nil) != strings.Contains(want, "/") || err != nil && !d.IsZero() {
			t.Errorf("%s: %v, %v", query, d, err)
		}
	}
}

func TestLinksFromDataCannotRun(t *testing.T) {
	ctx := i18n.With(t.Context(), i18n.En)
	for path, want := range map[string]string{
		"/track": "/en/track", "/": "/en/", "#all": "#all", "?q=1": "?q=1", "tel:12345": "tel:12345", "/static/x.css": "/static/x.css",
		"javascript:alert(1)": "#", " javascript:alert(1)": "#", "//evil.example": "#", `/\evil.example`: "#", "data:text/html,x": "#", "": "#",
	} {
		if got := string(L(ctx, path)); got != want {
			t.Errorf("L(%q) = %q, want %q", path, got, want)
		}
	}
}
