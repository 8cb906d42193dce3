package office

import (
	"cmp"
	"context"
	"errors"
	"slices"

	"yifa/internal/matter"
	"yifa/internal/store"
)

// addParts puts what lies in the parts of a matter, and in theirs, into its volume, in the order of days. Parts that the
// reader may not know of are left out.
func (d *dossier) addParts(ctx context.Context, q *store.Query, v *VolumeView) error {
	for _, l := range d.st.Links {
		if l.Kind != "has_part" {
			continue
		}
		in, err := d.o.open(ctx, q, d.r, l.To)
		if errors.Is(err, ErrNotFound) || err == nil && in.outside {
			continue
		}
		if err != nil {
			return err
		}
		of := in.volume(v.Part)
		if err := in.addParts(ctx, q, &of); err != nil {
			return err
		}
		for _, p := range of.Pieces {
			if p.In == 0 {
				p.In = l.To
			}
			v.Pieces = append(v.Pieces, p)
		}
	}
	slices.SortStableFunc(v.Pieces, func(a, b VolumePiece) int { return cmp.Or(int(a.On.Day-b.On.Day), a.On.Minute-b.On.Minute) })
	return nil
}

// of is the matter a piece lies in, of the volume of another.
func (p VolumePiece) of(whole matter.ID) matter.ID {
	if p.In != 0 {
		return p.In
	}
	return whole
}
