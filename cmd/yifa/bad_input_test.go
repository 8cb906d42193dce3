package main

import (
	"encoding/base64"
	"io"
	"net"
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"sync"
	"testing"
	"time"
	"unicode/utf8"

	"yifa/internal/identity"
	"yifa/internal/matter"
	"yifa/internal/web/webtest"
)

const script = `<script>alert(1)</script>"><img src=x onerror=alert(2)>{{7*7}}`

// accepted is a matter that the handler works on, and its filer looking at it.
func (s *town) accepted() (filer *visitor, id matter.ID, code string) {
	s.t.Helper()
	filer = s.visitor()
	id, code = filer.file(complaintForm(), nil)
	filer.Track(code)
	s.sorted(id, "he-yuning", fields{"target": {"known"}, "complained_organ": {"440703-scjg"}})
	s.Do(s.As("he-yuning"), id, "accept", fields{"scope": {"有没有出示证件。"}})
	return filer, id, code
}

// run runs a part of a test on this town: what fails inside fails the part.
func (s *town) run(name string, f func(*testing.T)) {
	whole := s.t
	whole.Run(name, func(t *testing.T) {
		s.t = t
		defer func() { s.t = whole }()
		f(t)
	})
}

func TestBadInput(t *testing.T) {
	s := open(t)
	filer, id, code := s.accepted()
	handler, path := s.official("he-yuning"), "/desk/matters/"+id.String()
	s.run("codes", func(t *testing.T) {
		v := s.visitor()
		for typed, why := range map[string]string{
			identity.NewReceiptCode().Grouped(): "没有找到这个回执码", "1111 1111 1111 1111": "有一位输错了", "1234": "请输入回执上的 16 位数字", script: "请输入回执上的 16 位数字", "": "请输入回执上的 16 位数字",
		} {
			v.Post("/track", url.Values{"code": {typed}}).Told(t, http.StatusUnprocessableEntity, why, typed)
		}
		v.Post("/track", url.Values{"code": {strings.Repeat("1", 100_000)}}).Told(t, http.StatusUnprocessableEntity)
	})
	s.run("files", func(t *testing.T) { s.badFiles(t, filer, handler, path) })
	s.run("long texts", func(t *testing.T) { s.longTexts(t, handler, path) })
	s.run("addresses", func(t *testing.T) { s.badAddresses(t, handler, path) })
	s.run("other sites", func(t *testing.T) { s.otherSites(t, handler, path) })
	s.run("keys", func(t *testing.T) { s.badKeys(t, handler, id) })
	s.run("characters", func(t *testing.T) { s.badCharacters(t, filer, handler, path) })
	s.run("filters", func(t *testing.T) { s.badFilters(t, handler) })
	s.run("sign in", func(t *testing.T) { s.badSignIn(t) })
	s.run("headers", func(t *testing.T) { s.badRequests(t) })
	s.run("two tabs", func(t *testing.T) { s.twoTabs(t, filer, handler, id) })
	filer.Track(code)
	s.Sound()
}

// A file that is too large or no file of those kinds: told at the field, and the text beside it comes back.
func (s *town) badFiles(t *testing.T, filer, handler *visitor, path string) {
	draft := s.visitor().write(complaintForm(), nil)
	large, strange := map[string][]byte{"大.mp4": make([]byte, 50<<20)}, map[string][]byte{"坏.exe": []byte("MZ not a picture")}
	v := s.visitor()
	v.Upload(draft+"files", nil, large).Told(t, http.StatusUnprocessableEntity, "20 MB")
	v.Upload(draft+"files", nil, strange).Told(t, http.StatusUnprocessableEntity, "坏.exe")
	v.Upload(draft+"files", nil, map[string][]byte{"空.jpg": nil}).Told(t, http.StatusUnprocessableEntity)
	v.Upload(draft+"files", nil, map[string][]byte{script + "../../etc/passwd.exe": []byte("MZ")}).Told(t, http.StatusUnprocessableEntity)
	v.Get(draft+"check").Is(t, http.StatusOK, "榕荫路 18 号", "三张折叠桌")
	for _, files := range []map[string][]byte{large, strange} {
		filer.Upload("/track/acts/message_staff", url.Values{"message": {"这段话不能丢"}}, files).Told(t, http.StatusUnprocessableEntity, "这段话不能丢")
		handler.Upload(path+"/acts/note", url.Values{"note": {"这段话不能丢"}}, files).Told(t, http.StatusBadRequest, "这段话不能丢")
		handler.Upload("/desk/new/supervision.complaint/record_report", url.Values{"account": {"这段话不能丢"}}, files).Told(t, http.StatusBadRequest, "这段话不能丢")
	}
	for _, a := range []webtest.Answer{filer.Get("/track/matter"), handler.Get(path)} {
		if strings.Contains(a.Body, "这段话不能丢") {
			t.Error("what was refused was kept")
		}
	}
}

// A text of the longest length is taken; with one character more it is told which field, and comes back whole.
func (s *town) longTexts(t *testing.T, handler *visitor, path string) {
	longest := strings.Repeat("长", 10_000)
	v := s.visitor()
	v.file(with(complaintForm(), "account", longest), nil)
	draft := v.write(complaintForm(), nil)
	a := v.Post(draft+"story", url.Values{"account": {longest + "句"}, "wish": {"退还物品"}}).Told(t, http.StatusUnprocessableEntity, "发生了什么", "退还物品")
	if !strings.Contains(a.Body, longest+"句") {
		t.Error("the portal lost what was too long")
	}
	verify := url.Values{"method": {"file_review"}, "heard_organ": {"true"}}
	a = handler.Post(path+"/acts/record_verification", with(verify, "findings", longest+"句")).Told(t, http.StatusBadRequest, "查到什么")
	if !strings.Contains(a.Body, longest+"句") {
		t.Error("the desk lost what was too long")
	}
	note := strings.Repeat("长", 5_000)
	handler.act(idIn(t, path), "note", url.Values{"note": {note}}).Leads(t, "#notes")
	handler.Post(path+"/acts/note", url.Values{"note": {note + "句"}}).Told(t, http.StatusBadRequest, note+"句")
	v.Post("/track", url.Values{"code": {strings.Repeat("1", 2<<20)}}).Told(t, http.StatusRequestEntityTooLarge)
	handler.Post(path+"/acts/note", url.Values{"note": {strings.Repeat("a", 2<<20)}}).Told(t, http.StatusRequestEntityTooLarge)
}

func idIn(t *testing.T, path string) matter.ID {
	t.Helper()
	id, err := matter.ParseID(strings.Split(path, "/")[3])
	must(t, err)
	return id
}

// Addresses nobody gave out, and methods no form of ours uses.
func (s *town) badAddresses(t *testing.T, handler *visitor, path string) {
	for _, address := range []string{"/nothing", "/en/nothing", "/zh-hant/desk/nothing", "/desk/nothing", "/desk/matters/", "/report/d/", "/report/d/x/what/y/z", "/help/nothing",
		"/outcomes/%00", "/outcomes/" + strings.Repeat("a", 5000), "/desk/matters/%ff%fe", path + "/files/1/filer/-1", path + "/files/1/filer/99999999999999999999",
		path + "/files/1/..%2f..%2f/0", path + "/documents/-1", path + "/documents/x", path + "/acts/%3Cscript%3E", "/help/..%2f..%2fetc%2fpasswd", "/desk/new/..%2f/x"} {
		handler.Get(address).Told(t, http.StatusNotFound)
	}
	for _, address := range []string{"/static/../../../etc/passwd", "/static/..%2f..%2fgo.mod", "/static/%2e%2e/static.go", "/static/yifa.000000000000.css", "/static/"} {
		if a := handler.Get(address); a.Status != http.StatusNotFound && a.Status != http.StatusMovedPermanently && a.Status != http.StatusTemporaryRedirect && a.Status != http.StatusPermanentRedirect || strings.Contains(a.Body, "root:") {
			t.Errorf("%s: %d", address, a.Status)
		}
	}
	handler.Get("/report/d/"+strings.Repeat("b", 32)+"/what").Told(t, http.StatusGone)
	handler.Get("/report/d/"+url.PathEscape(script)+"/what").Told(t, http.StatusGone)
	for _, method := range []string{http.MethodPut, http.MethodDelete, http.MethodPatch, http.MethodOptions, "PROPFIND"} {
		for _, address := range []string{"/", "/report", "/track", "/desk", path, path + "/acts/note"} {
			r, err := http.NewRequest(method, s.url+address, nil)
			must(t, err)
			if a := handler.Send(r); a.Status < 400 || a.Status >= 500 {
				t.Errorf("%s %s: %d", method, address, a.Status)
			}
		}
	}
	handler.Post("/outcomes", nil).Told(t, http.StatusNotFound)
	handler.Post("/desk/leader", nil).Told(t, http.StatusNotFound)
}

// A form of another site does nothing here.
func (s *town) otherSites(t *testing.T, handler *visitor, path string) {
	for _, header := range [][2]string{{"Origin", "https://evil.example"}, {"Origin", "null"}, {"Origin", s.url + ".evil.example"}, {"Sec-Fetch-Site", "cross-site"}, {"Sec-Fetch-Site", "same-site"}} {
		for address, form := range map[string]string{"/report": "", "/track": "code=1", path + "/acts/note": "note=von+draussen", "/desk/sign-in": "desk-login=x&desk-password=y", "/desk/sign-out": "", "/desk/bulk": "act=claim"} {
			r, err := http.NewRequest(http.MethodPost, s.url+address, strings.NewReader(form))
			must(t, err)
			r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
			r.Header.Set(header[0], header[1])
			handler.Send(r).Told(t, http.StatusForbidden)
		}
	}
	if a := handler.Get(path).Is(t, http.StatusOK); strings.Contains(a.Body, "von draussen") {
		t.Error("another site wrote a note")
	}
	r, err := http.NewRequest(http.MethodPost, s.url+"/track", strings.NewReader("code=1"))
	must(t, err)
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	r.Header.Set("Origin", s.url)
	handler.Send(r).Told(t, http.StatusUnprocessableEntity)
}

// A key for another body, a revision that never was: told, nothing done twice.
func (s *town) badKeys(t *testing.T, handler *visitor, id matter.ID) {
	path := "/desk/matters/" + id.String() + "/acts/note"
	page := handler.Get(path).Is(t, http.StatusOK)
	form := url.Values{"rev": {page.Hidden(t, "rev")}, "key": {page.Hidden(t, "key")}, "note": {"第一次写的"}}
	handler.Post(path, form).Leads(t, "#notes")
	handler.Post(path, form).Leads(t, "#notes") // a second tap
	if n := strings.Count(handler.Get("/desk/matters/"+id.String()).Body, "第一次写的"); n != 1 {
		t.Errorf("the note stands %d times", n)
	}
	handler.Post(path, with(form, "note", "第二次写的")).Told(t, http.StatusUnprocessableEntity, "第二次写的")
	for _, rev := range []string{"", "x", "-1", "0", "99999999", "99999999999999999999", "1e3", "1' or '1'='1"} {
		a := handler.Post("/desk/matters/"+id.String()+"/acts/hand_over", url.Values{"rev": {rev}, "key": {strings.Repeat("k", 10_000)}, "person": {"nobody"}, "reason": {"写了一半"}})
		if a.Status < 400 || a.Status >= 500 {
			t.Errorf("rev %q: %d", rev, a.Status)
		}
		a.Told(t, a.Status, "写了一半")
	}
	for _, key := range []string{strings.Repeat("k", 100_000), "\x00", "' or 1=1 --", "é\u202e"} {
		if a := handler.Post(path, url.Values{"key": {key}, "note": {"钥匙" + time.Now().String()}}); a.Status >= 500 {
			t.Errorf("key %.20q: %d", key, a.Status)
		}
	}
}

// Control characters, broken UTF-8, directions and scripts: taken as text or refused, and shown as text everywhere.
func (s *town) badCharacters(t *testing.T, filer, handler *visitor, path string) {
	v := s.visitor()
	for _, text := range []string{script, "a\x00b\x01\x1b[31m", "\xff\xfe\xc3\x28", "\u202e倒过来\u2066", strings.Repeat("\r\n", 50) + "行", "𠮷野家👨‍👩‍👧", "%s%n%d", "' ; drop table matter; --"} {
		line := strings.ReplaceAll(text, "\r\n", " ") // of a field that takes one line
		form := with(complaintForm(), "account", "写："+text, "wish", text, "place", line, "officer_hint", line, "happened_about", line, "identity", "named", "name", "写："+line, "phone", line, "email", line)
		if strings.ContainsAny(text, "\x00\x01\x1b\u202e\u2066") { // cannot be kept: told at the field, on both doors
			draft := v.write(complaintForm(), nil)
			pages := []webtest.Answer{v.Post(draft+"story", url.Values{"account": {"写：" + text}, "wish": {"别的"}}).Told(t, http.StatusUnprocessableEntity, "发生了什么", "控制字符", "别的"),
				handler.Post(path+"/acts/note", url.Values{"note": {"写：" + text}}).Told(t, http.StatusBadRequest, "记录内容", "控制字符"), v.Get(draft + "story"), v.Get(draft + "check")}
			s.asText(t, text, pages)
			continue
		}
		draft := v.write(form, nil)
		pages := []webtest.Answer{v.Get(draft + "check"), v.Get(draft + "story"), v.Get(draft + "who"), v.Get(draft + "later?at=" + url.QueryEscape(text))}
		id, code := v.send(draft)
		desk := "/desk/matters/" + id.String()
		pages = append(pages, v.Track(code), handler.Get(desk), handler.Get(desk+"/record"),
			filer.Post("/track/acts/message_staff", url.Values{"message": {"写：" + text}}), filer.Get("/track/matter"),
			handler.Post(path+"/acts/note", url.Values{"note": {"写：" + text}}), handler.Get(path),
			handler.Get("/desk/matters?q="+url.QueryEscape(text)), v.Get("/report/d/x/organ?q="+url.QueryEscape(text)), v.Get("/track?said="+url.QueryEscape(text)),
			handler.Get(path+"?done="+url.QueryEscape(text)), filer.Get("/track/matter?done="+url.QueryEscape(text)),
			v.Post("/desk/sign-in", url.Values{"desk-login": {text}, "desk-password": {text}, "to": {text}}))
		sort := url.Values{"stream": {"about_enforcement"}, "title": {"写：" + text}, "summary": {"写：" + text}, "reason": {text}}
		handler.Post(desk+"/acts/link_target", url.Values{"target": {"unknown"}, "basis": {text}})
		pages = append(pages, handler.Post(desk+"/acts/sort", sort), handler.Get(desk), handler.Get("/desk/matters"), v.Get("/track/matter"), handler.Post("/desk/bulk", url.Values{"m": {text}, "act": {text}, "key": {text}, "back": {text}}))
		s.asText(t, text, pages)
	}
}

// asText fails the test where a page breaks over a text or shows it as anything but text.
func (s *town) asText(t *testing.T, text string, pages []webtest.Answer) {
	t.Helper()
	for i, a := range pages {
		if a.Status >= 500 {
			t.Errorf("%q: page %d: %d", text, i, a.Status)
		}
		for _, live := range []string{"<script>alert", "<img src=x", "\x00", "\x1b", "onerror=alert(2)>{{7*7}}\"", "\uFFFD"} {
			if strings.Contains(a.Body, live) {
				t.Errorf("%q: page %d holds %q:\n%s", text, i, live, around(a.Body, live))
			}
		}
		if !utf8.ValidString(a.Body) {
			t.Errorf("%q: page %d is not UTF-8", text, i)
		}
	}
}

func around(body, what string) string {
	at := strings.Index(body, what)
	return body[max(0, at-200):min(len(body), at+200)]
}

// Nothing in an address reaches the database as more than a value.
func (s *town) badFilters(t *testing.T, handler *visitor) {
	forged := func(json string) string { return base64.RawURLEncoding.EncodeToString([]byte(json)) }
	all := len(regexp.MustCompile(`href="/desk/matters/\w{13}"`).FindAllString(handler.Get("/desk/matters").Body, -1))
	for _, name := range []string{"q", "scope", "due", "stage", "organ", "closed", "after", "sort", "order", "limit"} {
		for _, value := range []string{"' or 1=1 --", "x'; drop table matter; --", "%", "_", "\\", "\x00", "1) union select 1", strings.Repeat("长", 4000), "-1", "☃",
			forged(`{}`), forged(`{"Sort":99999999999999999999}`), forged(`{"ID":"x","Day":-1}`), forged(`[1]`), forged(`"' or 1=1"`), forged(`null`)} {
			a := handler.Get("/desk/matters?" + name + "=" + url.QueryEscape(value))
			if a.Status != http.StatusOK {
				t.Errorf("%s=%.40q: %d", name, value, a.Status)
			}
			if n := len(regexp.MustCompile(`href="/desk/matters/\w{13}"`).FindAllString(a.Body, -1)); n > all {
				t.Errorf("%s=%.40q shows %d matters of %d", name, value, n, all)
			}
			if a := handler.Get("/outcomes?" + name + "=" + url.QueryEscape(value)); a.Status != http.StatusOK {
				t.Errorf("/outcomes?%s=%.40q: %d", name, value, a.Status)
			}
		}
	}
}

// A wrong password is told without saying which half is wrong; many lock the account; nobody is led off the site.
func (s *town) badSignIn(t *testing.T) {
	v := s.visitor()
	s.official("chen-wanqing").Post("/desk/sign-out", nil)
	wrong := v.Post("/desk/sign-in", url.Values{"desk-login": {"chen-wanqing"}, "desk-password": {"wrong"}}).Told(t, http.StatusUnauthorized, "chen-wanqing")
	nobody := v.Post("/desk/sign-in", url.Values{"desk-login": {"chen-wanqinh"}, "desk-password": {"wrong"}}).Told(t, http.StatusUnauthorized)
	if strings.ReplaceAll(wrong.Body, "chen-wanqing", "") != strings.ReplaceAll(nobody.Body, "chen-wanqinh", "") {
		t.Error("a name that exists is told apart")
	}
	v.Post("/desk/sign-in", url.Values{"desk-login": {"chen-wanqing"}}).Told(t, http.StatusUnauthorized)
	v.Post("/desk/sign-in", url.Values{"desk-login": {strings.Repeat("x", 10_000)}, "desk-password": {strings.Repeat("y", 100_000)}}).Told(t, http.StatusUnauthorized)
	locked := ""
	for range 25 {
		a := v.Post("/desk/sign-in", url.Values{"desk-login": {"chen-wanqing"}, "desk-password": {"wrong"}}).Told(t, http.StatusUnauthorized)
		if m := regexp.MustCompile(`请过 (\d+ (?:分钟|秒))再试`).FindStringSubmatch(a.Body); m != nil {
			locked = m[1]
		}
	}
	if locked == "" || locked == "0 秒" {
		t.Errorf("after many wrong passwords one is to wait %q", locked)
	}
	for _, to := range []string{"//evil.example", "https://evil.example", "/\\evil.example", "javascript:alert(1)", "/desk/..//evil.example", "/desk\r\nX: y", "/desk//evil.example", "/track"} {
		a := s.visitor().Post("/desk/sign-in", url.Values{"desk-login": {"he-yuning"}, "desk-password": {"Jiangmen-Demo-2026"}, "to": {to}})
		if u, err := url.Parse(a.To); a.Status != http.StatusSeeOther || err != nil || u.Host != "" || !strings.HasPrefix(a.To, "/") || strings.HasPrefix(a.To, "//") {
			t.Errorf("signing in with to=%q leads to %q (%d)", to, a.To, a.Status)
		}
	}
	for _, token := range []string{"", "x", strings.Repeat("a", 4000), "../../etc"} {
		r, err := http.NewRequest(http.MethodGet, s.url+"/desk", nil)
		must(t, err)
		r.AddCookie(&http.Cookie{Name: "yifa_desk", Value: token})
		r.AddCookie(&http.Cookie{Name: "yifa_track", Value: token})
		s.visitor().Send(r).Leads(t, "to=%2Fdesk")
	}
}

// Requests that no browser sends.
func (s *town) badRequests(t *testing.T) {
	for _, request := range []string{
		"GET / HTTP/1.1\r\nHost: x\r\nCookie: " + strings.Repeat("a", 2<<20) + "\r\n\r\n",
		"GET / HTTP/1.1\r\n\r\n", "GET / HTTP/9.9\r\nHost: x\r\n\r\n", "nonsense\r\n\r\n",
		"POST /track HTTP/1.1\r\nHost: x\r\nContent-Type: multipart/form-data; boundary=x\r\nContent-Length: 3\r\n\r\nabc",
		"POST /track HTTP/1.1\r\nHost: x\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: 8\r\n\r\ncode=%zz",
		"POST /desk/sign-in HTTP/1.1\r\nHost: x\r\nContent-Type: multipart/form-data; boundary=x\r\nContent-Length: 3\r\n\r\nabc",
		"POST /track HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
	} {
		c, err := net.Dial("tcp", strings.TrimPrefix(s.url, "http://"))
		must(t, err)
		must(t, c.SetDeadline(time.Now().Add(10*time.Second)))
		_, _ = io.WriteString(c, request) // the server may hang up before the end
		head := make([]byte, 12)
		n, _ := io.ReadFull(c, head)
		if n == 12 && (head[9] != '4') && !strings.HasPrefix(string(head[9:]), "505") {
			t.Errorf("%.60q: %s", request, head)
		}
		must(t, c.Close())
	}
}

// Two tabs of one person, and of two people, do the same act: one does it, the other is told what came between and loses
// nothing.
func (s *town) twoTabs(t *testing.T, filer, handler *visitor, id matter.ID) {
	path := "/desk/matters/" + id.String() + "/acts/record_verification"
	page := handler.Get(path).Is(t, http.StatusOK)
	tabs := make([]webtest.Answer, 2)
	var wg sync.WaitGroup
	for i, key := range []string{"first-tab", "second-tab"} {
		wg.Go(func() {
			form := url.Values{"rev": {page.Hidden(t, "rev")}, "key": {key}, "method": {"file_review"}, "heard_organ": {"true"}, "findings": {"标签页写的" + key}}
			tabs[i] = handler.Post(path, form)
		})
	}
	wg.Wait()
	if tabs[0].Status != http.StatusSeeOther {
		tabs[0], tabs[1] = tabs[1], tabs[0]
	}
	tabs[0].Leads(t, "done=record_verification")
	tabs[1].Told(t, http.StatusConflict, "标签页写的", "自己又办过这件")
	one, two := filer.Get("/track/acts/withdraw"), filer.Get("/track/acts/withdraw")
	withdraw := func(a webtest.Answer, reason string) webtest.Answer {
		return filer.Post("/track/acts/withdraw", url.Values{"rev": {a.Hidden(t, "rev")}, "key": {a.Hidden(t, "key")}, "reason": {reason}})
	}
	withdraw(one, "一").Leads(t, "#top")
	withdraw(two, "第二个标签页写的").Told(t, http.StatusConflict, "第二个标签页写的")
}

// A clock set back a day, or a month: acts are refused or stand, the record stays whole, and nothing breaks.
func TestClockSetBack(t *testing.T) {
	s := open(t)
	filer, id, _ := s.accepted()
	now := s.Clock.Now().AddDate(0, 0, 3)
	s.Clock.Set(now)
	s.Do(s.As("he-yuning"), id, "note", fields{"note": {"三天以后"}})
	handler := s.official("he-yuning")
	for _, back := range []time.Duration{24 * time.Hour, 30 * 24 * time.Hour} {
		s.Clock.Set(now.Add(-back))
		for i, a := range []webtest.Answer{handler.Get("/desk"), handler.Get("/desk/matters/" + id.String()), filer.Get("/track/matter"),
			handler.Post("/desk/matters/"+id.String()+"/acts/note", url.Values{"note": {"钟拨回了"}}),
			handler.Post("/desk/matters/"+id.String()+"/acts/record_verification", url.Values{"method": {"file_review"}, "heard_organ": {"true"}, "findings": {"钟拨回了"}}),
			filer.Post("/track/acts/message_staff", url.Values{"message": {"钟拨回了"}}), filer.Post("/track/acts/withdraw", url.Values{"reason": {"钟拨回了"}})} {
			if a.Status >= 500 {
				t.Errorf("set back %v: answer %d: %d:\n%s", back, i, a.Status, a.Text())
			}
			if a.Status >= 400 && i > 2 && back < 48*time.Hour { // on a day before it began there is no such matter for staff
				a.Told(t, a.Status, "钟拨回了")
			}
		}
	}
	s.Clock.Set(now)
	handler.Get("/desk/matters/"+id.String()).Is(t, http.StatusOK)
	s.Sound()
}

// A report whose draft has run out goes on in a new one with what was just typed.
func TestExpiredForm(t *testing.T) {
	s := open(t)
	v := s.visitor()
	draft := v.write(complaintForm(), nil)
	s.Clock.Set(s.Clock.Now().Add(25 * time.Hour))
	v.Get(draft+"story").Told(t, http.StatusGone)
	v.Post(draft+"story", url.Values{"account": {"写了一天"}, "wish": {"退还"}}).Told(t, http.StatusGone, "写了一天", "退还")
	v.Post(draft+"check", url.Values{"pow": {"x"}}).Told(t, http.StatusGone)
	handler, _, id := s.official("he-yuning"), 0, s.File(fields(complaintForm())).ID
	path := "/desk/matters/" + id.String() + "/acts/note"
	handler.Get(path).Is(t, http.StatusOK)
	s.Clock.Set(s.Clock.Now().Add(9 * time.Hour))
	a := handler.Post(path, url.Values{"note": {"写了九个小时"}}).Told(t, http.StatusUnauthorized)
	if got := a.Hidden(t, "note"); got != "写了九个小时" {
		t.Fatalf("the sign-in page carries %q", got)
	}
	handler.Post(path, url.Values{"note": {"写了九个小时"}, "desk-login": {"he-yuning"}, "desk-password": {"Jiangmen-Demo-2026"}}).Leads(t, "#notes")
	handler.Get("/desk/matters/"+id.String()).Is(t, http.StatusOK, "写了九个小时")
}
