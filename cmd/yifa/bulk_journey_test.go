package main

import (
	"testing"

	"yifa/internal/browser"
	"yifa/internal/matter"
	"yifa/internal/office/officetest"
)

// TestBulkJourney: reports in the same words come in; what looks as if sent in bulk stands apart with its reasons, and an
// officer treats one as any other and marks the rest at once.
func TestBulkJourney(t *testing.T) {
	j := newJourney(t)
	j.tabs["he-yuning"] = j.b.Page(browser.Phone)
	var last matter.ID
	for range 6 {
		last = j.File(officetest.Report()).ID
		j.work()
	}
	p := j.as("he-yuning", "/desk")
	j.shows(p, "待核 3 件")
	p.Check("bulk-today")
	p.Click(`a[href$="stage=aside"]`)
	j.shows(p, "这些来件像是大批提交的")
	p.Check("bulk-list")
	p = j.as("he-yuning", deskPath(last))
	j.shows(p, "写法和别的来件几乎一样", "按一般来件办", "待核")
	p.Check("bulk-matter")
	j.does("he-yuning", last, "release")
	p = j.as("he-yuning", "/desk/matters?stage=aside")
	for p.Has(`input[name="m"]:not(:checked)`) {
		p.Press(`input[name="m"]:not(:checked)`)
	}
	p.Fill("#act", "mark_bulk")
	p.Click(".yifa-panel button.govuk-button--secondary")
	p.Fill("#reason", "五份一字不差。")
	p.Check("bulk-mark")
	p.Click("main form .govuk-button")
	j.shows(p, "2 件办成 2 件")
	j.shows(j.as("he-yuning", "/desk/matters?stage=aside"), "没有")
}
