package i18n

import (
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"yifa/internal/calendar"
)

func TestLoadIsStrict(t *testing.T) {
	cases := map[string]struct{ yaml, want string }{
		"whole":                 {"a: {zh-Hans: 甲, zh-Hant: 甲, en: A}", ""},
		"missing language":      {"a: {zh-Hans: 甲, zh-Hant: 甲}", "no text in en"},
		"unknown language":      {"a: {zh-Hans: 甲, zh-Hant: 甲, en: A, fr: A}", "field fr not found"},
		"double key":            {"a: {zh-Hans: 甲, zh-Hant: 甲, en: A}\na: {zh-Hans: 甲, zh-Hant: 甲, en: A}", "already defined"},
		"differing placeholder": {"a: {zh-Hans: '{n} 件', zh-Hant: '{n} 件', en: '{m}'}", "placeholders [m] in en"},
		"plural counts as one":  {"a: {zh-Hans: '{n} 件', zh-Hant: '{n} 件', en: '{n} {n:thing|things}'}", ""},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			_, err := load(fstest.MapFS{"catalogue/x.yaml": {Data: []byte(c.yaml)}})
			switch {
			case c.want == "" && err != nil:
				t.Errorf("refused: %v", err)
			case c.want != "" && (err == nil || !strings.Contains(err.Error(), c.want)):
				t.Errorf("error %v, want %q", err, c.want)
			}
		})
	}
}

func TestT(t *testing.T) {
	for _, c := range []struct {
		lang Lang
		key  string
		args []any
		want string
	}{
		{ZhHans, "web.step", []any{"n", 2, "of", 6}, "第 2 步，共 6 步"},
		{En, "web.step", []any{"n", 2, "of", 6}, "Step 2 of 6"},
		{En, "web.unit_workday", []any{"n", 1}, "working day"},
		{En, "web.unit_workday", []any{"n", 15}, "working days"},
		{ZhHant, "web.unit_workday", []any{"n", 1}, "個工作日"},
		{ZhHans, "web.step", []any{"n", "{of}", "of", 6}, "第 {of} 步，共 6 步"},
		{ZhHans, "web.no_such_key", nil, "web.no_such_key"},
	} {
		if got := T(c.lang, c.key, c.args...); got != c.want {
			t.Errorf("T(%s, %s) = %q, want %q", c.lang, c.key, got, c.want)
		}
	}
}

func TestSplit(t *testing.T) {
	for path, want := range map[string]struct {
		lang Lang
		rest string
	}{
		"/":               {ZhHans, "/"},
		"/track":          {ZhHans, "/track"},
		"/en":             {En, "/"},
		"/en/":            {En, "/"},
		"/en/track":       {En, "/track"},
		"/zh-hant/report": {ZhHant, "/report"},
		"/english":        {ZhHans, "/english"},
		"/en/en/x":        {En, "/en/x"},
	} {
		if l, rest := Split(path); l != want.lang || rest != want.rest {
			t.Errorf("Split(%q) = %s %q, want %v", path, l, rest, want)
		}
	}
}

func TestDates(t *testing.T) {
	d := calendar.New(2026, time.October, 8)
	for _, c := range []struct{ got, want string }{
		{DateFull(ZhHans, d), "2026年10月8日（星期四）"},
		{DateFull(En, d), "Thursday 8 October 2026"},
		{DateDay(ZhHant, d), "10月8日（星期四）"},
		{Date(ZhHans, d), "10月8日"},
		{Date(En, d), "8 October"},
		{Month(ZhHans, d), "2026年10月"},
		{MonthShort(ZhHant, d), "10月"}, {MonthShort(En, d), "Oct"},
		{WeekdayShort(ZhHans, d), "四"},
		{DateRange(ZhHans, d, d.AddDays(2)), "10月8日至10日"},
		{DateRange(ZhHans, d, d.AddDays(30)), "10月8日至11月7日"},
		{DateRange(En, d, d.AddDays(2)), "8 to 10 October"},
		{DateRange(En, d, d), "8 October"},
		{Moment(ZhHans, calendar.Moment{Day: d, Minute: 20*60 + 4}), "10月8日 20:04"},
		{Moment(ZhHans, calendar.DayOnly(d)), "10月8日"},
		{MomentFull(En, calendar.Moment{Day: d, Minute: 5}), "8 October 2026 00:05"},
		{Number(1234567), "1,234,567"}, {Number(-1234), "-1,234"}, {Number(-123), "-123"}, {Number(999), "999"},
		{Size(820), "820 B"}, {Size(840_000), "820 KB"}, {Size(3_565_158), "3.4 MB"},
	} {
		if c.got != c.want {
			t.Errorf("got %q, want %q", c.got, c.want)
		}
	}
}
