package clock_test

import (
	"errors"
	"strings"
	"testing"
	"testing/fstest"

	"yifa/internal/calendar"
	"yifa/internal/clock"
	"yifa/internal/statute"
)

// bookOf is a law of our own with terms of every shape; the terms of the city are played by law check.
func bookOf(t *testing.T, terms string) *statute.Book {
	t.Helper()
	b, faults := statute.Load(fstest.MapFS{
		"statutes/hrc.yaml": {Data: []byte(`schema: 1
key: hrc
title: 房屋修缮条例
short: 修缮条例
level: law
source: invented
status: verified
counts: {workdays: "<=10", rest: calendar, at: "1"}
versions: [{id: "2020-01-01", from: 2020-01-01}]
provisions:
  - {at: "1", gist: 计日, en: counting, zh-Hant: 計日, status: verified}
examples:
  - {length: 7 日, from: 2026-02-11, due: 2026-02-27}
  - {length: 15 日, from: 2026-02-11, due: 2026-02-26}
  - {length: 2 小时, from: 2026-02-11T23:00, due: 2026-02-12T01:00}
en: {title: Housing Repairs Code, short: Repairs Code}
zh-Hant: {title: 房屋修繕條例, short: 修繕條例}
`)},
		"vocabulary.yaml": {Data: []byte(`schema: 1
grounds:
  hearing: {zh-Hans: 听证, zh-Hant: 聽證, en: the hearing}
  test: {zh-Hans: 检测, zh-Hant: 檢測, en: a test}
granters:
  head: {zh-Hans: 负责人批准, zh-Hant: 負責人批准, en: approved by the head}
  collective: {zh-Hans: 集体讨论, zh-Hant: 集體討論, en: the heads together}
profiles: {town: {zh-Hans: 镇, zh-Hant: 鎮, en: towns}}
`)},
		"terms/acc.yaml": {Data: []byte("schema: 1\nterms:\n" + terms)},
	})
	if len(faults) > 0 {
		t.Fatal(faults)
	}
	return b
}

// term writes one term of that law.
func term(id, rest string) string {
	return `  - id: ` + id + `
    title: 修缮
    direction: forward
    binds: organ
    anchor: 报修
    start_cite: hrc/1
    roll: none
    expiry: 超期
    versions:
      - {from: 2020-01-01, cite: hrc/1, status: verified, ` + rest + `}
    en: {title: Repairs, anchor: the report, expiry: overdue}
    zh-Hant: {title: 修繕, anchor: 報修, expiry: 逾期}
`
}

func ask(t *testing.T, b *statute.Book, cal *calendar.Calendar, a clock.Ask, from string) string {
	t.Helper()
	var err error
	if a.From, err = calendar.ParseMoment(from); err != nil {
		t.Fatal(err)
	}
	text, err := explain(b, cal, a)
	if err != nil {
		return err.Error()
	}
	return text
}

func TestCountFixedDays(t *testing.T) {
	_, cal := official(t)
	b := bookOf(t, term("acc-01", "length: 每年 1 月 31 日前")+term("acc-02", "length: 每月 10 日前")+term("acc-03", "length: 30 分钟")+term("acc-04", "length: 及时"))
	for _, x := range []struct{ term, from, want string }{
		{"acc-01", "2026-01-30", "2026-01-31"},
		{"acc-01", "2026-01-31", "2027-01-31"},
		{"acc-01", "2025-12-31", "2026-01-31"},
		{"acc-02", "2026-11-10", "2026-12-10"},
		{"acc-02", "2026-12-15", "2027-01-10"},
		{"acc-03", "2026-03-02T23:45", "2026-03-03T00:15:00+08:00"},
		{"acc-03", "2026-03-02", "2026-03-02"},
	} {
		if got, _, _ := strings.Cut(ask(t, b, cal, clock.Ask{Term: x.term}, x.from), "\n"); got != x.want {
			t.Errorf("%s from %s: %s, want %s", x.term, x.from, got, x.want)
		}
	}
	want := `2026-01-31
12月31日  报修
期限  1月31日（修缮条例第一条）
2026年1月31日  这之后第一次到1月31日，星期六，到期；机关的期限不因休息日顺延
`
	if got := ask(t, b, cal, clock.Ask{Term: "acc-01"}, "2025-12-31"); got != want {
		t.Errorf("%s\nwant\n%s", got, want)
	}
	var none *clock.NoNumber
	if _, err := clock.Count(b, cal, clock.Ask{Term: "acc-04", From: calendar.DayOnly(day("2026-03-02"))}); !errors.As(err, &none) || none.Word != "及时" {
		t.Errorf("a term without number: %v", err)
	}
}

func TestCountWhatWasExtendedAndStoodStill(t *testing.T) {
	_, cal := official(t)
	b := bookOf(t, term("acc-01", `length: 90 日,
         extend: [{length: 30 日, by: head, times: 1, cite: hrc/1}, {length: 合理期限, by: collective, times: 1, cite: hrc/1}],
         exclude: [{ground: hearing, cite: hrc/1}, {ground: test, cite: hrc/1}]`))
	pause := func(s string) []statute.Pause {
		p, err := statute.ParsePause(s)
		if err != nil {
			t.Fatal(err)
		}
		return []statute.Pause{p}
	}
	for _, x := range []struct {
		ask  clock.Ask
		want string
	}{
		{clock.Ask{}, "2026-05-31"},
		{clock.Ask{Served: day("2026-03-05")}, "clock: acc-01 does not begin with service, but with: 报修"},
		{clock.Ask{Profile: "town"}, "2026-05-31"},
		{clock.Ask{Profile: "nowhere"}, `clock: there is no sector "nowhere"`},
		{clock.Ask{Extend: []int{30}}, "2026-06-30"},
		{clock.Ask{Extend: []int{0, 15}}, "2026-07-15"},
		{clock.Ask{Extend: []int{31}}, "clock: not extended: longer than the text allows (hrc/1)"},
		{clock.Ask{Extend: []int{10, 0}}, "clock: not extended: the text sets no length, so say how long (hrc/1)"},
		{clock.Ask{Extend: []int{1, 1, 1}}, "clock: not extended: every extension the text allows is used up (hrc/1)"},
		{clock.Ask{Pauses: pause("hearing:2026-03-10..2026-03-21")}, "2026-06-11"},
		{clock.Ask{Pauses: pause("hearing:2026-03-10..")}, "suspended"},
		{clock.Ask{Pauses: pause("2026-03-10..2026-03-21")}, "clock: the law lets acc-01 stand still on no ground, or on several: write GROUND:A..B"},
		{clock.Ask{Pauses: pause("flood:2026-03-10..2026-03-21")}, `clock: the law does not let acc-01 stand still for "flood"`},
		{clock.Ask{Pauses: pause("hearing:2026-06-10..2026-06-21")}, "clock: acc-01 does not run on the day the suspension begins"},
	} {
		x.ask.Term = "acc-01"
		if got, _, _ := strings.Cut(ask(t, b, cal, x.ask, "2026-03-02"), "\n"); got != x.want {
			t.Errorf("%+v: %s, want %s", x.ask, got, x.want)
		}
	}
}

func TestPlayExamples(t *testing.T) {
	_, cal := official(t)
	terms := strings.Replace(term("acc-01", "length: 5 日"), "    en:", `    examples:
      - {from: 2026-09-23, due: 2026-10-08}
      - {from: 2026-09-23, due: 2026-09-28}
      - {from: 2019-09-23, due: not in force}
    en:`, 1)
	faults := clock.PlayExamples(bookOf(t, terms), cal)
	if len(faults) != 1 || faults[0].Error() != "terms/acc.yaml:15: the example is due 2026-09-28, counting comes to 2026-10-08 (count by hand again, and mend the example or the rule)" {
		t.Errorf("faults %v", faults)
	}
}

func FuzzParsePause(f *testing.F) {
	f.Add("2026-03-10..2026-03-20")
	f.Add("hearing:2026-03-10..")
	f.Fuzz(func(t *testing.T, s string) {
		p, err := statute.ParsePause(s)
		if err == nil && (p.From == 0 || p.To != 0 && p.To < p.From) {
			t.Errorf("%q is read as %+v", s, p)
		}
	})
}
