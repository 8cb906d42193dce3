package office_test

import (
	"encoding/json"
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"yifa/internal/demo"
	"yifa/internal/installation"
	"yifa/internal/office"
	"yifa/internal/office/officetest"
	"yifa/internal/procedure"
	"yifa/internal/procedure/worked"
)

// fresh is a city of its own on the first day of the demo, with the posts of a case.
func fresh(t *testing.T, one worked.Case) *officetest.City {
	t.Helper()
	c := officetest.Open(t, installation.Options{Dir: t.TempDir()})
	begin(t, c, one)
	return c
}

// begin sets a city to the first day of the demo and gives the people of a case their posts.
func begin(t *testing.T, c *officetest.City, one worked.Case) {
	t.Helper()
	c.Clock.Set(demo.Begin.Midnight().Add(8 * time.Hour))
	people(t, c, one)
}

func workedCases(t *testing.T, l *procedure.Law, id string) []worked.Case {
	t.Helper()
	all, faults := worked.Load(l)
	for _, f := range faults {
		t.Error(f)
	}
	return slices.DeleteFunc(all, func(c worked.Case) bool { return c.Procedure.ID != id })
}

// TestSupervisedOrganSeesItsPart plays a complaint that becomes a case and reads it as the organ
// complained of: nothing of the complaint, and of the case what is addressed to it or came from it.
func TestSupervisedOrganSeesItsPart(t *testing.T) {
	all := workedCases(t, officetest.New(t).Law, "supervision.complaint")
	one := all[slices.IndexFunc(all, func(c worked.Case) bool { return c.Name == "opened-case" })]
	c := fresh(t, one)
	ids, faults := worked.Play(t.Context(), c.Law, one, performer{c})
	for _, f := range faults {
		t.Fatal(f)
	}
	complaint, theCase := ids[0], ids[1]
	organ := c.As("zhong-lingyun")
	if _, err := c.Office.Matter(t.Context(), organ, complaint); !errors.Is(err, office.ErrNotFound) {
		t.Errorf("the complaint opens for the organ complained of: %v", err)
	}
	read := func(r office.Reader) string {
		v, err := c.Office.Matter(t.Context(), r, theCase)
		if err != nil {
			t.Fatal(err)
		}
		_, record, err := c.Office.Record(t.Context(), r, theCase)
		if err != nil {
			t.Fatal(err)
		}
		out, err := json.Marshal([]any{v, record})
		if err != nil {
			t.Fatal(err)
		}
		return string(out)
	}
	seen, handler := read(organ), read(c.As("he-yuning"))
	for _, theirs := range []string{"监督通知书", "监督意见书", "补给票据 14 张，清查", "票据用完了", "当场罚款没有给票据"} {
		if !strings.Contains(seen, theirs) {
			t.Errorf("the organ does not see %s", theirs)
		}
	}
	for _, not := range []string{"姓区", "区某", complaint.String(), "反映市场检查时", "罚没收入里没有这一笔", "存根和票据对不上", "提出处理意见", "由投诉转立线索", "监督结果反馈"} {
		if strings.Contains(seen, not) {
			t.Errorf("the organ sees %s", not)
		}
		if not != "姓区" && not != "区某" && !strings.Contains(handler, not) {
			t.Errorf("not even the handler sees %s: the test proves nothing", not)
		}
	}
	if err := c.Office.Work(t.Context()); err != nil {
		t.Fatal(err)
	}
	for words, finds := range map[string]int{"罚没收入里没有这一笔": 0, "票据用完了": 1} {
		list, err := c.Office.List(t.Context(), organ, office.Filter{Query: words, Closed: "all"})
		if err != nil || len(list.Rows) != finds {
			t.Errorf("the organ finds %d matters by %s (%v), want %d", len(list.Rows), words, err, finds)
		}
	}
	for seq := 1; seq <= c.State(theCase).Rev; seq++ {
		doc, err := c.Office.Document(t.Context(), organ, theCase, seq)
		if err == nil && strings.Contains(doc.Paper.Title, "反馈") {
			t.Errorf("the organ opens %s", doc.Paper.Title)
		}
	}
}

// TestSupervisionCases: every worked case of the supervision case goes through the office as it goes
// through the law.
func TestSupervisionCases(t *testing.T) {
	all := workedCases(t, officetest.New(t).Law, "supervision.case")
	if len(all) < 20 {
		t.Fatalf("%d worked cases", len(all))
	}
	for _, one := range all {
		t.Run(one.Name, func(t *testing.T) {
			c := fresh(t, one)
			play(t, c, one)
			c.Sound()
		})
	}
}
