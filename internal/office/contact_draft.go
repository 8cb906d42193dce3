package office

import (
	"cmp"
	"context"
	"errors"
	"slices"

	"yifa/internal/i18n"
	"yifa/internal/matter"
	"yifa/internal/store"
)

// confirmedField is the question of a report that the office answers itself: which contacts of the filer are confirmed.
const confirmedField = "confirmed"

// draftContact is where the confirming of one contact of a draft stands.
type draftContact struct {
	Value     string `json:"value"` // in plain form
	Ticket    string `json:"ticket,omitempty"`
	Confirmed bool   `json:"confirmed,omitempty"`
}

// DraftContact is a contact that stands in a draft, and how far it is confirmed.
type DraftContact struct {
	Kind, Value      string
	Sent, Confirmed  bool
	CannotBeSentHere bool // it is none a code can go to
}

// plainOf is a contact of a draft in plain form; "" without a name, and where there is none.
func (c draftContent) plainOf(kind string) string {
	if !slices.Equal(c.Fields["identity"], []string{"named"}) {
		return ""
	}
	if kind == ContactAccount {
		return c.Contacts[kind].Value
	}
	if v := c.Fields[kind]; len(v) == 1 {
		return plainContact(kind, v[0])
	}
	return ""
}

// isConfirmed holds where the contact that stands in the draft now is the one that was confirmed.
func (c draftContent) isConfirmed(kind string) bool {
	x, plain := c.Contacts[kind], c.plainOf(kind)
	return x.Confirmed && plain != "" && x.Value == plain
}

// contacts are those that stand in a draft.
func (c draftContent) contacts() []DraftContact {
	var out []DraftContact
	for _, kind := range []string{ContactPhone, ContactEmail, ContactAccount} {
		plain, typed := c.plainOf(kind), kind != ContactAccount && len(c.Fields[kind]) == 1 && c.Fields[kind][0] != ""
		switch {
		case plain != "":
			v := DraftContact{Kind: kind, Value: plain, Sent: c.Contacts[kind].Ticket != "" && c.Contacts[kind].Value == plain, Confirmed: c.isConfirmed(kind)}
			out = append(out, v)
		case typed && slices.Equal(c.Fields["identity"], []string{"named"}):
			out = append(out, DraftContact{Kind: kind, Value: c.Fields[kind][0], CannotBeSentHere: true})
		}
	}
	return out
}

// SendDraftCode sends a code to a contact that stands in a draft.
func (o *Office) SendDraftCode(ctx context.Context, id, kind string, lang i18n.Lang) error {
	d, err := o.Draft(ctx, id)
	if err != nil {
		return err
	}
	at := slices.IndexFunc(d.Contacts, func(c DraftContact) bool { return c.Kind == kind })
	if at < 0 {
		return BadFields{"contact": i18n.T(lang, "contact.bad")}
	}
	ticket, err := o.SendCode(ctx, kind, d.Contacts[at].Value, lang)
	if err != nil {
		return err
	}
	return o.putDraftContact(ctx, id, kind, draftContact{Value: plainContact(kind, d.Contacts[at].Value), Ticket: ticket})
}

// CheckDraftCode confirms a contact of a draft by the code that was sent to it: ErrCode and ErrCodeOver as CheckCode has it.
func (o *Office) CheckDraftCode(ctx context.Context, id, kind, code string) error {
	var c draftContent
	err := o.db.Read(ctx, func(q *store.Query) error {
		s, err := q.Draft(ctx, draftKey(id), o.now())
		if err == nil {
			c, err = o.openDraft(id, s)
		}
		return err
	})
	if err != nil {
		return notFound(err)
	}
	x := c.Contacts[kind]
	if x.Ticket == "" || x.Value != c.plainOf(kind) {
		return ErrCodeOver
	}
	if _, err := o.CheckCode(ctx, x.Ticket, code); err != nil {
		return err
	}
	return o.putDraftContact(ctx, id, kind, draftContact{Value: x.Value, Confirmed: true})
}

// ConfirmDraftAccount notes who a provider says the writer of a draft is.
func (o *Office) ConfirmDraftAccount(ctx context.Context, id, name string) error {
	return o.putDraftContact(ctx, id, ContactAccount, draftContact{Value: name, Confirmed: true})
}

func (o *Office) putDraftContact(ctx context.Context, id, kind string, x draftContact) error {
	_, err := o.changeDraft(ctx, id, func(c *draftContent) error {
		if c.Contacts == nil {
			c.Contacts = map[string]draftContact{}
		}
		c.Contacts[kind] = x
		return nil
	})
	return err
}

// sayConfirmed answers, in the filer's place, which of her contacts are confirmed. An anonymous report has none.
func (c draftContent) sayConfirmed() {
	delete(c.Fields, confirmedField)
	for _, kind := range []string{ContactPhone, ContactEmail, ContactAccount} {
		if c.isConfirmed(kind) {
			c.Fields[confirmedField] = append(c.Fields[confirmedField], kind)
		}
	}
}

// putContacts keeps the confirmed contacts of a report just filed.
func (b *batch) putContacts(ctx context.Context, id matter.ID, c draftContent) error {
	for _, kind := range c.Fields[confirmedField] {
		if err := b.o.putContact(ctx, b.tx, id, kind, c.plainOf(kind)); err != nil {
			return err
		}
	}
	return nil
}

// mattersShown is how many matters the list of one contact holds.
const mattersShown = 100

// MattersOf are the matters whose filer has confirmed a contact, newest first. An anonymous report is never among them.
// Whoever asks has just confirmed it, so it holds for a while longer.
func (o *Office) MattersOf(ctx context.Context, c Contact, lang i18n.Lang) ([]Brief, error) {
	var ids []matter.ID
	err := o.db.Write(ctx, func(tx *store.Tx) (err error) {
		now := o.now()
		if err = tx.RenewContact(ctx, c.blind, now, now.Add(contactKept)); err != nil {
			return err
		}
		ids, err = tx.FindContact(ctx, c.blind, now, mattersShown)
		return err
	})
	if err != nil {
		return nil, err
	}
	var out []Brief
	for _, id := range ids {
		t, err := o.Track(ctx, Reader{Lang: lang, Filer: id})
		if errors.Is(err, ErrNotFound) {
			continue
		}
		if err != nil {
			return nil, err
		}
		out = append(out, t.Brief)
	}
	slices.SortStableFunc(out, func(a, b Brief) int { return cmp.Compare(b.Opened.Day, a.Opened.Day) })
	return out, nil
}

// ByContact is the reader who filed a matter and has confirmed a contact of it; ErrNotFound where it is not its contact,
// or no longer.
func (o *Office) ByContact(ctx context.Context, c Contact, id matter.ID, lang i18n.Lang) (Reader, error) {
	err := o.db.Read(ctx, func(q *store.Query) error {
		list, err := q.Contacts(ctx, id, o.now())
		if err == nil && !slices.ContainsFunc(list, func(x store.Contact) bool { return x.Blind == c.blind }) {
			err = ErrNotFound
		}
		return err
	})
	return Reader{Lang: lang, Filer: id}, notFound(err)
}
