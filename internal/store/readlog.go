package store

import (
	"context"
	"fmt"
	"time"

	"yifa/internal/matter"
)

// ReadLine is one line of the chained log of reads of sensitive fields. It is no act.
type ReadLine struct {
	Shard  matter.Shard // chained per shard
	Seq    int          // 1, 2, 3 … without gap
	Matter matter.ID
	Line   string // JSON written by the caller: who, under which post, which part, why, when
	At     time.Time
	Prev   [32]byte
	Hash   [32]byte
	Person string // who read, as the line says
	Organ  string // for which organ, as the line says; "" for none
}

// AppendRead writes a line. ErrRetry where another took its seq meanwhile.
func (tx *Tx) AppendRead(ctx context.Context, l ReadLine) error {
	n, err := tx.exec(ctx, "read_append", l.Shard, l.Seq, l.Matter, l.Line, micros(l.At), l.Prev[:], l.Hash[:], l.Person, l.Organ)
	if err == nil && n == 0 {
		return fmt.Errorf("store: read log %d/%d: %w", l.Shard, l.Seq, ErrRetry)
	}
	return err
}

// LastRead returns the last line of a shard, or ErrNotFound.
func (q *Query) LastRead(ctx context.Context, s matter.Shard) (ReadLine, error) {
	list, err := q.reads(ctx, "read_last", s)
	if err == nil && len(list) == 0 {
		err = ErrNotFound
	}
	if err != nil {
		return ReadLine{}, err
	}
	return list[0], nil
}

// Reads returns at most limit lines of a shard with seq above after, in order of seq.
func (q *Query) Reads(ctx context.Context, s matter.Shard, after, limit int) ([]ReadLine, error) {
	return q.reads(ctx, "read_list", s, after, limit)
}

// ReadsOf says whose readings: a person's, or those for some organs; of texts and files, or of personal data.
type ReadsOf struct {
	Person string
	Organs []string
	Texts  bool
}

// ReadsBy returns at most limit lines, newest first.
func (q *Query) ReadsBy(ctx context.Context, of ReadsOf, limit int) ([]ReadLine, error) {
	texts := 0
	if of.Texts {
		texts = 1
	}
	return q.reads(ctx, "read_by", of.Person, keys(of.Organs), limit, texts)
}

func (q *Query) reads(ctx context.Context, name string, args ...any) ([]ReadLine, error) {
	var list []ReadLine
	err := q.each(ctx, name, args, func(scan scanFunc) error {
		var l ReadLine
		var at int64
		var prev, hash []byte
		if err := scan(&l.Shard, &l.Seq, &l.Matter, &l.Line, &at, &prev, &hash, &l.Person, &l.Organ); err != nil {
			return err
		}
		l.At = fromMicros(at)
		if err := fill(&l.Prev, prev); err != nil {
			return err
		}
		list = append(list, l)
		return fill(&list[len(list)-1].Hash, hash)
	})
	return list, err
}
