package office_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"yifa/internal/matter"
	"yifa/internal/office"
	"yifa/internal/office/officetest"
)

func TestCopies(t *testing.T) { t.Parallel(); copies(t, officetest.New(t)) }

func TestCopiesPostgres(t *testing.T) { t.Parallel(); copies(t, officetest.Postgres(t)) }

// copies drafts one decision for forty parties from one draft: one of them lacks what the paper must say and is told so,
// the others are checked and signed together, each with a number of its own and no gap between them.
func copies(t *testing.T, c *officetest.City) {
	ctx := t.Context()
	whole := caseOf(t, c)
	model := draft(t, c, whole, "supervision_opinion")
	officer := c.As("he-yuning")
	c.Do(officer, model, "save_draft", opinion())

	var list strings.Builder
	list.WriteString("被监督机关\t查明的事实\n")
	for i := range 40 {
		fact := fmt.Sprintf("第%d家检查时没有出示证件。", i+1)
		if i == 16 {
			fact = ""
		}
		fmt.Fprintf(&list, "第%d执法队\t%s\n", i+1, fact)
	}
	var bad office.BadFields
	for _, wrong := range []string{"", "被监督机关", "没有这一栏\n甲", "被监督机关,监督事项\n甲,乙,丙", "被监督机关\n" + strings.Repeat("甲\n", 101)} {
		if _, err := c.Office.CopyPaper(ctx, officer, model, wrong); !errors.As(err, &bad) {
			t.Errorf("%.20q: %v", wrong, err)
		}
	}
	order, err := c.Office.CopyPaper(ctx, officer, model, list.String())
	must(t, err)
	must(t, c.Office.Work(ctx))
	v, err := c.Office.Order(ctx, officer, order)
	must(t, err)
	if v.Total != 40 || v.Done != 39 || v.Failed != 1 || v.State != office.OrderDone || v.Lines[0].Label != "第17执法队" || !strings.Contains(v.Lines[0].Error, "查明的事实") {
		t.Fatalf("%d of %d, %d failed, %s: %+v", v.Done, v.Total, v.Failed, v.State, v.Lines[0])
	}
	if st := c.State(v.Lines[0].Matter); st.Stage != "drafting" {
		t.Errorf("the one that lacks something stands in %s", st.Stage)
	}

	first := v.Lines[1].Matter
	for _, step := range []struct{ person, act, stage string }{{"ou-xiaozhang", "pass_check", "signing"}, {"song-zhiwen", "sign", "issued"}} {
		all, err := c.Office.PaperCopies(ctx, c.As(step.person), first)
		must(t, err)
		if len(all.Rows) != 39 || !strings.HasPrefix(all.Rows[0].For, "第") {
			t.Fatalf("%s finds %d papers, the first for %q", step.person, len(all.Rows), all.Rows[0].For)
		}
		offered := false
		revs := map[matter.ID]int{}
		for _, a := range all.Acts {
			offered = offered || a.Value == step.act
		}
		if !offered {
			t.Errorf("%s is not offered %s: %+v", step.person, step.act, all.Acts)
		}
		for _, row := range all.Rows {
			revs[row.Brief.ID] = row.Brief.Rev
		}
		for _, done := range c.Office.PerformEach(ctx, c.As(step.person), revs, office.Act{Act: step.act}) {
			must(t, done.Err)
			if st := c.State(done.ID); st.Stage != step.stage {
				t.Errorf("%s stands in %s", done.ID, st.Stage)
			}
		}
	}
	for range 3 { // papers are made some at a time
		must(t, c.Office.Work(ctx))
	}
	numbers := map[string]bool{}
	for _, l := range v.Lines[1:] {
		numbers[c.State(l.Matter).Number("matter")] = true
	}
	if len(numbers) != 39 {
		t.Errorf("%d numbers for 39 papers", len(numbers))
	}
	c.GapFree()
	if seen := c.Sound(); seen.Papers < 39 {
		t.Errorf("%d papers were filed", seen.Papers)
	}
}
