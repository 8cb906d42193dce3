package office

import (
	"bytes"
	"context"
	"errors"
	"io"
	"slices"
	"strings"

	"yifa/internal/access"
	"yifa/internal/i18n"
	"yifa/internal/procedure"
	"yifa/internal/sheet"
	"yifa/internal/store"
)

// This file and its neighbours take tables of organs, people and certificates into the registers, and reports that another
// organ hands over. A table is read and held to the registers and to the law at once, and nothing is written until its owner has seen what is wrong with which row
// and says so; then an order does one act for each row.

// Tables that are taken.
const (
	ImportOrgans       = "organs"
	ImportPeople       = "people"
	ImportCertificates = "certificates"
	ImportHanded       = "handed" // reports handed over by the 12345 hotline or another organ
)

// ImportKinds lists what a reader may take in, in the order in which an installation needs it.
func ImportKinds(r Reader) []string {
	var out []string
	if r.May(access.People) {
		out = append(out, ImportOrgans, ImportPeople, ImportCertificates)
	}
	if r.May(access.Taking) {
		out = append(out, ImportHanded)
	}
	return out
}

// importActs are the acts that a row of each table asks for.
var importActs = map[string]struct{ procedure, act string }{
	ImportOrgans:       {organProcedure, "establish"},
	ImportPeople:       {postProcedure, "appoint"},
	ImportCertificates: {certificateProcedure, "enter"},
	ImportHanded:       {complaint, recordReport},
}

// Columns of the table of people beside those of its act, and the answers of the one that is a choice.
const (
	columnName    = "name"
	columnLogin   = "login"
	columnAccount = "account"
	fieldBasis    = "basis"
	answerYes     = "yes"
	answerNo      = "no"
)

// ImportFault is what is wrong in a row.
type ImportFault struct {
	Row    int    `json:"row"`
	Column string `json:"column,omitempty"` // "": the row as a whole
	Value  string `json:"value,omitempty"`
	What   string `json:"what"`
	Mend   string `json:"mend,omitempty"`
}

// imported is what an order keeps of the table it came from.
type imported struct {
	Kind    string        `json:"kind"`
	File    string        `json:"file"`
	Rows    int           `json:"rows"`    // with something in them, below the head
	Good    int           `json:"good"`    // that ask for acts
	Same    int           `json:"same"`    // that the registers say already
	Ignored []string      `json:"ignored"` // heads of columns that nothing asks for
	Faults  []ImportFault `json:"faults"`
}

// importTable is a kind of table in a language: its act and its columns in order.
type importTable struct {
	kind    string
	p       *procedure.Procedure
	act     *procedure.Act
	columns []FieldView
}

func (o *Office) importTable(lang i18n.Lang, kind string) (importTable, error) {
	what, known := importActs[kind]
	if !known {
		return importTable{}, ErrNotFound
	}
	p, err := o.law.Find(what.procedure, o.Today())
	if err != nil {
		return importTable{}, err
	}
	t := importTable{kind: kind, p: p}
	for _, a := range p.Open {
		if a.Name == what.act {
			t.act = a
		}
	}
	if kind == ImportPeople {
		t.columns = []FieldView{
			{Name: columnName, Type: "text", Label: i18n.T(lang, "import.name"), Hint: i18n.T(lang, "import.name_hint")},
			{Name: columnLogin, Type: "text", Label: i18n.T(lang, "import.login"), Hint: i18n.T(lang, "import.login_hint")},
			{Name: columnAccount, Type: "choice", Label: i18n.T(lang, "import.account"), Hint: i18n.T(lang, "import.account_hint"),
				Options: []OptionView{{Value: answerYes, Label: i18n.T(lang, "import.yes")}, {Value: answerNo, Label: i18n.T(lang, "import.no")}}},
		}
	}
	asked := o.formFields(lang, p, t.act, nil)
	if kind == ImportHanded {
		t.columns = handedTable(lang, asked)
		return t, nil
	}
	for _, f := range asked {
		switch {
		case f.Name == fieldBasis:
			continue
		case kind == ImportPeople && (f.Name == "post" || f.Name == "role" || f.Name == "from"):
			f.Required, f.Hint = false, i18n.T(lang, "import.hint."+f.Name)
		case f.Name == "person":
			f.Required = f.Required && kind != ImportPeople
			f.Hint = i18n.T(lang, "import.person_hint")
		}
		t.columns = append(t.columns, f)
	}
	return t, nil
}

// ImportTemplate is an empty table of a kind, as XLSX; ErrNotFound for those who may not take it in.
func (o *Office) ImportTemplate(ctx context.Context, r Reader, kind string) ([]byte, error) {
	if !slices.Contains(ImportKinds(r), kind) {
		return nil, ErrNotFound
	}
	if err := o.db.Read(ctx, func(q *store.Query) error { _, err := o.registersFor(ctx, q, r); return err }); err != nil {
		return nil, err
	}
	t, err := o.importTable(r.Lang, kind)
	if err != nil {
		return nil, err
	}
	var columns []sheet.Column
	for _, c := range t.columns {
		col := sheet.Column{Head: c.Label, Hint: c.Hint, Required: c.Required}
		if c.Type == "choice" {
			for _, x := range c.Options {
				col.Choices = append(col.Choices, x.Label)
			}
		}
		columns = append(columns, col)
	}
	return sheet.Template(i18n.T(r.Lang, "import.kind."+kind), i18n.T(r.Lang, "import.help_sheet"), i18n.T(r.Lang, "import.required"), columns)
}

// Import reads a table and holds it to the registers and the law. It gives the order that waits for its owner's word; no act is
// done yet. Errors: ErrNotFound for those who may take nothing in, BadFields where no row could be read.
func (o *Office) Import(ctx context.Context, r Reader, kind, reason string, file Upload) (string, error) {
	kinds := ImportKinds(r)
	if len(kinds) == 0 {
		return "", ErrNotFound
	}
	bad := BadFields{}
	if !slices.Contains(kinds, kind) {
		bad["kind"] = i18n.T(r.Lang, "import.kind_missing")
	}
	if reason = strings.TrimSpace(reason); reason == "" {
		bad[fieldReason] = i18n.T(r.Lang, "people.reason_missing")
	}
	rows, err := readTable(file)
	var fault *sheet.Fault
	if errors.As(err, &fault) {
		bad["files"] = i18n.T(r.Lang, "import.fault."+fault.Why, "at", fault.At)
	} else if err != nil {
		return "", err
	}
	if len(bad) > 0 {
		return "", bad
	}
	content := order{Kind: "import", Reason: reason, Import: &imported{Kind: kind, File: file.Name}}
	err = o.db.Read(ctx, func(q *store.Query) error {
		m, err := o.newImporter(ctx, q, r, kind)
		if err != nil {
			return err
		}
		m.reason = reason
		return m.take(ctx, rows, &content)
	})
	if err != nil {
		return "", err
	}
	return o.keepOrder(ctx, r, content, OrderReady)
}

func readTable(file Upload) ([]sheet.Row, error) {
	if file.Body == nil {
		return nil, &sheet.Fault{Why: "missing"}
	}
	data, err := io.ReadAll(io.LimitReader(file.Body, sheet.MaxFile+1))
	if err != nil {
		return nil, err
	}
	return sheet.Read(file.Name, bytes.Clone(data))
}

// heads finds which column of a table is which of ours, by its head in any language. It tells heads nothing asks for, and
// which of ours are missing or stand twice.
func (m *importer) heads(head sheet.Row) (at map[string]int, ignored []string, faults []ImportFault) {
	at = map[string]int{}
	for i, text := range head.Cells {
		name := m.heading[strings.TrimSpace(text)]
		_, twice := at[name]
		switch {
		case text == "":
		case name == "":
			ignored = append(ignored, text)
		case twice:
			faults = append(faults, ImportFault{Row: head.N, Column: text, What: i18n.T(m.r.Lang, "import.twice"), Mend: i18n.T(m.r.Lang, "import.twice_mend")})
		default:
			at[name] = i
		}
	}
	for _, c := range m.columns {
		if _, there := at[c.Name]; !there && c.Required {
			faults = append(faults, ImportFault{Row: head.N, Column: c.Label, What: i18n.T(m.r.Lang, "import.no_column"), Mend: i18n.T(m.r.Lang, "import.no_column_mend")})
		}
	}
	return at, ignored, faults
}

// take fills an order from the rows of a table.
func (m *importer) take(ctx context.Context, rows []sheet.Row, content *order) error {
	sum := content.Import
	at, ignored, faults := m.heads(rows[0])
	sum.Ignored, sum.Faults, sum.Rows = ignored, faults, len(rows)-1
	if len(faults) > 0 {
		return nil
	}
	for _, row := range rows[1:] {
		if err := ctx.Err(); err != nil {
			return err
		}
		one := importRow{m: m, n: row.N, values: map[string]string{}}
		for name, i := range at {
			if i < len(row.Cells) {
				one.values[name] = row.Cells[i]
			}
		}
		if err := one.check(ctx); err != nil {
			return err
		}
		switch {
		case len(one.faults) > 0:
			sum.Faults = append(sum.Faults, one.faults...)
		case len(one.lines) == 0:
			sum.Same++
		default:
			sum.Good++
			content.Lines = append(content.Lines, one.lines...)
		}
	}
	slices.SortStableFunc(content.Lines, func(a, b orderLine) int { return a.Phase - b.Phase })
	return nil
}
