package portal

import (
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"yifa/internal/identity"
)

// A code that cannot be, is mistyped, or is nobody's is told apart; what was typed stays.
func TestCodes(t *testing.T) {
	s := open(t, noLimits)
	v := s.visitor()
	for typed, want := range map[string]string{
		"":                                  "请输入回执上的 16 位数字",
		"1234":                              "请输入回执上的 16 位数字",
		"abcd efgh ijkl mnop":               "请输入回执上的 16 位数字",
		"1111 1111 1111 1111":               "有一位输错了",
		identity.NewReceiptCode().Grouped(): "没有找到这个回执码",
		"\"><script>alert(1)</script>":      "请输入回执上的 16 位数字",
		strings.Repeat("1", 100_000):        "请输入回执上的 16 位数字",
	} {
		a := v.post("/track", url.Values{"code": {typed}}).is(t, http.StatusUnprocessableEntity, want)
		if len(typed) < 100 && typed != "" {
			a.is(t, http.StatusUnprocessableEntity, typed)
		}
	}
}

// A filer sees the report, writes, adds, and leaves; then nothing of it stays.
func TestTrack(t *testing.T) {
	s := open(t, noLimits)
	code := s.visitor().file()
	v := s.visitor()
	spaced := code[:4] + " " + code[4:8] + "-" + code[8:]
	page := v.look(spaced).is(t, http.StatusOK, "已收到", "接下来", "为什么是这一天", "平台设定", "撤回")
	if strings.Contains(page.body, code) {
		t.Error("the page shows the whole code")
	}
	if got := page.header.Get("Cache-Control"); got != "no-store" {
		t.Errorf("Cache-Control %q", got)
	}
	form := v.get("/track/acts/message_staff").is(t, http.StatusOK)
	said := url.Values{"key": {form.hidden(t, "key")}, "rev": {form.hidden(t, "rev")}, "message": {"我想起来了，是下午三点。<script>"}}
	v.upload("/track/acts/message_staff", said, map[string][]byte{"清单.jpg": photo(t)}).leads(t, "#top")
	v.upload("/track/acts/message_staff", said, map[string][]byte{"清单.jpg": photo(t)}).leads(t, "#top") // the same key: once
	page = v.get("/track/matter").is(t, http.StatusOK, "我想起来了，是下午三点。<script>", "清单")
	if n := strings.Count(page.body, "是下午三点"); n != 1 {
		t.Errorf("the message stands %d times", n)
	}
	v.post("/track/leave", nil).leads(t, "said=left")
	v.get("/track/matter").leads(t, "said=ended")
	v.get("/track?said=left").is(t, http.StatusOK, "已退出查询")
}

// An act needs what its form says, and gives back what was typed.
func TestActForm(t *testing.T) {
	s := open(t, noLimits)
	v := s.visitor()
	v.look(v.file())
	v.post("/track/acts/message_staff", url.Values{"message": {""}}).is(t, http.StatusUnprocessableEntity, "还有 1 处")
	long := strings.Repeat("长", 5001)
	if a := v.post("/track/acts/message_staff", url.Values{"message": {long}}).is(t, http.StatusUnprocessableEntity); !strings.Contains(a.body, long) {
		t.Error("what was too long was lost")
	}
	v.post("/track/acts/report_retaliation", url.Values{"what": {""}, "danger": {"true"}}).is(t, http.StatusUnprocessableEntity, "还有")
	for _, mega := range []int{50, 90} {
		v.upload("/track/acts/message_staff", url.Values{"message": {"这段话不能丢"}}, map[string][]byte{"大.mp4": make([]byte, mega<<20)}).
			is(t, http.StatusUnprocessableEntity, "这段话不能丢", "20 MB")
	}
	v.upload("/track/acts/message_staff", url.Values{"message": {"这段话也不能丢"}}, map[string][]byte{"坏.exe": []byte("MZ not a picture")}).
		is(t, http.StatusUnprocessableEntity, "这段话也不能丢", "坏", "请再选一次")
	v.get("/track/acts/nothing").is(t, http.StatusNotFound)
	v.post("/track/acts/rate", url.Values{"score": {"five"}, "words": {"很好"}}).is(t, http.StatusUnprocessableEntity, "很好")
	v.get("/track/files/1/sealed/0").is(t, http.StatusNotFound)
	v.get("/track/files/x/filer/0").is(t, http.StatusNotFound)
}

// Two tabs that do the same act: the second is told, and loses nothing.
func TestTwoTabs(t *testing.T) {
	s := open(t, noLimits)
	v := s.visitor()
	v.look(v.file())
	one, two := v.get("/track/acts/withdraw"), v.get("/track/acts/withdraw")
	v.post("/track/acts/withdraw", url.Values{"key": {one.hidden(t, "key")}, "rev": {one.hidden(t, "rev")}, "reason": {"一"}}).leads(t, "#top")
	a := v.post("/track/acts/withdraw", url.Values{"key": {two.hidden(t, "key")}, "rev": {two.hidden(t, "rev")}, "reason": {"第二个标签页写的"}})
	a.is(t, http.StatusConflict, "第二个标签页写的", "刚才有了新的变化", "您已撤回")
}

// After half an hour the code is asked again, in the middle of an act too, and what was typed goes on.
func TestLookUpEnds(t *testing.T) {
	s := open(t, noLimits)
	v := s.visitor()
	code := v.file()
	v.look(code)
	s.later(31 * time.Minute)
	v.get("/track/matter").leads(t, "said=ended")
	v.get("/track?said=ended").is(t, http.StatusOK, "30 分钟没有操作")
	a := v.post("/track/acts/message_staff", url.Values{"message": {"写了半个小时"}}).is(t, http.StatusUnprocessableEntity, "请再输入一次回执码")
	if got := a.hidden(t, "message"); got != "写了半个小时" {
		t.Fatalf("carries %q", got)
	}
	v.post("/track/acts/message_staff", url.Values{"message": {"写了半个小时"}, "code": {"1234"}}).is(t, http.StatusUnprocessableEntity, "请输入回执上的 16 位数字")
	v.post("/track/acts/message_staff", url.Values{"message": {"写了半个小时"}, "code": {code}}).leads(t, "#top")
	v.get("/track/matter").is(t, http.StatusOK, "写了半个小时")
}

// A file is a thing to save, under its name, never a page of ours.
func TestFileIsAnAttachment(t *testing.T) {
	s := open(t, noLimits)
	v := s.visitor()
	draft := v.begin()
	v.fill(draft, nil)
	v.upload(draft+"files", nil, map[string][]byte{"门口.jpg": photo(t)}).leads(t, "/files")
	page := v.look(v.submit(draft))
	at := strings.Index(page.body, "/track/files/")
	if at < 0 {
		t.Fatalf("no file to open:\n%s", plain(page.body))
	}
	path, _, _ := strings.Cut(page.body[at:], `"`)
	a := v.get(path).is(t, http.StatusOK)
	if d := a.header.Get("Content-Disposition"); !strings.HasPrefix(d, "attachment") {
		t.Errorf("disposition %q", d)
	}
	if a.header.Get("X-Content-Type-Options") != "nosniff" || a.header.Get("Content-Type") != "image/jpeg" {
		t.Errorf("headers %v", a.header)
	}
	s.visitor().get(path).leads(t, "said=ended")
}
