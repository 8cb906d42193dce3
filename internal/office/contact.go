package office

import (
	"context"
	"crypto/hmac"
	"crypto/rand"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"math/big"
	"net/mail"
	"slices"
	"strings"
	"time"

	"yifa/internal/i18n"
	"yifa/internal/matter"
	"yifa/internal/store"
	"yifa/internal/vault"
)

// Kinds of contact a filer can confirm: by a code that is sent there, or by signing in elsewhere.
const (
	ContactPhone   = "phone"
	ContactEmail   = "email"
	ContactAccount = "account"
)

// The limits of codes (ptsd/120). Beyond how many an hour or a day nothing is sent, and nobody is told: otherwise whoever
// enters somebody else's number would learn that its owner has just asked for a code.
const (
	codeDigits  = 6
	codeKept    = 10 * time.Minute
	codeTries   = 5
	codesHour   = 3
	codesDay    = 6
	carryAtOnce = 32 // messages on their way at the same time
	carryTime   = 30 * time.Second
)

// contactKept is how long a confirmed contact holds after it was last confirmed (ptsd/122): telephone numbers come to
// other people.
const contactKept = 90 * 24 * time.Hour

// Letter is a short message to somebody outside. It never says what a matter is about; to who follows published results
// it says what everybody can read. Leave is where it is ended by one POST (RFC 8058); empty: there is nothing to end.
type Letter struct{ Kind, To, Subject, Text, Leave string }

// Courier carries letters.
type Courier interface {
	// Carries says whether letters of a kind (phone, email) can be carried at all.
	Carries(kind string) bool
	// Carry hands a letter over, or says why it could not, without naming the address or the text.
	Carry(ctx context.Context, l Letter) error
}

// ErrCode: what was entered is not the code. ErrCodeOver: there is no code to enter any more.
var (
	ErrCode     = errors.New("office: another code")
	ErrCodeOver = errors.New("office: the code is over")
)

// Confirmable are the kinds of contact to which codes can be sent here.
func (o *Office) Confirmable() []string {
	if o.courier == nil {
		return nil
	}
	return slices.DeleteFunc([]string{ContactPhone, ContactEmail}, func(kind string) bool { return !o.courier.Carries(kind) })
}

// mobileStart begins the mobile numbers of the mainland. To others no code goes: who can have messages sent to any number
// of the world makes us pay for it.
const mobileStart = "1"

// plainContact is a contact as it is compared and written to; "" where it is none.
func plainContact(kind, value string) string {
	value = strings.TrimSpace(value)
	switch kind {
	case ContactPhone:
		if n := plainNumber(personalPhone, value); len(n) == mobileLength && strings.HasPrefix(n, mobileStart) {
			return n
		}
	case ContactEmail:
		value = strings.ToLower(value)
		if a, err := mail.ParseAddress(value); err == nil && a.Name == "" && a.Address == value {
			return value
		}
	case ContactAccount:
		return value
	}
	return ""
}

// contactBlind is by what a contact is found. It differs from what an official finds a number by.
func (o *Office) contactBlind(kind, plain string) string {
	return o.vault.BlindIndex("contact "+kind, plain)
}

// KindOf is the kind of contact somebody has typed; "" where it is neither.
func KindOf(value string) string {
	for _, kind := range []string{ContactPhone, ContactEmail} {
		if plainContact(kind, value) != "" {
			return kind
		}
	}
	return ""
}

// SendCode sends a code to a contact and gives the ticket with which it is confirmed; BadFields name "contact" where it is
// none. What comes back, and when, does not hang on whether anybody here has that contact, or on how often it was asked.
func (o *Office) SendCode(ctx context.Context, kind, value string, lang i18n.Lang) (ticket string, err error) {
	plain := plainContact(kind, value)
	if plain == "" || !slices.Contains(o.Confirmable(), kind) {
		return "", BadFields{"contact": i18n.T(lang, "contact.bad")}
	}
	id := make([]byte, 24)
	_, _ = rand.Read(id) // never fails: crypto/rand ends the program instead
	n, err := rand.Int(rand.Reader, big.NewInt(1_000_000))
	if err != nil {
		return "", fmt.Errorf("office: code: %w", err)
	}
	code := fmt.Sprintf("%0*d", codeDigits, n)
	now, send := o.now(), false
	err = o.beside(ctx, func(tx *store.Tx) error {
		blind := o.contactBlind(kind, plain)
		day, err := tx.CountContactCodes(ctx, blind, now.Add(-24*time.Hour))
		if err != nil {
			return err
		}
		hour, err := tx.CountContactCodes(ctx, blind, now.Add(-time.Hour))
		if err != nil {
			return err
		}
		if send = day < codesDay && hour < codesHour; !send {
			blind = "" // a ticket like any other, that is of nobody and counts for nobody
		}
		return tx.PutContactCode(ctx, store.ContactCode{ID: id, Blind: blind, MAC: o.codeMAC(id, code), Made: now, Expires: now.Add(codeKept)})
	})
	if err != nil {
		return "", err
	}
	if send {
		o.post(Letter{Kind: kind, To: plain, Subject: i18n.T(lang, "contact.code_subject"), Text: i18n.T(lang, "contact.code_text", "code", code, "n", int(codeKept/time.Minute))})
	}
	return hex.EncodeToString(id), nil
}

func (o *Office) codeMAC(id []byte, code string) []byte {
	return o.vault.MAC(vault.ContactCode, append(slices.Clone(id), code...))
}

// post carries a letter while the caller goes on: how long it takes tells nothing then. Where too many are on their way,
// or it cannot be carried, the log says so without naming anybody.
func (o *Office) post(l Letter) {
	select {
	case o.carrying <- struct{}{}:
	default:
		slog.Error("message", "kind", l.Kind, "fault", "too many on their way")
		return
	}
	o.posted.Go(func() {
		defer func() { <-o.carrying }()
		ctx, cancel := context.WithTimeout(o.ctx, carryTime)
		defer cancel()
		if err := o.courier.Carry(ctx, l); err != nil {
			slog.Error("message", "kind", l.Kind, "fault", err)
		}
	})
}

// Posted waits until every letter that is on its way has been carried or given up.
func (o *Office) Posted() { o.posted.Wait() }

// Contact is one that somebody has just confirmed: by what its matters are found.
type Contact struct{ blind string }

// Text is the contact as a door keeps it, sealed; ContactFrom reads it.
func (c Contact) Text() string { return c.blind }

// ContactFrom reads what Text wrote.
func ContactFrom(text string) Contact { return Contact{text} }

// CheckCode gives the contact whose ticket and code these are. ErrCode for another code, ErrCodeOver where there is none
// any more: it served, was tried too often, or its ten minutes are over.
func (o *Office) CheckCode(ctx context.Context, ticket, code string) (Contact, error) {
	id, err := hex.DecodeString(ticket)
	if err != nil || len(id) == 0 {
		return Contact{}, ErrCodeOver
	}
	var c store.ContactCode
	var said error
	err = o.db.Write(ctx, func(tx *store.Tx) error {
		said = nil
		var err error
		if c, err = tx.ContactCode(ctx, id, o.now()); errors.Is(err, store.ErrNotFound) || err == nil && c.Tries >= codeTries {
			said = ErrCodeOver
			return nil
		}
		if err != nil {
			return err
		}
		if !hmac.Equal(c.MAC, o.codeMAC(id, plainCode(code))) {
			said = ErrCode
			return tx.TryContactCode(ctx, id) // counted though it is refused
		}
		return tx.TakeContactCode(ctx, id)
	})
	return Contact{c.Blind}, errors.Join(err, said)
}

// plainCode is a code as it was typed, in digits of ASCII.
func plainCode(typed string) string {
	var b strings.Builder
	for _, c := range typed {
		if c >= '０' && c <= '９' {
			c -= '０' - '0'
		}
		if c >= '0' && c <= '9' {
			b.WriteRune(c)
		}
	}
	return b.String()
}

// ContactOfAccount is the contact of whom a provider calls by a name, and renews it.
func (o *Office) ContactOfAccount(name string) Contact {
	return Contact{o.contactBlind(ContactAccount, name)}
}

// contactPlace is what a contact is sealed for.
func contactPlace(id matter.ID, kind string) []byte {
	return []byte("contact\x01" + id.String() + "\x00" + kind)
}

func (o *Office) putContact(ctx context.Context, tx *store.Tx, id matter.ID, kind, plain string) error {
	s, err := o.vault.Seal([]byte(plain), contactPlace(id, kind))
	if err != nil {
		return err
	}
	sealed, err := json.Marshal(s)
	if err != nil {
		return fmt.Errorf("office: contact: %w", err)
	}
	return tx.PutContact(ctx, store.Contact{Matter: id, Kind: kind, Blind: o.contactBlind(kind, plain), Sealed: sealed, Expires: o.now().Add(contactKept)})
}

func (o *Office) openContact(c store.Contact) (string, error) {
	var s vault.Sealed
	if err := json.Unmarshal(c.Sealed, &s); err != nil {
		return "", fmt.Errorf("office: contact: %w", err)
	}
	plain, err := o.vault.Open(s, contactPlace(c.Matter, c.Kind))
	return string(plain), err
}
