package desk

import (
	"strings"
	"testing"

	"yifa/internal/browser"
	"yifa/internal/i18n"
	"yifa/internal/office/officetest"
)

// An officer takes a report from the pool to the answer: with scripts on a desktop and a phone, without on the
// narrowest; in each language; every page on the way is one we may publish.
func TestJourney(t *testing.T) {
	for _, j := range []struct {
		view   browser.View
		prefix string
	}{
		{browser.Desktop, ""},
		{browser.Narrow.WithoutScript(), "/en"},
		{browser.Phone.InDark(), "/zh-hant"},
	} {
		t.Run(j.view.Name, func(t *testing.T) {
			s := openDesk(t)
			id := s.city.File(officetest.Report()).ID
			s.city.File(officetest.Report())
			walk := &walk{Page: browser.New(t).Page(j.view), s: s, prefix: j.prefix, path: matterPath(id), noScript: j.view.NoScript}
			walk.signIn(officetest.Officer)
			walk.sortAndAccept()
			walk.talk()
			walk.look()
			walk.head()
		})
	}
}

// walk is one person going through the desk.
type walk struct {
	*browser.Page
	s            *site
	prefix, path string
	noScript     bool
}

const confirm = "main form .govuk-button-group .govuk-button"

func (w *walk) open(path string) { w.Goto(w.s.URL + w.prefix + path) }

func (w *walk) lang() i18n.Lang {
	l, _ := i18n.Split(w.prefix + "/desk")
	return l
}

func (w *walk) signIn(person string) {
	a := w.s.account(person)
	w.open("/desk")
	w.Check("sign-in")
	w.Fill("#"+loginField, a.Login)
	w.Fill("#"+passwordField, "wrong")
	w.Click("main > div > form .govuk-button")
	w.Check("sign-in-wrong")
	w.Fill("#"+passwordField, a.Password)
	w.Click("main > div > form .govuk-button")
	w.Check("today")
}

func (w *walk) sortAndAccept() {
	w.Press("#pick-" + strings.TrimPrefix(w.path, "/desk/matters/"))
	w.Click("form[action$=bulk] .govuk-button")
	w.Check("bulk-done")
	w.open(w.path)
	w.Check("matter-received")
	w.open(w.path + "/acts/accept")
	w.Check("act-refused")
	w.open(w.path + "/acts/link_target")
	w.asksOnly("#complained_organ", false)
	w.Press("input[name=target][value=known]")
	w.asksOnly("#complained_organ", true)
	w.Click(confirm) // the organ is not yet given
	w.Check("act-missing")
	name := w.s.city.Office.OrganName(w.lang(), "440703002-zhzf")
	w.Fill("#complained_organ", name)
	w.Press("input[name=officer_known][value=false]")
	w.Click(confirm)
	w.Check("matter-linked")
	w.open(w.path + "/acts/sort")
	w.Press("input[name=stream][value=about_enforcement]")
	w.Fill("#title", "搬走桌椅没有出示证件")
	w.Fill("#summary", "反映搬走桌椅时没有出示证件。")
	w.Check("act-sort")
	w.Click(confirm)
	w.open(w.path + "/acts/accept")
	w.Fill("#scope", "有没有出示证件。")
	w.Click(confirm)
	w.Check("matter-accepted")
}

// asksOnly fails the test unless a field that hangs on another answer is shown, or folded away where scripts run.
func (w *walk) asksOnly(field string, asked bool) {
	shown := browser.Evaluate[bool](w.Page, `document.querySelector("`+field+`").getClientRects().length > 0`)
	if want := asked || w.noScript; shown != want {
		w.s.t.Errorf("%s is shown: %v, want %v", field, shown, want)
	}
}

func (w *walk) talk() {
	w.Fill("#message", "<script>alert(1)</script> 请问是上午还是下午？")
	w.Click("#dialogue form .govuk-button")
	w.Sees("<script>alert(1)</script>")
	w.Fill("#note", "电话里说是下午。")
	w.Click("#notes form .govuk-button")
	if kept := w.Value("#note") + w.Value("#message"); kept != "" {
		w.s.t.Errorf("what was sent still stands in its form: %q", kept)
	}
	w.Check("matter-talk")
}

func (w *walk) look() {
	w.Click("#papers .yifa-files a")
	w.Check("document")
	for name, path := range map[string]string{"record": w.path + "/record", "matters": "/desk/matters", "matters-none": "/desk/matters?q=没有这样的",
		"matters-mine": "/desk/matters?scope=mine&due=soon", "act-hand-over": w.path + "/acts/hand_over", "new": "/desk/new/" + complaint + "/" + actRecord,
		"account": "/desk/account", "help": "/desk/help", "not-found": "/desk/nothing", "hidden": "/desk/leader"} {
		w.open(path)
		w.Check(name)
	}
	w.open("/desk/account")
	w.Click("main form .govuk-button")
	w.Check("signed-out")
	w.ConsoleErrors() // pages of 4xx are written to the console as errors of loading
}

func (w *walk) head() {
	w.signIn(officetest.Head)
	w.s.city.Clock.Set(w.s.city.Clock.Now().AddDate(0, 3, 0))
	w.open("/desk")
	w.signInAgain(officetest.Head)
	w.Check("today-late")
	w.open("/desk/leader")
	w.Check("leader")
	w.open("/desk/matters")
	w.Press("main ul .govuk-radios__input")
	w.Fill("#act", "assign")
	w.Click("main form .govuk-button--secondary")
	w.Check("bulk-form")
	w.Click(confirm)
	w.Check("bulk-missing")
	w.Press("input[name=person]")
	w.Click(confirm)
	w.Check("bulk-assigned")
	w.ConsoleErrors()
}

// signInAgain signs in if the session has ended meanwhile.
func (w *walk) signInAgain(person string) {
	if !w.Has("#" + loginField) {
		return
	}
	a := w.s.account(person)
	w.Fill("#"+loginField, a.Login)
	w.Fill("#"+passwordField, a.Password)
	w.Click("main > div > form .govuk-button")
}
