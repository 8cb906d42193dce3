package officetest

import (
	"context"

	"yifa/internal/i18n"
	"yifa/internal/matter"
	"yifa/internal/office"
	"yifa/internal/store"
)

// People of the city whom tests call by name.
const (
	Officer    = "he-yuning"    // supervision officer, 440703-sfj
	Officer2   = "ou-xiaozhang" // another one there
	Head       = "zhen-ruotang" // head of supervision there
	Leader     = "song-zhiwen"  // leader there
	Intake     = "huang-shuyi"  // intake clerk there
	Stranger   = "lu-jingwen"   // supervision officer of another county, 440705-sfj
	Complained = "du-ruoxi"     // enforcement officer of 440703002-zhzf, of whom Report complains
)

// As is the reader of a person.
func (c *City) As(person string) office.Reader { return c.Office.ReaderFor(person, 0) }

// Filer is who filed a matter.
func (c *City) Filer(id matter.ID) office.Reader { return c.Office.ReaderFor("", id) }

// Report is a plausible complaint, to be changed field by field.
func Report() map[string][]string {
	return map[string][]string{"problem": {"no_identification"}, "organ": {"440703002-zhzf"}, "division": {"440703002"},
		"account": {"他们没有出示证件，搬走了三张折叠桌。"}, "wish": {"退还物品"}, "identity": {"anonymous"}, "lang": {"zh-Hans"}}
}

// File files a report through a draft, as the portal does, and returns its receipt.
func (c *City) File(fields map[string][]string) office.Receipt {
	c.t.Helper()
	return c.FileDraft(c.Draft(fields))
}

// FileDraft files what a draft holds.
func (c *City) FileDraft(draft string) office.Receipt {
	c.t.Helper()
	r, err := c.Office.FileReport(context.Background(), draft, i18n.ZhHans, nil)
	if err != nil {
		c.t.Fatal(err)
	}
	return r
}

// Draft writes a report and returns the id of its draft.
func (c *City) Draft(fields map[string][]string) string {
	c.t.Helper()
	ctx := context.Background()
	d, err := c.Office.NewDraft(ctx)
	if err != nil {
		c.t.Fatal(err)
	}
	if _, err := c.Office.SaveDraft(ctx, d.ID, fields); err != nil {
		c.t.Fatal(err)
	}
	return d.ID
}

// Do does an act as somebody, who must be let.
func (c *City) Do(r office.Reader, id matter.ID, act string, fields map[string][]string) office.Done {
	c.t.Helper()
	done, err := c.Office.Perform(context.Background(), r, office.Act{Matter: id, Act: act, Fields: fields})
	if err != nil {
		c.t.Fatalf("%s: %v", act, err)
	}
	return done
}

// Sorted files a report and brings it to the stage sorted, claimed by Officer.
func (c *City) Sorted() (matter.ID, office.Receipt) {
	c.t.Helper()
	receipt := c.File(Report())
	c.Sort(receipt.ID)
	return receipt.ID, receipt
}

// Sort brings a report to the stage sorted, claimed by Officer.
func (c *City) Sort(id matter.ID) {
	c.t.Helper()
	officer := c.As(Officer)
	c.Do(officer, id, "link_target", map[string][]string{"target": {"known"}, "complained_organ": {"440703002-zhzf"}, "officer_known": {"false"}, "basis": {"车身单位名称"}})
	c.Do(officer, id, "sort", map[string][]string{"stream": {"about_enforcement"}, "title": {"搬走桌椅没有出示证件"}, "summary": {"反映搬走桌椅时没有出示证件。"}})
	c.Do(officer, id, "claim", nil)
}

// Accepted files a report and brings it to the stage accepted, handled by Officer.
func (c *City) Accepted() (matter.ID, office.Receipt) {
	c.t.Helper()
	id, receipt := c.Sorted()
	c.Do(c.As(Officer), id, "accept", map[string][]string{"scope": {"有没有出示证件。"}})
	return id, receipt
}

// Answered brings a report to the stage answered.
func (c *City) Answered() (matter.ID, office.Receipt) {
	c.t.Helper()
	id, receipt := c.Accepted()
	officer := c.As(Officer)
	c.Do(officer, id, "record_verification", map[string][]string{"method": {"file_review"}, "heard_organ": {"true"}, "findings": {"执法记录仪没有出示证件的画面。"}})
	c.Do(officer, id, "propose_handling", map[string][]string{"result": {"substantiated"}, "opinion": {"属实，提醒单位注意。"}})
	c.Do(c.As(Head), id, "decide_handling", map[string][]string{"result": {"substantiated"}, "measure": {"reminded"}, "decision": {"提醒单位注意。"}})
	c.Do(officer, id, "answer", map[string][]string{"unchecked": {"这里只看别的。"}, "found": {"情况属实。"}, "done": {"已提醒该单位。"}, "remedies": {"reopening"}, "outcome": {"属实，已提醒。"}})
	return id, receipt
}

// Published brings a report so far that its outcome is public, and returns what it was published by.
func (c *City) Published() (complaint, disclosure matter.ID) {
	c.t.Helper()
	complaint, _ = c.Answered()
	return complaint, c.Publish(complaint, Public{Title: "搬走桌椅没有出示证件", Summary: "反映搬走桌椅时没有出示证件。", Outcome: "属实。", Did: "已提醒该单位。"})
}

// Public is what is published of a report.
type Public struct{ Title, Summary, Outcome, Did string }

// Publish publishes the outcome of an answered report.
func (c *City) Publish(id matter.ID, p Public) matter.ID {
	c.t.Helper()
	c.Do(c.Filer(id), id, "set_publication", map[string][]string{"may_publish": {"yes"}})
	part := c.Do(c.As(Officer), id, "propose_publication", map[string][]string{"public_title": {p.Title}, "public_summary": {p.Summary},
		"public_outcome": {p.Outcome}, "public_did": {p.Did}}).Opened[0]
	c.Do(c.As(Officer), part, "submit", nil)
	c.Do(c.As(Head), part, "publish", nil)
	return part
}

func (c *City) state(id matter.ID) (matter.State, error) {
	var st matter.State
	err := c.DB.Read(context.Background(), func(q *store.Query) error {
		states, err := q.States(context.Background(), id)
		if err == nil {
			st = states[0]
		}
		return err
	})
	return st, err
}

// AskRecusal has a leader propose that somebody stands aside from a matter, and returns the request.
func (c *City) AskRecusal(id matter.ID, person string) matter.ID {
	c.t.Helper()
	done := c.Do(c.As(Leader), id, "propose_recusal", map[string][]string{"concerned": {person}, "ground": {"interest"}, "recusal_reason": {"他家在这条街有铺位。"}})
	return done.Opened[0]
}

// Recuse has somebody's recusal from a matter asked and granted, and returns the request.
func (c *City) Recuse(id matter.ID, person string) matter.ID {
	c.t.Helper()
	asked, decider := c.AskRecusal(id, person), c.As(Head)
	if person == Head {
		decider = c.As(Leader)
	}
	c.Do(decider, asked, "grant", map[string][]string{"reason": {"有直接利害关系。"}})
	return asked
}

// Record has an intake clerk write a visitor's complaint down, and returns what came of it, with the receipt code.
func (c *City) Record() office.Done {
	c.t.Helper()
	done, err := c.Office.Perform(context.Background(), c.As(Intake), office.Act{Procedure: "supervision.complaint", Act: "record_report",
		Fields: map[string][]string{"channel": {"visit"}, "read_back": {"true"}, "problem": {"no_identification"}, "organ": {"440703002-zhzf"}, "division": {"440703002"},
			"account": {"他们没有出示证件，搬走了三张折叠桌。"}, "identity": {"named"}, "name": {"陈某"}, "lang": {"zh-Hans"}}})
	if err != nil {
		c.t.Fatal(err)
	}
	return done
}
