package statute_test

import (
	"testing"

	"yifa/internal/statute"
)

func TestCite(t *testing.T) {
	for s, want := range map[string]statute.Cite{
		"xzcf/60":                {Key: "xzcf", Article: 60},
		"xzcf@2021-07-15/64.1.2": {Key: "xzcf", Version: "2021-07-15", Article: 64, Para: 1, Item: 2},
		"xzcf/60-1":              {Key: "xzcf", Article: 60, Sub: 1},
		"gd294/38.2":             {Key: "gd294", Article: 38, Para: 2},
		"mfd/1260-12.3.10":       {Key: "mfd", Article: 1260, Sub: 12, Para: 3, Item: 10},
	} {
		got, err := statute.ParseCite(s)
		if err != nil || got != want || got.String() != s {
			t.Errorf("%s is %+v %v and writes %s", s, got, err, got)
		}
	}
	for _, s := range []string{"", "xzcf", "xzcf/", "xzcf/0", "xzcf/06", "xzcf/6.", "xzcf/6..1", "xzcf/6.1.2.3", "xzcf:6", "XZCF/6",
		"xzcf@2021/6", "xzcf@2021-02-30/6", "xzcf/六", "xzcf/6 ", "xzcf/60-0", "/6", "xzcf/12345", "xzcf/-1"} {
		if c, err := statute.ParseCite(s); err == nil {
			t.Errorf("%q was read as %+v", s, c)
		}
	}
}

func TestPathInChineseNumerals(t *testing.T) {
	for at, want := range map[string]string{
		"1": "第一条", "10": "第十条", "11": "第十一条", "20": "第二十条", "64.1.2": "第六十四条第一款第二项", "60-1": "第六十条之一",
		"100": "第一百条", "103": "第一百零三条", "110": "第一百一十条", "1000": "第一千条", "1010": "第一千零一十条", "1052": "第一千零五十二条", "1200": "第一千二百条",
	} {
		c, err := statute.ParseCite("x1/" + at)
		if got := c.Path("zh-Hans"); err != nil || got != want {
			t.Errorf("%s is %s %v, want %s", at, got, err, want)
		}
	}
}

func FuzzParseCite(f *testing.F) {
	for _, s := range []string{"xzcf@2021-07-15/64.1.2", "xzcf/60-1", "a/1", "xzcf/60-1.2.", "x@0000-00-00/1"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		c, err := statute.ParseCite(s)
		if err != nil {
			return
		}
		if c.String() != s || c.Item > 0 && c.Para == 0 || c.Path("zh-Hans") == "" {
			t.Errorf("%q reads as %+v and writes %q", s, c, c)
		}
	})
}

func FuzzParseLength(f *testing.F) {
	for _, s := range []string{"5 工作日", "30 日", "24 小时", "6 个月", "0 日", "007 日", "9999年"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		l, err := statute.ParseLength(s)
		if err != nil {
			return
		}
		if back, err := statute.ParseLength(l.String()); err != nil || back != l || l.N < 0 || l.Bare() != (l.Unit == "") {
			t.Errorf("%q is %+v and reads back as %+v, %v", s, l, back, err)
		}
	})
}

// TestLengthWords: papers write lengths in words, working days by name.
func TestLengthWords(t *testing.T) {
	for text, want := range map[string]string{"60 日": "六十日", "6 个月": "六个月", "2 个月": "两个月", "5 工作日": "五个工作日", "24 小时": "二十四小时", "2 年": "二年",
		"及时": "及时", "每年 1 月 31 日前": "每年一月三十一日前", "每月 10 日前": "每月十日前", "30 自然日": "三十日", "0 日": "零日", "15 分钟": "十五分钟"} {
		l, err := statute.ParseLength(text)
		if err != nil || l.Words() != want {
			t.Errorf("%s: %s %v, want %s", text, l.Words(), err, want)
		}
	}
}
