package office_test

import (
	"testing"

	"yifa/internal/i18n"
	"yifa/internal/office"
	"yifa/internal/office/officetest"
)

// A line of work says who does what comes next, unless it is the reader; what nobody handles yet is to be claimed, entries
// of the registers are not.
func TestWhoseTurn(t *testing.T) {
	c := officetest.New(t)
	c.Accepted()
	next := func(person string) office.Brief {
		t.Helper()
		l, err := c.Office.List(t.Context(), c.As(person), office.Filter{})
		if err != nil || len(l.Rows) != 1 {
			t.Fatalf("%s sees %d matters: %v", person, len(l.Rows), err)
		}
		return l.Rows[0]
	}
	if b := next(officetest.Officer); b.NextAct != "record_verification" || b.Whose != "" {
		t.Errorf("the handling officer is told to wait for %q to do %s", b.Whose, b.NextAct)
	}
	if b := next(officetest.Head); b.NextAct != "record_verification" || b.Whose != "承办人" {
		t.Errorf("the head is told to wait for %q to do %s", b.Whose, b.NextAct)
	}
	c.File(officetest.Report())
	for person, want := range map[string]int{officetest.Officer: 1, "luo-jingyi": 0} {
		if v, err := c.Office.TodayPage(t.Context(), c.As(person)); err != nil || v.Pool != want || len(v.Waiting) != want {
			t.Errorf("%s can claim %d and is shown %d: %v", person, v.Pool, len(v.Waiting), err)
		}
	}
}

// The filters of a list offer what can be found, and an organ is found by its name in the language of the page.
func TestFilterChoices(t *testing.T) {
	c := officetest.New(t)
	c.Accepted()
	r := c.As(officetest.Officer)
	r.Lang = i18n.En
	of := func(organ string) (office.ListView, int) {
		t.Helper()
		l, err := c.Office.List(t.Context(), r, office.Filter{Organ: organ})
		if err != nil {
			t.Fatal(err)
		}
		return l, len(l.Rows)
	}
	all, _ := of("")
	groups := map[string]int{}
	for _, s := range all.Stages {
		groups[s.Group]++
	}
	if groups["Complaint about enforcement"] == 0 || groups["Supervision case"] == 0 || groups["Register of organs"] != 0 {
		t.Errorf("stages are offered of %v", groups)
	}
	if _, n := of("Baisha Comprehensive Enforcement Office"); n != 1 {
		t.Errorf("by its name %d matters of the organ are found", n)
	}
	if _, n := of("440703002-zhzf"); n != 1 {
		t.Errorf("by its key %d matters of the organ are found", n)
	}
	if _, n := of("no such organ"); n != 0 {
		t.Errorf("of no such organ %d matters are found", n)
	}
}
