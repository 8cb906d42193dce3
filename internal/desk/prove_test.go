package desk

import (
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/pquerna/otp/totp"

	"yifa/internal/browser"
	"yifa/internal/demo"
	"yifa/internal/matter"
	"yifa/internal/office"
	"yifa/internal/office/officetest"
)

const (
	acceptLabel = "确认受理"
	scopeText   = "有没有出示证件，有没有开清单。"
)

// later moves the clock of the city on.
func (s *site) later(d time.Duration) { s.city.Clock.Set(s.city.Clock.Now().Add(d)) }

// stage is where a matter stands, as its page says.
func (s *site) isAt(id matter.ID, stage string) {
	s.t.Helper()
	s.as(officetest.Officer).Get(matterPath(id)).Is(s.t, http.StatusOK, stage)
}

// An act that signs asks in its own form who sends it, once the last proof is old. A wrong password does nothing and
// loses nothing; the right one does the act, and the record says how and when, without a secret.
func TestSigningAsksWho(t *testing.T) {
	s := openDesk(t)
	id, _ := s.city.Sorted()
	v := s.as(officetest.Officer)
	path := matterPath(id) + "/acts/accept"
	if page := v.Get(path).Is(t, http.StatusOK, acceptLabel); strings.Contains(page.Body, proveField) {
		t.Error("asked again right after signing in")
	}
	stale := v.Get(path).ActForm(t, url.Values{"scope": {scopeText}}) // shown while the proof was fresh
	s.later(11 * time.Minute)
	v.Post(path, stale).Is(t, http.StatusUnauthorized, "核对本人", "已经超过 10 分钟", scopeText, "current-password")
	s.isAt(id, "已分流")
	form := v.Get(path).Is(t, http.StatusOK, "核对本人", "10 分钟内不再问").ActForm(t, url.Values{"scope": {scopeText}, proveField: {"wrong password"}})
	again := v.Post(path, form).Is(t, http.StatusUnauthorized, "密码不对", scopeText, acceptLabel)
	if strings.Contains(again.Body, "wrong password") {
		t.Error("the password stands in the page")
	}
	form = again.ActForm(t, url.Values{"scope": {scopeText}})
	v.Post(path, form).Is(t, http.StatusUnauthorized, scopeText) // nothing shown at all
	s.isAt(id, "已分流")
	form.Set(proveField, demo.Password)
	v.Post(path, form).Leads(t, matterPath(id)+"?done=accept")
	s.isAt(id, "核查中")
	v.Get(matterPath(id)+"/record").Is(t, http.StatusOK, "核对本人", "密码，", "9月23日")
	if page := v.Get(matterPath(id)+"/acts/ask_supplement").Is(t, http.StatusOK); strings.Contains(page.Body, proveField) {
		t.Error("asked again within ten minutes")
	}
	s.city.Sound()
}

// Somebody who copied a session cannot sign: without the password nothing is done, too many tries wait, and once the
// owner has shown who he is the copy is out.
func TestStolenSessionSignsNothing(t *testing.T) {
	s := openDesk(t)
	id, _ := s.city.Sorted()
	owner, thief := s.as(officetest.Officer), s.visitor()
	thief.Client.Jar = copyJar(t, owner)
	s.later(6 * time.Minute)
	thief.Get("/desk").Is(t, http.StatusOK)
	s.later(6 * time.Minute)
	path := matterPath(id) + "/acts/accept"
	form := thief.Get(path).Is(t, http.StatusOK, "核对本人").ActForm(t, url.Values{"scope": {scopeText}})
	thief.Post(path, form).Is(t, http.StatusUnauthorized)
	for _, guess := range []string{"123456", "Jiangmen-Demo-2025", "password", "admin888", "qwertyuiop12", "Jiangmen-Demo-2024", "jiangmen", "440703"} {
		form.Set(proveField, guess)
		thief.Post(path, form).Is(t, http.StatusUnauthorized, scopeText)
	}
	form.Set(proveField, demo.Password) // even the right one waits now
	thief.Post(path, form).Is(t, http.StatusUnauthorized, "再试")
	s.city.Clock.Set(s.city.Clock.Now().Add(-6 * time.Minute)) // inside the owner's ten minutes a wrong password still does nothing
	form.Set(proveField, "123456")
	thief.Post(path, form).Is(t, http.StatusUnauthorized)
	bulk := url.Values{"act": {"accept"}, "filled": {"1"}, "key": {"k"}, "scope": {scopeText}, "m": {id.String() + ":4"}}
	s.later(20 * time.Minute)
	thief.Post("/desk/bulk", bulk).Is(t, http.StatusUnauthorized, "核对本人", scopeText)
	s.later(20 * time.Minute)
	s.isAt(id, "已分流")
}

// copyJar is the cookies of a visitor.
func copyJar(t *testing.T, v *visitor) http.CookieJar {
	t.Helper()
	at, err := url.Parse(v.site.URL)
	must(t, err)
	jar, err := cookiejar.New(nil)
	must(t, err)
	jar.SetCookies(at, v.Client.Jar.Cookies(at))
	return jar
}

// token is what the cookie of a visitor's session holds.
func (v *visitor) token(t *testing.T) string {
	t.Helper()
	at, err := url.Parse(v.site.URL)
	must(t, err)
	for _, c := range v.Client.Jar.Cookies(at) {
		if c.Name == sessionCookie {
			return c.Value
		}
	}
	t.Fatal("no session")
	return ""
}

// The owner shows who he is: whoever copied his session before is out.
func TestProofEndsCopies(t *testing.T) {
	s := openDesk(t)
	id, _ := s.city.Sorted()
	owner, thief := s.as(officetest.Officer), s.visitor()
	thief.Client.Jar = copyJar(t, owner)
	s.later(11 * time.Minute)
	path := matterPath(id) + "/acts/accept"
	owner.Post(path, owner.Get(path).ActForm(t, url.Values{"scope": {scopeText}, proveField: {demo.Password}})).Leads(t, "done=accept")
	thief.Get("/desk").Leads(t, "/desk/sign-in?to=%2Fdesk")
}

// A code does as well as the password, and no code does twice.
func TestSigningByCode(t *testing.T) {
	s := openDesk(t)
	id, _ := s.city.Sorted()
	v := s.as(officetest.Officer)
	r, err := s.city.Office.ReaderOf(t.Context(), v.token(t), "")
	must(t, err)
	secret, err := s.city.Office.NewCodes(t.Context(), r, "依法")
	must(t, err)
	code := func() string {
		c, err := totp.GenerateCode(secret.Secret, s.city.Clock.Now())
		must(t, err)
		return c
	}
	_, err = s.city.Office.ConfirmCodes(t.Context(), r, code(), office.From{})
	must(t, err)
	s.later(11 * time.Minute)
	path := matterPath(id) + "/acts/accept"
	form := v.Get(path).Is(t, http.StatusOK, "动态口令").ActForm(t, url.Values{"scope": {scopeText}, proveCodeField: {"000000"}})
	v.Post(path, form).Is(t, http.StatusUnauthorized, "口令不对", scopeText)
	form.Set(proveCodeField, code())
	used := form.Get(proveCodeField)
	v.Post(path, form).Leads(t, "done=accept")
	v.Get(matterPath(id)+"/record").Is(t, http.StatusOK, "核对本人", "动态口令，")
	s.later(11 * time.Minute)
	path = matterPath(id) + "/acts/ask_supplement"
	v.Post(path, v.Get(path).ActForm(t, url.Values{"what": {"照片"}, proveCodeField: {used}})).Is(t, http.StatusUnauthorized, "口令不对")
}

// Files that a page in between cannot keep are asked for again before anything is done.
func TestFilesWaitForNobody(t *testing.T) {
	s := openDesk(t)
	id, _ := s.city.Accepted()
	v, a := s.as(officetest.Officer), s.account(officetest.Officer)
	path := matterPath(id) + "/acts/add_files"
	form := v.Get(path).ActForm(t, nil)
	v.Post("/desk/sign-out", nil).Leads(t, "out=1")
	wait := v.Upload(path, form, map[string][]byte{"a.txt": []byte("现场笔录")}).Is(t, http.StatusUnauthorized, "请重新选择")
	again := wait.ActForm(t, url.Values{loginField: {a.Login}, passwordField: {a.Password}, lostField: {wait.Hidden(t, lostField)}})
	v.Post(path, again).Is(t, http.StatusUnprocessableEntity, "请重新选择")
}

// In a real browser, by a passkey: the form goes on by itself, with all that was typed.
func TestSigningByPasskey(t *testing.T) {
	s := openDesk(t)
	s.URL = strings.Replace(s.URL, "127.0.0.1", "localhost", 1)
	id, _ := s.city.Sorted()
	a := s.account(officetest.Officer)
	p := browser.New(t).Page(browser.Desktop)
	p.Authenticator()
	p.Goto(s.URL + "/desk/sign-in")
	p.Fill("#"+loginField, a.Login)
	p.Fill("#"+passwordField, a.Password)
	p.Click("main form button")
	p.Goto(s.URL + securityPath)
	p.Click("text:添加通行密钥")
	p.Press("text:在这台设备上创建")
	settles(p, "通行密钥添加好了")
	s.later(11 * time.Minute)
	p.Goto(s.URL + matterPath(id) + "/acts/accept")
	p.Sees("核对本人")
	p.Check("act-proof")
	p.Fill("#scope", scopeText)
	p.Press("text:用通行密钥核对并提交")
	settles(p, "核查中")
	p.Goto(s.URL + matterPath(id) + "/record")
	p.Sees("核对本人", "通行密钥，")
	p.ConsoleErrors()
}
