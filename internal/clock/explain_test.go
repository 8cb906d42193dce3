package clock_test

import (
	"strings"
	"testing"

	"yifa/internal/calendar"
	"yifa/internal/clock"
	"yifa/internal/matter"
	"yifa/internal/statute"
)

// explain counts and prints in Simplified Chinese.
func explain(b *statute.Book, cal *calendar.Calendar, a clock.Ask) (string, error) {
	c, err := clock.Count(b, cal, a)
	if err != nil {
		return "", err
	}
	return clock.Print(b, clock.Explain(b, cal, c), c, "zh-Hans"), nil
}

func TestExplainTerm(t *testing.T) {
	b, cal := official(t)
	for _, x := range []struct{ term, from, want string }{
		{"cmp-01", "2026-09-23", `2026-10-08
9月23日  收到投诉举报。当天不算（平台办理规则第六条） 平台设定
期限  5 个工作日（平台办理规则第一条） 平台设定
9月24日  第 1 个工作日
9月25日至27日  中秋节放假，不算（国务院办公厅关于2026年部分节假日安排的通知）
9月28日至30日  第 2、3、4 个工作日
10月1日至7日  国庆节放假，不算（国务院办公厅关于2026年部分节假日安排的通知）
10月8日  第 5 个工作日，到期 平台设定
`},
		{"sup-01", "2026-10-16", `2026-11-16
10月16日  收到监督意见书（督察建议书）。当天不算（民事诉讼法第八十五条第二款，参照适用） 平台设定
期限  30 日（广东省行政执法监督条例第三十三条第一款）
11月15日  第 30 日，按自然日算，星期日
11月16日  末日遇休息日，顺延到星期一（民事诉讼法第八十五条第三款，参照适用） 平台设定
`},
		{"pen-10", "2026-09-28", `2026-10-13
9月28日  听证会通知书发出。当天不算（民事诉讼法第八十五条第二款，参照适用） 平台设定
期限  满 7 日（行政处罚法第六十四条第二项）
算法  “7 日”是工作日，不含法定节假日（行政处罚法第八十五条）
9月29日至30日  第 1、2 个工作日
10月1日至7日  国庆节放假，不算（国务院办公厅关于2026年部分节假日安排的通知）
10月8日至12日  第 3、4、5、6 个工作日，周末不算（10月10日调休上班，算）
10月13日  满 7 个工作日，最早从这一天起可以办
`},
		{"pen-11", "2026-10-10", `2026-09-30
10月10日  公开举行听证。当天不算（民事诉讼法第八十五条第二款，参照适用） 平台设定
期限  3 日前（广东省行政处罚听证办法第二十条第四项）
算法  “3 日”是工作日，不含法定节假日（广东省行政处罚听证办法第四十二条）
10月1日至7日  国庆节放假，不算（国务院办公厅关于2026年部分节假日安排的通知）
9月30日  往前数第 3 个工作日，最晚这一天
`},
		{"rel-04", "2025-08-31", `2026-02-28
8月31日  知道行政行为。当天不算（民事诉讼法第八十五条第二款，依行政诉讼法第一百零一条适用）
期限  6 个月（行政诉讼法第四十六条第一款）
2026年2月28日  满 6 个月；当月没有对应日，以月末日为最后一日，星期六（民法典第二百零二条）
2026年2月28日  星期六（调休上班，不是休息日），到期
`},
		{"mea-01", "2026-09-01", `2026-10-01
9月1日  查封、扣押开始。当天不算（民事诉讼法第八十五条第二款，参照适用） 平台设定
期限  30 日（行政强制法第二十五条第一款）
算法  “30 日”按自然日算（行政强制法第六十九条）
10月1日  第 30 日，按自然日算，星期四，到期；机关的期限不因休息日顺延
`},
		{"cmp-01", "2026-12-28", `2027-01-05 provisional
12月28日  收到投诉举报。当天不算（平台办理规则第六条） 平台设定
期限  5 个工作日（平台办理规则第一条） 平台设定
12月29日至31日  第 1、2、3 个工作日
2027年1月1日  元旦放假，不算
2027年1月4日  第 4 个工作日
暂算  2027 年的放假安排还没有公布，这一天是暂算的（平台办理规则第八条） 平台设定
2027年1月5日  第 5 个工作日，到期 平台设定
`},
	} {
		got, err := explain(b, cal, clock.Ask{Term: x.term, From: calendar.DayOnly(day(x.from))})
		if err != nil || got != x.want {
			t.Errorf("%s from %s, %v:\n%s\nwant\n%s", x.term, x.from, err, got, x.want)
		}
	}
}

func text(b *statute.Book, lines []clock.Line, lang string) string {
	var s []string
	for _, l := range lines {
		s = append(s, l.When(lang, 2026)+" | "+l.Text(lang)+" | "+l.Source(b, lang))
	}
	return strings.Join(s, "\n")
}

func TestExplainASuspendedClock(t *testing.T) {
	b, _ := official(t)
	c, cal := mocked(t)
	want := `29 September | the complaint was accepted: this day is not counted | Platform rules, article 6
Length | 30 working days | Platform rules, article 2
30 September | working day 1 | 
1 to 9 October | suspended (waiting for more material), not counted | Platform rules, article 5
10 October to 17 November | counting goes on: working days 2 to 29, weekends not counted (10 October: a working day by exchange, counted) | 
18 November | working day 30: due | `
	if got := text(b, clock.Explain(b, cal, c), "en"); got != want {
		t.Errorf("%s\nwant\n%s", got, want)
	}
	still := clock.Suspend(c, day("2026-10-28"), matter.Span{Ground: "ask_supplement"}, cal)
	got := text(b, clock.Explain(b, cal, still), "zh-Hant")
	if !strings.HasSuffix(got, "10月29日 | 起暫停（等待補充材料），不計入期限 | \n暫停 | 暫停中，恢復後還有 15 個工作日 | ") {
		t.Errorf("a clock that stands still does not end in its remainder:\n%s", got)
	}
}

func TestExplainAClosedClock(t *testing.T) {
	b, _ := official(t)
	c, cal := mocked(t)
	got := text(b, clock.Explain(b, cal, clock.Stop(c, day("2026-10-28"), cal)), "zh-Hans")
	if !strings.HasSuffix(got, "\n10月28日 | 停止计时 | \n11月18日 | 第 30 个工作日，到期 | ") {
		t.Errorf("a stopped clock does not say when it stopped and when it was due:\n%s", got)
	}
	waiting := clock.Suspend(c, day("2026-10-12"), matter.Span{Ground: "ask_supplement"}, cal)
	got = text(b, clock.Explain(b, cal, clock.Stop(waiting, day("2026-10-20"), cal)), "zh-Hans")
	if !strings.HasSuffix(got, "\n10月13日至20日 | 暂停（等待补充材料），不计入期限 | \n10月20日 | 停止计时，还有 27 个工作日 | ") {
		t.Errorf("a clock stopped while it stood still:\n%s", got)
	}
}

func TestExplainMonthsThatStoodStill(t *testing.T) {
	b, cal := official(t)
	c := clock.Suspend(start(t, "rel-04", "2026-03-16"), day("2026-05-10"), matter.Span{Cite: "xzss/48.1"}, cal)
	c = clock.Resume(c, day("2026-05-20"), cal)
	want := `3月16日 | 知道行政行为。当天不算 | 民事诉讼法第八十五条第二款，依行政诉讼法第一百零一条适用
期限 | 6 个月 | 行政诉讼法第四十六条第一款
9月16日 | 满 6 个月的对应日，星期三 | 民法典第二百零二条
5月11日至20日 | 暂停，不计入期限 | 行政诉讼法第四十八条第一款
算法 | 暂停的 10 日加在后面 | 
9月26日 | 星期六 | 
9月26日至27日 | 中秋节放假，不算 | 国务院办公厅关于2026年部分节假日安排的通知
9月28日 | 末日遇休息日，顺延到星期一 | 民事诉讼法第八十五条第三款，依行政诉讼法第一百零一条适用`
	if got := text(b, clock.Explain(b, cal, c), "zh-Hans"); got != want {
		t.Errorf("%s\nwant\n%s", got, want)
	}
}

func TestExplainWithAnotherCalendar(t *testing.T) {
	b, cal := official(t)
	c := start(t, "cmp-01", "2026-09-23")
	changed := cal.With(calendar.Year{Year: 2026})
	got := text(b, clock.Explain(b, changed, c), "zh-Hans")
	if !strings.HasSuffix(got, "算法 | 按放假安排版本 "+cal.Version()+" 计算 | \n10月8日 | 到期 | ") {
		t.Errorf("the stored day was derived with a calendar it was not counted with:\n%s", got)
	}
}

// Every term the repository ships can be derived in every language, with no gap left in a sentence.
// The titles of the notices are written in the characters of the reader; another one stays as it is.
func TestNoticeTitles(t *testing.T) {
	_, cal := official(t)
	for day := calendar.New(2018, 1, 1); day < calendar.New(2027, 1, 1); day = day.AddDays(1) {
		title := clock.Line{Args: map[string]string{"notice": cal.Notice(day)}}.Source(nil, "zh-Hant")
		if strings.ContainsAny(title, "国务厅关节动调长") || (title == "") != (cal.Notice(day) == "") {
			t.Fatalf("%s: %q", day, title)
		}
	}
}

func TestEveryTermIsWorded(t *testing.T) {
	b, cal := official(t)
	for _, term := range b.Terms() {
		last := term.Versions[len(term.Versions)-1]
		for _, from := range []string{"2026-02-01", "2026-09-23", "2026-12-31", last.From.String()} {
			if _, v, err := b.Term(term.ID, day(from)); err != nil || v.Length.Unit == statute.Prompt {
				continue // not in force that day, or without number: nothing is counted
			}
			c := start(t, term.ID, from)
			for _, lang := range clock.Langs {
				for _, l := range clock.Explain(b, cal, c) {
					if s := l.When(lang, 2026) + l.Text(lang); strings.ContainsAny(s, "{}") || l.Text(lang) == "" || l.When(lang, 2026) == "" {
						t.Errorf("%s from %s in %s: %q of %+v", term.ID, from, lang, s, l)
					}
				}
			}
		}
	}
}
