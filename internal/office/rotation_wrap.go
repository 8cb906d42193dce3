package office

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"

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

// drafts wraps what is not filed yet anew.
func (r *rotation) drafts(ctx context.Context) error {
	var list []store.Draft
	if err := r.o.db.Read(ctx, func(q *store.Query) (err error) { list, err = q.AllDrafts(ctx); return err }); err != nil {
		return err
	}
	for _, d := range list {
		err := r.o.db.Write(ctx, func(tx *store.Tx) error {
			d, err := tx.Draft(ctx, d.ID, r.o.now())
			if errors.Is(err, store.ErrNotFound) {
				return nil // it has expired, and goes with the next sweep
			}
			var s vault.Sealed
			if err == nil {
				err = json.Unmarshal(d.Sealed, &s)
			}
			if err != nil || s.KeyID == r.args.Key {
				return err
			}
			if s, err = r.o.vault.Rewrap(s, d.ID); err != nil {
				return fmt.Errorf("office: rotate a draft: %w", err)
			}
			if d.Sealed, err = json.Marshal(s); err != nil {
				return fmt.Errorf("office: rotate a draft: %w", err)
			}
			return tx.PutDraft(ctx, d)
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// actOrders wraps what many acts were asked for anew.
func (r *rotation) actOrders(ctx context.Context) error {
	var list []store.ActOrder
	if err := r.o.db.Read(ctx, func(q *store.Query) (err error) { list, err = q.AllOrders(ctx); return err }); err != nil {
		return err
	}
	for _, one := range list {
		err := r.o.db.Write(ctx, func(tx *store.Tx) error {
			row, err := tx.Order(ctx, one.ID)
			if errors.Is(err, store.ErrNotFound) {
				return nil
			}
			var s vault.Sealed
			if err == nil {
				err = json.Unmarshal(row.Sealed, &s)
			}
			if err != nil || s.KeyID == r.args.Key {
				return err
			}
			if s, err = r.o.vault.Rewrap(s, orderKey(row.ID)); err != nil {
				return fmt.Errorf("office: rotate an order: %w", err)
			}
			if row.Sealed, err = json.Marshal(s); err != nil {
				return fmt.Errorf("office: rotate an order: %w", err)
			}
			return tx.PutOrder(ctx, row)
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// factors wraps the secrets of second factors anew.
func (r *rotation) factors(ctx context.Context) error {
	return r.o.db.Write(ctx, func(tx *store.Tx) error {
		list, err := tx.AllFactors(ctx)
		for _, f := range list {
			if err != nil || f.Kind == kindRecovery { // kept as a keyed hash alone
				continue
			}
			var s vault.Sealed
			if err = json.Unmarshal(f.Sealed, &s); err != nil || s.KeyID == r.args.Key {
				continue
			}
			if s, err = r.o.vault.Rewrap(s, factorPlace(f)); err == nil {
				f.Sealed, err = json.Marshal(s)
			}
			if err == nil {
				err = tx.PutFactor(ctx, f)
			}
		}
		if err != nil {
			return fmt.Errorf("office: rotate second factors: %w", err)
		}
		return nil
	})
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
			sig := r.o.vault.Sign(headMessage(h))
			h.KeyID, h.Signature = sig.KeyID, sig.Bytes
			return tx.PutHead(ctx, h)
		}); err != nil {
			return err
		}
	}
	return nil
}
