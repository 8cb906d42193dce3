package office

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"yifa/internal/disclosure"
	"yifa/internal/i18n"
	"yifa/internal/matter"
	"yifa/internal/procedure"
	"yifa/internal/store"
)

// This file hides in what is published what may tell who somebody is (ptsd/280). What it marks by itself follows from the
// text; what persons say of it stands in the record: keep_mark with a reason, hide_more with a kind.

// disclosureOf is the procedure by which outcomes are published, with the acts that are looked for by name.
const (
	disclosureOf = "disclosure"
	publishIt    = "publish"
	keepMark     = "keep_mark"
	hideMore     = "hide_more"
	withdrawIt   = "withdraw"
	chooseIt     = "choose_typical"
	unchooseIt   = "unchoose_typical"
	withdrawn    = "withdrawn" // stage
	wordsField   = "words"
)

// DisclosureView is a text on its way to the public: as everybody will read it, and what is hidden in it.
type DisclosureView struct {
	Texts []MarkedText
	Marks []MarkView
	Kept  []KeptView
	Keeps bool // the reader may keep what is marked
	Hides bool // the reader may hide more
}

// MarkedText is one of the texts, cut at its marks.
type MarkedText struct {
	Label  string
	Pieces []Piece
}

// Piece is a stretch of a text: plain, or marked and how it will stand there.
type Piece struct {
	Text string
	Mark string // as everybody will read it instead; empty: the text stays
}

// MarkView is a thing marked, wherever it stands.
type MarkView struct {
	N     int // from 1, in the order of the texts
	Words string
	Kind  string
	Why   string
	Times int
}

// KeptView is a thing that stays though it was marked.
type KeptView struct{ Words, Reason string }

// disclose answers the fields of an act that publish a text with what may tell who somebody is hidden, and holds a public
// text that an act of publishing asks for to the same marks.
func (o *Office) disclose(ctx context.Context, r Reader, a *Act) error {
	if a.Matter == 0 || !o.law.Hides(a.Act) && a.Act != chooseIt {
		return nil
	}
	return o.db.Read(ctx, func(q *store.Query) error {
		d, err := o.open(ctx, q, r, a.Matter)
		if err != nil {
			return notFound(err)
		}
		return d.disclose(a)
	})
}

func (d *dossier) disclose(a *Act) error {
	acts := d.w.p.Acts(a.Act)
	if d.w.p.ID != disclosureOf || len(acts) == 0 {
		return nil
	}
	form := d.w.p.Form(acts[0])
	fields := map[string][]string{}
	for name, values := range a.Fields {
		fields[name] = values
	}
	wishes := d.wishes()
	for _, f := range form.Fields {
		switch text := d.text(f.Hides); {
		case f.Hides != "":
			fields[f.Name] = []string{disclosure.Hide(text, disclosure.FindWith(text, wishes), d.o.markOf)}
		case f.Class == matter.Public:
			if found := disclosure.Find(strings.Join(a.Fields[f.Name], "\n")); len(found) > 0 {
				return BadFields{f.Name: i18n.T(d.r.Lang, "office.disclosure.found", "words", found[0].Text, "kind", d.kindOf(found[0].Kind))}
			}
		}
	}
	a.Fields = fields
	return nil
}

// markOf is what stands in a published text, which is in simplified Chinese, for what was hidden.
func (o *Office) markOf(k disclosure.Kind) string {
	return i18n.T(i18n.ZhHans, "office.disclosure.mark", "kind", i18n.T(i18n.ZhHans, "office.disclosure.kind."+string(k)))
}

func (d *dossier) kindOf(k disclosure.Kind) string {
	return i18n.T(d.r.Lang, "office.disclosure.kind."+string(k))
}

// wishes are what persons said of the words: of each the last.
func (d *dossier) wishes() []disclosure.Wish {
	var out []disclosure.Wish
	for _, e := range d.entries {
		words := d.textOf(e.Entry.Seq, wordsField)
		if _, voided := d.st.Voided[e.Entry.Seq]; voided || words == "" || e.Entry.Act != keepMark && e.Entry.Act != hideMore {
			continue
		}
		w := disclosure.Wish{Words: words}
		if e.Entry.Act == hideMore {
			w.Kind = disclosure.Kind(e.Entry.Given.Text("kind"))
		}
		out = append(slices.DeleteFunc(out, func(other disclosure.Wish) bool { return other.Words == words }), w)
	}
	return out
}

// disclosure is what is to be published, for staff of the office; nil in other matters.
func (d *dossier) disclosure() *DisclosureView {
	form := d.publishing()
	if form == nil || d.outside || !d.r.Official() {
		return nil
	}
	v := &DisclosureView{Keeps: d.opens(keepMark), Hides: d.opens(hideMore)}
	wishes := d.wishes()
	for _, f := range form.Hidden() {
		text := d.text(f.Hides)
		marks := disclosure.FindWith(text, wishes)
		v.Texts = append(v.Texts, MarkedText{Label: d.w.fieldLabel(form, f), Pieces: d.cutAt(text, marks)})
		for _, m := range marks {
			v.add(MarkView{Words: m.Text, Kind: d.kindOf(m.Kind), Why: i18n.T(d.r.Lang, "office.disclosure.why."+string(m.Why)), Times: 1})
		}
	}
	for _, w := range wishes {
		if w.Kind == "" {
			v.Kept = append(v.Kept, KeptView{Words: w.Words, Reason: d.reasonToKeep(w.Words)})
		}
	}
	return v
}

// publishing is the form by which the matter's texts are published; nil where it is no such matter.
func (d *dossier) publishing() *procedure.Form {
	if d.w.p.ID != disclosureOf {
		return nil
	}
	for _, a := range d.w.p.Acts(publishIt) {
		return d.w.p.Form(a)
	}
	return nil
}

func (d *dossier) opens(act string) bool {
	c, known := d.choice(act)
	return known && c.Open
}

func (v *DisclosureView) add(m MarkView) {
	for i := range v.Marks {
		if v.Marks[i].Words == m.Words && v.Marks[i].Kind == m.Kind {
			v.Marks[i].Times++
			return
		}
	}
	m.N = len(v.Marks) + 1
	v.Marks = append(v.Marks, m)
}

func (d *dossier) cutAt(text string, marks []disclosure.Mark) []Piece {
	var out []Piece
	at := 0
	for _, m := range marks {
		if m.From > at {
			out = append(out, Piece{Text: text[at:m.From]})
		}
		out = append(out, Piece{Text: m.Text, Mark: d.o.markOf(m.Kind)})
		at = m.To
	}
	if at < len(text) {
		out = append(out, Piece{Text: text[at:]})
	}
	return out
}

func (d *dossier) reasonToKeep(words string) string {
	for _, e := range slices.Backward(d.entries) {
		if e.Entry.Act == keepMark && d.textOf(e.Entry.Seq, wordsField) == words {
			return d.textOf(e.Entry.Seq, "reason")
		}
	}
	return ""
}

// MarkedWords are the words of a mark by its number, so that no address of a page holds them; "" where there is none.
func (o *Office) MarkedWords(ctx context.Context, r Reader, id matter.ID, n int) (string, error) {
	words := ""
	err := o.db.Read(ctx, func(q *store.Query) error {
		d, err := o.open(ctx, q, r, id)
		if err != nil {
			return fmt.Errorf("office: marks of %s: %w", id, err)
		}
		if v := d.disclosure(); v != nil && n >= 1 && n <= len(v.Marks) {
			words = v.Marks[n-1].Words
		}
		return nil
	})
	return words, notFound(err)
}
