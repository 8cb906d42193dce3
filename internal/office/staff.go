package office

import (
	"context"
	"slices"

	"yifa/internal/calendar"
	"yifa/internal/procedure"
	"yifa/internal/procedure/proof"
	"yifa/internal/store"
)

// Staff reads from a database who holds which post in which organ on a day, and the names of persons. Opened
// for reading is enough.
func Staff(ctx context.Context, db *store.DB, l *procedure.Law, on calendar.Date) (proof.Staff, map[string]string, error) {
	out, names := proof.Staff{On: on}, map[string]string{}
	err := db.Read(ctx, func(q *store.Query) error {
		r, err := (&Office{db: db, law: l}).registers(ctx, q)
		if err != nil {
			return err
		}
		out.Posts = slices.Clone(r.Posts)
		for _, key := range r.order {
			out.Organs = append(out.Organs, r.Organs[key])
		}
		accounts, err := q.Accounts(ctx)
		for _, a := range accounts {
			names[a.Person] = a.Name
		}
		return err
	})
	return out, names, err
}
