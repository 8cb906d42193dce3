package office

import (
	"context"
	"slices"
	"time"

	"yifa/internal/matter"
	"yifa/internal/procedure"
	"yifa/internal/store"
)

// SlipView is what a party is handed so that she can collect a paper by herself.
type SlipView struct {
	Brief
	Path  string // where it is collected, without the host
	Until time.Time
}

// LinkSlip makes a new link to the paper a matter serves, for whoever may act in it to hand over; the one there was ends.
// ErrNotFound where there is nothing to be collected now.
func (o *Office) LinkSlip(ctx context.Context, r Reader, id matter.ID) (SlipView, error) {
	var v SlipView
	err := o.db.Write(ctx, func(tx *store.Tx) error {
		d, err := o.open(ctx, &tx.Query, r, id)
		if err != nil {
			return err
		}
		if d.outside || r.Filer != 0 || !d.mayCollect() {
			return ErrNotFound
		}
		told, err := d.toldFor(ctx, &tx.Query, procedure.DeliverCheck)
		if err != nil {
			return err
		}
		token, err := o.makeLink(ctx, tx, id, told[procedure.DeliverCheck])
		v = SlipView{Brief: d.view().Brief, Path: linkAddress(token), Until: o.now().Add(linkKept)}
		return err
	})
	return v, notFound(err)
}

// mayCollect says whether a link would open something: where the matter stands opening one is an act, and what must be
// known beside it is on record.
func (d *dossier) mayCollect() bool {
	return d.collected() && d.st.Facts.Bool("consent") && slices.ContainsFunc(d.w.p.AllActs(), func(a *procedure.Act) bool { return a.Work.Does == procedure.WorkDeliver })
}
