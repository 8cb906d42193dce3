package vault

import (
	"bytes"
	"crypto/rand"
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
	Suite   Suite    `json:"suite,omitempty"`  // by what it works; empty: as all did before there were suites
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
	with := algorithmsOf(m.Suite)
	mac, err := derive(with, m.Master, "mac")
	if err != nil {
		return lasting{}, err
	}
	checkpoint, err := derive(with, m.Master, "sign checkpoint")
	return lasting{mac, checkpoint}, err
}

// Create makes a key file with one new random master, readable by its owner only. It never
// overwrites: where a file stands, ErrKeyExists. The file appears whole or not at all.
func Create(path string, suite Suite) error {
	master := make([]byte, masterSize)
	rand.Read(master) // never fails: crypto/rand ends the program instead
	key, err := newMaster(master, suite)
	if err != nil {
		return err
	}
	text, err := json.MarshalIndent(keyFile{Schema: keyFileSchema, Active: key.ID, MAC: key.ID, Keys: []masterKey{key}}, "", "  ")
	if err != nil {
		return fmt.Errorf("vault: encode key file: %w", err)
	}
	return writeOnce(path, append(text, '\n'))
}

func newMaster(master []byte, suite Suite) (masterKey, error) {
	id, err := fingerprint(master, suite)
	if err != nil {
		return masterKey{}, err
	}
	return masterKey{ID: id, Suite: suite, Created: time.Now().UTC().Format(time.RFC3339), Master: master}, nil
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
	k, err := newMaster(master, Common)
	if err != nil {
		return keyFile{}, err
	}
	k.Created = ""
	if err := checkMaster(k); err != nil {
		return keyFile{}, fmt.Errorf("vault: %w", err)
	}
	return keyFile{Schema: keyFileSchema, Active: k.ID, MAC: k.ID, Keys: []masterKey{k}}, nil
}
