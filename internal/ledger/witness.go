package ledger

import (
	"context"
	"errors"
	"fmt"

	cosignature "github.com/transparency-dev/formats/note"
	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"

	"yifa/internal/store"
)

// ErrNoWitness: a checkpoint bears no signature of a witness that is known here.
var ErrNoWitness = errors.New("ledger: no known witness has signed")

// Trust names the witnesses whose cosignatures are taken (C2SP tlog-cosignature), by their verifier keys. Call it before
// anything else.
func (l *Log) Trust(keys []string) error {
	for _, k := range keys {
		v, err := cosignature.NewVerifierForCosignatureV1(k)
		if err != nil {
			return fmt.Errorf("ledger: witness %.80q: %w", k, err)
		}
		l.witnesses = append(l.witnesses, v)
	}
	return nil
}

// Cosign takes a checkpoint of this log that witnesses have signed too, and keeps the signatures of those known here.
// It gives their names. ErrCheckpoint where it is none of ours, ErrNoWitness where nobody known has signed.
func (l *Log) Cosign(ctx context.Context, signed []byte) ([]string, error) {
	c, err := l.ours(ctx, signed)
	if err != nil {
		return nil, err
	}
	n, err := note.Open(signed, note.VerifierList(l.witnesses...))
	var unverified *note.UnverifiedNoteError
	if errors.As(err, &unverified) {
		return nil, ErrNoWitness
	}
	if err != nil {
		return nil, fmt.Errorf("%w: %w", ErrCheckpoint, err)
	}
	var names []string
	err = l.db.Write(ctx, func(tx *store.Tx) error {
		names = nil
		for _, s := range n.Sigs {
			names = append(names, s.Name)
			line := "— " + s.Name + " " + s.Base64
			if err := tx.PutCosignature(ctx, store.Cosignature{Name: s.Name, Size: c.Size, Body: n.Text, Line: line}); err != nil {
				return err
			}
		}
		return nil
	})
	return names, err
}

// ours holds a checkpoint to the log as it stands.
func (l *Log) ours(ctx context.Context, signed []byte) (c Checkpoint, err error) {
	err = l.db.Read(ctx, func(q *store.Query) (err error) { c, err = l.Begins(ctx, q, signed); return err })
	var differs *Difference
	if errors.As(err, &differs) {
		err = fmt.Errorf("%w: %w", ErrCheckpoint, err)
	}
	return c, err
}

// Cosigned gives the newest checkpoint that a witness has signed, with all signatures; store.ErrNotFound where there is none.
func (l *Log) Cosigned(ctx context.Context) ([]byte, error) {
	var signed string
	err := l.db.Read(ctx, func(q *store.Query) error {
		state, err := q.LedgerState(ctx)
		if err != nil {
			return err
		}
		t, err := l.standing(ctx, q, state)
		if err != nil {
			return err
		}
		signed, _, err = l.cosigned(ctx, q, l.origin(state), t)
		return err
	})
	if err == nil && signed == "" {
		err = fmt.Errorf("ledger: no checkpoint was cosigned: %w", store.ErrNotFound)
	}
	return []byte(signed), err
}

// cosigned is the newest cosigned checkpoint and its size; empty where there is none. What is signed here is what the
// tree comes to, never what the table says.
func (l *Log) cosigned(ctx context.Context, q *store.Query, origin string, t *tree) (string, int64, error) {
	list, err := q.Cosignatures(ctx)
	if err != nil || len(list) == 0 || list[0].Size > t.size {
		return "", 0, err
	}
	c := Checkpoint{Origin: origin, Size: list[0].Size}
	if c.Root, err = tlog.TreeHash(c.Size, t); err != nil {
		return "", 0, err
	}
	signed, err := l.signNote(origin, c.Text())
	if err != nil {
		return "", 0, err
	}
	for _, w := range list {
		if w.Body != c.Text() {
			return "", 0, fmt.Errorf("%w: %s cosigned another checkpoint at %d", ErrBroken, w.Name, w.Size)
		}
		signed += w.Line + "\n"
	}
	return signed, c.Size, nil
}
