package procedure_test

import (
	"encoding/xml"
	"errors"
	"io"
	"strings"
	"testing"

	"yifa/internal/procedure"
	"yifa/law"
)

func shipped(t *testing.T) *procedure.Law {
	t.Helper()
	l, faults := procedure.Load(law.FS, nil)
	for _, f := range faults {
		t.Fatal(f)
	}
	return l
}

// TestShowSaysWhoWhenAndWhy: a lawyer finds every act, provision and reason in it.
func TestShowSaysWhoWhenAndWhy(t *testing.T) {
	l := shipped(t)
	for _, p := range l.All() {
		for _, lang := range []string{"zh-Hans", "zh-Hant", "en"} {
			text := p.Show(l, lang)
			for _, a := range p.AllActs() {
				if label := p.Text(lang, "acts."+a.Name+".label"); !strings.Contains(text, "**"+label+"**") {
					t.Errorf("%s in %s does not show act %s (%s)", p.Key(), lang, a.Name, label)
				}
				for _, r := range a.When {
					if what := p.Text(lang, "reasons."+r.Else+".what"); !strings.Contains(text, what) {
						t.Errorf("%s in %s does not show reason %s", p.Key(), lang, r.Else)
					}
				}
			}
			for _, bad := range []string{"：\n", "()", "（）"} { // a name that was left empty
				if strings.Contains(text, bad) {
					t.Errorf("%s in %s holds %q", p.Key(), lang, bad)
				}
			}
			if text != p.Show(l, lang) {
				t.Errorf("%s in %s prints differently the second time", p.Key(), lang)
			}
		}
	}
}

// TestDiagrams: well-formed, with a title and a description, every stage in it, always the same.
func TestDiagrams(t *testing.T) {
	l := shipped(t)
	for _, p := range l.All() {
		svg, mermaid := p.SVG("zh-Hans"), p.Mermaid("zh-Hans")
		dec := xml.NewDecoder(strings.NewReader(svg))
		for {
			if _, err := dec.Token(); errors.Is(err, io.EOF) {
				break
			} else if err != nil {
				t.Fatalf("%s: %v", p.Key(), err)
			}
		}
		for _, want := range []string{`role="img"`, "<title id=", "<desc id=", p.Title} {
			if !strings.Contains(svg, want) {
				t.Errorf("%s: the drawing lacks %s", p.Key(), want)
			}
		}
		for name := range p.Stages.Each {
			if !strings.Contains(mermaid, " as "+name+"\n") {
				t.Errorf("%s: Mermaid lacks %s", p.Key(), name)
			}
		}
		if svg != p.SVG("zh-Hans") || mermaid != p.Mermaid("zh-Hans") {
			t.Errorf("%s is drawn differently the second time", p.Key())
		}
	}
}
