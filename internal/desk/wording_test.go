package desk

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"yifa/internal/browser"
	"yifa/internal/office/officetest"
)

// A suggested wording is written after what stands in its field, with what is known of the matter; nothing typed is lost,
// a blank that is left is refused by name, and what somebody else puts in such brackets is not.
func TestWording(t *testing.T) {
	s := openDesk(t)
	id, _ := s.city.Sorted()
	v := s.as(officetest.Head)
	path := matterPath(id) + "/acts/refuse"
	first := v.Get(path).Is(t, http.StatusOK, "参考写法（4）", "同一件事已经办结")
	typed := first.ActForm(t, url.Values{"ground": {"done_before"}, "explain": {"您好。"}, "remedies": {"petition"}, askWording: {"explain/done_before"}})
	written := v.Post(path, typed).Is(t, http.StatusOK, "您好。\n\n您反映的这件事，我们已经在【哪一天】办结（【编号】）。")
	for _, kept := range []string{`value="done_before" checked`, `value="petition" checked`} {
		if !strings.Contains(written.Body, kept) {
			t.Errorf("%s is lost", kept)
		}
	}
	send := written.ActForm(t, url.Values{"ground": {"done_before"}, "explain": {"已经在9月2日办结（【编号】）。"}, "remedies": {"petition"}})
	again := v.Post(path, send).Is(t, http.StatusBadRequest, "还有没填的：【编号】", "已经在9月2日办结（【编号】）。")
	send = again.ActForm(t, url.Values{"ground": {"done_before"}, "explain": {"已经在9月2日办结（江蓬执监诉〔2026〕1号），见【附件】。"}, "remedies": {"petition"}})
	v.Post(path, send).Leads(t, matterPath(id)+"?done=refuse")
	for _, bad := range []string{"explain/none", "nothing/done_before", "/"} {
		other, _ := s.city.Sorted()
		path := matterPath(other) + "/acts/refuse"
		page := v.Get(path).ActForm(t, url.Values{"explain": {"您好。"}, askWording: {bad}})
		if body := v.Post(path, page).Is(t, http.StatusOK, "您好。").Body; strings.Contains(body, "您好。\n\n") {
			t.Errorf("%s wrote something", bad)
		}
	}
}

// A wording is read and written, wide and on the narrowest phone without scripts.
func TestWordingJourney(t *testing.T) {
	for _, view := range []browser.View{browser.Desktop, browser.Narrow.WithoutScript()} {
		t.Run(view.Name, func(t *testing.T) {
			s := openDesk(t)
			id, _ := s.city.Accepted()
			w := &walk{Page: browser.New(t).Page(view), s: s, path: matterPath(id), noScript: view.NoScript}
			w.enter(officetest.Officer)
			w.open(w.path + "/acts/ask_supplement")
			w.Sees("参考写法（3）")
			w.Press("text:参考写法（3）")
			w.Check("wordings")
			w.Click("button[value='what/papers']")
			if !strings.Contains(w.Source(), ">请把您收到的【哪一份文书】拍照发给我们") {
				t.Error("the wording does not stand in its field")
			}
			w.Check("wording-written")
		})
	}
}
