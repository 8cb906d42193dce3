package main

import (
	"bytes"
	"crypto/sha256"
	"database/sql"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	_ "modernc.org/sqlite"

	"yifa/internal/office/officetest"
	"yifa/internal/web/webtest"
)

// What a stranger's connection tells of her, each a word that stands nowhere else.
const (
	canaryAddress = "203.0.113.77"
	canaryAgent   = "qz-agent-qz"
	canaryTongue  = "qz-tongue-qz"
	canaryFrom    = "qz-referrer-qz"
	canaryFile    = "qz-myname-qz"
	canaryExif    = "qz-mycamera-qz"
)

// cellsOf is every cell of every table, by where it stands.
func cellsOf(t *testing.T, file string) map[string]any {
	t.Helper()
	db, err := sql.Open("sqlite", "file:"+file+"?mode=ro")
	must(t, err)
	defer func() { must(t, db.Close()) }()
	rows, err := db.Query("select name from sqlite_master where type = 'table'")
	must(t, err)
	defer func() { must(t, rows.Close()) }()
	var tables []string
	for rows.Next() {
		var name string
		must(t, rows.Scan(&name))
		tables = append(tables, name)
	}
	must(t, rows.Err())
	out := map[string]any{}
	for _, table := range tables {
		cellsOfTable(t, db, table, out)
	}
	return out
}

func cellsOfTable(t *testing.T, db *sql.DB, table string, out map[string]any) {
	t.Helper()
	rows, err := db.Query("select * from " + table)
	must(t, err)
	defer func() { must(t, rows.Close()) }()
	columns, err := rows.Columns()
	must(t, err)
	for n := 0; rows.Next(); n++ {
		cells := make([]any, len(columns))
		for i := range cells {
			cells[i] = new(any)
		}
		must(t, rows.Scan(cells...))
		for i, c := range cells {
			out[fmt.Sprint(table, ".", columns[i], " ", n)] = *c.(*any)
		}
	}
	must(t, rows.Err())
}

// stranger serves a town to somebody whose browser keeps no cookies and tells all it can, at an instant that no full
// minute hides.
func stranger(t *testing.T) (*town, *visitor) {
	t.Helper()
	c := officetest.New(t)
	at := c.Clock.Now().Truncate(time.Minute).Add(37*time.Second + 123456*time.Microsecond)
	c.Clock.Set(at)
	h, err := site(c.Installation, siteOptions{Now: c.Clock.Now})
	must(t, err)
	logged.Quiet(t)
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		r.RemoteAddr = canaryAddress + ":4711"
		for name, value := range map[string]string{"User-Agent": canaryAgent, "X-Forwarded-For": canaryAddress, "Accept-Language": canaryTongue, "Referer": "https://" + canaryFrom + "/", "Forwarded": "for=" + canaryAddress} {
			r.Header.Set(name, value)
		}
		h.ServeHTTP(w, r)
	}))
	t.Cleanup(s.Close)
	l := &town{City: c, t: t, url: s.URL}
	v := &visitor{l, webtest.NewVisitor(t, s.URL)}
	v.Client.Jar = nil
	return l, v
}

// TestAnonymous: a report is filed and its code found without a cookie, every page of it stored nowhere; and of who sent
// it nothing is kept: no address, no browser, no name of a file, no hidden data, and no instant finer than the minute, in
// any table, any file or the log.
func TestAnonymous(t *testing.T) {
	from := len(logged.String())
	l, v := stranger(t)
	before := map[any]bool{}
	for _, cell := range cellsOf(t, filepath.Join(l.Dir, "yifa.db")) {
		if n, is := cell.(int64); is {
			before[n] = true
		}
	}
	v.noCookie(v.Get("/report"))
	draft := v.write(complaintForm(), map[string][]byte{canaryFile + ".jpg": photo(t, canaryExif)})
	for _, page := range []string{"what", "files", "check"} {
		v.noCookie(v.Get(draft+page).Is(t, http.StatusOK))
	}
	id, _ := v.send(draft)
	v.noCookie(v.Get(draft+"receipt").Is(t, http.StatusOK))
	must(t, l.Office.Work(t.Context()))

	handler := l.As("he-yuning")
	l.sorted(id, "he-yuning", fields{"target": {"known"}, "complained_organ": {"440703-scjg"}})
	shown, err := l.Office.Matter(t.Context(), handler, id)
	must(t, err)
	if text := fmt.Sprintf("%+v", shown); strings.Contains(text, canaryFile) || !strings.Contains(text, ".jpg") {
		t.Error("staff are shown the name the file had, or no file")
	}

	cells := cellsOf(t, filepath.Join(l.Dir, "yifa.db"))
	if len(cells) < 500 {
		t.Fatalf("%d cells", len(cells))
	}
	for where, cell := range cells {
		if n, is := cell.(int64); is {
			const day = 24 * 3600 * 1e6
			now := l.Clock.Now().UnixMicro()
			if !before[n] && n > now-40*day && n < now+400*day && n%60e6 != 0 {
				t.Errorf("%s is an instant finer than the minute: %s", where, time.UnixMicro(n).UTC())
			}
			continue
		}
		l.tellsNothing(where, fmt.Sprintf("%s", cell))
	}
	must(t, filepath.WalkDir(l.Dir, func(path string, d os.DirEntry, err error) error {
		if err != nil {
			return err
		}
		info, err := d.Info()
		must(t, err)
		if strings.Contains(path, "evidence") && !info.ModTime().Equal(info.ModTime().Truncate(time.Minute)) {
			t.Errorf("%s tells when it was written: %s", path, info.ModTime())
		}
		if d.IsDir() {
			return nil
		}
		content, err := os.ReadFile(path)
		l.tellsNothing(filepath.Base(path), string(content))
		return err
	}))
	l.tellsNothing("the log", logged.String()[from:])
}

// tellsNothing looks for what the stranger's connection told, as it was told and hashed without a key, and for the
// second of her filing.
func (s *town) tellsNothing(where, text string) {
	s.t.Helper()
	for _, canary := range []string{canaryAddress, canaryAgent, canaryTongue, canaryFrom, canaryFile, canaryExif} {
		sum := sha256.Sum256([]byte(canary))
		for _, form := range []string{canary, string(sum[:]), fmt.Sprintf("%x", sum)} {
			if strings.Contains(text, form) || bytes.Contains([]byte(text), []byte(form)) {
				s.t.Errorf("%s keeps %s", where, canary)
			}
		}
	}
	if second := s.Clock.Now().UTC().Format("04:05"); strings.Contains(text, ":"+second) {
		s.t.Errorf("%s keeps the second of filing %s", where, second)
	}
}

// noCookie: no cookie is asked for, and nobody stores the page.
func (v *visitor) noCookie(a webtest.Answer) {
	v.t.Helper()
	if a.Header.Get("Set-Cookie") != "" || a.Header.Get("Cache-Control") != "no-store" {
		v.t.Errorf("Set-Cookie %q, Cache-Control %q", a.Header.Get("Set-Cookie"), a.Header.Get("Cache-Control"))
	}
}
