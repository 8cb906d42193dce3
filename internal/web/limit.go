package web

import (
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"net"
	"net/http"
	"net/netip"
	"sync"
	"time"

	"golang.org/x/time/rate"
)

// Class is a kind of request with its own limits: "report", "track", "upload".
type Class string

// Rule is how often one class may be asked: by one line (an IPv4 address or an IPv6 /56), and by all together.
type Rule struct {
	Every  time.Duration // one more each
	Burst  int           // at once
	Global rate.Limit    // per second over all lines; 0: no limit
	Spare  int           // burst of all lines together
}

// Limiter holds strangers to a rule per class. It keeps keyed hashes of addresses in memory only, forgets a line after
// an hour, and when too many lines come at once throws away the map rather than grow: the global limit then holds.
type Limiter struct {
	Rules  map[Class]Rule
	Now    func() time.Time
	Client func(*http.Request) netip.Addr // nil: the address of the connection; behind a proxy the caller knows better

	once    sync.Once
	mu      sync.Mutex
	key     [32]byte
	lines   map[[16]byte]*line
	all     map[Class]*rate.Limiter
	sweptAt time.Time
}

type line struct {
	limit *rate.Limiter
	seen  time.Time
}

const maxLines = 100_000 // some 20 MB

// Allow is nil, or the Problem of asking too often. A class without a rule is never held.
func (l *Limiter) Allow(r *http.Request, class Class) error { return l.AllowN(r, class, 1) }

// AllowOf counts by what is asked about, such as one draft, wherever the asking comes from.
func (l *Limiter) AllowOf(thing string, class Class) error { return l.allow(thing, class, 1) }

// AllowN counts a request as n: for senders without a proof of work.
func (l *Limiter) AllowN(r *http.Request, class Class, n int) error {
	return l.allow(l.prefix(r).String(), class, n)
}

func (l *Limiter) allow(from string, class Class, n int) error {
	rule, found := l.Rules[class]
	if !found {
		return nil
	}
	l.once.Do(l.init)
	now := l.Now()
	l.mu.Lock()
	defer l.mu.Unlock()
	l.sweep(now)
	key := l.lineKey(from, class)
	one := l.lines[key]
	if one == nil {
		one = &line{limit: rate.NewLimiter(rate.Every(rule.Every), rule.Burst)}
		l.lines[key] = one
	}
	one.seen = now
	if wait := take(one.limit, now, min(n, rule.Burst)); wait > 0 {
		return TooMany(int(wait/time.Second) + 1)
	}
	if rule.Global > 0 {
		if l.all[class] == nil {
			l.all[class] = rate.NewLimiter(rule.Global, max(rule.Spare, 1))
		}
		if wait := take(l.all[class], now, 1); wait > 0 {
			return TooMany(int(wait/time.Second) + 1)
		}
	}
	return nil
}

// take uses n of a limit, or says how long to wait and uses nothing.
func take(l *rate.Limiter, now time.Time, n int) time.Duration {
	res := l.ReserveN(now, n)
	wait := res.DelayFrom(now)
	if wait > 0 {
		res.CancelAt(now)
	}
	return wait
}

func (l *Limiter) init() {
	_, _ = rand.Read(l.key[:]) // never fails: crypto/rand ends the program instead
	l.lines, l.all = map[[16]byte]*line{}, map[Class]*rate.Limiter{}
}

func (l *Limiter) sweep(now time.Time) {
	if len(l.lines) >= maxLines {
		l.lines = map[[16]byte]*line{}
	}
	if now.Sub(l.sweptAt) < 10*time.Minute {
		return
	}
	l.sweptAt = now
	for k, one := range l.lines {
		if now.Sub(one.seen) > time.Hour {
			delete(l.lines, k)
		}
	}
}

// Line names where a request came from without saying it: for counting what comes from there.
func (l *Limiter) Line(r *http.Request) string {
	l.once.Do(l.init)
	key := l.lineKey(l.prefix(r).String(), "")
	return hex.EncodeToString(key[:])
}

// lineKey hides the address: a dump of the memory names nobody.
func (l *Limiter) lineKey(from string, class Class) (key [16]byte) {
	mac := hmac.New(sha256.New, l.key[:])
	mac.Write([]byte(class))
	mac.Write([]byte{0})
	mac.Write([]byte(from))
	copy(key[:], mac.Sum(nil))
	return key
}

// Addr is where a request came from; the zero Addr where that cannot be said. Only what officials sign in from may be
// kept anywhere.
func (l *Limiter) Addr(r *http.Request) netip.Addr {
	var addr netip.Addr
	if l.Client != nil {
		addr = l.Client(r)
	} else if host, _, err := net.SplitHostPort(r.RemoteAddr); err == nil {
		addr, _ = netip.ParseAddr(host) // not an address: all such share one line
	}
	return addr.Unmap().WithZone("")
}

func (l *Limiter) prefix(r *http.Request) netip.Prefix {
	addr := l.Addr(r)
	wide := 32
	if addr.Is6() {
		wide = 56
	}
	p, _ := addr.Prefix(wide) // the zero address has the zero prefix
	return p
}
