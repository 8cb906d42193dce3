package office

import (
	"bytes"
	"context"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"net/url"

	"github.com/go-webauthn/webauthn/protocol"
	"github.com/go-webauthn/webauthn/webauthn"

	"yifa/internal/identity"
	"yifa/internal/store"
	"yifa/internal/vault"
)

// Ceremony is what a browser needs for a passkey: what the script hands to it, and the name under which the answer is
// waited for, once.
type Ceremony struct {
	ID      string
	Options string // JSON
}

// keyUser is the owner of passkeys as the library asks for him. His handle, which stays in the key, is a keyed hash.
type keyUser struct {
	handle []byte
	a      store.Account
	keys   []webauthn.Credential
}

func (u keyUser) WebAuthnID() []byte                         { return u.handle }
func (u keyUser) WebAuthnName() string                       { return u.a.Login }
func (u keyUser) WebAuthnDisplayName() string                { return u.a.Name }
func (u keyUser) WebAuthnCredentials() []webauthn.Credential { return u.keys }

// handlePurpose is the purpose under which the handles of passkeys' owners are made.
const handlePurpose vault.Purpose = "passkey owner"

// ErrNoPasskeys: passkeys are bound to the name of a host, and this one has none but an address of numbers.
var ErrNoPasskeys = errors.New("office: no passkeys at an address without a name")

// PasskeysAt says whether there can be passkeys at an origin (https://host).
func PasskeysAt(origin string) bool {
	_, err := relying(origin)
	return err == nil
}

// relying is the platform as passkeys know it, at one origin.
func relying(origin string) (*webauthn.WebAuthn, error) {
	at, err := url.Parse(origin)
	if err != nil {
		return nil, ErrNoPasskeys
	}
	w, err := webauthn.New(&webauthn.Config{RPID: at.Hostname(), RPDisplayName: "依法", RPOrigins: []string{origin}})
	if err != nil {
		return nil, ErrNoPasskeys
	}
	return w, nil
}

func (o *Office) keyUser(ctx context.Context, q *store.Query, person string) (keyUser, error) {
	u := keyUser{handle: o.vault.MAC(handlePurpose, []byte(person))}
	var err error
	if u.a, err = q.Account(ctx, person); err != nil {
		return u, err
	}
	list, err := q.Factors(ctx, person)
	for _, f := range list {
		if err != nil || f.Kind != kindPasskey {
			continue
		}
		var key webauthn.Credential
		if key, err = o.openKey(f); err == nil {
			u.keys = append(u.keys, key)
		}
	}
	return u, err
}

func (o *Office) openKey(f store.Factor) (webauthn.Credential, error) {
	var key webauthn.Credential
	text, err := o.openFactor(f)
	if err == nil {
		err = json.Unmarshal(text, &key)
	}
	return key, err
}

func (o *Office) putKey(ctx context.Context, tx *store.Tx, f store.Factor, key *webauthn.Credential) error {
	text, err := json.Marshal(key)
	if err != nil {
		return fmt.Errorf("office: passkey: %w", err)
	}
	return o.putFactor(ctx, tx, f, text)
}

func keyID(raw []byte) string { return base64.RawURLEncoding.EncodeToString(raw) }

// NewPasskey begins the making of a passkey of the reader.
func (o *Office) NewPasskey(ctx context.Context, r Reader, origin string) (c Ceremony, err error) {
	if err := o.mayChange(r); err != nil {
		return c, err
	}
	w, err := relying(origin)
	if err != nil {
		return c, err
	}
	err = o.db.Write(ctx, func(tx *store.Tx) error {
		u, err := o.keyUser(ctx, &tx.Query, r.Person)
		if err != nil {
			return err
		}
		options, session, err := w.BeginRegistration(u, webauthn.WithResidentKeyRequirement(protocol.ResidentKeyRequirementRequired),
			webauthn.WithExclusions(webauthn.Credentials(u.keys).CredentialDescriptors()),
			webauthn.WithAuthenticatorSelection(protocol.AuthenticatorSelection{ResidentKey: protocol.ResidentKeyRequirementRequired, UserVerification: protocol.VerificationRequired}))
		if err != nil {
			return fmt.Errorf("office: passkey: %w", err)
		}
		c, err = o.putCeremony(ctx, tx, "make "+r.Person, session, options.Response)
		return err
	})
	return c, err
}

// AddPasskey ends the making of a passkey with the browser's answer, and gives recovery codes where it is the first
// second factor. ErrCredentials: the answer is not one to what was asked.
func (o *Office) AddPasskey(ctx context.Context, r Reader, a PasskeyAnswer) (recovery []string, err error) {
	if err := o.mayChange(r); err != nil {
		return nil, err
	}
	w, err := relying(a.Origin)
	if err != nil {
		return nil, err
	}
	parsed, err := protocol.ParseCredentialCreationResponseBytes([]byte(a.Answer))
	if err != nil {
		return nil, ErrCredentials
	}
	err = o.db.Write(ctx, func(tx *store.Tx) error {
		var session webauthn.SessionData
		if err := o.takeCeremony(ctx, tx, "make "+r.Person, a.Ceremony, &session); err != nil {
			return err
		}
		u, err := o.keyUser(ctx, &tx.Query, r.Person)
		if err != nil {
			return err
		}
		key, err := w.CreateCredential(u, session, parsed)
		if err != nil {
			return ErrCredentials
		}
		f := store.Factor{Person: r.Person, ID: keyID(key.ID), Kind: kindPasskey, Name: a.Name}
		if _, err := tx.Factor(ctx, kindPasskey, f.ID); !errors.Is(err, store.ErrNotFound) {
			return errors.Join(err, ErrCredentials)
		}
		if err := o.putKey(ctx, tx, f, key); err != nil {
			return err
		}
		left := 0
		list, err := tx.Factors(ctx, r.Person)
		for _, f := range list {
			if f.Kind == kindRecovery {
				left++
			}
		}
		if err != nil {
			return err
		}
		recovery, err = o.enrolled(ctx, tx, r, left, a.From)
		return err
	})
	return recovery, notFound(err)
}

// PasskeyAnswer is what a browser answered.
type PasskeyAnswer struct {
	Origin   string // of the site, as its visitors write it
	Ceremony string
	Answer   string // JSON
	Name     string // of a new one
	From     From
}

// AskPasskey begins a sign-in by passkey: whose, the key will tell.
func (o *Office) AskPasskey(ctx context.Context, origin string) (c Ceremony, err error) {
	w, err := relying(origin)
	if err != nil {
		return c, err
	}
	options, session, err := w.BeginDiscoverableLogin(webauthn.WithUserVerification(protocol.VerificationRequired))
	if err != nil {
		return c, fmt.Errorf("office: passkey: %w", err)
	}
	err = o.db.Write(ctx, func(tx *store.Tx) (err error) {
		c, err = o.putCeremony(ctx, tx, "sign in", session, options.Response)
		return err
	})
	return c, err
}

// SignInByPasskey lets in whose passkey answered. Under the token of a session that waits for his second factor it goes
// on from that; under that of his open session it shows who he is once more; otherwise it begins one. Errors:
// ErrCredentials.
func (o *Office) SignInByPasskey(ctx context.Context, token string, a PasskeyAnswer) (Signed, error) {
	w, err := relying(a.Origin)
	if err != nil {
		return Signed{}, err
	}
	parsed, err := protocol.ParseCredentialRequestResponseBytes([]byte(a.Answer))
	if err != nil {
		return Signed{}, ErrCredentials
	}
	var out Signed
	var again string
	err = o.db.Write(ctx, func(tx *store.Tx) error {
		var session webauthn.SessionData
		if err := o.takeCeremony(ctx, tx, "sign in", a.Ceremony, &session); err != nil {
			return err
		}
		var f store.Factor
		owner := func(raw, handle []byte) (webauthn.User, error) {
			var err error
			if f, err = tx.Factor(ctx, kindPasskey, keyID(raw)); err != nil {
				return nil, err
			}
			u, err := o.keyUser(ctx, &tx.Query, f.Person)
			if err == nil && !bytes.Equal(u.handle, handle) {
				err = ErrCredentials
			}
			return u, err
		}
		user, key, err := w.ValidatePasskeyLogin(owner, session, parsed)
		if err != nil || key.Authenticator.CloneWarning {
			return ErrCredentials
		}
		if err := o.putKey(ctx, tx, f, key); err != nil {
			return err
		}
		out, again, err = o.byPasskey(ctx, tx, token, user.(keyUser).a, a.From)
		return err
	})
	switch {
	case errors.Is(err, store.ErrNotFound), errors.Is(err, ErrNotFound):
		return Signed{}, ErrCredentials
	case err == nil && again != "":
		return o.provedBy(ctx, again, identity.ByPasskey, a.From)
	}
	return out, err
}

// byPasskey lets the owner of a passkey in, or gives the token of the session in which he has shown who he is.
func (o *Office) byPasskey(ctx context.Context, tx *store.Tx, token string, a store.Account, from From) (out Signed, again string, err error) {
	reg, err := o.registers(ctx, &tx.Query)
	if err != nil {
		return out, "", err
	}
	if a.Disabled || reg.over(a.Person, o.Today()) {
		return out, "", ErrCredentials
	}
	now := o.now()
	s, held, err := o.session(ctx, &tx.Query, token)
	switch {
	case err == nil && held.Person == a.Person && identity.Need(s.Needs) == identity.NeedFactor:
		s.How += "+" + string(identity.ByPasskey)
	case err == nil && held.Person == a.Person && s.Needs == "":
		return out, token, nil
	case err == nil || errors.Is(err, ErrNotFound) || errors.Is(err, store.ErrNotFound):
		s = store.Session{Person: a.Person, How: string(identity.ByPasskey), Begun: now, Proved: now, Origin: from.Address, Agent: from.Agent}
	default:
		return out, "", err
	}
	out, err = o.advance(ctx, tx, a, s)
	return out, "", err
}
