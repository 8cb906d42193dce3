package vault

import (
	"bytes"
	"crypto/hkdf"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base32"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"time"
)

// Why a key file is not used. Each message that wraps one of these names the way out.
var (
	ErrMissingKey = errors.New("no key file")
	ErrKeyExists  = errors.New("a key file is already there")
	ErrOpenToAll  = errors.New("key file is readable by others")
	ErrWeakKey    = errors.New("key is not a random secret")
	ErrBadKeyFile = errors.New("key file is damaged")
)

const (
	keyFileSchema = 1
	masterSize    = 32
	maxKeyFile    = 1 << 20 // bytes; thousands of rotations fit
)

// keyFile is what stands on disk. Schema 1 already names keys by id and keeps old ones, so that a
// rotation adds a line and moves Active without a new schema.
type keyFile struct {
	Schema int         `json:"schema"`
	Active string      `json:"active"` // id of the key that wraps and signs from now on
	MAC    string      `json:"mac"`    // id of the key all keyed hashes come from
	Keys   []masterKey `json:"keys"`
}

type masterKey struct {
	ID      string   `json:"id"`               // fingerprint of Master: a damaged or exchanged master is noticed
	Created string   `json:"created"`          // RFC 3339, UTC; for people, never read by the program
	Master  []byte   `json:"master,omitempty"` // 32 bytes from the operating system, base64 in the file
	Rest    *lasting `json:"rest,omitempty"`   // instead of Master, once it was dropped
}

// lasting is what is kept of the first master once it is dropped: no part can be opened with it and no head signed.
type lasting struct {
	MAC        []byte `json:"mac"`        // root of all keyed hashes
	Checkpoint []byte `json:"checkpoint"` // seed of the key that signs the log
}

// lastingOf derives what never rotates from a master, or finds it where the master was dropped.
func lastingOf(m masterKey) (lasting, error) {
	if m.Rest != nil {
		return *m.Rest, nil
	}
	mac, err := derive(m.Master, "mac")
	if err != nil {
		return lasting{}, err
	}
	checkpoint, err := derive(m.Master, "sign checkpoint")
	return lasting{mac, checkpoint}, err
}

// Create makes a key file with one new random master, readable by its owner only. It never
// overwrites: where a file stands, ErrKeyExists. The file appears whole or not at all.
func Create(path string) error {
	master := make([]byte, masterSize)
	rand.Read(master) // never fails: crypto/rand ends the program instead
	key, err := newMaster(master)
	if err != nil {
		return err
	}
	text, err := json.MarshalIndent(keyFile{Schema: keyFileSchema, Active: key.ID, MAC: key.ID, Keys: []masterKey{key}}, "", "  ")
	if err != nil {
		return fmt.Errorf("vault: encode key file: %w", err)
	}
	return writeOnce(path, append(text, '\n'))
}

func newMaster(master []byte) (masterKey, error) {
	id, err := fingerprint(master)
	if err != nil {
		return masterKey{}, err
	}
	return masterKey{ID: id, Created: time.Now().UTC().Format(time.RFC3339), Master: master}, nil
}

// writeOnce links a finished temporary file into place: link, unlike rename, fails where a file is.
func writeOnce(path string, text []byte) (err error) {
	dir := filepath.Dir(path)
	tmp, err := os.CreateTemp(dir, ".key-*") // made with mode 0600
	if err != nil {
		return fmt.Errorf("vault: create key file %s: %w", path, err)
	}
	defer os.Remove(tmp.Name())
	_, err = tmp.Write(text)
	if err == nil {
		err = tmp.Sync()
	}
	if err = errors.Join(err, tmp.Close()); err != nil {
		return fmt.Errorf("vault: write key file %s: %w", path, err)
	}
	if err := os.Link(tmp.Name(), path); errors.Is(err, fs.ErrExist) {
		return fmt.Errorf("vault: %s: %w: it is never overwritten, since what it sealed would be lost; choose another path or move it away", path, ErrKeyExists)
	} else if err != nil {
		return fmt.Errorf("vault: create key file %s: %w", path, err)
	}
	return syncDir(dir)
}

// Modes a key file must not have.
const (
	onlyOwner    = 0o077
	ownerOrGroup = 0o037
)

// readKeyFile reads and checks the key file at path.
func readKeyFile(path string, refused os.FileMode) (keyFile, error) {
	f, err := os.Open(path)
	if errors.Is(err, fs.ErrNotExist) {
		return keyFile{}, fmt.Errorf("vault: %s: %w: make one with \"yifa key FILE\" on a new installation, or put back the one this data was sealed with", path, ErrMissingKey)
	} else if err != nil {
		return keyFile{}, fmt.Errorf("vault: open key file: %w", err)
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		return keyFile{}, fmt.Errorf("vault: open key file: %w", err)
	}
	if info.Mode().Perm()&refused != 0 {
		return keyFile{}, fmt.Errorf("vault: %s: %w (mode %04o): run \"chmod 600\" on it, and rotate the key if others have accounts on this machine", path, ErrOpenToAll, info.Mode().Perm())
	}
	text, err := io.ReadAll(io.LimitReader(f, maxKeyFile+1))
	if err != nil {
		return keyFile{}, fmt.Errorf("vault: read key file: %w", err)
	}
	kf, err := parseKeyFile(text)
	if err != nil {
		return keyFile{}, fmt.Errorf("vault: %s: %w: put back the file from its backup, or make a new one for a new installation", path, err)
	}
	return kf, nil
}

// parseKeyFile never quotes the text it read: it may hold a secret.
func parseKeyFile(text []byte) (keyFile, error) {
	var kf keyFile
	if len(text) > maxKeyFile {
		return kf, fmt.Errorf("%w: larger than %d bytes", ErrBadKeyFile, maxKeyFile)
	}
	dec := json.NewDecoder(bytes.NewReader(text))
	dec.DisallowUnknownFields()
	if err := dec.Decode(&kf); err != nil {
		return keyFile{}, fmt.Errorf("%w: not the JSON of a key file", ErrBadKeyFile)
	}
	if dec.More() {
		return keyFile{}, fmt.Errorf("%w: something follows the key file", ErrBadKeyFile)
	}
	if kf.Schema != keyFileSchema {
		return keyFile{}, fmt.Errorf("%w: schema %d, this program reads %d", ErrBadKeyFile, kf.Schema, keyFileSchema)
	}
	ids := map[string]bool{}
	for i, k := range kf.Keys {
		if err := checkMaster(k); err != nil {
			return keyFile{}, fmt.Errorf("key %d: %w", i+1, err)
		}
		if ids[k.ID] {
			return keyFile{}, fmt.Errorf("key %d: %w: the same key stands twice", i+1, ErrBadKeyFile)
		}
		ids[k.ID] = true
	}
	if !ids[kf.Active] || !ids[kf.MAC] {
		return keyFile{}, fmt.Errorf("%w: \"active\" or \"mac\" names no key of the file", ErrBadKeyFile)
	}
	for i, k := range kf.Keys {
		if k.Rest != nil && (k.ID == kf.Active || k.ID != kf.MAC) {
			return keyFile{}, fmt.Errorf("key %d: %w: only the root of keyed hashes outlives its master", i+1, ErrBadKeyFile)
		}
	}
	return kf, nil
}

// parseSecret reads keys given as a text: a key file's, or one bare secret.
func parseSecret(text string) (keyFile, error) {
	text = strings.TrimSpace(text)
	if strings.HasPrefix(text, "{") {
		return parseKeyFile([]byte(text))
	}
	master, err := hex.DecodeString(text)
	if err != nil {
		if master, err = base64.StdEncoding.DecodeString(text); err != nil {
			return keyFile{}, fmt.Errorf("vault: %w: neither a key file nor 32 bytes in hexadecimal or base64", ErrBadKeyFile)
		}
	}
	k, err := newMaster(master)
	if err != nil {
		return keyFile{}, err
	}
	k.Created = ""
	if err := checkMaster(k); err != nil {
		return keyFile{}, fmt.Errorf("vault: %w", err)
	}
	return keyFile{Schema: keyFileSchema, Active: k.ID, MAC: k.ID, Keys: []masterKey{k}}, nil
}

func checkMaster(k masterKey) error {
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
	id, err := fingerprint(k.Master)
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

func fingerprint(master []byte) (string, error) {
	sum, err := derive(master, "key id")
	if err != nil {
		return "", err
	}
	return "k" + strings.ToLower(base32Text.EncodeToString(sum[:10])), nil
}

// derive makes the 32-byte subkey for one use. A name is never reused for another use.
func derive(master []byte, use string) ([]byte, error) {
	key, err := hkdf.Key(sha256.New, master, nil, "yifa/v1/"+use, 32)
	if err != nil {
		return nil, fmt.Errorf("vault: derive %s: %w", use, err)
	}
	return key, nil
}
