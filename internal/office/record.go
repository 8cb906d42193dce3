package office

import (
	"crypto/sha256"
	"encoding/json"
	"fmt"
	"maps"
	"slices"

	"yifa/internal/matter"
	"yifa/internal/vault"
)

// chained is an entry ready to be stored: its exact bytes and its place in the chain.
type chained struct {
	Entry  matter.Entry
	Header []byte
	Prev   [32]byte
	Hash   [32]byte
	Parts  []sealedPart
}

type sealedPart struct {
	Class  matter.Class
	Party  string
	Sealed vault.Sealed
}

// link hashes an entry's header to the entry before it in the same matter. The first entry of a
// matter follows 32 zero bytes.
func link(prev [32]byte, header []byte) [32]byte {
	h := sha256.New()
	h.Write([]byte("yifa entry 1\n"))
	h.Write(prev[:])
	h.Write(header)
	return [32]byte(h.Sum(nil))
}

// chain seals an entry's parts, writes their commitments into it and hashes it to prev.
func (o *Office) chain(e matter.Entry, parts []matter.Part, prev [32]byte) (chained, error) {
	c := chained{Prev: prev}
	for _, p := range parts {
		plain, err := json.Marshal(p)
		if err != nil {
			return c, fmt.Errorf("office: part of %s/%d: %w", e.Matter, e.Seq, err)
		}
		s, err := o.vault.Seal(plain, place(e.Matter, e.Seq, p.Class, p.Party))
		if err != nil {
			return c, fmt.Errorf("office: seal %s/%d: %w", e.Matter, e.Seq, err)
		}
		c.Parts = append(c.Parts, sealedPart{p.Class, p.Party, s})
		e.Parts = append(e.Parts, matter.PartHead{
			Class: p.Class, Party: p.Party, Commitment: s.Commitment[:], CipherHash: s.CipherHash[:],
		})
	}
	header, err := json.Marshal(e)
	if err != nil {
		return c, fmt.Errorf("office: header of %s/%d: %w", e.Matter, e.Seq, err)
	}
	// The entry kept is the one that will be read back, so that what is projected now and what
	// a replay projects later cannot differ by a type.
	if err := json.Unmarshal(header, &c.Entry); err != nil {
		return c, fmt.Errorf("office: header of %s/%d: %w", e.Matter, e.Seq, err)
	}
	c.Header, c.Hash = header, link(prev, header)
	return c, nil
}

func place(id matter.ID, seq int, class matter.Class, party string) []byte {
	name := string(class)
	if party != "" {
		name += ":" + party
	}
	return vault.Place{Shard: uint16(id.Shard()), Matter: uint64(id), Seq: uint64(seq), Class: name}.AAD()
}

// unseal opens a stored part for the place it was sealed for.
func (o *Office) unseal(id matter.ID, seq int, p sealedPart) (matter.Part, error) {
	var out matter.Part
	plain, err := o.vault.Open(p.Sealed, place(id, seq, p.Class, p.Party))
	if err != nil {
		return out, fmt.Errorf("office: part %s of %s/%d: %w", p.Class, id, seq, err)
	}
	if err := json.Unmarshal(plain, &out); err != nil {
		return out, fmt.Errorf("office: part %s of %s/%d: %w", p.Class, id, seq, err)
	}
	return out, nil
}

// sortedKeys returns a map's keys in order: whatever is written or shown must not depend on
// the order of a map.
func sortedKeys[V any](m map[string]V) []string { return slices.Sorted(maps.Keys(m)) }
