package ledger

import (
	"bytes"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/binary"
	"slices"

	"yifa/internal/store"
	"yifa/internal/vault"
)

// LeafSize is the length of an entry in the log, in bytes.
const LeafSize = sha256.Size

// Salt is the salt of an entry's header. Nobody without the vault can tell it from random bytes, and the
// salt of one entry tells nothing of another's.
func Salt(v *vault.Vault, p store.Place) []byte {
	b := binary.BigEndian.AppendUint64(nil, uint64(p.Matter))
	return v.MAC(vault.HeaderSalt, binary.BigEndian.AppendUint64(b, uint64(p.Seq)))
}

// Leaf is what the log holds of an entry: HMAC-SHA-256 of its exact header under its salt.
func Leaf(salt, header []byte) [LeafSize]byte {
	h := hmac.New(sha256.New, salt)
	h.Write(header)
	return [LeafSize]byte(h.Sum(nil))
}

func sortByHash(leaves []store.Leaf) {
	slices.SortFunc(leaves, func(a, b store.Leaf) int { return bytes.Compare(a.Hash[:], b.Hash[:]) })
}
