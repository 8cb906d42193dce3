package office

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"slices"

	"yifa/internal/matter"
	"yifa/internal/store"
)

// Verdict is what verification found. Differences is empty on a sound database; the first is the
// first place that differs.
type Verdict struct {
	Matters, Entries, Parts, Heads, Papers, Files int
	Logged, Waiting                               int // entries in the log, and those it does not hold yet
	Differences                                   []string
}

// maxDifferences ends a verification that would only repeat itself.
const maxDifferences = 20

var errEnough = errors.New("office: enough differences")

// verifier recomputes one shard at a time.
type verifier struct {
	o   *Office
	q   *store.Query
	out *Verdict

	numbers map[store.Counter]int      // Last is 0 in the key: how far each series was drawn
	waiting map[store.Place]bool       // entries the log does not hold yet
	leaves  map[store.Place]store.Leaf // of the shard at hand, until its entry is met
	retired map[string]bool            // master keys that no part may name
}

// Verify reads the whole record, checks every hash, part and signature, replays every matter and
// compares what it comes to with every projection. It changes nothing. Its error is a fault of
// reading; what differs is in the verdict.
func (o *Office) Verify(ctx context.Context) (Verdict, error) {
	var out Verdict
	err := o.db.Read(ctx, func(q *store.Query) error {
		v := verifier{o: o, q: q, out: &out, numbers: map[store.Counter]int{}, retired: map[string]bool{}}
		if err := v.awaited(ctx); err != nil {
			return err
		}
		keys, err := q.MasterKeys(ctx)
		if err != nil {
			return err
		}
		for _, k := range keys {
			v.retired[k.ID] = k.State == store.KeyRetired
		}
		heads, err := q.Heads(ctx)
		if errors.Is(err, matter.ErrBrokenRecord) {
			return v.differ("the heads cannot be read: %v", err)
		}
		if err != nil {
			return err
		}
		byShard := map[matter.Shard]store.Head{}
		for _, h := range heads {
			byShard[h.Shard] = h
		}
		for s := matter.Shard(0); s < 1024; s++ {
			if err := v.shard(ctx, s, byShard[s]); err != nil {
				return err
			}
		}
		out.Heads = len(heads)
		return v.whole(ctx)
	})
	if errors.Is(err, errEnough) {
		err = nil
	}
	return out, err
}

func (v *verifier) differ(format string, args ...any) error {
	v.out.Differences = append(v.out.Differences, fmt.Sprintf(format, args...))
	if len(v.out.Differences) >= maxDifferences {
		return errEnough
	}
	return nil
}

// placed is an entry's hash with its place in the shard.
type placed struct {
	pos  int
	hash [32]byte
	name string
}

// shard checks one shard: its matters, that no place in it is empty, and its signed head.
func (v *verifier) shard(ctx context.Context, s matter.Shard, h store.Head) error {
	states := map[matter.ID]matter.State{}
	var order []placed
	before := "the beginning"
	last := map[matter.ID]store.StoredEntry{}
	if err := v.leavesOf(ctx, s); err != nil {
		return err
	}
	err := v.q.EachEntry(ctx, s, s, func(e store.StoredEntry) error {
		v.out.Entries++
		before = fmt.Sprintf("%s/%d", e.Entry.Matter, e.Entry.Seq)
		order = append(order, placed{e.Entry.Pos, e.Hash, before})
		prev := last[e.Entry.Matter]
		last[e.Entry.Matter] = e
		next, err := v.entry(e, prev, states[e.Entry.Matter])
		states[e.Entry.Matter] = next
		if err != nil {
			return err
		}
		return v.logged(e)
	})
	if errors.Is(err, matter.ErrBrokenRecord) {
		return v.differ("shard %d: the entry after %s cannot be read: %v", s, before, err)
	}
	if err != nil {
		return err
	}
	if err := v.head(s, h, order); err != nil {
		return err
	}
	if err := v.unmet(); err != nil {
		return err
	}
	if err := v.reads(ctx, s); err != nil {
		return err
	}
	return v.projections(ctx, s, states)
}

// entry checks one entry's bytes and chain and folds it.
func (v *verifier) entry(e, prev store.StoredEntry, st matter.State) (matter.State, error) {
	name := fmt.Sprintf("%s/%d", e.Entry.Matter, e.Entry.Seq)
	canonical, err := json.Marshal(e.Entry)
	if err != nil {
		return st, err
	}
	switch {
	case !bytes.Equal(canonical, e.Header):
		return st, v.differ("entry %s: its bytes are not in canonical form", name)
	case e.Prev != prev.Hash:
		return st, v.differ("entry %s: does not follow the entry before it", name)
	case link(e.Prev, e.Header) != e.Hash:
		return st, v.differ("entry %s: its content does not match its hash", name)
	case e.Forged:
		return st, v.differ("entry %s: the columns beside it do not say what it says", name)
	}
	next, err := matter.Apply(st, e.Entry)
	if err != nil {
		return st, v.differ("entry %s: %v", name, err)
	}
	return next, nil
}

// head replays the order of a shard and checks count, hash and signature.
func (v *verifier) head(s matter.Shard, h store.Head, order []placed) error {
	slices.SortFunc(order, func(a, b placed) int { return a.pos - b.pos })
	made := &head{Head: store.Head{Shard: s}}
	for i, e := range order {
		if e.pos != i+1 {
			return v.differ("shard %d: entry at place %d is missing (next found: %s at %d)", s, i+1, e.name, e.pos)
		}
		made.advance(e.hash)
	}
	if made.Count != h.Count {
		return v.differ("shard %d: its head counts %d entries, the record has %d: the newest are missing", s, h.Count, made.Count)
	}
	if made.Last != h.Last {
		return v.differ("shard %d: the record does not lead to its head", s)
	}
	if h.Count == 0 {
		return nil
	}
	if err := v.o.vault.Verify(headMessage(h), signatureOf(h)); err != nil {
		return v.differ("shard %d: head: %v", s, err)
	}
	return nil
}

// projections compares what the replay came to with what is stored for lists and rights.
func (v *verifier) projections(ctx context.Context, s matter.Shard, states map[matter.ID]matter.State) error {
	seen := map[matter.ID]bool{}
	err := v.q.EachMatter(ctx, s, s, func(row store.Row, st matter.State) error {
		seen[row.ID] = true
		v.out.Matters++
		want, known := states[row.ID]
		v.drawn(want.Numbers)
		if !known {
			return v.differ("matter %s: stands in the lists but has no record", row.ID)
		}
		if !same(want, st) {
			return v.differ("matter %s: stored state is not what its record comes to", row.ID)
		}
		return v.row(row, want)
	})
	if errors.Is(err, matter.ErrBrokenRecord) {
		return v.differ("%v", err)
	}
	if err != nil {
		return err
	}
	for _, id := range slices.Sorted(maps.Keys(states)) {
		if !seen[id] {
			if err := v.differ("matter %s: has a record but no projection", id); err != nil {
				return err
			}
			continue
		}
		if err := v.matter(ctx, id, states[id]); err != nil {
			return err
		}
	}
	return nil
}

func (v *verifier) row(row store.Row, st matter.State) error {
	p := v.o.procedureOf(st)
	if p == nil {
		return v.differ("matter %s: the procedure with hash %.12s is not in the law", row.ID, st.Hash)
	}
	if want := project(st, p).Row; want != row {
		return v.differ("matter %s: its line in the lists is not what its record comes to", row.ID)
	}
	return nil
}
