package office

import (
	"context"
	"crypto/sha256"
	"encoding/binary"
	"maps"
	"slices"

	"yifa/internal/access"
	"yifa/internal/clock"
	"yifa/internal/matter"
	"yifa/internal/procedure"
	"yifa/internal/store"
)

// projection is everything lists and sweeps know of a matter. It follows from the state and the
// published, immutable procedure alone, so that verify can make it again and compare.
type projection struct {
	Row    store.Row
	Clocks []store.Clock
	Access []matter.Access
}

func project(st matter.State, p *procedure.Procedure) projection {
	row := store.RowOf(st)
	if stage := p.Stages.Get(st.Stage); stage != nil {
		row.Closed = stage.Final
	}
	row.Confidential = p.Subject.Confidential
	row.News = newsDay(st, p)
	if problems := st.Facts.List("problem"); len(problems) > 0 {
		row.Category = problems[0]
	}
	row.Organ = st.Facts.Text("complained_organ")
	if persons := st.Assigned["handler"]; len(persons) > 0 {
		row.Assignee = persons[0]
	}
	out := projection{Row: row, Access: access.Current(st.Access)}
	row.NextDue = 0
	for _, key := range sortedKeys(st.Clocks) {
		c := st.Clocks[key]
		first, last := clock.Reach(c)
		out.Clocks = append(out.Clocks, store.Clock{Key: key, Term: c.Term, Status: c.Status, Due: c.Due, First: first, Last: last})
		if binds(p, c.Name) && c.Status == matter.Running && !c.Due.IsZero() && (row.NextDue.IsZero() || c.Due < row.NextDue) {
			row.NextDue = c.Due
		}
	}
	out.Row = row
	return out
}

// binds says whether a clock binds the office, so that its running out is the office's lateness. A
// clock whose lapse takes a right from a party, or lets the system go on, binds the party.
func binds(p *procedure.Procedure, clock string) bool {
	c := p.Clocks.Get(clock)
	return c != nil && c.Lapse == "breach"
}

// project writes the projections of every matter the batch touched, then the heads.
func (b *batch) project(ctx context.Context) error {
	for _, id := range slices.Sorted(maps.Keys(b.dirty)) {
		st := b.states[id]
		p := project(st, b.dirty[id])
		if err := b.tx.PutMatter(ctx, p.Row, st); err != nil {
			return err
		}
		if err := b.tx.PutClocks(ctx, id, p.Clocks); err != nil {
			return err
		}
		if err := b.tx.PutAccess(ctx, id, p.Row.Sort, p.Access); err != nil {
			return err
		}
		if err := b.tx.PutLinks(ctx, id, st.Links); err != nil {
			return err
		}
		if st.Booking != nil { // once there is one, there always is
			if err := b.tx.PutBooking(ctx, id, st.Booking); err != nil {
				return err
			}
		}
		if err := b.publish(ctx, st, b.dirty[id]); err != nil {
			return err
		}
		if err := b.keepRetention(ctx, st, b.dirty[id]); err != nil {
			return err
		}
		if err := b.keepText(ctx, b.dirty[id]); err != nil {
			return err
		}
	}
	if err := b.measured(ctx); err != nil {
		return err
	}
	if err := b.tx.AwaitLedger(ctx, b.logged); err != nil {
		return err
	}
	return b.putHeads(ctx)
}

// keepText stores the text of a procedure version with the first entry decided under it.
func (b *batch) keepText(ctx context.Context, p *procedure.Procedure) error {
	if _, kept := b.o.kept.Load(p.Hash); kept {
		return nil
	}
	text, err := b.o.textOf(p)
	if err != nil {
		return err
	}
	if err := b.tx.PutProcedureText(ctx, text); err != nil {
		return err
	}
	b.texts = append(b.texts, p.Hash)
	return nil
}

// putHeads signs the new end of each shard touched.
func (b *batch) putHeads(ctx context.Context) error {
	for _, shard := range slices.Sorted(maps.Keys(b.heads)) {
		h := b.heads[shard]
		if !h.moved {
			continue
		}
		sig, err := b.o.vault.Sign(headMessage(h.Head))
		if err != nil {
			return err
		}
		h.KeyID, h.Signature = sig.KeyID, sig.Bytes
		if err := b.tx.PutHead(ctx, h.Head); err != nil {
			return err
		}
	}
	return nil
}

// head is the end of a shard while the batch moves it on.
type head struct {
	store.Head
	moved bool
}

// lockHeads locks the heads of the shards in order, after the matters.
func (b *batch) lockHeads(ctx context.Context, shards []matter.Shard) error {
	slices.Sort(shards)
	for _, s := range slices.Compact(shards) {
		h, err := b.tx.Head(ctx, s)
		if err != nil {
			return err
		}
		b.heads[s] = &head{Head: h}
	}
	return nil
}

// advance takes the next place of a shard for an entry hash.
func (h *head) advance(entry [32]byte) {
	sum := sha256.New()
	sum.Write([]byte("yifa head 1\n"))
	sum.Write(h.Last[:])
	sum.Write(entry[:])
	h.Count, h.Last, h.moved = h.Count+1, [32]byte(sum.Sum(nil)), true
}

// headMessage is what the vault signs: shard, number of entries and their chained hash.
func headMessage(h store.Head) []byte {
	m := []byte("yifa head 1\n")
	m = binary.BigEndian.AppendUint16(m, uint16(h.Shard))
	m = binary.BigEndian.AppendUint64(m, uint64(h.Count))
	return append(m, h.Last[:]...)
}
