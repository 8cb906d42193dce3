package vault

import (
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// A secret is a key file's text or 32 bare bytes; what is short or typed is refused, and never repeated.
func TestOpenSecret(t *testing.T) {
	m := master(t, "secret")
	text, err := json.Marshal(keyFile{keyFileSchema, m.ID, m.ID, []masterKey{m}})
	if err != nil {
		t.Fatal(err)
	}
	var first *Vault
	for _, s := range []string{string(text), hex.EncodeToString(m.Master), base64.StdEncoding.EncodeToString(m.Master) + "\n"} {
		v, err := OpenSecret(s)
		if err != nil {
			t.Fatal(err)
		}
		if first == nil {
			first = v
		}
		if v.ActiveKey() != m.ID || !first.IsKeyOf(v.Check()) {
			t.Errorf("%s opens as %s", s[:4], v.ActiveKey())
		}
	}
	for _, s := range []string{"", "c2hvcnQ=", "changeme", strings.Repeat("00", 32), hex.EncodeToString([]byte("please-change-this-secret-now-ok"))} {
		if _, err := OpenSecret(s); !errors.Is(err, ErrWeakKey) && !errors.Is(err, ErrBadKeyFile) || s != "" && strings.Contains(err.Error(), s) {
			t.Errorf("%q: %v", s, err)
		}
	}
	if newVault(t).IsKeyOf(first.Check()) {
		t.Error("another installation passes for this one")
	}
}

// A key added to the file is taken up without a new start, put to use by its id, and the first master can then be
// dropped: keyed hashes, the log's key and old signatures stay; what it wrapped does not open.
func TestAddUseDrop(t *testing.T) {
	path := filepath.Join(t.TempDir(), "key.json")
	if err := Create(path, Common); err != nil {
		t.Fatal(err)
	}
	v, err := Open(path)
	if err != nil {
		t.Fatal(err)
	}
	first, check, note1 := v.ActiveKey(), v.Check(), logKey(t, v)
	sealed, err := v.Seal([]byte("text"), here)
	if err != nil {
		t.Fatal(err)
	}
	signed := sign(t, v, "head")
	second, err := Add(path, Common)
	if err != nil || v.Holds(second) {
		t.Fatal(err)
	}
	if err := v.Use(second); !errors.Is(err, ErrOtherKey) {
		t.Fatalf("used before it was read: %v", err)
	}
	if err := errors.Join(v.Reload(), v.Use(second), v.Reload()); err != nil || v.ActiveKey() != second {
		t.Fatalf("active %s, %v", v.ActiveKey(), err)
	}
	var public []byte
	for _, k := range v.Keys() {
		if k.ID == first { // both were made within a second: their order tells nothing
			public = k.Public
		}
	}
	moved, err := v.Rewrap(sealed, here)
	if err != nil || moved.KeyID != second {
		t.Fatal(err)
	}
	if err := Drop(path, second, second); err == nil {
		t.Fatal("the active key was dropped")
	}
	if err := Drop(path, first, second); err != nil {
		t.Fatal(err)
	}
	info, err := os.Stat(path)
	if err != nil || info.Mode().Perm() != 0o600 {
		t.Fatalf("mode %v, %v", info.Mode(), err)
	}
	after, err := Open(path)
	if err != nil {
		t.Fatal(err)
	}
	if after.ActiveKey() != second || after.Check() != check || logKey(t, after) != note1 || after.Holds(first) {
		t.Error("dropping a master changed what lasts")
	}
	if _, err := after.Open(sealed, here); !errors.Is(err, ErrUnsealable) {
		t.Errorf("a dropped master opens: %v", err)
	}
	if text, err := after.Open(moved, here); err != nil || string(text) != "text" {
		t.Error(err)
	}
	if err := after.Verify([]byte("head"), signed); !errors.Is(err, ErrBadSignature) {
		t.Error("checked by a key that is not known")
	}
	if err := errors.Join(after.Know(first, public), after.Verify([]byte("head"), signed)); err != nil {
		t.Error(err)
	}
}

func logKey(t *testing.T, v *Vault) string {
	t.Helper()
	key, err := v.NoteVerifierKey("example.org/log")
	if err != nil {
		t.Fatal(err)
	}
	return key
}

// Keys of another installation are never taken up in place of these.
func TestReloadRefusesAnotherRing(t *testing.T) {
	path := filepath.Join(t.TempDir(), "key.json")
	if err := Create(path, Common); err != nil {
		t.Fatal(err)
	}
	v, err := Open(path)
	if err != nil {
		t.Fatal(err)
	}
	before := v.ActiveKey()
	if err := errors.Join(os.Remove(path), Create(path, Common)); err != nil {
		t.Fatal(err)
	}
	if err := v.Reload(); !errors.Is(err, ErrOtherKey) || v.ActiveKey() != before {
		t.Errorf("%v, active %s", err, v.ActiveKey())
	}
}
