package office

import (
	"context"

	"yifa/internal/i18n"
	"yifa/internal/matter"
	"yifa/internal/procedure"
	"yifa/internal/sheet"
	"yifa/internal/store"
)

// importer holds the rows of one table to the registers as they stand now.
type importer struct {
	importTable
	o       *Office
	r       Reader
	q       *store.Query
	reg     *register
	reason  string
	names   map[string]string            // persons there are
	logins  map[string]string            // login → person
	found   map[string]map[string]string // column → what may be written → value; "" where two things are called so
	heading map[string]string            // head → column
	entered map[string]bool              // organs that wait for a second administrator
	seen    map[string]int               // what a row is about → the first row about it
	made    map[string]importedAccount   // by rows above
}

type importedAccount struct{ name, login string }

func (o *Office) newImporter(ctx context.Context, q *store.Query, r Reader, kind string) (*importer, error) {
	reg, err := o.registersFor(ctx, q, r)
	if err != nil {
		return nil, err
	}
	m := &importer{o: o, r: r, q: q, reg: reg, names: map[string]string{}, logins: map[string]string{}, found: map[string]map[string]string{},
		heading: map[string]string{}, entered: map[string]bool{}, seen: map[string]int{}, made: map[string]importedAccount{}}
	if m.importTable, err = o.importTable(r.Lang, kind); err != nil {
		return nil, err
	}
	accounts, err := q.Accounts(ctx)
	if err != nil {
		return nil, err
	}
	for _, a := range accounts {
		m.names[a.Person], m.logins[a.Login] = a.Name, a.Person
	}
	for _, l := range i18n.Langs {
		t, err := o.importTable(l, kind)
		if err != nil {
			return nil, err
		}
		for _, c := range t.columns {
			m.heading[c.Label], m.heading[c.Name] = c.Name, c.Name
			m.offer(c)
		}
	}
	if kind == ImportCertificates {
		m.offer(FieldView{Name: "person", Options: m.everybody()})
	}
	return m, m.waiting(ctx)
}

// offer lets what a column takes be written as its value or its label in any language.
func (m *importer) offer(c FieldView) {
	if len(c.Options) == 0 {
		return
	}
	if m.found[c.Name] == nil {
		m.found[c.Name] = map[string]string{}
	}
	by := m.found[c.Name]
	for _, x := range c.Options {
		by[x.Value] = x.Value
		if other, taken := by[x.Label]; taken && other != x.Value {
			by[x.Label] = ""
		} else {
			by[x.Label] = x.Value
		}
	}
}

func (m *importer) everybody() []OptionView {
	var out []OptionView
	for _, id := range sortedKeys(m.names) {
		out = append(out, OptionView{Value: id, Label: m.names[id]})
	}
	return out
}

// waiting finds the organs that are entered and not confirmed: no register knows them yet.
func (m *importer) waiting(ctx context.Context) error {
	if m.kind != ImportOrgans {
		return nil
	}
	rows, err := m.q.List(ctx, store.Filter{Reader: m.o.accessReader(m.r.keys), Procedure: organProcedure, Stages: []string{"entered"}, Open: true, Limit: sheet.MaxRows})
	if err != nil {
		return err
	}
	for at := 0; at < len(rows); at += 500 {
		states, err := m.q.StatesOf(ctx, idsOf(rows[at:min(at+500, len(rows))]))
		if err != nil {
			return err
		}
		for _, st := range states {
			m.entered[st.Facts.Text("key")] = true
		}
	}
	return nil
}

// latest is the last validity of an item of a register.
func (m *importer) latest(kind, key string) (store.RegisterItem, bool) {
	var out store.RegisterItem
	found := false
	for _, i := range m.reg.items[kind] {
		if i.Key == key && (!found || i.From > out.From) {
			out, found = i, true
		}
	}
	return out, found
}

// state is where the matter of an item stands.
func (m *importer) state(ctx context.Context, id matter.ID) (matter.State, error) {
	states, err := m.q.States(ctx, id)
	if err != nil {
		return matter.State{}, err
	}
	return states[0], nil
}

// actIn is an act of a stage.
func (m *importer) actIn(stage, name string) *procedure.Act {
	for _, a := range m.p.ActsIn(stage) {
		if a.Name == name {
			return a
		}
	}
	return nil
}
