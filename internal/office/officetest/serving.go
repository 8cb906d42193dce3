package officetest

import (
	"bytes"
	"context"
	"image"
	"image/png"
	"strings"

	"yifa/internal/matter"
	"yifa/internal/office"
)

// Issued has a supervision opinion drafted, checked and signed, and returns the paper.
func (c *City) Issued() matter.ID {
	c.t.Helper()
	done, err := c.Office.Perform(context.Background(), c.As(Officer), office.Act{Procedure: "supervision.case", Act: "register_clue", Fields: map[string][]string{
		"source": {"own_motion"}, "complained_organ": {"440703002-zhzf"}, "problem": {"no_identification"}, "title": {"检查没有出示证件"}, "summary": {"见到检查时没有出示证件。"}}})
	if err != nil {
		c.t.Fatal(err)
	}
	c.Do(c.As(Officer), done.Matter, "claim", nil)
	id := c.Do(c.As(Officer), done.Matter, "draft_paper", map[string][]string{"kind": {"supervision_opinion"}}).Opened[0]
	c.Do(c.As(Officer), id, "submit", map[string][]string{"content.advised": {"白沙街道综合行政执法办公室"}, "content.advised_what": {"检查时没有出示证件一事"},
		"content.advised_facts": {"两名人员检查时没有出示执法证件。"}, "content.advised_basis": {"《中华人民共和国行政处罚法》第五十五条。"},
		"content.advised_asks": {"检查按规定出示证件。"}, "content.higher_supervisor": {"江门市司法局"}})
	c.Do(c.As(Officer2), id, "pass_check", nil)
	c.Do(c.As(Leader), id, "sign", nil)
	return id
}

// Serve hands an issued paper over for service on whom the lines name, and returns the services.
func (c *City) Serve(paper matter.ID, lines ...string) []matter.ID {
	c.t.Helper()
	return c.Do(c.As(Officer), paper, "serve_paper", map[string][]string{"recipients": {strings.Join(lines, "\n")}, "remedy": {"general"}}).Opened
}

// Consent enters that a party agreed to electronic service; the number she must know ends in 241X.
func (c *City) Consent(service matter.ID) {
	c.t.Helper()
	var picture bytes.Buffer
	if err := png.Encode(&picture, image.NewGray(image.Rect(0, 0, 8, 8))); err != nil {
		c.t.Fatal(err)
	}
	_, err := c.Office.Perform(context.Background(), c.As(Officer), office.Act{Matter: service, Act: "confirm_address", Fields: map[string][]string{"post_address": {"紫茶路 8 号"},
		"consent": {"true"}, "confirmed_phone": {"13800001111"}, "check_tail": {"241x"}, "signed": {"paper"}},
		Uploads: map[string][]office.Upload{"files": {{Name: "确认书.png", Body: &picture}}}})
	if err != nil {
		c.t.Fatal(err)
	}
}

// supervisionPapers are the papers that a supervision case sends out, by the act that sends them: kind, and what it is filled with.
var supervisionPapers = map[string]struct {
	kind   string
	filled map[string][]string
	signs  string
}{
	"notify": {"supervision_notice", map[string][]string{"content.called": {"被监督机关"}, "content.called_what": {"检查没有出示证件"}, "content.called_files": {"检查登记。"},
		"content.called_points": {"有没有出示证件。"}, "content.called_by": {"两名监督人员"}, "content.contact": {"何予宁"}, "content.contact_phone": {"（演示）"},
		"content.office_address": {"蓬江区"}}, "zhen-ruotang"},
	"issue_opinion": {"supervision_opinion", map[string][]string{"content.advised": {"被监督机关"}, "content.advised_what": {"检查没有出示证件"},
		"content.advised_facts": {"没有出示证件。"}, "content.advised_basis": {"《中华人民共和国行政处罚法》第五十五条。"}, "content.advised_asks": {"全员补训。"},
		"content.higher_supervisor": {"江门市司法局"}}, Leader},
	"issue_decision": {"supervision_decision", map[string][]string{"content.ordered": {"被监督机关"}, "content.ordered_course": {"逾期没有整改。"},
		"content.ordered_facts": {"没有出示证件。"}, "content.ordered_basis": {"《广东省行政执法监督条例》第三十二条。"}, "content.ordered_what": {"补训。"}}, "ye-zhiyuan"},
}

// Send has the paper drafted, checked and signed that an act of a supervision case waits for, does the act, and has the
// supervised organ receive the paper. It returns the service.
func (c *City) Send(id matter.ID, act, contact string) matter.ID {
	c.t.Helper()
	service := c.SendUnreceived(id, act)
	c.Do(c.As(contact), service, "receive", nil)
	return service
}

// SendUnreceived is Send up to where the organ has to receive the paper.
func (c *City) SendUnreceived(id matter.ID, act string) matter.ID {
	c.t.Helper()
	x := supervisionPapers[act]
	paper := c.Do(c.As(Officer), id, "draft_paper", map[string][]string{"kind": {x.kind}}).Opened[0]
	c.Do(c.As(Officer), paper, "submit", x.filled)
	c.Do(c.As(Officer2), paper, "pass_check", nil)
	c.Do(c.As(x.signs), paper, "sign", nil)
	return c.Do(c.As(Officer), id, act, nil).Opened[0]
}
