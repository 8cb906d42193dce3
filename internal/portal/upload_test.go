package portal

import (
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"yifa/internal/browser"
)

// shaky is the way to a site on which the connection of every third piece breaks in its middle.
func shaky(t *testing.T, s *site) (url string, broken *atomic.Int32) {
	broken = &atomic.Int32{}
	var pieces atomic.Int32
	inner := s.Config.Handler
	way := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Method == http.MethodPatch && pieces.Add(1)%3 == 2 {
			broken.Add(1)
			r.Body = http.MaxBytesReader(w, r.Body, 1<<20)
			inner.ServeHTTP(httptest.NewRecorder(), r)
			panic(http.ErrAbortHandler)
		}
		inner.ServeHTTP(w, r)
	}))
	t.Cleanup(way.Close)
	return way.URL, broken
}

// wait looks until a text stands on the page.
func wait(t *testing.T, p *browser.Page, text string) {
	t.Helper()
	for range 150 {
		if p.Shows(text) { // the script loads the page anew meanwhile
			return
		}
		time.Sleep(100 * time.Millisecond)
	}
	t.Fatalf("%q did not appear in:\n%s", text, p.Text("main"))
}

func film(t *testing.T, name string, size int64) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), name)
	f, err := os.Create(path)
	must(t, err)
	_, err = f.WriteString("\x00\x00\x00\x18ftypmp42\x00\x00\x00\x00mp42isom")
	must(t, err)
	must(t, f.Truncate(size))
	must(t, f.Close())
	return path
}

// A film larger than one form may carry goes over a line that breaks again and again, and stands in the draft.
func TestUploadInBrowser(t *testing.T) {
	s := open(t, noLimits)
	url, broken := shaky(t, s)
	draft := s.visitor().begin()
	p := browser.New(t).Page(browser.Phone)
	p.Goto(url + draft + "files")
	p.Shot("files-before")
	p.Upload("#files", film(t, "录像.mp4", 50<<20))
	p.Shot("files-under-way")
	wait(t, p, "已经添加 1 个")
	p.Shot("files-done")
	p.Sees("录像.mp4", "50 MB")
	if broken.Load() < 2 {
		t.Errorf("the line broke %d times", broken.Load())
	}
	p.ConsoleErrors() // of the broken line
}

// A tab closed in the middle loses nothing: the same file chosen again goes on where it stopped; another of the same name
// does not.
func TestUploadAfterClosedTab(t *testing.T) {
	s := open(t, noLimits)
	draft := s.visitor().begin()
	whole := film(t, "录像.mp4", 30<<20)
	var stop atomic.Bool
	var began atomic.Int32
	inner := s.Config.Handler
	way := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Method == http.MethodPost && strings.HasPrefix(r.URL.Path, "/report/u/") {
			began.Add(1)
		}
		if r.Method == http.MethodPatch && r.Header.Get("Upload-Offset") != "0" && stop.Load() {
			panic(http.ErrAbortHandler)
		}
		inner.ServeHTTP(w, r)
	}))
	t.Cleanup(way.Close)
	stop.Store(true)
	b := browser.New(t)
	p := b.Page(browser.Phone)
	p.Goto(way.URL + draft + "files")
	p.Upload("#files", whole)
	wait(t, p, "连接断了")
	p.Goto(way.URL + "/")
	p.ConsoleErrors()
	stop.Store(false)
	p = b.Page(browser.Phone)
	p.Goto(way.URL + draft + "files")
	p.Sees("传了 26%", "接着传")
	p.Shot("files-resumable")
	p.Upload("#files", whole)
	wait(t, p, "已经添加 1 个")
	if began.Load() != 1 {
		t.Errorf("%d uploads were begun", began.Load())
	}
}
