package office

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"

	"yifa/internal/matter"
	"yifa/internal/search"
	"yifa/internal/store"
)

// How the text index is written: so many matters in a transaction, and so many pages when its pieces are joined after each,
// so that acts wait for little at a time.
const (
	indexAtOnce = 24
	indexMerge  = 12
)

// indexed is the index of one matter as it was at a revision.
type indexed struct {
	rev  int
	docs []store.Doc
	jobs []store.Job // that asked for it
	err  error       // why it could not be made
}

// indexSome indexes the matters of some jobs, each matter once however many jobs ask for it, and says
// how many jobs it took. Texts are read and cut outside of any writing transaction: what waits for the
// writer waits for the index rows of some matters alone. Those are written together, since a savepoint
// for each would make the text index write itself out each time.
func (o *Office) indexSome(ctx context.Context) (int, error) {
	var jobs []store.Job
	err := o.db.Write(ctx, func(tx *store.Tx) (err error) {
		jobs, err = tx.ClaimJobs(ctx, o.now(), jobLease, jobBatch, jobIndex)
		return err
	})
	if err != nil || len(jobs) == 0 {
		return 0, err
	}
	made := map[matter.ID]*indexed{}
	for _, j := range jobs {
		if made[j.Matter] == nil {
			made[j.Matter] = &indexed{}
		}
		made[j.Matter].jobs = append(made[j.Matter].jobs, j)
	}
	token := remembering(o.vault.SearchToken)
	for id, x := range made {
		x.err = o.db.Read(ctx, func(q *store.Query) (err error) {
			x.rev, x.docs, err = o.texts(ctx, q, id, token)
			return err
		})
	}
	for ids := range slices.Chunk(slices.Sorted(maps.Keys(made)), indexAtOnce) {
		if err := o.putEach(ctx, made, ids); err != nil {
			return len(jobs), err
		}
		if err := o.mergeIndex(ctx); err != nil {
			return len(jobs), err
		}
	}
	return len(jobs), nil
}

// tidyIndex joins pieces that are left while nobody acts, until none are or somebody does.
func (o *Office) tidyIndex(ctx context.Context) error {
	for acted := o.acted.Load(); o.untidy.Load() && o.acted.Load() == acted; {
		if err := o.mergeIndex(ctx); err != nil {
			return err
		}
	}
	return nil
}

// mergeIndex joins some pieces of the text index.
func (o *Office) mergeIndex(ctx context.Context) error {
	return o.db.Write(ctx, func(tx *store.Tx) error {
		more, err := tx.MergeSearch(ctx, indexMerge)
		o.untidy.Store(more)
		return err
	})
}

// putEach writes the indexes of some matters together, or, where one of them is at fault, each alone.
func (o *Office) putEach(ctx context.Context, made map[matter.ID]*indexed, ids []matter.ID) error {
	some := map[matter.ID]*indexed{}
	for _, id := range ids {
		some[id] = made[id]
	}
	if o.putIndexes(ctx, some) == nil {
		return nil
	}
	for id, x := range some {
		one := map[matter.ID]*indexed{id: x}
		if x.err == nil {
			x.err = o.putIndexes(ctx, one)
		}
		if x.err == nil {
			continue
		}
		if err := o.putIndexes(ctx, one); err != nil {
			return err
		}
	}
	return nil
}

// putIndexes writes indexes and finishes their jobs, or notes what failed.
func (o *Office) putIndexes(ctx context.Context, made map[matter.ID]*indexed) error {
	return o.db.Write(ctx, func(tx *store.Tx) error {
		ids := make([]matter.ID, 0, len(made))
		for id, x := range made {
			if x.err == nil {
				ids = append(ids, id)
			}
		}
		states, err := tx.Revisions(ctx, ids)
		if err != nil {
			return err
		}
		var put []matter.ID
		var docs []store.Doc
		for id, x := range made {
			if x.err != nil {
				continue
			}
			later, err := tx.HasJob(ctx, indexUniqs(id, x.rev+1, states[id]))
			if err != nil {
				return err
			}
			if !later { // a matter that went on meanwhile has a job of its newer entry, unless that left the texts as they are
				put, docs = append(put, id), append(docs, x.docs...)
			}
		}
		if err := tx.PutSearches(ctx, put, docs); err != nil {
			return err
		}
		for _, id := range put {
			if err := o.covered(ctx, tx, id, made[id]); err != nil {
				return err
			}
		}
		for _, x := range made {
			for _, j := range x.jobs {
				end := tx.FinishJob(ctx, j, o.now())
				if x.err != nil {
					end = o.again(ctx, tx, j, x.err)
				}
				if end != nil {
					return end
				}
			}
		}
		return nil
	})
}

// indexUniq names the job that indexes a matter after one of its entries.
func indexUniq(id matter.ID, seq int) string { return fmt.Sprintf("index/%s/%d", id, seq) }

// indexUniqs names those of the entries from one to another.
func indexUniqs(id matter.ID, from, to int) (names []string) {
	for seq := from; seq <= to; seq++ {
		names = append(names, indexUniq(id, seq))
	}
	return names
}

// sameTexts tells whether an entry leaves what the index of its matter is made of as it is.
func sameTexts(e matter.Entry) bool {
	return e.Kind == matter.KindDocument || e.Act == recountAct && e.Actor.Person == matter.PersonSystem
}

// covered marks done what other jobs wait to do for entries that were read already.
func (o *Office) covered(ctx context.Context, tx *store.Tx, id matter.ID, x *indexed) error {
	own := map[string]bool{}
	for _, j := range x.jobs {
		own[j.Uniq] = true
	}
	others := slices.DeleteFunc(indexUniqs(id, 1, x.rev), func(uniq string) bool { return own[uniq] })
	return tx.FinishWaiting(ctx, others, o.now())
}

// remembering asks for the token of each gram once: texts of one day say much the same.
func remembering(token func(string) string) func(string) string {
	known := map[string]string{}
	return func(gram string) string {
		t, is := known[gram]
		if !is {
			t = token(gram)
			known[gram] = t
		}
		return t
	}
}

// texts makes the index of a matter from the texts of the classes that may be indexed. Sealed and
// filer-only texts never enter it.
func (o *Office) texts(ctx context.Context, q *store.Query, id matter.ID, token func(string) string) (rev int, docs []store.Doc, err error) {
	row, err := q.Matter(ctx, id)
	if err != nil {
		return 0, nil, err
	}
	texts := map[matter.Class][]string{matter.Staff: {row.Number}}
	parts, err := q.Parts(ctx, id)
	if err != nil {
		return 0, nil, err
	}
	states, err := q.States(ctx, id)
	if err != nil {
		return 0, nil, err
	}
	pub := o.procedureOf(states[0])
	for _, p := range parts {
		if p.Class == matter.Sealed || p.Class == matter.Filer || p.Party != "" {
			continue
		}
		if p.Class == matter.Public && pub != nil && pub.ID == disclosureOf && !slices.Contains(publicNow(states[0]), p.Seq) {
			continue // corrected or withdrawn: nobody finds it by words that are no longer public
		}
		part, err := o.unseal(id, p.Seq, sealedOf(p))
		if err != nil {
			return 0, nil, err
		}
		for _, name := range sortedKeys(part.Fields) {
			texts[p.Class] = append(texts[p.Class], part.Fields[name])
		}
	}
	if organ, known := o.organ(row.Organ); known {
		texts[matter.Staff] = append(texts[matter.Staff], organ.Name)
	}
	for _, class := range []matter.Class{matter.Public, matter.Parties, matter.Staff} {
		d := search.Index(strings.Join(texts[class], "\n"), token)
		if len(d.G) > 0 {
			if class == matter.Public && listedOutcome(states[0]) != nil {
				d.C = append(d.C, token(outcomeMark))
			}
			docs = append(docs, store.Doc{Matter: id, Class: class, Sort: row.Sort, Grams: d.G, Chars: d.C})
		}
	}
	return row.Rev, docs, nil
}
