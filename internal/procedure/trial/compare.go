package trial

import (
	"fmt"
	"maps"
	"slices"

	"yifa/internal/calendar"
	"yifa/internal/matter"
	"yifa/internal/statute"
)

// standingAt is a matter and where it stands in one of the courses.
type standingAt struct {
	Matter
	state matter.State
}

// moved compares the clocks that are not over.
func moved(was, is side, before, after matter.State) []Moved {
	var out []Moved
	keys := map[string]bool{}
	for key := range before.Clocks {
		keys[key] = true
	}
	for key := range after.Clocks {
		keys[key] = true
	}
	for _, key := range slices.Sorted(maps.Keys(keys)) {
		a, had := before.Clocks[key]
		b, has := after.Clocks[key]
		open := had && live(a) || has && live(b)
		if !open || had && has && a.Due == b.Due && a.Status == b.Status && a.Left == b.Left {
			continue
		}
		m := Moved{Clock: key, Label: label(was, is, key), Why: why(a, b, had, has)}
		if had && live(a) {
			m.Was = a.Due
		}
		if has && live(b) {
			m.Is = b.Due
		}
		today := is.t.Today
		m.Late = !m.Is.IsZero() && m.Is < today && (m.Was.IsZero() || m.Was >= today)
		out = append(out, m)
	}
	return out
}

func live(c matter.Clock) bool { return c.Status == matter.Running || c.Status == matter.Suspended }

func label(was, is side, key string) string {
	if def := is.p.ClockOf(key); def != nil {
		return def.Label
	}
	if def := was.p.ClockOf(key); def != nil {
		return def.Label
	}
	return key
}

// units are those of clocks as the law writes them.
var units = map[statute.Unit]string{statute.Workday: "工作日", statute.Day: "日", statute.Hour: "小时", statute.Minute: "分钟", statute.Month: "个月", statute.Year: "年"}

// why says in words what makes the day another, the first that holds.
func why(a, b matter.Clock, had, has bool) string {
	length := func(c matter.Clock) string { return fmt.Sprintf("%d %s", c.Length, units[statute.Unit(c.Unit)]) }
	switch {
	case !has:
		return "不再计时"
	case !had:
		return "新增计时：" + length(b)
	case live(a) && !live(b):
		return "已经停止计时"
	case live(b) && !live(a):
		return "仍在计时"
	case a.Status != b.Status && b.Status == matter.Suspended:
		return "正在暂停计时"
	case a.Status != b.Status:
		return "不再暂停计时"
	case a.Term != b.Term:
		return fmt.Sprintf("改用另一个期限：原为 %s（%s），改为 %s（%s）", a.Term, length(a), b.Term, length(b))
	case a.Length != b.Length || a.Unit != b.Unit:
		return "期限原为 " + length(a) + "，改为 " + length(b)
	case a.Anchor != b.Anchor:
		return fmt.Sprintf("原从 %s 起算，改从 %s 起算", a.Anchor, b.Anchor)
	case a.Rolls != b.Rolls:
		return "最后一日遇休息日的算法变了"
	case len(a.Spans) != len(b.Spans):
		return "暂停或者不计入的时间变了"
	}
	return "日历变了"
}

// offered compares which acts are open today.
func offered(was, is side, at [2]standingAt) (opens, closes []Offer) {
	before := was.p.Offers(was.l, at[0].state, was.snapshot(at[0].Matter))
	after := is.p.Offers(is.l, at[1].state, is.snapshot(at[1].Matter))
	return more(is, after, before), more(was, before, after)
}

// more lists what one side offers beyond another.
func more(s side, these, those map[string][]string) []Offer {
	var out []Offer
	for _, act := range slices.Sorted(maps.Keys(these)) {
		var roles []string
		for _, role := range these[act] {
			if !slices.Contains(those[act], role) {
				roles = append(roles, s.p.Text("zh-Hans", "roles."+role+".label"))
			}
		}
		if len(roles) > 0 {
			out = append(out, Offer{Act: act, Label: s.named(act), Roles: roles})
		}
	}
	return out
}

// named is what an act is called, its name where the law has no such act.
func (s side) named(act string) string {
	for _, a := range s.p.Acts(act) {
		return a.Label
	}
	return act
}

// refused lists what only the draft refuses.
func refused(is side, order []matter.Entry, before, after played) []Refused {
	var out []Refused
	for _, e := range order {
		no := after.refused[e.Seq]
		if no == nil || before.refused[e.Seq] != nil {
			continue
		}
		what, _ := is.p.Say(no, "zh-Hans")
		name := is.named(e.Act)
		if name == e.Act {
			if p, err := is.t.Law.ByHash(e.Hash); err == nil {
				name = side{t: is.t, p: p}.named(e.Act)
			}
		}
		out = append(out, Refused{Seq: e.Seq, Act: e.Act, Label: name, On: e.Happened.Day, Reason: no.Reason, Why: what, Cite: no.Cite})
	}
	return out
}

// lapses lists what only the draft would have brought about by today.
func lapses(was, is side, before, after matter.State) []Lapse {
	done := map[string]calendar.Date{}
	for _, x := range was.p.Lapses(before, was.t.Today) {
		done[x.Clock] = x.Day
	}
	var out []Lapse
	for _, x := range is.p.Lapses(after, is.t.Today) {
		if done[x.Clock] != x.Day {
			out = append(out, Lapse{Clock: x.Clock, Act: x.Act, Label: is.named(x.Act), Day: x.Day})
		}
	}
	return out
}
