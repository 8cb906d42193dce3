package identity

import (
	"bytes"
	"errors"
	"strings"
	"testing"
)

func TestTokenIsFoundByItsHash(t *testing.T) {
	token, hash := NewToken()
	got, err := TokenHash(token)
	if err != nil || !bytes.Equal(got, hash) || len(token) != 43 || strings.Trim(token, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_") != "" {
		t.Fatalf("%q %x %x %v", token, hash, got, err)
	}
	if other, _ := NewToken(); other == token {
		t.Fatal("two tokens are equal")
	}
	for _, bad := range []string{"", token[:42], token + "A", token + "\n", "\n" + token, strings.Repeat("=", 43), token[:42] + "/"} {
		if _, err := TokenHash(bad); !errors.Is(err, ErrBadToken) {
			t.Errorf("%q was taken", bad)
		}
	}
}
