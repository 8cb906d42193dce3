package store

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"

	"yifa/internal/calendar"
	"yifa/internal/matter"
)

// StoredEntry is an entry as the record keeps it.
type StoredEntry struct {
	Entry  matter.Entry
	Header []byte       // the exact canonical bytes that are hashed; Entry is what they decode to
	Prev   [32]byte     // Hash of the entry before it in its matter; zero for the first
	Hash   [32]byte     // over Prev and Header
	Parts  []StoredPart // written by Append; not filled on reading, see Query.Parts
	Forged bool         // set by EachEntry: the columns beside the header do not say what it says
}

// StoredPart is one sealed part. The store opens none.
type StoredPart struct {
	Matter     matter.ID // on reading; Append takes it from the entry
	Seq        int       // on reading; Append takes it from the entry
	Class      matter.Class
	Party      string // empty where the part is nobody's in particular
	KeyID      string // vault key that wraps the data key
	Wrapped    []byte // data key and salt, wrapped
	Ciphertext []byte
	Commitment [32]byte // HMAC-SHA-256(salt, canonical plaintext)
	CipherHash [32]byte // SHA-256(Ciphertext)
}

// Append writes an entry and its parts. It fails with matter.ErrConflict where the matter already
// has an entry of that seq. It checks neither hash nor order beyond that.
func (tx *Tx) Append(ctx context.Context, e StoredEntry) error {
	id, seq := e.Entry.Matter, e.Entry.Seq
	n, err := tx.exec(ctx, "entry_append", id.Shard(), id, seq, string(e.Entry.Kind), e.Entry.Act, e.Entry.Actor.Person,
		int(e.Entry.Happened.Day), micros(e.Entry.Recorded), string(e.Header), e.Prev[:], e.Hash[:])
	if err != nil {
		return fmt.Errorf("store: append %s/%d: %w", id, seq, err)
	}
	if n == 0 {
		return fmt.Errorf("store: append %s/%d: %w", id, seq, matter.ErrConflict)
	}
	for _, p := range e.Parts {
		_, err := tx.exec(ctx, "part_append", id.Shard(), id, seq, string(p.Class), p.Party,
			p.KeyID, p.Wrapped, p.Ciphertext, p.Commitment[:], p.CipherHash[:])
		if err != nil {
			return fmt.Errorf("store: append part %s/%d/%s: %w", id, seq, p.Class, err)
		}
	}
	return nil
}

// DestroyPart removes key, salt and ciphertext of one part. The database refuses it unless the
// matter already has an entry of kind destroy. ErrNotFound where there is no such part.
func (tx *Tx) DestroyPart(ctx context.Context, p StoredPart) error {
	n, err := tx.exec(ctx, "part_destroy", p.Matter.Shard(), p.Matter, p.Seq, string(p.Class), p.Party)
	return oneRow("destroy part of "+p.Matter.String(), n, err)
}

// RewrapPart replaces KeyID and Wrapped of a part after a rotation of the vault key; nothing else
// of it can change. ErrNotFound where there is no such part.
func (tx *Tx) RewrapPart(ctx context.Context, p StoredPart) error {
	n, err := tx.exec(ctx, "part_rewrap", p.KeyID, p.Wrapped, p.Matter.Shard(), p.Matter, p.Seq, string(p.Class), p.Party)
	return oneRow("rewrap part of "+p.Matter.String(), n, err)
}

// Entries returns the entries of a matter with seq above afterSeq, in order of seq, without parts.
// An unknown matter has none. An Entry is never changed:
// others may hold the same.
func (q *Query) Entries(ctx context.Context, id matter.ID, afterSeq int) ([]StoredEntry, error) {
	var list []StoredEntry
	err := q.each(ctx, "entry_list", []any{id.Shard(), id, afterSeq}, func(scan scanFunc) error {
		e, err := scanEntry(scan, q.db.decodeEntry)
		list = append(list, e)
		return err
	})
	return list, err
}

// EachEntry calls fn for every entry of the shards from..to, both included, in order of shard,
// matter and seq, without holding them in memory. An error of fn ends it and is returned.
func (q *Query) EachEntry(ctx context.Context, from, to matter.Shard, fn func(StoredEntry) error) error {
	return q.each(ctx, "entry_each", []any{from, to}, func(scan scanFunc) error {
		var col columns
		var shard, id, happened, recorded int64
		e, err := scanEntry(func(dest ...any) error {
			return scan(append(dest, &shard, &id, &col.Seq, &col.Kind, &col.Act, &col.Actor, &happened, &recorded)...)
		}, newEntry)
		if err != nil {
			return err
		}
		col.Shard, col.Matter = matter.Shard(shard), matter.ID(id)
		col.Happened, col.Recorded = calendar.Date(happened), recorded
		e.Forged = col != columnsOf(e.Entry)
		return fn(e)
	})
}

// columns are what the table repeats of an entry's header for queries and triggers.
type columns struct {
	Shard            matter.Shard
	Matter           matter.ID
	Seq              int
	Kind, Act, Actor string
	Happened         calendar.Date
	Recorded         int64
}

func columnsOf(e matter.Entry) columns {
	return columns{e.Matter.Shard(), e.Matter, e.Seq, string(e.Kind), e.Act, e.Actor.Person, e.Happened.Day, micros(e.Recorded)}
}

// Parts returns the parts of a matter that still exist, in order of seq, class and party.
func (q *Query) Parts(ctx context.Context, id matter.ID) ([]StoredPart, error) {
	var list []StoredPart
	err := q.EachPart(ctx, id, func(p StoredPart) error { list = append(list, p); return nil })
	return list, err
}

// EachPart calls fn for every part of a matter that still exists, in order of seq, class and party.
func (q *Query) EachPart(ctx context.Context, id matter.ID, fn func(StoredPart) error) error {
	return q.each(ctx, "part_list", []any{id.Shard(), id}, func(scan scanFunc) error {
		p := StoredPart{Matter: id}
		var class string
		var commitment, hash []byte
		if err := scan(&p.Seq, &class, &p.Party, &p.KeyID, &p.Wrapped, &p.Ciphertext, &commitment, &hash); err != nil {
			return err
		}
		p.Class = matter.Class(class)
		return errors.Join(fill(&p.Commitment, commitment), fill(&p.CipherHash, hash), fn(p))
	})
}

// PartsAfter returns at most limit parts of any matters after a place, in order of their places, whole.
func (q *Query) PartsAfter(ctx context.Context, after PartPlace, limit int) ([]StoredPart, error) {
	var list []StoredPart
	err := q.each(ctx, "part_after", []any{after.Shard, after.Matter, after.Seq, string(after.Class), after.Party, limit}, func(scan scanFunc) error {
		var p StoredPart
		var class string
		var commitment, hash []byte
		err := scan(&p.Matter, &p.Seq, &class, &p.Party, &p.KeyID, &p.Wrapped, &p.Ciphertext, &commitment, &hash)
		if err == nil {
			err = errors.Join(fill(&p.Commitment, commitment), fill(&p.CipherHash, hash))
		}
		p.Class = matter.Class(class)
		list = append(list, p)
		return err
	})
	return list, err
}

func scanEntry(scan scanFunc, decode func(header string, hash []byte) (matter.Entry, error)) (StoredEntry, error) {
	var e StoredEntry
	var header string
	var prev, hash []byte
	err := scan(&header, &prev, &hash)
	if err != nil {
		return e, err
	}
	e.Header = []byte(header)
	if e.Entry, err = decode(header, hash); err != nil {
		return e, err
	}
	return e, errors.Join(fill(&e.Prev, prev), fill(&e.Hash, hash))
}

// newEntry decodes a header.
func newEntry(header string, _ []byte) (e matter.Entry, err error) {
	if err := json.Unmarshal([]byte(header), &e); err != nil {
		return e, fmt.Errorf("store: read entry: %w: %w", matter.ErrBrokenRecord, err)
	}
	return e, nil
}

// fill copies a stored hash, which must have its whole length.
func fill(dst *[32]byte, b []byte) error {
	if len(b) != len(dst) {
		return fmt.Errorf("store: stored hash has %d bytes, want %d: %w", len(b), len(dst), matter.ErrBrokenRecord)
	}
	copy(dst[:], b)
	return nil
}
