package portal

import (
	"bytes"
	"net/http"
	"net/http/httptest"
	"testing"
	"time"

	"golang.org/x/crypto/chacha20poly1305"
)

// A receipt code is kept sealed, for half an hour, for this site alone.
func TestCodeIsKeptSealedForHalfAnHour(t *testing.T) {
	now := time.Unix(1_800_000_000, 0)
	p := keeper(t, 1, &now)
	w := httptest.NewRecorder()
	p.keepCode(w, "4827159033647718")
	c := w.Result().Cookies()[0]
	if !c.HttpOnly || c.SameSite != http.SameSiteStrictMode || !c.Secure || c.MaxAge != 1800 {
		t.Errorf("cookie %+v is not kept to this site and its server", c)
	}
	if bytes.Contains([]byte(c.Value), []byte("4827")) {
		t.Error("the cookie shows the code")
	}
	for _, try := range []struct {
		name  string
		of    *Portal
		value string
		after time.Duration
		want  string
	}{
		{"at once", p, c.Value, 0, "4827159033647718"},
		{"just before", p, c.Value, 30*time.Minute - time.Second, "4827159033647718"},
		{"after half an hour", p, c.Value, 30 * time.Minute, ""},
		{"other key", keeper(t, 2, &now), c.Value, 0, ""},
		{"changed", p, "A" + c.Value[1:], 0, ""},
		{"short", p, "AAAA", 0, ""},
		{"not base64", p, "*", 0, ""},
	} {
		r := httptest.NewRequest(http.MethodGet, "/", nil)
		r.AddCookie(&http.Cookie{Name: codeCookie, Value: try.value})
		before := now
		now = now.Add(try.after)
		if got := try.of.heldCode(r); got != try.want {
			t.Errorf("%s: %q, want %q", try.name, got, try.want)
		}
		now = before
	}
}

func keeper(t *testing.T, key byte, now *time.Time) *Portal {
	t.Helper()
	seal, err := chacha20poly1305.NewX(bytes.Repeat([]byte{key}, 32))
	must(t, err)
	return &Portal{Config: Config{TLS: true, Now: func() time.Time { return *now }}, seal: seal}
}
