package bench

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"regexp"
	"strconv"
	"strings"
	"time"

	"yifa/internal/web/pow"
)

// sender is somebody who files one report, or tries to.
type sender struct {
	kind, line string
	seed       int
	writing    time.Duration
	waited     time.Duration
}

func (s *sender) honest() bool { return s.kind == kindHonest || s.kind == kindPlain }

// patience is how long a sender waits in all before she gives up: what a person has who keeps a page open.
func (s *sender) patience() time.Duration {
	switch s.kind {
	case kindNaive:
		return 0
	case kindHonest:
		return 30 * time.Minute
	}
	return time.Hour
}

// file goes the whole way of a report and counts how it went.
func (f *flood) file(ctx context.Context, s *sender) {
	kind := f.kind(s.kind)
	through, err := f.way(ctx, s)
	if ctx.Err() != nil && !through {
		return
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	switch {
	case err != nil:
		kind.Failed++
	case through:
		kind.Through++
		kind.Waited = append(kind.Waited, s.waited)
	}
}

func (f *flood) way(ctx context.Context, s *sender) (through bool, err error) {
	form, err := f.form(ctx, s, "/report")
	if err != nil {
		return false, err
	}
	at, err := f.turn(ctx, s, "/report", form)
	draft, begun := strings.CutSuffix(at, "what")
	if err != nil || !begun || !pause(ctx, s.writing) {
		return false, err
	}
	account := prose(dice(s.seed), 200)
	if s.kind == kindCopies {
		account = prose(dice(1), 200)
	}
	for _, step := range []struct {
		name string
		form url.Values
	}{{"what", url.Values{"problem": {"no_identification"}}}, {"when", url.Values{"division": {county}}},
		{"story", url.Values{"account": {account}}}, {"who", url.Values{"identity": {"anonymous"}, "lang": {"zh-Hans"}}}} {
		if _, _, err := f.ask(ctx, s, http.MethodPost, draft+step.name, step.form); err != nil {
			return false, err
		}
	}
	if form, err = f.form(ctx, s, draft+"check"); err != nil {
		return false, err
	}
	const reads = 6 * time.Second // the page is open longer than a machine needs
	if form.Get("pow_nonce") == "" && !pause(ctx, reads) {
		return false, nil
	}
	at, err = f.turn(ctx, s, draft+"check", form)
	return strings.HasSuffix(at, "/receipt"), err
}

var (
	hiddenToken = regexp.MustCompile(`name="pow" value="([^"]+)"`)
	waitEvery   = regexp.MustCompile(`data-turn-every="(\d+)"`)
)

// form opens a page and finds its proof, where the sender computes one: it waits as long as that would take.
func (f *flood) form(ctx context.Context, s *sender, page string) (url.Values, error) {
	form := url.Values{}
	if !s.honest() && s.kind != kindComputes && page == "/report" {
		return form, nil // a machine does not look at what it does not need
	}
	body, _, err := f.ask(ctx, s, http.MethodGet, page, nil)
	m := hiddenToken.FindStringSubmatch(body)
	if err != nil || m == nil {
		return form, err
	}
	form.Set("pow", m[1])
	if s.kind != kindHonest && s.kind != kindComputes {
		return form, nil
	}
	took := time.Duration(pow.Asked(m[1]).Parts) * phonePart
	if s.kind == kindComputes {
		took = f.computed(pow.Asked(m[1]).Parts)
	}
	form.Set("pow_nonce", pow.Solve(m[1]))
	s.waited += took
	pause(ctx, took)
	return form, nil
}

// computed is when the attackers' processors have found a proof.
func (f *flood) computed(parts int) time.Duration {
	f.mu.Lock()
	defer f.mu.Unlock()
	if now := time.Now(); f.compute.Before(now) {
		f.compute = now
	}
	f.compute = f.compute.Add(time.Duration(parts) * attackPart)
	return time.Until(f.compute)
}

// turn sends a form and waits in line until it leads on, or the sender gives up.
func (f *flood) turn(ctx context.Context, s *sender, page string, form url.Values) (at string, err error) {
	_, at, err = f.ask(ctx, s, http.MethodPost, page, form)
	for begin, had := time.Now(), s.waited; err == nil && strings.Contains(at, "/wait?turn="); {
		body, next, err := f.ask(ctx, s, http.MethodGet, at, nil)
		if err != nil {
			return at, err
		}
		s.waited = had + time.Since(begin)
		if next != "" {
			at = next
			continue
		}
		every := 5
		if m := waitEvery.FindStringSubmatch(body); m != nil {
			every, _ = strconv.Atoi(m[1])
		}
		if s.waited+time.Duration(every)*time.Second > s.patience() || !pause(ctx, time.Duration(every)*time.Second) {
			return at, nil
		}
	}
	return at, err
}

// ask sends one request from the line of a sender. Attackers share so many connections; the honest have their own.
func (f *flood) ask(ctx context.Context, s *sender, method, path string, form url.Values) (body, to string, err error) {
	if !s.honest() {
		select {
		case f.room <- struct{}{}:
			defer func() { <-f.room }()
		case <-ctx.Done():
			return "", "", ctx.Err()
		}
	}
	f.asking.Add(1)
	defer f.asking.Add(-1)
	r, err := http.NewRequestWithContext(ctx, method, f.k.url+path, strings.NewReader(form.Encode()))
	if err != nil {
		return "", "", err
	}
	r.Header.Set("X-Forwarded-For", s.line)
	if method == http.MethodPost {
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	}
	a, err := f.k.client.Do(r)
	if err != nil {
		return "", "", err
	}
	defer a.Body.Close()
	raw, err := io.ReadAll(a.Body)
	if err == nil && a.StatusCode >= http.StatusInternalServerError {
		err = fmt.Errorf("%s %s: %s", method, path, a.Status)
	}
	return string(raw), a.Header.Get("Location"), err
}
