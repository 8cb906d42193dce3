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
