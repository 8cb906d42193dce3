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
	p.setNamed(w, codeCookie, p.sealed(codeCookie, code), int(codeLife/time.Second))
}

// forgetCode ends a look-up.
func (p *Portal) forgetCode(w http.ResponseWriter) { p.setNamed(w, codeCookie, "", -1) }

func (p *Portal) setNamed(w http.ResponseWriter, name, value string, maxAge int) {
	site := http.SameSiteStrictMode
	if name == contactCookie {
		site = http.SameSiteLaxMode // it is read when a provider of identities leads back here
	}
	http.SetCookie(w, &http.Cookie{Name: name, Value: value, Path: "/", MaxAge: maxAge, HttpOnly: true, Secure: p.TLS, SameSite: site})
}

// heldCode is the receipt code of the running look-up, or "" when there is none.
func (p *Portal) heldCode(r *http.Request) string {
	code, _, _ := strings.Cut(p.held(r), "/")
	return code
}

// held is what keepCode keeps.
func (p *Portal) held(r *http.Request) string { return p.unsealed(r, codeCookie) }

// sealed is a text that only this site reads, as the cookie of a name and for half an hour.
func (p *Portal) sealed(name, text string) string {
	plain := binary.BigEndian.AppendUint64(nil, uint64(p.Now().Add(codeLife).Unix()))
	nonce := make([]byte, p.seal.NonceSize(), 192)
	_, _ = rand.Read(nonce) // never fails: crypto/rand ends the program instead
	return base64.RawURLEncoding.EncodeToString(p.seal.Seal(nonce, nonce, append(plain, text...), []byte(name)))
}

// unsealed is the text that sealed made, or "" when there is none or its half hour is over. The server checks the end
// itself: a copied cookie does not live longer than the browser would keep it.
func (p *Portal) unsealed(r *http.Request, name string) string {
	c, err := r.Cookie(name)
	if err != nil {
		return ""
	}
	sealed, err := base64.RawURLEncoding.DecodeString(c.Value)
	if err != nil || len(sealed) < p.seal.NonceSize() {
		return ""
	}
	nonce, rest := sealed[:p.seal.NonceSize()], sealed[p.seal.NonceSize():]
	plain, err := p.seal.Open(nil, nonce, rest, []byte(name))
	if err != nil || len(plain) < 8 || p.Now().Unix() >= int64(binary.BigEndian.Uint64(plain)) {
		return ""
	}
	return string(plain[8:])
}
