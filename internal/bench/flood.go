package bench

import (
	"context"
	"fmt"
	"io"
	"math/rand/v2"
	"net/http"
	"os"
	"slices"
	"sync"
	"sync/atomic"
	"time"
)

// What a flood of ten minutes is made of; a shorter one has as many a minute, and writes as much faster.
const (
	floodWhole    = 10 * time.Minute
	floodAttempts = 100_000
	floodLines    = 10_000
	floodHonest   = 500
	noScript      = 10 // one honest sender in so many has no JavaScript
)

// How long a part of a proof takes, which the clients wait instead of computing it: a cheap phone with 26,000 hashes a
// second, a tenth of a desk; and eight processors of attackers with four million each, one proof after another.
const (
	phonePart  = 16384 * time.Second / 26_000
	attackPart = 16384 * time.Second / (8 * 4_000_000)
)

// Kinds of senders.
const (
	kindHonest   = "honest, phone with JavaScript"
	kindPlain    = "honest, no JavaScript"
	kindNaive    = "attack: no proof, never looks again"
	kindPatient  = "attack: no proof, waits in line"
	kindComputes = "attack: proofs by eight processors, waits"
	kindCopies   = "attack: copies of one text, waits"
)

// FloodReport is how a flood went.
type FloodReport struct {
	Machine Machine
	Load    string
	Time    time.Duration
	Kinds   []FloodKind
	CPU     time.Duration // of the served process
	MiB     float64       // its memory at the end
}

// FloodKind is how one kind of sender fared.
type FloodKind struct {
	Name    string
	Senders int
	Through int             // have a receipt
	Failed  int             // met an answer that is none of ours
	Waited  []time.Duration // in lines and for proofs, of those who got through; sorted
}

// Stood says whether at least 99 in 100 honest reports got through.
func (r *FloodReport) Stood() bool {
	all, through := 0, 0
	for _, k := range r.Kinds[:2] {
		all, through = all+k.Senders, through+k.Through
	}
	return through*100 >= all*99
}

// flood is a run under way.
type flood struct {
	k       *child
	whole   time.Duration
	mu      sync.Mutex
	kinds   map[string]*FloodKind
	compute time.Time    // until when the attackers' processors are busy
	asking  atomic.Int64 // requests under way
	room    chan struct{}
}

// Flood serves a fresh city and floods it.
func Flood(ctx context.Context, o Options, whole time.Duration) (*FloodReport, error) {
	r := &FloodReport{Machine: machine(o), Load: loadAverage(), Time: whole}
	if err := os.RemoveAll(o.Dir); err != nil {
		return r, err
	}
	s := &size{Options: o, dir: o.Dir}
	if err := os.MkdirAll(s.dir, 0o700); err != nil {
		return r, err
	}
	c, err := s.open(ctx, true)
	if err != nil {
		return r, err
	}
	if err := c.fill(ctx); err != nil {
		return r, err
	}
	c.close()
	args := []string{"serve", "--addr", "127.0.0.1:0", "--data", s.dir, "--proxy", "127.0.0.1/32", "--easy-proof"}
	if s.Database != "" {
		args = append(args, "--database", s.Database)
	}
	k, err := s.start(ctx, "/report", args...)
	if err != nil {
		return r, err
	}
	defer k.stop()
	const attackersAtOnce = 128
	k.client.Transport = &http.Transport{MaxIdleConnsPerHost: 512, DisableCompression: true}
	f := &flood{k: k, whole: whole, kinds: map[string]*FloodKind{}, room: make(chan struct{}, attackersAtOnce)}
	f.run(ctx, s.logf)
	for _, name := range []string{kindHonest, kindPlain, kindNaive, kindPatient, kindComputes, kindCopies} {
		kind := f.kinds[name]
		slices.Sort(kind.Waited)
		r.Kinds = append(r.Kinds, *kind)
	}
	r.CPU, r.MiB = cpuTime(k.cmd.Process.Pid), rssAnon(k.cmd.Process.Pid)
	return r, ctx.Err()
}

// run sends all of them out and waits for the honest; the attackers end with them.
func (f *flood) run(ctx context.Context, logf func(string, ...any)) {
	ctx, stop := context.WithCancel(ctx)
	defer stop()
	share := float64(f.whole) / float64(floodWhole)
	dice := rand.New(rand.NewPCG(20261123, 7)) //nolint:gosec // no secret: who sends when
	var people, attackers sync.WaitGroup
	send := func(group *sync.WaitGroup, s *sender, after time.Duration) {
		f.kind(s.kind).Senders++
		group.Go(func() {
			if pause(ctx, after) {
				f.file(ctx, s)
			}
		})
	}
	lines := max(int(floodLines*share), 1)
	attacks := []string{kindNaive, kindPatient, kindComputes, kindCopies}
	for i := range int(floodAttempts * share) {
		s := &sender{kind: attacks[i/lines%len(attacks)], line: fmt.Sprintf("10.%d.%d.%d", 1+i%lines>>16, i%lines>>8&255, i%lines&255), seed: i}
		send(&attackers, s, time.Duration(dice.Int64N(int64(f.whole))))
	}
	for i := range max(int(floodHonest*share), noScript) {
		s := &sender{kind: kindHonest, line: fmt.Sprintf("172.16.%d.%d", i>>8, i&255), seed: -i - 1,
			writing: time.Duration((60 + 180*dice.Float64()) * share * float64(time.Second))}
		if i%noScript == 0 {
			s.kind = kindPlain
		}
		send(&people, s, time.Duration(dice.Int64N(int64(f.whole))))
	}
	tell := time.NewTicker(30 * time.Second)
	defer tell.Stop()
	ended := make(chan struct{})
	go func() { people.Wait(); close(ended) }()
	for {
		select {
		case <-tell.C:
			f.mu.Lock()
			logf("through: %d of the honest, %d attempts; requests under way: %d", f.kinds[kindHonest].Through+f.kinds[kindPlain].Through,
				f.kinds[kindNaive].Through+f.kinds[kindPatient].Through+f.kinds[kindComputes].Through+f.kinds[kindCopies].Through, f.asking.Load())
			f.mu.Unlock()
		case <-ended:
			stop()
			attackers.Wait()
			return
		}
	}
}

func (f *flood) kind(name string) *FloodKind {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.kinds[name] == nil {
		f.kinds[name] = &FloodKind{Name: name}
	}
	return f.kinds[name]
}

// pause waits, or says that all is over.
func pause(ctx context.Context, d time.Duration) bool {
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-t.C:
		return true
	case <-ctx.Done():
		return false
	}
}

// Print writes the report as Markdown.
func (r *FloodReport) Print(w io.Writer) {
	m := r.Machine
	_, _ = fmt.Fprintf(w, "%s, %d × %s, %s, %s, load before %s, a flood of %s; the server used %.0f s of processor time and %.0f MiB.\n\n", m.Day, m.Cores, m.CPU, m.Database, m.Go, r.Load, r.Time, r.CPU.Seconds(), r.MiB)
	_, _ = fmt.Fprintf(w, "| senders | of them | have a receipt | waited, median | p95 | longest | faults |\n|---|--:|--:|--:|--:|--:|--:|\n")
	for _, k := range r.Kinds {
		_, _ = fmt.Fprintf(w, "| %s | %d | %d | %s | %s | %s | %d |\n", k.Name, k.Senders, k.Through, at(k.Waited, 50).Round(time.Second), at(k.Waited, 95).Round(time.Second), at(k.Waited, 100).Round(time.Second), k.Failed)
	}
}
