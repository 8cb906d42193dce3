package main

import (
	"fmt"
	"io"
	"strings"

	"yifa/internal/calendar"
	"yifa/internal/office"
	"yifa/internal/procedure"
	"yifa/internal/procedure/trial"
)

// printTried prints, in Simplified Chinese, a summary by organ and procedure, then each matter.
func printTried(w io.Writer, l *procedure.Law, tried office.Tried) {
	fmt.Fprintf(w, "看了 %d 件没有办结的事项，%d 件会有变化。\n", tried.Open, len(tried.Matters))
	if tried.Retold > 0 {
		fmt.Fprintf(w, "其中 %d 件是按同一版程序的另一份文本办的，已按现有文本对照。\n", tried.Retold)
	}
	for i := 0; i < len(tried.Matters); {
		n := i
		for n < len(tried.Matters) && together(tried.Matters[i], tried.Matters[n]) {
			n++
		}
		group := tried.Matters[i:n]
		fmt.Fprintf(w, "\n%s · %s：%d 件\n  %s\n", or(tried.Organs[group[0].Holder], group[0].Holder), titleOf(l, group[0].Procedure), len(group), sums(group))
		for _, c := range group {
			printChange(w, l, c)
		}
		i = n
	}
}

func together(a, b trial.Change) bool { return a.Holder == b.Holder && a.Procedure == b.Procedure }

func or(name, key string) string {
	if name == "" {
		return key
	}
	return name
}

func titleOf(l *procedure.Law, key string) string {
	if p, err := l.ByKey(key); err == nil {
		return p.Title + "（" + p.Version + "）"
	}
	return key
}

// sums counts what would change in some matters.
func sums(group []trial.Change) string {
	var moved, late, opens, closes, refused, lapses, gone int
	for _, c := range group {
		moved += len(c.Moved)
		for _, m := range c.Moved {
			if m.Late {
				late++
			}
		}
		opens, closes, refused, lapses = opens+len(c.Opens), closes+len(c.Closes), refused+len(c.Refused), lapses+len(c.Lapses)
		if c.Gone {
			gone++
		}
	}
	var parts []string
	for _, x := range []struct {
		n    int
		what string
	}{{moved, "个期限变动"}, {late, "个因此逾期"}, {opens, "步变为可办"}, {closes, "步变为不可办"}, {refused, "条记录按草案不能办"}, {lapses, "项期满后果"}, {gone, "件没有去处"}} {
		if x.n > 0 {
			parts = append(parts, fmt.Sprintf("%d %s", x.n, x.what))
		}
	}
	return strings.Join(parts, "，")
}

// printChange prints what would change in one matter.
func printChange(w io.Writer, l *procedure.Law, c trial.Change) {
	stage := c.Stage
	if p, err := l.ByKey(c.Procedure); err == nil && p.Stages.Get(stage) != nil {
		stage = p.Stages.Get(stage).Label
	}
	fmt.Fprintf(w, "  %s %s（%s）\n", c.Matter, c.Number, stage)
	switch {
	case c.Draft == "":
		fmt.Fprintln(w, "    草案里没有这个程序")
	case c.Gone:
		fmt.Fprintln(w, "    草案里没有它所在的环节")
	}
	if c.Becomes != "" {
		fmt.Fprintf(w, "    会在另一个环节：%s\n", c.Becomes)
	}
	for _, m := range c.Moved {
		fmt.Fprintf(w, "    %s：%s → %s，%s", m.Label, dayOr(m.Was), dayOr(m.Is), m.Why)
		if m.Late {
			fmt.Fprint(w, "，因此已经逾期")
		}
		fmt.Fprintln(w)
	}
	for _, x := range c.Lapses {
		fmt.Fprintf(w, "    期满后果：%s 已经“%s”\n", x.Day, x.Label)
	}
	for _, o := range c.Opens {
		fmt.Fprintf(w, "    变为可办：%s（%s）\n", o.Label, strings.Join(o.Roles, "、"))
	}
	for _, o := range c.Closes {
		fmt.Fprintf(w, "    变为不可办：%s（%s）\n", o.Label, strings.Join(o.Roles, "、"))
	}
	for _, r := range c.Refused {
		fmt.Fprintf(w, "    第 %d 条记录“%s”（%s）按草案不能办：%s\n", r.Seq, r.Label, r.On, r.Why)
	}
}

func dayOr(d calendar.Date) string {
	if d.IsZero() {
		return "没有"
	}
	return d.String()
}
