package vault

import (
	"crypto/hmac"
	"crypto/sha256"
	"hash"
	"sync"
)

// Purpose names what a keyed hash is for; each has a subkey of its own.
type Purpose string

const (
	ReceiptCode  Purpose = "receipt code"
	SearchGram   Purpose = "search gram"
	Blind        Purpose = "blind index"
	PageToken    Purpose = "page token" // form tokens and proof-of-work challenges
	Session      Purpose = "session"
	HeaderSalt   Purpose = "header salt"  // of entries in the public log
	News         Purpose = "news"         // keys by which filers find their matter in public lists
	ContactCode  Purpose = "contact code" // sent to an address or a telephone
	Destroyed    Purpose = "destroyed"    // lines of the list of what was destroyed
	Contribution Purpose = "contribution" // drafts and request numbers of reports that apps hand in
	ServeLink    Purpose = "serve link"   // of papers served electronically
	Subscription Purpose = "subscription" // links in mails to those who follow published results
	keyCheck     Purpose = "key check"
)

const (
	searchTokenText = 10 // base32 characters, 50 bits
	blindIndexBytes = 20 // 32 base32 characters
)

// MAC is HMAC-SHA-256 of data under the subkey of purpose, 32 bytes; HMAC-SM3 in an installation begun with that suite. It stays the same when the
// active key is rotated.
func (v *Vault) MAC(purpose Purpose, data []byte) []byte {
	pool := v.macPool(purpose)
	h := pool.Get().(hash.Hash)
	defer pool.Put(h)
	h.Reset()
	h.Write(data)
	return h.Sum(make([]byte, 0, sha256.Size))
}

// macPool keeps ready-keyed states: a report of 300 characters asks for some 500 tokens. The subkey of
// a purpose is HMAC(MAC root, purpose): one block of HKDF-Expand, which cannot fail.
func (v *Vault) macPool(purpose Purpose) *sync.Pool {
	if p, ok := v.macs.Load(purpose); ok {
		return p.(*sync.Pool)
	}
	root := hmac.New(v.macSuite.hash, v.macRoot)
	root.Write([]byte(purpose))
	root.Write([]byte{1})
	key := root.Sum(nil)
	p, _ := v.macs.LoadOrStore(purpose, &sync.Pool{New: func() any { return hmac.New(v.macSuite.hash, key) }})
	return p.(*sync.Pool)
}

// ReceiptCodeMAC is what is stored in place of a receipt code. Give the 16 bare digits.
func (v *Vault) ReceiptCodeMAC(code string) []byte { return v.MAC(ReceiptCode, []byte(code)) }

// SearchToken hides one gram (a character or a pair) of indexed text: 10 base32 characters.
func (v *Vault) SearchToken(gram string) string {
	return base32Text.EncodeToString(v.MAC(SearchGram, []byte(gram)))[:searchTokenText]
}

// BlindIndex is the value under which personal data of one kind (identity number, phone) is looked up.
// The caller normalises value first. Equal values of different kinds have unrelated indexes.
func (v *Vault) BlindIndex(kind, value string) string {
	b := make([]byte, 0, 1+len(kind)+len(value))
	b = append(b, kind...)
	b = append(b, 0) // kinds are words of the program and hold no zero byte
	b = append(b, value...)
	return base32Text.EncodeToString(v.MAC(Blind, b)[:blindIndexBytes])
}

// Check is what a database keeps to know its keys again: it follows from the root of all keyed hashes, which
// never rotates, and tells nothing of it.
func (v *Vault) Check() string {
	return base32Text.EncodeToString(v.MAC(keyCheck, []byte("yifa"))[:blindIndexBytes])
}

// IsKeyOf says whether a database that keeps this check was begun with these keys.
func (v *Vault) IsKeyOf(check string) bool { return hmac.Equal([]byte(check), []byte(v.Check())) }
