package office

import (
	"context"
	"slices"

	"yifa/internal/matter"
	"yifa/internal/procedure"
	"yifa/internal/store"
)

// clash says what another matter takes up then. It is asked under the lock of shard 0's head (load), so that of two that
// want the same at once the second sees the first. Matters of the batch itself are as its acts so far have left them.
func (b *batch) clash(ctx context.Context, id matter.ID) func(matter.Booking) (procedure.Clash, bool) {
	return func(want matter.Booking) (procedure.Clash, bool) {
		for other, st := range b.states {
			if c, taken := clashOf(want, st.Booking); taken && other != id {
				return c, true
			}
		}
		rows, err := b.tx.Bookings(ctx, want.Keys, want.From, want.Ends())
		b.fail(err)
		rows = slices.DeleteFunc(rows, func(r store.Booking) bool { _, ours := b.states[r.Matter]; return ours || r.Off || r.Matter == id })
		for _, key := range want.Keys {
			if i := slices.IndexFunc(rows, func(r store.Booking) bool { return r.Name == key }); i >= 0 {
				return procedure.Clash{Key: key, By: matter.Booking{From: rows[i].From, Minutes: rows[i].Minutes()}}, true
			}
		}
		return procedure.Clash{}, false
	}
}

// clashOf says what of a booking another one takes up.
func clashOf(want matter.Booking, have *matter.Booking) (procedure.Clash, bool) {
	if have == nil || have.Off || !want.Overlaps(*have) {
		return procedure.Clash{}, false
	}
	for _, key := range want.Keys {
		for _, other := range have.Keys {
			if key == other {
				return procedure.Clash{Key: key, By: *have}, true
			}
		}
	}
	return procedure.Clash{}, false
}

// books says whether an act is one of a procedure whose matters take something up.
func (b *batch) books(r *request) bool {
	if r.beside != nil {
		return false
	}
	p, _ := b.o.actOf(b.states[r.try.Matter], r.try)
	return p != nil && p.Books.From != ""
}

// hasItem says whether a register has an item of a kind under a key today, which is the organ's.
func (r *register) hasItem(kind, key, organ string) bool {
	for _, i := range r.items[kind] {
		if i.Key == key && i.IsValid(r.Day) && i.Attrs.Text("organ") == organ {
			return true
		}
	}
	return false
}

// itemName is the name of a register item as it was last known; "" where there is none.
func (o *Office) itemName(kind, key string) string {
	reg, name := o.register.Load(), ""
	if reg == nil || kind == "" {
		return ""
	}
	for _, i := range reg.items[kind] {
		if i.Key == key {
			name = i.Attrs.Text("name")
		}
	}
	return name
}

// itemsOf are the items of a kind that are an organ's today.
func (r *register) itemsOf(kind, organ string) []store.RegisterItem {
	var out []store.RegisterItem
	for _, i := range r.items[kind] {
		if i.IsValid(r.Day) && (organ == "" || i.Attrs.Text("organ") == organ) {
			out = append(out, i)
		}
	}
	return out
}
