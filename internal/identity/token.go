package identity

import (
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"errors"
)

// ErrBadToken means a text is not a session token at all.
var ErrBadToken = errors.New("identity: not a session token")

const tokenSize = 32

var tokenBase64 = base64.RawURLEncoding.Strict()

// NewToken makes a session token, 43 characters for a cookie, and the hash to store in its place:
// whoever reads the database cannot take over a session.
func NewToken() (token string, hash []byte) {
	b := make([]byte, tokenSize)
	rand.Read(b)
	return tokenBase64.EncodeToString(b), tokenHash(b)
}

// TokenHash is the hash under which the session of a token is stored, or ErrBadToken. A plain hash
// will do: the token is random and as long as the hash.
func TokenHash(token string) ([]byte, error) {
	b, err := tokenBase64.DecodeString(token)
	if err != nil || len(b) != tokenSize || len(token) != tokenBase64.EncodedLen(tokenSize) { // the decoder skips line breaks
		return nil, ErrBadToken
	}
	return tokenHash(b), nil
}

func tokenHash(b []byte) []byte {
	sum := sha256.Sum256(b)
	return sum[:]
}
