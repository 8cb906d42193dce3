package office_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"yifa/internal/i18n"
	"yifa/internal/matter"
	"yifa/internal/office"
	"yifa/internal/office/officetest"
)

// proposed is an answered report whose outcome was proposed, with things in it that tell who somebody is.
func proposed(t *testing.T) (*officetest.City, matter.ID, matter.ID) {
	t.Helper()
	c := officetest.New(t)
	id, _ := c.Answered()
	c.Do(c.Filer(id), id, "set_publication", map[string][]string{"may_publish": {"yes"}})
	done := c.Do(c.As(officetest.Officer), id, "propose_publication", map[string][]string{"public_title": {"搬走桌椅没有出示证件"},
		"public_summary": {"红砖屋的陈志强反映，电话13800138000，圩顶在长堤。"}, "public_outcome": {"属实。"}, "public_did": {"已提醒该单位，粤J12345是公务车。"}})
	if done.Go != done.Opened[0] {
		t.Errorf("goes to %s, not to %s", done.Go, done.Opened[0])
	}
	return c, id, done.Opened[0]
}

// What is published is what a second person looked at, with everything marked hidden (ptsd/280, ptsd/281).
func TestDisclosure(t *testing.T) {
	t.Parallel()
	c, _, part := proposed(t)
	officer, second := c.As(officetest.Officer), c.As(officetest.Officer2)
	v, err := c.Office.Matter(t.Context(), officer, part)
	must(t, err)
	if p := v.Publishing; p == nil || len(p.Texts) != 4 || len(p.Marks) != 3 || !p.Keeps || !p.Hides {
		t.Fatalf("the page shows %+v", v.Publishing)
	}
	words, err := c.Office.MarkedWords(t.Context(), officer, part, 3)
	if err != nil || words != "粤J12345" {
		t.Errorf("mark 3 is %q, %v", words, err)
	}
	c.Do(officer, part, "keep_mark", map[string][]string{"words": {"粤J12345"}, "reason": {"公务车。"}})
	c.Do(officer, part, "hide_more", map[string][]string{"words": {"红砖屋"}, "kind": {"other"}})
	c.Do(officer, part, "submit", nil)
	unpublished(t, c, "陈志强", "红砖屋", "长堤")
	forged := map[string][]string{"public_summary": {"陈志强13800138000"}}
	if _, err := c.Office.Perform(t.Context(), officer, office.Act{Matter: part, Act: "publish", Fields: forged}); err == nil {
		t.Error("whoever drafted it published it")
	}
	c.Do(second, part, "publish", forged)
	list, err := c.Office.Outcomes(t.Context(), i18n.ZhHans, office.OutcomeFilter{})
	must(t, err)
	if len(list.Rows) != 1 || list.Rows[0].Summary != "〔已隐去：能认出人的内容〕的〔已隐去：姓名〕反映，电话〔已隐去：电话〕，圩顶在长堤。" ||
		list.Rows[0].Did != "已提醒该单位，粤J12345是公务车。" || len(list.Rows[0].Hidden) != 3 || list.Rows[0].Place != "蓬江区" || list.Rows[0].FindingIs != "substantiated" {
		t.Errorf("published is %+v", list)
	}
	unpublished(t, c, "陈志强", "红砖屋", "13800138000")
}

// A comment holds nothing that may tell who somebody is: it is published without a second look (ptsd/283).
func TestTypicalCase(t *testing.T) {
	t.Parallel()
	c := officetest.New(t)
	_, part := c.Published()
	_, err := c.Office.Perform(t.Context(), c.As(officetest.Head), office.Act{Matter: part, Act: "choose_typical", Fields: map[string][]string{"comment": {"陈志强说得好。"}}})
	var bad office.BadFields
	if !errors.As(err, &bad) || !strings.Contains(bad["comment"], "陈志强") {
		t.Fatalf("a name in a comment: %v", err)
	}
	c.Do(c.As(officetest.Head), part, "choose_typical", map[string][]string{"comment": {"出示证件是第一步。"}})
	one, err := c.Office.Outcome(t.Context(), i18n.ZhHans, part)
	if err != nil || one.Comment != "出示证件是第一步。" {
		t.Errorf("%+v, %v", one, err)
	}
	c.Do(c.As(officetest.Head), part, "unchoose_typical", map[string][]string{"reason": {"另选一件。"}})
	unpublished(t, c, "第一步")
}

// What was corrected is found by its new words alone, what was withdrawn by none (ptsd/282).
func TestWithdraw(t *testing.T) {
	t.Parallel()
	c := officetest.New(t)
	_, part := c.Published()
	c.Do(c.As(officetest.Officer), part, "begin_correction", map[string][]string{"corrected_for": {"mistake"}, "reason": {"写错了。"}})
	c.Do(c.As(officetest.Officer), part, "rewrite", map[string][]string{"title": {"没有出示证件"}, "summary": {"反映没有出示证件。"}, "outcome": {"部分属实。"}, "did": {"已改正。"}})
	unpublished(t, c, "部分属实")
	c.Do(c.As(officetest.Officer), part, "submit", nil)
	c.Do(c.As(officetest.Head), part, "publish", nil)
	unpublished(t, c, "搬走桌椅")
	one, err := c.Office.Outcome(t.Context(), i18n.ZhHans, part)
	if err != nil || one.Result != "部分属实。" || one.Corrected.IsZero() {
		t.Errorf("corrected: %+v, %v", one, err)
	}
	c.Do(c.As(officetest.Officer2), part, "withdraw", map[string][]string{"withdrawn_for": {"identifies"}, "reason": {"能认出那条街。"}})
	one, err = c.Office.Outcome(t.Context(), i18n.ZhHans, part)
	if err != nil || one.Withdrawn == nil || one.Withdrawn.Why != "可能认出人" || one.Summary != "" || one.Result != "" || one.Comment != "" {
		t.Errorf("withdrawn: %+v, %v", one, err)
	}
	unpublished(t, c, "反映没有出示", "那条街", "部分属实")
}

// unpublished holds what the public is shown to words that are not in it.
func unpublished(t *testing.T, c *officetest.City, words ...string) {
	t.Helper()
	must(t, c.Office.Work(t.Context()))
	list, err := c.Office.Outcomes(t.Context(), i18n.ZhHans, office.OutcomeFilter{})
	must(t, err)
	said := fmt.Sprintf("%+v", list.Rows)
	for _, w := range words {
		if strings.Contains(said, w) {
			t.Errorf("the public reads %s in %s", w, said)
		}
	}
}
