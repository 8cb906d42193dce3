package office_test

import (
	"errors"
	"strconv"
	"strings"
	"testing"
	"time"

	"yifa/internal/calendar"
	"yifa/internal/matter"
	"yifa/internal/office"
	"yifa/internal/office/officetest"
	"yifa/internal/procedure"
)

func TestVoidInTheMiddle(t *testing.T)         { voidInTheMiddle(t, officetest.New(t)) }
func TestVoidInTheMiddlePostgres(t *testing.T) { voidInTheMiddle(t, officetest.Postgres(t)) }

// seqOf is the entry of the newest standing act of a name.
func seqOf(t *testing.T, c *officetest.City, id matter.ID, act string) int {
	t.Helper()
	done, ok := c.State(id).LastOf(act)
	if !ok {
		t.Fatalf("%s does not stand", act)
	}
	return done.Seq
}

func correct(seq int) map[string][]string {
	return map[string][]string{"reason": {"登记错了。"}, procedure.VoidsField: {strconv.Itoa(seq)}}
}

// An earlier entry is taken back with what follows from it, rights included, unless a later act needs it.
func voidInTheMiddle(t *testing.T, c *officetest.City) {
	id, _ := c.Accepted()
	officer, head := c.As(officetest.Officer), c.As(officetest.Head)
	second := c.As(officetest.Officer2)
	c.Do(officer, id, "link_target", map[string][]string{"target": {"known"}, "complained_organ": {"440703002-zhzf"}, "officer_known": {"true"}, "complained_of": {officetest.Officer2}, "basis": {"照片"}})
	named := seqOf(t, c, id, "link_target")
	if _, err := c.Office.Matter(t.Context(), second, id); !errors.Is(err, office.ErrNotFound) {
		t.Errorf("who is complained of reads the matter: %v", err)
	}
	c.Clock.Set(officetest.Start.Add(26 * time.Hour))
	c.Do(officer, id, "record_verification", map[string][]string{"method": {"file_review"}, "heard_organ": {"true"}, "findings": {"看过。"}})
	verified := seqOf(t, c, id, "record_verification")
	c.Do(officer, id, "propose_handling", map[string][]string{"result": {"substantiated"}, "opinion": {"属实。"}})
	answer := c.State(id).Clocks["answer"]

	f, err := c.Office.Form(t.Context(), head, id, "correct", nil)
	if err != nil || f.Fields[0].Name != procedure.VoidsField || f.Fields[0].Value[0] != f.Fields[0].Options[0].Value || len(f.Fields[0].Options) < 4 {
		t.Fatalf("the form asks %+v (%v)", f.Fields, err)
	}
	if _, err := c.Office.Perform(t.Context(), head, office.Act{Matter: id, Act: "correct", Fields: correct(verified)}); !strings.Contains(refusedFor(err), procedure.LaterAct) {
		t.Errorf("a later act needs it: %v", err)
	}
	var no *office.Refused
	if _, err := c.Office.Perform(t.Context(), head, office.Act{Matter: id, Act: "correct", Fields: correct(verified)}); !errors.As(err, &no) || !strings.Contains(no.View.Why, "2026") || !strings.Contains(no.View.Why, "提出处理意见") {
		t.Errorf("the refusal names neither act nor day: %v", no)
	}
	c.Do(head, id, "correct", correct(named))
	st := c.State(id)
	if st.Stage != "proposed" || st.Facts["complained_of"] != nil || st.Voided[named] == 0 || st.Clocks["answer"].Due != answer.Due {
		t.Errorf("stands at %+v", st)
	}
	if _, err := c.Office.Matter(t.Context(), second, id); err != nil {
		t.Errorf("nobody is complained of, and yet: %v", err)
	}
	c.Do(head, id, "correct", correct(seqOf(t, c, id, "propose_handling")))
	c.Do(head, id, "correct", correct(verified))
	if st := c.State(id); st.Stage != "accepted" {
		t.Errorf("stage %s", st.Stage)
	}
	c.Sound()
	c.Reopen()
	c.Sound()
}

func TestLateEntry(t *testing.T)         { lateEntry(t, officetest.New(t)) }
func TestLateEntryPostgres(t *testing.T) { lateEntry(t, officetest.Postgres(t)) }

// What came in time and is entered after the law had gone on without it undoes that; taken back, the law's act stands again.
func lateEntry(t *testing.T, c *officetest.City) {
	id, _ := c.Accepted()
	officer, head := c.As(officetest.Officer), c.As(officetest.Head)
	c.Do(officer, id, "ask_supplement", map[string][]string{"what": {"照片。"}})
	due := c.State(id).Clocks["supplement"].Due
	morning(due.AddDays(10)).on(c)
	if err := c.Office.Sweep(t.Context()); err != nil {
		t.Fatal(err)
	}
	deemed, before := seqOf(t, c, id, "proceed_without"), c.State(id).Clocks["answer"].Due
	if f, err := c.Office.Form(t.Context(), officer, id, "supplement", nil); err != nil || !f.LateOnly || f.Refusal == nil {
		t.Errorf("the form of an act of an earlier stage: %+v (%v)", f, err)
	}
	late := office.Act{Matter: id, Act: "supplement", Happened: calendar.DayOnly(due.AddDays(-3)), Fields: map[string][]string{"text": {"照片在这里。"}}}
	var bad office.BadFields
	if _, err := c.Office.Perform(t.Context(), officer, late); !errors.As(err, &bad) || bad[procedure.LateProof] == "" {
		t.Errorf("without proof: %v", err)
	}
	late.Fields[procedure.LateProof] = []string{"邮戳。"}
	done, err := c.Office.Perform(t.Context(), officer, late)
	if err != nil {
		t.Fatal(err)
	}
	st := c.State(id)
	if st.Voided[deemed] != done.Seq || st.Stage != "accepted" || st.Clocks["supplement"].Status != matter.Stopped || st.Clocks["answer"].Due >= before {
		t.Errorf("stands at %+v", st)
	}
	c.Do(head, id, "correct", correct(done.Seq))
	for range 2 {
		if err := c.Office.Sweep(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
	st = c.State(id)
	if st.Voided[deemed] != 0 || st.Voided[done.Seq] == 0 || st.Clocks["supplement"].Status != matter.Lapsed || st.Clocks["answer"].Due != before || st.Rev != done.Seq+1 {
		t.Errorf("taken back, it stands at %+v", st)
	}
	c.Sound()
}
