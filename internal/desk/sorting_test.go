package desk

import (
	"net/url"
	"strings"
	"testing"

	"yifa/internal/browser"
	"yifa/internal/office/officetest"
)

// A suggestion is taken over by a link: the form opens with it filled in and says so; what the form does not offer is not.
func TestSorting(t *testing.T) {
	s := openDesk(t)
	fields := officetest.Report()
	delete(fields, "organ")
	fields["account"] = []string{"蓬江城管搬走了三张折叠桌。"}
	id := s.city.File(fields).ID
	v := s.as(officetest.Officer)
	page := v.Get(matterPath(id)).Body
	want := matterPath(id) + "/acts/link_target?complained_organ=440703-cgzf&amp;target=known"
	if !strings.Contains(page, want) || !strings.Contains(page, "提交人写了“蓬江城管”") {
		t.Fatalf("no link %s in %s", want, page)
	}
	form := v.Get(strings.ReplaceAll(want, "&amp;", "&")).Body
	if !strings.Contains(form, `value="known" checked`) || !strings.Contains(form, "这一项是从分流参考带来的") {
		t.Errorf("the form does not begin with what was taken over: %s", form)
	}
	form = v.Get(matterPath(id) + "/acts/link_target?" + url.Values{"complained_organ": {"<b>no</b>"}, "basis": {"typed by a stranger"}}.Encode()).Body
	if strings.Contains(form, "这一项是从分流参考带来的") || strings.Contains(form, "typed by a stranger") {
		t.Error("a link fills in what the form does not offer")
	}
}

// TestSortingJourney: an officer takes a suggested organ over, then joins what may be the same thing; wide, and on the
// narrowest phone without scripts.
func TestSortingJourney(t *testing.T) {
	for _, view := range []browser.View{browser.Desktop, browser.Narrow.WithoutScript()} {
		t.Run(view.Name, func(t *testing.T) {
			s := openDesk(t)
			lead, _ := s.city.Accepted()
			fields := officetest.Report()
			delete(fields, "organ")
			fields["account"] = []string{"白沙街道综合执法的人没有出示证件，搬走了我的三张折叠桌。"}
			id := s.city.File(fields).ID
			w := &walk{Page: browser.New(t).Page(view), s: s, path: matterPath(id), noScript: view.NoScript}
			w.enter(officetest.Officer)
			w.open(w.path)
			w.Sees("分流参考", "可能重复的事项", "同一个地方")
			w.Check("sorting-help")
			w.Click("#sorting a[href*=link_target]")
			w.Sees("这一项是从分流参考带来的")
			w.Check("sorting-taken")
			w.Click(confirm)
			w.open(w.path)
			w.Click("#sorting a[href*='acts/join']")
			w.Fill("#join_reason", "同一单位、同一天，都说搬走三张折叠桌。")
			w.Check("join-form")
			w.Click(confirm)
			w.Sees("合并核查，并到这件")
			w.Check("joined")
			w.open(matterPath(lead))
			w.Sees("合并核查，并入的一件")
			w.Check("join-lead")
		})
	}
}
