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
		a := v.Post("/track", url.Values{"code": {typed}}).Is(t, http.StatusUnprocessableEntity, want)
		if len(typed) < 100 && typed != "" {
			a.Is(t, http.StatusUnprocessableEntity, typed)
		}
	}
}

// A filer sees the report, writes, adds, and leaves; then nothing of it stays.
func TestTrack(t *testing.T) {
	s := open(t, noLimits)
	code := s.visitor().file()
	v := s.visitor()
	spaced := code[:4] + " " + code[4:8] + "-" + code[8:]
	page := v.Track(spaced).Is(t, http.StatusOK, "已收到", "接下来", "为什么是这一天", "平台设定", "撤回")
	if strings.Contains(page.Body, code) {
		t.Error("the page shows the whole code")
	}
	if got := page.Header.Get("Cache-Control"); got != "no-store" {
		t.Errorf("Cache-Control %q", got)
	}
	form := v.Get("/track/acts/message_staff").Is(t, http.StatusOK)
	said := url.Values{"key": {form.Hidden(t, "key")}, "rev": {form.Hidden(t, "rev")}, "message": {"我想起来了，是下午三点。<script>"}}
	v.Upload("/track/acts/message_staff", said, map[string][]byte{"清单.jpg": photo(t)}).Leads(t, "#top")
	v.Upload("/track/acts/message_staff", said, map[string][]byte{"清单.jpg": photo(t)}).Leads(t, "#top") // the same key: once
	page = v.Get("/track/matter").Is(t, http.StatusOK, "我想起来了，是下午三点。<script>", "图片1")
	if n := strings.Count(page.Body, "是下午三点"); n != 1 {
		t.Errorf("the message stands %d times", n)
	}
	v.Post("/track/leave", nil).Leads(t, "said=left")
	v.Get("/track/matter").Leads(t, "said=ended")
	v.Get("/track?said=left").Is(t, http.StatusOK, "已退出查询")
}

// An act needs what its form says, and gives back what was typed.
func TestActForm(t *testing.T) {
	s := open(t, noLimits)
	v := s.visitor()
	v.Track(v.file())
	v.Post("/track/acts/message_staff", url.Values{"message": {""}}).Is(t, http.StatusUnprocessableEntity, "还有 1 处")
	long := strings.Repeat("长", 5001)
	if a := v.Post("/track/acts/message_staff", url.Values{"message": {long}}).Is(t, http.StatusUnprocessableEntity); !strings.Contains(a.Body, long) {
		t.Error("what was too long was lost")
	}
	v.Post("/track/acts/report_retaliation", url.Values{"what": {""}, "danger": {"true"}}).Is(t, http.StatusUnprocessableEntity, "还有")
	for _, mega := range []int{50, 90} {
		v.Upload("/track/acts/message_staff", url.Values{"message": {"这段话不能丢"}}, map[string][]byte{"大.mp4": make([]byte, mega<<20)}).
			Is(t, http.StatusUnprocessableEntity, "这段话不能丢", "20 MB")
	}
	v.Upload("/track/acts/message_staff", url.Values{"message": {"这段话也不能丢"}}, map[string][]byte{"坏.exe": []byte("MZ not a picture")}).
		Is(t, http.StatusUnprocessableEntity, "这段话也不能丢", "坏", "请再选一次")
	v.Get("/track/acts/nothing").Is(t, http.StatusNotFound)
	v.Post("/track/acts/rate", url.Values{"score": {"five"}, "words": {"很好"}}).Is(t, http.StatusUnprocessableEntity, "很好")
	v.Get("/track/files/1/sealed/0").Is(t, http.StatusNotFound)
	v.Get("/track/files/x/filer/0").Is(t, http.StatusNotFound)
}

// Two tabs that do the same act: the second is told, and loses nothing.
func TestTwoTabs(t *testing.T) {
	s := open(t, noLimits)
	v := s.visitor()
	v.Track(v.file())
	one, two := v.Get("/track/acts/withdraw"), v.Get("/track/acts/withdraw")
	v.Post("/track/acts/withdraw", url.Values{"key": {one.Hidden(t, "key")}, "rev": {one.Hidden(t, "rev")}, "reason": {"一"}}).Leads(t, "#top")
	a := v.Post("/track/acts/withdraw", url.Values{"key": {two.Hidden(t, "key")}, "rev": {two.Hidden(t, "rev")}, "reason": {"第二个标签页写的"}})
	a.Is(t, http.StatusConflict, "第二个标签页写的", "刚才有了新的变化", "您已撤回")
}

// After half an hour the code is asked again, in the middle of an act too, and what was typed goes on.
func TestLookUpEnds(t *testing.T) {
	s := open(t, noLimits)
	v := s.visitor()
	code := v.file()
	v.Track(code)
	s.later(31 * time.Minute)
	v.Get("/track/matter").Leads(t, "said=ended")
	v.Get("/track?said=ended").Is(t, http.StatusOK, "30 分钟没有操作")
	a := v.Post("/track/acts/message_staff", url.Values{"message": {"写了半个小时"}}).Is(t, http.StatusUnprocessableEntity, "请再输入一次回执码")
	if got := a.Hidden(t, "message"); got != "写了半个小时" {
		t.Fatalf("carries %q", got)
	}
	v.Post("/track/acts/message_staff", url.Values{"message": {"写了半个小时"}, "code": {"1234"}}).Is(t, http.StatusUnprocessableEntity, "请输入回执上的 16 位数字")
	v.Post("/track/acts/message_staff", url.Values{"message": {"写了半个小时"}, "code": {code}}).Leads(t, "#top")
	v.Get("/track/matter").Is(t, http.StatusOK, "写了半个小时")
}

// A file is a thing to save, under its name, never a page of ours.
func TestFileIsAnAttachment(t *testing.T) {
	s := open(t, noLimits)
	v := s.visitor()
	draft := v.begin()
	v.fill(draft, nil)
	v.Upload(draft+"files", nil, map[string][]byte{"门口.jpg": photo(t)}).Leads(t, "/files")
	page := v.Track(v.submit(draft))
	at := strings.Index(page.Body, "/track/files/")
	if at < 0 {
		t.Fatalf("no file to open:\n%s", page.Text())
	}
	path, _, _ := strings.Cut(page.Body[at:], `"`)
	a := v.Get(path).Is(t, http.StatusOK)
	if d := a.Header.Get("Content-Disposition"); !strings.HasPrefix(d, "attachment") {
		t.Errorf("disposition %q", d)
	}
	if a.Header.Get("X-Content-Type-Options") != "nosniff" || a.Header.Get("Content-Type") != "image/jpeg" {
		t.Errorf("headers %v", a.Header)
	}
	s.visitor().Get(path).Leads(t, "said=ended")
}
