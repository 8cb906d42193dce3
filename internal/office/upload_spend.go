package office

import (
	"context"
	"errors"
	"slices"

	"yifa/internal/evidence"
	"yifa/internal/i18n"
	"yifa/internal/matter"
	"yifa/internal/store"
)

// arrived adds the files that came piece by piece to those sent with the form. spend gives them to the record, in the
// transaction of the act, and to no other act.
func (o *Office) arrived(ctx context.Context, r Reader, a Act, files map[string][]matter.File) (spend func(context.Context, *store.Tx) error, err error) {
	var ids []string
	for _, field := range sortedKeys(a.Arrived) {
		taken := slices.Compact(slices.Sorted(slices.Values(a.Arrived[field])))
		for _, id := range taken {
			by := Sender{Reader: r, Import: a.Import}
			_, err := o.joined(ctx, by, id)
			var c upload
			if err == nil {
				c, _, err = o.upload(ctx, by, id)
			}
			if err == nil && (c.Field != field && a.Import == 0 || c.Spent != "" && c.Spent != a.Key || len(c.Files) == 0) {
				err = ErrNotFound
			}
			if errors.Is(err, ErrUnscanned) {
				err = BadFields{field: i18n.T(r.Lang, "office.file.waits")}
			}
			if errors.Is(err, ErrNotFound) {
				err = BadFields{field: i18n.T(r.Lang, "office.file.gone")}
			}
			if err != nil {
				return nil, err
			}
			files[field], ids = append(files[field], c.Files...), append(ids, id)
		}
		var no *evidence.Unacceptable
		if errors.As(o.evidence.CheckCount(len(a.Uploads[field])+len(taken)), &no) {
			return nil, BadFields{field: unacceptable(r.Lang, "", no)}
		}
	}
	return func(ctx context.Context, tx *store.Tx) error { return o.spend(ctx, tx, ids, a.Key) }, nil
}

func (o *Office) spend(ctx context.Context, tx *store.Tx, ids []string, key string) error {
	for _, id := range ids {
		row, err := tx.Upload(ctx, uploadKey(id), o.now())
		if err != nil {
			return err
		}
		c, _, err := o.openUpload(row)
		if err != nil {
			return err
		}
		if c.Spent != "" {
			return ErrKeyReused
		}
		c.Spent = key
		if row.Sealed, err = o.sealUpload(id, c); err != nil {
			return err
		}
		if err := errors.Join(tx.PutUpload(ctx, row), tx.ClearUploadBlobs(ctx, row.ID)); err != nil {
			return err
		}
	}
	return nil
}
