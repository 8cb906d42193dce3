package office_test

import (
	"bytes"
	"errors"
	"io"
	"strings"
	"testing"

	"yifa/internal/matter"
	"yifa/internal/office"
	"yifa/internal/office/officetest"
)

// opinion is what a supervision opinion is filled with.
func opinion() map[string][]string {
	return map[string][]string{
		"content.advised":           {"白沙街道综合行政执法办公室"},
		"content.advised_what":      {"检查时没有出示证件一事"},
		"content.advised_facts":     {"2026年3月2日下午，两名人员检查时没有出示执法证件。"},
		"content.advised_basis":     {"《中华人民共和国行政处罚法》第五十五条。"},
		"content.advised_asks":      {"一、检查按规定出示证件；\n二、组织一次培训。"},
		"content.higher_supervisor": {"江门市司法局"},
	}
}

// caseOf opens a supervision case that is handled.
func caseOf(t *testing.T, c *officetest.City) matter.ID {
	t.Helper()
	done, err := c.Office.Perform(t.Context(), c.As("he-yuning"), office.Act{Procedure: "supervision.case", Act: "register_clue", Fields: map[string][]string{
		"source": {"own_motion"}, "complained_organ": {"440703002-zhzf"}, "problem": {"no_identification"}, "title": {"检查没有出示证件"}, "summary": {"见到检查时没有出示证件。"}}})
	must(t, err)
	c.Do(c.As("he-yuning"), done.Matter, "claim", nil)
	return done.Matter
}

// draft opens a paper of a kind in a matter.
func draft(t *testing.T, c *officetest.City, id matter.ID, kind string) matter.ID {
	t.Helper()
	done := c.Do(c.As("he-yuning"), id, "draft_paper", map[string][]string{"kind": {kind}})
	if len(done.Opened) != 1 {
		t.Fatalf("draft_paper opened %v", done.Opened)
	}
	return done.Opened[0]
}

// TestPaper: a paper goes from draft to file. What it does not say is told at the field; what its signer signs is what was
// checked; it bears the next number, and the matter it belongs to knows of it.
func TestPaper(t *testing.T) {
	c := officetest.New(t)
	whole := caseOf(t, c)
	id := draft(t, c, whole, "supervision_opinion")
	ctx := t.Context()

	form, err := c.Office.Form(ctx, c.As("he-yuning"), id, "save_draft", nil)
	must(t, err)
	asked := map[string]office.FieldView{}
	for _, f := range form.Fields {
		asked[f.Name] = f
	}
	if got := asked["content.advised"].Value; len(got) != 1 || !strings.HasSuffix(got[0], "综合行政执法办公室") {
		t.Errorf("the organ begins as %q", got)
	}
	if f := asked["content.advised_facts"]; !f.Required || !strings.Contains(f.Hint, "第三十二条") {
		t.Errorf("the facts are asked as %+v", f)
	}

	fields := opinion()
	delete(fields, "content.advised_basis")
	c.Do(c.As("he-yuning"), id, "save_draft", fields)
	_, err = c.Office.Perform(ctx, c.As("he-yuning"), office.Act{Matter: id, Act: "submit", Fields: fields})
	var bad office.BadFields
	if !errors.As(err, &bad) || len(bad) != 1 || !strings.Contains(bad["content.advised_basis"], "依据") {
		t.Fatalf("sent on without its grounds: %v", err)
	}
	c.Do(c.As("he-yuning"), id, "submit", opinion())
	c.Do(c.As("ou-xiaozhang"), id, "pass_check", nil)
	done := c.Do(c.As("song-zhiwen"), id, "sign", map[string][]string{"issued.advised_facts": {"别的事实。"}})
	st := c.State(id)
	if st.Stage != "issued" || !strings.Contains(st.Number("matter"), "监意〔2026〕1号") {
		t.Fatalf("stage %s, number %q", st.Stage, st.Number("matter"))
	}
	text, err := c.Office.Document(ctx, c.As("song-zhiwen"), id, done.Seq)
	must(t, err)
	var said strings.Builder
	for _, b := range text.Paper.Body {
		said.WriteString(b.Text + "\n")
	}
	for _, want := range []string{"两名人员检查时没有出示执法证件", "三十日内整改落实", "江门市司法局申请复查"} {
		if !strings.Contains(said.String(), want) {
			t.Errorf("the paper does not say %s:\n%s", want, said.String())
		}
	}
	if strings.Contains(said.String(), "别的事实") {
		t.Error("the signer changed what was checked")
	}
	_, body, err := c.Office.OpenDocument(ctx, c.As("song-zhiwen"), id, done.Seq)
	must(t, err)
	pdf, err := io.ReadAll(body)
	must(t, errors.Join(err, body.Close()))
	if !bytes.HasPrefix(pdf, []byte("%PDF-")) {
		t.Error("it is no PDF")
	}
	if entered, is := c.State(whole).LastOf("enter_paper"); !is || entered.By.Person != "song-zhiwen" {
		t.Errorf("the case knows of the paper by %+v", entered)
	}
	c.Do(c.As("he-yuning"), id, "file_paper", nil)
	c.Sound()
}

// TestPaperInVolume: papers of the parts of a matter are bound into its volume: those for others into the main one, those
// that stay inside into the inner one, byte for byte; and nobody finds there what lies in a part he may not know of.
func TestPaperInVolume(t *testing.T) {
	c := officetest.New(t)
	whole := caseOf(t, c)
	signed := map[string]matter.ID{}
	for kind, fields := range map[string]map[string][]string{"supervision_opinion": opinion(), "supervision_filing": filling(t, c, whole, "supervision_filing")} {
		id := draft(t, c, whole, kind)
		if kind == "supervision_opinion" {
			c.Do(c.As("he-yuning"), id, "submit", fields)
			c.Do(c.As("ou-xiaozhang"), id, "pass_check", nil)
			c.Do(c.As("song-zhiwen"), id, "sign", nil)
		} else {
			c.Do(c.As("he-yuning"), id, "submit_to_sign", fields)
			c.Do(c.As("zhen-ruotang"), id, "sign", nil)
		}
		signed[kind] = id
	}
	for part, kind := range map[string]string{office.VolumeMain: "supervision_opinion", office.VolumeInside: "supervision_filing"} {
		v, err := c.Office.Volume(t.Context(), c.As("he-yuning"), whole, part)
		must(t, err)
		if len(v.Pieces) != 1 || v.Pieces[0].In != signed[kind] || v.Pieces[0].Number == "" {
			t.Errorf("%s holds %+v", part, v.Pieces)
		}
		_, pdf, err := c.Office.BindVolume(t.Context(), c.As("he-yuning"), whole, part)
		must(t, err)
		if !strings.Contains(pdfText(t, pdf), v.Pieces[0].Number) {
			t.Errorf("%s does not hold %s", part, v.Pieces[0].Number)
		}
		var z bytes.Buffer
		must(t, c.Office.VolumeFiles(t.Context(), c.As("he-yuning"), whole, part, &z))
	}
	v, err := c.Office.Matter(t.Context(), c.As("he-yuning"), whole)
	must(t, err)
	if len(v.Parts) != 2 || len(v.Links) != 3 {
		t.Errorf("the page shows the papers %+v of %d parts", v.Parts, len(v.Links))
	}
	c.Sound()
}

// filling is what a new paper of a kind has to be told, made up.
func filling(t *testing.T, c *officetest.City, whole matter.ID, kind string) map[string][]string {
	t.Helper()
	id := draft(t, c, whole, kind)
	form, err := c.Office.Form(t.Context(), c.As("he-yuning"), id, "save_draft", nil)
	must(t, err)
	out := map[string][]string{}
	for _, f := range form.Fields {
		if f.Required {
			out[f.Name] = []string{"检查没有出示证件"}
		}
	}
	c.Do(c.As("he-yuning"), id, "withdraw", map[string][]string{"reason": {"试填。"}})
	return out
}
