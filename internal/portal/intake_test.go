package portal

import (
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"yifa/internal/browser"
	"yifa/internal/matter"
	"yifa/internal/office"
	"yifa/internal/web/pow"
)

// registrar keeps the registers of the demo city.
const registrar = "luo-jingyi"

// proofsOnly has an administrator take only reports with a proof of work.
func (s *site) proofsOnly() matter.ID {
	s.t.Helper()
	done, err := s.city.Office.Perform(s.t.Context(), s.city.As(registrar), office.Act{Procedure: "register.intake", Act: "take_proofs",
		Fields: map[string][]string{"flood_reason": {"一小时来了三千份，写法都一样。"}}})
	must(s.t, err)
	s.city.Know()
	return done.Matter
}

// sends sends a report without a proof, after the time a person needs.
func (v *visitor) sends(draft string) string {
	v.t.Helper()
	form := url.Values{"pow": {v.Get(draft+"check").Hidden(v.t, "pow")}, "pow_nonce": {""}}
	v.later(10 * time.Second)
	return v.Post(draft+"check", form).To
}

// While only reports with a proof are taken everybody is told so before the first question; one without waits, loses nothing,
// and is filed by itself when the twelve hours are over; one with a proof is filed at once.
func TestProofsOnly(t *testing.T) {
	s := open(t, nil)
	v := s.visitor()
	usual := func() {
		t.Helper()
		if strings.Contains(v.Get("/report").Body, "提交要先过一道小计算") {
			t.Error("it is said although it is not so")
		}
	}
	usual()
	s.proofsOnly()
	v.Get("/report").Is(t, http.StatusOK, "现在提交要先过一道小计算", "2026年9月24日 08:14", "您的浏览器没有运行脚本")
	v.Get("/en/report").Is(t, http.StatusOK, "Sending takes a small sum just now")
	draft := v.begin()
	v.fill(draft, nil)
	v.Get(draft+"check").Is(t, http.StatusOK, "现在提交要先过一道小计算")
	wait := v.sends(draft)
	if !strings.Contains(wait, "/wait?turn=") {
		t.Fatalf("without a proof: %s", wait)
	}
	v.Get(wait).Is(t, http.StatusOK, "还差一道小计算", "2026年9月24日 08:14 恢复平时的收法", "您填写的都已经保存")
	v.Get("/zh-hant"+wait).Is(t, http.StatusOK, "還差一道小計算")

	other := s.visitor()
	with := other.begin()
	other.fill(with, nil)
	token := other.Get(with+"check").Hidden(t, "pow")
	other.Post(with+"check", url.Values{"pow": {token}, "pow_nonce": {pow.Solve(token)}}).Leads(t, "/receipt")

	s.later(12 * time.Hour)
	usual()
	v.Get(wait).Leads(t, "/receipt")
}

// An administrator ends it early, and whoever waited is served.
func TestProofsOnlyEnded(t *testing.T) {
	s := open(t, nil)
	id := s.proofsOnly()
	v := s.visitor()
	draft := v.begin()
	v.fill(draft, nil)
	wait := v.sends(draft)
	v.Get(wait).Is(t, http.StatusOK, "还差一道小计算")
	s.city.Do(s.city.As(registrar), id, "restore", map[string][]string{"reason": {"没有人在排队了。"}})
	s.city.Know()
	v.Get(wait).Leads(t, "/receipt")
}

// What a person sees meanwhile, looked at; with script the page finds the proof and leads to the receipt by itself.
func TestProofsOnlyInBrowser(t *testing.T) {
	s := open(t, nil)
	s.proofsOnly()
	v := s.visitor()
	draft := v.begin()
	v.fill(draft, nil)
	wait := v.sends(draft)
	for _, view := range []browser.View{browser.Desktop, browser.Phone, browser.Narrow.WithoutScript()} {
		p := browser.New(t).Page(view)
		p.Goto(s.URL + "/report")
		p.Check("portal-proofs-start")
		p.Goto(s.URL + draft + "check")
		p.Check("portal-proofs-check")
	}
	p := browser.New(t).Page(browser.Phone)
	p.Goto(s.URL + wait)
	for end := time.Now().Add(60 * time.Second); !strings.HasSuffix(browser.Evaluate[string](p, "location.pathname"), "/receipt"); {
		if time.Now().After(end) {
			t.Fatal("the page does not lead to the receipt")
		}
		time.Sleep(200 * time.Millisecond)
	}
}
