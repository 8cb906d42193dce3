package bench

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"sync/atomic"
	"time"

	"yifa/internal/store"
	"yifa/internal/web/pow"
)

// easyBits is how hard the proofs of work are while measuring: the server checks one by one hash however
// hard it was to find, so that only the finding is spared.
const easyBits = 4

// coldStarts is how often a start is timed; the middle one counts.
const coldStarts = 5

func (s *size) serveArgs() []string {
	args := []string{"serve", "--addr", "127.0.0.1:0", "--data", s.dir, "--unlimited"}
	if s.Database != "" {
		args = append(args, "--database", s.Database)
	}
	return args
}

// served measures a served child over HTTP.
func (s *size) served(ctx context.Context, p *plan) error {
	var cold []time.Duration
	var k *child
	for i := range coldStarts {
		var err error
		args := s.serveArgs()
		if s.Profile != "" && i == coldStarts-1 {
			args = append(args, "--profile", s.Profile)
		}
		if k, err = s.start(ctx, "/", args...); err != nil {
			return err
		}
		if cold = append(cold, k.cold); i < coldStarts-1 {
			k.stop()
		}
	}
	defer k.stop()
	slices.Sort(cold)
	s.out.ColdMS = ms(cold[len(cold)/2])
	k.cookie = "yifa_desk=" + p.token
	time.Sleep(s.Each)
	s.out.IdleMiB = rssAnon(k.cmd.Process.Pid)
	s.logf("cold start %.0f ms, idle %.0f MiB", s.out.ColdMS, s.out.IdleMiB)
	if err := s.pages(ctx, k, p); err != nil {
		return err
	}
	if err := s.posts(ctx, k, p); err != nil {
		return err
	}
	var err error
	s.out.DrainedS, err = s.drained(ctx)
	s.out.LoadedMiB = rssAnon(k.cmd.Process.Pid)
	s.logf("index drained after %.1f s, loaded %.0f MiB", s.out.DrainedS, s.out.LoadedMiB)
	return err
}

// pages measures what is only read.
func (s *size) pages(ctx context.Context, k *child, p *plan) error {
	lists := func(q string) func(int) string { return func(int) string { return "/desk/matters?" + q } }
	search := func(words string) func(int) string { return lists("closed=all&q=" + url.QueryEscape(words)) }
	for _, page := range []struct {
		name    string
		clients []int
		path    func(i int) string
	}{
		{lineMatter, []int{1, 8}, func(i int) string { return "/desk/matters/" + p.open[i%len(p.open)].String() }},
		{lineList, []int{1, 8}, lists("closed=all")},
		{lineDeep, []int{1, 8}, lists("closed=all&after=" + url.QueryEscape(p.deep))},
		{lineOpen, []int{1, 8}, lists("")},
		{lineToday, []int{1, 8}, func(int) string { return "/desk" }},
		{lineRare2, []int{1, 8}, search(rare2)},
		{lineRare4, []int{1, 8}, search(rare4)},
		{lineCommon2, []int{1, 8}, search(common2)},
		{lineCommon4, []int{1, 8}, search(common4)},
	} {
		for _, clients := range page.clients {
			err := s.measure(ctx, page.name, clients, k.meter(), func(ctx context.Context, _, i int) (bool, error) {
				return true, k.get(ctx, page.path(i))
			})
			if err != nil {
				return err
			}
		}
	}
	return nil
}

// posts measures acts over HTTP: notes by an official, and the final step of a report.
func (s *size) posts(ctx context.Context, k *child, p *plan) error {
	for _, clients := range []int{1, 8, 64} {
		err := s.measure(ctx, lineNoteWeb, clients, k.meter(), func(ctx context.Context, c, i int) (bool, error) {
			form := url.Values{"note": {prose(dice(i), 60)}, "key": {fmt.Sprintf("bench/%d/%d/%d", clients, i, time.Now().UnixNano())}}
			return true, k.ask(ctx, http.MethodPost, "/desk/matters/"+p.fresh[i%len(p.fresh)].String()+"/acts/note", form.Encode(), http.StatusSeeOther)
		})
		if err != nil {
			return err
		}
	}
	issuer := pow.Issuer{Key: p.cookie, Work: pow.Work{Bits: easyBits, Parts: 1}, Now: time.Now}
	forms := make([]string, len(p.drafts))
	for i := range forms {
		token := issuer.New()
		forms[i] = url.Values{"pow": {token}, "pow_nonce": {pow.Solve(token)}}.Encode()
	}
	var used atomic.Int64
	for _, clients := range []int{1, 8, 32} {
		err := s.measure(ctx, linePost, clients, k.meter(), func(ctx context.Context, _, _ int) (bool, error) {
			i := int(used.Add(1) - 1)
			if i >= len(p.drafts) {
				return false, nil
			}
			return true, k.ask(ctx, http.MethodPost, "/report/d/"+p.drafts[i]+"/check", forms[i], http.StatusSeeOther)
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// drained waits until nothing waits to be indexed or told, and says how long that took.
func (s *size) drained(ctx context.Context) (float64, error) {
	address := s.Database
	if address == "" {
		address = "sqlite:" + s.dir + "/yifa.db"
	}
	db, err := store.Open(ctx, address)
	if err != nil {
		return 0, err
	}
	defer func() { _ = db.Close() }()
	for start := time.Now(); ; time.Sleep(20 * time.Millisecond) {
		waiting := 0
		err := db.Read(ctx, func(q *store.Query) (err error) {
			if waiting, _, err = q.JobCounts(ctx); err != nil {
				return err
			}
			reading, err := q.WaitingJobs(ctx, "scrub") // a night's work, which nobody waits for
			waiting -= len(reading)
			return err
		})
		if err != nil || waiting == 0 {
			return time.Since(start).Seconds(), err
		}
		if time.Since(start) > 5*time.Minute {
			return time.Since(start).Seconds(), errors.New("the index is not drained after five minutes")
		}
	}
}
