package vault

import (
	"crypto/aes"
	"crypto/cipher"
	"crypto/ed25519"
	"crypto/rand"
	"crypto/sha256"
	"fmt"
	"hash"

	"github.com/emmansun/gmsm/sm3"
	"github.com/emmansun/gmsm/sm4"
	"golang.org/x/crypto/chacha20poly1305"
)

// Suite names the algorithms a master works with. What was sealed and signed by one stays readable beside the other:
// each part says by what it was sealed and wrapped, each signature how long it is.
type Suite string

const (
	// Common: AES-256-GCM for parts, XChaCha20-Poly1305 for their keys, HMAC-SHA-256, Ed25519.
	Common Suite = ""
	// National: SM4-GCM for parts and their keys, HMAC-SM3, and SM2 beside Ed25519 (GB/T 32905, 32907, 32918).
	National Suite = "sm"
)

// Suites are those a master can be made for.
var Suites = []Suite{Common, National}

// algorithms is what a suite does. Commitments, hashes of ciphertexts and chains are SHA-256 in all of them: strangers
// check those, with what every browser and library has (docs/decisions/0021).
type algorithms interface {
	hash() hash.Hash                      // of subkeys and keyed hashes
	content() byte                        // by what parts are sealed
	wrapper(seed []byte) (wrapper, error) // of data keys
	headKey(seed []byte) (headKey, error) // signs heads
	numbered() string                     // the use under which the number of a master is derived
}

// algorithmsOf gives what a suite does; nil for one this program does not know.
func algorithmsOf(s Suite) algorithms {
	switch s {
	case Common:
		return common{}
	case National:
		return national{}
	}
	return nil
}

// The first byte of a wrapped key says, in its lower half, by what it is wrapped and, in its upper half, by what the
// part itself is sealed. 0x01 is what every program before suites wrote.
const (
	byXChaCha = 0x01
	bySM4     = 0x02
	inAES     = 0x00
	inSM4     = 0x10
	wrapMask  = 0x0f
	sealMask  = 0xf0
)

// wrapper wraps data keys under one master.
type wrapper interface {
	kind() byte
	wrap(out, secret, aad []byte) ([]byte, error) // appends
	unwrap(wrapped, aad []byte) ([]byte, error)
	size() int // of a wrapped data key and salt
}

type common struct{}

func (common) hash() hash.Hash  { return sha256.New() }
func (common) content() byte    { return inAES }
func (common) numbered() string { return "key id" }

func (common) wrapper(seed []byte) (wrapper, error) {
	aead, err := chacha20poly1305.NewX(seed)
	if err != nil {
		return nil, fmt.Errorf("vault: wrap key: %w", err)
	}
	return xchacha{aead}, nil
}

func (common) headKey(seed []byte) (headKey, error) {
	return headKey{ed: ed25519.NewKeyFromSeed(seed)}, nil
}

// xchacha takes 24 random bytes as nonce: one key wraps thousands of millions of parts in the life of a city, more than
// the 2^32 for which random 12-byte nonces of GCM are safe (NIST SP 800-38D, 8.3).
type xchacha struct{ aead cipher.AEAD }

func (xchacha) kind() byte  { return byXChaCha }
func (x xchacha) size() int { return x.aead.NonceSize() + dataKey + saltSize + x.aead.Overhead() }

func (x xchacha) wrap(out, secret, aad []byte) ([]byte, error) {
	nonce := make([]byte, x.aead.NonceSize())
	rand.Read(nonce)
	return x.aead.Seal(append(out, nonce...), nonce, secret, aad), nil
}

func (x xchacha) unwrap(wrapped, aad []byte) ([]byte, error) {
	n := x.aead.NonceSize()
	return x.aead.Open(nil, wrapped[:n], wrapped[n:], aad)
}

type national struct{}

func (national) hash() hash.Hash                      { return sm3.New() }
func (national) content() byte                        { return inSM4 }
func (national) numbered() string                     { return "key id sm" }
func (national) wrapper(seed []byte) (wrapper, error) { return sm4Wrap{seed}, nil }

func (national) headKey(seed []byte) (headKey, error) {
	private, err := sm2FromSeed(seed)
	return headKey{ed: ed25519.NewKeyFromSeed(seed), sm2: private}, err
}

// sm4Wrap makes a key of its own for each wrapping, from 32 random bytes: GCM has room for 2^32 random nonces under one
// key, and here each key meets one text, so that its nonce may be constant.
type sm4Wrap struct{ seed []byte }

const wrapSalt = 32

func (sm4Wrap) kind() byte { return bySM4 }
func (sm4Wrap) size() int  { return wrapSalt + dataKey + saltSize + gcmTag }

func (s sm4Wrap) wrap(out, secret, aad []byte) ([]byte, error) {
	var salt [wrapSalt]byte
	rand.Read(salt[:])
	gcm, err := s.once(salt[:])
	if err != nil {
		return nil, err
	}
	return gcm.Seal(append(out, salt[:]...), make([]byte, gcm.NonceSize()), secret, aad), nil
}

func (s sm4Wrap) unwrap(wrapped, aad []byte) ([]byte, error) {
	gcm, err := s.once(wrapped[:wrapSalt])
	if err != nil {
		return nil, err
	}
	return gcm.Open(nil, make([]byte, gcm.NonceSize()), wrapped[wrapSalt:], aad)
}

func (s sm4Wrap) once(salt []byte) (cipher.AEAD, error) {
	key, err := expand(national{}, s.seed, salt, "yifa/v1/wrap once")
	if err != nil {
		return nil, err
	}
	return gcmOf(sm4.NewCipher(key[:sm4.BlockSize]))
}

const gcmTag = 16

// dataCipher opens and seals a part by its data key. SM4 takes the first half of it.
func dataCipher(kind byte, key []byte) (cipher.AEAD, error) {
	switch kind {
	case inAES:
		return gcmOf(aes.NewCipher(key))
	case inSM4:
		return gcmOf(sm4.NewCipher(key[:sm4.BlockSize]))
	}
	return nil, fmt.Errorf("vault: %w: sealed in a way this program does not know", ErrUnsealable)
}

func gcmOf(block cipher.Block, err error) (cipher.AEAD, error) {
	if err != nil {
		return nil, fmt.Errorf("vault: data key: %w", err)
	}
	gcm, err := cipher.NewGCM(block)
	if err != nil {
		return nil, fmt.Errorf("vault: data key: %w", err)
	}
	return gcm, nil
}
