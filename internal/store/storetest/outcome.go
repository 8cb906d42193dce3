package storetest

import (
	"errors"
	"slices"
	"testing"

	"yifa/internal/calendar"
	"yifa/internal/matter"
	"yifa/internal/store"
)

// What is listed of a matter is the whole of what was put last.
func testOutcome(t *testing.T, db *store.DB) {
	ctx, id := t.Context(), plainID(1)
	one := &store.Outcome{Day: day0, Changed: calendar.Moment{Day: day0 + 2, Minute: 75}, Kinds: []string{"fine", "rough", "fine"}, Organ: "o1", Place: "440703", Result: "partly", Typical: true}
	check := func(want ...store.OutcomeRow) {
		t.Helper()
		read(t, db, func(q *store.Query) error {
			same(t, "rows", want)(q.OutcomeRows(ctx, id))
			return nil
		})
	}
	put := func(o *store.Outcome) {
		t.Helper()
		write(t, db, func(tx *store.Tx) error { return tx.PutOutcome(ctx, id, o) })
	}
	put(one)
	check(one.Rows()...)
	if n := len(one.Rows()); n != 3 {
		t.Errorf("%d rows for two kinds", n)
	}
	put(&store.Outcome{Day: day0, Changed: calendar.Moment{Day: day0}, Withdrawn: true})
	check((&store.Outcome{Day: day0, Changed: calendar.Moment{Day: day0}, Withdrawn: true}).Rows()...)
	put(nil)
	check()
}

// outcomesCity is six results of one day each, of two organs, the later ones the first to have changed.
func outcomesCity(t *testing.T, db *store.DB) {
	t.Helper()
	ctx := t.Context()
	write(t, db, func(tx *store.Tx) error {
		var err error
		for i := 1; i <= 6; i++ {
			day := day0.AddDays(i)
			o := &store.Outcome{Day: day, Changed: calendar.Moment{Day: day0.AddDays(40 - i)}, Kinds: []string{[]string{"fine", "rough"}[i%2]},
				Organ: []string{"o1", "o2"}[i/4], Place: "440703", Result: "partly", Typical: i == 2, Withdrawn: i == 5}
			err = errors.Join(err, tx.PutOutcome(ctx, plainID(i), o), putText(ctx, tx, plainID(i), matter.Public, "当场罚款，没有票据"),
				putText(ctx, tx, plainID(i+10), matter.Staff, "当场罚款"))
		}
		return errors.Join(err, putText(ctx, tx, plainID(3), matter.Public, "没有出示证件"))
	})
}

// Results are found by what everybody may know of them, the latest first, page by page, and counted; by words only in
// public texts, and not once they are withdrawn.
func testOutcomes(t *testing.T, db *store.DB) {
	outcomesCity(t, db)
	ctx := t.Context()
	for _, c := range []struct {
		name string
		f    store.OutcomeFilter
		want []int
	}{
		{"all", store.OutcomeFilter{}, []int{6, 5, 4, 3, 2, 1}},
		{"changed last", store.OutcomeFilter{Changed: true, Limit: 2}, []int{1, 2}},
		{"organ", store.OutcomeFilter{Organ: "o1"}, []int{3, 2, 1}},
		{"kind", store.OutcomeFilter{Kind: "rough"}, []int{5, 3, 1}},
		{"kind of an organ", store.OutcomeFilter{Kind: "rough", Organ: "o2"}, []int{5}},
		{"place", store.OutcomeFilter{Place: "440704"}, nil},
		{"result", store.OutcomeFilter{Result: "partly", Limit: 1}, []int{6}},
		{"days", store.OutcomeFilter{From: day0.AddDays(2), To: day0.AddDays(3)}, []int{3, 2}},
		{"typical", store.OutcomeFilter{Typical: true}, []int{2}},
		{"next page", store.OutcomeFilter{After: store.Cursor{Day: day0.AddDays(4), ID: plainID(4)}}, []int{3, 2, 1}},
		{"words", store.OutcomeFilter{Text: phrases("罚款")}, []int{6, 4, 2, 1}},
		{"a character and words", store.OutcomeFilter{Text: phrases("票", "当场"), Organ: "o2"}, []int{6, 4}},
		{"words of another text", store.OutcomeFilter{Text: phrases("出示证件")}, []int{3}},
		{"words, changed last", store.OutcomeFilter{Text: phrases("出示证件"), Changed: true}, []int{3, 5}},
		{"no such words", store.OutcomeFilter{Text: phrases("扣押")}, nil},
	} {
		read(t, db, func(q *store.Query) error {
			list, err := q.Outcomes(ctx, c.f)
			var got []int
			for _, p := range list {
				for i := 1; i <= 6; i++ {
					if plainID(i) == p.ID && p.Day == day0.AddDays(i) && p.Changed.Day == day0.AddDays(40-i) {
						got = append(got, i)
					}
				}
			}
			if !slices.Equal(got, c.want) {
				t.Errorf("%s: %v, want %v", c.name, got, c.want)
			}
			n, countErr := q.CountOutcomes(ctx, c.f)
			if want := len(c.want); c.f.After == (store.Cursor{}) && n != want {
				t.Errorf("%s: counted %d, want %d", c.name, n, want)
			}
			return errors.Join(err, countErr)
		})
	}
	read(t, db, func(q *store.Query) error {
		same(t, "organs", []string{"o1", "o2"})(q.OutcomeOrgans(ctx))
		return nil
	})
	write(t, db, func(tx *store.Tx) error { return tx.ClearOutcomes(ctx) })
	read(t, db, func(q *store.Query) error {
		same(t, "cleared", []string(nil))(q.OutcomeOrgans(ctx))
		return nil
	})
}
