package office_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"yifa/internal/calendar"
	"yifa/internal/i18n"
	"yifa/internal/office"
	"yifa/internal/office/officetest"
)

// refusedFor is the reason of a refusal, with what the reader is told; "" for anything else.
func refusedFor(err error) string {
	var refused *office.Refused
	if !errors.As(err, &refused) || refused.View.What == "" || refused.View.Why == "" {
		return ""
	}
	return refused.Err.Error()
}

// A clock that is set back loses nothing: acts of the same day go on, an act dated before the last
// one is refused with its reason, and once the clock is right again everything goes on.
func TestClockSetBack(t *testing.T) {
	c := officetest.New(t)
	id, receipt := c.Sorted()
	c.Clock.Set(officetest.Start.Add(26 * time.Hour))
	c.Do(c.As(officetest.Officer), id, "accept", map[string][]string{"scope": {"证件。"}})
	accepted := c.State(id)
	verify := office.Act{Matter: id, Act: "record_verification", Fields: map[string][]string{"method": {"file_review"}, "heard_organ": {"true"}, "findings": {"看过。"}}}

	c.Clock.Set(officetest.Start.Add(25 * time.Hour)) // an hour back
	c.Do(c.As(officetest.Officer), id, "note", map[string][]string{"note": {"一小时前"}})
	c.Clock.Set(officetest.Start) // a day back
	if _, err := c.Office.Perform(t.Context(), c.As(officetest.Officer), verify); !strings.Contains(refusedFor(err), "before_last_act") {
		t.Errorf("an act before the last one: %v", err)
	}
	c.Do(c.Filer(id), id, "message_staff", map[string][]string{"message": {"昨天"}})
	if err := c.Office.Sweep(t.Context()); err != nil {
		t.Error(err)
	}
	if err := c.Office.Work(t.Context()); err != nil {
		t.Error(err)
	}
	if r, err := c.Office.ByCode(t.Context(), receipt.Code, i18n.ZhHans); err != nil || r.Filer != id {
		t.Errorf("the code: %v", err)
	}
	c.Clock.Set(officetest.Start.AddDate(0, 0, -3)) // before the matter began
	if _, err := c.Office.Perform(t.Context(), c.Filer(id), office.Act{Matter: id, Act: "message_staff", Fields: map[string][]string{"message": {"前天"}}}); !strings.Contains(refusedFor(err), "before_last_act") {
		t.Errorf("a message before the matter began: %v", err)
	}
	if _, err := c.Office.Track(t.Context(), c.Filer(id)); err != nil {
		t.Error(err)
	}

	c.Clock.Set(officetest.Start.Add(30 * time.Hour))
	if _, err := c.Office.Perform(t.Context(), c.As(officetest.Officer), verify); err != nil {
		t.Error(err)
	}
	if st := c.State(id); st.Rev != accepted.Rev+3 || st.Clocks["answer"].Due != accepted.Clocks["answer"].Due {
		t.Errorf("rev %d after %d, answer due %s, was %s", st.Rev, accepted.Rev, st.Clocks["answer"].Due, accepted.Clocks["answer"].Due)
	}
	c.Sound()
}

// An act dated after today is refused; one dated earlier needs its proof.
func TestDays(t *testing.T) {
	c := officetest.New(t)
	id, _ := c.Sorted()
	c.Clock.Set(officetest.Start.AddDate(0, 0, 3))
	rev := c.State(id).Rev
	act := office.Act{Matter: id, Act: "accept", Fields: map[string][]string{"scope": {"证件。"}}}
	today := c.Office.Today()
	for day, want := range map[calendar.Date]string{today.AddDays(1): "future_day", today.AddDays(4000): "future_day", today.AddDays(-4): "before_last_act"} {
		act.Happened = calendar.DayOnly(day)
		if _, err := c.Office.Perform(t.Context(), c.As(officetest.Officer), act); !strings.Contains(refusedFor(err), want) {
			t.Errorf("on %s: %v, want %s", day, err, want)
		}
	}
	act.Happened = calendar.DayOnly(today.AddDays(-2))
	var bad office.BadFields
	if _, err := c.Office.Perform(t.Context(), c.As(officetest.Officer), act); !errors.As(err, &bad) || bad["late_proof"] == "" {
		t.Errorf("late without proof: %v", err)
	}
	if now := c.State(id).Rev; now != rev {
		t.Errorf("what was refused stands: rev %d after %d", now, rev)
	}
	act.Fields["late_proof"] = []string{"纸质受理通知书存根。"}
	if _, err := c.Office.Perform(t.Context(), c.As(officetest.Officer), act); err != nil {
		t.Error(err)
	}
	c.Sound()
}

// A text of ten thousand characters is taken whole; one more is told at its field, and stays in the
// draft.
func TestLongText(t *testing.T) {
	c := officetest.New(t)
	fields := officetest.Report()
	long := strings.Repeat("长", 9_999) + "末"
	fields["account"] = []string{long + "多"}
	draft := c.Draft(fields)
	_, err := c.Office.FileReport(t.Context(), draft, i18n.ZhHans, nil)
	var bad office.BadFields
	if !errors.As(err, &bad) || len(bad) != 1 || bad["account"] == "" {
		t.Errorf("10,001 characters: %v", err)
	}
	d, err := c.Office.Draft(t.Context(), draft)
	if err != nil || d.Fields["account"][0] != long+"多" {
		t.Errorf("the draft lost what was typed: %v", err)
	}
	if checked, err := c.Office.ReportFields(t.Context(), d, i18n.ZhHans, true); err != nil || checked["account"].Error == "" || checked["wish"].Error != "" {
		t.Errorf("checked: %q, %v", checked["account"].Error, err)
	}
	if _, err := c.Office.SaveDraft(t.Context(), draft, map[string][]string{"account": {long}}); err != nil {
		t.Fatal(err)
	}
	receipt, err := c.Office.FileReport(t.Context(), draft, i18n.ZhHans, nil)
	if err != nil {
		t.Fatal(err)
	}
	v, err := c.Office.Matter(t.Context(), c.As(officetest.Officer), receipt.ID)
	if err != nil || !strings.Contains(fmt.Sprint(v.Fields), long) {
		t.Errorf("the text is not whole: %v", err)
	}
	_, err = c.Office.Perform(t.Context(), c.As(officetest.Officer), office.Act{Matter: receipt.ID, Act: "split", Fields: map[string][]string{"split_problem": {"inaction"}, "account": {long}}})
	if err != nil && !errors.As(err, &bad) {
		t.Errorf("split: %v", err)
	}
	c.Sound()
}

// awkward is what a text may be made of: markup, quotes, statements, writing from right to left.
const awkward = "<script>alert('x')</script> \"&amp;' ; drop table entry; -- {{.}} العربية 😀𠮷"

func TestTextStaysText(t *testing.T) { textStaysText(t, officetest.New(t)) }
func TestTextStaysTextPostgres(t *testing.T) {
	t.Parallel()
	textStaysText(t, officetest.Postgres(t))
}

// Whatever is typed into any text comes back as it was typed and does nothing else; signs that cannot
// be seen are told at their field.
func textStaysText(t *testing.T, c *officetest.City) {
	fields := officetest.Report()
	for _, sign := range []string{"\u202e", "\x1b", "\x00"} {
		var bad office.BadFields
		hidden := officetest.Report()
		hidden["account"] = []string{"看不见" + sign}
		if _, err := c.Office.FileReport(t.Context(), c.Draft(hidden), i18n.ZhHans, nil); !errors.As(err, &bad) || bad["account"] == "" {
			t.Errorf("%q: %v", sign, err)
		}
	}
	lines := "\r\n第二行"
	for _, name := range []string{"account", "wish", "officer_hint", "place", "happened_about"} {
		fields[name] = []string{name + awkward}
	}
	fields["account"][0] += lines
	receipt, err := c.Office.FileReport(t.Context(), c.Draft(fields), i18n.ZhHans, nil)
	if err != nil {
		t.Fatalf("%#v", err)
	}
	id, officer, head := receipt.ID, c.As(officetest.Officer), c.As(officetest.Head)
	x := []string{awkward + lines}
	c.Do(officer, id, "link_target", map[string][]string{"target": {"known"}, "complained_organ": {"440703002-zhzf"}, "officer_known": {"false"}, "basis": x})
	c.Do(officer, id, "sort", map[string][]string{"stream": {"about_enforcement"}, "title": {"<b>标题</b>'\""}, "summary": x, "reason": x})
	c.Do(officer, id, "claim", nil)
	c.Do(officer, id, "accept", map[string][]string{"scope": x})
	c.Do(c.Filer(id), id, "message_staff", map[string][]string{"message": x})
	c.Do(officer, id, "note", map[string][]string{"note": x})
	c.Do(officer, id, "record_verification", map[string][]string{"method": {"file_review"}, "heard_organ": {"true"}, "findings": x})
	c.Do(officer, id, "propose_handling", map[string][]string{"result": {"substantiated"}, "opinion": x})
	c.Do(head, id, "decide_handling", map[string][]string{"result": {"substantiated"}, "measure": {"reminded"}, "decision": x})
	c.Do(officer, id, "answer", map[string][]string{"unchecked": {"这里只看别的。"}, "found": x, "done": x, "remedies": {"reopening"}, "outcome": {"<i>属实</i>"}})
	v, err := c.Office.Matter(t.Context(), officer, id)
	if err != nil || v.Title != "<b>标题</b>'\"" || v.Messages[0].Text != awkward+"\n第二行" || v.Notes[0].Text != awkward+"\n第二行" {
		t.Errorf("%q %q %q: %v", v.Title, v.Messages[0].Text, v.Notes[0].Text, err)
	}
	for i, name := range []string{"officer_hint", "happened_about", "place", "account", "wish"} {
		if !strings.Contains(fmt.Sprint(v.Fields), name+awkward) {
			t.Errorf("field %d, %s, is not among %q", i, name, v.Fields)
		}
	}
	if err := c.Office.Work(t.Context()); err != nil {
		t.Error(err)
	}
	if list, err := c.Office.List(t.Context(), officer, office.Filter{Query: "<script>alert('x')", Closed: "all"}); err != nil || list.Total != 1 {
		t.Errorf("searched: %d found, %v", list.Total, err)
	}
	c.Sound()
}

func TestBytes(t *testing.T) { noCharacters(t, officetest.New(t)) }
func TestBytesPostgres(t *testing.T) {
	t.Parallel()
	noCharacters(t, officetest.Postgres(t))
}

// Bytes that are no text, wherever they are sent, are an answer and never a fault.
func noCharacters(t *testing.T, c *officetest.City) {
	id, _ := c.Accepted()
	for _, x := range []string{"\x00", "a\x00b", "\xff\xfe", strings.Repeat("k", 100_000)} {
		officer := c.As(officetest.Officer)
		for name, f := range map[string]office.Filter{"stage": {Stage: x}, "organ": {Organ: x}, "procedure": {Procedure: x}, "query": {Query: x}, "after": {After: x}, "scope": {Scope: x}} {
			if _, err := c.Office.List(t.Context(), officer, f); err != nil {
				t.Errorf("list by %s %.9q: %v", name, x, err)
			}
		}
		if _, err := c.Office.SignIn(t.Context(), x, x, office.From{}); !errors.Is(err, office.ErrCredentials) {
			t.Errorf("sign in as %.9q: %v", x, err)
		}
		if _, err := c.Office.ReaderOf(t.Context(), x, i18n.ZhHans); !errors.Is(err, office.ErrNotFound) {
			t.Errorf("session %.9q: %v", x, err)
		}
		if _, err := c.Office.Draft(t.Context(), x); !errors.Is(err, office.ErrNotFound) {
			t.Errorf("draft %.9q: %v", x, err)
		}
		if _, err := c.Office.ByCode(t.Context(), x, i18n.ZhHans); err == nil {
			t.Errorf("code %.9q is taken", x)
		}
		if _, err := c.Office.FindOrgans(t.Context(), x, i18n.ZhHans); err != nil {
			t.Errorf("organs %.9q: %v", x, err)
		}
		for name, a := range map[string]office.Act{
			"act":       {Matter: id, Act: x},
			"procedure": {Procedure: x, Act: "file_report"},
			"option":    {Matter: id, Act: "record_verification", Fields: map[string][]string{"method": {x}}},
			"person":    {Matter: id, Act: "hand_over", Fields: map[string][]string{"person": {x}}},
			"organ":     {Matter: id, Act: "link_target", Fields: map[string][]string{"target": {"known"}, "complained_organ": {x}}},
			"text":      {Matter: id, Act: "note", Fields: map[string][]string{"note": {x}}},
			"key":       {Matter: id, Act: "note", Key: x, Fields: map[string][]string{"note": {"好"}}},
			"no field":  {Matter: id, Act: "note", Fields: map[string][]string{"note": {"好"}, x: {x}}},
		} {
			if _, err := c.Office.Perform(t.Context(), officer, a); fault(err) {
				t.Errorf("%s %.9q: %v", name, x, err)
			}
		}
	}
	if _, err := json.Marshal(c.Sound()); err != nil {
		t.Error(err)
	}
}
