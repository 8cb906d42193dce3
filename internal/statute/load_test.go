package statute_test

import (
	"strings"
	"testing"
	"testing/fstest"

	"yifa/internal/calendar"
	"yifa/internal/statute"
)

// goodStatute and goodTerms are without fault; each fault below is planted in one of them.
const goodStatute = `schema: 1
key: hrc
title: 房屋修缮条例
short: 修缮条例
level: law
source: invented
status: verified
counts: {workdays: "2 3 5 7", rest: calendar, at: "85"}
versions:
  - {id: "2020-01-01", from: 2020-01-01}
provisions:
  - {at: "85", gist: 计日, en: counting, zh-Hant: 計日, status: verified}
  - {at: "12.1.2", sole: true, gist: 答复, en: answer, zh-Hant: 答覆, status: verified}
  - {at: "13", gist: 大意, en: gist, zh-Hant: 大意, status: partly}
en: {title: Housing Repairs Code, short: Repairs Code}
zh-Hant: {title: 房屋修繕條例, short: 修繕條例}
`

const goodTerms = `schema: 1
terms:
  - id: acc-01
    aliases: [acc-99]
    title: 受理
    direction: forward
    binds: party
    anchor: 收到
    start_cite: hrc/85
    roll: next_workday
    roll_cite: hrc/85
    expiry: 超期
    versions:
      - from: 2020-01-01
        length: 30 日
        cite: hrc/12.1.2
        extend:
          - {length: 10 日, by: head, times: 1, cite: hrc/85}
        suspend:
          - {ground: ask, cite: hrc/85}
        profiles: {town: acc-02}
        status: verified
    en: {title: t, anchor: a, expiry: e}
    zh-Hant: {title: t, anchor: a, expiry: e}
  - id: acc-02
    title: 受理
    direction: forward
    binds: organ
    anchor: 收到
    start_cite: hrc/85
    roll: none
    expiry: 超期
    versions:
      - {from: 2020-01-01, to: 2024-01-01, length: 24 小时, cite: hrc/13, status: partly}
      - {from: 2025-01-01, length: 5 日, cite: hrc/13, status: partly}
    en: {title: t, anchor: a, expiry: e}
    zh-Hant: {title: t, anchor: a, expiry: e}
`

func load(statuteFile, termFile string) (*statute.Book, []calendar.Fault) {
	return statute.Load(fstest.MapFS{
		"statutes/hrc.yaml": {Data: []byte(statuteFile)},
		"terms/acc.yaml":    {Data: []byte(termFile)},
		"vocabulary.yaml": {Data: []byte(`schema: 1
grounds: {ask: {zh-Hans: 补充, zh-Hant: 補充, en: more material}}
granters: {head: {zh-Hans: 负责人, zh-Hant: 負責人, en: the head}}
profiles: {town: {zh-Hans: 镇, zh-Hant: 鎮, en: towns}}
`)},
	})
}

func expect(t *testing.T, b *statute.Book, faults []calendar.Fault, planted, want string) {
	t.Helper()
	var all []string
	for _, f := range faults {
		all = append(all, f.Error())
	}
	if got := strings.Join(all, "\n"); b != nil || !strings.Contains("\n"+got+"\n", "\n"+want+"\n") {
		t.Errorf("planted %q:\n%s\nwant\n%s", planted, got, want)
	}
}

func TestFaultsInAStatute(t *testing.T) {
	for _, x := range []struct{ find, plant, want string }{
		{"schema: 1", "schema: 3", "statutes/hrc.yaml:1: schema is 3 (write schema: 1)"},
		{"key: hrc", "key: hrd", `statutes/hrc.yaml:2: key "hrd" is in hrc.yaml (name file and key alike)`},
		{"short: 修缮条例", "short: ''", "statutes/hrc.yaml:3: title, short or source is missing (give all three)"},
		{"level: law", "level: custom", `statutes/hrc.yaml:5: level "custom" is unknown (write one of law, regulation, party, judicial, provincial, rule, city, policy, platform)`},
		{"status: verified\ncounts", "status: sure\ncounts", `statutes/hrc.yaml:7: status "sure" is unknown (write verified, partly, memory or platform)`},
		{"status: verified\ncounts", "numbering: roman\nstatus: verified\ncounts", `statutes/hrc.yaml:7: numbering "roman" is unknown (write heading, or take it out for articles)`},
		{"short: Repairs Code", "short: ''", "statutes/hrc.yaml:2: a title is missing in a language (give title and short under en and zh-Hant)"},
		{`workdays: "2 3 5 7"`, `workdays: "2,3"`, `statutes/hrc.yaml:8: counts.workdays "2,3" is not a rule (write numbers such as "2 3 5 7", a bound such as "<=10", "all", or "" for none)`},
		{"rest: calendar", "rest: some", `statutes/hrc.yaml:8: counts.rest is "some" (write rest: calendar)`},
		{`at: "85"}`, `at: "85", posted: "86"}`, `statutes/hrc.yaml:8: posted "86" is not among the provisions (add the provision with its gist)`},
		{`at: "85"}`, `at: "85", follows: {cpl: hrc/85}}`, `statutes/hrc.yaml:8: follows "cpl", which is no statute (add statutes/cpl.yaml, or correct the key)`},
		{`at: "85"}`, `at: "85", follows: {hrc: hrc/86}}`, `statutes/hrc.yaml:8: hrc/86: statute hrc has no such provision in version 2020-01-01 (add the provision with its gist, or correct the citation)`},
		{`, at: "85"}`, `}`, "statutes/hrc.yaml:8: counts names no provision (write at: the provision that says which days are working days)"},
		{`calendar, at: "85"}`, `calendar, at: "86"}`, `statutes/hrc.yaml:8: counts.at "86" is not among the provisions (add the provision with its gist)`},
		{`  - {id: "2020-01-01", from: 2020-01-01}`, "", "statutes/hrc.yaml:9: has no version (give the day it took effect under versions)"},
		{`id: "2020-01-01"`, `id: "2020"`, `statutes/hrc.yaml:10: version "2020" does not begin on the day it is named after (write the day it took effect as id and as from)`},
		{"from: 2020-01-01}", "from: 2020-01-01, to: 2019-01-01}", "statutes/hrc.yaml:10: version ends before it begins (to is the first day on which it no longer holds)"},
		{"from: 2020-01-01}", "from: 2020-01-01}\n  - {id: \"2021-01-01\", from: 2021-01-01}", "statutes/hrc.yaml:11: version begins before the one above it ends (list versions oldest first and give the earlier one its to)"},
		{`at: "13"`, `at: "13.0"`, `statutes/hrc.yaml:14: at "13.0" is not a place in a statute (write article, article.paragraph or article.paragraph.item)`},
		{`at: "13"`, `at: "85"`, "statutes/hrc.yaml:14: provision 85 is given twice (give each once, or each its version)"},
		{`at: "13"`, `at: "13", version: "2019-01-01"`, `statutes/hrc.yaml:14: version "2019-01-01" is not among the versions (add it above, or correct it)`},
		{`at: "13"`, `at: "13", sole: true`, "statutes/hrc.yaml:14: sole is said of a provision without paragraph (take sole out)"},
		{"en: gist", "en: ''", "statutes/hrc.yaml:14: gist is missing in a language (give gist, en and zh-Hant)"},
		{"status: partly", "status: so", `statutes/hrc.yaml:14: status "so" is unknown (write verified, partly, memory or platform)`},
		{"status: partly", "status: platform", `statutes/hrc.yaml:14: status "platform" in a text of level law (only our own rules are platform, and they always are)`},
		{"status: partly", "stand: partly", `statutes/hrc.yaml:14: unknown key "stand" (correct its spelling or take it out)`},
	} {
		if !strings.Contains(goodStatute, x.find) {
			t.Fatalf("nothing to plant at: %s", x.find)
		}
		b, faults := load(strings.Replace(goodStatute, x.find, x.plant, 1), "schema: 1\nterms: []\n")
		expect(t, b, faults, x.plant, x.want)
	}
}

func TestFaultsInATerm(t *testing.T) {
	for _, x := range []struct{ find, plant, want string }{
		{"schema: 1", "schema: 3", "terms/acc.yaml:1: schema is 3 (write schema: 1)"},
		{"id: acc-01", "id: Acc 1", `terms/acc.yaml:3: id "Acc 1" is not a term id (write it like cmp-01, cmp-03b or dec-t1)`},
		{"id: acc-02", "id: acc-99", "terms/acc.yaml:25: acc-99 is already a term or alias (each id and alias names one term)"},
		{"direction: forward", "direction: sideways", `terms/acc.yaml:6: direction is "sideways" (write one of [forward backward not_before])`},
		{"binds: party", "binds: all", `terms/acc.yaml:7: binds is "all" (write one of [organ party court])`},
		{"roll: next_workday", "roll: maybe", `terms/acc.yaml:10: roll is "maybe" (write one of [next_workday none])`},
		{"    roll_cite: hrc/85\n", "", "terms/acc.yaml:10: rolls forward without a provision (write roll_cite: the provision that moves the last day, or roll: none)"},
		{"direction: forward", "after: [acc-09]\n    direction: forward", `terms/acc.yaml:6: counts from the end of "acc-09", which is no term (correct the id)`},
		{"direction: forward", "after: [acc-02]\n    service: true\n    direction: forward", `terms/acc.yaml:6: begins both with service and with the end of other terms (keep one)`},
		{"direction: forward", "after: [acc-01]\n    direction: forward", `terms/acc.yaml:6: counts from the end of acc-01, which counts from the end of another (name the terms that begin with an event)`},
		{"direction: forward", "direction: backward", "terms/acc.yaml:10: rolls forward although it does not run forward (write roll: none)"},
		{"    start_cite: hrc/85\n", "", "terms/acc.yaml:3: does not say why the first day is not counted (write start_cite)"},
		{"en: {title: t,", "en: {title: '',", "terms/acc.yaml:3: title, anchor or expiry is missing in a language (give all three, and under en and zh-Hant)"},
		{"      - {from: 2020-01-01, to: 2024-01-01, length: 24 小时, cite: hrc/13, status: partly}\n      - {from: 2025-01-01, length: 5 日, cite: hrc/13, status: partly}\n", "", "terms/acc.yaml:25: has no version (give its length from a day on under versions)"},
		{"from: 2025-01-01", "from: 2023-01-01", "terms/acc.yaml:35: version begins before the one above it ends (list versions oldest first and give the earlier one its to)"},
		{"to: 2024-01-01", "to: 2020-01-01", "terms/acc.yaml:34: version has no day to begin, or ends before it (to is the first day on which it no longer holds)"},
		{"length: 30 日", "length: 30 Tage", `terms/acc.yaml:15: "30 Tage" is not a length (write it as the text does: 5 工作日, 30 日, 24 小时, 6 个月, 2 年, 及时 or 每年 1 月 31 日前)`},
		{"length: 30 日", "length: 0 日", "terms/acc.yaml:15: length is missing or zero (write it as the text does)"},
		{"        cite: hrc/12.1.2\n", "", "terms/acc.yaml:15: version cites nothing (write cite: the provision that sets the length)"},
		{"status: verified", "status: sure", `terms/acc.yaml:22: status is "sure" (write one of [verified partly memory platform])`},
		{"length: 30 日", "length: 24 小时", "terms/acc.yaml:15: a term in hours, or without number, is suspended or extended (hours run on; take extend, suspend and exclude out)"},
		{"by: head, ", "", "terms/acc.yaml:18: extension without length, by, times or cite (give all four)"},
		{"ground: ask, ", "", "terms/acc.yaml:20: suspend without ground or cite (give both)"},
		{"length: 10 日", "length: 10 工作日", "terms/acc.yaml:18: extension counts in workday, the term in day (write the extension in the unit of the term; another one only where the term runs forward and never stands still)"},
		{"town: acc-02", "town: acc-03", `terms/acc.yaml:21: profile town names term "acc-03", which there is not (correct the id)`},
		{"cite: hrc/12.1.2", "cite: hrc/12.1.3", "terms/acc.yaml:16: hrc/12.1.3: statute hrc has no such provision in version 2020-01-01 (add the provision with its gist, or correct the citation)"},
		{"cite: hrc/12.1.2", "cite: hrx/12", `terms/acc.yaml:16: hrx/12: there is no statute "hrx" (add statutes/hrx.yaml, or correct the key)`},
		{"cite: hrc/12.1.2", "cite: hrc/12.x", `terms/acc.yaml:16: "hrc/12.x" is not a citation (write key/article, key/article.paragraph or key/article.paragraph.item)`},
		{"from: 2020-01-01\n", "from: 2019-01-01\n", "terms/acc.yaml:16: hrc/12.1.2 is not in force on 2019-01-01 (begin later, or cite the version)"},
		{"status: partly", "status: verified", "terms/acc.yaml:34: status is verified, but the provision it cites is only partly (a term is no surer than its provision)"},
		{"roll_cite: hrc/85", "roll_cite: hrc/86", "terms/acc.yaml:11: hrc/86: statute hrc has no such provision in version 2020-01-01 (add the provision with its gist, or correct the citation)"},
		{"    roll: none\n", "    roll: none\n    rolls: none\n", `terms/acc.yaml:32: unknown key "rolls" (correct its spelling or take it out)`},
	} {
		if !strings.Contains(goodTerms, x.find) {
			t.Fatalf("nothing to plant at: %s", x.find)
		}
		b, faults := load(goodStatute, strings.Replace(goodTerms, x.find, x.plant, 1))
		expect(t, b, faults, x.plant, x.want)
	}
}

func TestGoodBook(t *testing.T) {
	b, faults := load(goodStatute, goodTerms)
	if b == nil {
		t.Fatal(faults)
	}
	term, v, err := b.Term("acc-99", day("2026-01-01"))
	if err != nil || term.ID != "acc-01" || v.Length.Unit != statute.Day || v.Length.Rule.String() != "hrc/85" || v.Extend[0].Length.Unit != statute.Day {
		t.Errorf("by its alias: %+v %v", v, err)
	}
	if _, v, err := b.Term("acc-02", day("2025-06-01")); err != nil || v.Length.Unit != statute.Workday {
		t.Errorf("five days are working days in this statute: %+v %v", v, err)
	}
	for on, want := range map[string]string{
		"2019-12-31": "statute: term acc-02 is not in force on 2019-12-31: it holds from 2020-01-01",
		"2024-01-01": "statute: term acc-02 is not in force on 2024-01-01: it ended on 2024-01-01: it holds from 2025-01-01",
	} {
		if _, _, err := b.Term("acc-02", day(on)); err == nil || err.Error() != want {
			t.Errorf("%v, want %s", err, want)
		}
	}
	at := func(s string) statute.Cite {
		c, err := statute.ParseCite(s)
		if err != nil {
			t.Fatal(err)
		}
		return c
	}
	for cite, on := range map[string]string{"hrc/13": "2026-01-01", "hrc@2020-01-01/13": "2010-01-01"} {
		if p, ok := b.Provision(at(cite), day(on)); !ok || p.Words("en") != "gist" || p.Words("zh-Hant") != "大意" {
			t.Errorf("%s on %s is %+v", cite, on, p)
		}
	}
	for cite, on := range map[string]string{"hrc/13": "2019-12-31", "hrc/14": "2026-01-01", "hrc@2021-01-01/13": "2026-01-01", "hrx/1": "2026-01-01"} {
		if _, ok := b.Provision(at(cite), day(on)); ok {
			t.Errorf("%s was found on %s", cite, on)
		}
	}
	if statute.Weakest(statute.Verified, statute.Platform, statute.Partly) != statute.Platform {
		t.Error("the weakest status does not win")
	}
}

func FuzzLoad(f *testing.F) {
	f.Add([]byte(goodStatute), []byte(goodTerms))
	f.Add([]byte("key: hrc\nprovisions: [{at: '9.9.9'}]"), []byte("terms: [{versions: [{}]}]"))
	f.Fuzz(func(t *testing.T, s, terms []byte) {
		b, faults := load(string(s), string(terms))
		if (b == nil) == (len(faults) == 0) {
			t.Errorf("book %v with faults %v", b, faults)
		}
		for _, f := range faults {
			if f.What == "" || f.Mend == "" {
				t.Errorf("fault %q says too little", f)
			}
		}
	})
}

// A long statute goes on in KEY.PART.yaml, whose faults name that file.
func TestPartsOfAStatute(t *testing.T) {
	read := func(name, provisions string) (*statute.Book, []calendar.Fault) {
		return statute.Load(fstest.MapFS{
			"statutes/hrc.yaml": {Data: []byte(goodStatute)}, "terms/acc.yaml": {Data: []byte("schema: 1\nterms: []\n")},
			"statutes/" + name: {Data: []byte("schema: 1\nprovisions:\n  - {" + provisions + ", gist: gist, en: gist, zh-Hant: gist, status: partly}\n")},
		})
	}
	b, faults := read("hrc.more.yaml", `at: "90"`)
	if len(faults) > 0 {
		t.Fatal(faults)
	}
	if _, ok := b.Provision(statute.Cite{Key: "hrc", Article: 90}, day("2026-01-01")); !ok {
		t.Error("a provision of a part is not found")
	}
	b, faults = read("hrc.more.yaml", `at: "85"`)
	expect(t, b, faults, "twice", "statutes/hrc.more.yaml:3: provision 85 is given twice (give each once, or each its version)")
	b, faults = read("hrd.more.yaml", `at: "90"`)
	expect(t, b, faults, "no head", "statutes/hrd.more.yaml: there is no hrd.yaml of which this is a part (name it after the statute)")
}
