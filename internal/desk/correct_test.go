package desk

import (
	"testing"
	"time"

	"yifa/internal/browser"
	"yifa/internal/office/officetest"
	"yifa/internal/procedure"
)

// A head takes back an entry in the middle and enters late what happened earlier: without scripts, in three languages.
func TestCorrect(t *testing.T) {
	for _, j := range []struct {
		view   browser.View
		prefix string
	}{
		{browser.Desktop, ""}, {browser.Narrow.WithoutScript(), "/en"}, {browser.Phone.InDark().WithoutScript(), "/zh-hant"},
	} {
		t.Run(j.view.Name, func(t *testing.T) {
			s := openDesk(t)
			id, _ := s.city.Accepted()
			officer := s.city.As(officetest.Officer)
			s.city.Do(officer, id, "link_target", map[string][]string{"target": {"known"}, "complained_organ": {"440703002-zhzf"}, "officer_known": {"false"}})
			linked, _ := s.city.State(id).LastOf("link_target")
			s.city.Clock.Set(s.city.Clock.Now().Add(48 * time.Hour))
			s.city.Do(officer, id, "record_verification", map[string][]string{"method": {"file_review"}, "heard_organ": {"true"}, "findings": {"看过。"}})
			verified, _ := s.city.State(id).LastOf("record_verification")
			s.city.Do(officer, id, "propose_handling", map[string][]string{"result": {"substantiated"}, "opinion": {"属实。"}})
			w := &walk{Page: browser.New(t).Page(j.view), s: s, prefix: j.prefix, path: matterPath(id), noScript: j.view.NoScript}
			w.signIn(officetest.Head)
			w.open(w.path + "/acts/correct")
			w.Check("correct")
			w.Shot("correct")
			choose := func(seq int) {
				w.open(w.path + "/acts/correct")
				w.Press("input[name=" + procedure.VoidsField + `][value="` + itoa(seq) + `"]`)
				w.Fill("#reason", "登记错了。")
				w.Click(confirm)
			}
			choose(verified.Seq)
			w.Check("correct-refused")
			w.Shot("correct-refused")
			if st := s.city.State(id); len(st.Voided) != 0 {
				t.Errorf("voided %v", st.Voided)
			}
			choose(linked.Seq)
			if st := s.city.State(id); st.Voided[linked.Seq] == 0 || st.Stage != "proposed" {
				t.Errorf("stage %s, voided %v", st.Stage, st.Voided)
			}
			w.open(w.path)
			w.Check("corrected")
			w.Shot("corrected")
		})
	}
}
