package storetest

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"
	"testing"

	"yifa/internal/access"
	"yifa/internal/calendar"
	"yifa/internal/matter"
	"yifa/internal/store"
)

// A measure is written, changed, removed and made again; a matter's own come in order of name and value.
func testMeasures(t *testing.T, db *store.DB) {
	ctx, id, other := t.Context(), plainID(1), plainID(2)
	received := store.Measure{Matter: id, Name: "received", Day: day0, Holder: "h1", Organ: "o1", Place: "440703002", Handler: "li"}
	fine := store.Measure{Matter: id, Name: "problem", Value: "fine", Day: day0, Days: 3, Holder: "h1"}
	rough := store.Measure{Matter: id, Name: "problem", Value: "rough", Day: day0, Days: 3, Holder: "h1"}
	theirs := store.Measure{Matter: other, Name: "received", Day: day0, Holder: "h2"}
	check := func(want ...store.Measure) {
		t.Helper()
		read(t, db, func(q *store.Query) error {
			same(t, "of the matter", want)(q.MeasuresOf(ctx, id))
			same(t, "of another", []store.Measure{theirs})(q.MeasuresOf(ctx, other))
			return nil
		})
	}
	write(t, db, func(tx *store.Tx) error {
		return errors.Join(tx.PutMeasures(ctx, nil), tx.DropMeasures(ctx, nil), tx.PutMeasures(ctx, []store.Measure{received, rough, fine, theirs}))
	})
	check(fine, rough, received)
	received = store.Measure{Matter: id, Name: "received", Day: day0.AddDays(40), Days: 40, Holder: "h2", Place: "440704"}
	write(t, db, func(tx *store.Tx) error {
		return errors.Join(tx.DropMeasures(ctx, []store.Measure{rough, {Matter: other, Name: "problem", Value: "fine"}}), tx.PutMeasures(ctx, []store.Measure{received}))
	})
	check(fine, received)
	read(t, db, func(q *store.Query) error { // the month went with the day
		want := map[store.Cell]int{{Name: "received", N: month(received.Day), Holder: "h2", County: "440704"}: 1}
		same(t, "cells", want)(cells(ctx, q, store.Ask{Query: "measure_tally", Measures: []string{"received"}, From: day0.AddDays(1), To: received.Day}))
		return nil
	})
	write(t, db, func(tx *store.Tx) error {
		return errors.Join(tx.ClearMeasures(ctx), tx.PutMeasures(ctx, []store.Measure{theirs, fine}))
	})
	check(fine)
}

// measuredCity writes matters with their measures, given to the key "k" but for the first, denied to
// "person:x" from the fourth on until a later day; each measure is returned beside who reads it.
func measuredCity(t *testing.T, db *store.DB) []store.Measure {
	t.Helper()
	ctx := t.Context()
	var rows []store.Measure
	write(t, db, func(tx *store.Tx) error {
		for i := range 12 {
			id, text := plainID(i+1), func(name string, of int) string { return name + fmt.Sprint(i%of) }
			row := store.Row{ID: id, Procedure: "p@1", Stage: text("s", 2), Sort: day0.AddDays(i), Opened: day0.AddDays(i), NextDue: day0.AddDays(30 - i), Holder: text("h", 2)}
			access := []matter.Access{{Holder: "k2", Right: "read", From: day0}, {Holder: "k2", Right: "act", Deny: true, From: day0}}
			if i > 0 {
				access = append(access, matter.Access{Holder: "k", Right: "act", From: day0})
			}
			if i > 3 {
				access = append(access, matter.Access{Holder: "person:x", Right: "read", Deny: true, From: day0, To: day0.AddDays(5 + i)})
			}
			m := store.Measure{Matter: id, Name: "received", Day: row.Sort, Holder: row.Holder, Organ: text("o", 3), Place: []string{"440703002", "440783", ""}[i%3], Handler: []string{"", "li"}[i%2]}
			late := m
			late.Name, late.Day, late.Days = "answered", m.Day.AddDays(25), 25-i%4
			fine, rough := m, m
			fine.Name, fine.Value, rough.Name, rough.Value = "problem", "fine", "problem", "rough"
			rows = append(rows, m, late, fine)
			if i%2 == 0 {
				rows = append(rows, rough)
			}
			if err := errors.Join(tx.PutMatter(ctx, row, matter.State{ID: id}), tx.PutAccess(ctx, id, row.Sort, access)); err != nil {
				return err
			}
		}
		return tx.PutMeasures(ctx, rows)
	})
	return rows
}

// reads reports whether a reader of measuredCity reads matter i on a day.
func reads(r access.Reader, i int, given bool) bool {
	has := func(key string) bool { return slices.Contains(r.Keys, key) }
	if has("person:x") && i > 3 && r.On < day0.AddDays(5+i) {
		return false
	}
	return !given || has("k2") || has("k") && i > 0
}

func indexOf(m store.Measure) int { return int(m.Matter>>40) - 1 }

func month(d calendar.Date) int {
	y, m, _ := d.YMD()
	return y*12 + int(m) - 1
}

// cells collects what a query counts; no place is told twice.
func cells(ctx context.Context, q *store.Query, a store.Ask) (map[store.Cell]int, error) {
	found := map[store.Cell]int{}
	err := q.EachCell(ctx, a, func(c store.Cell) error {
		n := c.Count
		c.Count = 0
		if found[c] > 0 {
			return fmt.Errorf("cell %+v comes twice", c)
		}
		found[c] = n
		return nil
	})
	return found, err
}

// Every count of measures is what counting by hand comes to, whoever asks, by month and by days.
func testMeasureCells(t *testing.T, db *store.DB) {
	ctx, rows := t.Context(), measuredCity(t, db)
	all := []string{"received", "answered", "problem", "unknown"}
	for _, c := range []struct {
		name string
		ask  store.Ask
	}{
		{"everybody's", store.Ask{Measures: all, From: day0, To: day0.AddDays(99)}},
		{"one measure, some days", store.Ask{Measures: all[:1], From: day0.AddDays(2), To: day0.AddDays(5)}},
		{"by handler", store.Ask{Measures: all, From: day0, To: day0.AddDays(99), Handlers: true}},
		{"of an organ", store.Ask{Measures: all, From: day0, To: day0.AddDays(99), Holders: []string{"h1"}}},
		{"of no organ", store.Ask{Measures: all, From: day0, To: day0.AddDays(99), Holders: []string{}}},
		{"nobody's given", store.Ask{Measures: all, From: day0, To: day0.AddDays(99), Reader: access.Reader{On: day0}, Given: true}},
		{"given", store.Ask{Measures: all, From: day0, To: day0.AddDays(99), Reader: access.Reader{Keys: []string{"k"}, On: day0}, Given: true}},
		{"given twice", store.Ask{Measures: all, From: day0, To: day0.AddDays(99), Reader: access.Reader{Keys: []string{"k", "k2"}, On: day0}, Given: true, Handlers: true}},
		{"given before", store.Ask{Measures: all, From: day0, To: day0.AddDays(99), Reader: access.Reader{Keys: []string{"k"}, On: day0.AddDays(-1)}, Given: true}},
		{"denied", store.Ask{Measures: all, From: day0, To: day0.AddDays(99), Reader: access.Reader{Keys: []string{"person:x"}, On: day0}}},
		{"given and denied", store.Ask{Measures: all, From: day0, To: day0.AddDays(99), Reader: access.Reader{Keys: []string{"k", "person:x"}, On: day0.AddDays(10)}, Given: true, Holders: []string{"h0"}, Handlers: true}},
	} {
		for _, c.ask.Query = range []string{"measure_tally", "measure_days"} {
			read(t, db, func(q *store.Query) error {
				same(t, c.name+" by "+c.ask.Query, countedByHand(rows, c.ask))(cells(ctx, q, c.ask))
				return nil
			})
		}
	}
	if store.HasQuery("matter_count") {
		t.Error("an indicator may count anything")
	}
	if err := db.Read(ctx, func(q *store.Query) error { _, err := cells(ctx, q, store.Ask{Query: "matter_count"}); return err }); err == nil {
		t.Error("a query of no measures counts cells")
	}
}

// countedByHand is what an ask of measuredCity comes to.
func countedByHand(rows []store.Measure, a store.Ask) map[store.Cell]int {
	out := map[store.Cell]int{}
	for _, m := range rows {
		on := a.Reader.On
		if a.Given && on < day0 || !slices.Contains(a.Measures, m.Name) || m.Day < a.From || m.Day > a.To ||
			a.Holders != nil && !slices.Contains(a.Holders, m.Holder) || !reads(a.Reader, indexOf(m), a.Given) {
			continue
		}
		c := store.Cell{Name: m.Name, Value: m.Value, N: month(m.Day), Holder: m.Holder, Organ: m.Organ, County: m.Place[:min(6, len(m.Place))]}
		if a.Query == "measure_days" {
			c.N = m.Days
		}
		if a.Handlers {
			c.Handler = m.Handler
		}
		out[c]++
	}
	return out
}

// A list by measure holds each matter the figure counted once, in the order of lists, however it is walked:
// of few rows, of many, and beside other filters.
func testMeasured(t *testing.T, db *store.DB) {
	rows := measuredCity(t, db)
	write(t, db, func(tx *store.Tx) error { // so many rows of a measure that they are not collected
		var many []store.Measure
		for i := range 6000 {
			many = append(many, store.Measure{Matter: plainID(i%7 + 1), Name: "many", Value: fmt.Sprint(i), Day: day0})
		}
		return tx.PutMeasures(t.Context(), many)
	})
	for i := range 7 {
		rows = append(rows, store.Measure{Matter: plainID(i + 1), Name: "many", Day: day0})
	}
	place, none, li := "440703", "", "li"
	everyDay := func(m store.Measured) store.Filter {
		if m.From == 0 {
			m.From, m.To = day0, day0.AddDays(99)
		}
		return store.Filter{Measured: &m}
	}
	for name, f := range map[string]store.Filter{
		"few":            everyDay(store.Measured{Name: "received"}),
		"several rows":   everyDay(store.Measured{Name: "problem"}),
		"values":         everyDay(store.Measured{Name: "problem", Values: []string{"rough", "x"}}),
		"some days":      everyDay(store.Measured{Name: "answered", From: day0.AddDays(27), To: day0.AddDays(29)}),
		"holder":         everyDay(store.Measured{Name: "received", Holders: []string{"h1"}}),
		"organs":         everyDay(store.Measured{Name: "received", Organs: []string{"o1", "o2"}}),
		"county":         everyDay(store.Measured{Name: "received", County: &place}),
		"county unknown": everyDay(store.Measured{Name: "received", County: &none}),
		"handler":        everyDay(store.Measured{Name: "received", Handler: &li}),
		"nobody":         everyDay(store.Measured{Name: "received", Handler: &none, Organs: []string{"o0"}, Holders: []string{"h0"}}),
		"many":           everyDay(store.Measured{Name: "many"}),
		"unknown":        everyDay(store.Measured{Name: "unknown"}),
	} {
		for _, r := range []access.Reader{{Keys: []string{"k"}, On: day0}, {Keys: []string{"k", "k2"}, On: day0}, {Keys: []string{"k2", "person:x"}, On: day0.AddDays(11)}} {
			t.Run(fmt.Sprintf("%s for %v", name, r.Keys), func(t *testing.T) {
				f.Reader = r
				checkList(t, db, f, listedByHand(rows, f))
				f.Stage = "s1"
				checkList(t, db, f, listedByHand(rows, f))
				f.Stage, f.Order = "", store.DueFirst
				checkList(t, db, f, listedByHand(rows, f)) // later opened, earlier due
			})
		}
	}
}

// listedByHand are the matters of measuredCity that a filter by measure finds, newest first.
func listedByHand(rows []store.Measure, f store.Filter) []matter.ID {
	found, c := map[matter.ID]bool{}, f.Measured
	for _, m := range rows {
		i := indexOf(m)
		among := func(list []string, s string) bool { return list == nil || slices.Contains(list, s) }
		if m.Name == c.Name && m.Day >= c.From && m.Day <= c.To && among(c.Values, m.Value) && among(c.Holders, m.Holder) && among(c.Organs, m.Organ) &&
			(c.County == nil || *c.County == m.Place[:min(6, len(m.Place))]) && (c.Handler == nil || *c.Handler == m.Handler) &&
			(f.Stage == "" || i%2 == 1) && reads(f.Reader, i, true) {
			found[m.Matter] = true
		}
	}
	ids := slices.Sorted(maps.Keys(found))
	slices.Reverse(ids)
	if len(ids) == 0 {
		return []matter.ID{}
	}
	return ids
}

// Pages of a list by measure join without gap or repetition, forwards and back.
func testMeasuredPages(t *testing.T, db *store.DB) {
	measuredCity(t, db)
	f := store.Filter{Reader: access.Reader{Keys: []string{"k", "k2"}, On: day0}, Measured: &store.Measured{Name: "problem", From: day0, To: day0.AddDays(99)}, Limit: 5}
	var walked []store.Row
	page := func() []store.Row {
		return get(t, db, func(q *store.Query) ([]store.Row, error) { return q.List(t.Context(), f) })
	}
	for {
		rows := page()
		walked = append(walked, rows...)
		if len(rows) < f.Limit {
			break
		}
		f.After = rows[len(rows)-1].Cursor(store.Newest)
	}
	if len(walked) != 12 || walked[0].ID != plainID(12) || walked[11].ID != plainID(1) {
		t.Fatalf("pages give %d rows: %v", len(walked), walked)
	}
	f.After, f.Back = walked[8].Cursor(store.Newest), true
	if got := page(); !slices.Equal(got, walked[3:8]) {
		t.Errorf("the page before row 8 is %v", got)
	}
}
