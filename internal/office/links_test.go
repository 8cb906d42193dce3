package office_test

import (
	"errors"
	"slices"
	"strings"
	"testing"

	"yifa/internal/i18n"
	"yifa/internal/matter"
	"yifa/internal/office"
	"yifa/internal/office/officetest"
)

// goesOn is a report begun from a published outcome by somebody else.
func goesOn(t *testing.T, c *officetest.City, outcome matter.ID) matter.ID {
	t.Helper()
	fields, lines, err := c.Office.BeginWith(t.Context(), i18n.ZhHans, map[string][]string{"continues": {outcome.String()}})
	must(t, err)
	if len(lines) != 4 || lines[0].Value != "搬走桌椅没有出示证件" || fields["division"][0] != "440703" || fields["organ"][0] != "440703002-zhzf" || fields["problem"][0] != "no_identification" {
		t.Fatalf("begun with %v, %+v", fields, lines)
	}
	fields["account"], fields["identity"], fields["lang"] = []string{"昨天又来搬，还是不出示。"}, []string{"anonymous"}, []string{"zh-Hans"}
	return c.File(fields).ID
}

// Whoever sees a published outcome may report on from it: its officers see from which, and those of the first report how
// many do, each only what he may read; the filer sees what everybody sees (ptsd/251).
func TestNotSolved(t *testing.T) {
	t.Parallel()
	c := officetest.New(t)
	first, outcome := c.Published()
	again := goesOn(t, c, outcome)
	if st := c.State(again); !slices.Equal(st.Links, []matter.Link{{Kind: "continues", To: outcome}}) || st.Holder != "440703-sfj" {
		t.Errorf("the report stands at %s with links %v", st.Holder, st.Links)
	}
	officer := c.As(officetest.Officer)
	v, err := c.Office.Matter(t.Context(), officer, again)
	must(t, err)
	if v.Sorting == nil || v.Sorting.Continues != outcome || len(v.Sorting.Twins) == 0 || v.Sorting.Twins[0].Brief.ID != first ||
		v.Sorting.Twins[0].Act != "" || !slices.Equal(v.Sorting.Twins[0].Why, []string{"提交人说，这件公开的结果还没有解决"}) {
		t.Errorf("the sorter sees %+v, %+v", v.Links, v.Sorting)
	}
	for _, id := range []matter.ID{first, outcome} {
		before, err := c.Office.Matter(t.Context(), officer, id)
		must(t, err)
		if len(before.Unsolved) != 1 || before.Unsolved[0].ID != again {
			t.Errorf("%s lists %+v", id, before.Unsolved)
		}
	}
	mine, err := c.Office.Track(t.Context(), c.Filer(again))
	must(t, err)
	if mine.Continues == nil || mine.Continues.Title != "搬走桌椅没有出示证件" || len(mine.Links) > 0 || len(mine.Unsolved) > 0 {
		t.Errorf("the filer sees %+v", mine)
	}
	other, err := c.Office.Track(t.Context(), c.Filer(first))
	must(t, err)
	if len(other.Unsolved) > 0 || len(other.Links) > 0 || other.Published != outcome {
		t.Errorf("the first filer sees %+v", other.MatterView)
	}
	c.GapFree()
	c.Sound()
}

// What a reader may not see of those who report on is not counted either.
func TestNotSolvedOfOthers(t *testing.T) {
	t.Parallel()
	c := officetest.New(t)
	first, outcome := c.Published()
	again := goesOn(t, c, outcome)
	c.Do(c.As(officetest.Officer), again, "pass_on", map[string][]string{"division": {"440705"}, "reason": {"发生在新会。"}})
	before, err := c.Office.Matter(t.Context(), c.As(officetest.Officer), first)
	must(t, err)
	if len(before.Unsolved) > 0 {
		t.Errorf("a report at another office is listed: %+v", before.Unsolved)
	}
	there, err := c.Office.Matter(t.Context(), c.As(officetest.Stranger), again)
	must(t, err)
	if len(there.Links) > 0 || there.Sorting == nil || there.Sorting.Continues != outcome || slices.ContainsFunc(there.Sorting.Twins, func(x office.TwinView) bool { return x.Brief.ID == first }) {
		t.Errorf("the other office sees %+v, %+v", there.Links, there.Sorting)
	}
}

// Nothing can be reported on from what is not public, and what was taken back shows no text.
func TestNotSolvedNeedsAPublishedOutcome(t *testing.T) {
	t.Parallel()
	c, id, part := proposed(t)
	for _, hidden := range []matter.ID{id, part, 12345} {
		fields, lines, err := c.Office.BeginWith(t.Context(), i18n.ZhHans, map[string][]string{"continues": {hidden.String()}})
		if err != nil || len(fields) > 0 || len(lines) > 0 {
			t.Errorf("begun from %s: %v, %v, %v", hidden, fields, lines, err)
		}
		forged := officetest.Report()
		forged["continues"] = []string{hidden.String()}
		_, err = c.Office.FileReport(t.Context(), c.Draft(forged), i18n.ZhHans, nil)
		if bad, is := errors.AsType[office.BadFields](err); !is || bad["continues"] == "" {
			t.Errorf("a report on from %s: %v", hidden, err)
		}
	}
	c.Do(c.As(officetest.Officer), part, "submit", nil)
	c.Do(c.As(officetest.Head), part, "publish", nil)
	fields := officetest.Report()
	fields["continues"] = []string{part.String()}
	again := c.File(fields).ID
	c.Do(c.As(officetest.Officer), part, "withdraw", map[string][]string{"withdrawn_for": {"identifies"}, "reason": {"认得出人。"}})
	mine, err := c.Office.Track(t.Context(), c.Filer(again))
	must(t, err)
	if mine.Continues == nil || mine.Continues.Withdrawn == nil || strings.Contains(mine.Continues.Title, "桌椅") {
		t.Errorf("of what was taken back the filer sees %+v", mine.Continues)
	}
	if fields, _, _ := c.Office.BeginWith(t.Context(), i18n.ZhHans, map[string][]string{"continues": {part.String()}}); len(fields) > 0 {
		t.Errorf("begun from what was taken back: %v", fields)
	}
}
