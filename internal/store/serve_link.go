package store

import (
	"context"
	"time"

	"yifa/internal/matter"
)

// ServeLink is a link by which a party collects a paper, known by its keyed hash. Proof is the keyed hash of what she must
// know beside it; Used is when it served, zero before.
type ServeLink struct {
	MAC     []byte
	Matter  matter.ID
	Proof   []byte
	Tries   int
	Expires time.Time
	Used    time.Time
}

// PutServeLink writes a new link. Those its matter had before end with it: there is one at a time.
func (tx *Tx) PutServeLink(ctx context.Context, l ServeLink) error {
	if err := tx.DropServeLinks(ctx, l.Matter); err != nil {
		return err
	}
	_, err := tx.exec(ctx, "serve_link_put", l.MAC, l.Matter, l.Proof, micros(l.Expires))
	return err
}

// ServeLink returns a link and locks it; or ErrNotFound.
func (tx *Tx) ServeLink(ctx context.Context, mac []byte) (ServeLink, error) {
	l := ServeLink{MAC: mac}
	var expires, used int64
	err := tx.one(ctx, "serve_link_find", []any{mac}, &l.Matter, &l.Proof, &l.Tries, &expires, &used)
	l.Expires, l.Used = fromMicros(expires), fromMicros(used)
	return l, err
}

// TryServeLink counts that somebody did not know what belongs to a link.
func (tx *Tx) TryServeLink(ctx context.Context, mac []byte) error {
	_, err := tx.exec(ctx, "serve_link_try", mac)
	return err
}

// UseServeLink ends a link: it served. ErrNotFound where it has served already.
func (tx *Tx) UseServeLink(ctx context.Context, mac []byte, at time.Time) error {
	n, err := tx.exec(ctx, "serve_link_use", micros(at), mac)
	if err == nil && n == 0 {
		return ErrNotFound
	}
	return err
}

// DropServeLinks forgets the links of a matter.
func (tx *Tx) DropServeLinks(ctx context.Context, id matter.ID) error {
	_, err := tx.exec(ctx, "serve_link_drop", id)
	return err
}

// PruneServeLinks removes links that expired before an instant.
func (tx *Tx) PruneServeLinks(ctx context.Context, before time.Time) error {
	_, err := tx.exec(ctx, "serve_link_prune", micros(before))
	return err
}
