package main

import (
	"strings"
	"testing"

	"yifa/internal/browser"
	"yifa/internal/demo"
	"yifa/internal/matter"
	"yifa/internal/office"
)

// TestRatingJourney: an inspection is planned, approved by another, notified with a code that is shown once, carried
// out and concluded. The shop that was inspected rates it on a phone; her code ends and she gets a new one. Officers of
// the organ never see the rating; the supervision office does, and she reads its answer with the new code.
func TestRatingJourney(t *testing.T) {
	j := newJourney(t)
	for _, person := range []string{"shi-yunfan", "cen-weiye"} {
		must(t, j.Office.PutPerson(t.Context(), office.Person{ID: person, Login: person, Name: j.nameOf(person), Password: demo.Password}))
		j.tabs[person] = j.b.Page(browser.Desktop)
	}
	j.on(9, 21, 9)
	inspection := j.planned("22")
	j.does("cen-weiye", inspection, "approve", "opinion=同意。")
	code := j.handedOut(inspection)
	rating := j.part(inspection)
	for _, person := range []string{"shi-yunfan", "cen-weiye", "zhong-lingyun"} {
		if p := j.as(person, deskPath(rating)); p.Status() != 404 {
			t.Errorf("%s opens the rating: %d", person, p.Status())
		}
		j.tabs[person].ConsoleErrors()
	}
	j.on(9, 22, 10)
	j.does("shi-yunfan", inspection, "record_visit", "came-y=2026", "came-m=9", "came-d=22", "second=lin-jiahui", "carded=true", "done=看了后厨。")
	j.does("shi-yunfan", inspection, "conclude", "result=passed", "told=当面告知。")
	second := j.rates(code)
	j.on(9, 23, 9)
	j.does("he-yuning", rating, "claim")
	p := j.as("he-yuning", deskPath(rating))
	j.shows(p, "后厨的门没有关好就进来", "回复评价")
	j.does("he-yuning", rating, "reply", "message=已经提醒该单位先敲门、先亮证。")
	p = j.b.Page(browser.Phone)
	j.enters(p, second)
	p.Check("rating-answered")
	j.shows(p, "已经提醒该单位先敲门、先亮证。")
	p = j.b.Page(browser.Desktop)
	p.Goto(j.at + "/inspections")
	p.Check("inspections")
	j.shows(p, "蓬江区市场监督管理局")
}

// planned is an inspection on a day of September.
func (j *journey) planned(day string) matter.ID {
	j.t.Helper()
	done, err := j.Office.Perform(j.t.Context(), j.As("shi-yunfan"), office.Act{Procedure: "inspection", Act: "plan", Key: office.NewKey(), Fields: fields{
		"kind": {"routine"}, "items": {"食品经营场所卫生"}, "listed": {"true"}, "used": {"0"}, "cap": {"2"}, "subject_name": {"好味餐馆"},
		"credit_code": {"92440703MA4XEXMP12"}, "division": {"440703002"}, "place": {"建设二路8号"}, "day": {"2026-09-" + day}, "ahead": {"true"}}})
	must(j.t, err)
	return done.Matter
}

// handedOut notifies an inspection and gives the code the page shows.
func (j *journey) handedOut(id matter.ID) string {
	j.t.Helper()
	p := j.as("shi-yunfan", deskPath(id)+"/acts/notify")
	p.Fill("#paper_number", "蓬市监检通〔2026〕12号")
	p.Press(`input[name="how"][value="sent"]`)
	p.Click("main form .govuk-button-group .govuk-button")
	p.Check("rating-code")
	j.shows(p, "请把这张单子交给对方", "评价码")
	j.work()
	return strings.Join(strings.Fields(p.Text("[data-receipt-code]")), "")
}

// enters looks a matter up by its code.
func (j *journey) enters(p *browser.Page, code string) {
	j.t.Helper()
	p.Goto(j.at + "/track")
	p.Fill("#code", code)
	p.Click("main form .govuk-button")
}

// rates answers the five questions on a phone and gives the new code.
func (j *journey) rates(code string) string {
	j.t.Helper()
	p := j.b.Page(browser.Phone)
	j.enters(p, code)
	p.Check("rating-open")
	j.shows(p, "请您评一评这次执法", "今年对您的检查")
	p.Goto(j.at + "/track/inspections")
	p.Check("rating-inspections")
	j.shows(p, "蓬江区市场监督管理局", "日常检查", "没有发现问题")
	p.Goto(j.at + "/track/acts/rate")
	for name, value := range map[string]string{"carded": "no", "told": "yes", "kept": "yes", "clean": "yes", "score": "two"} {
		p.Press(`input[name="` + name + `"][value="` + value + `"]`)
	}
	p.Fill("#words", "后厨的门没有关好就进来。")
	p.Check("rating-form")
	p.Click("main form .govuk-button")
	p.Check("rating-done")
	j.shows(p, "请记下新的回执码")
	second := strings.Join(strings.Fields(p.Text("[data-receipt-code]")), "")
	if second == "" || second == code {
		j.t.Fatalf("the new code is %q", second)
	}
	j.work()
	other := j.b.Page(browser.Phone)
	j.enters(other, code)
	other.ConsoleErrors()
	j.shows(other, "这个码已经用过")
	j.hides(other, "后厨的门")
	return second
}
