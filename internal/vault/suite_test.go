package vault

import (
	"bytes"
	"encoding/hex"
	"encoding/json"
	"errors"
	"math/big"
	"path/filepath"
	"strings"
	"testing"

	"crypto/ecdsa"

	"github.com/emmansun/gmsm/sm2"
	"github.com/emmansun/gmsm/sm3"
	"github.com/emmansun/gmsm/sm4"
	"golang.org/x/mod/sumdb/note"
)

func unhex(t *testing.T, s string) []byte {
	t.Helper()
	b, err := hex.DecodeString(strings.ReplaceAll(s, " ", ""))
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func sign(t *testing.T, v *Vault, text string) Signature {
	t.Helper()
	sig, err := v.Sign([]byte(text))
	if err != nil {
		t.Fatal(err)
	}
	return sig
}

// TestPublishedVectors holds the algorithms of the national suite, as this package calls them, to the examples of the
// standards: GB/T 32905-2016 annex A, GB/T 32907-2016 annex A, RFC 8998 annex A, GB/T 32918.5-2017 annex A.
func TestPublishedVectors(t *testing.T) {
	for text, want := range map[string]string{
		"abc":                      "66c7f0f4 62eeedd9 d1f2d46b dc10e4e2 4167c487 5cf2f7a2 297da02b 8f4ba8e0",
		strings.Repeat("abcd", 16): "debe9ff9 2275b8a1 38604889 c18e5a4d 6fdb70e5 387e5765 293dcba3 9c0c5732",
	} {
		h := national{}.hash()
		h.Write([]byte(text))
		if !bytes.Equal(h.Sum(nil), unhex(t, want)) || h.Size() != sm3.Size {
			t.Errorf("SM3(%s) = %x", text, h.Sum(nil))
		}
	}
	key := unhex(t, "01234567 89abcdef fedcba98 76543210")
	block, err := sm4.NewCipher(key)
	if err != nil {
		t.Fatal(err)
	}
	out := make([]byte, sm4.BlockSize)
	if block.Encrypt(out, key); !bytes.Equal(out, unhex(t, "681edf34 d206965e 86b3e94f 536e4246")) {
		t.Errorf("SM4: %x", out)
	}
	gcm, err := dataCipher(inSM4, append(bytes.Clone(key), make([]byte, dataKey-sm4.BlockSize)...))
	if err != nil {
		t.Fatal(err)
	}
	plain := unhex(t, "aaaaaaaaaaaaaaaabbbbbbbbbbbbbbbbccccccccccccccccddddddddddddddddeeeeeeeeeeeeeeeeffffffffffffffffeeeeeeeeeeeeeeeeaaaaaaaaaaaaaaaa")
	sealed := gcm.Seal(nil, unhex(t, "00001234567800000000abcd"), plain, unhex(t, "feedfacedeadbeeffeedfacedeadbeefabaddad2"))
	if want := unhex(t, "17f399f08c67d5ee19d0dc9969c4bb7d5fd46fd3756489069157b282bb200735d82710ca5c22f0ccfa7cbf93d496ac15a56834cbcf98c397b4024a2691233b8d83de3541e4c2b58177e065a9bf7b62ec"); !bytes.Equal(sealed, want) {
		t.Errorf("SM4-GCM: %x", sealed)
	}
	point := unhex(t, "04 09F9DF31 1E5421A1 50DD7D16 1E4BC5C6 72179FAD 1833FC07 6BB08FF3 56F35020 CCEA490C E26775A5 2DC6EA71 8CC1AA60 0AED05FB F35E084A 6632F607 2DA9AD13")
	public, err := sm2Public(point)
	if err != nil {
		t.Fatal(err)
	}
	r, s := unhex(t, "F5A03B06 48D2C463 0EEAC513 E1BB81A1 5944DA38 27D5B741 43AC7EAC EEE720B3"), unhex(t, "B1B6AA29 DF212FD8 763182BC 0D421CA1 BB9038FD 1F7F42D4 840B69C4 85BBC1AA")
	sig := append([]byte{0x30, 70, 0x02, 33, 0}, r...)
	sig = append(append(sig, 0x02, 33, 0), s...)
	if !sm2Verify(public, []byte("message digest"), sig) || sm2Verify(public, []byte("message digesu"), sig) {
		t.Error("SM2: the signature of the standard does not hold, or one over another text does")
	}
	private := &sm2.PrivateKey{PrivateKey: ecdsa.PrivateKey{PublicKey: *public, D: new(big.Int).SetBytes(unhex(t, "3945208F 7B2144B1 3F36E38A C6D39F95 88939369 2860B51A 42FB81EF 4DF7C5B8"))}} //nolint:staticcheck // gmsm takes keys of crypto/ecdsa, which parses none of its curve
	if own, err := sm2Sign(private, []byte("message digest")); err != nil || !sm2Verify(public, []byte("message digest"), own) {
		t.Errorf("SM2: %v", err)
	}
	point[64] ^= 1
	if _, err := sm2Public(point); err == nil {
		t.Error("a point off the curve is taken")
	}
}

// TestSealedBeforeSuites opens and checks what was made before there were suites, to the byte.
func TestSealedBeforeSuites(t *testing.T) {
	v, err := OpenSecret("7d1f0b5c9e3a48627fc4d2081be5963ca0874f15d9b23e6c8a71f05e4d29c3b6")
	if err != nil {
		t.Fatal(err)
	}
	var s Sealed
	var sig Signature
	var heads Verifier
	for text, into := range map[string]any{
		`{"KeyID":"kh4htkue35zngmsyh","WrappedKey":"AfMLa050XirL+9+THto/Ld1+2VQ7Gtme6QX77Wz63tQdhjVdBVgF4NJ5nbPX7GFi0MsncYaJ+c6GlycShOAwh02zkmdNJWMbEeVw2kwYsKdgdwpUyw34wlQTSaEuBWdDxjuRlX/HSK5v","Ciphertext":"NYQ8Bfv3r4J5HAIg6hrK6ESEDYZ6ukpgjZ/t8vcusyQigZ4ncSevbiinDQ==","Commitment":[118,169,199,196,120,181,114,186,168,117,93,227,116,135,127,70,94,115,135,99,44,33,117,185,25,230,165,69,99,169,21,55],"CipherHash":[196,53,8,237,26,77,81,124,8,238,133,166,55,62,0,186,20,20,183,77,149,43,64,175,76,101,119,80,253,192,81,121]}`: &s,
		`{"KeyID":"kh4htkue35zngmsyh","Bytes":"2qB4BZfceTasyv7togNiVgVyE5p8/TRn1ihV8IF3RdT3U+A+QsGkstH4Rf2Mh+VbUHie2FGb+pcVyib0pLCCBQ=="}`: &sig,
		`{"kh4htkue35zngmsyh":"+5qlAGM/HUpNay7+dN78HsHvk69eDWhFQ/07waltsRI="}`:                                                             &heads,
	} {
		if err := json.Unmarshal([]byte(text), into); err != nil {
			t.Fatal(err)
		}
	}
	place := Place{Shard: 7, Matter: 99, Seq: 3, Class: "staff"}.AAD()
	if plain, err := v.Open(s, place); err != nil || string(plain) != "封存于算法套件之前" {
		t.Errorf("%s, %v", plain, err)
	}
	if err := errors.Join(v.Verify([]byte("head"), sig), heads.Verify([]byte("head"), sig)); err != nil {
		t.Error(err)
	}
	if key, err := v.NoteVerifierKey("log"); err != nil || key != "log+4fb817d6+AUiXnfgnAfr+C6lNTul86Xp+yambxUVvurIGt6tw2ycl" {
		t.Errorf("%s, %v", key, err)
	}
	if got := v.BlindIndex("phone", "13800000000"); got != "xse6h3xvebba4bgtdk3nizxfiuwtqtly" {
		t.Error(got)
	}
}

// TestSuitesRotate goes from one suite to the other and back: all that was sealed and signed by either stays readable,
// and what is wrapped anew is not sealed anew.
func TestSuitesRotate(t *testing.T) {
	for _, begun := range Suites {
		path := filepath.Join(t.TempDir(), "key.json")
		if err := Create(path, begun); err != nil {
			t.Fatal(err)
		}
		v, err := Open(path)
		if err != nil {
			t.Fatal(err)
		}
		check, log := v.Check(), logKey(t, v)
		var sealed []Sealed
		var signed []Signature
		var kinds []byte
		for _, next := range []Suite{begun, National, Common, National} {
			id, err := Add(path, next)
			if err != nil {
				t.Fatal(err)
			}
			if err := errors.Join(v.Reload(), v.Use(id)); err != nil {
				t.Fatal(err)
			}
			s, err := v.Seal([]byte("text"), here)
			if err != nil {
				t.Fatal(err)
			}
			sealed, signed = append(sealed, s), append(signed, sign(t, v, "head"))
			for i, old := range sealed {
				again, err := v.Rewrap(old, here)
				if err != nil || !bytes.Equal(again.Ciphertext, old.Ciphertext) || again.KeyID != id {
					t.Fatalf("wrap anew: %v", err)
				}
				sealed[i] = again
				if plain, err := v.Open(again, here); err != nil || string(plain) != "text" {
					t.Errorf("%d: %q, %v", i, plain, err)
				}
				for at := range again.WrappedKey {
					bad := again
					bad.WrappedKey = bytes.Clone(again.WrappedKey)
					bad.WrappedKey[at] ^= 0x10
					if _, err := v.Open(bad, here); !errors.Is(err, ErrUnsealable) {
						t.Fatalf("byte %d of a wrapped key may be changed: %v", at, err)
					}
				}
			}
			kinds = append(kinds, s.WrappedKey[0])
			for _, sig := range signed {
				if err := v.Verify([]byte("head"), sig); err != nil || v.Verify([]byte("heae"), sig) == nil {
					t.Error(err)
				}
			}
		}
		if !bytes.Equal(kinds[1:], []byte{0x12, 0x01, 0x12}) {
			t.Errorf("sealed and wrapped by %x", kinds)
		}
		if v.Check() != check || logKey(t, v) != log {
			t.Error("keyed hashes or the log's key follow the key in use")
		}
		both := signed[1]
		for _, cut := range []Signature{{both.KeyID, both.Bytes[:64]}, {both.KeyID, append(bytes.Clone(both.Bytes[:64]), signed[3].Bytes[64:]...)}} {
			if err := v.Verify([]byte("head"), cut); !errors.Is(err, ErrBadSignature) {
				t.Errorf("a head without its SM2 half passes: %v", err)
			}
		}
	}
}

// TestNotesAreSignedTwice holds checkpoints of the national suite to both keys, and to programs that know Ed25519 alone.
func TestNotesAreSignedTwice(t *testing.T) {
	path := filepath.Join(t.TempDir(), "key.json")
	if err := Create(path, National); err != nil {
		t.Fatal(err)
	}
	v, err := Open(path)
	if err != nil {
		t.Fatal(err)
	}
	signers, err := v.NoteSigners("log.example/yifa")
	if err != nil || len(signers) != 2 {
		t.Fatal(len(signers), err)
	}
	signed, err := note.Sign(&note.Note{Text: "log.example/yifa\n1\nroot\n"}, signers...)
	if err != nil {
		t.Fatal(err)
	}
	first, err1 := v.NoteVerifierKey("log.example/yifa")
	second, err2 := v.SM2NoteVerifierKey("log.example/yifa")
	if err := errors.Join(err1, err2); err != nil {
		t.Fatal(err)
	}
	known, err := note.NewVerifier(first)
	if err != nil {
		t.Fatal(err)
	}
	if n, err := note.Open(signed, note.VerifierList(known)); err != nil || len(n.Sigs) != 1 || len(n.UnverifiedSigs) != 1 {
		t.Errorf("a program that knows Ed25519 alone: %v", err)
	}
	both, err := NewNoteVerifier(second)
	if err != nil {
		t.Fatal(err)
	}
	if n, err := note.Open(signed, note.VerifierList(both)); err != nil || len(n.Sigs) != 1 {
		t.Errorf("by SM2: %v", err)
	}
	forged := bytes.Replace(signed, []byte("root"), []byte("tree"), 1)
	if _, err := note.Open(forged, note.VerifierList(both)); err == nil {
		t.Error("another text passes")
	}
	for _, bad := range []string{"", "x", strings.Replace(second, "log.example", "log.elsewhere", 1), second[:len(second)-8], first + "x"} {
		if _, err := NewNoteVerifier(bad); !errors.Is(err, ErrNoteKey) {
			t.Errorf("%q: %v", bad, err)
		}
	}
}

// TestSuiteIsPartOfTheKey: a suite written into the file by hand is noticed, and so is one this program does not know.
func TestSuiteIsPartOfTheKey(t *testing.T) {
	m := master(t, "suite")
	for _, suite := range []Suite{National, "rot13"} {
		m.Suite = suite
		text, err := json.Marshal(keyFile{keyFileSchema, m.ID, m.ID, []masterKey{m}})
		if err != nil {
			t.Fatal(err)
		}
		if _, err := OpenSecret(string(text)); !errors.Is(err, ErrBadKeyFile) {
			t.Errorf("%s: %v", suite, err)
		}
	}
}
