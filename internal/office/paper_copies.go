package office

import (
	"context"
	"encoding/csv"
	"errors"
	"io"
	"slices"
	"strings"

	"yifa/internal/access"
	"yifa/internal/i18n"
	"yifa/internal/matter"
	"yifa/internal/procedure"
	"yifa/internal/store"
)

// This file makes one decision for many parties into a paper for each, with a number of its own, and shows them together
// so that they can be checked and signed in one go.

// orderCopies is the kind of order that drafts papers by a list.
const orderCopies = "copies"

// mostCopies is for how many parties papers are drafted in one go, and how many stand together.
const mostCopies = 100

// copiesField is the field of the list, for messages.
const copiesField = "list"

// PaperCopies is a paper among those of the same kind in the same matter that stand where it stands.
type PaperCopies struct {
	Brief   Brief
	Columns []string // what a list may say of each party: labels of the paper's fields
	May     bool     // the reader may draft papers by a list
	Rows    []PaperCopy
	Acts    []OptionView // what the reader can do with all of them
}

// PaperCopy is one of them, told apart by the first thing in which it differs from the others.
type PaperCopy struct {
	Brief Brief
	For   string
}

// PaperCopies are the papers beside one that are made alike; ErrNotFound where the reader has no part in making it.
func (o *Office) PaperCopies(ctx context.Context, r Reader, id matter.ID) (PaperCopies, error) {
	var v PaperCopies
	err := o.db.Read(ctx, func(q *store.Query) error {
		d, err := o.drafted(ctx, q, r, id)
		if err != nil {
			return err
		}
		v.Brief = d.o.brief(d.w, d.st, d.row, d.names)
		for _, f := range d.askedOf(d.fillingDef(), nil) {
			v.Columns = append(v.Columns, f.Label)
		}
		v.Acts = d.actsForAll()
		whole, err := d.linked(ctx, q, "part_of")
		if err != nil || whole == nil {
			return err
		}
		_, v.May = whole.draftsLike(d)
		alike := whole.alike(d)
		said := make([]map[string]string, len(alike))
		for i, st := range alike {
			in, err := o.open(ctx, q, r, st.ID)
			if err != nil {
				return err
			}
			said[i], _ = in.filled(fillingField(in.w.p))
			v.Rows = append(v.Rows, PaperCopy{Brief: in.o.brief(in.w, in.st, in.row, in.names)})
		}
		field := differs(said)
		for i := range v.Rows {
			v.Rows[i].For = said[i][field]
		}
		return nil
	})
	return v, notFound(err)
}

// fillingDef is a field by which the procedure asks what its paper is filled with, nil where there is none.
func (d *dossier) fillingDef() *procedure.Field {
	name := fillingField(d.w.p)
	for _, form := range d.w.p.Asking(name) {
		return form.Field(name)
	}
	return nil
}

// differs is the first field that not all of some papers answer alike, or "".
func differs(said []map[string]string) string {
	if len(said) < 2 {
		return ""
	}
	for _, name := range sortedKeys(said[0]) {
		if slices.ContainsFunc(said, func(one map[string]string) bool { return one[name] != said[0][name] }) {
			return name
		}
	}
	return ""
}

// alike are the parts of a matter about a paper of the same kind in the same stage, which the reader may act in, the paper
// itself first.
func (d *dossier) alike(paper *dossier) []matter.State {
	out := []matter.State{paper.st}
	for _, l := range d.st.Links {
		st := d.snap.Linked[l.To]
		p := d.o.procedureOf(st)
		if l.Kind != "has_part" || p == nil || l.To == paper.st.ID || p.PaperFact() == "" || len(out) == mostCopies {
			continue
		}
		if st.Stage == paper.st.Stage && st.Facts.Text(p.PaperFact()) == paper.st.Facts.Text(paper.w.p.PaperFact()) && access.To(project(st, p).Access, d.o.accessReader(d.r.keys)).Act {
			out = append(out, st)
		}
	}
	return out
}

// actsForAll are the acts open to the reader that can be done with many papers at once: those that ask nothing of the
// single paper and open no other matter.
func (d *dossier) actsForAll() []OptionView {
	var out []OptionView
	for _, c := range d.choices() {
		form := d.w.p.Form(c.Act)
		single := form != nil && slices.ContainsFunc(form.Fields, func(f *procedure.Field) bool {
			return f.Type == "filling" && f.Takes == "" || f.Type == "files" && f.Required
		})
		if c.Open && !single && len(c.Act.Opens) == 0 && c.Act.To != "" {
			out = append(out, OptionView{Value: c.Act.Name, Label: d.w.act(c.Act.Name)})
		}
	}
	return out
}

// drafting is the act of a matter that opens papers like another, and the field that says of which kind.
type drafting struct{ act, kind string }

// draftsLike finds how a paper like another is drafted in the matter it is part of; false where the reader cannot.
func (d *dossier) draftsLike(paper *dossier) (drafting, bool) {
	for _, c := range d.choices() {
		for _, o := range c.Act.Opens {
			if given := o.Given.Get(paper.w.p.PaperFact()); c.Open && o.Procedure == paper.w.p.ID && given != nil {
				if field, ok := strings.CutPrefix(*given, "field:"); ok {
					return drafting{c.Act.Name, field}, true
				}
			}
		}
	}
	return drafting{}, false
}

// CopyPaper drafts a paper for each party of a list, alike but for what the list says, and sends each on: one order, whose
// id it returns. The first line names fields of the paper, the others say them; cells are parted by tabs or commas. Errors:
// BadFields for what is wrong with the list, ErrNotFound.
func (o *Office) CopyPaper(ctx context.Context, r Reader, id matter.ID, list string) (string, error) {
	content := order{Kind: orderCopies}
	err := o.db.Read(ctx, func(q *store.Query) error {
		d, err := o.drafted(ctx, q, r, id)
		if err != nil {
			return err
		}
		whole, err := d.linked(ctx, q, "part_of")
		if err != nil || whole == nil {
			return errors.Join(err, ErrNotFound)
		}
		how, may := whole.draftsLike(d)
		then := d.sendsOn()
		if !may || then == "" {
			return BadFields{copiesField: i18n.T(r.Lang, "paper.copies_not_now")}
		}
		rows, err := d.parties(list)
		if err != nil {
			return err
		}
		filled, _ := d.filled(fillingField(d.w.p))
		for _, row := range rows {
			fields := map[string][]string{}
			for name, value := range filled {
				fields[fillingField(d.w.p)+"."+name] = []string{value}
			}
			for name, value := range row.says {
				fields[name] = []string{value}
			}
			content.Lines = append(content.Lines, orderLine{Label: row.label, Matter: whole.st.ID, Act: how.act,
				Fields: map[string][]string{how.kind: {d.st.Facts.Text(d.w.p.PaperFact())}}, Then: then, ThenFields: fields})
		}
		return nil
	})
	if err != nil {
		return "", notFound(err)
	}
	return o.newOrder(ctx, r, content)
}

// sendsOn is the open act by which a filled paper is sent on, or "".
func (d *dossier) sendsOn() string {
	for _, c := range d.choices() {
		form := d.w.p.Form(c.Act)
		if c.Open && c.Act.To != "" && form != nil && slices.ContainsFunc(form.Fields, func(f *procedure.Field) bool { return f.Type == "filling" && f.Takes == "" && f.Required }) {
			return c.Act.Name
		}
	}
	return ""
}

// partyRow is one line of a list.
type partyRow struct {
	label string
	says  map[string]string // by name of the answer
}

// parties reads a list of parties by the labels of the paper's fields.
func (d *dossier) parties(list string) ([]partyRow, error) {
	bad := func(key string, args ...any) error { return BadFields{copiesField: i18n.T(d.r.Lang, key, args...)} }
	read := csv.NewReader(strings.NewReader(strings.TrimSpace(list)))
	if head, _, _ := strings.Cut(list, "\n"); strings.Contains(head, "\t") {
		read.Comma, read.LazyQuotes = '\t', true
	}
	read.FieldsPerRecord = -1
	var names []string
	var out []partyRow
	for {
		cells, err := read.Read()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return nil, bad("paper.copies_unread")
		}
		if names == nil {
			if names, err = d.columns(cells); err != nil {
				return nil, err
			}
			continue
		}
		row := partyRow{says: map[string]string{}}
		for i, cell := range cells {
			if cell = strings.TrimSpace(cell); i >= len(names) && cell != "" {
				return nil, bad("paper.copies_cells", "n", len(out)+2)
			} else if i < len(names) {
				row.says[names[i]] = cell
			}
		}
		row.label = strings.TrimSpace(cells[0])
		out = append(out, row)
	}
	switch {
	case len(out) == 0:
		return nil, bad("paper.copies_none")
	case len(out) > mostCopies:
		return nil, bad("paper.copies_many", "n", mostCopies)
	}
	return out, nil
}

// columns finds the answers that the heads of a list name.
func (d *dossier) columns(heads []string) ([]string, error) {
	fields := d.askedOf(d.fillingDef(), nil)
	var out []string
	for _, head := range heads {
		head = strings.TrimSpace(strings.TrimPrefix(head, "\ufeff"))
		i := slices.IndexFunc(fields, func(f FieldView) bool { return f.Label == head })
		if i < 0 {
			return nil, BadFields{copiesField: i18n.T(d.r.Lang, "paper.copies_head", "head", head)}
		}
		out = append(out, fields[i].Name)
	}
	return out, nil
}
