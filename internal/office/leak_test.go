package office_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"yifa/internal/i18n"
	"yifa/internal/matter"
	"yifa/internal/office"
	"yifa/internal/office/officetest"
)

// canaries stand in the texts of each class, in the name of a file, and in what staff wrote.
var canaries = map[string]string{
	"public": "canaryone", "filer": "canarytwo", "hint": "canarythree", "note": "canaryfour",
	"sealed": "canaryfive", "phone": "canarysix", "file": "canaryseven", "verdict": "canaryeight",
}

// leakCity is a named report about a unit and two persons, one of them of the bureau itself, handled
// and verified, with a canary in each text.
func leakCity(t *testing.T) (*officetest.City, matter.ID) {
	t.Helper()
	c := officetest.New(t)
	fields := officetest.Report()
	fields["account"], fields["officer_hint"] = []string{"他们 " + canaries["filer"]}, []string{"车牌 " + canaries["hint"]}
	fields["identity"], fields["name"], fields["phone"] = []string{"named"}, []string{canaries["sealed"]}, []string{canaries["phone"]}
	draft := c.Draft(fields)
	if _, err := c.Office.AddDraftFile(t.Context(), draft, office.Reader{Lang: i18n.ZhHans}, office.Upload{Name: canaries["file"] + ".png", Body: photo(3)}); err != nil {
		t.Fatal(err)
	}
	receipt, err := c.Office.FileReport(t.Context(), draft, i18n.ZhHans, nil)
	if err != nil {
		t.Fatal(err)
	}
	id, officer := receipt.ID, c.As(officetest.Officer)
	c.Do(officer, id, "link_target", map[string][]string{"target": {"known"}, "complained_organ": {"440703002-zhzf"}, "officer_known": {"true"},
		"complained_of": {officetest.Complained, officetest.Officer2}})
	c.Do(officer, id, "sort", map[string][]string{"stream": {"about_enforcement"}, "title": {"搬走桌椅 " + canaries["public"]}, "summary": {"反映 " + canaries["public"]}})
	c.Do(officer, id, "claim", nil)
	c.Do(officer, id, "accept", map[string][]string{"scope": {"证件。"}})
	c.Do(officer, id, "note", map[string][]string{"note": {"内部 " + canaries["note"]}})
	c.Do(officer, id, "record_verification", map[string][]string{"method": {"file_review"}, "heard_organ": {"true"}, "findings": {"查明 " + canaries["verdict"]}})
	if err := c.Office.Work(t.Context()); err != nil {
		t.Fatal(err)
	}
	return c, id
}

// answer ends the matter of leakCity.
func answerLeak(c *officetest.City, id matter.ID) {
	officer := c.As(officetest.Officer)
	c.Do(officer, id, "propose_handling", map[string][]string{"result": {"substantiated"}, "opinion": {"属实 " + canaries["verdict"]}})
	c.Do(c.As(officetest.Head), id, "decide_handling", map[string][]string{"result": {"substantiated"}, "measure": {"reminded"}, "decision": {"提醒 " + canaries["verdict"]}})
	c.Do(officer, id, "answer", map[string][]string{"unchecked": {"这里只看别的。"}, "found": {"属实 " + canaries["filer"]}, "done": {"已提醒。"}, "remedies": {"reopening"}, "outcome": {"属实 " + canaries["public"]}})
	c.Publish(id, officetest.Public{Title: "搬走桌椅 " + canaries["public"], Summary: "反映 " + canaries["public"], Outcome: "属实 " + canaries["public"], Did: "已提醒 " + canaries["public"]})
}

// everything is all that an office tells a reader, as JSON, with the errors that are no ErrNotFound.
func everything(t *testing.T, c *officetest.City, r office.Reader, id matter.ID) string {
	t.Helper()
	var out strings.Builder
	ctx, o := t.Context(), c.Office
	say := func(v any, err error) {
		if err != nil {
			if !errors.Is(err, office.ErrNotFound) {
				t.Error(err)
			}
			return
		}
		b, err := json.Marshal(v)
		if err != nil {
			t.Error(err)
		}
		out.Write(b)
	}
	st := c.State(id)
	v, err := o.Matter(ctx, r, id)
	say(v, err)
	_, records, err := o.Record(ctx, r, id)
	say(records, err)
	p, err := c.Law.ByKey(st.Procedure)
	if err != nil {
		t.Fatal(err)
	}
	for _, a := range p.ActsIn(st.Stage) {
		form, err := o.Form(ctx, r, id, a.Name, nil)
		say(form, err)
	}
	for seq := 1; seq <= st.Rev; seq++ {
		doc, err := o.Document(ctx, r, id, seq)
		say(doc, err)
		for _, class := range matter.Classes {
			for i := range 3 {
				if seq > 1 {
					break // only the report has files
				}
				f, body, err := o.OpenFile(ctx, r, id, office.FileRef{Seq: seq, Class: class, Index: i})
				say(f, err)
				if err == nil {
					content, err := io.ReadAll(body)
					say(string(content), errors.Join(err, body.Close()))
				}
			}
		}
	}
	lists(ctx, c, r, say)
	track, err := o.Track(ctx, r)
	say(track, err)
	fmt.Fprintln(&out, o.See(ctx, r, id))
	return out.String()
}

// lists says what is told without naming a matter.
func lists(ctx context.Context, c *officetest.City, r office.Reader, say func(any, error)) {
	o := c.Office
	filters := []office.Filter{{}, {Closed: "all"}, {Closed: "closed"}, {Scope: "mine"}, {Scope: "pool"}, {Due: "late"}, {Due: "soon"}, {Stage: "verified"}, {Organ: "440703002-zhzf"}}
	for _, x := range canaries {
		filters = append(filters, office.Filter{Query: x, Closed: "all"})
	}
	for _, f := range filters {
		list, err := o.List(ctx, r, f)
		say(list, err)
	}
	today, err := o.TodayPage(ctx, r)
	say(today, err)
	leader, err := o.Leader(ctx, r)
	say(leader, err)
	outcomes, err := o.Outcomes(ctx, i18n.ZhHans, office.OutcomeFilter{})
	say(outcomes, err)
	public, err := o.PublicStatistics(ctx, i18n.ZhHans, "2026")
	say(public, err)
	for _, given := range []bool{true, false} {
		own, err := o.Statistics(ctx, r, "2026", given)
		say(own, err)
	}
	for _, f := range []office.Filter{{Figure: "received", Period: "2026"}, {Figure: "answered", Organ: "440703002-zhzf"}, {Figure: "late_now"}, {Figure: "received", Problem: "no_identification"}} {
		list, err := o.List(ctx, r, f)
		say(list, err)
	}
	how, err := o.How("supervision.complaint", i18n.ZhHans)
	say(how, err)
	for _, x := range canaries {
		organs, err := o.FindOrgans(ctx, x, i18n.ZhHans)
		say(organs, err)
	}
}

// Each text is seen by those whom its class is for, and by nobody else, on whatever way.
func TestLeaks(t *testing.T) {
	t.Parallel()
	c, id := leakCity(t)
	other := c.File(officetest.Report()).ID
	staff := "public filer hint note file verdict"
	readers := []struct {
		name   string
		r      office.Reader
		sees   string // while it is handled
		after  string // once it is answered
		hidden bool   // must not know of the matter
	}{
		{"the public", c.Office.Public(i18n.ZhHans), "", "public", true},
		{"the filer", c.Filer(id), "public filer hint file", "public filer hint file", false},
		{"another filer", c.Filer(other), "", "public", true},
		{"the handler", c.As(officetest.Officer), staff, staff, false},
		{"the head", c.As(officetest.Head), staff, staff, false},
		{"the leader", c.As(officetest.Leader), staff, staff, false},
		{"the intake clerk", c.As(officetest.Intake), "", "public", true},
		{"the officer complained of", c.As(officetest.Complained), "", "public", true},
		{"the colleague complained of", c.As(officetest.Officer2), "", "public", true},
		{"an officer of another county", c.As(officetest.Stranger), "", "public", true},
		{"an officer of the city", c.As("feng-zhiqiu"), "", "public", true},
		{"the administrator", c.As("luo-jingyi"), "", "public", true},
		{"somebody without a post", c.As("nobody"), "", "public", true},
	}
	for _, phase := range []string{"handled", "answered"} {
		if phase == "answered" {
			answerLeak(c, id)
			if err := c.Office.Work(t.Context()); err != nil {
				t.Fatal(err)
			}
		}
		for _, x := range readers {
			want, all := x.sees, everything(t, c, x.r, id)
			if phase == "answered" {
				want = x.after
			}
			for name, canary := range canaries {
				if got := strings.Contains(all, canary); got != strings.Contains(" "+want+" ", " "+name+" ") {
					t.Errorf("%s, %s: sees %s: %v", x.name, phase, name, got)
				}
			}
			if _, err := c.Office.Perform(t.Context(), x.r, office.Act{Matter: id, Act: "note", Fields: map[string][]string{}}); x.hidden != errors.Is(err, office.ErrNotFound) {
				t.Errorf("%s, %s: acting is answered with %v", x.name, phase, err)
			}
			if x.hidden && phase == "handled" && strings.Contains(all, id.String()) {
				t.Errorf("%s is told the id of the matter", x.name)
			}
			if _, err := c.Office.Identity(t.Context(), x.r, id, "contact"); !errors.Is(err, office.ErrNotFound) {
				t.Errorf("%s, %s: the identity is answered with %v", x.name, phase, err)
			}
		}
	}
	atRest(t, c)
}

// atRest looks for the canaries in every file of the installation.
func atRest(t *testing.T, c *officetest.City) {
	t.Helper()
	files := 0
	err := filepath.WalkDir(c.Dir, func(name string, d os.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		content, err := os.ReadFile(name)
		files++
		for what, canary := range canaries {
			if strings.Contains(string(content), canary) {
				t.Errorf("%s lies open in %s", what, filepath.Base(name))
			}
		}
		return err
	})
	if err != nil || files < 4 {
		t.Errorf("%d files: %v", files, err)
	}
}

// The sealed name is read by the handler and the head alone, once two of them have opened it, and
// each reading is in the log.
func TestIdentity(t *testing.T) {
	t.Parallel()
	c, id := leakCity(t)
	officer, head := c.As(officetest.Officer), c.As(officetest.Head)
	c.Do(officer, id, "ask_identity", map[string][]string{"reason": {"要当面核对。"}})
	if _, err := c.Office.Identity(t.Context(), officer, id, "contact"); !errors.Is(err, office.ErrNotFound) {
		t.Errorf("before the head agreed: %v", err)
	}
	c.Do(head, id, "open_identity", map[string][]string{"reason": {"同意。"}})
	fields, err := c.Office.Identity(t.Context(), officer, id, "contact")
	if err != nil || !strings.Contains(fmt.Sprint(fields), canaries["sealed"]) || !strings.Contains(fmt.Sprint(fields), canaries["phone"]) {
		t.Errorf("open: %+v, %v", fields, err)
	}
	if fields, err := c.Office.Identity(t.Context(), head, id, "contact"); err != nil || !strings.Contains(fmt.Sprint(fields), canaries["sealed"]) {
		t.Errorf("open to the head: %+v, %v", fields, err)
	}
	for _, person := range []string{officetest.Leader, officetest.Intake, officetest.Officer2, officetest.Complained, officetest.Stranger} {
		if _, err := c.Office.Identity(t.Context(), c.As(person), id, "contact"); !errors.Is(err, office.ErrNotFound) {
			t.Errorf("%s: %v", person, err)
		}
	}
	c.Do(officer, id, "close_identity", nil)
	if _, err := c.Office.Identity(t.Context(), officer, id, "contact"); !errors.Is(err, office.ErrNotFound) {
		t.Errorf("closed again: %v", err)
	}
	for _, r := range []office.Reader{officer, head, c.Filer(id)} {
		if all := everything(t, c, r, id); strings.Contains(all, canaries["sealed"]) || strings.Contains(all, canaries["phone"]) {
			t.Errorf("the name stands elsewhere for %q", r.Person)
		}
	}
	c.Sound()
}
