package vault

import (
	"crypto/ed25519"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"strings"

	"golang.org/x/mod/sumdb/note"
)

// ErrBadSignature means a signature is not one of the named key over this message.
var ErrBadSignature = errors.New("signature does not hold")

// Signature is a signature over a head with the id of the key that made it.
type Signature struct {
	KeyID string
	Bytes []byte // Ed25519, 64 bytes
}

// Sign signs msg, the text of a head, with the active key.
func (v *Vault) Sign(msg []byte) Signature {
	active := v.ring.Load().active
	return Signature{KeyID: active.id, Bytes: ed25519.Sign(active.head, msg)}
}

// Verify checks a signature by any key this vault holds, or gives ErrBadSignature.
func (v *Vault) Verify(msg []byte, sig Signature) error { return v.Verifier().Verify(msg, sig) }

// Verifier holds the public head keys by id, old ones included. It has no secret: it is published and
// given with exports, so that heads are checked without the vault.
type Verifier struct {
	keys map[string]ed25519.PublicKey
}

// Verifier returns the public keys of this vault.
func (v *Vault) Verifier() Verifier { return v.ring.Load().verifier }

// Verify checks that sig was made over msg by the key it names, or gives ErrBadSignature.
func (p Verifier) Verify(msg []byte, sig Signature) error {
	key, ok := p.keys[sig.KeyID]
	if !ok {
		return fmt.Errorf("vault: %w: unknown key %q", ErrBadSignature, sig.KeyID)
	}
	if !ed25519.Verify(key, msg, sig.Bytes) {
		return fmt.Errorf("vault: %w: key %s", ErrBadSignature, sig.KeyID)
	}
	return nil
}

// MarshalJSON writes key ids with their public keys in base64.
func (p Verifier) MarshalJSON() ([]byte, error) {
	return json.Marshal(p.keys)
}

// UnmarshalJSON reads what MarshalJSON wrote and refuses keys of a wrong length.
func (p *Verifier) UnmarshalJSON(text []byte) error {
	var read map[string]ed25519.PublicKey
	if err := json.Unmarshal(text, &read); err != nil {
		return fmt.Errorf("vault: read verifier: %w", err)
	}
	for id, key := range read {
		if len(key) != ed25519.PublicKeySize {
			return fmt.Errorf("vault: read verifier: key %q has %d bytes", id, len(key))
		}
	}
	p.keys = read
	return nil
}

// NoteSigner signs checkpoints as signed notes (golang.org/x/mod/sumdb/note) under the log's name. Its key
// does not rotate with the master keys: witnesses and holders of receipts know the log by it.
func (v *Vault) NoteSigner(name string) (note.Signer, error) {
	vkey, err := v.NoteVerifierKey(name)
	if err != nil {
		return nil, err
	}
	// name+hash+key, and a checked name holds no plus sign.
	hash := strings.SplitN(vkey, "+", 3)[1]
	seed := append([]byte{noteEd25519}, v.checkpoint.Seed()...)
	signer, err := note.NewSigner("PRIVATE+KEY+" + name + "+" + hash + "+" + base64.StdEncoding.EncodeToString(seed))
	if err != nil {
		return nil, fmt.Errorf("vault: checkpoint signer %q: %w", name, err)
	}
	return signer, nil
}

// NoteVerifierKey is the text to publish for checking checkpoints, as note.NewVerifier reads it.
func (v *Vault) NoteVerifierKey(name string) (string, error) {
	vkey, err := note.NewEd25519VerifierKey(name, v.checkpoint.Public().(ed25519.PublicKey))
	if err == nil {
		_, err = note.NewVerifier(vkey) // refuses a name with spaces or plus signs, which the line above lets pass
	}
	if err != nil {
		return "", fmt.Errorf("vault: checkpoint verifier %q: %w", name, err)
	}
	return vkey, nil
}

// noteEd25519 is the algorithm byte of Ed25519 in a signed note (C2SP signed-note).
const noteEd25519 = 1
