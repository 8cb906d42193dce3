package office

import (
	"context"
	"crypto/rand"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"time"

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
