package office

import (
	"context"
	"encoding/hex"
	"errors"
	"fmt"
	"time"

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
		files, err := o.draftFiles(ctx, d.ID)
		if err != nil {
			return nil, err
		}
		if bad, err = o.checkReport(ctx, d.Fields, files, lang); err != nil {
			return nil, err
		}
	}
	asked, _ := p.Asked(o.typing(), fileReport, d.Fields)
	out := map[string]FieldView{}
	for _, f := range o.formFields(lang, p, act, d.Fields) {
		f.Asked = asked[f.Name]
		f.Error = bad[f.Name]
		out[f.Name] = f
	}
	return out, nil
}

// draftFiles are the files of a draft as the record would keep them.
func (o *Office) draftFiles(ctx context.Context, id string) ([]matter.File, error) {
	var files []matter.File
	err := o.db.Read(ctx, func(q *store.Query) error {
		s, err := q.Draft(ctx, draftKey(id), o.now())
		if err != nil {
			return err
		}
		c, err := o.openDraft(id, s)
		files = c.files()
		return err
	})
	return files, notFound(err)
}

// checkReport asks the law whether a report could be filed as it stands, and stores nothing.
func (o *Office) checkReport(ctx context.Context, typed map[string][]string, files []matter.File, lang i18n.Lang) (BadFields, error) {
	_, err := o.ask(ctx, matter.State{}, o.reportAttempt(typed, files))
	var fields procedure.FieldErrors
	if errors.As(err, &fields) {
		return o.badFields(lang, fields), nil
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

// ReportForm is the form of a report with what stands over it.
type ReportForm struct {
	Procedure, Title, About string
	Version                 string        // day of the version of the law it follows
	Changed                 calendar.Date // the last day on which what can be chosen in it changed
	Fields                  []FieldView
}

// ReportForm is what a report asks of whoever files one today, in the order of the form.
func (o *Office) ReportForm(ctx context.Context, lang i18n.Lang) (ReportForm, error) {
	p, act := o.actOf(matter.State{}, procedure.Attempt{Procedure: complaint, Act: fileReport, Happened: calendar.MomentAt(o.now())})
	if act == nil {
		return ReportForm{}, fmt.Errorf("office: %s has no act %s", complaint, fileReport)
	}
	w := words{o, p, lang}
	v := ReportForm{Procedure: p.ID, Title: w.title(), About: w.text("about"), Version: p.Version}
	v.Changed, _ = calendar.Parse(p.Version)
	err := o.db.Read(ctx, func(q *store.Query) error {
		reg, err := o.registers(ctx, q)
		if err != nil {
			return err
		}
		v.Fields = o.formFields(lang, p, act, nil)
		for _, i := range reg.items["organ"] {
			if i.From <= reg.Day {
				v.Changed = max(v.Changed, i.From)
			}
		}
		return nil
	})
	return v, err
}

// Spend notes a proof of work as used and reports whether it was fresh.
type Spend func(ctx context.Context, id string, until time.Time) (fresh bool, err error)

// FileReport files a draft and gives the receipt, whose code is shown and never stored. Done twice,
// also by two tabs at once, it gives the same receipt. admit is asked, within the transaction that
// files, whether who sends the report may; what it spends stays spent where it or the law says no, and
// its error comes back as it is. It may be asked again where a transaction failed; nil admits everybody.
func (o *Office) FileReport(ctx context.Context, id string, lang i18n.Lang, admit func(Spend) error) (Receipt, error) {
	// The code follows from the draft, so that two tabs which file at once get the same one.
	code := identity.ReceiptCodeFrom(o.vault.MAC(receiptOf, []byte(id))).Digits()
	f := &draftFiling{id: id, admit: admit, slip: Slip{Code: code}}
	try := o.reportAttempt(nil, nil)
	try.Key = "draft/" + hex.EncodeToString(draftKey(id))
	_, err := o.submit(ctx, request{try: try, draft: f, code: o.vault.ReceiptCodeMAC(code)})
	if no, is := errors.AsType[notAdmitted](err); is {
		return Receipt{}, no.error
	}
	if err != nil {
		return Receipt{}, o.explain(ctx, Reader{Lang: lang}, Act{Procedure: complaint, Act: fileReport}, err)
	}
	return o.Receipt(lang, f.slip), nil
}

// draftFiling is the draft a request files, and the receipt it came to.
type draftFiling struct {
	id    string
	admit func(Spend) error
	slip  Slip // its code is known before
}

// notAdmitted is what admit said.
type notAdmitted struct{ error }

// fileDraft files a draft and leaves the receipt in it, in one: a draft is filed and tells so, or neither.
func (b *batch) fileDraft(ctx context.Context, r *request) (Done, error) {
	f := r.draft
	s, err := b.tx.Draft(ctx, draftKey(f.id), b.o.now())
	if err != nil {
		return Done{}, notFound(err)
	}
	c, err := b.o.openDraft(f.id, s)
	if err != nil {
		return Done{}, err
	}
	if c.Filed != nil {
		f.slip = *c.Filed
		return Done{Matter: c.Filed.ID}, nil
	}
	if err := b.admitted(f); err != nil {
		return Done{}, err
	}
	c.sayConfirmed()
	c.sayChannel()
	r.try.Fields, r.try.Files = c.Fields, map[string][]matter.File{"files": c.files()}
	r.body = bodyHash(Act{Procedure: complaint, Act: fileReport, Fields: c.Fields}, r.try.Files)
	done, err := b.act(ctx, r)
	if err != nil {
		return done, err
	}
	if err := b.putContacts(ctx, done.Matter, c); err != nil {
		return done, err
	}
	b.giveReceipt(f, r.try, done)
	f.slip.Files = len(c.Files)
	c.Filed = &f.slip
	return done, b.o.putDraft(ctx, b.tx, f.id, c, s.Expires)
}

// admitted asks whether a draft may be filed. It spends under the writer's context: a sender who goes
// away must not undo his neighbours.
func (b *batch) admitted(f *draftFiling) error {
	if f.admit == nil {
		return nil
	}
	var fault error
	err := f.admit(func(_ context.Context, id string, until time.Time) (fresh bool, _ error) {
		fresh, fault = b.tx.UsePoW(b.o.ctx, id, until)
		return fresh, fault
	})
	if fault != nil {
		return fault
	}
	if err != nil {
		return notAdmitted{err}
	}
	return nil
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
