package law_test

import (
	"io/fs"
	"regexp"
	"strings"
	"testing"

	"yifa/internal/calendar"
	"yifa/internal/statute"
	"yifa/law"
)

const complaint = "procedures/supervision.complaint/2026-02-01/"

func read(t *testing.T, name string) string {
	t.Helper()
	raw, err := fs.ReadFile(law.FS, name)
	if err != nil {
		t.Fatal(err)
	}
	return string(raw)
}

// TestRemediesAreTold holds the limits a notice writes in words to the terms they come from. A notice that closes
// a way must tell the ways that stay open: who is not told may apply for up to a year (行政复议法 20).
func TestRemediesAreTold(t *testing.T) {
	book, faults := statute.Load(law.FS)
	for _, f := range faults {
		t.Fatal(f)
	}
	day, err := calendar.Parse("2026-02-01")
	if err != nil {
		t.Fatal(err)
	}
	for id, sentence := range map[string]string{"rel-01": "%内可以申请行政复议", "rel-04": "%内可以直接提起行政诉讼", "rel-05": "收到复议决定书后%内可以提起行政诉讼"} {
		_, v, err := book.Term(id, day)
		if err != nil {
			t.Fatal(err)
		}
		want := strings.Replace(sentence, "%", inWords(v.Length.N)+v.Length.Word, 1)
		for _, name := range []string{"acceptance_notice", "refusal_notice", "routing_notice", "reopening_refusal", "answer_letter"} {
			if !strings.Contains(read(t, complaint+"documents/"+name+".md"), want) {
				t.Errorf("%s does not say %q, as %s has it", name, want, id)
			}
		}
	}
}

// inWords writes 1 to 99 as official Chinese does.
func inWords(n int) string {
	digits := []rune("零一二三四五六七八九")
	out := ""
	switch tens := n / 10; {
	case tens == 1:
		out = "十"
	case tens > 1:
		out = string(digits[tens]) + "十"
	}
	if n%10 > 0 {
		out += string(digits[n%10])
	}
	return out
}

var (
	officialese = regexp.MustCompile(`敬请|予以|之日起|！|receipt_`)
	halfWidth   = regexp.MustCompile(`\p{Han}[,;:!?]|[,;:!?]\p{Han}`)
	misspelt    = regexp.MustCompile(`複議|説|閲|接着|申請回避|公佈|聯繫|答復|监|办|议|复|经|达`)
)

// TestWording reads what citizens read: no officialese and no half-width marks in notices, one spelling in
// Traditional Chinese.
func TestWording(t *testing.T) {
	err := fs.WalkDir(law.FS, ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		switch {
		case strings.HasSuffix(name, ".md") && strings.Contains(name, "/documents/"):
			text := read(t, name)
			for _, bad := range append(officialese.FindAllString(text, -1), halfWidth.FindAllString(text, -1)...) {
				t.Errorf("%s: %q", name, bad)
			}
		case strings.HasSuffix(name, "text.zh-Hant.yaml"):
			traditional(t, name, strings.Split(read(t, name), "\n")[2:])
		case strings.HasPrefix(name, "statutes/"):
			var lines []string
			for _, l := range strings.Split(read(t, name), "\n") {
				if strings.HasPrefix(strings.TrimSpace(l), "zh-Hant: ") {
					lines = append(lines, l)
				}
			}
			traditional(t, name, lines)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

// traditional lets the name of a language stand in its own script.
func traditional(t *testing.T, name string, lines []string) {
	t.Helper()
	for _, l := range lines {
		if bad := misspelt.FindString(l); bad != "" && !strings.Contains(l, "lang.options") {
			t.Errorf("%s: %q in %s", name, bad, l)
		}
	}
}
