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

// two are two reports of the same thing by different people, both of the same organ; the second joined to the first.
func two(t *testing.T, c *officetest.City) (lead, joined matter.ID) {
	t.Helper()
	lead, _ = c.Accepted()
	other := officetest.Report()
	other["account"], other["wish"] = []string{"qxsecondqx：没有给我看证，把桌子搬走了。"}, []string{"qxwishqx"}
	other["identity"], other["name"], other["phone"] = []string{"named"}, []string{"钟小云"}, []string{"13800000151"}
	joined = c.File(other).ID
	c.Sort(joined)
	c.Do(c.As(officetest.Officer), joined, "join", map[string][]string{"join_to": {lead.String()}, "join_reason": {"qxreasonqx"}})
	return lead, joined
}

// Each filer keeps what is hers and learns of the other one sentence at most.
func TestJoinedFilers(t *testing.T) {
	t.Parallel()
	c := officetest.New(t)
	lead, joined := two(t, c)
	for _, id := range []matter.ID{lead, joined} {
		v, err := c.Office.Track(t.Context(), c.Filer(id))
		if err != nil {
			t.Fatal(err)
		}
		other := map[matter.ID]matter.ID{lead: joined, joined: lead}[id]
		shown := fmt.Sprintf("%+v", v)
		for _, hidden := range []string{other.String(), c.State(other).Number("matter"), "qxreasonqx"} {
			if strings.Contains(shown, hidden) {
				t.Errorf("the filer of %s is shown %q", id, hidden)
			}
		}
		if told := strings.Contains(shown, "一起核查，期限和答复各是各的"); told != (id == joined) {
			t.Errorf("the filer of %s is told that it is verified together: %v", id, told)
		}
		if strings.Contains(shown, "qxsecondqx") != (id == joined) {
			t.Errorf("the filer of %s and the words of the second: wrong", id)
		}
	}
	v, err := c.Office.Matter(t.Context(), c.As(officetest.Officer), joined)
	if err != nil || !strings.Contains(fmt.Sprintf("%+v", v.Timeline), c.State(lead).Number("matter")) || strings.Contains(fmt.Sprintf("%+v", v.Timeline), lead.String()) {
		t.Errorf("the officer reads in the timeline %+v, %v", v.Timeline, err)
	}
	// The verification of the second begins with what was found in the lead.
	c.Do(c.As(officetest.Officer), lead, "record_verification", map[string][]string{"method": {"file_review"}, "heard_organ": {"true"}, "findings": {"qxfoundqx"}})
	c.Do(c.As(officetest.Officer), joined, "accept", map[string][]string{"scope": {"有没有出示证件。"}})
	form, err := c.Office.Form(t.Context(), c.As(officetest.Officer), joined, "record_verification", nil)
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range form.Fields {
		if f.Name == "findings" && strings.Join(f.Value, "") != "qxfoundqx" {
			t.Errorf("findings begin with %q", f.Value)
		}
	}
	c.Do(c.As(officetest.Officer), joined, "unjoin", map[string][]string{"unjoin_reason": {"不是同一件。"}})
	if n := len(c.State(lead).Links) + len(c.State(joined).Links); n != 0 {
		t.Errorf("%d links are left", n)
	}
	c.Sound()
}

// A matter somebody may not read is none to him, by id or by number.
func TestJoinUnseen(t *testing.T) {
	t.Parallel()
	c := officetest.New(t)
	hidden, _ := c.Accepted()
	report := officetest.Report()
	report["division"], report["organ"] = []string{"440705"}, []string{"440705-scjg"}
	id := c.File(report).ID
	stranger := c.As(officetest.Stranger)
	c.Do(stranger, id, "link_target", map[string][]string{"target": {"known"}, "complained_organ": {"440703002-zhzf"}, "officer_known": {"false"}})
	for _, to := range []string{hidden.String(), c.State(hidden).Number("matter"), "0000000001s00", "没有"} {
		_, err := c.Office.Perform(t.Context(), stranger, office.Act{Matter: id, Act: "join", Fields: map[string][]string{"join_to": {to}, "join_reason": {"一样。"}}})
		var bad office.BadFields
		if !errors.As(err, &bad) || bad["join_to"] == "" {
			t.Errorf("join to %s: %v", to, err)
		}
	}
	own := c.File(report).ID
	c.Do(stranger, own, "link_target", map[string][]string{"target": {"known"}, "complained_organ": {"440703002-zhzf"}, "officer_known": {"false"}})
	c.Do(stranger, own, "sort", map[string][]string{"stream": {"about_enforcement"}, "title": {"一件事"}, "summary": {"一件事。"}})
	number := strings.NewReplacer("〔", "[", "〕", "]").Replace(c.State(own).Number("matter"))
	c.Do(stranger, id, "join", map[string][]string{"join_to": {" " + number}, "join_reason": {"一样。"}})
	if len(c.State(own).Links) != 1 {
		t.Error("a number with other brackets is not found")
	}
}
