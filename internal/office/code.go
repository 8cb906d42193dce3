package office

import (
	"context"
	"encoding/json"

	"yifa/internal/identity"
	"yifa/internal/matter"
	"yifa/internal/store"
)

// codeFor is the receipt code an act gives. It follows from who sent which form, so that sending it twice tells the same.
func (o *Office) codeFor(who, key string) identity.ReceiptCode {
	return identity.ReceiptCodeFrom(o.vault.MAC(receiptOf, []byte(who+"/"+key)))
}

// handOut binds the receipt code to the matter of which the act gives one. A filer's new code ends her old one.
func (b *batch) handOut(ctx context.Context, r *request, done Done) error {
	if done.Coded == 0 || r.code == nil {
		return nil
	}
	if r.try.Matter == done.Coded {
		if err := b.tx.EndReceiptCodes(ctx, done.Coded); err != nil {
			return err
		}
	}
	return b.tx.PutReceiptCode(ctx, r.code, done.Coded)
}

// CodeAfter is the receipt code that an act gave in the place of the one it ended, for whoever sends its form again;
// ErrNotFound where the code has not ended or the form is not that act's.
func (o *Office) CodeAfter(ctx context.Context, ended, key string) (string, error) {
	code, err := identity.ParseReceiptCode(ended)
	if err != nil || key == "" {
		return "", ErrNotFound
	}
	err = o.db.Read(ctx, func(q *store.Query) error {
		id, over, err := q.FindReceiptCode(ctx, o.vault.ReceiptCodeMAC(code.Digits()))
		if err != nil {
			return err
		}
		a, err := q.Answer(ctx, matter.PersonFiler+":"+id.String(), key)
		if err != nil {
			return err
		}
		var done Done
		if err := json.Unmarshal(a.Answer, &done); err != nil {
			return err
		}
		if !over || done.Coded != id {
			return ErrNotFound
		}
		code = o.codeFor(id.String(), key)
		return nil
	})
	return code.Digits(), notFound(err)
}
