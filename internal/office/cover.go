package office

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"strings"

	"yifa/internal/evidence"
	"yifa/internal/i18n"
	"yifa/internal/matter"
	"yifa/internal/procedure"
	"yifa/internal/store"
)

// This file makes the copy in which places of a file are painted over (ptsd/199, ptsd/200): pictures and nothing else, with a
// last page that says what each mark means.

// Bounds of one copy.
const (
	coverDPI   = 170
	coverPages = 150
	coverBytes = 200 << 20
	coverPixel = 50_000_000 // of a picture
)

// covering is what an act asks to be painted over.
type covering struct {
	form  *procedure.Form
	field *procedure.Field
	cover procedure.Cover
	file  matter.File
	p     *procedure.Procedure
	st    matter.State
}

// cover makes the copy that an act asks for, puts it among its files, and writes the answer as it is kept. undo takes the copy
// away where the act came to nothing.
func (o *Office) cover(ctx context.Context, r Reader, a *Act, files map[string][]matter.File) (undo func(), err error) {
	undo = func() {}
	if a.Matter == 0 || !o.law.Covers(a.Act) {
		return undo, nil
	}
	c, err := o.covering(ctx, r, *a)
	if err != nil || c.field == nil {
		return undo, err
	}
	delete(files, c.field.Makes) // nobody hands in a copy of his own
	made, why, err := o.painted(ctx, r.Lang, &c)
	if err != nil {
		return undo, err
	}
	if why != "" {
		return undo, BadFields{c.field.Name: why}
	}
	blob, err := o.blobs.Put(ctx, bytes.NewReader(made), coverBytes)
	if err != nil {
		return undo, fmt.Errorf("office: redacted copy: %w", full(err))
	}
	ref := FileRef{c.cover.Seq, c.cover.Class, c.cover.Index}.String()
	files[c.field.Makes] = []matter.File{{Name: i18n.T(i18n.ZhHans, "office.cover.name"), Media: string(evidence.PDF), Size: blob.Size,
		SHA256: blob.SHA256[:], SM3: blob.SM3[:], Blob: blob.Address, Key: blob.Key, Clean: true, Of: ref}}
	fields := map[string][]string{}
	for name, values := range a.Fields {
		fields[name] = values
	}
	fields[c.field.Name] = []string{c.cover.String()}
	a.Fields = fields
	return func() { _ = o.blobs.Remove(blob.Address) }, nil // what is left is a file nobody refers to
}

// covering reads the answer of an act, and finds the file. Where the answer is not as it should be the law says so later.
func (o *Office) covering(ctx context.Context, r Reader, a Act) (covering, error) {
	var c covering
	err := o.db.Read(ctx, func(q *store.Query) error {
		if err := o.mayRead(ctx, q, r, a.Matter); err != nil {
			return err
		}
		states, err := q.States(ctx, a.Matter)
		if err != nil {
			return err
		}
		c.st = states[0]
		c.p = o.procedureOf(c.st)
		return nil
	})
	if err != nil || c.p == nil {
		return c, notFound(err)
	}
	for _, act := range c.p.Acts(a.Act) {
		c.form = c.p.Form(act)
		c.field = c.form.Covers()
	}
	if c.field == nil {
		return c, nil
	}
	cover, key, _ := c.field.ParseCover(strings.Join(a.Fields[c.field.Name], "\n"))
	if key != "" {
		c.field = nil
		return c, nil
	}
	c.cover = cover
	c.file, err = o.opened(ctx, r, a.Matter, FileRef{cover.Seq, cover.Class, cover.Index})
	if errors.Is(err, ErrNotFound) {
		return c, BadFields{c.field.Name: procedure.SayField(procedure.FieldError{Field: c.field.Name, Key: "cover_file"}, string(r.Lang))}
	}
	return c, err
}

// settled says whether an act came to nothing for certain: after a fault it may have been stored all the same.
func settled(err error) bool {
	var refused *Refused
	var bad BadFields
	var conflict *Conflict
	return errors.As(err, &refused) || errors.As(err, &bad) || errors.As(err, &conflict)
}
