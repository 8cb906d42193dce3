package portal

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"yifa/internal/browser"
	"yifa/internal/office/officetest"
)

// A person reports and follows the report: on a phone with scripts, on the narrowest phone without, on a desktop; in
// each language; every page on the way is one we may publish.
func TestJourney(t *testing.T) {
	for _, j := range []struct {
		view   browser.View
		prefix string
		added  string // said once a file is sent piece by piece; empty: without script
	}{
		{browser.Phone, "", "已经添加 1 个"},
		{browser.Narrow.WithoutScript(), "/en", ""},
		{browser.Desktop.InDark(), "/zh-hant", "已經新增 1 個"},
	} {
		t.Run(j.view.Name, func(t *testing.T) {
			s := open(t, noLimits)
			p := browser.New(t).Page(j.view)
			code := report(s, p, j.prefix, j.added)
			follow(s, p, j.prefix, code)
		})
	}
}

// report walks from the first page to the receipt and gives the code.
func report(s *site, p *browser.Page, prefix, added string) string {
	p.Goto(s.URL + prefix + "/")
	p.Check("home")
	p.Click(".yifa-hero .govuk-button--start")
	p.Check("start")
	p.Click("main form .govuk-button--start")
	const on = "form[data-autosave] .govuk-button"
	p.Click(on) // nothing chosen yet
	p.Check("what-missing")
	p.Press("input[value=no_identification]")
	p.Press("input[value=emergency]")
	p.Check("what")
	p.Click(on)
	p.Check("advice")
	p.Click(".govuk-button-group .govuk-button")
	p.Fill("#q", "蓬江 城市管理")
	p.Click("form[role=search] button")
	p.Check("organ")
	p.Press("#organ")
	p.Fill("#officer_hint", "证号后四位 0173")
	p.Click(on)
	p.Fill("#happened_on-y", "2026")
	p.Fill("#happened_on-m", "9")
	p.Fill("#happened_on-d", "22")
	p.Fill("#division", "440703")
	p.Fill("#place", "榕荫路 18 号，阿禾粥档门前")
	p.Check("when")
	p.Click(on)
	p.Fill("#account", "他们说占道，直接把三张折叠桌和一辆手推车搬上车。\n我请他们出示证件，没有出示。")
	p.Check("story")
	p.Click(on)
	p.Upload("#files", s.picture("门口.jpg"))
	if added != "" {
		wait(s.t, p, added)
	} else {
		p.Click("form[enctype] button")
	}
	p.Check("files")
	p.Click("form:not([enctype]) .govuk-button-group .govuk-button")
	p.Press("input[value=named]")
	p.Click(on)
	p.Check("who-missing")
	p.Press("input[value=anonymous]")
	p.Check("who")
	p.Click(".govuk-button-group a")
	p.Check("later")
	p.Click(".govuk-back-link")
	p.Press("input[value=anonymous]")
	p.Click(on)
	p.Check("check")
	s.later(10 * time.Second)
	p.Click("main form .govuk-button")
	p.Check("receipt")
	return strings.NewReplacer(" ", "", "\n", "").Replace(p.Text("[data-receipt-code]"))
}

// follow looks the report up, writes to the handler, and takes the report back.
func follow(s *site, p *browser.Page, prefix, code string) {
	p.Goto(s.URL + prefix + "/track")
	p.Fill("#code", "1111 1111 1111 1111")
	p.Click("main form .govuk-button")
	p.Check("track-mistyped")
	p.Fill("#code", code)
	p.Click("main form .govuk-button")
	p.Check("matter")
	p.Fill("#message", "我想起来了，是下午三点。")
	p.Click("form[action$=message_staff] .govuk-button")
	if left := p.Value("#message"); left != "" {
		s.t.Errorf("the message sent stands in the field again: %q", left)
	}
	p.Check("matter-message")
	p.Goto(s.URL + prefix + "/track/acts/rate")
	p.Check("act-refused")
	p.Goto(s.URL + prefix + "/track/acts/withdraw")
	p.Check("act")
	p.Click("main form .govuk-button")
	p.Check("matter-withdrawn")
	p.Click("form[action$=leave] button")
	p.Check("track")
	for name, path := range map[string]string{"how": "/how", "how-complaint": "/how/" + complaint, "outcomes": "/outcomes",
		"help-protection": "/help/protection", "help-platform": "/help/platform", "help-receipt": "/help/receipt",
		"help-accessibility": "/help/accessibility", "not-found": "/nothing"} {
		p.Goto(s.URL + prefix + path)
		p.Check(name)
	}
	p.ConsoleErrors() // 404 and 422 pages are written to the console as errors of loading
}

// The code of a QR code stands after the #: it fills the field and leaves the address.
func TestCodeFromQR(t *testing.T) {
	s := open(t, noLimits)
	code := s.visitor().file()
	p := browser.New(t).Page(browser.Phone)
	p.Goto(s.URL + "/track#" + code)
	if got := p.Value("#code"); strings.ReplaceAll(got, " ", "") != code {
		t.Errorf("the field holds %q", got)
	}
	if strings.Contains(p.URL(), code) {
		t.Error("the code stays in the address")
	}
	p.Click("main form .govuk-button")
	p.Sees("已收到")
}

// What was typed survives leaving the page in the middle of it, with scripts.
func TestTypedSurvivesReload(t *testing.T) {
	s := open(t, noLimits)
	draft := s.visitor().begin()
	p := browser.New(t).Page(browser.Phone)
	p.Goto(s.URL + draft + "story")
	p.Fill("#account", "写到一半，手机没电了")
	p.Goto(s.URL + draft + "story")
	if got := p.Value("#account"); got != "写到一半，手机没电了" {
		t.Errorf("after coming back the field holds %q", got)
	}
}

// A film of 50 MB is refused in words, not by a broken connection, and what was written beside it stays.
func TestHugeFileInBrowser(t *testing.T) {
	s := open(t, noLimits)
	huge := filepath.Join(t.TempDir(), "录像.mp4")
	must(t, os.WriteFile(huge, append([]byte("\x00\x00\x00\x18ftypmp42\x00\x00\x00\x00mp42isom"), make([]byte, 50<<20)...), 0o600))
	draft := s.visitor().begin()
	p := browser.New(t).Page(browser.Phone.WithoutScript()) // with it, the file would come piece by piece
	p.Goto(s.URL + draft + "files")
	p.Upload("#files", huge)
	p.Click("form[enctype] button")
	p.Sees("录像.mp4", "20 MB")
	p.Goto(s.URL + "/track")
	p.Fill("#code", s.visitor().file())
	p.Click("main form .govuk-button")
	p.Fill("#message", "这段话不能丢")
	p.Upload("#files", huge)
	p.Click("form[action$=message_staff] .govuk-button")
	p.Sees("20 MB")
	if got := p.Value("#message"); got != "这段话不能丢" {
		t.Errorf("the message field holds %q", got)
	}
	p.ConsoleErrors() // the 422 pages
}

// The name fields show only for those who want to give a name.
func TestNameIsAskedOnlyWhenWanted(t *testing.T) {
	s := open(t, noLimits)
	draft := s.visitor().begin()
	p := browser.New(t).Page(browser.Phone.WithoutScript())
	p.Goto(s.URL + draft + "who")
	p.Press("input[value=anonymous]")
	if shown(p) {
		t.Error("an anonymous person is asked for a name")
	}
	p.Press("input[value=named]")
	if !shown(p) {
		t.Error("a person who gives a name is not asked for it")
	}
}

func shown(p *browser.Page) bool {
	return browser.Evaluate[bool](p, `document.querySelector("#name").getClientRects().length > 0`)
}

// The whole way of a report, seen by the filer: taken up, asked for more, added, answered, rated, published.
func TestAnswered(t *testing.T) {
	s := open(t, noLimits)
	v := s.visitor()
	code := v.file()
	page := browser.New(t).Page(browser.Phone)
	page.Goto(s.URL + "/track")
	page.Fill("#code", code)
	page.Click("main form .govuk-button")
	id := s.idOf(code)

	s.act(officetest.Officer, id, "link_target", fields{"target": {"known"}, "complained_organ": {"440703-cgzf"}})
	s.act(officetest.Officer, id, "sort", fields{"stream": {"about_enforcement"}, "title": {"扣押物品没有给清单"}, "summary": {"反映扣押时没有出示证件，没有给清单。"}})
	s.act(officetest.Officer, id, "claim", nil)
	s.later(24 * time.Hour)
	s.act(officetest.Officer, id, "accept", fields{"scope": {"扣押时有没有出示证件，有没有给清单。"}})
	s.act(officetest.Officer, id, "message_filer", fields{"message": {"您好，请问还记得车牌吗？"}})
	s.act(officetest.Officer, id, "ask_supplement", fields{"what": {"请补充能看清搬走哪些物品的照片，没有也没关系。"}})
	s.later(48 * time.Hour)
	page.Goto(s.URL + "/track")
	page.Fill("#code", code)
	page.Click("main form .govuk-button")
	page.Sees("承办人给您发来新消息", "您好，请问还记得车牌吗？", "暂停", "补充")
	page.Check("matter-asked")
	page.Goto(s.URL + "/track/acts/supplement")
	page.Fill("#text", "找到一张，已经传上来了。")
	page.Upload("#files", s.picture("物品.jpg"))
	page.Check("act-supplement")
	page.Click("main form .govuk-button")
	page.Sees("已办好：补充材料", "图片1.jpg")

	s.act(officetest.Officer, id, "record_verification", fields{"method": {"file_review"}, "heard_organ": {"true"}, "findings": {"案卷里没有清单。"}})
	s.act(officetest.Officer, id, "propose_handling", fields{"result": {"substantiated"}, "opinion": {"属实。"}})
	s.act(officetest.Head, id, "decide_handling", fields{"result": {"substantiated"}, "measure": {"reminded"}, "decision": {"要求退还。"}})
	s.act(officetest.Officer, id, "answer", fields{"unchecked": {"这里只看别的。"}, "found": {"扣押时没有出示执法证件，也没有当场交付清单。"}, "done": {"已要求改正，10月30日起可以领回物品。"},
		"remedies": {"reopening"}, "outcome": {"认定程序不当，已要求退还物品。"}})
	page.Goto(s.URL + "/track/matter")
	page.Sees("扣押时没有出示执法证件", "10月30日起可以领回", "给您的文书")
	page.Check("matter-answered")
	page.Click(".yifa-files a[href*=documents]")
	page.Check("document")
	page.Goto(s.URL + "/track/acts/rate")
	page.Press("input[value=five]")
	page.Fill("#words", "谢谢")
	page.Check("act-rate")
	page.Click("main form .govuk-button")
	page.Sees("已评价")
	s.city.Publish(id, officetest.Public{Title: "扣押没有出示证件", Summary: "反映扣押时没有出示证件，联系人陈志强，电话13800138000。", Outcome: "认定程序不当，已要求退还物品。", Did: "已退还物品，重新学习了程序。"})
	page.Goto(s.URL + "/outcomes")
	page.Check("outcomes-one")
	if err := s.city.Office.Work(t.Context()); err != nil {
		t.Fatal(err)
	}
	page.Fill("#q", "退还物品 程序")
	page.Click(".yifa-find > .govuk-button")
	page.Sees("共 1 件", "文中有“退还物品 程序”", "扣押没有出示证件")
	page.Check("outcomes-found")
	page.Fill("#q", "榕荫路")
	page.Click(".yifa-find > .govuk-button")
	page.Sees("没有找到符合的结果", "看全部结果", "查进度")
	page.Check("outcomes-unfound")
	page.Goto(s.URL + "/outcomes?place=440703&kind=no_identification&only=typical")
	page.Sees("没有找到符合的结果", "蓬江区", "只看典型案例")
	page.Goto(s.URL + "/outcomes")
	page.Click(".yifa-rows a")
	page.Sees("认定程序不当，已要求退还物品。", "蓬江区", "〔已隐去：姓名〕", "电话，1 处")
	page.Check("outcome")
	page.Click("#outcome-not-solved ~ p .govuk-button")
	page.Sees("接着公开的结果反映", "扣押没有出示证件")
	page.Check("not-solved")
	page.Click("main form button")
	page.Sees("您接着反映的是", "扣押没有出示证件")
	page.Check("not-solved-what")
	page.Goto(s.URL + "/outcomes")
	page.Click(".yifa-rows a")
	for _, secret := range []string{"榕荫路", "0173", "折叠桌", "陈志强", "13800138000", code} {
		if strings.Contains(page.Text("body"), secret) {
			t.Errorf("the published result shows %s", secret)
		}
	}
	page.Goto(s.URL + "/")
	page.Sees("最近公开的办理结果")
}

// Nothing scrolls sideways in large type on the narrowest phone.
func TestLargeType(t *testing.T) {
	s := open(t, noLimits)
	v := s.visitor()
	draft := v.begin()
	v.fill(draft, nil)
	p := browser.New(t).Page(browser.Narrow)
	p.Goto(s.URL + "/?type=large")
	for _, prefix := range []string{"", "/en"} {
		for _, path := range []string{"/", "/report", draft + "what", draft + "organ", draft + "when", draft + "files", draft + "who", draft + "check", "/track", "/how/" + complaint} {
			p.Goto(s.URL + prefix + path)
			if wide := p.SidewaysScroll(); wide != "" {
				t.Errorf("%s%s in large type: %s", prefix, path, wide)
			}
		}
	}
	code := v.submit(draft)
	p.Goto(s.URL + "/track")
	p.Fill("#code", code)
	p.Click("main form .govuk-button")
	for _, prefix := range []string{"", "/en"} {
		for _, path := range []string{draft + "receipt", "/track/matter", "/track/acts/message_staff"} {
			p.Goto(s.URL + prefix + path)
			if wide := p.SidewaysScroll(); wide != "" {
				t.Errorf("%s%s in large type: %s", prefix, path, wide)
			}
		}
	}
}
