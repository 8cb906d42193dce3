package store

import (
	"context"
	"fmt"

	"yifa/internal/calendar"
	"yifa/internal/matter"
)

// Boundary among the grams of a Doc ends a run: no phrase is found across it.
const Boundary = ""

// Doc is the index of one matter's text in one class. Grams and Chars are hashed by the caller, in
// lower-case letters and digits.
type Doc struct {
	Matter matter.ID
	Class  matter.Class
	Sort   calendar.Date // Row.Sort of the matter
	Grams  []string      // in order of the text, Boundary after each run
	Chars  []string      // distinct single characters
}

// PutSearch makes doc the whole index of its matter and class. Sealed and filer-only classes must
// never be given.
func (tx *Tx) PutSearch(ctx context.Context, doc Doc) error {
	if doc.Class == matter.Sealed || doc.Class == matter.Filer {
		return fmt.Errorf("store: class %s of %s is never indexed", doc.Class, doc.Matter)
	}
	if err := tx.DropSearch(ctx, doc.Matter, doc.Class); err != nil {
		return err
	}
	return tx.putPieces(ctx, doc)
}

// DropSearch removes the index of a matter's text in one class.
func (tx *Tx) DropSearch(ctx context.Context, id matter.ID, class matter.Class) error {
	return tx.dropPieces(ctx, id, class)
}
