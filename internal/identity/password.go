package identity

import (
	"context"
	"crypto/rand"
	"crypto/subtle"
	"encoding/base64"
	"errors"
	"fmt"
	"strings"

	"golang.org/x/crypto/argon2"
	"golang.org/x/text/unicode/norm"
)

// ErrBadHash means a stored password hash is not one this package can check.
var ErrBadHash = errors.New("stored password hash is not readable")

// Cost is what one argon2id hash costs.
type Cost struct {
	MemoryKiB uint32
	Passes    uint32
	Lanes     uint8
}

// DefaultCost is the least the OWASP Password Storage Cheat Sheet allows for argon2id: 19 MiB, two passes,
// one lane. It takes some 30 ms of one core.
var DefaultCost = Cost{MemoryKiB: 19 * 1024, Passes: 2, Lanes: 1}

// maxCost bounds what a stored hash may ask for, so that one changed row cannot exhaust the server.
var maxCost = Cost{MemoryKiB: 256 * 1024, Passes: 16, Lanes: 8}

const (
	hashSalt = 16
	hashSize = 32
)

// Hasher makes and checks password hashes, a bounded number at a time: each takes memory and a core.
type Hasher struct {
	cost  Cost
	slots chan struct{}
	decoy string // checked when there is no account, so that both answers take as long
}

// NewHasher hashes at the given cost, at most atOnce (at least 1) at a time.
func NewHasher(cost Cost, atOnce int) *Hasher {
	h := &Hasher{cost: cost, slots: make(chan struct{}, max(1, atOnce))}
	// Random bytes stand for the hash of a password nobody knows: checking it takes as long, making it takes no time.
	salt, sum := make([]byte, hashSalt), make([]byte, hashSize)
	rand.Read(salt)
	rand.Read(sum)
	h.decoy = phc{cost, salt, sum}.String()
	return h
}

// Hash returns the hash of password as a PHC string. It waits its turn, or gives ctx's error.
func (h *Hasher) Hash(ctx context.Context, password string) (string, error) {
	if err := h.enter(ctx); err != nil {
		return "", err
	}
	defer h.leave()
	return h.hash(password), nil
}

func (h *Hasher) hash(password string) string {
	salt := make([]byte, hashSalt)
	rand.Read(salt)
	return phc{h.cost, salt, digest(h.cost, password, salt, hashSize)}.String()
}

// Check tells whether password belongs to the stored hash, and whether that hash was made at another
// cost than today's, so that the caller stores a new one while it has the password. With stored ""
// (no such account) it takes as long and says no. ErrBadHash if stored cannot be read.
func (h *Hasher) Check(ctx context.Context, stored, password string) (ok, outdated bool, err error) {
	exists := stored != ""
	if !exists {
		stored = h.decoy
	}
	p, err := parsePHC(stored)
	if err != nil {
		return false, false, err
	}
	if err := h.enter(ctx); err != nil {
		return false, false, err
	}
	defer h.leave()
	sum := digest(p.cost, password, p.salt, len(p.sum))
	ok = subtle.ConstantTimeCompare(sum, p.sum) == 1 && exists
	return ok, ok && (p.cost != h.cost || len(p.salt) != hashSalt || len(p.sum) != hashSize), nil
}

func (h *Hasher) enter(ctx context.Context) error {
	select {
	case h.slots <- struct{}{}:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

func (h *Hasher) leave() { <-h.slots }

func digest(c Cost, password string, salt []byte, size int) []byte {
	return argon2.IDKey([]byte(canonical(password)), salt, c.Passes, c.MemoryKiB, c.Lanes, uint32(size))
}

// canonical is NFKC, as NIST SP 800-63B asks: an input method left in full width types the same password.
func canonical(password string) string { return norm.NFKC.String(password) }

// phc is a hash in the PHC string format: $argon2id$v=19$m=19456,t=2,p=1$salt$hash, base64 without padding.
type phc struct {
	cost Cost
	salt []byte
	sum  []byte
}

var phcBase64 = base64.RawStdEncoding.Strict()

func (p phc) String() string {
	return fmt.Sprintf("$argon2id$v=%d$m=%d,t=%d,p=%d$%s$%s", argon2.Version, p.cost.MemoryKiB, p.cost.Passes, p.cost.Lanes,
		phcBase64.EncodeToString(p.salt), phcBase64.EncodeToString(p.sum))
}

func parsePHC(s string) (phc, error) {
	var p phc
	parts := strings.Split(s, "$")
	if len(s) > 300 || len(parts) != 6 || parts[0] != "" || parts[1] != "argon2id" || parts[2] != fmt.Sprintf("v=%d", argon2.Version) {
		return phc{}, fmt.Errorf("identity: %w: not an argon2id PHC string", ErrBadHash)
	}
	if _, err := fmt.Sscanf(parts[3], "m=%d,t=%d,p=%d", &p.cost.MemoryKiB, &p.cost.Passes, &p.cost.Lanes); err != nil {
		return phc{}, fmt.Errorf("identity: %w: cost", ErrBadHash)
	}
	c := p.cost
	if c.Passes < 1 || c.Lanes < 1 || c.MemoryKiB < 8*uint32(c.Lanes) || c.Passes > maxCost.Passes || c.Lanes > maxCost.Lanes || c.MemoryKiB > maxCost.MemoryKiB {
		return phc{}, fmt.Errorf("identity: %w: cost out of bounds", ErrBadHash)
	}
	var err1, err2 error
	p.salt, err1 = phcBase64.DecodeString(parts[4])
	p.sum, err2 = phcBase64.DecodeString(parts[5])
	if err1 != nil || err2 != nil || len(p.salt) < 8 || len(p.sum) < 16 {
		return phc{}, fmt.Errorf("identity: %w: salt or hash", ErrBadHash)
	}
	if p.String() != s { // signs, spaces, leading zeros or more after the cost
		return phc{}, fmt.Errorf("identity: %w: not in canonical form", ErrBadHash)
	}
	return p, nil
}
