package store

import (
	"context"
	"time"
)

// Draft is a form not yet sent. ID is a hash of its unguessable address.
type Draft struct {
	ID      []byte
	Sealed  []byte
	Expires time.Time
}

// DraftFile is a file uploaded to a draft; name, size and key are sealed, the blob is stored by evidence.
type DraftFile struct {
	Draft  []byte
	Key    string // the caller's, unique within the draft
	Sealed []byte
	Blob   string // address in the evidence store
}

// PutDraft writes a draft, new or changed.
func (tx *Tx) PutDraft(ctx context.Context, d Draft) error {
	_, err := tx.exec(ctx, "draft_put", d.ID, d.Sealed, minuteAfter(d.Expires))
	return err
}

// Draft returns a draft that has not expired at now, or ErrNotFound. Read through a Tx it stays
// locked until the transaction ends.
func (q *Query) Draft(ctx context.Context, id []byte, now time.Time) (Draft, error) {
	d := Draft{ID: id}
	var expires int64
	err := q.one(ctx, "draft_find", []any{id, micros(now)}, &d.Sealed, &expires)
	d.Expires = fromMicros(expires)
	return d, err
}

// Draft is Query.Draft, and locks the draft until the transaction ends.
func (tx *Tx) Draft(ctx context.Context, id []byte, now time.Time) (Draft, error) {
	d := Draft{ID: id}
	var expires int64
	err := tx.one(ctx, "draft_lock", []any{id, micros(now)}, &d.Sealed, &expires)
	d.Expires = fromMicros(expires)
	return d, err
}

// PutDraftFile adds a file to a draft, which must exist.
func (tx *Tx) PutDraftFile(ctx context.Context, f DraftFile) error {
	_, err := tx.exec(ctx, "draft_file_put", f.Draft, f.Key, f.Sealed, f.Blob)
	return err
}

// DraftFiles returns the files of a draft in order of key.
func (q *Query) DraftFiles(ctx context.Context, draft []byte) ([]DraftFile, error) {
	var list []DraftFile
	err := q.each(ctx, "draft_file_list", []any{draft}, func(scan scanFunc) error {
		f := DraftFile{Draft: draft}
		err := scan(&f.Key, &f.Sealed, &f.Blob)
		list = append(list, f)
		return err
	})
	return list, err
}

// DropDraftFile removes one file row; ErrNotFound where it is not there.
func (tx *Tx) DropDraftFile(ctx context.Context, draft []byte, key string) error {
	n, err := tx.exec(ctx, "draft_file_drop", draft, key)
	return oneRow("draft file", n, err)
}

// UsePoW notes a proof of work (or a form token) as used, and reports whether it was fresh.
func (tx *Tx) UsePoW(ctx context.Context, token string, expires time.Time) (bool, error) {
	n, err := tx.exec(ctx, "pow_use", token, minuteAfter(expires))
	return n == 1, err
}

// Prune removes sessions, ceremonies, drafts, uploads, proofs of work and stored answers that expired before now, and
// returns the blobs of removed drafts and uploads, which nothing names any more.
func (tx *Tx) Prune(ctx context.Context, now time.Time) ([]string, error) {
	var blobs []string
	for _, name := range []string{"draft_file_expired", "upload_blob_expired"} {
		err := tx.each(ctx, name, []any{micros(now)}, func(scan scanFunc) error {
			var b string
			err := scan(&b)
			blobs = append(blobs, b)
			return err
		})
		if err != nil {
			return nil, err
		}
	}
	for _, name := range []string{"draft_prune", "upload_prune", "session_prune", "ceremony_prune", "pow_prune", "answer_prune"} {
		if _, err := tx.exec(ctx, name, micros(now)); err != nil {
			return nil, err
		}
	}
	return blobs, nil
}
