package office

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"yifa/internal/calendar"
	"yifa/internal/i18n"
	"yifa/internal/matter"
	"yifa/internal/procedure"
	"yifa/internal/sheet"
	"yifa/internal/store"
)

// importRow is one row on its way.
type importRow struct {
	m      *importer
	n      int
	values map[string]string
	fields map[string][]string
	lines  []orderLine
	faults []ImportFault
	on     calendar.Date // the day its acts happened; zero: the day they are done
}

// bad says what is wrong in a column; name "": in the row. key_mend says how it is mended.
func (row *importRow) bad(name, key string, args ...any) {
	f := ImportFault{Row: row.n, Value: row.values[name], What: i18n.T(row.m.r.Lang, "import.wrong."+key, args...), Mend: i18n.T(row.m.r.Lang, "import.wrong."+key+"_mend")}
	f.Column = row.label(name)
	row.faults = append(row.faults, f)
}

func (row *importRow) label(name string) string {
	i := slices.IndexFunc(row.m.columns, func(c FieldView) bool { return c.Name == name })
	if i < 0 {
		return ""
	}
	return row.m.columns[i].Label
}

// check reads the row, and finds what acts it asks for or what is wrong with it.
func (row *importRow) check(ctx context.Context) error {
	row.fields = map[string][]string{}
	if row.m.kind != ImportHanded {
		row.fields[fieldBasis] = []string{row.m.reason}
	}
	for _, c := range row.m.columns {
		row.read(c)
	}
	if len(row.faults) > 0 {
		return nil
	}
	switch row.m.kind {
	case ImportOrgans:
		return row.organ(ctx)
	case ImportPeople:
		return row.person()
	case ImportHanded:
		return row.handed(ctx)
	}
	return row.certificate(ctx)
}

// read takes one cell as an answer of the form.
func (row *importRow) read(c FieldView) {
	text := row.values[c.Name]
	if text == "" {
		if c.Required {
			row.bad(c.Name, "empty")
		}
		return
	}
	if c.Type == "date" {
		day, ok := sheet.Day(text)
		if !ok {
			row.bad(c.Name, "no_day")
			return
		}
		text = day.String()
	}
	values := []string{text}
	if c.Type == "choices" {
		values = strings.FieldsFunc(text, func(r rune) bool { return strings.ContainsRune(";；|\n", r) })
	}
	if by := row.m.found[c.Name]; by != nil {
		for i, one := range values {
			value, known := by[strings.TrimSpace(one)]
			switch {
			case !known:
				row.bad(c.Name, "unknown_"+choiceKind(c))
				return
			case value == "":
				row.bad(c.Name, "two_called")
				return
			}
			values[i] = value
		}
	}
	row.fields[c.Name] = values
}

// choiceKind is what kind of thing a column names, for what is said where there is none.
func choiceKind(c FieldView) string {
	switch c.Type {
	case "organ", "division", "person":
		return c.Type
	}
	return "choice"
}

func (row *importRow) get(name string) string {
	if len(row.fields[name]) == 0 {
		return ""
	}
	return row.fields[name][0]
}

func (row *importRow) day(name string) calendar.Date {
	d, err := calendar.Parse(row.get(name))
	if err != nil {
		return 0
	}
	return d
}

// once says whether no row above is about the same.
func (row *importRow) once(column, what string) bool {
	if first, twice := row.m.seen[what]; twice {
		row.bad(column, "row_twice", "row", strconv.Itoa(first))
		return false
	}
	row.m.seen[what] = row.n
	return true
}

// add asks for an act, once the law lets it pass as things stand now.
func (row *importRow) add(label string, st matter.State, act *procedure.Act, fields map[string][]string) {
	m := row.m
	snap := m.reg.snapshot(m.o.Today())
	snap.Taken = m.reg.taken
	snap.Knows = func(person string) bool { _, there := m.made[person]; return there || m.names[person] != "" }
	snap.Numbers, snap.NewID = func(string, string, int) int { return 1 }, func() matter.ID { return 1 }
	now := m.o.now()
	happened := calendar.MomentAt(now)
	if !row.on.IsZero() {
		happened = calendar.DayOnly(row.on)
	}
	try := procedure.Attempt{Matter: st.ID, Procedure: m.p.ID, Act: act.Name, Happened: happened, Recorded: now, Fields: fields}
	var err error
	for i, by := range m.r.actors(st.Holder) {
		try.By = by
		if _, next := m.p.Fire(m.o.lawNow(), st, snap, try); i == 0 || next == nil {
			err = next
		}
	}
	if row.refused(act, err) {
		return
	}
	row.lines = append(row.lines, orderLine{Label: row.labelled(label), Matter: st.ID, Procedure: m.p.ID, Act: act.Name, Fields: fields, Phase: 1, Day: row.on})
}

func (row *importRow) labelled(label string) string {
	return i18n.T(row.m.r.Lang, "import.row", "row", strconv.Itoa(row.n), "what", label)
}

// refused words what the law says against an act, if it does.
func (row *importRow) refused(act *procedure.Act, err error) bool {
	m := row.m
	switch said := m.o.explain(context.Background(), m.r, Act{Procedure: m.p.ID, Act: act.Name}, err).(type) { //nolint:errorlint // explain wraps nothing it returns
	case nil:
		return false
	case *Refused:
		row.faults = append(row.faults, ImportFault{Row: row.n, What: said.View.Why, Mend: said.View.Mend})
	case BadFields:
		for _, name := range sortedKeys(said) {
			row.faults = append(row.faults, ImportFault{Row: row.n, Column: row.label(name), Value: row.values[name], What: said[name]})
		}
	default:
		row.faults = append(row.faults, ImportFault{Row: row.n, What: fmt.Sprint(said)})
	}
	return true
}

// differs names the first of some columns in which a row says something else than an item.
func (row *importRow) differs(i store.RegisterItem, names ...string) string {
	for _, name := range names {
		if i.Attrs.Text(name) != row.get(name) {
			return name
		}
	}
	return ""
}
