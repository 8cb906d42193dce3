package main

import (
	"net/http/httptest"
	"net/netip"
	"testing"
)

// Only our own proxies are believed when they say where a request came from.
func TestClientOf(t *testing.T) {
	of := clientOf([]netip.Prefix{netip.MustParsePrefix("127.0.0.1/32"), netip.MustParsePrefix("10.0.0.0/8")})
	for _, c := range []struct{ from, forwarded, want string }{
		{"127.0.0.1:999", "203.0.113.7", "203.0.113.7"},
		{"127.0.0.1:999", "198.51.100.1, 203.0.113.7", "203.0.113.7"},           // the first was written by the visitor
		{"127.0.0.1:999", "198.51.100.1, 203.0.113.7, 10.1.2.3", "203.0.113.7"}, // two proxies of ours
		{"127.0.0.1:999", "", "127.0.0.1"},
		{"127.0.0.1:999", "unknown", "127.0.0.1"},
		{"127.0.0.1:999", "2001:db8::7", "2001:db8::7"},
		{"203.0.113.9:999", "198.51.100.1", "203.0.113.9"}, // no proxy of ours
	} {
		r := httptest.NewRequest("GET", "/", nil)
		r.RemoteAddr = c.from
		if c.forwarded != "" {
			r.Header.Set("X-Forwarded-For", c.forwarded)
		}
		if got := of(r).String(); got != c.want {
			t.Errorf("from %s, forwarded for %q: %s, want %s", c.from, c.forwarded, got, c.want)
		}
	}
	if clientOf(nil) != nil {
		t.Error("without proxies nobody is believed")
	}
}
