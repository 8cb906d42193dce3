package portal

import (
	"crypto/rand"
	"encoding/base64"
	"encoding/binary"
	"net/http"
	"strings"
	"time"
)

const (
	codeCookie = "yifa_track"
	codeLife   = 30 * time.Minute
)

// keepCode puts a receipt code, sealed, into a cookie that no script reads and no other site sends. After a slash may
// stand the matter that was split off its own and is looked at.
func (p *Portal) keepCode(w http.ResponseWriter, code string) {
	plain := binary.BigEndian.AppendUint64(nil, uint64(p.Now().Add(codeLife).Unix()))
	nonce := make([]byte, p.seal.NonceSize(), 96)
	_, _ = rand.Read(nonce) // never fails: crypto/rand ends the program instead
	sealed := p.seal.Seal(nonce, nonce, append(plain, code...), []byte(codeCookie))
	p.setCookie(w, base64.RawURLEncoding.EncodeToString(sealed), int(codeLife/time.Second))
}

// forgetCode ends a look-up.
func (p *Portal) forgetCode(w http.ResponseWriter) { p.setCookie(w, "", -1) }

func (p *Portal) setCookie(w http.ResponseWriter, value string, maxAge int) {
	http.SetCookie(w, &http.Cookie{Name: codeCookie, Value: value, Path: "/", MaxAge: maxAge,
		HttpOnly: true, Secure: p.TLS, SameSite: http.SameSiteStrictMode})
}

// heldCode is the receipt code of the running look-up, or "" when there is none.
func (p *Portal) heldCode(r *http.Request) string {
	code, _, _ := strings.Cut(p.held(r), "/")
	return code
}

// held is what keepCode keeps, or "" when there is nothing or its half hour is over. The server checks the end itself: a
// copied cookie does not live longer than the browser would keep it.
func (p *Portal) held(r *http.Request) string {
	c, err := r.Cookie(codeCookie)
	if err != nil {
		return ""
	}
	sealed, err := base64.RawURLEncoding.DecodeString(c.Value)
	if err != nil || len(sealed) < p.seal.NonceSize() {
		return ""
	}
	nonce, rest := sealed[:p.seal.NonceSize()], sealed[p.seal.NonceSize():]
	plain, err := p.seal.Open(nil, nonce, rest, []byte(codeCookie))
	if err != nil || len(plain) < 8 || p.Now().Unix() >= int64(binary.BigEndian.Uint64(plain)) {
		return ""
	}
	return string(plain[8:])
}
