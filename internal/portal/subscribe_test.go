package portal

import (
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"
	"time"

	"yifa/internal/web"
)

// subscribe asks on the form, as slowly as a person without script.
func (v *visitor) subscribe(path, email string) {
	v.t.Helper()
	form := v.Get(path).Is(v.t, http.StatusOK, "发送确认邮件")
	v.later(10 * time.Second)
	given := url.Values{"email": {email}, "pow": {form.Hidden(v.t, "pow")}, "pow_nonce": {""}}
	if u, err := url.Parse(path); err == nil {
		for name := range u.Query() {
			given.Set(name, form.Hidden(v.t, name))
		}
	}
	v.Post("/subscribe", given).Leads(v.t, "said=sent")
}

var linkInMail = regexp.MustCompile(`https://yifa\.example(/subscribe/[a-z2-7]+)`)

// link takes the only letter there is and gives the path it leads to.
func (s *site) link() string {
	s.t.Helper()
	list := s.city.Letters()
	if len(list) != 1 {
		s.t.Fatalf("%d letters: %q", len(list), list)
	}
	s.city.Burn()
	return linkInMail.FindStringSubmatch(list[0])[1]
}

// Whoever wants to be told of results says so twice, and stops by one press or by the program that reads her mail. To look
// changes nothing, and no answer tells whether an address is known.
func TestSubscribe(t *testing.T) {
	s := openAt(t, noLimits, "https://yifa.example")
	v := s.visitor()
	_, one := s.city.Published()
	v.Get("/outcomes?place=440703&period=2026").Is(t, http.StatusOK, "有新的公开结果时发邮件告诉我", "/subscribe?place=440703")
	v.Get("/outcomes/"+one.String()).Is(t, http.StatusOK, "这件结果更正、撤下时发邮件告诉我")
	v.Get("/subscribe?one="+one.String()).Is(t, http.StatusOK, "搬走桌椅没有出示证件", "邮箱封存")
	v.subscribe("/subscribe?place=440703", "kanarie@example.org")
	v.Get("/subscribe?place=440703&said=sent").Is(t, http.StatusOK, "请查收确认邮件", "蓬江区")
	link := s.link()
	for range 2 { // also by a server that looks into mails
		v.Get(link).Is(t, http.StatusOK, "还没有开始", "确认订阅", "蓬江区")
		v.Get(link+"/leave").Is(t, http.StatusOK, "还没有开始")
	}
	v.Post(link, nil).Leads(t, "said=confirmed")
	page := v.Get(link+"?said=confirmed").Is(t, http.StatusOK, "订阅好了", "退订", "再延长一年")
	if page.Header.Get("Cache-Control") != "no-store" || strings.Contains(page.Body, "kanarie") {
		t.Error("the page of a link may be stored, or shows the address")
	}
	v.subscribe("/subscribe?place=440703", "kanarie@example.org") // known now: the same answer
	s.link()
	mail := s.visitor() // a program with no cookie of ours
	mail.Post(link+"/leave", url.Values{"List-Unsubscribe": {"One-Click"}}).Is(t, http.StatusOK, "已经退订", "邮箱已经删除")
	v.Get(link).Is(t, http.StatusNotFound, "这个订阅不在了")
	v.Post(link, nil).Is(t, http.StatusNotFound, "这个订阅不在了")
	v.Get("/en/subscribe/00").Is(t, http.StatusNotFound, "There is nothing to follow here")
	v.Post("/subscribe/00/leave", nil).Is(t, http.StatusNotFound)
	if strings.Contains(s.log.String(), "kanarie") || strings.Contains(s.log.String(), strings.TrimPrefix(link, "/subscribe/")) {
		t.Error("the log holds the address or the link")
	}
}

// What cannot be taken says which field and loses nothing typed; what is not there is not found; too many are held back.
func TestSubscribeRefuses(t *testing.T) {
	s := openAt(t, map[web.Class]web.Rule{classSend: {Every: time.Minute, Burst: 4}}, "https://yifa.example")
	v := s.visitor()
	token := v.Get("/subscribe?place=440703").Hidden(t, "pow")
	given := url.Values{"email": {"nobody@"}, "place": {"440703"}, "pow": {token}, "pow_nonce": {""}}
	bad := v.Post("/subscribe", given).Is(t, http.StatusUnprocessableEntity, "请输入完整的邮箱地址", "nobody@", "#email")
	if bad.Hidden(t, "place") != "440703" {
		t.Error("the place was lost")
	}
	given.Set("email", "kanarie@example.org")
	v.Post("/subscribe", given).Is(t, http.StatusUnprocessableEntity, "kanarie@example.org") // sooner than a person types
	given.Set("place", "nowhere")
	v.Post("/subscribe", given).Is(t, http.StatusNotFound)
	v.Get("/subscribe?organ=nobody").Is(t, http.StatusNotFound)
	v.Get("/subscribe?one=!!!").Is(t, http.StatusNotFound)
	v.Get("/subscribe?one=0000000000001").Is(t, http.StatusNotFound)
	if n := len(s.city.Letters()); n != 0 {
		t.Errorf("%d letters", n)
	}
	v.Post("/subscribe", given)
	v.Post("/subscribe", given).Is(t, http.StatusTooManyRequests)
}

// Where no mail can say where to look, nothing offers it.
func TestSubscribeNowhere(t *testing.T) {
	s := open(t, noLimits)
	v := s.visitor()
	if a := v.Get("/outcomes"); strings.Contains(a.Body, "/subscribe") {
		t.Error("offered")
	}
	v.Get("/subscribe").Is(t, http.StatusOK, "现在还不能用邮件订阅", "订阅这个列表（Atom）")
}
