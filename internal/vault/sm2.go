package vault

import (
	"crypto/ecdsa"
	"crypto/ed25519"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"encoding/binary"
	"errors"
	"fmt"
	"math/big"
	"strings"

	gmecdh "github.com/emmansun/gmsm/ecdh"
	"github.com/emmansun/gmsm/sm2"
	"golang.org/x/mod/sumdb/note"
)

// sm2User is the name that SM2 hashes with a message where the parties have agreed on none (GM/T 0009).
const sm2User = "1234567812345678"

// sm2PublicSize is an uncompressed point: 04, x, y.
const sm2PublicSize = 65

// sm2FromSeed derives a private key: a number from 1 to n-2, from so many bits that none is likelier than another.
func sm2FromSeed(seed []byte) (*sm2.PrivateKey, error) {
	wide, err := expand(national{}, seed, nil, "yifa/v1/sm2")
	if err != nil {
		return nil, err
	}
	n := new(big.Int).Sub(sm2.P256().Params().N, big.NewInt(2))
	d := new(big.Int).Mod(new(big.Int).SetBytes(wide), n)
	d.Add(d, big.NewInt(1))
	scalar := d.FillBytes(make([]byte, 32))
	defer clear(scalar)
	on, err := gmecdh.P256().NewPrivateKey(scalar)
	if err != nil {
		return nil, fmt.Errorf("vault: SM2 key: %w", err)
	}
	public, err := sm2Public(on.PublicKey().Bytes())
	if err != nil {
		return nil, err
	}
	return &sm2.PrivateKey{PrivateKey: ecdsa.PrivateKey{PublicKey: *public, D: d}}, nil //nolint:staticcheck // gmsm takes keys of crypto/ecdsa, which parses none of its curve
}

// sm2Public reads an uncompressed point, and refuses one that is not on the curve.
func sm2Public(point []byte) (*ecdsa.PublicKey, error) {
	if len(point) != sm2PublicSize {
		return nil, fmt.Errorf("vault: SM2 public key has %d bytes", len(point))
	}
	if _, err := gmecdh.P256().NewPublicKey(point); err != nil {
		return nil, fmt.Errorf("vault: SM2 public key: %w", err)
	}
	return &ecdsa.PublicKey{Curve: sm2.P256(), X: new(big.Int).SetBytes(point[1:33]), Y: new(big.Int).SetBytes(point[33:])}, nil //nolint:staticcheck // gmsm takes keys of crypto/ecdsa, which parses none of its curve
}

func sm2Bytes(key *ecdsa.PublicKey) []byte {
	out := make([]byte, sm2PublicSize)
	out[0] = 4
	key.X.FillBytes(out[1:33]) //nolint:staticcheck // gmsm takes keys of crypto/ecdsa, which parses none of its curve
	key.Y.FillBytes(out[33:])  //nolint:staticcheck // gmsm takes keys of crypto/ecdsa, which parses none of its curve
	return out
}

func sm2Sign(key *sm2.PrivateKey, msg []byte) ([]byte, error) {
	sig, err := key.Sign(rand.Reader, msg, sm2.NewSM2SignerOption(true, []byte(sm2User)))
	if err != nil {
		return nil, fmt.Errorf("vault: SM2: %w", err)
	}
	return sig, nil
}

func sm2Verify(key *ecdsa.PublicKey, msg, sig []byte) bool {
	return sm2.VerifyASN1WithSM2(key, []byte(sm2User), msg, sig)
}

// headKey signs heads: by Ed25519, and in the national suite by SM2 too. A signature is Ed25519's 64 bytes, then SM2's in
// ASN.1; a public key is Ed25519's 32 bytes, then SM2's point.
type headKey struct {
	ed  ed25519.PrivateKey
	sm2 *sm2.PrivateKey
}

func (k headKey) public() []byte {
	out := []byte(k.ed.Public().(ed25519.PublicKey))
	if k.sm2 != nil {
		out = append(out[:len(out):len(out)], sm2Bytes(&k.sm2.PublicKey)...)
	}
	return out
}

func (k headKey) sign(msg []byte) ([]byte, error) {
	out := ed25519.Sign(k.ed, msg)
	if k.sm2 == nil {
		return out, nil
	}
	more, err := sm2Sign(k.sm2, msg)
	return append(out, more...), err
}

// headPublic is the public half of a head key.
type headPublic []byte

func (p headPublic) check() error {
	switch len(p) {
	case ed25519.PublicKeySize:
		return nil
	case ed25519.PublicKeySize + sm2PublicSize:
		_, err := sm2Public(p[ed25519.PublicKeySize:])
		return err
	}
	return fmt.Errorf("has %d bytes", len(p))
}

// holds says whether a signature is one over msg: both of them where the key has two halves.
func (p headPublic) holds(msg, sig []byte) bool {
	if p.check() != nil || len(sig) < ed25519.SignatureSize {
		return false
	}
	first, second := sig[:ed25519.SignatureSize], sig[ed25519.SignatureSize:]
	if !ed25519.Verify(ed25519.PublicKey(p[:ed25519.PublicKeySize]), msg, first) {
		return false
	}
	if len(p) == ed25519.PublicKeySize {
		return len(second) == 0
	}
	key, err := sm2Public(p[ed25519.PublicKeySize:])
	return err == nil && sm2Verify(key, msg, second)
}

// noteSM2 begins the public key of an SM2 line in a signed note. C2SP gives SM2 no number of its own: 0xff is the one for
// kinds it does not list, and a name of ours tells it from others of that number.
var noteSM2 = append([]byte{0xff}, "yifa/sm2\n"...)

// sm2Note signs notes by SM2 under a name, beside the line of Ed25519.
type sm2Note struct {
	key  *sm2.PrivateKey
	name string
}

// sm2NoteKey writes a verifier key: name, hash, and the point in base64.
func sm2NoteKey(name string, key *ecdsa.PublicKey) string {
	public := append(noteSM2[:len(noteSM2):len(noteSM2)], sm2Bytes(key)...)
	return fmt.Sprintf("%s+%08x+%s", name, sm2NoteHash(name, public), base64.StdEncoding.EncodeToString(public))
}

func sm2NoteHash(name string, public []byte) uint32 {
	sum := sha256.Sum256(append([]byte(name+"\n"), public...))
	return binary.BigEndian.Uint32(sum[:])
}

func (s *sm2Note) Name() string { return s.name }

func (s *sm2Note) KeyHash() uint32 {
	return sm2NoteHash(s.name, append(noteSM2[:len(noteSM2):len(noteSM2)], sm2Bytes(&s.key.PublicKey)...))
}

func (s *sm2Note) Sign(msg []byte) ([]byte, error) { return sm2Sign(s.key, msg) }

// sm2Verifier checks the SM2 line of a note.
type sm2Verifier struct {
	name string
	hash uint32
	key  *ecdsa.PublicKey
}

func (v *sm2Verifier) Name() string                { return v.name }
func (v *sm2Verifier) KeyHash() uint32             { return v.hash }
func (v *sm2Verifier) Verify(msg, sig []byte) bool { return sm2Verify(v.key, msg, sig) }

// ErrNoteKey: a text is no verifier key of a kind this program knows.
var ErrNoteKey = errors.New("not a verifier key")

// NewNoteVerifier reads a verifier key of a log, of Ed25519 or of SM2.
func NewNoteVerifier(vkey string) (note.Verifier, error) {
	parts := strings.SplitN(vkey, "+", 3)
	if len(parts) == 3 {
		public, err := base64.StdEncoding.DecodeString(parts[2])
		if point, ours := strings.CutPrefix(string(public), string(noteSM2)); err == nil && ours {
			key, err := sm2Public([]byte(point))
			if err != nil {
				return nil, fmt.Errorf("%w: %w", ErrNoteKey, err)
			}
			v := &sm2Verifier{parts[0], sm2NoteHash(parts[0], public), key}
			if fmt.Sprintf("%08x", v.hash) != parts[1] || parts[0] == "" {
				return nil, fmt.Errorf("%w: its hash is another", ErrNoteKey)
			}
			return v, nil
		}
	}
	v, err := note.NewVerifier(vkey)
	if err != nil {
		return nil, fmt.Errorf("%w: %w", ErrNoteKey, err)
	}
	return v, nil
}
