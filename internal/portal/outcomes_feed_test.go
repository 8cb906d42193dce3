package portal

import (
	"encoding/xml"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"yifa/internal/office/officetest"
)

// readFeed is a feed as a reader of feeds takes it apart.
type readFeed struct {
	XMLName xml.Name   `xml:"http://www.w3.org/2005/Atom feed"`
	Lang    string     `xml:"http://www.w3.org/XML/1998/namespace lang,attr"`
	ID      []string   `xml:"id"`
	Title   []string   `xml:"title"`
	Updated []string   `xml:"updated"`
	Author  []string   `xml:"author>name"`
	Links   []feedLink `xml:"link"`
	Entries []struct {
		ID        []string   `xml:"id"`
		Title     []string   `xml:"title"`
		Published []string   `xml:"published"`
		Updated   []string   `xml:"updated"`
		Links     []feedLink `xml:"link"`
		Summary   []string   `xml:"summary"`
		Content   []string   `xml:"content"`
	} `xml:"entry"`
}

type feedLink struct {
	Rel  string `xml:"rel,attr"`
	Type string `xml:"type,attr"`
	Href string `xml:"href,attr"`
}

// valid holds a feed to the rules of RFC 4287, sections 4.1.1 (a feed), 4.1.2 (an entry), 4.2.6 (ids are absolute and
// differ), 4.2.7 (one link of a kind) and 3.3 (instants), and to the language and the zone of ours.
func (f readFeed) valid(t *testing.T, lang string) {
	t.Helper()
	once := func(what string, values []string) string {
		if len(values) != 1 || strings.TrimSpace(values[0]) == "" {
			t.Errorf("%s is %q, not once", what, values)
			return ""
		}
		return values[0]
	}
	absolute := func(what, text string) {
		if u, err := url.Parse(text); err != nil || !u.IsAbs() {
			t.Errorf("%s is no absolute address: %q", what, text)
		}
	}
	instant := func(what string, values []string) time.Time {
		at, err := time.Parse(time.RFC3339, once(what, values))
		if err != nil || !strings.HasSuffix(values[0], "+08:00") {
			t.Errorf("%s is %q: %v", what, values, err)
		}
		return at
	}
	if f.Lang != lang || len(f.Author) == 0 || f.Author[0] == "" || len(f.Links) != 2 || f.Links[0].Rel != "self" || f.Links[1].Rel != "alternate" {
		t.Errorf("the feed is in %q by %q with links %+v", f.Lang, f.Author, f.Links)
	}
	for _, l := range f.Links {
		absolute("a link of the feed", l.Href)
	}
	absolute("the id of the feed", once("the id of the feed", f.ID))
	once("the title of the feed", f.Title)
	last := instant("the feed's updated", f.Updated)
	ids := map[string]bool{f.ID[0]: true}
	for _, e := range f.Entries {
		id := once("the id of an entry", e.ID)
		absolute("the id of an entry", id)
		if ids[id] {
			t.Errorf("%s stands there twice", id)
		}
		ids[id] = true
		once("the title of an entry", e.Title)
		if once("a summary", e.Summary); len(e.Content) > 1 || len(e.Links) != 1 || e.Links[0].Rel != "alternate" {
			t.Errorf("%s has contents %q and links %+v", id, e.Content, e.Links)
		}
		updated := instant("an entry's updated", e.Updated)
		if instant("an entry's published", e.Published).After(updated) || updated.After(last) {
			t.Errorf("%s changed at %s, after the one before or before it was published", id, updated)
		}
		last = updated
	}
}

func (v *visitor) feed(t *testing.T, path, lang string) readFeed {
	t.Helper()
	a := v.Get(path)
	var f readFeed
	if err := xml.Unmarshal([]byte(a.Body), &f); a.Status != http.StatusOK || err != nil {
		t.Fatalf("%s: %d, %v\n%s", path, a.Status, err, a.Body)
	}
	if got := a.Header.Get("Content-Type"); got != "application/atom+xml; charset=utf-8" {
		t.Errorf("%s is %q", path, got)
	}
	f.valid(t, lang)
	return f
}

// The feed holds what was published, in order of change, under ids that stay; what is corrected changes in place, what is
// withdrawn keeps its id and tells its ground alone, also to who follows by words it held.
func TestOutcomesFeed(t *testing.T) {
	s := open(t, noLimits)
	v := s.visitor()
	if f := v.feed(t, feedPath, "zh-Hans"); len(f.Entries) != 0 {
		t.Errorf("nothing was published, and there is %+v", f.Entries)
	}
	_, one := s.city.Published()
	s.later(time.Hour)
	_, two := s.city.Published()
	if err := s.city.Office.Work(t.Context()); err != nil {
		t.Fatal(err)
	}
	ids := map[string]string{}
	for lang, prefix := range map[string]string{"zh-Hans": "", "zh-Hant": "/zh-hant", "en": "/en"} {
		f := v.feed(t, prefix+feedPath, lang)
		if len(f.Entries) != 2 || !strings.HasSuffix(f.Entries[0].Links[0].Href, prefix+"/outcomes/"+two.String()) || !strings.Contains(f.Entries[0].Content[0], "反映搬走桌椅") {
			t.Fatalf("%s: %+v", lang, f.Entries)
		}
		ids[f.Entries[1].ID[0]] = lang
	}
	if len(ids) != 1 {
		t.Errorf("one result has ids %v", ids)
	}
	s.later(time.Hour)
	s.city.Do(s.city.As(officetest.Officer), one, "withdraw", map[string][]string{"withdrawn_for": {"identifies"}, "reason": {"能认出那条街。"}})
	for _, path := range []string{feedPath, feedPath + "?q=" + url.QueryEscape(" 桌椅　反映 ") + "&place=440703"} {
		f := v.feed(t, path, "zh-Hans")
		if e := f.Entries[0]; len(f.Entries) != 2 || ids[e.ID[0]] == "" || len(e.Content) != 0 || !strings.Contains(e.Summary[0], "可能认出人") || strings.Contains(e.Title[0], "桌椅") {
			t.Errorf("%s: %+v", path, f.Entries)
		}
	}
	if f := v.feed(t, feedPath+"?place=440783", "zh-Hans"); len(f.Entries) != 0 {
		t.Errorf("of another place: %+v", f.Entries)
	}
}

// A feed is kept until something changes, is found by programs, and is of what was asked for or not there.
func TestFeedIsKept(t *testing.T) {
	s := open(t, noLimits)
	v := s.visitor()
	s.city.Published()
	a := v.Get(feedPath)
	if a.Header.Get("Last-Modified") == "" || !strings.HasPrefix(a.Header.Get("Cache-Control"), "public") {
		t.Errorf("%v", a.Header)
	}
	again := func() int {
		r, err := http.NewRequest(http.MethodGet, s.URL+feedPath, nil)
		if err != nil {
			t.Fatal(err)
		}
		r.Header.Set("If-None-Match", a.Header.Get("ETag"))
		w, err := v.Client.Do(r)
		if err != nil {
			t.Fatal(err)
		}
		_ = w.Body.Close()
		return w.StatusCode
	}
	if got := again(); got != http.StatusNotModified {
		t.Errorf("nothing changed: %d", got)
	}
	s.city.Published()
	if got := again(); got != http.StatusOK {
		t.Errorf("another was published: %d", got)
	}
	if page := v.Get("/en/outcomes?place=440703"); !strings.Contains(page.Body, `<link rel="alternate" type="application/atom+xml" title="Results · Pengjiang" href="/en/feeds/disclosures.atom?place=440703">`) {
		t.Error("no program finds the feed of the page")
	}
	for _, q := range []string{"?organ=nobody", "?place=44", "?kind=x", "?result=x", "?period=x", "?only=x", "?organ=440703-sfj%00", "?q=%EF%BC%8C", "?q=%FF"} {
		v.Get(feedPath+q).Is(t, http.StatusNotFound)
	}
	v.Get(feedPath+"?organ=440783-sfj").Is(t, http.StatusOK)
}
