package portal

import (
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"yifa/internal/browser"
	"yifa/internal/web"
	"yifa/internal/web/pow"
)

// slow lets one report through every second, and one without a proof every three.
var slow = map[web.Class]web.Rule{classReport: {Every: time.Minute, Burst: 30, Global: 1, Spare: 1}}

// crowd sends reports in the same moment, without script, and gives the first that has to wait.
func (v *visitor) crowd() (draft, wait string) {
	v.t.Helper()
	var drafts []string
	var forms []url.Values
	for range 4 {
		draft := v.begin()
		v.fill(draft, nil)
		drafts, forms = append(drafts, draft), append(forms, url.Values{"pow": {v.Get(draft+"check").Hidden(v.t, "pow")}, "pow_nonce": {""}})
	}
	v.later(10 * time.Second)
	for i, form := range forms {
		if a := v.Post(drafts[i]+"check", form); strings.Contains(a.To, "/wait?turn=") {
			return drafts[i], a.To
		}
	}
	v.t.Fatal("nobody waits")
	return "", ""
}

// Whoever is one of too many keeps what she wrote, gets a place, and her report is filed by itself when it is her turn.
func TestWait(t *testing.T) {
	s := open(t, slow)
	v := s.visitor()
	draft, wait := v.crowd()
	v.Get(wait).Is(t, http.StatusOK, "正在排队", "轮到时自动提交", "看看轮到没有")
	if !strings.Contains(v.Get(wait).Body, `<noscript><meta http-equiv="refresh"`) {
		t.Error("without script the page does not look again")
	}
	v.Get("/en"+wait).Is(t, http.StatusOK, "You are in line")
	v.Get("/zh-hant"+wait).Is(t, http.StatusOK, "正在排隊")
	if strings.Contains(v.Get(draft+"check").Body, "/wait?turn=") {
		t.Error("the check page gives the place away")
	}
	v.Get(draft+"wait?turn=forged").Leads(t, "/check")
	other := v.begin()
	v.Get(other+"wait"+wait[strings.Index(wait, "?"):]).Leads(t, "/check") // the ticket of one draft is none of another
	s.later(4 * time.Second)
	v.Get(wait).Leads(t, "/receipt")
	v.Get(draft+"receipt").Is(t, http.StatusOK).ReceiptCode(t)
	v.Get(wait).Leads(t, "/receipt") // a second tab
}

// A proof found while waiting moves a person up without a new place, and costs her nothing she had.
func TestWaitProof(t *testing.T) {
	s := open(t, slow)
	v := s.visitor()
	_, wait := v.crowd()
	page := v.Get(wait).Is(t, http.StatusOK)
	token := page.Hidden(t, "pow")
	form := url.Values{"turn": {page.Hidden(t, "turn")}, "pow": {token}, "pow_nonce": {pow.Solve(token)}}
	action := wait[:strings.Index(wait, "wait?")] + "check"
	a := v.Post(action, form)
	if !strings.HasSuffix(a.To, "/receipt") {
		s.later(2 * time.Second) // sooner than without
		v.Get(a.To).Leads(t, "/receipt")
	}
	v.Post(action, form).Leads(t, "/receipt")
}

// Pages saved faster than anybody writes are not kept, and come back with all that was typed.
func TestNotKept(t *testing.T) {
	s := open(t, map[web.Class]web.Rule{classDraft: {Every: time.Minute, Burst: 3}})
	v := s.visitor()
	draft := v.begin()
	form := url.Values{"problem": {"inaction"}}
	for range 3 {
		v.Post(draft+"what", form).Leads(t, "/organ")
	}
	v.Post(draft+"story", url.Values{"account": {"写了很久的经过"}}).Is(t, http.StatusTooManyRequests, "写了很久的经过", "这一页还没有保存")
	v.Post(draft+"story/save", url.Values{"account": {"x"}}).Is(t, http.StatusTooManyRequests)
	other := v.begin()
	v.Post(other+"what", form).Leads(t, "/organ") // another draft is not held up
}

// With script, a waiting page finds the proof and leads to the receipt by itself.
func TestWaitInBrowser(t *testing.T) {
	s := open(t, slow)
	v := s.visitor()
	_, wait := v.crowd()
	for _, view := range []browser.View{browser.Desktop, browser.Phone, browser.Phone.InDark()} {
		p := browser.New(t).Page(view)
		p.Goto(s.URL + "/en" + wait)
		p.Check("portal-wait-en")
		p.Goto(s.URL + wait)
		p.Check("portal-wait")
	}
	p := browser.New(t).Page(browser.Phone)
	p.Goto(s.URL + wait)
	s.later(5 * time.Second)
	for end := time.Now().Add(30 * time.Second); !strings.HasSuffix(browser.Evaluate[string](p, "location.pathname"), "/receipt"); {
		if time.Now().After(end) {
			t.Fatal("the page does not lead to the receipt")
		}
		time.Sleep(200 * time.Millisecond)
	}
}
