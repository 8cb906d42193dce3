package main

import (
	"net/http"
	"slices"
	"strings"
	"sync/atomic"
	"testing"

	"yifa/internal/browser"
)

// line is the way to a site, which can be cut, and lead to another version of it.
type line struct {
	to  atomic.Pointer[http.Handler]
	cut atomic.Bool
}

func (l *line) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if l.cut.Load() {
		panic(http.ErrAbortHandler) // the connection breaks, as in a tunnel
	}
	(*l.to.Load()).ServeHTTP(w, r)
}

// leadTo has the site served with these options from now on.
func (l *line) leadTo(s *town, o siteOptions) {
	h, err := site(s.Installation, o)
	must(s.t, err)
	l.to.Store(&h)
}

// onLine is a town behind a line of its own.
func onLine(t *testing.T) (*town, *line) {
	s, l := open(t), &line{}
	l.leadTo(s, siteOptions{})
	s.url = served(t, l)
	return s, l
}

// keptNow is what the browser has stored of the site, in order.
const keptNow = `(async () => { const all = []; for (const name of await caches.keys()) for (const r of await (await caches.open(name)).keys()) all.push(new URL(r.url).pathname); return all.sort().join(" "); })()`

// awaitKept waits until what the browser has stored holds a path.
func awaitKept(t *testing.T, p *browser.Page, path string) string {
	t.Helper()
	return eventually(t, func() (string, bool) {
		got := browser.Evaluate[string](p, keptNow)
		return got, slices.Contains(strings.Fields(got), path)
	})
}

// A telephone keeps the pages of nobody, and says what it can while there is no network; it gives them up when it is told to.
func TestWithoutNetwork(t *testing.T) {
	s, l := onLine(t)
	_, code := s.visitor().file(complaintForm(), nil)
	p := browser.New(t).Page(browser.Phone)
	p.Goto(s.url + "/")
	awaitKept(t, p, "/report")
	p.Goto(s.url + "/track")
	p.Fill("#code", code)
	p.Click("main form button")
	p.Goto(s.url + "/track/matter")
	p.Goto(s.url + "/desk/sign-in")
	p.Goto(s.url + "/report?organ=440703-scjg")
	p.Click("text:开始填写")
	p.Goto(s.url + "/en/track")
	kept := strings.Fields(awaitKept(t, p, "/en/report"))
	kept = slices.DeleteFunc(kept, func(path string) bool { return strings.HasPrefix(path, "/static/") })
	if want := []string{"/en/offline", "/en/report", "/offline", "/report"}; !slices.Equal(kept, want) {
		t.Errorf("the browser keeps %v, only %v are nobody's", kept, want)
	}

	l.cut.Store(true)
	p.Goto(s.url + "/report")
	p.Check("app-report-offline")
	p.Sees("开始填写")
	for _, path := range []string{"/", "/report?organ=440703-scjg", "/track/matter"} {
		p.Goto(s.url + path)
		p.Sees("没有网络的时候")
	}
	p.Check("app-offline")
	p.Goto(s.url + "/en/mine")
	p.Sees("Without a connection")
	l.cut.Store(false)
	browser.Evaluate[bool](p, `dispatchEvent(new Event("online"))`)
	eventually(t, func() (bool, bool) { return true, p.Has("main form") }) // it has come back by itself

	l.leadTo(s, siteOptions{NoApp: true})
	p.Goto(s.url + "/")
	eventually(t, func() (string, bool) {
		left := browser.Evaluate[string](p, `(async () => (await caches.keys()).length + " " + (await navigator.serviceWorker.getRegistrations()).length)()`)
		return left, left == "0 0"
	})
}
