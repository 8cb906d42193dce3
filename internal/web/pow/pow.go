// Package pow keeps machines from flooding the anonymous forms without asking people to read crooked letters.
//
// The server signs a token when it shows a form. With JavaScript the browser finds, while the person writes, for each of
// so many parts a number whose hash with the token begins with so many zero bits. Many small parts instead of one large
// one: how hard it is rises smoothly, and how long it takes is hardly left to luck. Without JavaScript the token itself is
// the proof: it must be older than a person needs to read the form, and callers hold such senders to stricter limits.
// Either way a token is good once and for one day.
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
	"strings"
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

// Work is what a token asks for: Parts numbers, each of whose hashes begins with Bits zero bits.
type Work struct{ Bits, Parts int }

// MaxParts is how many parts a token may ask for.
const MaxParts = 64

// Sent is a token whose proof was checked and that is not yet spent.
type Sent struct {
	Proof Proof
	ID    string    // under which it is spent
	Parts int       // worked; 0 without a number
	Until time.Time // when it may be forgotten
}

// Issuer signs and checks tokens. All nodes of one site share Key and the store behind Spend.
type Issuer struct {
	Key  []byte        // at least 32 bytes, from the caller's vault
	Work Work          // asked for: 8 parts of 14 bits are half a second on a desk, a few on a cheap phone
	Wait time.Duration // without a number, the youngest token taken; 0: 5 seconds
	Life time.Duration // the oldest token taken; 0: 24 hours

	// Spend remembers a token until the given hour and says whether it was new.
	Spend func(ctx context.Context, id string, until time.Time) (fresh bool, err error)
	Now   func() time.Time
}

// random, seconds, bits, parts: what is signed.
const bodyLength = 16 + 8 + 2

// New is a token for one form.
func (i *Issuer) New() string { return i.NewFor(i.Work) }

// NewFor is a token that asks for other work.
func (i *Issuer) NewFor(w Work) string {
	body := make([]byte, bodyLength)
	_, _ = rand.Read(body[:16]) // never fails: crypto/rand ends the program instead
	binary.BigEndian.PutUint64(body[16:], uint64(i.Now().Unix()))
	body[24], body[25] = byte(w.Bits), byte(min(max(w.Parts, 1), MaxParts))
	return base64.RawURLEncoding.EncodeToString(append(body, i.sign(body)...))
}

func (i *Issuer) sign(body []byte) []byte {
	mac := hmac.New(sha256.New, i.Key)
	mac.Write([]byte("yifa pow 2\x00"))
	mac.Write(body)
	return mac.Sum(nil)[:16]
}

// Check takes a token once. nonce holds the numbers found, or is empty. The error is one of this package, or what Spend
// said.
func (i *Issuer) Check(ctx context.Context, token, nonce string) (Proof, error) {
	s, err := i.Look(token, nonce)
	if err != nil {
		return None, err
	}
	fresh, err := i.Spend(ctx, s.ID, s.Until)
	if err != nil {
		return None, fmt.Errorf("pow: spend: %w", err)
	}
	if !fresh {
		return None, ErrSpent
	}
	return s.Proof, nil
}

// Look checks a token without spending it.
func (i *Issuer) Look(token, nonce string) (Sent, error) {
	raw, err := base64.RawURLEncoding.DecodeString(token)
	if err != nil || len(raw) != bodyLength+16 || !hmac.Equal(raw[bodyLength:], i.sign(raw[:bodyLength])) {
		return Sent{}, ErrForged
	}
	issued := time.Unix(int64(binary.BigEndian.Uint64(raw[16:24])), 0)
	age, life := i.Now().Sub(issued), orElse(i.Life, 24*time.Hour)
	s := Sent{Proof: Waited, ID: base64.RawURLEncoding.EncodeToString(raw[:16])}
	switch {
	case age > life:
		return Sent{}, ErrExpired
	case nonce != "" && !Fits(token, nonce, Work{int(raw[24]), int(raw[25])}):
		return Sent{}, ErrWrong
	case nonce != "":
		s.Proof, s.Parts = Worked, int(raw[25])
	case age < orElse(i.Wait, 5*time.Second):
		return Sent{}, ErrTooSoon
	}
	// The hour, not the second: the store of spent tokens must not tell when somebody wrote.
	s.Until = issued.Add(life).Truncate(time.Hour).Add(time.Hour)
	return s, nil
}

// Fits says whether the numbers, with a comma between them, are as many as asked and SHA-256(token:part:number) begins
// with so many zero bits for each.
func Fits(token, nonce string, want Work) bool {
	if len(nonce) > MaxParts*numberLength {
		return false
	}
	numbers := strings.Split(nonce, ",")
	if len(numbers) != want.Parts {
		return false
	}
	for part, n := range numbers {
		if len(n) >= numberLength || !fits(token, part, n, want.Bits) {
			return false
		}
	}
	return true
}

// numberLength is more than any number and its comma take.
const numberLength = 21

func fits(token string, part int, n string, want int) bool {
	sum := sha256.Sum256([]byte(token + ":" + strconv.Itoa(part) + ":" + n))
	zeros := 0
	for _, b := range sum {
		zeros += bits.LeadingZeros8(b)
		if b != 0 {
			break
		}
	}
	return zeros >= want
}

// Asked is the work a token asks for; nothing says that the token is good.
func Asked(token string) Work {
	raw, err := base64.RawURLEncoding.DecodeString(token)
	if err != nil || len(raw) != bodyLength+16 {
		return Work{}
	}
	return Work{int(raw[24]), int(raw[25])}
}

// Solve finds the numbers a token asks for as the browser does: for tests and the API's own clients.
func Solve(token string) string {
	w := Asked(token)
	found := make([]string, w.Parts)
	for part := range found {
		for n := 0; found[part] == ""; n++ {
			if s := strconv.Itoa(n); fits(token, part, s, w.Bits) {
				found[part] = s
			}
		}
	}
	return strings.Join(found, ",")
}

func orElse(d, other time.Duration) time.Duration {
	if d == 0 {
		return other
	}
	return d
}
