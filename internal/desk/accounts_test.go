package desk

import (
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"

	"yifa/internal/browser"
	"yifa/internal/demo"
	"yifa/internal/office/officetest"
)

var firstPassword = regexp.MustCompile(`id="first-password">([0-9a-z-]{24})<`)

// An administrator finds an account, gives a password that is shown once and must be changed, locks and unlocks, ends
// the sessions, and reads who did what and why; nobody else finds any of it.
func TestAccounts(t *testing.T) {
	s := openDesk(t)
	page := "/desk/accounts/" + officetest.Officer
	for _, path := range []string{"/desk/accounts", page, page + "/acts/lock", "/desk/new/register.account/create"} {
		s.as(officetest.Officer).Get(path).Is(t, http.StatusNotFound)
		s.as(officetest.Leader).Post(path, url.Values{"reason": {"x"}}).Is(t, http.StatusNotFound)
	}
	admin, owner := s.as(registrar), s.as(officetest.Officer)
	login := s.account(officetest.Officer).Login
	admin.Get("/desk/accounts").Is(t, http.StatusOK, "账号", "何予宁", login)
	admin.Get("/desk/accounts?q="+url.QueryEscape("予宁")+"&second=without&state=active").Is(t, http.StatusOK, "1 个账号", "蓬江区司法局")

	admin.Get("/desk/accounts?q="+url.QueryEscape("予宁")+"&state=unused").Is(t, http.StatusOK, "没有找到账号")
	admin.Get(page).Is(t, http.StatusOK, "重设密码", "取消第二凭证", "退出全部登录", "锁定", "停用", "正在登录的地方", "名录启用以前就有的账号")

	do := func(act, reason string) string {
		t.Helper()
		form := admin.Get(page+"/acts/"+act).Is(t, http.StatusOK)
		a := admin.Post(page+"/acts/"+act, form.ActForm(t, given("reason", reason)))
		if m := firstPassword.FindStringSubmatch(a.Body); m != nil {
			return m[1]
		}
		a.Leads(t, page+"?done="+act)
		admin.Get(a.To).Is(t, http.StatusOK, "已经办了", reason)
		return ""
	}
	do("end_sessions", "办公室的电脑没有退出")
	owner.Get("/desk").Leads(t, "/desk/sign-in?to=%2Fdesk")
	do("lock", "夜里有人连续试密码")
	admin.Get("/desk/accounts?q=heyuning&state=locked").Is(t, http.StatusOK, "1 个账号", "何予宁")
	owner.Post("/desk/sign-in", url.Values{loginField: {login}, passwordField: {demo.Password}}).Is(t, http.StatusUnauthorized)
	admin.Get(page+"/acts/lock").Is(t, http.StatusUnprocessableEntity)
	do("unlock", "查清了")
	first := do("reset", "忘了密码，当面核对了证件")
	if first == "" {
		t.Fatal("no password was told")
	}
	owner.Post("/desk/sign-in", url.Values{loginField: {login}, passwordField: {first}}).Leads(t, "/desk/sign-in?to=%2Fdesk")
	owner.Get("/desk").Leads(t, "/desk/sign-in?to=%2Fdesk")
	if a := admin.Get(page).Is(t, http.StatusOK, "一次性密码还没有换掉", "忘了密码", "夜里有人连续试密码", "罗静宜"); strings.Contains(a.Body, first) {
		t.Error("the password is shown twice")
	}
	silent := admin.Get("/desk/accounts/guo-shoucheng/acts/lock").Is(t, http.StatusOK) // made before there was a register
	admin.Post("/desk/accounts/guo-shoucheng/acts/lock", silent.ActForm(t, given("reason", "没有到任"))).Leads(t, "?done=lock")
	do("end", "借调到外市")
	admin.Get("/desk/accounts?state=ended").Is(t, http.StatusOK, "1 个账号", "何予宁")
	do("renew", "借调结束")
	admin.Post(page+"/acts/lock", url.Values{}).Is(t, http.StatusBadRequest, "写明理由")
	s.city.Sound()
}

// An administrator does nothing to his own account, and no act of the register is done but through the accounts.
func TestOwnAccount(t *testing.T) {
	s := openDesk(t)
	admin := s.as(registrar)
	own := "/desk/accounts/" + registrar
	admin.Get(own).Is(t, http.StatusOK, "由另一名管理员办理")
	for _, act := range []string{"reset", "remove_factor", "end_sessions", "lock", "end"} {
		admin.Get(own+"/acts/"+act).Is(t, http.StatusUnprocessableEntity, "这是您自己的账号")
		admin.Post(own+"/acts/"+act, url.Values{"reason": {"试试"}}).Is(t, http.StatusUnprocessableEntity, "这是您自己的账号", "试试")
	}
	admin.Get(own+"/acts/create").Is(t, http.StatusNotFound)
	admin.Get("/desk/accounts/nobody").Is(t, http.StatusNotFound)
	admin.Get("/desk").Is(t, http.StatusOK)
	s.city.Sound()
}

// An account is made for somebody new: what is wrong comes back with what was typed; the password is shown once.
func TestNewAccount(t *testing.T) {
	s := openDesk(t)
	admin := s.as(registrar)
	form := admin.Get(createPath+"?person=chen-xin").Is(t, http.StatusOK)
	if got := typedIn(t, form, "person"); got != "chen-xin" {
		t.Errorf("the form begins with the person %q", got)
	}
	typed := given("person", "chen-xin", "organ", "蓬江区司法局", "login", "heyuning", "name", "陈欣", "reason", "蓬司〔2026〕9号")
	admin.Post(createPath, form.ActForm(t, typed)).Is(t, http.StatusBadRequest, "这个账号已经有人用", "陈欣", "蓬司〔2026〕9号")
	typed.Set("login", "chenxin")
	a := admin.Post(createPath, form.ActForm(t, typed)).Is(t, http.StatusOK, "只在这里显示一次", "chenxin")
	if firstPassword.FindStringSubmatch(a.Body) == nil || a.Header.Get("Cache-Control") != "no-store" {
		t.Error("no password, or one that is kept: ", a.Header.Get("Cache-Control"))
	}
	admin.Post(createPath, form.ActForm(t, typed)).Is(t, http.StatusBadRequest, "已经有")
	admin.Get("/desk/accounts/chen-xin").Is(t, http.StatusOK, "陈欣", "没有登录过", "蓬司〔2026〕9号")
	admin.Get("/desk/people/chen-xin").Is(t, http.StatusOK, "/desk/accounts/chen-xin")
	s.city.Sound()
}

// Without JavaScript, on the narrowest screen and a phone in the dark, the pages of accounts are pages we may publish.
func TestAccountPages(t *testing.T) {
	for _, j := range []struct {
		view   browser.View
		prefix string
	}{{browser.Desktop, ""}, {browser.Narrow.WithoutScript(), "/en"}, {browser.Phone.InDark(), "/zh-hant"}} {
		t.Run(j.view.Name, func(t *testing.T) {
			s := openDesk(t)
			page := "/desk/accounts/" + officetest.Officer
			v := s.as(registrar)
			for _, act := range []string{"lock", "unlock"} {
				form := v.Get(page+"/acts/"+act).Is(t, http.StatusOK)
				v.Post(page+"/acts/"+act, form.ActForm(t, given("reason", "夜里有人连续试密码"))).Leads(t, page+"?done="+act)
			}
			s.as(officetest.Officer)
			w := &walk{Page: browser.New(t).Page(j.view), s: s, prefix: j.prefix, noScript: j.view.NoScript}
			w.signIn(registrar)
			for _, path := range []string{"/desk/accounts", page, page + "/acts/reset", createPath, "/desk/accounts/" + registrar} {
				w.open(path)
				w.Check(strings.ReplaceAll(strings.Trim(path, "/"), "/", "-"))
			}
		})
	}
}
