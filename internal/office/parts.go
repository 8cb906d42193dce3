package office

import (
	"context"
	"slices"

	"yifa/internal/access"
	"yifa/internal/matter"
	"yifa/internal/procedure"
	"yifa/internal/store"
)

// PartsView are the parts of a matter under one procedure: what each is, where it stands, what is known of it, its days.
type PartsView struct {
	Title   string   // of the procedure
	Columns []string // labels of the facts that stand at the head of a matter's page, those of which one is known
	Rows    []PartRow
}

// PartRow is one part.
type PartRow struct {
	Brief
	Cells []string // by column
	Days  []NextDay
}

// parts gathers the parts the reader may see, by procedure, in the order in which they were opened.
func (d *dossier) partTables(ctx context.Context, q *store.Query) ([]PartsView, error) {
	var order []string
	by := map[string][]matter.State{}
	var ids []matter.ID
	below, err := d.partsBelow(ctx, q)
	if err != nil {
		return nil, err
	}
	for _, l := range append(d.links(), below...) {
		if !l.Part {
			continue
		}
		st := d.snap.Linked[l.Brief.ID]
		if by[st.Procedure] == nil {
			order = append(order, st.Procedure)
		}
		by[st.Procedure], ids = append(by[st.Procedure], st), append(ids, st.ID)
	}
	if len(ids) == 0 {
		return nil, nil
	}
	titles, err := d.o.titles(ctx, q, ids)
	if err != nil {
		return nil, err
	}
	var out []PartsView
	for _, key := range order {
		out = append(out, d.partsOf(d.o.procedureOf(by[key][0]), by[key], titles))
	}
	return out, nil
}

// partsBelow are the parts of parts that the reader may see, he may not see the part between: a paper is served on an organ
// that has no right to read how it came about.
func (d *dossier) partsBelow(ctx context.Context, q *store.Query) ([]LinkView, error) {
	var ids []matter.ID
	for _, l := range d.st.Links {
		if l.Kind != "has_part" || d.r.Filer != 0 {
			continue
		}
		for _, x := range d.snap.Linked[l.To].Links {
			if x.Kind == "has_part" && !slices.Contains(ids, x.To) {
				ids = append(ids, x.To)
			}
		}
	}
	if len(ids) == 0 {
		return nil, nil
	}
	states, err := q.StatesOf(ctx, ids)
	if err != nil {
		return nil, err
	}
	var out []LinkView
	for _, id := range ids {
		st := states[id]
		p := d.o.procedureOf(st)
		if p == nil || !access.To(project(st, p).Access, d.o.accessReader(d.r.keys)).Read {
			continue
		}
		d.snap.Linked[id] = st
		out = append(out, LinkView{Part: true, Brief: Brief{ID: id}})
	}
	return out, nil
}

// partsOf is the table of the parts under one procedure.
func (d *dossier) partsOf(p *procedure.Procedure, list []matter.State, titles map[matter.ID]string) PartsView {
	w := words{d.o, p, d.r.Lang}
	v := PartsView{Title: w.title()}
	for _, st := range list {
		row := PartRow{Brief: d.o.brief(w, st, project(st, p).Row, d.names), Days: d.o.nextDays(d.r.Lang, st)}
		if t := titles[st.ID]; t != "" {
			row.Title = t
		}
		v.Rows = append(v.Rows, row)
	}
	for name, def := range p.Facts.Each {
		if !def.Shown {
			continue
		}
		any, cells := false, make([]string, len(list))
		for i, st := range list {
			one := &dossier{o: d.o, r: d.r, w: w, st: st, names: d.names}
			cells[i] = one.fact(name)
			any = any || cells[i] != ""
		}
		if !any {
			continue
		}
		v.Columns = append(v.Columns, w.text("facts."+name+".label"))
		for i := range v.Rows {
			v.Rows[i].Cells = append(v.Rows[i].Cells, cells[i])
		}
	}
	return v
}
