package statute_test

import (
	"testing"

	"yifa/internal/calendar"
	"yifa/internal/statute"
	"yifa/law"
)

// official is the book the repository ships.
func official(t testing.TB) *statute.Book {
	t.Helper()
	b, faults := statute.Load(law.FS)
	for _, f := range faults {
		t.Error(f)
	}
	if b == nil {
		t.FailNow()
	}
	return b
}

func day(s string) calendar.Date {
	d, err := calendar.Parse(s)
	if err != nil {
		panic(err)
	}
	return d
}

func TestNameOfACitation(t *testing.T) {
	b := official(t)
	for cite, want := range map[string][3]string{
		"xzcf/60":     {"行政处罚法第六十条", "行政處罰法第六十條", "Administrative Penalty Law, article 60"},
		"xzcf/64.1.1": {"行政处罚法第六十四条第一项", "行政處罰法第六十四條第一項", "Administrative Penalty Law, article 64, item 1"},
		"gdjd/33.1":   {"广东省行政执法监督条例第三十三条第一款", "廣東省行政執法監督條例第三十三條第一款", "Guangdong Enforcement Supervision Regulations, article 33, paragraph 1"},
		"gongshi/6":   {"国办发〔2018〕118号（六）", "國辦發〔2018〕118號（六）", "State Council Office Doc. 118 of 2018, section 6"},
		"none/110-2":  {"none第一百一十条之二", "none第一百一十條之二", "none, article 110-2"},
	} {
		c, err := statute.ParseCite(cite)
		if err != nil {
			t.Fatal(err)
		}
		for i, lang := range []string{"zh-Hans", "zh-Hant", "en"} {
			if got := b.Name(c, lang); got != want[i] {
				t.Errorf("%s in %s is %q, want %q", cite, lang, got, want[i])
			}
		}
	}
}
