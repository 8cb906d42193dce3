package office

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"

	"yifa/internal/store"
	"yifa/internal/vault"
)

// rewrap wraps the data key of one part by the active key. A part destroyed meanwhile stays so.
func (o *Office) rewrap(ctx context.Context, tx *store.Tx, p store.StoredPart) error {
	s, err := o.vault.Rewrap(vault.Sealed{KeyID: p.KeyID, WrappedKey: p.Wrapped}, place(p.Matter, p.Seq, p.Class, p.Party))
	if err != nil {
		return fmt.Errorf("office: rotate %s/%d/%s: %w", p.Matter, p.Seq, p.Class, err)
	}
	p.KeyID, p.Wrapped = s.KeyID, s.WrappedKey
	if err := tx.RewrapPart(ctx, p); !errors.Is(err, store.ErrNotFound) {
		return err
	}
	return nil
}

// sealedRow is something sealed that is no part of the record: where it was sealed for, and how it is replaced.
type sealedRow struct {
	sealed, place []byte
	put           func(tx *store.Tx, sealed []byte) error
}

// rowsBeside are all that is sealed beside the record: drafts, uploads, second factors, orders, contacts, subscriptions. Whatever else the vault comes to
// seal has to be added here, or is lost with the key that sealed it.
func rowsBeside(ctx context.Context, q *store.Query) ([]sealedRow, error) {
	drafts, err := q.AllDrafts(ctx)
	if err != nil {
		return nil, err
	}
	factors, err := q.AllFactors(ctx)
	if err != nil {
		return nil, err
	}
	orders, err := q.AllOrders(ctx)
	if err != nil {
		return nil, err
	}
	uploads, err := q.AllUploads(ctx)
	if err != nil {
		return nil, err
	}
	contacts, err := q.AllContacts(ctx)
	if err != nil {
		return nil, err
	}
	subscriptions, err := q.AllSubscriptions(ctx)
	if err != nil {
		return nil, err
	}
	var out []sealedRow
	for _, d := range drafts {
		out = append(out, sealedRow{d.Sealed, d.ID, func(tx *store.Tx, s []byte) error { return tx.RewrapDraft(ctx, d, s) }})
	}
	for _, f := range factors {
		if f.Kind == kindRecovery { // kept as a keyed hash alone
			continue
		}
		out = append(out, sealedRow{f.Sealed, factorPlace(f), func(tx *store.Tx, s []byte) error { return tx.RewrapFactor(ctx, f, s) }})
	}
	for _, x := range orders {
		out = append(out, sealedRow{x.Sealed, orderKey(x.ID), func(tx *store.Tx, s []byte) error { return tx.RewrapOrder(ctx, x, s) }})
	}
	for _, u := range uploads {
		out = append(out, sealedRow{u.Sealed, u.ID, func(tx *store.Tx, s []byte) error { return tx.RewrapUpload(ctx, u, s) }})
	}
	for _, c := range contacts {
		out = append(out, sealedRow{c.Sealed, contactPlace(c.Matter, c.Kind), func(tx *store.Tx, s []byte) error { return tx.RewrapContact(ctx, c, s) }})
	}
	for _, f := range subscriptions {
		out = append(out, sealedRow{f.Sealed, subscriptionPlace(f.ID), func(tx *store.Tx, s []byte) error { return tx.RewrapSubscription(ctx, f, s) }})
	}
	return out, nil
}

// beside wraps what is sealed beside the record anew.
func (r *rotation) beside(ctx context.Context) error {
	var rows []sealedRow
	if err := r.o.db.Read(ctx, func(q *store.Query) (err error) { rows, err = rowsBeside(ctx, q); return err }); err != nil {
		return err
	}
	for some := range slices.Chunk(rows, rotateAtOnce) {
		err := r.o.db.Write(ctx, func(tx *store.Tx) error {
			for _, row := range some {
				if err := r.rewrapRow(tx, row); err != nil {
					return err
				}
			}
			return nil
		})
		if err != nil {
			return err
		}
	}
	return nil
}

func (r *rotation) rewrapRow(tx *store.Tx, row sealedRow) error {
	var s vault.Sealed
	if err := json.Unmarshal(row.sealed, &s); err != nil {
		return fmt.Errorf("office: rotate: %w", err)
	}
	if s.KeyID == r.args.Key {
		return nil
	}
	s, err := r.o.vault.Rewrap(s, row.place)
	if err != nil {
		return fmt.Errorf("office: rotate what lies beside the record: %w", err)
	}
	text, err := json.Marshal(s)
	if err != nil {
		return fmt.Errorf("office: rotate: %w", err)
	}
	return row.put(tx, text)
}

// left says how much is still wrapped by another key than this one.
func (r *rotation) left(ctx context.Context, q *store.Query) (int, error) {
	n, err := q.CountPartsOfOthers(ctx, r.args.Key)
	if err != nil {
		return n, err
	}
	rows, err := rowsBeside(ctx, q)
	for _, row := range rows {
		var s vault.Sealed
		if err := json.Unmarshal(row.sealed, &s); err != nil {
			return n, fmt.Errorf("office: rotate: %w", err)
		}
		if s.KeyID != r.args.Key {
			n++
		}
	}
	return n, err
}

// heads signs the ends of all shards by the active key.
func (r *rotation) heads(ctx context.Context) error {
	var list []store.Head
	if err := r.o.db.Read(ctx, func(q *store.Query) (err error) { list, err = q.Heads(ctx); return err }); err != nil {
		return err
	}
	for _, h := range list {
		if h.KeyID == r.args.Key {
			continue
		}
		if err := r.o.db.Write(ctx, func(tx *store.Tx) error {
			h, err := tx.Head(ctx, h.Shard)
			if err != nil || h.Count == 0 {
				return err
			}
			if err := r.o.vault.Verify(headMessage(h), signatureOf(h)); err != nil {
				return fmt.Errorf("office: rotate: shard %d: %w", h.Shard, err) // a forged head is not made good
			}
			sig, err := r.o.vault.Sign(headMessage(h))
			if err != nil {
				return err
			}
			h.KeyID, h.Signature = sig.KeyID, sig.Bytes
			return tx.PutHead(ctx, h)
		}); err != nil {
			return err
		}
	}
	return nil
}
