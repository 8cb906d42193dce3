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

	"yifa/internal/i18n"
	"yifa/internal/identity"
	"yifa/internal/office"
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
		if asked[name] != 1 && !slices.Contains(notFromHere, name) {
			t.Errorf("field %s is asked on %d pages", name, asked[name])
		}
		for _, o := range f.Options {
			if a, stops := advices[o.Value]; stops && a.Title == "" {
				t.Errorf("option %s stops without advice", o.Value)
			}
		}
	}
	problem := fields["problem"]
	for value := range advices {
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
	check := v.get(draft+"check").is(t, http.StatusOK, "蓬江区城市管理和综合执法局", "没有出示证件", "2026年9月22日（星期二）", "榕荫路 18 号", "匿名", "封存")
	if n := strings.Count(check.body, "from=check"); n < 10 {
		t.Errorf("%d answers can be changed, want each", n)
	}
	code := v.submit(draft)
	if len(code) != 16 {
		t.Fatalf("code of %d digits", len(code))
	}
	receipt := v.get(draft+"receipt").is(t, http.StatusOK, "蓬江区司法局", "匿名", "平台设定", "为什么是这一天")
	if got := receipt.header.Get("Cache-Control"); got != "no-store" {
		t.Errorf("the receipt may be stored: %q", got)
	}
	if !strings.Contains(receipt.body, "<svg class=\"yifa-receipt__qr\"") {
		t.Error("the receipt has no QR code")
	}
	s.visitor().look(code).is(t, http.StatusOK, code[12:])
}

// Sending twice, from two tabs at once too, gives the same receipt.
func TestSentTwiceIsOneReceipt(t *testing.T) {
	s := open(t, noLimits)
	v := s.visitor()
	draft := v.begin()
	v.fill(draft, nil)
	tabs := []answer{v.get(draft + "check"), v.get(draft + "check")}
	s.later(10 * time.Second)
	var wg sync.WaitGroup
	for _, tab := range append(tabs, tabs[0]) {
		wg.Add(1)
		go func() {
			defer wg.Done()
			if a := v.post(draft+"check", url.Values{"pow": {tab.hidden(t, "pow")}}); !strings.HasSuffix(a.to, "/receipt") {
				t.Errorf("%d to %q: one of the taps got no receipt", a.status, a.to)
			}
		}()
	}
	wg.Wait()
	code := receiptCode(t, v.get(draft+"receipt").is(t, http.StatusOK))
	v.post(draft+"check", url.Values{"pow": {tabs[1].hidden(t, "pow")}}).leads(t, "/receipt")
	v.get(draft+"story").leads(t, "/receipt")
	v.post(draft+"story", url.Values{"account": {"更多"}}).leads(t, "/receipt")
	if again := receiptCode(t, v.get(draft+"receipt")); again != code {
		t.Errorf("code %s, then %s", code, again)
	}
}

// What must be answered is said at the field, and everything typed comes back.
func TestMissingAnswers(t *testing.T) {
	s := open(t, noLimits)
	v := s.visitor()
	draft := v.begin()
	v.post(draft+"what", nil).is(t, http.StatusUnprocessableEntity, "还有 1 处要补充或更正")
	v.post(draft+"when", url.Values{"happened_on-y": {"2026"}, "happened_on-m": {"13"}, "happened_on-d": {"45"}, "place": {"榕荫路"}}).
		is(t, http.StatusUnprocessableEntity, "榕荫路")
	v.post(draft+"who", url.Values{"identity": {"named"}, "phone": {"13800000000"}, "lang": {"zh-Hans"}}).
		is(t, http.StatusUnprocessableEntity, "13800000000")
	check := v.get(draft+"check").is(t, http.StatusOK)
	if !strings.Contains(check.body, "/what?from=check#problem") {
		t.Errorf("the check page does not lead to what is missing:\n%s", plain(check.body))
	}
	s.later(time.Minute)
	v.post(draft+"check", url.Values{"pow": {check.hidden(t, "pow")}}).is(t, http.StatusUnprocessableEntity)
}

// Who decides to stay anonymous after all leaves no name behind.
func TestAnonymousAfterAll(t *testing.T) {
	s := open(t, noLimits)
	v := s.visitor()
	draft := v.begin()
	v.post(draft+"who", url.Values{"identity": {"named"}, "name": {"岑某某"}, "lang": {"zh-Hans"}}).leads(t, "/check")
	v.get(draft+"check").is(t, http.StatusOK, "岑某某")
	v.post(draft+"who", url.Values{"identity": {"anonymous"}, "name": {"岑某某"}, "lang": {"zh-Hans"}}).leads(t, "/check")
	for _, page := range []string{"who", "check"} {
		if strings.Contains(v.get(draft+page).body, "岑某某") {
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
		v.post(draft+"what", url.Values{"problem": {value}}).leads(t, "/advice")
		v.get(draft+"advice").is(t, http.StatusOK, phone, "接着填，由你们转交")
	}
	draft := v.begin()
	v.post(draft+"what", url.Values{"problem": {"praise"}}).leads(t, "/organ")
	v.get(draft+"advice").leads(t, "/organ")
	v.post(draft+"what", url.Values{"problem": {"emergency"}, "from": {"check"}}).leads(t, "/advice?from=check")
	v.get(draft+"advice?from=check").is(t, http.StatusOK, draft+"check")
}

// An organ is found by its name; what looks like a number goes to the staff.
func TestFindOrgan(t *testing.T) {
	s := open(t, noLimits)
	v := s.visitor()
	draft := v.begin()
	v.get(draft+"organ?q="+url.QueryEscape("蓬江 城市管理")).is(t, http.StatusOK, "440703-cgzf", "找到 1 个")
	v.get(draft+"organ?q="+url.QueryEscape("没有这个局")).is(t, http.StatusOK, "没有找到", "我不清楚是哪个单位")
	v.get(draft+"organ?q=YJ0173").is(t, http.StatusOK, "已经替您填在下面")
	v.post(draft+"organ", url.Values{"organ": {"440703-cgzf"}}).leads(t, "/when")
	v.get(draft+"organ").is(t, http.StatusOK, "刚才选的", "440703-cgzf")
	v.post(draft+"organ", url.Values{"organ": {"nobody"}}).is(t, http.StatusUnprocessableEntity, "还有 1 处")
	v.get(draft+"organ?q="+strings.Repeat("x", 5000)).is(t, http.StatusOK)
}

// Files are taken, cleaned, listed and removed; those that are not acceptable are refused by name.
func TestFiles(t *testing.T) {
	s := open(t, noLimits)
	v := s.visitor()
	draft := v.begin()
	v.upload(draft+"files", nil, map[string][]byte{"门口 <b>.jpg": photo(t)}).leads(t, "/files")
	v.get(draft+"files").is(t, http.StatusOK, "门口", "已生成清洁副本")
	v.upload(draft+"files", nil, map[string][]byte{"坏.exe": []byte("MZ\x90\x00 not a picture")}).is(t, http.StatusUnprocessableEntity, "坏", "门口")
	v.upload(draft+"files", nil, map[string][]byte{"空.jpg": {}}).is(t, http.StatusUnprocessableEntity)
	v.upload(draft+"files", url.Values{"other": {"x"}}, nil).is(t, http.StatusUnprocessableEntity, "还没有选文件")
	v.upload(draft+"files", nil, map[string][]byte{"大.pdf": append([]byte("%PDF-1.7\n"), make([]byte, 50<<20)...)}).
		is(t, http.StatusUnprocessableEntity, "20 MB", "门口")
	v.post(draft+"files", url.Values{"drop": {"7"}}).leads(t, "/files")
	v.post(draft+"files", url.Values{"drop": {"0"}}).leads(t, "/files")
	if strings.Contains(v.get(draft+"files").body, "门口") {
		t.Error("the file taken away is still listed")
	}
	v.post(draft+"files", nil).leads(t, "/who")
}

// A draft that has run out is said so; what was being typed goes into a new one.
func TestExpiredDraftKeepsWhatWasTyped(t *testing.T) {
	s := open(t, noLimits)
	v := s.visitor()
	draft := v.begin()
	s.later(25 * time.Hour)
	v.get(draft+"story").is(t, http.StatusGone, "草稿")
	again := v.post(draft+"story", url.Values{"account": {"写了很久的经过"}}).is(t, http.StatusGone, "原来的草稿已经过期", "写了很久的经过")
	if strings.Contains(again.body, draft) {
		t.Error("the form still posts to the draft that is gone")
	}
	v.get("/report/d/unknown/story").is(t, http.StatusGone)
	v.get(strings.TrimSuffix(draft, "/")+"/nothing").is(t, http.StatusNotFound)
}

// What was typed is shown as text, whatever it is, on every page.
func TestScriptInEveryField(t *testing.T) {
	s := open(t, noLimits)
	v := s.visitor()
	const bad = `"><script>alert(1)</script>`
	draft := v.begin()
	v.fill(draft, url.Values{"officer_hint": {bad}, "happened_about": {bad}, "place": {bad}, "account": {bad}, "wish": {bad}})
	v.post(draft+"who", url.Values{"identity": {"named"}, "name": {bad}, "phone": {bad}, "email": {bad}, "lang": {"zh-Hans"}})
	for _, page := range []string{"organ", "when", "story", "who", "check", "organ?q=" + url.QueryEscape(bad)} {
		if a := v.get(draft + page); strings.Contains(a.body, "<script>alert") {
			t.Errorf("%s runs what was typed", page)
		}
	}
	a := v.get(draft + "check")
	if !strings.Contains(a.body, "&lt;script&gt;alert(1)") {
		t.Errorf("the check page does not show what was typed:\n%s", plain(a.body))
	}
}

// Ten thousand characters are taken whole; one more is told at the field and comes back.
func TestLongText(t *testing.T) {
	s := open(t, noLimits)
	v := s.visitor()
	draft := v.begin()
	long := strings.Repeat("字", 10_000)
	v.post(draft+"story", url.Values{"account": {long}}).leads(t, "/files")
	if a := v.get(draft + "story"); !strings.Contains(a.body, long) {
		t.Error("the text did not come back whole")
	}
	a := v.post(draft+"story", url.Values{"account": {long + "多"}}).is(t, http.StatusUnprocessableEntity)
	if !strings.Contains(a.body, long+"多") {
		t.Error("what was too long was lost")
	}
	v.post(draft+"story", url.Values{"account": {strings.Repeat("字", 500_000)}}).is(t, http.StatusRequestEntityTooLarge)
}

// The draft is saved while somebody writes, without a word about what is missing.
func TestAutosave(t *testing.T) {
	s := open(t, noLimits)
	v := s.visitor()
	draft := v.begin()
	v.post(draft+"story/save", url.Values{"account": {"写到一半"}}).is(t, http.StatusNoContent)
	v.get(draft+"story").is(t, http.StatusOK, "写到一半")
	v.post("/report/d/unknown/story/save", url.Values{"account": {"x"}}).is(t, http.StatusGone)
	v.get(draft+"later?at=story").is(t, http.StatusOK, draft+"story", "保存到")
}

// A report costs a found number or a moment; a proof is good once.
func TestProofOfWork(t *testing.T) {
	s := open(t, noLimits)
	v := s.visitor()
	draft := v.begin()
	v.fill(draft, nil)
	check := v.get(draft + "check")
	v.post(draft+"check", url.Values{"pow": {check.hidden(t, "pow")}}).is(t, http.StatusUnprocessableEntity, "请过 5 秒")
	v.post(draft+"check", nil).is(t, http.StatusUnprocessableEntity, "再点一次")
	s.later(25 * time.Hour)
	v.post(draft+"check", url.Values{"pow": {check.hidden(t, "pow")}}).is(t, http.StatusGone)
}

// A machine that starts drafts or tries codes is asked to wait, and told how long.
func TestLimits(t *testing.T) {
	s := open(t, DefaultLimits)
	v := s.visitor()
	var a answer
	for range DefaultLimits[classStart].Burst + 1 {
		a = v.post("/report", nil)
	}
	a.is(t, http.StatusTooManyRequests, "请过一会儿再试")
	if a.header.Get("Retry-After") == "" {
		t.Error("nobody says how long to wait")
	}
	for range DefaultLimits[classCode].Burst + 1 {
		a = v.post("/track", url.Values{"code": {identity.NewReceiptCode().Digits()}})
	}
	a.is(t, http.StatusTooManyRequests)
	s.later(5 * time.Minute)
	v.post("/report", nil).leads(t, "/what")
}

func photo(t *testing.T) []byte {
	t.Helper()
	var b bytes.Buffer
	must(t, jpeg.Encode(&b, image.NewRGBA(image.Rect(0, 0, 64, 48)), nil))
	return b.Bytes()
}
