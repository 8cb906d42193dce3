package desk

import (
	"html"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"yifa/internal/browser"
	"yifa/internal/office/officetest"
	"yifa/internal/web/webtest"
)

// Two tabs with the same form: the second is told what came between, keeps what was typed, and can send again.
func TestTwoTabs(t *testing.T) {
	s := openDesk(t)
	id, _ := s.city.Accepted()
	v := s.as(officetest.Officer)
	path := matterPath(id) + "/acts/hand_over"
	first, second := v.Get(path).Is(t, http.StatusOK), v.Get(path).Is(t, http.StatusOK)
	s.city.Do(s.city.As(officetest.Head), id, "note", map[string][]string{"note": {"请抓紧"}})
	values := url.Values{"person": {officetest.Officer2}, "reason": {"出差，请接着核查"}}
	again := v.Post(path, first.ActForm(t, values)).Is(t, http.StatusConflict, "有别人办过这件", "有人写了内部记录或者留言", "出差，请接着核查", "看过了，再提交")
	if !strings.Contains(again.Body, `value="`+officetest.Officer2+`" checked`) {
		t.Error("the chosen person is not chosen any more")
	}
	v.Post(path, again.ActForm(t, values)).Leads(t, matterPath(id)+"?done=hand_over")
	late := v.Post(path, second.ActForm(t, values)).Is(t, http.StatusConflict, "出差，请接着核查")
	if !strings.Contains(late.Body, `moj-timeline__title">移交他人承办`) {
		t.Error("what came between is not shown")
	}
}

// The same form sent twice is done once.
func TestSentTwice(t *testing.T) {
	s := openDesk(t)
	id, _ := s.city.Accepted()
	v := s.as(officetest.Officer)
	path := matterPath(id) + "/acts/note"
	form := v.Get(path).ActForm(t, url.Values{"note": {"电话核实过"}})
	v.Post(path, form).Leads(t, "#notes")
	v.Post(path, form).Leads(t, "#notes")
	if got := strings.Count(v.Get(matterPath(id)).Is(t, http.StatusOK).Body, "电话核实过"); got != 1 {
		t.Errorf("the note stands %d times", got)
	}
	form.Set("note", "别的内容")
	v.Post(path, form).Is(t, http.StatusUnprocessableEntity, "已经提交过", "别的内容")
}

// What the law refuses is said with its reason and provision: before anything is typed with a way back and no form,
// else above what was typed.
func TestRefused(t *testing.T) {
	s := openDesk(t)
	id, _ := s.city.Sorted()
	v := s.as(officetest.Officer)
	path := matterPath(id) + "/acts/route_away"
	before := v.Get(path).Is(t, http.StatusUnprocessableEntity, "为什么", "可以怎么办", "回到事项")
	if strings.Contains(before.Body, `name="route_to"`) || strings.Contains(before.Body, "确认转办") {
		t.Error("the form of an act that is refused stands on its page")
	}
	// Someone had the form open while it was still to be done: her fields come with the page of another act.
	form := v.Get(matterPath(id)+"/acts/accept").ActForm(t, url.Values{"route_to": {"440703-scjg"}, "why": {"other"}, "explain": {"应当由别的单位处理"}})
	v.Post(path, form).Is(t, http.StatusUnprocessableEntity, "为什么", "依据", "可以怎么办", "应当由别的单位处理")
	v.Get(matterPath(id)).Is(t, http.StatusOK, "现在不能办")
}

// Script in every field stays text, on the form that comes back and on the page of the matter.
func TestScriptIsText(t *testing.T) {
	s := openDesk(t)
	v := s.as(officetest.Intake)
	const evil = `<script>alert("x")</script><img src=x onerror=alert(1)>`
	path := "/desk/new/" + complaint + "/" + actRecord
	form := v.Get(path).Is(t, http.StatusOK).ActForm(t, url.Values{})
	for _, name := range []string{"contributed_by", "organ", "officer_hint", "happened_about", "division", "place", "account", "wish", "name", "phone", "email",
		"happened_on-y", "channel", "problem", "identity", "lang", "late_proof", "happened-d"} {
		form.Set(name, evil)
	}
	a := v.Post(path, form).Is(t, http.StatusBadRequest, evil)
	if strings.Contains(a.Body, "<script>alert") || strings.Contains(a.Body, "<img src=x") {
		t.Error("script stands in the page")
	}
	for name, value := range map[string]string{"organ": "440703002-zhzf", "division": "440703002", "channel": "phone", "problem": "inaction", "identity": "named",
		"lang": "zh-Hans", "happened_on-y": "", "late_proof": "", "happened-d": ""} {
		form.Set(name, value)
	}
	form.Set("rev", a.Hidden(t, "rev"))
	form.Set("key", a.Hidden(t, "key"))
	v.Post(path, form).Is(t, http.StatusOK, "回执码只显示这一次")
	own := s.as(officetest.Officer)
	list := own.Get("/desk/matters").Is(t, http.StatusOK)
	at := strings.Index(list.Body, `<h3><a href="`)
	to, _, _ := strings.Cut(list.Body[at+len(`<h3><a href="`):], `"`)
	b := own.Get(to).Is(t, http.StatusOK, evil)
	if strings.Contains(b.Body, "<script>alert") || strings.Contains(b.Body, "<img src=x") {
		t.Error("script stands in the page of the matter")
	}
}

// A report by telephone gets a receipt, once; sent twice it is the same. One of an earlier day needs proof of the day,
// and its limit counts from that day.
func TestRecordReport(t *testing.T) {
	s := openDesk(t)
	v := s.as(officetest.Intake)
	path := "/desk/new/" + complaint + "/" + actRecord
	form := v.Get(path).ActForm(t, url.Values{"channel": {"letter"}, "problem": {"inaction"}, "organ": {"白沙街道综合行政执法办公室"}, "division": {"白沙街道"},
		"account": {"来信说报了两次没有人来。"}, "identity": {"anonymous"}, "lang": {"zh-Hans"},
		"happened-y": {"2026"}, "happened-m": {"9"}, "happened-d": {"21"}})
	again := v.Post(path, form).Is(t, http.StatusBadRequest, "怎样证明是那一天", "来信说报了两次没有人来。", "白沙街道综合行政执法办公室")
	form = again.ActForm(t, form)
	form.Set("key", again.Hidden(t, "key"))
	form.Set("late_proof", "信封邮戳 9 月 21 日")
	one := v.Post(path, form).Is(t, http.StatusOK, "回执码只显示这一次")
	two := v.Post(path, form).Is(t, http.StatusOK)
	if code(one) == "" || code(one) != code(two) {
		t.Errorf("codes %q and %q", code(one), code(two))
	}
	own := s.as(officetest.Officer)
	own.Get("/desk/matters").Is(t, http.StatusOK, "共 1 件", "9月29日")
}

func code(a webtest.Answer) string {
	_, rest, _ := strings.Cut(a.Body, "data-receipt-code>")
	rest, _, _ = strings.Cut(rest, "</p>")
	return strings.Join(strings.Fields(webtest.WithoutTags(rest, " ")), "")
}

// What cannot be taken says why at its field and gives everything back.
func TestBadInput(t *testing.T) {
	s := openDesk(t)
	id, _ := s.city.Accepted()
	v := s.as(officetest.Officer)
	path := matterPath(id) + "/acts/add_files"
	form := v.Get(matterPath(id)+"/acts/note").ActForm(t, url.Values{"note": {strings.Repeat("长", 10001)}})
	a := v.Post(matterPath(id)+"/acts/note", form).Is(t, http.StatusBadRequest, strings.Repeat("长", 10001))
	if !strings.Contains(html.UnescapeString(a.Body), "5") {
		t.Error("the limit is not named")
	}
	page := v.Get(path).Is(t, http.StatusOK)
	v.Upload(path, page.ActForm(t, nil), map[string][]byte{"录像.mp4": make([]byte, 50<<20)}).Is(t, http.StatusBadRequest, "文件太大")
	v.Upload(path, page.ActForm(t, nil), map[string][]byte{"程序.exe": []byte("MZ\x90\x00 not a picture")}).Is(t, http.StatusBadRequest, "程序.exe", "请重新选择")
	future := v.Get(matterPath(id)+"/acts/note").ActForm(t, url.Values{"note": {"明年的事"}, "happened-y": {"2027"}, "happened-m": {"1"}, "happened-d": {"4"}})
	v.Post(matterPath(id)+"/acts/note", future).Is(t, http.StatusUnprocessableEntity, "明年的事", "2027")
	future.Set("happened-m", "13")
	v.Post(matterPath(id)+"/acts/note", future).Is(t, http.StatusBadRequest, "写一个有的日子", "明年的事", "13")
}

// A form sent after its session ended waits in the sign-in page and goes on from there.
func TestSessionEnds(t *testing.T) {
	s := openDesk(t)
	id, _ := s.city.Accepted()
	v, a := s.as(officetest.Officer), s.account(officetest.Officer)
	path := matterPath(id) + "/acts/note"
	form := v.Get(path).ActForm(t, url.Values{"note": {"写了半天的记录"}})
	v.Post("/desk/sign-out", nil).Leads(t, "out=1")
	wait := v.Post(path, form).Is(t, http.StatusUnauthorized, "登录已过期", "写了半天的记录")
	form = wait.ActForm(t, url.Values{"note": {wait.Hidden(t, "note")}, loginField: {a.Login}, passwordField: {"wrong"}})
	v.Post(path, form).Is(t, http.StatusUnauthorized, "账号或者密码不对", "写了半天的记录")
	form.Set(passwordField, a.Password)
	v.Post(path, form).Leads(t, "#notes")
	v.Get(matterPath(id)).Is(t, http.StatusOK, "写了半天的记录")
}

// Acts on many matters are done one by one, and each says what came of it.
func TestBulk(t *testing.T) {
	s := openDesk(t)
	free, taken := s.city.File(officetest.Report()).ID, s.city.File(officetest.Report()).ID
	v := s.as(officetest.Officer)
	list := v.Get("/desk/matters?scope=pool").Is(t, http.StatusOK, "共 2 件")
	s.city.Do(s.city.As(officetest.Officer2), taken, "claim", nil)
	form := url.Values{"act": {"claim"}, "key": {list.Hidden(t, "key")}, "back": {list.Hidden(t, "back")}, "m": {free.String() + ":1", taken.String() + ":1", "nonsense"}}
	v.Post("/desk/bulk", form).Is(t, http.StatusOK, "2 件办成 1 件", "有别人办过这件", "已经记入卷宗")
	v.Post("/desk/bulk", form).Is(t, http.StatusOK, "2 件办成 1 件")
	v.Post("/desk/bulk", url.Values{"act": {"hand_over"}, "m": {free.String() + ":2"}}).Is(t, http.StatusOK, "移交说明")
	v.Post("/desk/bulk", url.Values{"act": {"hand_over"}, "m": {free.String() + ":2"}, "filled": {"1"}, "reason": {"休假"}}).Is(t, http.StatusBadRequest, "休假")
	v.Post("/desk/bulk", url.Values{"act": {"hand_over"}, "m": {free.String() + ":2"}, "filled": {"1"}, "key": {"k"}, "person": {officetest.Officer2}, "reason": {"休假"}}).Is(t, http.StatusOK, "1 件办成 1 件")
	s.as(officetest.Officer2).Get("/desk/matters?scope=mine").Is(t, http.StatusOK, "共 2 件")
}

// Who filed a report shows to its handler once two people have opened it, and to nobody else.
func TestIdentity(t *testing.T) {
	s := openDesk(t)
	report := officetest.Report()
	report["identity"], report["name"], report["phone"] = []string{"named"}, []string{"林小满"}, []string{"13800000000"}
	id := s.city.File(report).ID
	officer, head := s.city.As(officetest.Officer), s.city.As(officetest.Head)
	s.city.Do(officer, id, "claim", nil)
	v := s.as(officetest.Officer)
	v.Post(matterPath(id)+"/identity", nil).Is(t, http.StatusNotFound)
	s.city.Do(officer, id, "ask_identity", map[string][]string{"reason": {"要当面核对"}})
	v.Post(matterPath(id)+"/identity", nil).Is(t, http.StatusNotFound)
	s.city.Do(head, id, "open_identity", map[string][]string{"reason": {"同意"}})
	if page := v.Get(matterPath(id)).Is(t, http.StatusOK, "查看身份"); strings.Contains(page.Body, "林小满") {
		t.Error("the name stands in the page of the matter")
	}
	if page := v.Post(matterPath(id)+"/identity", nil).Is(t, http.StatusOK, "林**", "*******0000", "为什么要看"); strings.Contains(page.Body, "林小满") || strings.Contains(page.Body, "13800000000") {
		t.Error("without a purpose it is not masked")
	}
	v.Post(matterPath(id)+"/identity", url.Values{"why": {"contact"}}).Is(t, http.StatusOK, "林小满", "13800000000", "每次查看都会留下记录")
	v.Post("/desk/find", url.Values{"number": {"138 0000 0000"}}).Is(t, http.StatusUnprocessableEntity, "请选为什么要看")
	v.Post("/desk/find", url.Values{"number": {"１３８-0000"}, "why": {"verify"}}).Is(t, http.StatusOK, "没有向您打开身份的事项")
	v.Post("/desk/find", url.Values{"number": {"+86 138-0000-0000"}, "why": {"verify"}}).Is(t, http.StatusOK, "查到 1 件", matterPath(id))
	s.as(officetest.Officer2).Post("/desk/find", url.Values{"number": {"13800000000"}, "why": {"verify"}}).Is(t, http.StatusOK, "没有向您打开身份的事项")
	s.as(officetest.Leader).Get("/desk/find").Is(t, http.StatusNotFound)
	v.Get("/desk/reads").Is(t, http.StatusOK, "看了完整的身份", "联系提交人", "看了遮住的身份", "按号码查到", matterPath(id))
	s.as(officetest.Head).Get("/desk/reads").Is(t, http.StatusOK, "看了完整的身份")
	s.as(officetest.Officer2).Get("/desk/reads").Is(t, http.StatusOK, "还没有记录")
	s.as(officetest.Stranger).Get("/desk/reads").Is(t, http.StatusOK, "还没有记录")
	s.as(officetest.Officer2).Post(matterPath(id)+"/identity", nil).Is(t, http.StatusNotFound)
	s.as(officetest.Stranger).Post(matterPath(id)+"/identity", nil).Is(t, http.StatusNotFound)
}

// A matter is read in large type and by the keyboard alone: the first stop leads past the navigation.
func TestKeyboardAndLargeType(t *testing.T) {
	s := openDesk(t)
	id, _ := s.city.Accepted()
	p := browser.New(t).Page(browser.Narrow)
	a := s.account(officetest.Officer)
	p.Goto(s.URL + matterPath(id) + "/acts/note")
	p.Fill("#"+loginField, a.Login)
	p.Fill("#"+passwordField, a.Password)
	p.Enter()
	p.Sees("内部记录")
	p.Key("Tab")
	if got := browser.Evaluate[string](p, "document.activeElement.className"); got != "govuk-skip-link" {
		t.Errorf("the first stop is %q", got)
	}
	p.Goto(s.URL + matterPath(id) + "?type=large")
	p.Check("matter-large")
	p.Goto(s.URL + "/desk")
	p.Check("today-large")
}
