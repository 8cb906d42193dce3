package compare

import (
	"fmt"

	"yifa/internal/calendar"
	"yifa/internal/clock"
	"yifa/internal/procedure"
	"yifa/internal/statute"
)

// sample is the day from which the effect of a changed limit is shown: a holiday lies soon after it.
var sample = calendar.New(2026, 9, 24)

func (c *changes) terms(a, b *procedure.Law) {
	was, is := termsOf(a), termsOf(b)
	for _, id := range keys(was, is) {
		old, had := was[id]
		t, has := is[id]
		switch {
		case !has:
			c.add("期限 "+id+" "+old.Title, "取消")
		case !had:
			c.add("期限 "+id+" "+t.Title, "新增：%s", t.Versions[len(t.Versions)-1].Length)
		default:
			c.term(a, b, old, t)
		}
	}
}

func termsOf(l *procedure.Law) map[string]statute.Term {
	out := map[string]statute.Term{}
	for _, t := range l.Book.Terms() {
		out[t.ID] = t
	}
	return out
}

func (c *changes) term(a, b *procedure.Law, was, is statute.Term) {
	where := "期限 " + is.ID + " " + is.Title
	old, now := was.Versions[len(was.Versions)-1], is.Versions[len(is.Versions)-1]
	before := len(c.list)
	c.moved(where, "期限", old.Length.String(), now.Length.String())
	c.moved(where, "适用开始日", old.From.String(), now.From.String())
	c.moved(where, "适用结束日", old.To.String(), now.To.String())
	c.valued(where, "方向", string(was.Direction), string(is.Direction))
	c.valued(where, "约束谁", was.Binds, is.Binds)
	c.valued(where, "最后一日遇休息日", was.Roll, is.Roll)
	c.moved(where, "从什么事起算", was.Anchor, is.Anchor)
	c.moved(where, "从送达起算", whether(was.Service), whether(is.Service))
	c.lists(where, "等到届满的期限", was.After, is.After)
	c.moved(where, "起算日、末日所依的规定", was.Follows.String(), is.Follows.String())
	c.moved(where, "交邮所依的规定", was.PostCite.String(), is.PostCite.String())
	c.moved(where, "期满的后果", was.Expiry, is.Expiry)
	c.lists(where, "延长", extensions(a, old), extensions(b, now))
	c.lists(where, "不计入期限", grounds(a, old), grounds(b, now))
	for _, sector := range keys(old.Profiles, now.Profiles) {
		c.moved(where, "部门规定 "+sector, old.Profiles[sector], now.Profiles[sector])
	}
	if len(c.list) > before {
		c.effect(where, dueOn(a, is.ID), dueOn(b, is.ID))
	}
	c.moved(where, "依据", old.Cite.String(), now.Cite.String())
	c.valued(where, "核对情况", string(old.Status), string(now.Status))
}

func whether(is bool) string {
	if is {
		return "是"
	}
	return "不是"
}

// effect shows what a change comes to on the sample day.
func (c *changes) effect(where, was, is string) {
	if was != is {
		c.add(where, "例如 %s 起算：原来%s，现在%s", sample, was, is)
	}
}

func dueOn(l *procedure.Law, term string) string {
	counted, err := clock.Count(l.Book, l.Calendar, clock.Ask{Term: term, From: calendar.DayOnly(sample)})
	if err != nil {
		return "没有确定的一天"
	}
	return "是 " + clock.DueAt(counted).String()
}

func extensions(l *procedure.Law, v statute.TermVersion) []string {
	var list []string
	for _, e := range v.Extend {
		list = append(list, fmt.Sprintf("%s，最多 %s，%d 次（%s）", l.Book.Word("granters", e.By, "zh-Hans"), e.Length, e.Times, e.Cite))
	}
	return list
}

func grounds(l *procedure.Law, v statute.TermVersion) []string {
	var list []string
	for _, g := range v.Suspend {
		list = append(list, fmt.Sprintf("%s（%s）", l.Book.Word("grounds", g.Ground, "zh-Hans"), g.Cite))
	}
	for _, g := range v.Exclude {
		list = append(list, fmt.Sprintf("%s（%s）", l.Book.Word("grounds", g.Ground, "zh-Hans"), g.Cite))
	}
	return list
}
