// Package pow keeps machines from flooding the anonymous forms without asking people to read crooked letters.
//
// The server signs a token when it shows a form. With JavaScript the browser finds, while the person writes, a number
// whose hash with the token begins with so many zero bits. Without JavaScript the token itself is the proof: it must be
// older than a person needs to read the form, and callers hold such senders to stricter limits. Either way a token is
// good once and for one day.
//
// It never learns who the sender is: a token holds random bytes, the second of issue and the asked difficulty, nothing
// about the reader.
package pow

import (
	"context"
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"encoding/binary"
	"errors"
	"fmt"
	"math/bits"
	"strconv"
	"time"
)

// Proof is how a sender showed to be worth an answer.
type Proof int

// The proofs.
const (
	None   Proof = iota
	Worked       // a number was found
	Waited       // the form was open long enough; apply stricter limits
)

// What Check refuses. None of them is a fault; each page asks the person to send again with a new token.
var (
	ErrForged  = errors.New("pow: token not signed here")
	ErrExpired = errors.New("pow: token older than a day")
	ErrTooSoon = errors.New("pow: sent sooner than a person could write")
	ErrWrong   = errors.New("pow: number does not fit the token")
	ErrSpent   = errors.New("pow: token used before")
)

// Issuer signs and checks tokens. All nodes of one site share Key and the store behind Spend.
type Issuer struct {
	Key  []byte        // at least 32 bytes, from the caller's vault
	Bits int           // leading zero bits asked for: 17 is half a second on a desk, a few on a cheap phone
	Wait time.Duration // without a number, the youngest token taken; 0: 5 seconds
	Life time.Duration // the oldest token taken; 0: 24 hours

	// Spend remembers a token until the given hour and says whether it was new.
	Spend func(ctx context.Context, id string, until time.Time) (fresh bool, err error)
	Now   func() time.Time
}

// random, seconds, bits: what is signed.
const bodyLength = 16 + 8 + 1

// New is a token for one form.
func (i *Issuer) New() string {
	body := make([]byte, bodyLength)
	_, _ = rand.Read(body[:16]) // never fails: crypto/rand ends the program instead
	binary.BigEndian.PutUint64(body[16:], uint64(i.Now().Unix()))
	body[24] = byte(i.Bits)
	return base64.RawURLEncoding.EncodeToString(append(body, i.sign(body)...))
}

func (i *Issuer) sign(body []byte) []byte {
	mac := hmac.New(sha256.New, i.Key)
	mac.Write([]byte("yifa pow 1\x00"))
	mac.Write(body)
	return mac.Sum(nil)[:16]
}

// Check takes a token once. nonce is the number found, or empty. The error is one of this package, or what Spend said.
func (i *Issuer) Check(ctx context.Context, token, nonce string) (Proof, error) {
	raw, err := base64.RawURLEncoding.DecodeString(token)
	if err != nil || len(raw) != bodyLength+16 || !hmac.Equal(raw[bodyLength:], i.sign(raw[:bodyLength])) {
		return None, ErrForged
	}
	issued := time.Unix(int64(binary.BigEndian.Uint64(raw[16:24])), 0)
	age, life := i.Now().Sub(issued), orElse(i.Life, 24*time.Hour)
	proof := Waited
	switch {
	case age > life:
		return None, ErrExpired
	case nonce != "" && !Fits(token, nonce, int(raw[24])):
		return None, ErrWrong
	case nonce != "":
		proof = Worked
	case age < orElse(i.Wait, 5*time.Second):
		return None, ErrTooSoon
	}
	// The hour, not the second: the store of spent tokens must not tell when somebody wrote.
	until := issued.Add(life).Truncate(time.Hour).Add(time.Hour)
	fresh, err := i.Spend(ctx, base64.RawURLEncoding.EncodeToString(raw[:16]), until)
	if err != nil {
		return None, fmt.Errorf("pow: spend: %w", err)
	}
	if !fresh {
		return None, ErrSpent
	}
	return proof, nil
}

// Fits says whether SHA-256(token:nonce) begins with so many zero bits.
func Fits(token, nonce string, want int) bool {
	if len(nonce) > 20 {
		return false
	}
	sum := sha256.Sum256([]byte(token + ":" + nonce))
	zeros := 0
	for _, b := range sum {
		zeros += bits.LeadingZeros8(b)
		if b != 0 {
			break
		}
	}
	return zeros >= want
}

// Solve finds a number as the browser does: for tests and the API's own clients.
func Solve(token string, want int) string {
	for n := 0; ; n++ {
		if s := strconv.Itoa(n); Fits(token, s, want) {
			return s
		}
	}
}

func orElse(d, other time.Duration) time.Duration {
	if d == 0 {
		return other
	}
	return d
}
