package portal

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"yifa/internal/browser"
	"yifa/internal/matter"
)

// A person reports and follows the report: on a phone with scripts, on the narrowest phone without, on a desktop; in
// each language; every page on the way is one we may publish.
func TestJourney(t *testing.T) {
	for _, j := range []struct {
		view   browser.View
		prefix string
	}{
		{browser.Phone, ""},
		{browser.Narrow.WithoutScript(), "/en"},
		{browser.Desktop.InDark(), "/zh-hant"},
	} {
		t.Run(j.view.Name, func(t *testing.T) {
			s := open(t, noLimits)
			p := browser.New(t).Page(j.view)
			code := report(s, p, j.prefix)
			follow(s, p, j.prefix, code)
		})
	}
}

// report walks from the first page to the receipt and gives the code.
func report(s *site, p *browser.Page, prefix string) string {
	t := s.t
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
	picture := filepath.Join(t.TempDir(), "门口.jpg")
	must(t, os.WriteFile(picture, photo(t), 0o600))
	p.Upload("#files", picture)
	p.Click("form[enctype] button")
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

// The whole way of a report, seen by the filer: taken up, asked to add, added, answered, rated.
func TestAnswered(t *testing.T) {
	s := open(t, noLimits)
	v := s.visitor()
	v.look(v.file())
	_ = matter.ID(0)
}
