package portal

import (
	"bytes"
	"context"
	"image"
	"image/jpeg"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"yifa/internal/door"
	"yifa/internal/i18n"
	"yifa/internal/identity"
	"yifa/internal/office"
	"yifa/internal/web/webtest"
)

// Each field of the law's form is asked on exactly one page, or is known not to be asked here.
func TestEveryFieldIsAskedOnce(t *testing.T) {
	s := open(t, noLimits)
	d, err := s.city.Office.NewDraft(context.Background())
	must(t, err)
	fields, err := s.city.Office.ReportFields(context.Background(), d, i18n.ZhHans, false)
	must(t, err)
	asked := map[string]int{}
	for _, step := range steps {
		for _, name := range step.fields {
			asked[name]++
			f, known := fields[name]
			if !known {
				t.Errorf("page %s asks %s, which is not in the form", step.name, name)
			}
			want := typeOf[name]
			if slices.Contains([]string{"choices", "date", "files"}, f.Type) && want != f.Type {
				t.Errorf("%s is read as %q, the form says %q", name, want, f.Type)
			}
		}
	}
	for name, f := range fields {
		if asked[name] != 1 {
			t.Errorf("field %s is asked on %d pages", name, asked[name])
		}
		for _, o := range f.Options {
			if a, stops := door.Advices[o.Value]; stops && a.Title == "" {
				t.Errorf("option %s stops without advice", o.Value)
			}
		}
	}
	problem := fields["problem"]
	for value := range door.Advices {
		if !slices.ContainsFunc(problem.Options, func(o office.OptionView) bool { return o.Value == value }) {
			t.Errorf("advice for %s, which nobody can choose", value)
		}
	}
}

// A report is written page by page, checked, sent, and found again by its code.
func TestReport(t *testing.T) {
	s := open(t, noLimits)
	v := s.visitor()
	draft := v.begin()
	v.fill(draft, nil)
	check := v.Get(draft+"check").Is(t, http.StatusOK, "蓬江区城市管理和综合执法局", "没有出示证件", "2026年9月22日（星期二）", "榕荫路 18 号", "匿名", "封存")
	if n := strings.Count(check.Body, "from=check"); n < 10 {
		t.Errorf("%d answers can be changed, want each", n)
	}
	code := v.submit(draft)
	if len(code) != 16 {
		t.Fatalf("code of %d digits", len(code))
	}
	receipt := v.Get(draft+"receipt").Is(t, http.StatusOK, "蓬江区司法局", "匿名", "平台设定", "为什么是这一天")
	for lang, words := range map[string][]string{"/zh-hant": {"蓬江區司法局", "告訴您是否受理", "當天不算"}, "/en": {"at the latest", "working days"}} {
		if other := v.Get(lang+draft+"receipt").Is(t, http.StatusOK, words...); other.ReceiptCode(t) != receipt.ReceiptCode(t) || strings.Contains(other.Body, "司法局") && lang == "/en" {
			t.Errorf("the receipt in %s has another code or words of another language", lang)
		}
	}
	if got := receipt.Header.Get("Cache-Control"); got != "no-store" {
		t.Errorf("the receipt may be stored: %q", got)
	}
	if !strings.Contains(receipt.Body, "<svg class=\"yifa-receipt__qr\"") {
		t.Error("the receipt has no QR code")
	}
	s.visitor().Track(code).Is(t, http.StatusOK, code[12:])
}

// Sending twice, from two tabs at once too, gives the same receipt.
func TestSentTwiceIsOneReceipt(t *testing.T) {
	s := open(t, noLimits)
	v := s.visitor()
	draft := v.begin()
	v.fill(draft, nil)
	tabs := []webtest.Answer{v.Get(draft + "check"), v.Get(draft + "check")}
	s.later(10 * time.Second)
	var wg sync.WaitGroup
	for _, tab := range append(tabs, tabs[0]) {
		wg.Add(1)
		go func() {
			defer wg.Done()
			if a := v.Post(draft+"check", url.Values{"pow": {tab.Hidden(t, "pow")}}); !strings.HasSuffix(a.To, "/receipt") {
				t.Errorf("%d to %q: one of the taps got no receipt", a.Status, a.To)
			}
		}()
	}
	wg.Wait()
	code := v.Get(draft+"receipt").Is(t, http.StatusOK).ReceiptCode(t)
	v.Post(draft+"check", url.Values{"pow": {tabs[1].Hidden(t, "pow")}}).Leads(t, "/receipt")
	v.Get(draft+"story").Leads(t, "/receipt")
	v.Post(draft+"story", url.Values{"account": {"更多"}}).Leads(t, "/receipt")
	if again := v.Get(draft + "receipt").ReceiptCode(t); again != code {
		t.Errorf("code %s, then %s", code, again)
	}
}

// What must be answered is said at the field, and everything typed comes back.
func TestMissingAnswers(t *testing.T) {
	s := open(t, noLimits)
	v := s.visitor()
	draft := v.begin()
	v.Post(draft+"what", nil).Is(t, http.StatusUnprocessableEntity, "还有 1 处要补充或更正")
	v.Post(draft+"when", url.Values{"happened_on-y": {"2026"}, "happened_on-m": {"13"}, "happened_on-d": {"45"}, "place": {"榕荫路"}}).
		Is(t, http.StatusUnprocessableEntity, "榕荫路")
	v.Post(draft+"who", url.Values{"identity": {"named"}, "phone": {"13800000000"}, "lang": {"zh-Hans"}}).
		Is(t, http.StatusUnprocessableEntity, "13800000000")
	check := v.Get(draft+"check").Is(t, http.StatusOK)
	if !strings.Contains(check.Body, "/what?from=check#problem") {
		t.Errorf("the check page does not lead to what is missing:\n%s", check.Text())
	}
	s.later(time.Minute)
	v.Post(draft+"check", url.Values{"pow": {check.Hidden(t, "pow")}}).Is(t, http.StatusUnprocessableEntity)
}

// Who decides to stay anonymous after all leaves no name behind.
func TestAnonymousAfterAll(t *testing.T) {
	s := open(t, noLimits)
	v := s.visitor()
	draft := v.begin()
	v.Post(draft+"who", url.Values{"identity": {"named"}, "name": {"岑某某"}, "lang": {"zh-Hans"}}).Leads(t, "/check")
	v.Get(draft+"check").Is(t, http.StatusOK, "岑某某")
	v.Post(draft+"who", url.Values{"identity": {"anonymous"}, "name": {"岑某某"}, "lang": {"zh-Hans"}}).Leads(t, "/check")
	for _, page := range []string{"who", "check"} {
		if strings.Contains(v.Get(draft+page).Body, "岑某某") {
			t.Errorf("%s still holds the name", page)
		}
	}
}

// A category that belongs elsewhere leads to advice first, and on to be passed on.
func TestStopsAdvise(t *testing.T) {
	s := open(t, noLimits)
	v := s.visitor()
	for value, phone := range map[string]string{"consumer_dispute": "12315", "violation_report": "12345", "emergency": "110", "petition": "12345"} {
		draft := v.begin()
		v.Post(draft+"what", url.Values{"problem": {value}}).Leads(t, "/advice")
		onward := "接着填，由你们转交"
		if value == "emergency" {
			onward = "已经安全，接着填" // nothing to pass on: whoever is in danger calls
		}
		v.Get(draft+"advice").Is(t, http.StatusOK, phone, onward)
	}
	draft := v.begin()
	v.Post(draft+"what", url.Values{"problem": {"praise"}}).Leads(t, "/organ")
	v.Get(draft+"advice").Leads(t, "/organ")
	v.Post(draft+"what", url.Values{"problem": {"emergency"}, "from": {"check"}}).Leads(t, "/advice?from=check")
	v.Get(draft+"advice?from=check").Is(t, http.StatusOK, draft+"check")
}

// An organ is found by its name; what looks like a number goes to the staff.
func TestFindOrgan(t *testing.T) {
	s := open(t, noLimits)
	v := s.visitor()
	draft := v.begin()
	v.Get(draft+"organ?q="+url.QueryEscape("蓬江 城市管理")).Is(t, http.StatusOK, "440703-cgzf", "找到 1 个")
	v.Get(draft+"organ?q="+url.QueryEscape("没有这个局")).Is(t, http.StatusOK, "没有找到", "我不清楚是哪个单位")
	v.Get(draft+"organ?q=YJ0173").Is(t, http.StatusOK, "已经替您填在下面")
	v.Post(draft+"organ", url.Values{"organ": {"440703-cgzf"}}).Leads(t, "/when")
	v.Get(draft+"organ").Is(t, http.StatusOK, "刚才选的", "440703-cgzf")
	v.Post(draft+"organ", url.Values{"organ": {"nobody"}}).Is(t, http.StatusUnprocessableEntity, "还有 1 处")
	v.Get(draft+"organ?q="+strings.Repeat("x", 5000)).Is(t, http.StatusOK)
}

// Files are taken, cleaned, listed and removed; those that are not acceptable are refused by name.
func TestFiles(t *testing.T) {
	s := open(t, noLimits)
	v := s.visitor()
	draft := v.begin()
	v.Upload(draft+"files", nil, map[string][]byte{"门口 <b>.jpg": photo(t)}).Leads(t, "/files")
	v.Get(draft+"files").Is(t, http.StatusOK, "门口", "已生成清洁副本")
	v.Upload(draft+"files", nil, map[string][]byte{"坏.exe": []byte("MZ\x90\x00 not a picture")}).Is(t, http.StatusUnprocessableEntity, "坏", "门口")
	v.Upload(draft+"files", nil, map[string][]byte{"空.jpg": {}}).Is(t, http.StatusUnprocessableEntity)
	v.Upload(draft+"files", url.Values{"other": {"x"}}, nil).Is(t, http.StatusUnprocessableEntity, "还没有选文件")
	v.Upload(draft+"files", nil, map[string][]byte{"大.pdf": append([]byte("%PDF-1.7\n"), make([]byte, 50<<20)...)}).
		Is(t, http.StatusUnprocessableEntity, "20 MB", "门口")
	v.Post(draft+"files", url.Values{"drop": {"7"}}).Leads(t, "/files")
	v.Post(draft+"files", url.Values{"drop": {"0"}}).Leads(t, "/files")
	if strings.Contains(v.Get(draft+"files").Body, "门口") {
		t.Error("the file taken away is still listed")
	}
	v.Post(draft+"files", nil).Leads(t, "/who")
}

// A draft that has run out is said so; what was being typed goes into a new one.
func TestExpiredDraftKeepsWhatWasTyped(t *testing.T) {
	s := open(t, noLimits)
	v := s.visitor()
	draft := v.begin()
	s.later(25 * time.Hour)
	v.Get(draft+"story").Is(t, http.StatusGone, "草稿")
	again := v.Post(draft+"story", url.Values{"account": {"写了很久的经过"}}).Is(t, http.StatusGone, "原来的草稿已经过期", "写了很久的经过")
	if strings.Contains(again.Body, draft) {
		t.Error("the form still posts to the draft that is gone")
	}
	v.Get("/report/d/unknown/story").Is(t, http.StatusGone)
	v.Get(strings.TrimSuffix(draft, "/")+"/nothing").Is(t, http.StatusNotFound)
}

// What was typed is shown as text, whatever it is, on every page.
func TestScriptInEveryField(t *testing.T) {
	s := open(t, noLimits)
	v := s.visitor()
	const bad = `"><script>alert(1)</script>`
	draft := v.begin()
	v.fill(draft, url.Values{"officer_hint": {bad}, "happened_about": {bad}, "place": {bad}, "account": {bad}, "wish": {bad}})
	v.Post(draft+"who", url.Values{"identity": {"named"}, "name": {bad}, "phone": {bad}, "email": {bad}, "lang": {"zh-Hans"}})
	for _, page := range []string{"organ", "when", "story", "who", "check", "organ?q=" + url.QueryEscape(bad)} {
		if a := v.Get(draft + page); strings.Contains(a.Body, "<script>alert") {
			t.Errorf("%s runs what was typed", page)
		}
	}
	a := v.Get(draft + "check")
	if !strings.Contains(a.Body, "&lt;script&gt;alert(1)") {
		t.Errorf("the check page does not show what was typed:\n%s", a.Text())
	}
}

// Ten thousand characters are taken whole; one more is told at the field and comes back.
func TestLongText(t *testing.T) {
	s := open(t, noLimits)
	v := s.visitor()
	draft := v.begin()
	long := strings.Repeat("字", 10_000)
	v.Post(draft+"story", url.Values{"account": {long}}).Leads(t, "/files")
	if a := v.Get(draft + "story"); !strings.Contains(a.Body, long) {
		t.Error("the text did not come back whole")
	}
	a := v.Post(draft+"story", url.Values{"account": {long + "多"}}).Is(t, http.StatusUnprocessableEntity)
	if !strings.Contains(a.Body, long+"多") {
		t.Error("what was too long was lost")
	}
	v.Post(draft+"story", url.Values{"account": {strings.Repeat("字", 500_000)}}).Is(t, http.StatusRequestEntityTooLarge)
}

// The draft is saved while somebody writes, without a word about what is missing.
func TestAutosave(t *testing.T) {
	s := open(t, noLimits)
	v := s.visitor()
	draft := v.begin()
	v.Post(draft+"story/save", url.Values{"account": {"写到一半"}}).Is(t, http.StatusNoContent)
	v.Get(draft+"story").Is(t, http.StatusOK, "写到一半")
	v.Post("/report/d/unknown/story/save", url.Values{"account": {"x"}}).Is(t, http.StatusGone)
	v.Get(draft+"later?at=story").Is(t, http.StatusOK, draft+"story", "保存到")
}

// A report costs a found number or a moment; a proof is good once.
func TestProofOfWork(t *testing.T) {
	s := open(t, noLimits)
	v := s.visitor()
	draft := v.begin()
	v.fill(draft, nil)
	check := v.Get(draft + "check")
	v.Post(draft+"check", url.Values{"pow": {check.Hidden(t, "pow")}}).Is(t, http.StatusUnprocessableEntity, "请过 5 秒")
	v.Post(draft+"check", nil).Is(t, http.StatusUnprocessableEntity, "再点一次")
	s.later(25 * time.Hour)
	v.Post(draft+"check", url.Values{"pow": {check.Hidden(t, "pow")}}).Is(t, http.StatusGone)
}

// A machine that starts drafts or tries codes is asked to wait, and told how long.
func TestLimits(t *testing.T) {
	s := open(t, DefaultLimits)
	v := s.visitor()
	var a webtest.Answer
	for range DefaultLimits[classStart].Burst + 1 {
		a = v.Post("/report", nil)
	}
	wait := a.To
	a = v.Get(wait).Is(t, http.StatusOK, "正在排队", "一分钟之内")
	if a.Header.Get("Retry-After") == "" {
		t.Error("nobody says how long to wait")
	}
	for range DefaultLimits[classCode].Burst + 1 {
		a = v.Post("/track", url.Values{"code": {identity.NewReceiptCode().Digits()}})
	}
	a.Is(t, http.StatusTooManyRequests, "请过一会儿再试")
	for range DefaultLimits[classFind].Burst + 1 {
		a = v.Get("/law?q=a")
	}
	a.Is(t, http.StatusTooManyRequests)
	v.Get("/law").Is(t, http.StatusOK)
	s.later(2 * time.Minute)
	v.Get(wait).Leads(t, "/what")
	v.Get(wait).Leads(t, "/report") // one ticket, one report
	s.later(5 * time.Minute)
	v.Post("/report", nil).Leads(t, "/what")
}

func photo(t *testing.T) []byte {
	t.Helper()
	var b bytes.Buffer
	must(t, jpeg.Encode(&b, image.NewRGBA(image.Rect(0, 0, 64, 48)), nil))
	return b.Bytes()
}
