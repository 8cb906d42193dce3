package matter

import (
	"encoding/base32"
	"encoding/binary"
	"fmt"
	"io"
	"strings"
)

// ID names a matter. It is random; its low 10 bits are the shard, which a matter created from
// another inherits, so that a family of matters lies together on disk.
type ID uint64

// Shard is the low 10 bits of an ID, 0 to 1023. Shard 0 holds registers.
type Shard uint16

const shardBits = 10

var idText = base32.NewEncoding("0123456789abcdefghjkmnpqrstvwxyz").WithPadding(base32.NoPadding)

// NewID draws an ID with a random shard from 1 to 1023.
func NewID(random io.Reader) (ID, error) {
	id, err := draw(random)
	if err != nil {
		return 0, err
	}
	if id.Shard() == 0 {
		id |= 1
	}
	return id, nil
}

// NewIDIn draws an ID on a given shard: for a matter created from another, and for registers.
func NewIDIn(random io.Reader, s Shard) (ID, error) {
	id, err := draw(random)
	if err != nil {
		return 0, err
	}
	return id>>shardBits<<shardBits | ID(s), nil
}

func draw(random io.Reader) (ID, error) {
	var b [8]byte
	if _, err := io.ReadFull(random, b[:]); err != nil {
		return 0, fmt.Errorf("matter: draw id: %w", err)
	}
	// The highest bit stays 0 because both databases store ids as signed 64-bit numbers.
	return ID(binary.BigEndian.Uint64(b[:]) >> 1), nil
}

// Shard returns where the matter is stored.
func (id ID) Shard() Shard { return Shard(id & (1<<shardBits - 1)) }

// String writes 13 characters of Crockford's base32 in lower case.
func (id ID) String() string {
	var b [8]byte
	binary.BigEndian.PutUint64(b[:], uint64(id))
	return idText.EncodeToString(b[:])
}

// ParseID reads what String writes; capitals are accepted.
func ParseID(s string) (ID, error) {
	b, err := idText.DecodeString(strings.ToLower(s))
	if err != nil || len(b) != 8 || b[0]&0x80 != 0 {
		return 0, fmt.Errorf("matter: %q is not a matter id", s)
	}
	id := ID(binary.BigEndian.Uint64(b))
	if id.String() != strings.ToLower(s) {
		return 0, fmt.Errorf("matter: %q is not a matter id", s)
	}
	return id, nil
}

// MarshalText writes the id as String does.
func (id ID) MarshalText() ([]byte, error) { return []byte(id.String()), nil }

// UnmarshalText reads what MarshalText writes.
func (id *ID) UnmarshalText(b []byte) (err error) { *id, err = ParseID(string(b)); return err }
