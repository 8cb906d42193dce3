package office

import (
	"context"
	"crypto/sha256"
	"encoding/json"
	"errors"
	"fmt"

	"yifa/internal/matter"
	"yifa/internal/procedure"
	"yifa/internal/store"
)

// readNote is a line of the read log: who read which part of what, under which post.
type readNote struct {
	Person string       `json:"person"`
	Post   string       `json:"post"`
	Matter matter.ID    `json:"matter"`
	Seq    int          `json:"seq"`
	Class  matter.Class `json:"class"`
	What   string       `json:"what"`
	At     string       `json:"at"`
}

// Identity is who filed a matter, for the officer who handles it and the head, and only while two of
// them have opened it by acts with a reason (ptsd/18). Every reading is a line of the read log,
// written before anything is shown. ErrNotFound where it is not open to the reader.
func (o *Office) Identity(ctx context.Context, r Reader, id matter.ID) ([]PartyField, error) {
	var out []PartyField
	err := o.db.Write(ctx, func(tx *store.Tx) error {
		d, err := o.open(ctx, &tx.Query, r, id)
		if err != nil {
			return err
		}
		if !d.mayKnowFiler() {
			return ErrNotFound
		}
		if out, err = d.identity(ctx, &tx.Query); err != nil {
			return err
		}
		return o.noteRead(ctx, tx, d, readNote{Seq: 1, Class: matter.Sealed, What: "identity"})
	})
	return out, notFound(err)
}

// mayKnowFiler holds while the identity is open, for the handler and the head of the holding organ.
func (d *dossier) mayKnowFiler() bool {
	if !d.r.Official() || !d.st.Facts.Bool("identity_open") {
		return false
	}
	if c := d.st.Clocks["identity_shown"]; c.Status != matter.Running || c.Due < d.o.Today() {
		return false // it was opened for a time, and not beyond the end of the matter
	}
	for _, person := range d.st.Assigned["handler"] {
		if person == d.r.Person {
			return true
		}
	}
	return d.r.Has("supervision_head") && d.actors[0].Organ == d.st.Holder
}

// identity opens the sealed answers of the entry that began the matter.
func (d *dossier) identity(ctx context.Context, q *store.Query) ([]PartyField, error) {
	stored, err := q.Parts(ctx, d.st.ID)
	if err != nil {
		return nil, err
	}
	first, _ := d.entry(1)
	def := d.w.definition(first.Act)
	var form *procedure.Form
	if def != nil {
		form = d.w.p.Form(def)
	}
	var out []PartyField
	for _, p := range stored {
		if p.Seq != 1 || p.Class != matter.Sealed || form == nil {
			continue
		}
		part, err := d.o.unseal(d.st.ID, p.Seq, sealedOf(p))
		if err != nil {
			return nil, err
		}
		for _, f := range form.Fields {
			if v := part.Fields[f.Name]; v != "" {
				out = append(out, PartyField{Label: d.w.fieldLabel(form, f), Value: v, Class: matter.Sealed})
			}
		}
	}
	return out, nil
}

// noteRead appends a line to the chained read log of the matter's shard.
func (o *Office) noteRead(ctx context.Context, tx *store.Tx, d *dossier, n readNote) error {
	n.Person, n.Post, n.Matter, n.At = d.r.Person, d.actors[0].Post, d.st.ID, o.now().UTC().Format("2006-01-02T15:04:05Z")
	line, err := json.Marshal(n)
	if err != nil {
		return fmt.Errorf("office: read log: %w", err)
	}
	shard := d.st.ID.Shard()
	last, err := tx.LastRead(ctx, shard)
	if err != nil && !errors.Is(err, store.ErrNotFound) {
		return err
	}
	entry := store.ReadLine{Shard: shard, Seq: last.Seq + 1, Matter: d.st.ID, Line: string(line), At: o.now(), Prev: last.Hash}
	entry.Hash = readHash(entry.Prev, line)
	return tx.AppendRead(ctx, entry)
}

func readHash(prev [32]byte, line []byte) [32]byte {
	h := sha256.New()
	h.Write([]byte("yifa read 1\n"))
	h.Write(prev[:])
	h.Write(line)
	return [32]byte(h.Sum(nil))
}

// readsPage is how many lines of the read log are checked at a time.
const readsPage = 500

// reads checks the chain of the log of sensitive reads.
func (v *verifier) reads(ctx context.Context, s matter.Shard) error {
	var last store.ReadLine
	for {
		lines, err := v.q.Reads(ctx, s, last.Seq, readsPage)
		if err != nil {
			return err
		}
		for _, l := range lines {
			if l.Seq != last.Seq+1 || l.Prev != last.Hash || readHash(l.Prev, []byte(l.Line)) != l.Hash {
				return v.differ("read log %d/%d: does not follow the line before it", s, l.Seq)
			}
			last = l
		}
		if len(lines) < readsPage {
			return nil
		}
	}
}
