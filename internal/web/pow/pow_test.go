package pow

import (
	"bytes"
	"context"
	"errors"
	"strings"
	"testing"
	"time"
)

func issuer(now *time.Time) *Issuer {
	clock := func() time.Time { return *now }
	memory := &Memory{Now: clock}
	return &Issuer{Key: bytes.Repeat([]byte{7}, 32), Work: Work{8, 3}, Spend: memory.Spend, Now: clock}
}

func TestCheck(t *testing.T) {
	now := time.Unix(1_800_000_000, 0)
	i := issuer(&now)
	other := issuer(&now)
	other.Key = bytes.Repeat([]byte{8}, 32)
	cases := []struct {
		name  string
		token func() string
		nonce func(token string) string
		after time.Duration
		want  Proof
		err   error
	}{
		{"a number found at once", i.New, func(s string) string { return Solve(s) }, 0, Worked, nil},
		{"no number, but time to write", i.New, none, 6 * time.Second, Waited, nil},
		{"no number, no time", i.New, none, 4 * time.Second, None, ErrTooSoon},
		{"one part of three", i.New, func(s string) string { return strings.Split(Solve(s), ",")[0] }, 0, None, ErrWrong},
		{"the first part three times", i.New, func(s string) string {
			n := strings.Split(Solve(s), ",")[0]
			return n + "," + n + "," + n
		}, 0, None, ErrWrong},
		{"a wrong number", i.New, wrong, time.Minute, None, ErrWrong},
		{"a number as long as a book", i.New, func(string) string { return strings.Repeat("0", 100) + "1" }, time.Minute, None, ErrWrong},
		{"yesterday's form", i.New, func(s string) string { return Solve(s) }, 25 * time.Hour, None, ErrExpired},
		{"another site's token", other.New, none, time.Minute, None, ErrForged},
		{"an easier token", func() string { return easier(i.New()) }, none, time.Minute, None, ErrForged},
		{"no token", func() string { return "" }, none, time.Minute, None, ErrForged},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			token := c.token()
			nonce := c.nonce(token)
			start := now
			now = now.Add(c.after)
			got, err := i.Check(context.Background(), token, nonce)
			now = start
			if got != c.want || !errors.Is(err, c.err) {
				t.Errorf("Check = %v, %v; want %v, %v", got, err, c.want, c.err)
			}
		})
	}
}

func TestOnceOnly(t *testing.T) {
	now := time.Unix(1_800_000_000, 0)
	i := issuer(&now)
	token := i.New()
	now = now.Add(time.Minute)
	if _, err := i.Check(context.Background(), token, ""); err != nil {
		t.Fatal(err)
	}
	if _, err := i.Check(context.Background(), token, Solve(token)); !errors.Is(err, ErrSpent) {
		t.Errorf("second use: %v, want ErrSpent", err)
	}
}

func TestSpendSeesOnlyHours(t *testing.T) {
	now := time.Unix(1_800_000_123, 0)
	i := issuer(&now)
	i.Spend = func(_ context.Context, _ string, until time.Time) (bool, error) {
		if until.Minute() != 0 || until.Second() != 0 {
			t.Errorf("until %v tells more than the hour", until)
		}
		return true, nil
	}
	token := i.New()
	now = now.Add(time.Minute)
	if _, err := i.Check(context.Background(), token, ""); err != nil {
		t.Fatal(err)
	}
}

func TestMemoryForgets(t *testing.T) {
	now := time.Unix(1_800_000_000, 0)
	m := &Memory{Now: func() time.Time { return now }}
	_, _ = m.Spend(context.Background(), "a", now.Add(time.Hour))
	now = now.Add(3 * time.Hour)
	_, _ = m.Spend(context.Background(), "b", now.Add(time.Hour))
	if len(m.spent) != 1 {
		t.Errorf("%d tokens kept, want 1", len(m.spent))
	}
}

func none(string) string { return "" }

func wrong(token string) string {
	for _, n := range []string{"x1", "x2", "x3", "x4"} {
		if !Fits(token, n, Work{8, 3}) {
			return n
		}
	}
	return "x"
}

// easier asks for no zero bits at all, without the key to sign that.
func easier(token string) string {
	b := []byte(token)
	b[32] = 'B' // the upper bits of the 25th byte: half as many zeros asked
	return string(b)
}
