package main

import (
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"
)

// TestAdministratorReadsNoMatter walks every page, file, figure, feed and search of the desk as somebody whose only post is that of
// the administrator: no word of a matter, no number, no name of a filer is in any answer, and every address of a matter is as
// one that does not exist. What he may read by his post are the registers.
func TestAdministratorReadsNoMatter(t *testing.T) {
	l := newLeaks(t)
	admin := l.readers["admin"]
	if roles := l.As(officials["admin"]).Roles; !slices.Equal(roles, []string{"administrator"}) {
		t.Fatalf("he holds %v", roles)
	}
	feed, err := l.Office.MakeFeed(t.Context(), l.As(officials["admin"]))
	must(t, err)
	paths := append(l.addresses(), "/desk/feed/"+feed+"/deadlines.ics", "/desk/matters?closed=all", "/desk/matters?closed=all&order=new", "/desk/matters?scope=mine", "/desk/matters?scope=pool", "/desk/deadlines?whose=all")
	numbers := l.numbers("a", "b")
	for _, c := range canaries {
		paths = append(paths, "/desk/matters?closed=all&q="+url.QueryEscape(c.part()))
	}
	for _, n := range numbers {
		paths = append(paths, "/desk/matters?closed=all&q="+url.QueryEscape(n))
	}
	for _, path := range paths {
		if !strings.HasPrefix(path, "/desk") || strings.HasPrefix(path, "/desk/sign-in") || strings.Contains(path, l.things["feed"]) {
			continue // what everybody reads, and the handler's own secret address
		}
		a := admin.Get(path)
		text := a.Body + a.To
		if unescaped, err := url.QueryUnescape(text); err == nil {
			text += unescaped
		}
		asked, _ := url.QueryUnescape(path)
		for _, c := range canaries {
			if strings.Contains(text, c.String()) {
				t.Errorf("%s tells %s", path, c)
			}
		}
		for name, id := range l.ids {
			if strings.Contains(path, id.String()) {
				if a.Status != http.StatusNotFound {
					t.Errorf("%s of matter %s: %d", path, name, a.Status)
				}
			} else if strings.Contains(text, id.String()) {
				t.Errorf("%s leads to matter %s", path, name)
			}
		}
		for _, n := range numbers {
			if strings.Contains(text, n) && !strings.Contains(asked, n) {
				t.Errorf("%s tells the number %s", path, n)
			}
		}
	}
	for name, id := range l.ids {
		for _, act := range []string{"note", "claim", "open_identity"} {
			form := url.Values{"reason": {"看看"}, "note": {"看看"}}
			if a := admin.Post("/desk/matters/"+id.String()+"/acts/"+act, form); a.Status != http.StatusNotFound {
				t.Errorf("%s in matter %s: %d", act, name, a.Status)
			}
		}
	}
}

// numbers are those of some matters.
func (l leaks) numbers(names ...string) []string {
	var out []string
	for _, name := range names {
		st := l.State(l.ids[name])
		out = append(out, st.Number("matter"))
	}
	return slices.DeleteFunc(out, func(n string) bool { return n == "" })
}
