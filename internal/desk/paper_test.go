package desk

import (
	"errors"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"yifa/internal/browser"
	"yifa/internal/matter"
	"yifa/internal/office"
	"yifa/internal/office/officetest"
)

// openCase opens a supervision case that the officer handles.
func (s *site) openCase() matter.ID {
	s.t.Helper()
	done, err := s.city.Office.Perform(s.t.Context(), s.city.As(officetest.Officer), office.Act{Procedure: "supervision.case", Act: "register_clue", Fields: map[string][]string{
		"source": {"own_motion"}, "complained_organ": {"440703002-zhzf"}, "problem": {"no_identification"}, "title": {"检查没有出示证件"}, "summary": {"见到检查时没有出示证件。"}}})
	must(s.t, err)
	s.city.Do(s.city.As(officetest.Officer), done.Matter, "claim", nil)
	return done.Matter
}

// A paper goes from draft to file in the browser: what it lacks is told at its field, the preview stands beside the form,
// what was sent back is seen and compared, and the signed paper opens as PDF. With scripts and without, wide and narrow.
func TestPaperJourney(t *testing.T) {
	for _, view := range []browser.View{browser.Desktop, browser.Narrow.WithoutScript(), browser.Phone.InDark()} {
		t.Run(view.Name, func(t *testing.T) {
			s := openDesk(t)
			whole := s.openCase()
			w := &walk{Page: browser.New(t).Page(view), s: s, noScript: view.NoScript}
			w.enter(officetest.Officer)
			w.open(matterPath(whole) + "/acts/draft_paper")
			w.Press("input[name=kind][value=supervision_opinion]")
			w.Check("paper-kind")
			w.Click(confirm)
			w.Sees("起草")
			id := strings.Split(strings.TrimPrefix(w.URL(), s.URL+"/desk/matters/"), "?")[0]
			w.path = "/desk/matters/" + id
			w.open(w.path + "/acts/submit")
			w.Fill("#content\\.advised_what", "检查时没有出示证件一事")
			w.Click("text:预览")
			w.Sees("检查时没有出示证件一事进行了行政执法监督")
			w.Fill("#content\\.advised_facts", "2026年9月21日检查时没有出示证件。")
			w.Click(confirm)
			w.Sees("文书里要写明“依据”")
			w.Check("paper-lacks")
			w.Fill("#content\\.advised_basis", "《中华人民共和国行政处罚法》第五十五条。")
			w.Fill("#content\\.advised_asks", "一、检查时出示证件；\n二、组织培训。")
			w.Fill("#content\\.higher_supervisor", "江门市司法局")
			w.Click("text:取出正文")
			body := w.Value("#content\\.body_text")
			if !strings.Contains(body, "## 三、整改建议") || !strings.Contains(body, "三十日内整改落实") {
				t.Errorf("the text taken out is %q", body)
			}
			w.Fill("#content\\.body_text", strings.Replace(body, "三十日内", "", 1))
			w.Click(confirm)
			w.Sees("改写的正文里没有")
			w.Fill("#content\\.body_text", strings.Replace(body, "现将意见告知如下", "现提出意见如下", 1))
			w.Check("paper-filled")
			w.Click(confirm)
			w.Sees("核稿")
			w.enter(officetest.Officer2)
			w.open(w.path + "/draft")
			w.Check("paper-draft")
			w.open(w.path + "/acts/return_draft")
			w.Fill("#comments", "写明地点。")
			w.Click(confirm)
			w.enter(officetest.Officer)
			w.open(w.path + "/acts/submit")
			w.Sees("退回修改的意见", "写明地点。")
			w.Fill("#content\\.advised_facts", "2026年9月21日在东华一路检查时没有出示证件。")
			text := w.Value("#content\\.body_text")
			w.Fill("#content\\.body_text", strings.Replace(text, "2026年9月21日检查", "2026年9月21日在东华一路检查", 1))
			w.Click(confirm)
			w.open(w.path + "/draft/changes")
			if got := w.Text("ins"); got != "在东华一路" {
				t.Errorf("came in: %q", got)
			}
			w.Check("paper-changes")
			w.enter(officetest.Officer2)
			w.open(w.path + "/acts/pass_check")
			w.Click(confirm)
			w.enter(officetest.Leader)
			w.open(w.path + "/acts/sign")
			w.Check("paper-sign")
			w.Click(confirm)
			w.Sees("江蓬司监意〔2026〕1号")
			w.Check("paper-issued")
			w.Click("#papers .yifa-files a")
			w.Sees("现提出意见如下", "在东华一路", "三十日内整改落实")
			w.Check("paper-paper")
			w.open(matterPath(whole))
			w.Sees("签发了文书", "行政执法监督意见书")
			w.Check("paper-whole")
			if errs := w.ConsoleErrors(); len(errs) > 0 && !strings.Contains(strings.Join(errs, ""), "400") {
				t.Error(errs)
			}
		})
	}
}

// enter signs in as somebody, whoever was signed in before.
func (w *walk) enter(person string) {
	w.open("/desk/account")
	if !w.Has("#" + loginField) {
		w.Click("main form .govuk-button")
		w.open("/desk")
	}
	w.signInAgain(person)
}

// The files of a draft say on every page that they are one, and there are none once it is signed; a paper's DOCX is had by
// whoever may read the paper.
func TestDraftFiles(t *testing.T) {
	s := openDesk(t)
	whole := s.openCase()
	officer := s.city.As(officetest.Officer)
	done := s.city.Do(officer, whole, "draft_paper", map[string][]string{"kind": {"supervision_filing"}})
	filled := url.Values{}
	form, err := s.city.Office.Form(t.Context(), officer, done.Go, "submit_to_sign", nil)
	must(t, err)
	for _, f := range form.Fields {
		if f.Required {
			filled.Set(f.Name, "检查没有出示证件")
		}
	}
	v, path := s.as(officetest.Officer), matterPath(done.Go)
	v.Post(path+"/acts/submit_to_sign", v.Get(path+"/acts/submit_to_sign").Is(t, http.StatusOK, "例：").ActForm(t, filled)).Leads(t, path+"?done=submit_to_sign")
	for _, format := range []string{"pdf", "docx"} {
		if a := v.Get(path + "/draft/" + format); a.Status != http.StatusOK || !strings.Contains(a.Header.Get("Content-Disposition"), "%E8%8D%89%E7%A8%BF") {
			t.Errorf("%s: %d %s", format, a.Status, a.Header.Get("Content-Disposition"))
		}
	}
	v.Get(path+"/draft").Is(t, http.StatusOK, "草稿　　没有签发，不得使用")
	signed := s.city.Do(s.city.As(officetest.Head), done.Go, "sign", nil)
	if a := v.Get(path + "/draft/pdf"); a.Status != http.StatusNotFound {
		t.Errorf("a signed paper has a draft: %d", a.Status)
	}
	v.Get(documentPath(done.Go, signed.Seq)+"/docx").Is(t, http.StatusOK)
	if _, err := s.city.Office.PaperDraft(t.Context(), s.city.As(officetest.Stranger), done.Go); !errors.Is(err, office.ErrNotFound) {
		t.Errorf("a stranger sees the draft: %v", err)
	}
}
