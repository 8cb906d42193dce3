package office

import (
	"cmp"
	"context"
	"crypto/rand"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"time"

	"yifa/internal/matter"
	"yifa/internal/procedure"
	"yifa/internal/store"
)

// batch is one transaction of acts: states are chained in memory, entries written as they are
// decided, projections and heads once at the end.
type batch struct {
	chains
	o      *Office
	tx     *store.Tx
	reg    *register
	before map[matter.ID]matter.State // as the batch found them
	texts  []string                   // procedure texts stored, to be remembered once committed
	err    error                      // of a callback that cannot return one
}

func newBatch(o *Office, tx *store.Tx) *batch {
	return &batch{o: o, tx: tx, before: map[matter.ID]matter.State{}, chains: chains{states: map[matter.ID]matter.State{}, last: map[matter.ID][32]byte{},
		dirty: map[matter.ID]*procedure.Procedure{}, heads: map[matter.Shard]*head{}}}
}

// run decides and writes every act of the batch. Its error is a fault; refusals and conflicts are
// in the answers.
func (b *batch) run(requests []*request) ([]reply, error) {
	ctx := b.o.ctx
	if err := b.load(ctx, requests); err != nil {
		return nil, err
	}
	answers := make([]reply, len(requests))
	for _, i := range b.order(requests) {
		done, err := b.perform(ctx, requests[i])
		if err != nil && !answered(err) {
			return nil, err
		}
		answers[i] = reply{done, err}
	}
	return answers, b.project(ctx)
}

// load locks the roots of the batch in id order and reads the registers as of now.
func (b *batch) load(ctx context.Context, requests []*request) error {
	var ids []matter.ID
	var shards []matter.Shard
	for _, r := range requests {
		if r.beside != nil {
			continue
		}
		if r.id = r.try.Matter; r.id != 0 {
			ids = append(ids, r.id)
		} else if err := b.draw(r); err != nil {
			return err
		}
		shards = append(shards, r.id.Shard())
		if r.destroy != nil {
			shards = append(shards, 0)
		}
		if r.try.Matter == 0 || !b.o.law.Carries(r.try.Act) {
			continue
		}
		others, err := b.others(ctx, r)
		if err != nil {
			return err
		}
		for _, id := range others {
			ids, shards = append(ids, id), append(shards, id.Shard())
		}
	}
	slices.Sort(ids)
	ids = slices.Compact(ids)
	states, err := b.tx.Lock(ctx, ids...)
	if errors.Is(err, store.ErrNotFound) && len(requests) == 1 {
		return nil // perform answers ErrNotFound
	}
	if err != nil {
		return err
	}
	for i, id := range ids {
		b.states[id], b.before[id] = states[i], states[i]
	}
	for _, r := range requests {
		if b.books(r) {
			shards = append(shards, 0) // one at a time says what is taken up
		}
	}
	// The registers are read once the heads are locked: what is destroyed holds that of shard 0, so that no hold comes between.
	if err := b.lockHeads(ctx, shards); err != nil {
		return err
	}
	b.reg, err = b.o.registers(ctx, &b.tx.Query)
	return err
}

// draw gives a matter that is to be opened its id before anything is locked.
func (b *batch) draw(r *request) error {
	p, _ := b.o.actOf(matter.State{}, r.try)
	if p == nil {
		return fmt.Errorf("office: open %q: %w", r.try.Procedure, procedure.ErrUnknownAct)
	}
	var err error
	if p.Subject.Shard == "zero" {
		r.id, err = matter.NewIDIn(rand.Reader, 0)
	} else {
		r.id, err = matter.NewID(rand.Reader)
	}
	return err
}

// order puts acts that draw a number last, by series, so that counters are locked in one order.
func (b *batch) order(requests []*request) []int {
	idx := make([]int, len(requests))
	series := make([]string, len(requests))
	for i, r := range requests {
		idx[i] = i
		if r.beside != nil {
			continue
		}
		if p, a := b.o.actOf(b.states[r.try.Matter], r.try); a != nil {
			series[i] = a.Number
			if d := p.Documents.Get(cmp.Or(a.Document, a.Reserves)); d != nil {
				of, _ := p.SeriesOf(b.o.law, d, b.states[r.try.Matter].Facts, r.try.Happened.Day)
				series[i] += of
			}
			if r.try.Matter == 0 {
				series[i] += p.Subject.Number
			}
		}
	}
	slices.SortStableFunc(idx, func(i, j int) int { return cmp.Compare(series[i], series[j]) })
	return idx
}

// perform decides one act and writes it.
func (b *batch) perform(ctx context.Context, r *request) (Done, error) {
	if r.beside != nil {
		return Done{}, notFound(b.tx.Try(ctx, func() error { return r.beside(b.tx) }))
	}
	if r.draft != nil {
		return b.fileDraft(ctx, r)
	}
	return b.act(ctx, r)
}

// act decides one act whose fields are all there, and writes it.
func (b *batch) act(ctx context.Context, r *request) (Done, error) {
	if done, found, err := b.remembered(ctx, r); found || err != nil {
		return done, err
	}
	st, known := b.states[r.try.Matter]
	if !known && r.try.Matter != 0 {
		return Done{}, ErrNotFound
	}
	if r.try.By.Person == matter.PersonOperator && r.try.Act == seedAct {
		if begun, err := b.tx.HasActed(ctx, matter.PersonOperator); begun || err != nil {
			return Done{}, errors.Join(err, ErrBegun)
		}
	}
	if r.try.By.Person == matter.PersonSystem && r.try.Act == recountAct {
		return b.recount(ctx, r, st)
	}
	if r.filing != nil {
		return b.file(ctx, r, st)
	}
	if r.destroy != nil {
		return b.destroy(ctx, r, st)
	}
	if known && r.try.By.Person != matter.PersonSystem {
		var err error
		if st, err = b.lapse(ctx, st); err != nil {
			return Done{}, err
		}
	}
	if err := b.proved(r, st); err != nil {
		return Done{}, err
	}
	r.try.Files = unnamed(st, r.try)
	done, err := b.fire(ctx, r, st)
	if err != nil {
		return Done{}, b.refused(ctx, r, err)
	}
	if err := b.handOut(ctx, r, done); err != nil {
		return Done{}, err
	}
	if r.also != nil {
		if err := r.also(ctx, b.tx, done); err != nil {
			return Done{}, err
		}
	}
	return done, b.remember(ctx, r, done)
}

// append makes the entry, chains it, writes it and folds it into the state of its matter.
func (b *batch) append(ctx context.Context, id matter.ID, st matter.State, try procedure.Attempt, d procedure.Decision) (int, error) {
	prev, err := b.lastHash(ctx, id, st.Rev)
	if err != nil {
		return 0, err
	}
	e := matter.Entry{Matter: id, Seq: st.Rev + 1, Pos: b.heads[id.Shard()].Count + 1, Kind: d.Kind, Format: matter.Format, Procedure: d.Procedure.Key(),
		Hash: d.Procedure.Hash, Act: try.Act, Happened: try.Happened, Recorded: b.o.recordedAt(st, d, try),
		Actor: try.By, Cite: d.Cite, Voids: d.Voids, Proved: try.Proved, Given: d.Given, Delta: d.Delta}
	c, err := b.o.chain(e, d.Parts, prev)
	if err != nil {
		return 0, err
	}
	next, err := matter.Apply(st, c.Entry)
	if err != nil {
		return 0, err
	}
	if err := b.tx.Append(ctx, c.stored()); err != nil {
		return 0, err
	}
	if err := b.tx.PutNumbers(ctx, id, d.Delta.Numbers); err != nil {
		return 0, err
	}
	for _, x := range b.o.blinds(b.o.formOf(c.Entry), c.Entry.Seq, d.Parts) {
		if err := b.tx.PutPersonal(ctx, id, x); err != nil {
			return 0, err
		}
	}
	b.states[id], b.last[id], b.dirty[id] = next, c.Hash, d.Procedure
	b.heads[id.Shard()].advance(c.Hash)
	b.logged = append(b.logged, awaiting(next, c.Entry))
	return c.Entry.Seq, b.after(ctx, c.Entry)
}

// recordedAt is the instant of writing. For an anonymous filer it is cut to the minute, so that
// the order of the record does not tell who stood at which keyboard.
func (o *Office) recordedAt(st matter.State, d procedure.Decision, try procedure.Attempt) time.Time {
	at := try.Recorded.UTC().Truncate(time.Microsecond)
	if isAnonymous(st) || d.Delta.Facts.Text("identity") == "anonymous" {
		at = at.Truncate(time.Minute)
	}
	return at
}

// isAnonymous says whether nobody is to learn who filed a matter, so that no instant kept with it is finer than the minute.
func isAnonymous(st matter.State) bool { return st.Facts.Text("identity") == "anonymous" }

// lastHash is the hash of the newest entry of a matter, 32 zero bytes before the first.
func (b *batch) lastHash(ctx context.Context, id matter.ID, rev int) ([32]byte, error) {
	if h, known := b.last[id]; known || rev == 0 {
		return h, nil
	}
	entries, err := b.tx.Entries(ctx, id, rev-1)
	if err != nil || len(entries) != 1 {
		return [32]byte{}, errors.Join(err, fmt.Errorf("office: %s has %d entries after %d: %w", id, len(entries), rev-1, matter.ErrBrokenRecord))
	}
	return entries[0].Hash, nil
}

// after puts the register items or the work an entry causes into the same transaction.
func (b *batch) after(ctx context.Context, e matter.Entry) error {
	if e.Matter.Shard() == 0 {
		if slices.ContainsFunc(e.Delta.Items, func(i matter.Item) bool { return i.Kind == "calendar" }) {
			if err := b.addRecount(ctx, e); err != nil {
				return err
			}
		}
		for _, i := range e.Delta.Items {
			if i.Kind != keyItem {
				continue
			}
			if err := b.addRotation(ctx, e, i); err != nil {
				return err
			}
		}
		if err := errors.Join(b.addDestruction(ctx, e), b.addPaper(ctx, e)); err != nil {
			return err
		}
		return b.tx.PutItems(ctx, e.Matter, b.states[e.Matter].Items, e.Recorded)
	}
	if roles := told(e.Delta.Tell); len(roles) > 0 {
		args, err := json.Marshal(tellArgs{Act: e.Act, Tell: roles, By: e.Actor.Person})
		if err != nil {
			return fmt.Errorf("office: tell %s/%d: %w", e.Matter, e.Seq, err)
		}
		if err := b.tx.AddJob(ctx, store.Job{Kind: jobTell, Matter: e.Matter, Args: string(args), RunAt: e.Recorded, Created: e.Recorded}); err != nil {
			return err
		}
	}
	return errors.Join(b.list(ctx, e), b.addMessage(ctx, e), b.addDelivery(ctx, e), b.addWeighing(ctx, e), b.addWork(ctx, e))
}
