package store_test

import (
	"context"
	"fmt"
	"testing"

	"yifa/internal/calendar"
	"yifa/internal/matter"
	"yifa/internal/search"
	"yifa/internal/store"
)

const publishedMany = 20_000

// Twenty thousand published results, and as many texts of staff with the same words: what a page of them costs.
func BenchmarkOutcomes(b *testing.B) {
	for name, open := range map[string]func(testing.TB) (*store.DB, string){"SQLite": openSQLite, "PostgreSQL": openPostgres} {
		b.Run(name, func(b *testing.B) {
			db, _ := open(b)
			fillOutcomes(b, db)
			last := store.OutcomeFilter{After: store.Cursor{Day: 10_050, ID: 1 << 62}}
			for what, f := range map[string]store.OutcomeFilter{
				"newest": {}, "last page": last, "changed": {Changed: true}, "an organ": {Organ: "o7"}, "organ, kind, place": {Organ: "o7", Kind: "k3", Place: "440703"},
				"common words": {Text: asked("当场罚款")}, "rare words": {Text: asked("编号19999")}, "common words, nothing fits": {Text: asked("当场罚款"), Place: "440799"},
			} {
				f.Limit = 26
				if len(f.Text) > 0 {
					f.Limit = 10_000 // as the office asks: of what the text index finds it takes page and number at once
				}
				b.Run(what, func(b *testing.B) {
					for b.Loop() {
						err := db.Read(context.Background(), func(q *store.Query) error {
							_, err := q.Outcomes(context.Background(), f)
							if err == nil && len(f.Text) == 0 {
								_, err = q.CountOutcomes(context.Background(), f)
							}
							return err
						})
						if err != nil {
							b.Fatal(err)
						}
					}
				})
			}
		})
	}
}

func asked(words string) []store.Phrase {
	out := []store.Phrase{{Char: "mark"}}
	for _, p := range search.Query(words, hexed) {
		out = append(out, store.Phrase{Grams: p.Tokens})
	}
	return out
}

func hexed(gram string) string { return fmt.Sprintf("x%x", gram) }

func fillOutcomes(b *testing.B, db *store.DB) {
	ctx := context.Background()
	for from := 0; from < publishedMany; from += 1000 {
		var ids []matter.ID
		var docs []store.Doc
		err := db.Write(ctx, func(tx *store.Tx) error {
			for i := from; i < from+1000; i++ {
				id, day := matter.ID(i+1)<<30|matter.ID(i%1023+1), calendar.Date(10_000+i/10)
				o := &store.Outcome{Day: day, Changed: calendar.Moment{Day: day}, Kinds: []string{fmt.Sprintf("k%d", i%9)}, Organ: fmt.Sprintf("o%d", i%70), Place: fmt.Sprintf("44070%d", i%7), Result: "partly"}
				if err := tx.PutOutcome(ctx, id, o); err != nil {
					return err
				}
				d := search.Index(fmt.Sprintf("反映当场罚款，没有开具票据。编号%d。属实，已经提醒该单位。", i), hexed)
				doc := store.Doc{Matter: id, Class: matter.Public, Sort: day, Grams: d.G, Chars: append(d.C, "mark")}
				staff := doc
				staff.Matter, staff.Class, staff.Chars = id+1<<54, matter.Staff, d.C
				ids, docs = append(ids, id, staff.Matter), append(docs, doc, staff)
			}
			return tx.PutSearches(ctx, ids, docs)
		})
		if err != nil {
			b.Fatal(err)
		}
	}
}
