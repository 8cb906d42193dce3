// Package compare says what a change of the law means: which limits are longer or shorter, what somebody may now do or no
// longer do, which conditions, questions and papers came or went. It reads two laws, or two versions of a procedure, and
// words the differences in Simplified Chinese for whoever has to sign them. It judges none of them, and applies nothing.
package compare

import (
	"fmt"
	"slices"
	"strings"

	"yifa/internal/procedure"
	"yifa/internal/statute"
)

// Change is one difference that matters in law.
type Change struct {
	Where string // 期限 cmp-01 是否受理
	What  string
}

// Laws compares two laws whole: statutes, terms, and of every procedure the newest version.
func Laws(a, b *procedure.Law) []Change {
	c := &changes{wasLaw: a, isLaw: b}
	c.statutes(a.Book, b.Book)
	c.terms(a, b)
	was, is := newest(a), newest(b)
	for _, id := range keys(was, is) {
		switch {
		case is[id] == nil:
			c.add("程序 "+id+" "+was[id].Title, "取消")
		case was[id] == nil:
			c.add("程序 "+id+" "+is[id].Title, "新增，%s 起立案的适用", is[id].Applies.OpenedFrom)
		case was[id].Hash != is[id].Hash:
			c.procedure(was[id], is[id])
		}
	}
	return c.list
}

// Procedures compares two versions of a procedure in one law.
func Procedures(l *procedure.Law, a, b *procedure.Procedure) []Change {
	c := &changes{wasLaw: l, isLaw: l}
	c.procedure(a, b)
	return c.list
}

func newest(l *procedure.Law) map[string]*procedure.Procedure {
	out := map[string]*procedure.Procedure{}
	for _, p := range l.All() {
		if old := out[p.ID]; old == nil || old.Applies.OpenedFrom <= p.Applies.OpenedFrom {
			out[p.ID] = p
		}
	}
	return out
}

// changes gathers; was and is are the versions compared just now.
type changes struct {
	list    []Change
	was, is *procedure.Procedure

	wasLaw, isLaw *procedure.Law // whose papers are read; nil: their words are not compared
}

func (c *changes) add(where, format string, args ...any) {
	c.list = append(c.list, Change{where, fmt.Sprintf(format, args...)})
}

// moved reports a value that is another now; empty is 无.
func (c *changes) moved(where, what, was, is string) {
	if was != is {
		c.add(where, "%s：原为%s，改为%s", what, or(was), or(is))
	}
}

// lists reports what came into and went out of a list.
func (c *changes) lists(where, what string, was, is []string) {
	for _, s := range was {
		if !slices.Contains(is, s) {
			c.add(where, "%s：不再有“%s”", what, s)
		}
	}
	for _, s := range is {
		if !slices.Contains(was, s) {
			c.add(where, "%s：新增“%s”", what, s)
		}
	}
}

func or(s string) string {
	if s == "" {
		return "无"
	}
	return "“" + s + "”"
}

// keys are the keys of both maps, in order.
func keys[T any](a, b map[string]T) []string {
	var list []string
	for _, m := range []map[string]T{a, b} {
		for k := range m {
			if !slices.Contains(list, k) {
				list = append(list, k)
			}
		}
	}
	slices.Sort(list)
	return list
}

func (c *changes) statutes(a, b *statute.Book) {
	was, is := map[string]statute.Statute{}, map[string]statute.Statute{}
	for _, s := range a.Statutes() {
		was[s.Key] = s
	}
	for _, s := range b.Statutes() {
		is[s.Key] = s
	}
	for _, key := range keys(was, is) {
		old, had := was[key]
		s, has := is[key]
		switch {
		case !has:
			c.add("法规 "+key+" "+old.Short, "不再收录")
		case !had:
			c.add("法规 "+key+" "+s.Short, "新收录")
		default:
			where := "法规 " + key + " " + s.Short
			c.lists(where, "版本", versions(old), versions(s))
			c.moved(where, "按工作日算的日数", old.Counts.Workdays, s.Counts.Workdays)
			c.provisions(where, old, s)
		}
	}
}

func versions(s statute.Statute) []string {
	var list []string
	for _, v := range s.Versions {
		text := v.ID + " 起"
		if v.To != 0 {
			text += "，到 " + v.To.AddDays(-1).String()
		}
		list = append(list, text)
	}
	return list
}

func (c *changes) provisions(where string, was, is statute.Statute) {
	of := func(s statute.Statute) map[string]string {
		m := map[string]string{}
		for _, p := range s.Provisions {
			m[p.At+"@"+p.Version] = string(p.Status)
		}
		return m
	}
	old, now := of(was), of(is)
	for _, at := range keys(old, now) {
		place := strings.TrimSuffix(at, "@")
		switch {
		case now[at] == "":
			c.add(where, "不再引用 %s", place)
		case old[at] == "":
			c.add(where, "新引用 %s", place)
		default:
			c.valued(where+" "+place, "核对情况", old[at], now[at])
		}
	}
}
