package guide_test

import (
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"go.yaml.in/yaml/v3"

	"yifa/docs/guide"
	"yifa/internal/desk"
	"yifa/internal/i18n"
	"yifa/internal/portal"
	"yifa/law"
)

// each calls fn for every page of every guide in every language, the contents pages among them.
func each(fn func(p guide.Page)) {
	for _, r := range guide.Readers {
		for _, l := range i18n.Langs {
			fn(guide.Contents(r, l))
			for _, name := range guide.Names(r) {
				if p, found := guide.Find(r, name, l); found {
					fn(p)
				}
			}
		}
	}
}

func name(p guide.Page) string { return string(p.Reader) + "/" + p.Name + " " + string(p.Lang) }

var (
	hrefs  = regexp.MustCompile(`<a href="([^"]*)"`)
	images = regexp.MustCompile(`<img src="` + guide.Pictures + `([^"]*)"`)
)

// Every page has a text, and whatever is meant as emphasis or HTML came out as such.
func TestPagesRender(t *testing.T) {
	each(func(p guide.Page) {
		if p.Title == "" || p.HTML == "" {
			t.Errorf("%s is empty", name(p))
		}
		for _, left := range []string{"**", "<!--", "]("} {
			if strings.Contains(p.HTML, left) {
				t.Errorf("%s: %q was not understood", name(p), left)
			}
		}
	})
}

// A link leads to a page of the guides or to a route of ours.
func TestLinksLead(t *testing.T) {
	var patterns []*regexp.Regexp
	variable := regexp.MustCompile(`\\\{[^}]*\\\}`)
	add := func(pattern string) {
		p := variable.ReplaceAllString(regexp.QuoteMeta(strings.TrimSuffix(pattern, "{$}")), "[^/]+")
		patterns = append(patterns, regexp.MustCompile("^"+p+"$"))
	}
	for _, r := range portal.Routes() {
		add(r.Pattern)
	}
	for _, r := range desk.Routes() {
		add(r.Pattern)
	}
	each(func(p guide.Page) {
		for _, m := range hrefs.FindAllStringSubmatch(p.HTML, -1) {
			to, _, _ := strings.Cut(m[1], "#")
			_, to = i18n.Split(to)
			if !slices.ContainsFunc(patterns, func(r *regexp.Regexp) bool { return r.MatchString(to) }) {
				t.Errorf("%s links to %s, which is no page", name(p), m[1])
			}
			if reader, page, isGuide := guidePage(to); isGuide {
				if _, found := guide.Find(reader, page, p.Lang); !found {
					t.Errorf("%s links to %s, which is not written", name(p), m[1])
				}
			}
		}
	})
}

// guidePage reads the address of a page of the guides.
func guidePage(path string) (r guide.Reader, page string, ok bool) {
	for _, r := range guide.Readers {
		if page, found := strings.CutPrefix(path, r.Path()+"/"); found && !strings.HasPrefix(path, "/help/pictures/") {
			return r, page, true
		}
	}
	return "", "", false
}

// The contents page of a guide lists each of its pages once, under the title it has.
func TestContentsListAllPages(t *testing.T) {
	for _, r := range guide.Readers {
		for _, l := range i18n.Langs {
			contents := guide.Contents(r, l)
			for _, n := range guide.Names(r) {
				p, found := guide.Find(r, n, l)
				if !found {
					continue // the contents page itself
				}
				if got := strings.Count(contents.HTML, `"`+l.Prefix()+r.Path()+"/"+n+`"`); got != 1 {
					t.Errorf("%s %s lists %s %d times", r, l, n, got)
				}
				if !strings.Contains(contents.HTML, ">"+p.Title+"</a>") && r != guide.Public {
					t.Errorf("%s %s lists %s under another title than %q", r, l, n, p.Title)
				}
			}
		}
	}
}

// What a page is called in a language it is not written in is said once, and is not the Chinese title.
func TestTitles(t *testing.T) {
	raw, err := os.ReadFile("titles.yaml")
	if err != nil {
		t.Fatal(err)
	}
	var said map[guide.Reader]map[string]map[i18n.Lang]string
	if err := yaml.Unmarshal(raw, &said); err != nil {
		t.Fatal(err)
	}
	each(func(p guide.Page) {
		for _, l := range i18n.Langs {
			if p.Reader != guide.Public && l != i18n.ZhHans && said[p.Reader][p.Name][l] == "" {
				t.Errorf("titles.yaml does not say what %s/%s is called in %s", p.Reader, p.Name, l)
			}
		}
	})
	each(func(p guide.Page) {
		delete(said[p.Reader], p.Name)
	})
	for r, pages := range said {
		for n := range pages {
			t.Errorf("titles.yaml names %s/%s, which is no page", r, n)
		}
	}
	if p, _ := guide.Find(guide.Officer, "today", i18n.ZhHant); p.Called != "怎樣看「今天」" || p.Title != "怎样看“今天”" {
		t.Errorf("the page about today is called %q, its title is %q", p.Called, p.Title)
	}
}

// The public guide is there in all three languages, section for section.
func TestPublicGuideInThreeLanguages(t *testing.T) {
	for _, n := range guide.Names(guide.Public) {
		for _, l := range i18n.Langs {
			p := guide.Contents(guide.Public, l)
			if found, ok := guide.Find(guide.Public, n, l); ok {
				p = found
			}
			if p.Lang != l {
				t.Errorf("public/%s is not written in %s", n, l)
			}
		}
	}
}

// Every picture is shown somewhere, and small enough for a phone on a slow line.
func TestPicturesAreUsed(t *testing.T) {
	used := map[string]bool{}
	each(func(p guide.Page) {
		for _, m := range images.FindAllStringSubmatch(p.HTML, -1) {
			used[m[1]] = true
		}
	})
	entries, err := os.ReadDir("pictures")
	if err != nil {
		t.Fatal(err)
	}
	const most = 160 << 10
	for _, e := range entries {
		if !used[e.Name()] {
			t.Errorf("pictures/%s is in no guide", e.Name())
		}
		if info, err := e.Info(); err != nil || info.Size() > most {
			t.Errorf("pictures/%s: %d bytes, at most %d (%v)", e.Name(), info.Size(), most, err)
		}
	}
}

// What a guide sets in bold are the words of the screen: each stands in the catalogue or in the law, letter for letter.
func TestWordsAreThoseOfTheScreen(t *testing.T) {
	known := screenWords(t)
	bold := regexp.MustCompile(`<strong>(.*?)</strong>`)
	unescape := strings.NewReplacer("&quot;", `"`, "&amp;", "&", "&lt;", "<", "&gt;", ">")
	each(func(p guide.Page) {
		for _, m := range bold.FindAllStringSubmatch(p.HTML, -1) {
			if text := unescape.Replace(m[1]); !known(text) {
				t.Errorf("%s: %q is on no screen", name(p), text)
			}
		}
	})
}

// screenWords knows the texts of the screen: those of the catalogue with anything in the place of their arguments, and
// those of the law. The beginning of a sentence may be quoted where it is followed by a colon, a comma or an argument.
func screenWords(t *testing.T) func(string) bool {
	t.Helper()
	exact := map[string]bool{}
	var shapes []*regexp.Regexp
	argument, arguments := regexp.MustCompile(`\\\{[^}]*\\\}`), regexp.MustCompile(`\{[^}]*\}`)
	take := func(s string) {
		s = strings.TrimSpace(s)
		if !strings.Contains(s, "{") {
			exact[s] = true
			exact[strings.TrimRight(s, "：: ")] = true
			return
		}
		head, _, _ := strings.Cut(s, "{")
		exact[strings.TrimSpace(head)] = true
		if said := arguments.ReplaceAllString(s, ""); len([]rune(strings.TrimSpace(said))) < 2 {
			return // a shape of anything
		}
		shapes = append(shapes, regexp.MustCompile("^"+argument.ReplaceAllString(regexp.QuoteMeta(s), ".+")+"$"))
	}
	for _, root := range []fs.FS{os.DirFS(filepath.Join("..", "..", "internal", "i18n", "catalogue")), law.FS} {
		err := fs.WalkDir(root, ".", func(path string, d fs.DirEntry, err error) error {
			if err != nil || !strings.HasSuffix(path, ".yaml") {
				return err
			}
			raw, err := fs.ReadFile(root, path)
			if err != nil {
				return err
			}
			var doc yaml.Node
			if err := yaml.Unmarshal(raw, &doc); err != nil {
				return err
			}
			scalars(&doc, take)
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	return func(s string) bool {
		return exact[s] || slices.ContainsFunc(shapes, func(r *regexp.Regexp) bool { return r.MatchString(s) })
	}
}

// scalars calls take for every text of a YAML document.
func scalars(n *yaml.Node, take func(string)) {
	if n.Kind == yaml.ScalarNode {
		take(n.Value)
	}
	for _, c := range n.Content {
		scalars(c, take)
	}
}
