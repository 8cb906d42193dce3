package office

import (
	"context"
	"fmt"
	"maps"
	"slices"

	"yifa/internal/matter"
	"yifa/internal/procedure"
	"yifa/internal/store"
)

// fire asks the law about an act and writes it with everything it brings about in other matters. An
// act that opens matters or makes entries in linked ones is written whole or not at all: a refusal
// there is a refusal here, and undoes what was written meanwhile, numbers drawn included.
func (b *batch) fire(ctx context.Context, r *request, st matter.State) (Done, error) {
	_, act := b.o.actOf(st, r.try)
	if act == nil {
		return Done{}, fmt.Errorf("office: %s in %s: %w", r.try.Act, st.Procedure, procedure.ErrUnknownAct)
	}
	if r.try.Rev != 0 && st.IsOlder(r.try.Rev) && act.Stale != "redo" {
		return Done{}, matter.ErrConflict
	}
	if len(act.Opens)+len(act.Carries) == 0 {
		return b.enter(ctx, r, st)
	}
	before := b.chains.clone()
	var done Done
	err := b.tx.Try(ctx, func() (err error) {
		done, err = b.enter(ctx, r, st)
		return err
	})
	if err != nil {
		b.chains = before
		return Done{}, err
	}
	return done, nil
}

// enter appends what the law decides, then fires what that opens and carries.
func (b *batch) enter(ctx context.Context, r *request, st matter.State) (Done, error) {
	p, act := b.o.actOf(st, r.try)
	snap, err := b.snapshot(ctx, r, st, act)
	if err != nil {
		return Done{}, err
	}
	decision, err := b.decide(p, st, snap, r)
	if err != nil {
		return Done{}, err
	}
	if err := b.handedBefore(ctx, r.id, p.Form(act), decision.Parts); err != nil { // before anything is written
		return Done{}, err
	}
	seq, err := b.append(ctx, r.id, st, r.try, decision)
	if err != nil {
		return Done{}, err
	}
	done := Done{Matter: r.id, Seq: seq}
	if act.Code {
		done.Coded = r.id
	}
	for _, next := range decision.Opens {
		next.By = r.try.By
		further, err := b.follow(ctx, r, act, next)
		if err != nil {
			return done, err
		}
		done.opened(next.Matter, next.Procedure, further)
		if act.GoesOn(next) {
			done.Go = next.Matter
		}
		if act.HandsOut(next) {
			done.Coded = next.Matter
		}
	}
	for _, next := range decision.Carries {
		further, err := b.carry(ctx, r, act, next)
		if err != nil {
			return done, err
		}
		done.opened(0, "", further)
	}
	return done, nil
}

// opened notes a matter that was opened, and those that were opened from there.
func (d *Done) opened(id matter.ID, under string, further Done) {
	if id != 0 {
		d.Opened, d.Under = append(d.Opened, id), append(d.Under, under)
	}
	d.Opened, d.Under = append(d.Opened, further.Opened...), append(d.Under, further.Under...)
}

// carry makes an entry in a matter linked to the one acted in, after what the law has done there by
// itself meanwhile. load has locked it, unless the act is what the law did by itself before another one.
func (b *batch) carry(ctx context.Context, r *request, act *procedure.Act, next procedure.Attempt) (Done, error) {
	st, locked := b.states[next.Matter]
	if !locked {
		states, err := b.tx.Lock(ctx, next.Matter)
		if err != nil {
			return Done{}, fmt.Errorf("office: %s carries %s to %s: %w", act.Name, next.Act, next.Matter, err)
		}
		st = states[0]
		b.states[next.Matter], b.before[next.Matter] = st, st
		if shard := next.Matter.Shard(); b.heads[shard] == nil {
			if err := b.lockHeads(ctx, []matter.Shard{shard}); err != nil {
				return Done{}, err
			}
		}
	}
	next.By = procedure.Carrying(r.try.By)
	if _, err := b.lapse(ctx, st); err != nil {
		return Done{}, err
	}
	return b.follow(ctx, r, act, next)
}

// told are the matters that may be told of what is done in one: those it is linked to, and what they are parts of.
func (b *batch) told(ctx context.Context, id matter.ID) ([]matter.ID, error) {
	links, err := b.tx.Links(ctx, id) // a matter's links only grow, those it was opened with come first
	if err != nil {
		return nil, err
	}
	var out, up []matter.ID
	for _, l := range links {
		if out = append(out, l.To); l.Kind == "part_of" {
			up = append(up, l.To)
		}
	}
	for ; len(up) > 0; up = up[1:] {
		if links, err = b.tx.Links(ctx, up[0]); err != nil {
			return nil, err
		}
		for _, l := range links {
			if l.Kind == "part_of" {
				out, up = append(out, l.To), append(up, l.To)
			}
		}
	}
	return out, nil
}

// follow fires, by whoever acts, what his act brings about in another matter. He needs no right to
// read it: the law asks only whether he may do the act from which this follows.
func (b *batch) follow(ctx context.Context, r *request, act *procedure.Act, next procedure.Attempt) (Done, error) {
	// Who acts and when is settled: it is the request as decided, not as prepared.
	next.Happened, next.Recorded = r.try.Happened, r.try.Recorded
	st := b.states[next.Matter]
	p, def := b.o.actOf(st, next)
	if def == nil {
		return Done{}, fmt.Errorf("office: %s brings about %s of %s: no such act", act.Name, next.Act, next.Procedure)
	}
	if len(p.Proves(def.Name)) > 0 {
		next.Proved = r.try.Proved
	}
	done, err := b.enter(ctx, &request{ctx: r.ctx, try: next, id: next.Matter}, st)
	return done, procedure.Through(p, act, next, err)
}

// chains is where the batch stands: what its entries so far have made of the matters and heads.
type chains struct {
	states map[matter.ID]matter.State
	last   map[matter.ID][32]byte
	dirty  map[matter.ID]*procedure.Procedure
	heads  map[matter.Shard]*head
	logged []store.Waiting // entries for the log
}

func (c chains) clone() chains {
	out := chains{maps.Clone(c.states), maps.Clone(c.last), maps.Clone(c.dirty), make(map[matter.Shard]*head, len(c.heads)), slices.Clone(c.logged)}
	for shard, h := range c.heads {
		kept := *h
		out.heads[shard] = &kept
	}
	return out
}
