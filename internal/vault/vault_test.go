package vault

import (
	"bytes"
	"crypto/sha256"
	"encoding/json"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"golang.org/x/mod/sumdb/note"
	"pgregory.net/rapid"
)

func newVault(t testing.TB) *Vault {
	t.Helper()
	path := filepath.Join(t.TempDir(), "key.json")
	if err := Create(path, Common); err != nil {
		t.Fatal(err)
	}
	v, err := Open(path)
	if err != nil {
		t.Fatal(err)
	}
	return v
}

// master is a test secret that passes for random: 32 bytes of a hash.
func master(t testing.TB, seed string) masterKey {
	t.Helper()
	sum := sha256.Sum256([]byte("vault test " + seed))
	k, err := newMaster(sum[:], Common)
	if err != nil {
		t.Fatal(err)
	}
	return k
}

func write(t testing.TB, kf keyFile) string {
	t.Helper()
	text, err := json.Marshal(kf)
	if err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), "key.json")
	if err := os.WriteFile(path, text, 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

var here = Place{Shard: 7, Matter: 1 << 63, Seq: 3, Class: "filer"}.AAD()

func TestSealedOpensOnlyWhereItWasSealed(t *testing.T) {
	v := newVault(t)
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.SliceOf(rapid.Byte()).Draw(t, "text")
		place := Place{rapid.Uint16().Draw(t, "shard"), rapid.Uint64().Draw(t, "matter"), rapid.Uint64().Draw(t, "seq"), rapid.String().Draw(t, "class")}
		s, err := v.Seal(text, place.AAD())
		if err != nil {
			t.Fatal(err)
		}
		got, salt, err := v.Reveal(s, place.AAD())
		if err != nil || !bytes.Equal(got, text) {
			t.Fatalf("opened %x, %v", got, err)
		}
		if Commit(salt, text) != s.Commitment {
			t.Fatal("the commitment does not open with its salt")
		}
		for _, other := range []Place{
			{place.Shard + 1, place.Matter, place.Seq, place.Class}, {place.Shard, place.Matter + 1, place.Seq, place.Class},
			{place.Shard, place.Matter, place.Seq + 1, place.Class}, {place.Shard, place.Matter, place.Seq, place.Class + "x"},
		} {
			if _, err := v.Open(s, other.AAD()); !errors.Is(err, ErrUnsealable) {
				t.Fatalf("opened in %+v: %v", other, err)
			}
			if _, err := v.Rewrap(s, other.AAD()); !errors.Is(err, ErrUnsealable) {
				t.Fatalf("re-wrapped in %+v: %v", other, err)
			}
		}
	})
}

func TestTwoSealsOfOneTextShareNothing(t *testing.T) {
	v := newVault(t)
	a, err1 := v.Seal([]byte("同一段文字"), here)
	b, err2 := v.Seal([]byte("同一段文字"), here)
	if err := errors.Join(err1, err2); err != nil {
		t.Fatal(err)
	}
	if bytes.Equal(a.Ciphertext, b.Ciphertext) || bytes.Equal(a.WrappedKey, b.WrappedKey) || a.Commitment == b.Commitment || a.CipherHash == b.CipherHash {
		t.Fatal("two seals of one text can be told to be equal")
	}
}

func TestEveryChangedBitIsRefused(t *testing.T) {
	v := newVault(t)
	s, err := v.Seal([]byte("李某，电话一二三"), here)
	if err != nil {
		t.Fatal(err)
	}
	fields := map[string]func(*Sealed) []byte{
		"wrapped key": func(s *Sealed) []byte { return s.WrappedKey }, "ciphertext": func(s *Sealed) []byte { return s.Ciphertext },
		"commitment": func(s *Sealed) []byte { return s.Commitment[:] }, "cipher hash": func(s *Sealed) []byte { return s.CipherHash[:] },
	}
	for name, field := range fields {
		for i := range field(&s) {
			bad := s
			bad.WrappedKey, bad.Ciphertext = bytes.Clone(s.WrappedKey), bytes.Clone(s.Ciphertext)
			field(&bad)[i] ^= 1
			if _, err := v.Open(bad, here); !errors.Is(err, ErrUnsealable) {
				t.Fatalf("%s byte %d changed: %v", name, i, err)
			}
		}
	}
	// A ciphertext changed together with its hash is caught by the cipher itself.
	bad := s
	bad.Ciphertext = append(bytes.Clone(s.Ciphertext), 0)
	bad.CipherHash = sha256.Sum256(bad.Ciphertext)
	if _, err := v.Open(bad, here); !errors.Is(err, ErrUnsealable) {
		t.Fatal(err)
	}
	if _, err := newVault(t).Open(s, here); !errors.Is(err, ErrUnsealable) {
		t.Fatalf("another installation opened it: %v", err)
	}
}

func TestRotationKeepsWhatWasSealedSignedAndHashed(t *testing.T) {
	first, second := master(t, "1"), master(t, "2")
	before, err := Open(write(t, keyFile{keyFileSchema, first.ID, first.ID, []masterKey{first}}))
	if err != nil {
		t.Fatal(err)
	}
	after, err := Open(write(t, keyFile{keyFileSchema, second.ID, first.ID, []masterKey{first, second}}))
	if err != nil {
		t.Fatal(err)
	}
	old, err := before.Seal([]byte("text"), here)
	if err != nil {
		t.Fatal(err)
	}
	moved, err := after.Rewrap(old, here)
	if err != nil {
		t.Fatal(err)
	}
	if moved.KeyID != second.ID || !bytes.Equal(moved.Ciphertext, old.Ciphertext) || moved.Commitment != old.Commitment || moved.CipherHash != old.CipherHash {
		t.Fatalf("re-wrapping changed more than the wrapped key: %+v", moved)
	}
	for _, s := range []Sealed{old, moved} {
		if text, err := after.Open(s, here); err != nil || string(text) != "text" {
			t.Fatalf("%q %v", text, err)
		}
	}
	if _, err := before.Open(moved, here); !errors.Is(err, ErrUnsealable) {
		t.Fatalf("opened without the new key: %v", err)
	}
	if err := after.Verify([]byte("head"), sign(t, before, "head")); err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(after.ReceiptCodeMAC("1"), before.ReceiptCodeMAC("1")) {
		t.Fatal("rotation lost the receipt codes")
	}
	if after.ActiveKey() != second.ID || bytes.Equal(before.ring.Load().active.head.public(), after.ring.Load().active.head.public()) {
		t.Fatal("rotation did not change the signing key")
	}
}

func TestVerifierChecksHeadsWithoutTheVault(t *testing.T) {
	v := newVault(t)
	text, err := json.Marshal(v.Verifier())
	if err != nil {
		t.Fatal(err)
	}
	var stranger Verifier
	if err := json.Unmarshal(text, &stranger); err != nil {
		t.Fatal(err)
	}
	sig := sign(t, v, "shard 3 count 9")
	if err := stranger.Verify([]byte("shard 3 count 9"), sig); err != nil {
		t.Fatal(err)
	}
	if err := stranger.Verify([]byte("shard 3 count 8"), sig); !errors.Is(err, ErrBadSignature) {
		t.Fatal(err)
	}
	sig.KeyID = "knone"
	if err := stranger.Verify([]byte("shard 3 count 9"), sig); !errors.Is(err, ErrBadSignature) {
		t.Fatal(err)
	}
	if err := json.Unmarshal([]byte(`{"k1":"AAAA"}`), &stranger); err == nil {
		t.Fatal("a public key of 3 bytes was read")
	}
}

func TestCheckpointsAreSignedNotes(t *testing.T) {
	v := newVault(t)
	signer, err := v.NoteSigners("log.example/yifa")
	if err != nil {
		t.Fatal(err)
	}
	signed, err := note.Sign(&note.Note{Text: "log.example/yifa\n1\nroot\n"}, signer...)
	if err != nil {
		t.Fatal(err)
	}
	vkey, err := v.NoteVerifierKey("log.example/yifa")
	if err != nil {
		t.Fatal(err)
	}
	verifier, err := note.NewVerifier(vkey)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := note.Open(signed, note.VerifierList(verifier)); err != nil {
		t.Fatal(err)
	}
	if _, err := v.NoteSigners("a name+plus"); err == nil {
		t.Fatal("a name no verifier could read was taken")
	}
	if v.ring.Load().active.head.ed.Equal(v.checkpoint) {
		t.Fatal("heads and checkpoints share a key")
	}
}

func TestKeyedHashesDifferByPurposeAndInstallation(t *testing.T) {
	v, other := newVault(t), newVault(t)
	if bytes.Equal(v.MAC(ReceiptCode, []byte("x")), v.MAC(Session, []byte("x"))) {
		t.Fatal("purposes share a key")
	}
	if v.SearchToken("违法") == other.SearchToken("违法") {
		t.Fatal("installations share search tokens")
	}
	if v.SearchToken("违法") != v.SearchToken("违法") || len(v.SearchToken("法")) != 10 || strings.Trim(v.SearchToken("法"), "abcdefghijklmnopqrstuvwxyz234567") != "" {
		t.Fatalf("token %q", v.SearchToken("法"))
	}
	if v.BlindIndex("phone", "1") == v.BlindIndex("id", "1") || v.BlindIndex("a", "bc") == v.BlindIndex("ab", "c") || len(v.BlindIndex("a", "b")) != 32 {
		t.Fatal("blind indexes of different kinds meet")
	}
	if bytes.Equal(v.ReceiptCodeMAC("1"), v.ReceiptCodeMAC("2")) {
		t.Fatal("two codes, one MAC")
	}
}

func FuzzOpen(f *testing.F) {
	v := newVault(f)
	s, err := v.Seal([]byte("原文"), here)
	if err != nil {
		f.Fatal(err)
	}
	f.Add(s.KeyID, s.WrappedKey, s.Ciphertext, here)
	f.Add("", []byte{}, []byte{}, []byte{})
	f.Add(s.KeyID, s.WrappedKey[:40], s.Ciphertext[:3], here)
	f.Fuzz(func(t *testing.T, id string, wrapped, cipher, aad []byte) {
		same := id == s.KeyID && bytes.Equal(wrapped, s.WrappedKey) && bytes.Equal(cipher, s.Ciphertext) && bytes.Equal(aad, here)
		bad := Sealed{KeyID: id, WrappedKey: wrapped, Ciphertext: cipher, Commitment: s.Commitment, CipherHash: sha256.Sum256(cipher)}
		if _, err := v.Open(bad, aad); (err == nil) != same {
			t.Fatalf("same %v, error %v", same, err)
		}
	})
}

func BenchmarkSeal(b *testing.B) {
	v := newVault(b)
	text := bytes.Repeat([]byte("执法"), 150)
	b.ReportAllocs()
	for b.Loop() {
		if _, err := v.Seal(text, here); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkSearchToken(b *testing.B) {
	v := newVault(b)
	b.ReportAllocs()
	for b.Loop() {
		v.SearchToken("执法")
	}
}
