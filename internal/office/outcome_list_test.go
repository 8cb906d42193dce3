package office_test

import (
	"slices"
	"strings"
	"testing"

	"yifa/internal/i18n"
	"yifa/internal/matter"
	"yifa/internal/office"
	"yifa/internal/office/officetest"
	"yifa/internal/store"
)

// Published results are found by what their pages show and by words of their public texts, and by nothing else.
func TestOutcomes(t *testing.T) {
	t.Parallel()
	c := officetest.New(t)
	_, one := c.Published()
	id, _ := c.Answered()
	two := c.Publish(id, officetest.Public{Title: "收费没有依据", Summary: "反映收费没有依据。", Outcome: "部分属实。", Did: "已退还。"})
	must(t, c.Office.Work(t.Context()))
	all := found(t, c, office.OutcomeFilter{})
	if len(all.Rows) != 2 || all.Total != 2 || all.Rows[0].ID != max(one, two) || len(all.Organs) != 1 || len(all.Places) != 7 || len(all.Kinds) < 10 {
		t.Fatalf("%+v", all)
	}
	for _, x := range []struct {
		name string
		f    office.OutcomeFilter
		want []matter.ID
	}{
		{"words", office.OutcomeFilter{Words: " 收费　依据 "}, []matter.ID{two}},
		{"what staff wrote", office.OutcomeFilter{Words: "夜市摊档"}, nil},
		{"everything", office.OutcomeFilter{Words: "没有", Organ: all.Organs[0].Value, Place: "440703", Result: "substantiated", Period: "2026"}, []matter.ID{max(one, two), min(one, two)}},
		{"another place", office.OutcomeFilter{Place: "440783"}, nil},
		{"another year", office.OutcomeFilter{Period: "2025"}, nil},
		{"typical", office.OutcomeFilter{Only: "typical"}, nil},
		{"what is unknown narrows nothing", office.OutcomeFilter{Organ: "x'--", Place: "44", Kind: "\x00", Result: "?", Period: "0", Only: "y", After: "!", Words: "\xff"}, []matter.ID{max(one, two), min(one, two)}},
	} {
		if got := idsOf(found(t, c, x.f)); !slices.Equal(got, x.want) {
			t.Errorf("%s: %v, want %v", x.name, got, x.want)
		}
	}
	c.Do(c.As(officetest.Head), two, "choose_typical", map[string][]string{"comment": {"收费先看依据。"}})
	c.Do(c.As(officetest.Officer), one, "withdraw", map[string][]string{"withdrawn_for": {"mistake"}, "reason": {"写错了。"}})
	if got := idsOf(found(t, c, office.OutcomeFilter{Only: "typical"})); !slices.Equal(got, []matter.ID{two}) {
		t.Errorf("typical: %v", got)
	}
	if got := idsOf(found(t, c, office.OutcomeFilter{Words: "没有"})); !slices.Equal(got, []matter.ID{two}) { // before its words leave the index
		t.Errorf("what was withdrawn is found by its words: %v", got)
	}
	if list := found(t, c, office.OutcomeFilter{}); len(list.Rows) != 2 {
		t.Errorf("what was withdrawn is not listed: %+v", list.Rows)
	}
}

// What is listed follows from the record: it is made again where it was lost, and verification tells where it differs.
func TestOutcomesFollowTheRecord(t *testing.T) {
	t.Parallel()
	c := officetest.New(t)
	_, id := c.Published()
	broken := func(o *store.Outcome) {
		must(t, c.DB.Write(t.Context(), func(tx *store.Tx) error { return tx.PutOutcome(t.Context(), id, o) }))
		v, err := c.Office.Verify(t.Context())
		must(t, err)
		if len(v.Differences) != 1 || !strings.Contains(v.Differences[0], id.String()+": what is listed of it as published") {
			t.Errorf("it tells %v", v.Differences)
		}
	}
	broken(&store.Outcome{Organ: "440703-scjg"})
	broken(nil)
	must(t, c.DB.Write(t.Context(), func(tx *store.Tx) error { return tx.PutMeta(t.Context(), "measures", "older") }))
	must(t, c.Office.Remeasure(t.Context()))
	if got := idsOf(found(t, c, office.OutcomeFilter{})); !slices.Equal(got, []matter.ID{id}) {
		t.Errorf("made again: %v", got)
	}
	c.Sound()
}

func found(t *testing.T, c *officetest.City, f office.OutcomeFilter) office.OutcomesView {
	t.Helper()
	v, err := c.Office.Outcomes(t.Context(), i18n.ZhHans, f)
	must(t, err)
	return v
}

func idsOf(v office.OutcomesView) (out []matter.ID) {
	for _, o := range v.Rows {
		out = append(out, o.ID)
	}
	return out
}

// Page after page, with words and without, each result comes once, and the number stays the same.
func TestOutcomePages(t *testing.T) {
	t.Parallel()
	c := officetest.New(t)
	_, first := c.Published()
	must(t, c.DB.Write(t.Context(), func(tx *store.Tx) error {
		for i := range 60 { // what no matter stands behind takes up places and shows nothing
			if err := tx.PutOutcome(t.Context(), matter.ID(i+1)<<40|7, &store.Outcome{Day: c.Office.Today().AddDays(i%3 - 1), Organ: "440703-scjg"}); err != nil {
				return err
			}
		}
		return nil
	}))
	pages, seen := 0, 0
	for f := (office.OutcomeFilter{}); pages == 0 || f.After != ""; pages++ {
		v := found(t, c, f)
		if v.Total != 61 {
			t.Errorf("page %d tells %d", pages, v.Total)
		}
		if slices.Contains(idsOf(v), first) {
			seen++
		}
		f = v.Filter
		f.After = v.Next
	}
	if pages != 3 || seen != 1 {
		t.Errorf("%d pages, seen %d times", pages, seen)
	}
	must(t, c.Office.Work(t.Context()))
	v := found(t, c, office.OutcomeFilter{Words: "证件"})
	if v.Total != 1 || v.Next != "" || len(found(t, c, office.OutcomeFilter{Words: "证件", After: "eyJEYXkiOjEsIklEIjoiMDAwMDAwMDAwMDAwMCJ9"}).Rows) > 1 {
		t.Errorf("by words: %+v", v.Filter)
	}
}
