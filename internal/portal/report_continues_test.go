package portal

import (
	"net/http"
	"net/url"
	"strings"
	"testing"
)

// From a published outcome anybody reports on: what is public is filled in, the link is shown until the end and can be
// taken back; of the first report nothing else is shown.
func TestNotSolved(t *testing.T) {
	s := open(t, noLimits)
	first, outcome := s.city.Published()
	v := s.visitor()
	asked := "/report?continues=" + outcome.String()
	v.Get("/outcomes").Is(t, http.StatusOK, "还没有解决", asked)
	v.Get("/outcomes/"+outcome.String()).Is(t, http.StatusOK, "谁都可以接着这件结果再反映", asked)
	start := v.Get(asked).Is(t, http.StatusOK, "已经替您填好", "搬走桌椅没有出示证件", "没有出示证件")
	if start.Hidden(t, "continues") != outcome.String() || start.Hidden(t, "division") != "440703" {
		t.Error("the form does not send on what the address brought")
	}
	if body := v.Get("/poster?continues="+outcome.String()).Is(t, http.StatusOK).Body; strings.Contains(body, "/report?continues") {
		t.Error("a poster goes on from an outcome")
	}
	begin := func() string {
		return strings.TrimSuffix(v.Post("/report", url.Values{"continues": {outcome.String()}}).Leads(t, "/what").To, "what")
	}
	draft := begin()
	v.Get(draft+"what").Is(t, http.StatusOK, "您接着反映的是", "搬走桌椅没有出示证件", "不是接着这件结果反映的")
	v.fill(draft, url.Values{"account": {"昨天又来搬。"}, "wish": {"别再搬"}})
	check := v.Get(draft+"check").Is(t, http.StatusOK, "您接着反映的是", "搬走桌椅没有出示证件")
	v.submit(draft)
	receipt := v.Get(draft+"receipt").Is(t, http.StatusOK, "您接着反映的是", "搬走桌椅没有出示证件")
	v.Post("/track", url.Values{"code": {receipt.ReceiptCode(t)}})
	mine := v.Get("/track/matter").Is(t, http.StatusOK, "您接着反映的是", "搬走桌椅没有出示证件")
	for _, page := range []string{start.Body, check.Body, receipt.Body, mine.Body} {
		for _, secret := range []string{"三张折叠桌", "退还物品", first.String()} {
			if strings.Contains(page, secret) {
				t.Errorf("a page shows %q of the first report", secret)
			}
		}
	}
	draft = begin()
	v.Post(draft+"what", url.Values{"problem": {"inaction"}, "apart": {"1"}}).Leads(t, "/organ")
	if body := v.Get(draft+"what").Is(t, http.StatusOK).Body; strings.Contains(body, "您接着反映的是") {
		t.Error("the link was not taken back")
	}
}

// Whoever was answered finds on her page what to do when it is not solved: a second look while she may ask for one, a
// new report afterwards.
func TestTrackNotSolved(t *testing.T) {
	s := open(t, noLimits)
	id, receipt := s.city.Answered()
	v := s.visitor()
	v.Post("/track", url.Values{"code": {receipt.Code}})
	v.Get("/track/matter").Is(t, http.StatusOK, "还没有解决？", "可以申请重新办理", "最后一天", "/track/acts/ask_reopening")
	s.city.Do(s.city.Filer(id), id, "ask_reopening", fields{"reason": {"桌子没有还。"}})
	if body := v.Get("/track/matter").Is(t, http.StatusOK).Body; strings.Contains(body, "还没有解决？") {
		t.Error("it is asked about while it is being looked at again")
	}
	s.city.Do(s.city.As("zhen-ruotang"), id, "refuse_reopening", fields{"reason": {"没有新情况。"}, "remedies": {"reconsideration"}})
	v.Get("/track/matter").Is(t, http.StatusOK, "还没有解决？", "这件事已经申请过一次重新办理", "再提交一件")
}
