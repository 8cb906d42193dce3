package identity

import (
	"strings"
	"testing"
	"time"

	"github.com/pquerna/otp/totp"
)

// A code is taken in its step and one to either side, in whatever way it is typed, and never twice.
func TestCheckCode(t *testing.T) {
	s, err := NewCodeSecret("依法", "heyuning")
	if err != nil {
		t.Fatal(err)
	}
	if !strings.HasPrefix(s.Address, "otpauth://totp/") || !strings.Contains(s.Address, s.Secret) {
		t.Errorf("address %q", s.Address)
	}
	now := time.Unix(1_790_000_010, 0)
	code, err := totp.GenerateCode(s.Secret, now)
	if err != nil {
		t.Fatal(err)
	}
	step, ok := CheckCode(s.Secret, code[:3]+" "+code[3:], now, 0)
	if !ok || step != now.Unix()/30 {
		t.Fatalf("step %d, %v", step, ok)
	}
	for _, x := range []struct {
		name string
		at   time.Time
		last int64
		want bool
	}{
		{"a step later", now.Add(30 * time.Second), 0, true},
		{"a step earlier", now.Add(-30 * time.Second), 0, true},
		{"two steps later", now.Add(60 * time.Second), 0, false},
		{"taken before", now, step, false},
		{"a later one taken before", now, step + 1, false},
	} {
		if _, ok := CheckCode(s.Secret, code, x.at, x.last); ok != x.want {
			t.Errorf("%s: %v", x.name, ok)
		}
	}
	for _, wrong := range []string{"", "12345", "1234567", "abcdef", strings.Repeat("9", 5000)} {
		if _, ok := CheckCode(s.Secret, wrong, now, 0); ok {
			t.Errorf("%.9q is taken", wrong)
		}
	}
}

// What is drawn for people to type is compared without dashes, spaces, case and look-alikes; what is given out as a
// password is one that may be chosen.
func TestDrawn(t *testing.T) {
	seen := map[string]bool{}
	for _, code := range NewRecoveryCodes() {
		typed := strings.ToUpper(strings.ReplaceAll(code, "-", " "))
		if got := RecoveryCode(typed); got == "" || got != RecoveryCode(code) {
			t.Errorf("%q is read as %q", typed, got)
		}
		seen[code] = true
	}
	if len(seen) != recoveryCodes || RecoveryCode("123456") != "" || RecoveryCode("oooo-oooo-iiii-llll") != "0000000011111111" {
		t.Errorf("%d codes, %q", len(seen), RecoveryCode("oooo-oooo-iiii-llll"))
	}
	for range 200 {
		if password := NewPassword(); CheckPassword(password, "heyuning") != nil || len(password) != 24 {
			t.Errorf("given out: %q", password)
		}
	}
}

// The rules of an installation are refused whole, with everything that is wrong.
func TestRules(t *testing.T) {
	roles := []string{"administrator", "leader"}
	if err := DefaultRules.Validate(roles); err != nil {
		t.Error(err)
	}
	bad := Rules{Idle: time.Second, Absolute: 48 * time.Hour, Half: 0, Prove: 0, History: time.Hour, SecondFor: []string{"mayor"}}
	err := bad.Validate(roles)
	if err == nil || strings.Count(err.Error(), "\n") != 5 {
		t.Errorf("faults: %v", err)
	}
}
