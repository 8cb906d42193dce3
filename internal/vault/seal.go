package vault

import (
	"crypto/aes"
	"crypto/cipher"
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"crypto/subtle"
	"encoding/binary"
	"errors"
	"fmt"
)

// ErrUnsealable means a sealed part cannot be opened: changed, moved to another place, or sealed
// with a key this vault does not hold. It never says which byte.
var ErrUnsealable = errors.New("sealed part cannot be opened")

const (
	wrapFormat = 1 // first byte of WrappedKey: XChaCha20-Poly1305 over data key ‖ salt
	dataKey    = 32
	saltSize   = 32
)

// Sealed is one part as it is stored. The salt is not among the fields: beside the commitment it
// would let anyone who reads the database try out short texts, so it travels inside WrappedKey.
type Sealed struct {
	KeyID      string   // the key that wrapped WrappedKey
	WrappedKey []byte   // format byte ‖ nonce ‖ wrapped(data key ‖ salt)
	Ciphertext []byte   // AES-256-GCM under the data key, tag at the end
	Commitment [32]byte // HMAC-SHA-256(salt, plaintext): opened by whoever is given the salt
	CipherHash [32]byte // SHA-256(Ciphertext): checked without any key
}

// Place says where a part stands in the record. A part sealed for one place opens nowhere else.
type Place struct {
	Shard  uint16
	Matter uint64
	Seq    uint64 // the entry within the matter
	Class  string // public, parties, filer, staff, sealed, party:ID …
}

// AAD is the place as bytes, one encoding for each place.
func (p Place) AAD() []byte {
	b := make([]byte, 0, 24+len(p.Class))
	b = append(b, "part\x01"...)
	b = binary.BigEndian.AppendUint16(b, p.Shard)
	b = binary.BigEndian.AppendUint64(b, p.Matter)
	b = binary.BigEndian.AppendUint64(b, p.Seq)
	return append(b, p.Class...) // last, so its length needs no field
}

// Seal encrypts plaintext under a fresh data key and salt, for the place aad names. The caller gives
// plaintext in canonical form: the commitment is over exactly these bytes.
func (v *Vault) Seal(plaintext, aad []byte) (Sealed, error) {
	var secret [dataKey + saltSize]byte
	rand.Read(secret[:])
	defer clear(secret[:])
	gcm, err := dataCipher(secret[:dataKey])
	if err != nil {
		return Sealed{}, err
	}
	active := v.ring.Load().active
	s := Sealed{KeyID: active.id, Commitment: Commit(secret[dataKey:], plaintext)}
	// The data key encrypts this one text and no other, so the nonce may be constant.
	s.Ciphertext = gcm.Seal(nil, make([]byte, gcm.NonceSize()), plaintext, aad)
	s.CipherHash = sha256.Sum256(s.Ciphertext)
	s.WrappedKey = active.wrapSecret(secret[:], aad)
	return s, nil
}

// Open returns the plaintext of s, or ErrUnsealable if any byte of s or aad is not as it was sealed.
func (v *Vault) Open(s Sealed, aad []byte) ([]byte, error) {
	plaintext, _, err := v.Reveal(s, aad)
	return plaintext, err
}

// Reveal returns plaintext and salt, for a receipt or export whose holder may read this part and
// shall be able to check its commitment with Commit.
func (v *Vault) Reveal(s Sealed, aad []byte) (plaintext, salt []byte, err error) {
	if sum := sha256.Sum256(s.Ciphertext); subtle.ConstantTimeCompare(sum[:], s.CipherHash[:]) != 1 {
		return nil, nil, fmt.Errorf("vault: %w: ciphertext differs from its hash", ErrUnsealable)
	}
	secret, err := v.unwrapSecret(s, aad)
	if err != nil {
		return nil, nil, err
	}
	defer clear(secret[:dataKey])
	gcm, err := dataCipher(secret[:dataKey])
	if err != nil {
		return nil, nil, err
	}
	plaintext, err = gcm.Open(nil, make([]byte, gcm.NonceSize()), s.Ciphertext, aad)
	if err != nil {
		return nil, nil, fmt.Errorf("vault: %w: wrong key, place or content", ErrUnsealable)
	}
	salt = secret[dataKey:]
	if sum := Commit(salt, plaintext); subtle.ConstantTimeCompare(sum[:], s.Commitment[:]) != 1 {
		return nil, nil, fmt.Errorf("vault: %w: content differs from its commitment", ErrUnsealable)
	}
	return plaintext, salt, nil
}

// Rewrap wraps the data key and salt of s under the active key. Ciphertext, commitment and hash stay,
// so that nothing already proved or chained changes.
func (v *Vault) Rewrap(s Sealed, aad []byte) (Sealed, error) {
	secret, err := v.unwrapSecret(s, aad)
	if err != nil {
		return Sealed{}, err
	}
	defer clear(secret)
	active := v.ring.Load().active
	s.KeyID, s.WrappedKey = active.id, active.wrapSecret(secret, aad)
	return s, nil
}

// Commit is the commitment of a part; a stranger recomputes it from the salt and text he was given.
func Commit(salt, plaintext []byte) [32]byte {
	h := hmac.New(sha256.New, salt)
	h.Write(plaintext)
	return [32]byte(h.Sum(nil))
}

func dataCipher(key []byte) (cipher.AEAD, error) {
	block, err := aes.NewCipher(key)
	if err != nil {
		return nil, fmt.Errorf("vault: data key: %w", err)
	}
	gcm, err := cipher.NewGCM(block)
	if err != nil {
		return nil, fmt.Errorf("vault: data key: %w", err)
	}
	return gcm, nil
}

// wrapSecret takes 24 random bytes as nonce: one key wraps thousands of millions of parts in the life
// of a city, more than the 2^32 for which random 12-byte nonces of AES-GCM are safe (NIST SP 800-38D, 8.3).
func (k *keys) wrapSecret(secret, aad []byte) []byte {
	out := make([]byte, 1+k.wrap.NonceSize(), 1+k.wrap.NonceSize()+len(secret)+k.wrap.Overhead())
	out[0] = wrapFormat
	rand.Read(out[1:])
	return k.wrap.Seal(out, out[1:], secret, wrapAAD(k.id, aad))
}

func (v *Vault) unwrapSecret(s Sealed, aad []byte) ([]byte, error) {
	k := v.ring.Load().byID[s.KeyID]
	if k == nil {
		return nil, fmt.Errorf("vault: %w: key %q is not in the key file", ErrUnsealable, s.KeyID)
	}
	n := 1 + k.wrap.NonceSize()
	if len(s.WrappedKey) != n+dataKey+saltSize+k.wrap.Overhead() || s.WrappedKey[0] != wrapFormat {
		return nil, fmt.Errorf("vault: %w: wrapped key of unknown form", ErrUnsealable)
	}
	secret, err := k.wrap.Open(nil, s.WrappedKey[1:n], s.WrappedKey[n:], wrapAAD(k.id, aad))
	if err != nil {
		return nil, fmt.Errorf("vault: %w: wrapped key or place was changed", ErrUnsealable)
	}
	return secret, nil
}

func wrapAAD(id string, aad []byte) []byte {
	b := make([]byte, 0, 6+len(id)+len(aad))
	b = append(b, "wrap\x01"...)
	b = append(b, byte(len(id)))
	b = append(b, id...)
	return append(b, aad...)
}
