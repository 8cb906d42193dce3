package main

import (
	"net/http"
	"testing"

	"yifa/internal/browser"
	"yifa/internal/demo"
	"yifa/internal/office/officetest"
)

// TestRecusal goes through a recusal in a browser: the filer asks on her phone, the handler goes on and then
// finds nothing any more, the head decides on a desktop, and the filer reads what became of it in English.
func TestRecusal(t *testing.T) {
	l := open(t)
	receipt := l.File(officetest.Report())
	id := receipt.ID
	l.Sort(id)
	l.Do(l.As(officetest.Officer), id, "accept", fields{"scope": {"有没有出示证件。"}})
	for _, person := range []string{officetest.Officer, officetest.Head} {
		l.official(person)
	}
	b := browser.New(t)
	at := func(p *browser.Page, path string) *browser.Page { p.Goto(l.url + path); return p }
	signedIn := func(person string, view browser.View) *browser.Page {
		p := at(b.Page(view), "/desk")
		p.Fill("#desk-login", person)
		p.Fill("#desk-password", demo.Password)
		p.Click("main > div > form .govuk-button")
		return p
	}
	const confirm = "main form .govuk-button-group .govuk-button"
	matterPage := "/desk/matters/" + id.String()

	filer := at(b.Page(browser.Phone), "/track")
	filer.Fill("#code", receipt.Code)
	filer.Click("main form .govuk-button")
	filer.Check("recusal-track-before")
	at(filer, "/track/acts/ask_recusal").Check("recusal-ask")
	filer.Press("input[name=whom][value=handler]")
	filer.Press("input[name=ground][value=kinship]")
	filer.Fill("#recusal_reason", "他是白沙街道那位队长的妹夫。")
	filer.Click("main form .govuk-button")
	filer.Check("recusal-track-asked")
	filer.Sees("您申请有关人员回避", "回避")

	handler := signedIn(officetest.Officer, browser.Phone)
	at(handler, matterPage).Check("recusal-handler-before")
	handler.Sees("申请回避")
	at(handler, matterPage+"/acts/recuse_self").Check("recusal-self")

	links := l.State(id).Links
	asked := "/desk/matters/" + links[len(links)-1].To.String()
	if at(handler, asked); handler.Status() != http.StatusNotFound {
		t.Errorf("whom it concerns opens the request: %d", handler.Status())
	}
	head := signedIn(officetest.Head, browser.Desktop)
	head.Check("recusal-head-today")
	at(head, matterPage+"/acts/propose_recusal").Check("recusal-propose")
	at(head, asked).Check("recusal-head")
	head.Sees("他是白沙街道那位队长的妹夫", "待决定")
	at(head, asked+"/acts/grant").Check("recusal-grant")
	head.Fill("#reason", "核对户籍，有近亲属关系。")
	head.Click(confirm)
	head.Check("recusal-granted")

	if at(handler, matterPage); handler.Status() != http.StatusNotFound {
		t.Errorf("the recused handler opens the matter: %d", handler.Status())
	}
	handler.Check("recusal-handler-after")
	at(handler, "/desk").Check("recusal-handler-today")
	at(handler, asked).Check("recusal-handler-decision")
	at(head, "/en"+matterPage).Check("recusal-parent-en")

	at(filer, "/en/track/matter").Check("recusal-track-after-en")
	filer.Click("main .yifa-panel .yifa-cite")
	filer.Check("recusal-track-own-en")
	at(filer, "/track/matter").Check("recusal-track-own")
	filer.Sees("决定回避", "核对户籍，有近亲属关系。")
}
