package office_test

import (
	"context"
	"testing"

	"yifa/internal/matter"
	"yifa/internal/office"
	"yifa/internal/office/officetest"
)

// lateCase brings a supervision case to the government: the organ was told to put things right by 16 November and
// did not, the Justice Bureau asks for a decision on the 19th, and the city stands at the 20th.
func lateCase(c *officetest.City) matter.ID {
	one := func(pairs ...string) map[string][]string {
		fields := map[string][]string{}
		for i := 0; i < len(pairs); i += 2 {
			fields[pairs[i]] = []string{pairs[i+1]}
		}
		return fields
	}
	officer, head, leader := c.As(officetest.Officer), c.As(officetest.Head), c.As(officetest.Leader)
	c.Clock.Set(at(2026, 9, 29))
	done, err := c.Office.Perform(context.Background(), officer, office.Act{Procedure: "supervision.case", Act: "register_clue", Fields: one("source", "social_supervisor",
		"complained_organ", "440703-cgzf", "problem", "no_identification", "title", "检查没有出示证件", "summary", "见到执法人员检查时没有出示证件。")})
	if err != nil {
		panic(err)
	}
	id := done.Matter
	c.Do(officer, id, "claim", nil)
	c.Do(officer, id, "check_clue", one("elsewhere", "none", "findings", "有违法的迹象。"))
	c.Do(head, id, "file_case", one("decision", "立案监督。"))
	c.Send(id, "notify", "lin-haisheng")
	c.Clock.Set(at(2026, 10, 16))
	c.Do(officer, id, "investigate", one("method", "file_review", "second", "ou-xiaozhang", "findings", "没有出示证件。"))
	c.Do(officer, id, "hear_organ", one("second", "ou-xiaozhang", "heard", "其中一人没有带证。"))
	c.Do(officer, id, "propose", one("finding", "unlawful", "opinion", "建议发意见书。"))
	c.Do(head, id, "submit_opinion", one("decision", "同意。"))
	c.Send(id, "issue_opinion", "lin-haisheng")
	c.Clock.Set(at(2026, 11, 19))
	c.Do(head, id, "escalate", one("ground", "overdue", "reason", "昨天到期，没有报送。"))
	c.Do(leader, id, "request_decision", one("request_ground", "refused", "opinion", "请发决定书。"))
	c.Clock.Set(at(2026, 11, 20))
	return id
}

// Whoever decides in a matter that is late reads the same day of it on the today page, in the list and on the page of
// the late; the organ concerned has its own days there.
func TestLateOnEveryPage(t *testing.T) {
	c := officetest.New(t)
	lateCase(c)
	government := c.As("ye-zhiyuan")
	today, err := c.Office.TodayPage(t.Context(), government)
	if err != nil {
		t.Fatal(err)
	}
	list, err := c.Office.List(t.Context(), government, office.Filter{})
	if err != nil {
		t.Fatal(err)
	}
	late, err := c.Office.Leader(t.Context(), government)
	if err != nil {
		t.Fatal(err)
	}
	if today.Late != 1 || len(today.First) != 1 || len(list.Rows) != 1 || len(late.Rows) != 1 {
		t.Fatalf("late: %d on the today page, %d listed, %d on the page of the late", today.Late, len(list.Rows), len(late.Rows))
	}
	first, row := today.First[0], list.Rows[0]
	if first.Due == nil || row.Due == nil || first.Due.On != row.Due.On || first.Due.On != late.Rows[0].Due || first.Due.Left != -4 {
		t.Errorf("due %+v on the today page, %+v in the list, %v on the page of the late", first.Due, row.Due, late.Rows[0].Due)
	}
	if first.NextAct != "decline_decision" || first.Whose != "" {
		t.Errorf("the government is told to do %q, waiting for %q", first.NextAct, first.Whose)
	}
}

// How a limit came to its end is told as it was: not used, ended late, or so many days as its ledger counts.
func TestHowClocksEnded(t *testing.T) {
	c := officetest.New(t)
	id := lateCase(c)
	c.Send(id, "issue_decision", "lin-haisheng")
	v, err := c.Office.Matter(t.Context(), c.As(officetest.Officer), id)
	if err != nil {
		t.Fatal(err)
	}
	clocks := map[string]office.ClockView{}
	for _, k := range v.Clocks {
		clocks[k.Name] = k
	}
	if k := clocks["ask_recheck"]; !k.Missed {
		t.Errorf("nobody asked for a recheck, and the page has %+v", k)
	}
	if k := clocks["rectify"]; k.Missed || k.Over != 4 {
		t.Errorf("the term for putting right ended 4 days late, and the page has %+v", k)
	}
	if k := clocks["notify"]; k.Missed || k.Over != 0 || k.Used != 0 {
		t.Errorf("the organ was told on the same day, and the page has %+v", k)
	}
}
