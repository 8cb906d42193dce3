package office

import (
	"context"
	"crypto/rand"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"time"

	"yifa/internal/identity"
	"yifa/internal/store"
	"yifa/internal/vault"
)

// ceremonyKept is how long there may be between the two requests of a passkey or a provider.
const ceremonyKept = 10 * time.Minute

// putCeremony keeps, sealed, what the second request needs.
func (o *Office) putCeremony(ctx context.Context, tx *store.Tx, what string, session, options any) (Ceremony, error) {
	id := make([]byte, 24)
	rand.Read(id)
	kept, err := json.Marshal(session)
	if err != nil {
		return Ceremony{}, fmt.Errorf("office: ceremony: %w", err)
	}
	s, err := o.vault.Seal(kept, ceremonyPlace(what, id))
	if err != nil {
		return Ceremony{}, err
	}
	sealed, err := json.Marshal(s)
	if err != nil {
		return Ceremony{}, fmt.Errorf("office: ceremony: %w", err)
	}
	text, err := json.Marshal(options)
	if err != nil {
		return Ceremony{}, fmt.Errorf("office: ceremony: %w", err)
	}
	return Ceremony{hex.EncodeToString(id), string(text)}, tx.PutCeremony(ctx, id, sealed, o.now().Add(ceremonyKept))
}

// takeCeremony gives back, once, what putCeremony kept for the same purpose.
func (o *Office) takeCeremony(ctx context.Context, tx *store.Tx, what, id string, session any) error {
	raw, err := hex.DecodeString(id)
	if err != nil {
		return ErrNotFound
	}
	sealed, err := tx.TakeCeremony(ctx, raw, o.now())
	if err != nil {
		return err
	}
	var s vault.Sealed
	if err := json.Unmarshal(sealed, &s); err != nil {
		return fmt.Errorf("office: ceremony: %w", err)
	}
	text, err := o.vault.Open(s, ceremonyPlace(what, raw))
	if err != nil {
		return ErrNotFound // kept for something else
	}
	return json.Unmarshal(text, session)
}

func ceremonyPlace(what string, id []byte) []byte {
	return append([]byte("ceremony\x01"+what+"\x00"), id...)
}

// KeepWaiting keeps what a sign-in by a provider needs between its two requests, and gives the name it is taken by.
func (o *Office) KeepWaiting(ctx context.Context, data []byte) (name string, err error) {
	return name, o.db.Write(ctx, func(tx *store.Tx) error {
		c, err := o.putCeremony(ctx, tx, "provider", data, nil)
		name = c.ID
		return err
	})
}

// TakeWaiting gives, once, what was kept; ErrNotFound afterwards and once it has expired.
func (o *Office) TakeWaiting(ctx context.Context, name string) (data []byte, err error) {
	err = o.db.Write(ctx, func(tx *store.Tx) error { return o.takeCeremony(ctx, tx, "provider", name, &data) })
	return data, notFound(err)
}

// SignInByProvider lets in whom a provider calls by the login of an account. It makes no account: ErrCredentials
// without one, or with one that is closed. shown is when he last showed the provider who he is, by the machine's clock: a
// provider that remembers him passes him on unasked, which is no proof for an act that asks for one. Zero: it did not say.
func (o *Office) SignInByProvider(ctx context.Context, login string, shown time.Time, from From) (Signed, error) {
	login = strings.ToLower(strings.TrimSpace(login))
	if !isText(login) {
		return Signed{}, ErrCredentials
	}
	a, err := o.accountBy(ctx, login)
	if errors.Is(err, store.ErrNotFound) {
		return Signed{}, ErrCredentials
	}
	if err != nil {
		return Signed{}, err
	}
	closed, err := o.closed(ctx, a)
	switch {
	case err != nil:
		return Signed{}, err
	case closed:
		return Signed{}, ErrCredentials
	}
	proved := time.Unix(0, 0)
	if !shown.IsZero() {
		proved = o.now().Add(-max(0, time.Since(shown)))
	}
	return o.begin(ctx, a, identity.ByProvider, proved, from)
}
