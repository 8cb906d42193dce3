package identity

import (
	"context"
	"errors"
	"strings"
	"testing"
)

var cheap = Cost{MemoryKiB: 64, Passes: 1, Lanes: 1}

func TestPasswordIsKnownByItsHashOnly(t *testing.T) {
	h := NewHasher(DefaultCost, 1)
	stored, err := h.Hash(t.Context(), "ｃｏｒｒｅｃｔ horse battery 马")
	if err != nil {
		t.Fatal(err)
	}
	if !strings.HasPrefix(stored, "$argon2id$v=19$m=19456,t=2,p=1$") {
		t.Fatal(stored)
	}
	if ok, outdated, err := h.Check(t.Context(), stored, "correct horse battery 马"); !ok || outdated || err != nil {
		t.Fatalf("full width and half width are one password: %v %v %v", ok, outdated, err)
	}
	if ok, outdated, err := h.Check(t.Context(), stored, "correct horse battery"); ok || outdated || err != nil {
		t.Fatalf("%v %v %v", ok, outdated, err)
	}
	if again, _ := h.Hash(t.Context(), "correct horse battery 马"); again == stored {
		t.Fatal("two hashes of one password are equal")
	}
}

// The vector stands in test.c of the reference implementation (P-H-C/phc-winner-argon2, version 0x13).
func TestHashesOfOtherProgramsAreReadAndReplaced(t *testing.T) {
	h := NewHasher(cheap, 1)
	const stored = "$argon2id$v=19$m=65536,t=2,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc"
	if ok, outdated, err := h.Check(t.Context(), stored, "password"); !ok || !outdated || err != nil {
		t.Fatalf("%v %v %v", ok, outdated, err)
	}
	if ok, outdated, _ := h.Check(t.Context(), stored, "Password"); ok || outdated {
		t.Fatal("a wrong password asks for a new hash")
	}
}

func TestNoAccountIsNeverSignedIn(t *testing.T) {
	h := NewHasher(cheap, 1)
	h.decoy = h.hash("guessed") // even if somebody could guess it
	if ok, outdated, err := h.Check(t.Context(), "", "guessed"); ok || outdated || err != nil {
		t.Fatalf("%v %v %v", ok, outdated, err)
	}
}

func TestUnreadableHashesAreFaults(t *testing.T) {
	h := NewHasher(cheap, 1)
	good, err := h.Hash(t.Context(), "x")
	if err != nil {
		t.Fatal(err)
	}
	for _, bad := range []string{
		"plain", "$2a$10$abc", strings.Replace(good, "argon2id", "argon2i", 1), strings.Replace(good, "v=19", "v=16", 1),
		strings.Replace(good, "m=64", "m=4294967295", 1), strings.Replace(good, "m=64", "m=+64", 1), strings.Replace(good, "m=64", "m=1", 1),
		strings.Replace(good, "t=1", "t=0", 1), strings.Replace(good, "t=1", "t=9999", 1), strings.Replace(good, "p=1", "p=300", 1),
		good + "$", good[:len(good)-40], good + "=", strings.Replace(good, "p=1", "p=1,x=2", 1),
	} {
		if ok, _, err := h.Check(t.Context(), bad, "x"); ok || !errors.Is(err, ErrBadHash) {
			t.Errorf("%s: %v %v", bad, ok, err)
		}
	}
}

func TestOnlySoManyAtOnce(t *testing.T) {
	h := NewHasher(cheap, 1)
	h.slots <- struct{}{} // somebody else is hashing
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := h.Hash(ctx, "x"); !errors.Is(err, context.Canceled) {
		t.Fatal(err)
	}
	if _, _, err := h.Check(ctx, "", "x"); !errors.Is(err, context.Canceled) {
		t.Fatal(err)
	}
	h.leave()
	if _, err := h.Hash(t.Context(), "x"); err != nil {
		t.Fatal(err)
	}
}

func FuzzParsePHC(f *testing.F) {
	f.Add("$argon2id$v=19$m=64,t=1,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc")
	f.Add("$argon2id$v=19$m=64,t=1,p=1$$")
	f.Fuzz(func(t *testing.T, s string) {
		if p, err := parsePHC(s); err == nil && (p.String() != s || p.cost.MemoryKiB > maxCost.MemoryKiB) {
			t.Fatalf("%q read as %q", s, p)
		}
	})
}

func TestPasswordRules(t *testing.T) {
	names := []string{"li.ming", "李明远", "江海区司法局", "13800138000"}
	for password, want := range map[string]PasswordFault{
		"correct horse battery": "", "白马过江天未晓风吹两岸芦": "", "V7#kq-pLz0!w": "", "Dynasty of lamps": "",
		"short-pass1": TooShort, "白马过江": TooShort, strings.Repeat("xq7", 43): TooLong,
		"passwordpassword": TooCommon, "Password2026": TooCommon, "ｐａｓｓｗｏｒｄ２０２６": TooCommon, "123456789012": TooCommon, "aaaaaaaaaaaa": TooCommon,
		"abababababab": TooCommon, "abcdefghijkl": TooCommon, "1qaz2wsx3edc": TooCommon, "woaini5201314": TooCommon, "qwertyuiop12": TooCommon, "Admin@123456": TooCommon,
		"hello 李明远 of town": ContainsName, "my phone 13800138000": ContainsName, "LI-MING-sunset-42": ContainsName, "list of libraries": "",
		"tab\tin the middle": BadCharacter, "bad \xff bytes here": BadCharacter,
	} {
		err := CheckPassword(password, names...)
		var bad *BadPassword
		if errors.As(err, &bad); (want == "") != (err == nil) || err != nil && bad.Fault != want {
			t.Errorf("%q: %v, want %q", password, err, want)
		}
		if err != nil && strings.Contains(err.Error(), password) {
			t.Errorf("the error tells the password: %v", err)
		}
	}
	var bad *BadPassword
	if err := CheckPassword("river wangxiaoming 7", "WangXiaoming"); !errors.As(err, &bad) || bad.Fault != ContainsName {
		t.Error(err)
	}
}
