package vault

import (
	"bytes"
	"crypto/sha256"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestCreateMakesAPrivateFileAndNeverOverwrites(t *testing.T) {
	path := filepath.Join(t.TempDir(), "key.json")
	if err := Create(path, Common); err != nil {
		t.Fatal(err)
	}
	info, err := os.Stat(path)
	if err != nil || info.Mode().Perm() != 0o600 {
		t.Fatalf("mode %v, %v", info.Mode(), err)
	}
	before, _ := os.ReadFile(path)
	if err := Create(path, Common); !errors.Is(err, ErrKeyExists) {
		t.Fatalf("second Create: %v", err)
	}
	after, _ := os.ReadFile(path)
	if !bytes.Equal(before, after) {
		t.Fatal("the key was overwritten")
	}
	left, _ := os.ReadDir(filepath.Dir(path))
	if len(left) != 1 {
		t.Fatalf("temporary files left: %v", left)
	}
}

func TestOpenRefusesAKeyNobodyShouldUse(t *testing.T) {
	word := sha256.Sum256([]byte("changeme"))
	count := make([]byte, masterSize)
	for i := range count {
		count[i] = byte(i)
	}
	for name, bytes32 := range map[string][]byte{
		"all zero": make([]byte, masterSize), "short": make([]byte, 16), "counting": count,
		"typed": []byte("please-change-this-secret-now-ok"), "hashed word": word[:], "absent": nil,
	} {
		k, err := newMaster(bytes32, Common)
		if err != nil {
			t.Fatal(err)
		}
		_, err = Open(write(t, keyFile{keyFileSchema, k.ID, k.ID, []masterKey{k}}))
		if !errors.Is(err, ErrWeakKey) || !strings.Contains(err.Error(), "put back") {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestOpenRefusesMissingReadableAndDamagedFiles(t *testing.T) {
	if _, err := Open(filepath.Join(t.TempDir(), "none")); !errors.Is(err, ErrMissingKey) || !strings.Contains(err.Error(), "yifa key") {
		t.Fatal(err)
	}
	good := master(t, "1")
	path := write(t, keyFile{keyFileSchema, good.ID, good.ID, []masterKey{good}})
	if _, err := Open(path); err != nil {
		t.Fatal(err)
	}
	for _, mode := range []os.FileMode{0o644, 0o640, 0o604, 0o620} {
		if err := os.Chmod(path, mode); err != nil {
			t.Fatal(err)
		}
		if _, err := Open(path); !errors.Is(err, ErrOpenToAll) {
			t.Fatalf("mode %o: %v", mode, err)
		}
	}
	other := master(t, "2")
	swapped := good
	swapped.Master = other.Master
	for name, kf := range map[string]keyFile{
		"unknown schema": {2, good.ID, good.ID, []masterKey{good}}, "unknown active": {1, other.ID, good.ID, []masterKey{good}},
		"unknown mac": {1, good.ID, "", []masterKey{good}}, "no keys": {Schema: 1}, "twice": {1, good.ID, good.ID, []masterKey{good, good}},
		"exchanged master": {1, good.ID, good.ID, []masterKey{swapped}},
	} {
		if _, err := Open(write(t, kf)); !errors.Is(err, ErrBadKeyFile) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func FuzzParseKeyFile(f *testing.F) {
	f.Add([]byte(`{"schema":1,"active":"k","mac":"k","keys":[{"id":"k","created":"","master":"AAAA"}]}`))
	f.Add([]byte(`{}{}`))
	f.Fuzz(func(t *testing.T, text []byte) {
		kf, err := parseKeyFile(text)
		if err != nil {
			return
		}
		if _, err := fromKeyFile(kf); err != nil {
			t.Fatalf("a file that parses must open: %v", err)
		}
	})
}
