package store

import (
	"context"
	"time"
)

// Upload is a file on its way in. ID is a hash of its unguessable address, Holder one of whose it is.
type Upload struct {
	ID, Holder []byte
	Sealed     []byte
	Length     int64 // bytes the sender announced
	Arrived    int64 // bytes on disk
	Expires    time.Time
}

// PutUpload writes an upload: a new one whole, of one that is there what changes as bytes arrive.
func (tx *Tx) PutUpload(ctx context.Context, u Upload) error {
	_, err := tx.exec(ctx, "upload_put", u.ID, u.Holder, u.Sealed, u.Length, u.Arrived, minuteAfter(u.Expires))
	return err
}

// Upload returns an upload that has not expired at now, or ErrNotFound.
func (q *Query) Upload(ctx context.Context, id []byte, now time.Time) (Upload, error) {
	return q.oneUpload(ctx, "upload_find", id, now)
}

// Upload is Query.Upload, and locks the upload until the transaction ends.
func (tx *Tx) Upload(ctx context.Context, id []byte, now time.Time) (Upload, error) {
	return tx.oneUpload(ctx, "upload_lock", id, now)
}

func (q *Query) oneUpload(ctx context.Context, name string, id []byte, now time.Time) (Upload, error) {
	list, err := q.uploads(ctx, name, id, micros(now))
	if err == nil && len(list) == 0 {
		err = ErrNotFound
	}
	if err != nil {
		return Upload{}, err
	}
	return list[0], nil
}

// UploadsOf returns what somebody has on its way in.
func (q *Query) UploadsOf(ctx context.Context, holder []byte, now time.Time) ([]Upload, error) {
	return q.uploads(ctx, "upload_of", holder, micros(now))
}

// AllUploads returns every upload, those that have expired too.
func (q *Query) AllUploads(ctx context.Context) ([]Upload, error) {
	return q.uploads(ctx, "upload_all")
}

// UploadsWaiting tells how many bytes are announced and have not arrived.
func (q *Query) UploadsWaiting(ctx context.Context, now time.Time) (int64, error) {
	var n int64
	err := q.one(ctx, "upload_waiting", []any{micros(now)}, &n)
	return n, err
}

// RewrapUpload replaces what is sealed, unless it changed meanwhile.
func (tx *Tx) RewrapUpload(ctx context.Context, u Upload, sealed []byte) error {
	_, err := tx.exec(ctx, "upload_rewrap", sealed, u.ID, u.Sealed)
	return err
}

// DropUpload removes an upload and forgets what lies in the evidence store for it: the caller removes that, or has given
// it to the record.
func (tx *Tx) DropUpload(ctx context.Context, id []byte) error {
	_, err := tx.exec(ctx, "upload_drop", id)
	return err
}

// PutUploadBlob notes that a blob lies in the evidence store for an upload alone.
func (tx *Tx) PutUploadBlob(ctx context.Context, upload []byte, address string) error {
	_, err := tx.exec(ctx, "upload_blob_put", upload, address)
	return err
}

// ClearUploadBlobs forgets the blobs of an upload.
func (tx *Tx) ClearUploadBlobs(ctx context.Context, upload []byte) error {
	_, err := tx.exec(ctx, "upload_blob_clear", upload)
	return err
}

// UploadBlobs returns the blobs of an upload.
func (q *Query) UploadBlobs(ctx context.Context, upload []byte) ([]string, error) {
	var list []string
	err := q.each(ctx, "upload_blob_list", []any{upload}, func(scan scanFunc) error {
		var b string
		err := scan(&b)
		list = append(list, b)
		return err
	})
	return list, err
}

func (q *Query) uploads(ctx context.Context, name string, args ...any) ([]Upload, error) {
	var list []Upload
	err := q.each(ctx, name, args, func(scan scanFunc) error {
		var u Upload
		var expires int64
		err := scan(&u.ID, &u.Holder, &u.Sealed, &u.Length, &u.Arrived, &expires)
		u.Expires = fromMicros(expires)
		list = append(list, u)
		return err
	})
	return list, err
}
