package office

import (
	"context"
	"encoding/hex"
	"errors"
	"fmt"

	"yifa/internal/calendar"
	"yifa/internal/i18n"
	"yifa/internal/identity"
	"yifa/internal/matter"
	"yifa/internal/procedure"
	"yifa/internal/store"
)

// The procedure by which the public reports, and its opening acts: the public's and the staff's.
const (
	complaint    = "supervision.complaint"
	fileReport   = "file_report"
	recordReport = "record_report"
)

// ReportFields are the questions of a report by name, with the draft's answers, and with their
// errors where check says so.
func (o *Office) ReportFields(ctx context.Context, d Draft, lang i18n.Lang, check bool) (map[string]FieldView, error) {
	p, act := o.actOf(matter.State{}, procedure.Attempt{Procedure: complaint, Act: fileReport, Happened: calendar.MomentAt(o.now())})
	if act == nil {
		return nil, fmt.Errorf("office: %s has no act %s", complaint, fileReport)
	}
	bad := BadFields{}
	if check {
		var err error
		if bad, err = o.checkReport(ctx, d, lang); err != nil {
			return nil, err
		}
	}
	out := map[string]FieldView{}
	for _, f := range o.formFields(lang, p, act, d.Fields) {
		f.Error = bad[f.Name]
		out[f.Name] = f
	}
	return out, nil
}

// checkReport asks the law whether the report could be filed as it stands, and stores nothing.
func (o *Office) checkReport(ctx context.Context, d Draft, lang i18n.Lang) (BadFields, error) {
	var files []matter.File
	err := o.db.Read(ctx, func(q *store.Query) error {
		s, err := q.Draft(ctx, draftKey(d.ID), o.now())
		if err != nil {
			return err
		}
		c, err := o.openDraft(d.ID, s)
		files = c.files()
		return err
	})
	if err != nil {
		return nil, notFound(err)
	}
	_, err = o.ask(ctx, matter.State{}, o.reportAttempt(d.Fields, files))
	var fields procedure.FieldErrors
	if errors.As(err, &fields) {
		return badFields(lang, fields), nil
	}
	var refusal *procedure.Refusal
	if errors.As(err, &refusal) {
		return BadFields{}, nil // told when it is filed, with its provision
	}
	return BadFields{}, err
}

func (o *Office) reportAttempt(fields map[string][]string, files []matter.File) procedure.Attempt {
	now := o.now()
	return procedure.Attempt{Procedure: complaint, Act: fileReport, By: matter.Actor{Person: matter.PersonFiler},
		Happened: calendar.MomentAt(now), Recorded: now, Fields: fields, Files: map[string][]matter.File{"files": files}}
}

func (c draftContent) files() []matter.File {
	var out []matter.File
	for _, f := range c.Files {
		out = append(out, f.Files...)
	}
	return out
}

// FileReport files a draft and gives the receipt, whose code is shown and never stored. Done twice,
// also by two tabs at once, it gives the same receipt.
func (o *Office) FileReport(ctx context.Context, id string, lang i18n.Lang) (Receipt, error) {
	var c draftContent
	err := o.db.Read(ctx, func(q *store.Query) error {
		s, err := q.Draft(ctx, draftKey(id), o.now())
		if err != nil {
			return err
		}
		c, err = o.openDraft(id, s)
		return err
	})
	if err != nil {
		return Receipt{}, notFound(err)
	}
	if c.Filed != nil {
		return *c.Filed, nil
	}
	try := o.reportAttempt(c.Fields, c.files())
	// The code follows from the draft, so that two tabs which file at once get the same one.
	code := identity.ReceiptCodeFrom(o.vault.MAC(receiptOf, []byte(id)))
	try.Key = "draft/" + hex.EncodeToString(draftKey(id))
	a := Act{Procedure: complaint, Act: fileReport, Fields: c.Fields}
	done, err := o.submit(ctx, request{try: try, body: bodyHash(a, try.Files), code: o.vault.ReceiptCodeMAC(code.Digits())})
	if err != nil {
		return Receipt{}, o.explain(ctx, Reader{Lang: lang}, a, err)
	}
	return o.giveReceipt(ctx, id, code.Digits(), done, lang)
}

// giveReceipt makes the receipt from what is stored and leaves it in the draft for a second look.
func (o *Office) giveReceipt(ctx context.Context, draft, code string, done Done, lang i18n.Lang) (Receipt, error) {
	r := Receipt{Code: code, ID: done.Matter}
	err := o.db.Read(ctx, func(q *store.Query) error {
		states, err := q.States(ctx, done.Matter)
		if err != nil {
			return err
		}
		entries, err := q.Entries(ctx, done.Matter, done.Seq-1)
		if err != nil {
			return err
		}
		st, e := states[0], entries[0]
		r.At, r.Proof, r.Files = e.Entry.Recorded, hex.EncodeToString(e.Hash[:]), 0
		r.Anonymous = st.Facts.Text("identity") == "anonymous"
		r.Organ, r.Office = o.organName(lang, st.Facts.Text("organ")), o.organName(lang, st.Holder)
		for _, n := range o.nextDays(lang, st) {
			r.Next = n
			break
		}
		return nil
	})
	if err != nil {
		return r, err
	}
	err = o.beside(ctx, func(tx *store.Tx) error {
		_, err := o.redraft(o.ctx, tx, draft, func(c *draftContent) error {
			r.Files = len(c.Files)
			c.Filed = &r
			return nil
		})
		return err
	})
	return r, notFound(err)
}

// receiptOf is the purpose under which a draft's receipt code is derived.
const receiptOf = "receipt of draft"

// organName is the name of an organ in the reader's language, "" where there is none.
func (o *Office) organName(lang i18n.Lang, key string) string {
	organ, _ := o.organ(key)
	return o.nameIn(lang, organ.Name)
}

// nameIn is an organ's name in another language where one is known; the legal name otherwise.
func (o *Office) nameIn(lang i18n.Lang, name string) string {
	if t, known := o.translated[name]; known {
		return t.In(lang)
	}
	return name
}
