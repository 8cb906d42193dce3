package vault

import (
	"bytes"
	"crypto/hkdf"
	"crypto/sha256"
	"encoding/base32"
	"fmt"
	"strings"
)

// checkMaster refuses a master that is cut short, no random secret, or not the one its number was made of.
func checkMaster(k masterKey) error {
	if algorithmsOf(k.Suite) == nil {
		return fmt.Errorf("%w: it works by %.20q, which this program does not know", ErrBadKeyFile, k.Suite)
	}
	if k.Rest != nil && len(k.Master) == 0 {
		if len(k.Rest.MAC) != masterSize || len(k.Rest.Checkpoint) != masterSize {
			return fmt.Errorf("%w: what is left of a dropped master is cut short", ErrBadKeyFile)
		}
		return nil
	}
	if k.Rest != nil {
		return fmt.Errorf("%w: a master and its rest", ErrBadKeyFile)
	}
	if len(k.Master) != masterSize {
		return fmt.Errorf("%w: %d bytes, must be %d", ErrWeakKey, len(k.Master), masterSize)
	}
	if why := notRandom(k.Master); why != "" {
		return fmt.Errorf("%w: %s", ErrWeakKey, why)
	}
	id, err := fingerprint(k.Master, k.Suite)
	if err != nil {
		return err
	}
	if id != k.ID {
		return fmt.Errorf("%w: the id does not belong to the key", ErrBadKeyFile)
	}
	return nil
}

// notRandom tells why a master is one that somebody typed or copied, or "". A random one meets any
// of these with a chance far below one in 2^40.
func notRandom(master []byte) string {
	distinct := map[byte]bool{}
	steps := map[byte]bool{}
	printable := true
	for i, b := range master {
		distinct[b] = true
		if i > 0 {
			steps[b-master[i-1]] = true
		}
		printable = printable && b >= 0x20 && b < 0x7f
	}
	switch {
	case len(distinct) == 1:
		return "every byte is the same"
	case len(steps) == 1:
		return "the bytes count up or down"
	case len(distinct) < 12:
		return "too few different bytes"
	case printable:
		return "it is typed text"
	}
	for _, word := range []string{"", "yifa", "secret", "password", "changeme", "change-me", "default", "test", "admin", "123456"} {
		if sum := sha256.Sum256([]byte(word)); bytes.Equal(sum[:], master) {
			return "it is the hash of a well-known word"
		}
	}
	return ""
}

// base32Text is lower-case base32 without padding: letters and digits only, safe in any index.
var base32Text = base32.NewEncoding("abcdefghijklmnopqrstuvwxyz234567").WithPadding(base32.NoPadding)

// fingerprint is the number of a master. It tells suites apart, so that a suite changed in the file is noticed.
func fingerprint(master []byte, suite Suite) (string, error) {
	with := algorithmsOf(suite)
	if with == nil {
		return "", fmt.Errorf("vault: %w: suite %.20q", ErrBadKeyFile, suite)
	}
	sum, err := derive(with, master, with.numbered())
	if err != nil {
		return "", err
	}
	return "k" + strings.ToLower(base32Text.EncodeToString(sum[:10])), nil
}

// derive makes the 32-byte subkey for one use. A name is never reused for another use.
func derive(with algorithms, master []byte, use string) ([]byte, error) {
	key, err := expand(with, master, nil, "yifa/v1/"+use)
	return key[:min(32, len(key))], err
}

// expand is HKDF (RFC 5869) with the hash of a suite: 48 bytes, of which callers take from the beginning what they need.
func expand(with algorithms, secret, salt []byte, use string) ([]byte, error) {
	key, err := hkdf.Key(with.hash, secret, salt, use, 48)
	if err != nil {
		return nil, fmt.Errorf("vault: derive %s: %w", use, err)
	}
	return key, nil
}
