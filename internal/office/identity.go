package office

import (
	"context"
	"slices"

	"yifa/internal/access"
	"yifa/internal/matter"
	"yifa/internal/procedure"
	"yifa/internal/store"
)

// Identity is who filed a matter, for the officer who handles it and the head, and only while two of
// them have opened it by acts with a reason (ptsd/18, ptsd/133). Without a purpose out of Purposes it is masked. Every
// reading is a line of the read log, written before anything is shown. ErrNotFound where it is not open to the reader.
func (o *Office) Identity(ctx context.Context, r Reader, id matter.ID, why string) ([]PartyField, error) {
	var out []PartyField
	whole := slices.Contains(Purposes, why)
	note := readNote{Seq: 1, Class: matter.Sealed, What: "identity", Why: why}
	if !whole {
		note.What, note.Why = "masked", ""
	}
	err := o.db.Write(ctx, func(tx *store.Tx) error {
		d, err := o.open(ctx, &tx.Query, r, id)
		if err != nil {
			return err
		}
		if !d.mayKnowFiler() {
			return ErrNotFound
		}
		if out, err = d.identity(ctx, &tx.Query, whole); err != nil {
			return err
		}
		return o.noteRead(ctx, tx, d, note)
	})
	return out, notFound(err)
}

// mayKnowFiler holds while the identity is open to the reader.
func (d *dossier) mayKnowFiler() bool {
	return d.r.Official() && access.KnowsFiler(d.st, d.r.Person, d.r.Has("supervision_head") && d.actors[0].Organ == d.st.Holder, d.o.Today())
}

// identity opens the sealed answers of the entry that began the matter.
func (d *dossier) identity(ctx context.Context, q *store.Query, whole bool) ([]PartyField, error) {
	stored, err := q.Parts(ctx, d.st.ID)
	if err != nil {
		return nil, err
	}
	first, _ := d.entry(1)
	def := d.w.definition(first.Act)
	var form *procedure.Form
	if def != nil {
		form = d.w.p.Form(def)
	}
	var out []PartyField
	for _, p := range stored {
		if p.Seq != 1 || p.Class != matter.Sealed || form == nil {
			continue
		}
		part, err := d.o.unseal(d.st.ID, p.Seq, sealedOf(p))
		if err != nil {
			return nil, err
		}
		for _, f := range form.Fields {
			v := part.Fields[f.Name]
			if v != "" && !whole {
				v = masked(f.Personal, v)
			}
			if v != "" {
				out = append(out, PartyField{Label: d.w.fieldLabel(form, f), Value: v, Class: matter.Sealed})
			}
		}
	}
	return out, nil
}
