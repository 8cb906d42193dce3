package main

import (
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"sync/atomic"
	"testing"
	"time"

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

// onDevice evaluates an expression over rows, the drafts this browser keeps.
func onDevice[T any](p *browser.Page, expression string) T {
	return browser.Evaluate[T](p, `(async () => {
  const done = (r) => new Promise((ok, no) => { r.onsuccess = () => ok(r.result); r.onerror = () => no(r.error); });
  const asked = indexedDB.open("yifa", 1);
  asked.onupgradeneeded = () => asked.result.createObjectStore("drafts", { keyPath: "id" });
  const db = await done(asked);
  const store = () => db.transaction("drafts", "readwrite").objectStore("drafts");
  const rows = await done(store().getAll());
  const value = `+expression+`;
  db.close();
  return value;
})()`)
}

// changed does something and waits until the draft on the device has taken it in.
func changed(t *testing.T, p *browser.Page, do func()) {
	t.Helper()
	const last = `Math.max(0, ...rows.map((r) => r.saved))`
	before := onDevice[float64](p, last)
	do()
	eventually(t, func() (float64, bool) { now := onDevice[float64](p, last); return now, now > before })
}

// keepHere has the page shown keep a copy on this device.
func keepHere(t *testing.T, p *browser.Page) {
	t.Helper()
	eventually(t, func() (bool, bool) { return true, p.Has("[data-phone=step]:not([hidden])") })
	p.Press("text:怕断网、断电？在这台设备上留一份")
	p.Press("[data-phone-off] button")
	eventually(t, func() (bool, bool) { return true, p.Shows("只留在这台设备上的一份已经存好") })
}

// What somebody chose to keep on her device is there after the network and the page are gone, is sent by her own press,
// and is gone once the receipt was shown. Who does not choose leaves nothing.
func TestDraftOnDevice(t *testing.T) {
	s, l := onLine(t)
	p := browser.New(t).Page(browser.Phone)
	p.Goto(s.url + "/report")
	awaitKept(t, p, "/report")
	p.Click("text:开始填写")
	p.Press("[name=problem][value=no_identification]")
	if n := onDevice[int](p, "rows.length"); n != 0 {
		t.Fatalf("%d drafts are kept of somebody who did not choose so", n)
	}
	keepHere(t, p)
	p.Check("app-draft-on")
	p.Click("text:保存并继续")
	p.Click("text:保存并继续")
	p.Fill("#happened_on-y", "2026")
	p.Fill("#happened_on-m", "9")
	p.Fill("#happened_on-d", "20")
	p.Fill("#division", "440703002")
	changed(t, p, func() { p.Fill("#place", "榕荫路 18 号") })
	p.Click("text:保存并继续")
	l.cut.Store(true)
	const words = "他们没有出示证件，搬走了三张折叠桌。"
	changed(t, p, func() { p.Fill("#account", words) })
	p.Goto("about:blank") // the page is killed; nothing of its tab is left
	p.ConsoleErrors()

	p = p.Tab()
	p.Goto(s.url + "/report")
	eventually(t, func() (bool, bool) { return true, p.Shows("还没有提交的") })
	p.Check("app-draft-list")
	p.Press("text:接着填")
	eventually(t, func() (bool, bool) { return true, p.Shows("现在连不上，草稿还在这台设备上") })
	if told := onDevice[string](p, `rows.map((r) => r.key.extractable + " " + new TextDecoder().decode(r.box.bytes) + JSON.stringify(r)).join()`); !strings.HasPrefix(told, "false ") || strings.Contains(told, "折叠桌") {
		t.Errorf("the device keeps it in the clear, or its key can be taken: %s", told)
	}
	p.ConsoleErrors()

	l.cut.Store(false)
	s.Clock.Set(s.Clock.Now().Add(25 * time.Hour)) // the draft on the server has run out
	p.Click("text:接着填")
	p.ConsoleErrors() // the answer 410 to the question whether it has
	eventually(t, func() (bool, bool) { return true, p.Has("[name=problem][value=no_identification]:checked") })
	p.Click("text:保存并继续")
	p.Click("text:保存并继续")
	eventually(t, func() (string, bool) { v := p.Value("#place"); return v, v == "榕荫路 18 号" })
	p.Click("text:保存并继续")
	eventually(t, func() (string, bool) { v := p.Value("#account"); return v, v == words })
	p.Click("text:保存并继续")
	p = draftFile(t, s, l, p)
	p.Click("form:not([enctype]) .govuk-button-group .govuk-button")
	p.Press("input[value=anonymous]")
	p.Click("text:保存并继续")
	p.Sees(words, "榕荫路 18 号", "门口.jpg")
	time.Sleep(5 * time.Second) // a check page that is answered sooner is asked again; its clock is the true one
	p.Click("text:确认并提交")
	p.Sees("回执码")
	eventually(t, func() (int, bool) { n := onDevice[int](p, "rows.length"); return n, n == 0 })

	p.Goto(s.url + "/report")
	p.Click("text:开始填写")
	keepHere(t, p)
	old := 8 * 24 * time.Hour // the law keeps it seven days
	onDevice[string](p, `await done(store().put(Object.assign(rows[0], {saved: Date.now() - `+strconv.FormatInt(old.Milliseconds(), 10)+`})))`)
	p.Goto(s.url + "/report")
	eventually(t, func() (int, bool) { n := onDevice[int](p, "rows.length"); return n, n == 0 })
}

// draftFile chooses a picture where there is no network, comes back to the page in another tab, and adds what was kept of it.
func draftFile(t *testing.T, s *town, l *line, p *browser.Page) *browser.Page {
	t.Helper()
	at := p.URL()
	picture := filepath.Join(t.TempDir(), "门口.jpg")
	must(t, os.WriteFile(picture, photo(t, ""), 0o600))
	eventually(t, func() (bool, bool) { return true, p.Has("[data-phone-on]:not([hidden])") })
	l.cut.Store(true)
	changed(t, p, func() { p.Upload("#files", picture) })
	again := p.Tab()
	p.ConsoleErrors()
	p.Kill()
	l.cut.Store(false)
	again.Goto(at)
	eventually(t, func() (bool, bool) { return true, again.Shows("这台设备上还留着：门口.jpg") })
	again.Check("app-draft-file")
	again.Press("text:把它们交上来")
	eventually(t, func() (bool, bool) { return true, again.Shows("已经添加 1 个") })
	return again
}
