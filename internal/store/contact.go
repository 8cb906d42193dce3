package store

import (
	"context"
	"time"

	"yifa/internal/matter"
)

// Contact is an address that the filer of a matter has confirmed. Blind is a keyed hash of it, Sealed holds it.
type Contact struct {
	Matter  matter.ID
	Kind    string // phone, email, account
	Blind   string
	Sealed  []byte
	Expires time.Time
}

// PutContact writes a contact, the only one of its kind in its matter.
func (tx *Tx) PutContact(ctx context.Context, c Contact) error {
	_, err := tx.exec(ctx, "contact_put", c.Matter.Shard(), c.Matter, c.Kind, c.Blind, c.Sealed, minuteAfter(c.Expires))
	return err
}

// Contacts returns those of a matter that have not expired at now.
func (q *Query) Contacts(ctx context.Context, id matter.ID, now time.Time) ([]Contact, error) {
	return q.contacts(ctx, "contact_of", id.Shard(), id, micros(now))
}

// AllContacts returns every contact, by matter: for wrapping their keys anew.
func (q *Query) AllContacts(ctx context.Context) ([]Contact, error) {
	return q.contacts(ctx, "contact_all")
}

func (q *Query) contacts(ctx context.Context, name string, args ...any) ([]Contact, error) {
	var list []Contact
	err := q.each(ctx, name, args, func(scan scanFunc) error {
		var c Contact
		var expires int64
		err := scan(&c.Matter, &c.Kind, &c.Blind, &c.Sealed, &expires)
		c.Expires = fromMicros(expires)
		list = append(list, c)
		return err
	})
	return list, err
}

// FindContact returns at most limit matters whose filer has confirmed a contact, and it has not expired at now.
func (q *Query) FindContact(ctx context.Context, blind string, now time.Time, limit int) ([]matter.ID, error) {
	var list []matter.ID
	err := q.each(ctx, "contact_found", []any{blind, micros(now), limit}, func(scan scanFunc) error {
		var id matter.ID
		err := scan(&id)
		list = append(list, id)
		return err
	})
	return list, err
}

// RenewContact lets a contact that has not expired at now last until another instant, in all matters.
func (tx *Tx) RenewContact(ctx context.Context, blind string, now, until time.Time) error {
	_, err := tx.exec(ctx, "contact_renew", minuteAfter(until), blind, micros(now))
	return err
}

// RewrapContact replaces what is sealed of a contact, unless somebody changed it meanwhile.
func (tx *Tx) RewrapContact(ctx context.Context, c Contact, sealed []byte) error {
	_, err := tx.exec(ctx, "contact_rewrap", sealed, c.Matter.Shard(), c.Matter, c.Kind, c.Sealed)
	return err
}

// DropContacts forgets the contacts of a matter.
func (tx *Tx) DropContacts(ctx context.Context, id matter.ID) error {
	_, err := tx.exec(ctx, "contact_drop", id.Shard(), id)
	return err
}

// ContactCode is a code that was sent to a contact, by a name nobody can guess: only its keyed hash is kept.
type ContactCode struct {
	ID      []byte
	Blind   string // of the contact
	MAC     []byte // of the code
	Tries   int    // how often a code was entered
	Made    time.Time
	Expires time.Time
}

// PutContactCode writes a new code. Its instants are cut to the minute: who asked for it may report anonymously after all.
func (tx *Tx) PutContactCode(ctx context.Context, c ContactCode) error {
	_, err := tx.exec(ctx, "contact_code_put", c.ID, c.Blind, c.MAC, minute(c.Made), minuteAfter(c.Expires))
	return err
}

// ContactCode returns a code that has not expired at now, and locks it; or ErrNotFound.
func (tx *Tx) ContactCode(ctx context.Context, id []byte, now time.Time) (ContactCode, error) {
	c := ContactCode{ID: id}
	err := tx.one(ctx, "contact_code_find", []any{id, micros(now)}, &c.Blind, &c.MAC, &c.Tries)
	return c, err
}

// TryContactCode counts that a code was entered.
func (tx *Tx) TryContactCode(ctx context.Context, id []byte) error {
	_, err := tx.exec(ctx, "contact_code_try", id)
	return err
}

// TakeContactCode ends a code: it served.
func (tx *Tx) TakeContactCode(ctx context.Context, id []byte) error {
	_, err := tx.exec(ctx, "contact_code_take", id)
	return err
}

// CountContactCodes is how many codes were sent to a contact after an instant.
func (q *Query) CountContactCodes(ctx context.Context, blind string, after time.Time) (int, error) {
	n := 0
	err := q.one(ctx, "contact_code_count", []any{blind, micros(after)}, &n)
	return n, err
}

// PruneContacts removes contacts that have expired at now, and codes sent before an instant.
func (tx *Tx) PruneContacts(ctx context.Context, now, before time.Time) error {
	if _, err := tx.exec(ctx, "contact_prune", micros(now)); err != nil {
		return err
	}
	_, err := tx.exec(ctx, "contact_code_prune", micros(before))
	return err
}
