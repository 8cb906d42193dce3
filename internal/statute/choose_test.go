package statute_test

import (
	"strings"
	"testing"

	"pgregory.net/rapid"

	"yifa/internal/calendar"
	"yifa/internal/statute"
	"yifa/law"
)

func shipped(t *testing.T) *statute.Book {
	t.Helper()
	b, faults := statute.Load(law.FS)
	for _, f := range faults {
		t.Fatal(f)
	}
	return b
}

// The law's own examples are played where it is loaded; these are the errors, and what is said.
func TestChoose(t *testing.T) {
	b := shipped(t)
	may := statute.Conduct{From: day("2026-06-30")}
	for _, x := range []struct {
		key     string
		conduct statute.Conduct
		decided string
		stated  string
		want    string
	}{
		{"dqwx", may, "2026-09-20", "", `there is no statute "dqwx"`},
		{"dqwr", may, "2026-06-29", "", "before the conduct"},
		{"dqwr", may, "2026-09-20", "heavier", "is no statement"},
	} {
		if _, err := b.Choose(x.key, x.conduct, day(x.decided), x.stated); err == nil || !strings.Contains(err.Error(), x.want) {
			t.Errorf("%+v: %v", x, err)
		}
	}
	c, err := b.Choose("dqwr", statute.Conduct{From: day("2026-06-30"), To: day("2026-07-02")}, day("2026-09-20"), statute.NotStated)
	if err != nil || len(c.Applies) != 0 || c.Old.String() != "dqwr@2018-10-26" || len(c.New) != 1 || c.New[0].String() != "sthjfd@2026-08-15" {
		t.Fatalf("%+v (%v)", c, err)
	}
	want := []string{
		"违法行为持续到2026-07-02，以终了那天为准 行政处罚法第三十六条第二款",
		"行为时的规定：大气污染防治法（2018-10-26起施行） ",
		"2026-09-20作出决定时的规定：生态环境法典（2026-08-15起施行） ",
		"规定改过。哪个处罚较轻，由办案人员对照两个文本说明 行政处罚法第三十七条",
	}
	for i, l := range b.Lines(c, "zh-Hans") {
		if i >= len(want) || l.Text+" "+l.Source != want[i] {
			t.Errorf("line %d: %s %s", i, l.Text, l.Source)
		}
	}
	for _, lang := range []string{"zh-Hant", "en"} {
		for _, l := range b.Lines(c, lang) {
			if l.Text == "" || strings.Contains(l.Text, "{") {
				t.Errorf("%s: %q", lang, l.Text)
			}
		}
	}
}

// Whatever is stated, a new law applies only where somebody stated that it is lighter or regards the conduct as lawful,
// and an old one that still holds is never replaced.
func TestOnlyALighterLawReachesBack(t *testing.T) {
	b := shipped(t)
	rapid.Check(t, func(t *rapid.T) {
		s := rapid.SampledFrom(b.Statutes()).Draw(t, "statute")
		from := day("2018-01-01").AddDays(rapid.IntRange(0, 3600).Draw(t, "from"))
		decided := from.AddDays(rapid.IntRange(0, 1500).Draw(t, "later"))
		stated := rapid.SampledFrom([]string{statute.NotStated, statute.NotLighter, statute.Lighter, statute.Lawful}).Draw(t, "stated")
		c, err := b.Choose(s.Key, statute.Conduct{From: from}, decided, stated)
		if err != nil {
			return // nothing replaced it, and somebody says that is lighter
		}
		for _, a := range c.Applies {
			back := a.Version.From > from
			if back && c.Why != statute.NewLighter && c.Why != statute.NewLawful {
				t.Fatalf("%s reaches back to %s because %s", a, from, c.Why)
			}
			if back && stated != statute.Lighter && stated != statute.Lawful {
				t.Fatalf("%s reaches back to %s, and nobody stated that it is lighter", a, from)
			}
		}
		if holds := c.Old.Key != "" && (c.Old.Version.To == 0 || decided < c.Old.Version.To); holds != (c.Why == statute.Unchanged) {
			t.Fatalf("%+v", c)
		}
	})
}

func FuzzParseConduct(f *testing.F) {
	f.Add("2026-08-10")
	f.Add("2026-08-10..2026-09-01")
	f.Add("2026-08-10..2026-08-09")
	f.Fuzz(func(t *testing.T, s string) {
		c, err := statute.ParseConduct(s)
		if err == nil && (c.From == calendar.Date(0) && s != "1970-01-01" && !strings.HasPrefix(s, "1970-01-01") || c.To != 0 && c.To < c.From) {
			t.Errorf("%q is read as %+v", s, c)
		}
	})
}
