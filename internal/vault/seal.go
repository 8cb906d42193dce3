package vault

import (
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
	dataKey  = 32
	saltSize = 32
)

// Sealed is one part as it is stored. The salt is not among the fields: beside the commitment it
// would let anyone who reads the database try out short texts, so it travels inside WrappedKey.
type Sealed struct {
	KeyID      string   // the key that wrapped WrappedKey
	WrappedKey []byte   // by what it is wrapped and sealed (one byte) ‖ nonce ‖ wrapped(data key ‖ salt)
	Ciphertext []byte   // under the data key, AES-256-GCM or SM4-GCM, tag at the end
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
	active := v.ring.Load().active
	gcm, err := dataCipher(active.content, secret[:dataKey])
	if err != nil {
		return Sealed{}, err
	}
	s := Sealed{KeyID: active.id, Commitment: Commit(secret[dataKey:], plaintext)}
	// The data key encrypts this one text and no other, so the nonce may be constant.
	s.Ciphertext = gcm.Seal(nil, make([]byte, gcm.NonceSize()), plaintext, aad)
	s.CipherHash = sha256.Sum256(s.Ciphertext)
	s.WrappedKey, err = active.wrapSecret(active.content, secret[:], aad)
	return s, err
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
	gcm, err := dataCipher(s.WrappedKey[0]&sealMask, secret[:dataKey])
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
	s.KeyID = active.id
	s.WrappedKey, err = active.wrapSecret(s.WrappedKey[0]&sealMask, secret, aad)
	return s, err
}

// Commit is the commitment of a part; a stranger recomputes it from the salt and text he was given.
func Commit(salt, plaintext []byte) [32]byte {
	h := hmac.New(sha256.New, salt)
	h.Write(plaintext)
	return [32]byte(h.Sum(nil))
}

// wrapSecret wraps a data key and salt; sealed says by what the part is sealed.
func (k *keys) wrapSecret(sealed byte, secret, aad []byte) ([]byte, error) {
	kind := sealed | k.wrap.kind()
	return k.wrap.wrap([]byte{kind}, secret, wrapAAD(kind, k.id, aad))
}

func (v *Vault) unwrapSecret(s Sealed, aad []byte) ([]byte, error) {
	k := v.ring.Load().byID[s.KeyID]
	if k == nil {
		return nil, fmt.Errorf("vault: %w: key %q is not in the key file", ErrUnsealable, s.KeyID)
	}
	if len(s.WrappedKey) != 1+k.wrap.size() || s.WrappedKey[0]&wrapMask != k.wrap.kind() {
		return nil, fmt.Errorf("vault: %w: wrapped key of unknown form", ErrUnsealable)
	}
	secret, err := k.wrap.unwrap(s.WrappedKey[1:], wrapAAD(s.WrappedKey[0], k.id, aad))
	if err != nil {
		return nil, fmt.Errorf("vault: %w: wrapped key or place was changed", ErrUnsealable)
	}
	return secret, nil
}

// wrapAAD binds a wrapped key to the master, the place and what its first byte says; that of 0x01 is as it always was.
func wrapAAD(kind byte, id string, aad []byte) []byte {
	b := make([]byte, 0, 7+len(id)+len(aad))
	b = append(b, "wrap\x01"...)
	if kind != byXChaCha|inAES {
		b[len(b)-1] = 2
		b = append(b, kind)
	}
	b = append(b, byte(len(id)))
	b = append(b, id...)
	return append(b, aad...)
}
