package turn

import (
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"encoding/binary"
	"time"
)

// Signer makes tickets that come back through strangers. All nodes of one site share Key.
type Signer struct {
	Key []byte
	Now func() time.Time
}

// ticketLife is how long a ticket keeps its place in the order: as long as a draft.
const ticketLife = 24 * time.Hour

const idLength, ticketBody = 16, 16 + 8 + 8 + 1

// NewID is for a ticket without a proof.
func NewID() string {
	var b [idLength]byte
	_, _ = rand.Read(b[:]) // never fails: crypto/rand ends the program instead
	return base64.RawURLEncoding.EncodeToString(b[:])
}

// Sign words a ticket that is good for one thing only, such as one draft. Its ID is 16 bytes in base64.
func (s Signer) Sign(t Ticket, of string) string {
	body := make([]byte, ticketBody)
	id, _ := base64.RawURLEncoding.DecodeString(t.ID) // of our own making
	copy(body, id)
	binary.BigEndian.PutUint64(body[idLength:], uint64(t.Tag.UnixMilli()))
	binary.BigEndian.PutUint64(body[idLength+8:], uint64(t.Until.Unix()))
	body[ticketBody-1] = byte(t.Parts)
	return base64.RawURLEncoding.EncodeToString(append(body, s.mac(body, of)...))
}

// Read is the ticket, and whether it was signed here for that thing and is not too old.
func (s Signer) Read(raw, of string) (Ticket, bool) {
	b, err := base64.RawURLEncoding.DecodeString(raw)
	if err != nil || len(b) != ticketBody+16 || !hmac.Equal(b[ticketBody:], s.mac(b[:ticketBody], of)) {
		return Ticket{}, false
	}
	t := Ticket{ID: base64.RawURLEncoding.EncodeToString(b[:idLength]), Tag: time.UnixMilli(int64(binary.BigEndian.Uint64(b[idLength:]))),
		Until: time.Unix(int64(binary.BigEndian.Uint64(b[idLength+8:])), 0), Parts: int(b[ticketBody-1])}
	return t, s.Now().Sub(t.Tag) <= ticketLife
}

func (s Signer) mac(body []byte, of string) []byte {
	mac := hmac.New(sha256.New, s.Key)
	mac.Write([]byte("yifa turn 1\x00" + of + "\x00"))
	mac.Write(body)
	return mac.Sum(nil)[:16]
}
