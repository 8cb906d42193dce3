package desk

import (
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"yifa/internal/browser"
	"yifa/internal/office/officetest"
)

// In a real browser an official makes a passkey, signs in by it alone, shows by it once more who he is, and ends it. An
// answer is taken once.
func TestPasskey(t *testing.T) {
	s := openDesk(t)
	s.URL = strings.Replace(s.URL, "127.0.0.1", "localhost", 1) // an address of numbers has no passkeys
	a := s.account(officetest.Officer)
	p := browser.New(t).Page(browser.Desktop)
	p.Authenticator()
	p.Goto(s.URL + "/desk/sign-in")
	p.Fill("#"+loginField, a.Login)
	p.Fill("#"+passwordField, a.Password)
	p.Click("main form button")
	p.Goto(s.URL + securityPath)
	p.Check("security")
	p.Click("text:添加通行密钥")
	p.Check("security-passkey")
	p.Press("text:在这台设备上创建")
	settles(p, "通行密钥添加好了")
	p.Sees("通行密钥添加好了", "只显示这一次")
	p.Check("security-recovery")
	p.Goto(s.URL + "/desk/account")
	p.Click("text:退出登录")
	p.Press("text:用通行密钥")
	settles(p, "先办这些")
	s.city.Clock.Set(s.city.Clock.Now().Add(11 * time.Minute))
	p.Goto(s.URL + securityPath)
	p.Click("text:换一组恢复码")
	p.Sees("请确认是您本人")
	p.Check("prove")
	p.Press("text:用通行密钥")
	settles(p, "只显示这一次")
	p.Goto(s.URL + "/desk/account/sign-ins")
	p.Sees("登录成功", "再次确认是本人", "通行密钥", "Chrome Linux")
	p.Check("sign-ins")
	p.Goto(s.URL + securityPath)
	p.Click("text:不再用它")
	p.Goto(s.URL + "/desk/account")
	p.Click("text:退出登录")
	p.Press("text:用通行密钥")
	settles(p, "这个通行密钥不能登录")
	p.ConsoleErrors()
}

// A passkey stands in for the code of a program, and what is no answer lets nobody in.
func TestPasskeyWrong(t *testing.T) {
	s := openDesk(t)
	s.visitor().Post("/desk/sign-in", url.Values{passkeyField: {"ask"}}).Is(t, http.StatusUnauthorized, "这个通行密钥不能登录")
	s.URL = strings.Replace(s.URL, "127.0.0.1", "localhost", 1)
	v := s.visitor()
	asked := v.Post("/desk/sign-in", url.Values{passkeyField: {"ask"}, "to": {"/desk/matters"}}).Is(t, http.StatusUnauthorized, "用通行密钥登录")
	id := asked.Hidden(t, waitingField)
	for _, answer := range []string{"", "{}", `{"id":"AA","rawId":"AA","type":"public-key","response":{}}`, strings.Repeat("x", 100_000)} {
		v.Post("/desk/sign-in", url.Values{passkeyField: {answer}, waitingField: {id}}).Is(t, http.StatusUnauthorized, "这个通行密钥不能登录")
	}
}

// settles waits until the page shows a text: a passkey leads on without a click.
func settles(p *browser.Page, text string) {
	for range 100 {
		if strings.Contains(browser.Evaluate[string](p, "document.body ? document.body.innerText : ''"), text) {
			return
		}
		time.Sleep(50 * time.Millisecond)
	}
	p.Sees(text)
}
