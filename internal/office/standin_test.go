package office_test

import (
	"context"
	"errors"
	"strings"
	"testing"

	"yifa/internal/matter"
	"yifa/internal/office"
	"yifa/internal/office/officetest"
	"yifa/internal/procedure"
	"yifa/internal/store"
)

// postOf is the matter of a person's post in an organ.
func postOf(t *testing.T, c *officetest.City, person, organ string) matter.ID {
	t.Helper()
	var id matter.ID
	err := c.DB.Read(t.Context(), func(q *store.Query) error {
		items, err := q.Items(context.Background(), "post", c.Office.Today(), c.Clock.Now())
		for _, i := range items {
			if i.Attrs.Text("person") == person && i.Attrs.Text("organ") == organ && i.Attrs.Text("for") == "" {
				id = i.Matter
			}
		}
		return err
	})
	if err != nil || id == 0 {
		t.Fatalf("post of %s: %v", person, err)
	}
	return id
}

// delegate has a person delegate his post to another for some days from today.
func delegate(t *testing.T, c *officetest.City, from, to, organ string, days int) {
	t.Helper()
	today := c.Office.Today()
	c.Do(c.As(from), postOf(t, c, from, organ), "delegate", map[string][]string{"new_post": {"s-" + from + "-" + to}, "substitute": {to},
		"begins": {today.String()}, "ends": {today.AddDays(days).String()}, "reason": {"出差"}})
	c.Know()
}

// reason is why the law refused, "" where it did not.
func reason(err error) string {
	var no *procedure.Refusal
	if errors.As(err, &no) {
		return no.Reason
	}
	return ""
}

// A substitute has the rights of the post while he stands in, and not a day longer; the record, the timeline and the
// paper say for whom he acted.
func TestSubstitute(t *testing.T) {
	c := officetest.New(t)
	id, _ := c.Accepted()
	propose := func(person string) error {
		_, err := c.Office.Perform(t.Context(), c.As(person), office.Act{Matter: id, Act: "extend_answer", Fields: map[string][]string{"reason": {"要再查。"}}})
		return err
	}
	if got := reason(propose(officetest.Leader)); got != "not_your_act" {
		t.Fatalf("before: %q", got)
	}
	delegate(t, c, officetest.Head, officetest.Leader, "440703-sfj", 7)
	if err := propose(officetest.Leader); err != nil {
		t.Fatal(err)
	}
	st := c.State(id)
	done, _ := st.LastOf("extend_answer")
	if done.By.Person != officetest.Leader || done.By.For != officetest.Head {
		t.Errorf("done by %+v", done.By)
	}
	m, err := c.Office.Matter(t.Context(), c.As(officetest.Officer), id)
	if err != nil {
		t.Fatal(err)
	}
	if m.Timeline[0].By != "宋知闻（代甄若棠）" && !strings.Contains(m.Timeline[1].By, "代甄若棠") {
		t.Errorf("the timeline says %q", m.Timeline[0].By)
	}
	paper, err := c.Office.Document(t.Context(), c.As(officetest.Officer), id, done.Seq)
	if err != nil || paper.Paper.By != "由代理人代为签发" {
		t.Errorf("the paper says %q: %v", paper.Paper.By, err)
	}
	c.Clock.Set(c.Clock.Now().AddDate(0, 0, 7))
	c.Know()
	if got := reason(propose(officetest.Leader)); got != "not_your_act" {
		t.Errorf("after the last day: %q", got)
	}
	c.Sound()
}

// Whoever handles a matter decides nothing in it for the head either, and a recusal holds for both.
func TestSubstituteIsOnePersonWithTheHolder(t *testing.T) {
	c := officetest.New(t)
	id, _ := c.Accepted()
	c.Do(c.As(officetest.Officer), id, "record_verification", map[string][]string{"method": {"file_review"}, "heard_organ": {"true"}, "findings": {"没有画面。"}})
	c.Do(c.As(officetest.Officer), id, "propose_handling", map[string][]string{"result": {"substantiated"}, "opinion": {"属实。"}})
	delegate(t, c, officetest.Head, officetest.Officer, "440703-sfj", 7)
	decide := office.Act{Matter: id, Act: "decide_handling", Fields: map[string][]string{"result": {"substantiated"}, "measure": {"reminded"}, "decision": {"提醒。"}}}
	if _, err := c.Office.Perform(t.Context(), c.As(officetest.Officer), decide); reason(err) != "second_person" {
		t.Errorf("the handler decides for the head: %v", err)
	}
	delegate(t, c, officetest.Head, officetest.Leader, "440703-sfj", 7)
	c.Recuse(id, officetest.Head)
	if _, err := c.Office.Perform(t.Context(), c.As(officetest.Leader), decide); err == nil {
		t.Error("a recusal of the head does not hold for who stands in for her")
	}
	if _, err := c.Office.Matter(t.Context(), c.As(officetest.Leader), id); err != nil {
		t.Errorf("a leader of the office may read by his own post: %v", err)
	}
	c.Sound()
}

// Who may read only because he stands in for somebody may not read what that person is kept away from.
func TestSubstituteIsKeptAway(t *testing.T) {
	c := officetest.New(t)
	id, _ := c.Accepted()
	read := func() error {
		_, err := c.Office.Matter(t.Context(), c.As(officetest.Intake), id)
		return err
	}
	if !errors.Is(read(), office.ErrNotFound) {
		t.Fatal("an intake clerk reads reports")
	}
	delegate(t, c, officetest.Head, officetest.Intake, "440703-sfj", 7)
	if err := read(); err != nil {
		t.Fatalf("who stands in for the head: %v", err)
	}
	c.Recuse(id, officetest.Head)
	if err := read(); !errors.Is(err, office.ErrNotFound) {
		t.Errorf("who stands in for a person recused still reads: %v", err)
	}
	c.Sound()
}

// What a substitute takes on is the holder's work, who goes on with it; a substitute delegates no further.
func TestSubstituteHoldsNothing(t *testing.T) {
	c := officetest.New(t)
	delegate(t, c, officetest.Officer, officetest.Leader, "440703-sfj", 3)
	id := c.File(officetest.Report()).ID
	c.Do(c.As(officetest.Leader), id, "link_target", map[string][]string{"target": {"known"}, "complained_organ": {"440703002-zhzf"}, "officer_known": {"false"}, "basis": {"车身单位名称"}})
	c.Do(c.As(officetest.Leader), id, "sort", map[string][]string{"stream": {"about_enforcement"}, "title": {"搬走桌椅"}, "summary": {"反映没有出示证件。"}})
	c.Do(c.As(officetest.Leader), id, "claim", nil)
	if got := c.State(id).Assigned["handler"]; len(got) != 1 || got[0] != officetest.Officer {
		t.Fatalf("handled by %v", got)
	}
	c.Do(c.As(officetest.Leader), id, "accept", map[string][]string{"scope": {"有没有出示证件。"}})
	c.Clock.Set(c.Clock.Now().AddDate(0, 0, 3))
	c.Know()
	c.Do(c.As(officetest.Officer), id, "record_verification", map[string][]string{"method": {"file_review"}, "heard_organ": {"true"}, "findings": {"没有画面。"}})
	c.Clock.Set(c.Clock.Now().AddDate(0, 0, -3))
	c.Know()
	_, err := c.Office.Perform(t.Context(), c.As(officetest.Leader), office.Act{Matter: postOf(t, c, officetest.Officer, "440703-sfj"), Act: "delegate", Fields: map[string][]string{
		"new_post": {"s-further"}, "substitute": {officetest.Intake}, "begins": {"2026-09-22"}, "ends": {"2026-09-23"}, "reason": {"也出差"}}})
	if err == nil {
		t.Error("a substitute delegates further")
	}
}

// A substitute's own list, first page and deadlines hold the work of whom he stands in for, marked with the name, while he
// does; what they count is what can be opened one by one, and nothing he is kept away from.
func TestSubstituteList(t *testing.T) {
	c, ctx := officetest.New(t), t.Context()
	var theirs []matter.ID
	for range 3 {
		id, _ := c.Accepted()
		theirs = append(theirs, id)
	}
	own, _ := c.Accepted()
	c.Do(c.As(officetest.Head), own, "assign", map[string][]string{"person": {officetest.Officer2}, "reason": {"请您办理。"}})
	check := func(when, person string, want int, marked string) {
		t.Helper()
		r := c.As(person)
		list, err := c.Office.List(ctx, r, office.Filter{Scope: "mine"})
		if err != nil || len(list.Rows) != want || list.Total != want {
			t.Fatalf("%s: %s has %d of %d in the list, want %d, %v", when, person, len(list.Rows), list.Total, want, err)
		}
		today, err := c.Office.TodayPage(ctx, r)
		if err != nil || today.Mine != want || len(today.First) != want {
			t.Errorf("%s: the first page of %s counts %d and shows %d, want %d, %v", when, person, today.Mine, len(today.First), want, err)
		}
		due, err := c.Office.Deadlines(ctx, r, office.DeadlineFilter{Whose: "mine"})
		if err != nil || len(due.Rows) < want {
			t.Errorf("%s: %d deadlines of %s, want %d, %v", when, len(due.Rows), person, want, err)
		}
		for _, b := range list.Rows {
			m, err := c.Office.Matter(ctx, r, b.ID)
			if err != nil {
				t.Errorf("%s: %s is listed and cannot be opened: %v", when, b.ID, err)
			}
			if own := m.ID == own || person == officetest.Officer; own != (b.For == "") || !own && b.For != marked {
				t.Errorf("%s: %s is marked %q to %s", when, b.ID, b.For, person)
			}
		}
	}
	check("before", officetest.Officer2, 1, "")
	delegate(t, c, officetest.Officer, officetest.Officer2, "440703-sfj", 7)
	check("standing in", officetest.Officer2, 4, "何予宁")
	check("standing in", officetest.Officer, 3, "")
	c.Recuse(theirs[1], officetest.Officer2)
	check("kept away", officetest.Officer2, 3, "何予宁")
	c.Clock.Set(c.Clock.Now().AddDate(0, 0, 7))
	c.Know()
	check("afterwards", officetest.Officer2, 1, "")
	c.Sound()
}
