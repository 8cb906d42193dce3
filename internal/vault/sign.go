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
	Bytes []byte // Ed25519, 64 bytes; in the national suite SM2 follows
}

// Sign signs msg, the text of a head, with the active key.
func (v *Vault) Sign(msg []byte) (Signature, error) {
	active := v.ring.Load().active
	sig, err := active.head.sign(msg)
	return Signature{KeyID: active.id, Bytes: sig}, err
}

// Verify checks a signature by any key this vault holds, or gives ErrBadSignature.
func (v *Vault) Verify(msg []byte, sig Signature) error { return v.Verifier().Verify(msg, sig) }

// Verifier holds the public head keys by id, old ones included. It has no secret: it is published and
// given with exports, so that heads are checked without the vault.
type Verifier struct {
	keys map[string]headPublic
}

// Verifier returns the public keys of this vault.
func (v *Vault) Verifier() Verifier { return v.ring.Load().verifier }

// Verify checks that sig was made over msg by the key it names, or gives ErrBadSignature.
func (p Verifier) Verify(msg []byte, sig Signature) error {
	key, ok := p.keys[sig.KeyID]
	if !ok {
		return fmt.Errorf("vault: %w: unknown key %q", ErrBadSignature, sig.KeyID)
	}
	if !key.holds(msg, sig.Bytes) {
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
	var read map[string]headPublic
	if err := json.Unmarshal(text, &read); err != nil {
		return fmt.Errorf("vault: read verifier: %w", err)
	}
	for id, key := range read {
		if err := key.check(); err != nil {
			return fmt.Errorf("vault: read verifier: key %q: %w", id, err)
		}
	}
	p.keys = read
	return nil
}

// NoteSigners sign checkpoints as signed notes (golang.org/x/mod/sumdb/note) under the log's name: Ed25519, and SM2 too
// while the key in use is of the national suite. Their keys do not rotate with the master keys: witnesses and holders
// of receipts know the log by them.
func (v *Vault) NoteSigners(name string) ([]note.Signer, error) {
	first, err := v.noteSigner(name)
	if err != nil || !v.SignsSM2() {
		return []note.Signer{first}, err
	}
	key, err := sm2FromSeed(v.checkpoint.Seed())
	return []note.Signer{first, &sm2Note{key, name}}, err
}

// SignsSM2 says whether checkpoints are signed by SM2 too, now.
func (v *Vault) SignsSM2() bool { return v.ring.Load().active.suite == National }

// SM2NoteVerifierKey is the text to publish for checking the SM2 line of notes, as NewNoteVerifier reads it. There is one
// whether such lines are signed now or not: they may have been.
func (v *Vault) SM2NoteVerifierKey(name string) (string, error) {
	key, err := sm2FromSeed(v.checkpoint.Seed())
	if err != nil {
		return "", err
	}
	return sm2NoteKey(name, &key.PublicKey), nil
}

func (v *Vault) noteSigner(name string) (note.Signer, error) {
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
