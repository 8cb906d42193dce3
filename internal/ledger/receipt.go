package ledger

import (
	"bytes"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"yifa/internal/matter"
	"yifa/internal/store"
	"yifa/internal/vault"
)

// Receipt is the file a person keeps: some entries of the record, each with the proof that the log holds it, or, while
// it does not yet, with the signed promise that it will. It is checked without us.
type Receipt struct {
	Type    string      `json:"type"` // ReceiptType
	Format  int         `json:"format"`
	Log     string      `json:"log"`               // name of the log
	Key     string      `json:"key"`               // its verifier key, as C2SP signed-note writes it
	KeySM2  string      `json:"key_sm2,omitempty"` // that of its SM2 lines, where it signs by both
	Entries []Receipted `json:"entries"`
}

// ReceiptType stands at the beginning of every receipt file.
const ReceiptType = "yifa-receipt"

// maxReceipt is how long a receipt file may be, in bytes: a matter with all its messages.
const maxReceipt = 8 << 20

// Receipted is one entry of a receipt.
type Receipted struct {
	Header  string          `json:"header"` // exactly as it is hashed
	Salt    []byte          `json:"salt"`
	Parts   []ReceiptedPart `json:"parts,omitempty"`   // those the holder may read
	Proof   string          `json:"proof,omitempty"`   // C2SP tlog-proof
	Promise string          `json:"promise,omitempty"` // where there is no proof yet
}

// ReceiptedPart is the text of one part, exactly as it is hashed, with its salt.
type ReceiptedPart struct {
	Text string `json:"text"`
	Salt []byte `json:"salt"`
}

// promiseDelay is MaxDelay in seconds, as promises write it.
var promiseDelay = fmt.Sprintf("%d", int(MaxDelay/time.Second))

// Receipt puts a proof or a promise to an entry and its parts.
//
// err is that of Prove: ErrWaiting makes a promise, any other comes back.
func (p *Prover) Receipt(at store.Place, e store.StoredEntry, proof Proof, err error) (Receipted, error) {
	salt := Salt(p.l.vault, at)
	r := Receipted{Header: string(e.Header), Salt: salt}
	if err == nil {
		r.Proof = string(proof.Marshal())
		return r, nil
	}
	if !errors.Is(err, ErrWaiting) {
		return r, err
	}
	leaf := Leaf(salt, e.Header)
	origin := p.l.origin(p.state)
	r.Promise, err = p.l.signNote(origin, fmt.Sprintf("%s/promise\n%s\n%s\n%s\n", origin,
		base64.StdEncoding.EncodeToString(leaf[:]), e.Entry.Recorded.UTC().Format(time.RFC3339Nano), promiseDelay))
	return r, err
}

// New begins a receipt of the log.
func (p *Prover) New() (Receipt, error) {
	origin := p.l.origin(p.state)
	keys, err := p.l.keysOf(origin)
	r := Receipt{Type: ReceiptType, Format: 1, Log: origin, Key: keys[0]}
	if p.l.vault.SignsSM2() {
		r.KeySM2 = keys[1]
	}
	return r, err
}

// origin is the name of the log: as stored, or as it will be.
func (l *Log) origin(s store.LedgerState) string {
	if s.Origin != "" {
		return s.Origin
	}
	return "yifa/" + hex.EncodeToString(l.vault.MAC(vault.HeaderSalt, []byte("name of the log"))[:8])
}

// ErrReceipt: a file is no receipt, or something in it was changed.
var ErrReceipt = errors.New("ledger: the receipt does not hold")

// ParseReceipt reads a receipt file.
func ParseReceipt(text []byte) (Receipt, error) {
	var r Receipt
	if len(text) > maxReceipt {
		return r, fmt.Errorf("%w: it is longer than %d bytes", ErrReceipt, maxReceipt)
	}
	if err := json.Unmarshal(text, &r); err != nil || r.Type != ReceiptType {
		return r, fmt.Errorf("%w: it is no receipt file", ErrReceipt)
	}
	if r.Format != 1 {
		return r, fmt.Errorf("%w: it is of format %d, this program reads 1", ErrReceipt, r.Format)
	}
	if len(r.Entries) == 0 {
		return r, fmt.Errorf("%w: it holds no entry", ErrReceipt)
	}
	return r, nil
}

// Checked is what a receipt proves of one entry.
type Checked struct {
	Entry    matter.Entry
	Parts    []matter.Part
	Hidden   int         // parts the entry has and the receipt does not show
	Proven   *Checkpoint // nil: only promised
	Index    int64
	Promised time.Time // until when it is to be in the log, where it is only promised
	SM2      bool      // an SM2 line stands beside Ed25519's and holds
}

// Check checks every entry of a receipt with nothing but the receipt and the key of the log, which is its own where
// none is given; the key of its SM2 lines is always its own. The error, ErrReceipt or ErrCheckpoint, names the first entry that does not hold.
func (r Receipt) Check(key string) ([]Checked, error) {
	if key == "" {
		key = r.Key
	}
	keys := []string{key}
	if r.KeySM2 != "" {
		keys = append(keys, r.KeySM2)
	}
	out := make([]Checked, len(r.Entries))
	for i, e := range r.Entries {
		c, err := e.check(r.Log, keys)
		if err != nil {
			return nil, fmt.Errorf("entry %d: %w", i+1, err)
		}
		out[i] = c
	}
	return out, nil
}

func (e Receipted) check(origin string, keys []string) (Checked, error) {
	var c Checked
	if err := json.Unmarshal([]byte(e.Header), &c.Entry); err != nil {
		return c, fmt.Errorf("%w: its header cannot be read", ErrReceipt)
	}
	if err := c.parts(e.Parts); err != nil {
		return c, err
	}
	leaf := Leaf(e.Salt, []byte(e.Header))
	if e.Proof == "" {
		return c, c.promise(leaf, e.Promise, origin, keys)
	}
	p, err := ParseProof([]byte(e.Proof))
	if err != nil {
		return c, err
	}
	at, err := p.Check(leaf, origin, keys...)
	if err == nil {
		c.SM2, err = signedToo(p.Checkpoint, keys)
	}
	c.Proven, c.Index = &at, p.Index
	return c, err
}

// parts holds each text to a commitment of the header, each commitment to one text at most.
func (c *Checked) parts(list []ReceiptedPart) error {
	heads := slices.Clone(c.Entry.Parts)
	for _, p := range list {
		sum := vault.Commit(p.Salt, []byte(p.Text))
		var part matter.Part
		if err := json.Unmarshal([]byte(p.Text), &part); err != nil {
			return fmt.Errorf("%w: a text in it cannot be read", ErrReceipt)
		}
		i := slices.IndexFunc(heads, func(h matter.PartHead) bool {
			return h.Class == part.Class && h.Party == part.Party && bytes.Equal(h.Commitment, sum[:])
		})
		if i < 0 {
			return fmt.Errorf("%w: a text in it (%s) is not the one that was recorded", ErrReceipt, part.Class)
		}
		heads = slices.Delete(heads, i, i+1)
		c.Parts = append(c.Parts, part)
	}
	c.Hidden = len(heads)
	return nil
}

// promise checks a signed promise that a leaf will be in the log.
func (c *Checked) promise(leaf [LeafSize]byte, signed, origin string, keys []string) error {
	n, err := openNote([]byte(signed), keys)
	if err != nil {
		return err
	}
	if c.SM2, err = signedToo([]byte(signed), keys); err != nil {
		return err
	}
	lines := strings.Split(strings.TrimSuffix(n.Text, "\n"), "\n")
	if len(lines) != 4 || lines[0] != origin+"/promise" || lines[1] != base64.StdEncoding.EncodeToString(leaf[:]) {
		return fmt.Errorf("%w: the promise is of another entry", ErrReceipt)
	}
	recorded, err1 := time.Parse(time.RFC3339Nano, lines[2])
	delay, err2 := time.ParseDuration(lines[3] + "s")
	if err1 != nil || err2 != nil {
		return fmt.Errorf("%w: the promise names no time", ErrReceipt)
	}
	c.Promised = recorded.Add(delay)
	return nil
}

// signedToo says whether a note that holds bears a line of the second key as well.
func signedToo(signed []byte, keys []string) (bool, error) {
	if len(keys) < 2 {
		return false, nil
	}
	n, err := openNote(signed, keys)
	if err != nil {
		return false, err
	}
	v, err := vault.NewNoteVerifier(keys[1])
	return err == nil && bears(n, v), err
}
