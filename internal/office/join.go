package office

import (
	"context"
	"maps"
	"slices"
	"strings"

	"yifa/internal/access"
	"yifa/internal/matter"
	"yifa/internal/procedure"
	"yifa/internal/store"
)

// named are the matters to which an attempt wants its own joined. What is no id names none; the law says so at the field.
func named(try procedure.Attempt, fields []string) []matter.ID {
	var out []matter.ID
	for _, field := range fields {
		for _, text := range try.Fields[field] {
			if id, err := matter.ParseID(text); err == nil && id != try.Matter {
				out = append(out, id)
			}
		}
	}
	return out
}

// others are the matters to be locked with that of an act: those that may be told of it, and those it names to be joined
// to, as far as there are such.
func (b *batch) others(ctx context.Context, r *request) ([]matter.ID, error) {
	told, err := b.told(ctx, r.id)
	if err != nil {
		return nil, err
	}
	all := named(r.try, b.o.law.Joins(r.try.Act))
	if len(all) == 0 {
		return told, nil
	}
	there, err := b.tx.StatesOf(ctx, all)
	return slices.AppendSeq(told, maps.Keys(there)), err
}

// beside adds to what an act may read the matters it names, to be joined to or to go on from: those whoever acts may read.
// Of others it is told nothing, not even that there are such.
func (b *batch) beside(ctx context.Context, r *request, act *procedure.Act, snap *procedure.Snapshot) error {
	for _, id := range named(r.try, act.Named()) {
		keys := r.keys
		if r.try.By.Person == matter.PersonFiler { // who files reads what everybody reads
			keys = []string{published}
		}
		if keys != nil {
			may, err := b.tx.May(ctx, id, b.o.accessReader(keys))
			if err != nil {
				return err
			}
			if !may.Read {
				delete(snap.Linked, id)
				continue
			}
		}
		if st, ours := b.states[id]; ours {
			snap.Linked[id] = st
			continue
		}
		there, err := b.tx.StatesOf(ctx, []matter.ID{id})
		if err != nil {
			return err
		}
		maps.Copy(snap.Linked, there)
	}
	return nil
}

// byNumber puts ids in the place of numbers by which an act names matters to be joined to, of those the reader may read.
// What it does not find stays as it was typed.
func (o *Office) byNumber(ctx context.Context, r Reader, a Act) (Act, error) {
	fields := o.law.Joins(a.Act)
	if len(fields) == 0 {
		return a, nil
	}
	a.Fields = maps.Clone(a.Fields)
	for _, field := range fields {
		for i, text := range a.Fields[field] {
			text = strings.TrimSpace(text)
			if _, err := matter.ParseID(text); err == nil || text == "" {
				continue
			}
			err := o.db.Read(ctx, func(q *store.Query) error {
				rows, err := q.List(ctx, store.Filter{Reader: o.accessReader(r.keys), Number: squareBrackets.Replace(text), Limit: 1})
				if err == nil && len(rows) == 1 {
					a.Fields[field] = slices.Clone(a.Fields[field])
					a.Fields[field][i] = rows[0].ID.String()
				}
				return err
			})
			if err != nil {
				return a, err
			}
		}
	}
	return a, nil
}

// squareBrackets writes the brackets of a number as numbers have them, whichever keyboard wrote them.
var squareBrackets = strings.NewReplacer("[", "〔", "]", "〕", "［", "〔", "］", "〕", "(", "〔", ")", "〕", "（", "〔", "）", "〕", "【", "〔", "】", "〕", " ", "")

// numbersOf puts, in the place of the ids of linked matters, the numbers by which the reader who may read them knows them.
func (d *dossier) numbersOf(ids []string) []string {
	out := slices.Clone(ids)
	for _, l := range d.st.Links {
		st := d.snap.Linked[l.To]
		p := d.o.procedureOf(st)
		if i := slices.Index(out, l.To.String()); i >= 0 && p != nil && st.Number("matter") != "" &&
			access.To(project(st, p).Access, d.o.accessReader(d.r.keys)).Read {
			out[i] = st.Number("matter")
		}
	}
	return out
}
