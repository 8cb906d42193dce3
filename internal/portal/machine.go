package portal

import (
	"fmt"
	"io"
	"net/http"
	"time"
)

// robots serves GET /robots.txt: reports, look-ups and the desk are nobody's index.
func (p *Portal) robots(w http.ResponseWriter, _ *http.Request) error {
	w.Header().Set("Content-Type", "text/plain; charset=utf-8")
	w.Header().Set("Cache-Control", "public, max-age=86400")
	text := "User-agent: *\n"
	for _, prefix := range []string{"", "/zh-hant", "/en"} {
		for _, path := range []string{"/report/", "/track/", "/desk"} {
			text += "Disallow: " + prefix + path + "\n"
		}
	}
	_, err := io.WriteString(w, text)
	return err
}

// securityTxt serves GET /.well-known/security.txt (RFC 9116): where to tell of a hole in the site.
func (p *Portal) securityTxt(w http.ResponseWriter, r *http.Request) error {
	contact := p.Contact
	if contact == "" {
		contact = "tel:12345"
	}
	const trusted = 90 * 24 * time.Hour // RFC 9116, 2.5.5: less than a year ahead
	w.Header().Set("Content-Type", "text/plain; charset=utf-8")
	_, err := fmt.Fprintf(w, "Contact: %s\nExpires: %s\nPreferred-Languages: zh, en\nCanonical: %s/.well-known/security.txt\n",
		contact, p.Now().Add(trusted).UTC().Format(time.RFC3339), p.origin(r))
	return err
}
