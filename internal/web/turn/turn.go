// Package turn lets strangers in one by one when more of them ask at once than are let through, so that nobody is just
// refused and a crowd of machines cannot crowd people out.
//
// Whoever asks while others wait gets a place and comes back with a signed ticket until it is her turn. Two rows are
// served side by side: of those who showed a proof of work, and, more slowly, of those who could not. In a row, who came
// first is served first; but each further place of one line (an address prefix) counts as if it had come so much later,
// so that the first request of ten thousand lines goes before the second of any, and a proof counts as some waiting done.
//
// All of it is memory of one process and bounded: places, lines, tickets that were used. A ticket keeps its place in the
// order even where the process has forgotten it or another one answers.
package turn

import (
	"container/heap"
	"sync"
	"time"
)

// Rule is how a hall is served.
type Rule struct {
	Every   time.Duration // one line is let in once each,
	Burst   int           // and so often at once
	Rate    float64       // turns a second for those with a proof
	Plain   float64       // turns a second for those without
	Spare   int           // turns saved up while it is quiet, of either kind
	Behind  time.Duration // a further place of a line counts as so much later
	PerLine int           // places a line may hold
	Places  int           // places in all, of either kind
	Unasked int           // as how many asks of its line one without a proof counts, since waiting costs a machine nothing
}

// worth is how much waiting one part of a proof counts for.
const worth = 2 * time.Second

// left is how long a place is kept for somebody who does not come back to ask.
const left = 150 * time.Second

// Ticket is who asks.
type Ticket struct {
	ID    string    // whoever comes with the same ID has the same place
	Parts int       // of the proof of work; 0: none
	Tag   time.Time // the place in the order, as an earlier Answer told; zero: a new place
	Until time.Time // until when the proof is remembered as spent
}

// Answer is what became of an ask.
type Answer struct {
	Open  bool // come in
	Again bool // this ticket has been let in before
	Left  bool // its place was given up
	Full  bool // there is no place; the ticket keeps its Tag all the same
	Bare  bool // there is none because only proofs are taken, and it has none
	Ahead int  // how many are served before, about
	Wait  time.Duration
	Every time.Duration // when to ask again
	Tag   time.Time
}

// Hall is where those wait who ask for one thing.
type Hall struct {
	Rule
	Now func() time.Time

	mu      sync.Mutex
	strict  Mode
	places  map[string]*place
	lines   map[string]*line
	rows    [2]row             // plain, proved
	later   places             // whose line must wait first
	used    [2]map[string]bool // of tickets that are over: let in
	demand  float64            // new asks a second, smoothed
	at      time.Time
	swept   time.Time
	figures Figures
}

// Mode is how much is asked for, whatever the load.
type Mode string

// The modes.
const (
	Normal    Mode = "normal"
	Strict    Mode = "strict"     // always the hardest proof
	ProofOnly Mode = "proof_only" // nobody without one
)

// row is those who wait with a proof, or without.
type row struct {
	waiting places
	turns   float64 // saved up
	gone    int     // how many have left it
}

type line struct {
	tat  time.Time // when its asks are worn off
	tag  time.Time // what its next place counts as
	held int
}

// maxLines bounds the memory of lines: some 15 MB.
const maxLines = 100_000

// maxUsed is how many used tickets are remembered, twice.
const maxUsed = 100_000

// Ask takes a place, or looks whether a place taken has come to its turn.
func (h *Hall) Ask(t Ticket, from string) Answer {
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.Rate <= 0 { // no limits
		return Answer{Open: true}
	}
	now := h.Now()
	h.tick(now)
	if opened, used := h.wasUsed(t.ID); used {
		return Answer{Again: opened, Left: !opened}
	}
	p := h.places[t.ID]
	if p == nil {
		var none Answer
		if p, none = h.take(t, from, now); p == nil {
			return none
		}
	}
	p.asked = now
	h.serve(now)
	if p.called {
		h.drop(p)
		h.use(t.ID, true)
		h.figures.Opened[p.kind]++
		return Answer{Open: true, Tag: p.tag}
	}
	if !p.told {
		p.told = true
		h.figures.Waited[p.kind]++
	}
	return h.waits(p, now)
}

// take gives a new place, or the answer that there is none.
func (h *Hall) take(t Ticket, from string, now time.Time) (*place, Answer) {
	h.demand += 1 / smooth.Seconds()
	l := h.lines[from]
	if l == nil {
		l = &line{}
		h.lines[from] = l
	}
	kind, counts := plain, max(h.Unasked, 1)
	if t.Parts > 0 {
		kind, counts = proved, 1
	}
	tag := t.Tag
	if tag.IsZero() {
		tag = latest(now, l.tag)
		l.tag = tag.Add(h.Behind)
	}
	if h.strict == ProofOnly && kind == plain { // its place in the order is kept for when the mode ends
		h.figures.Refused++
		return nil, Answer{Full: true, Bare: true, Wait: time.Minute, Every: time.Minute, Tag: tag}
	}
	tat := latest(l.tat, now).Add(time.Duration(counts) * h.Every)
	may := latest(now, tat.Add(-time.Duration(max(h.Burst, counts))*h.Every))
	held, room := h.PerLine, h.Places-h.count(kind)
	if room < h.Places/2 {
		held = 1 // in a crowd, one place for each line
	}
	if l.held >= held || room <= 0 {
		h.figures.Refused++
		wait := latest(now.Add(time.Minute), may).Sub(now)
		return nil, Answer{Full: true, Wait: wait, Every: min(wait, time.Minute), Tag: tag}
	}
	l.tat = tat
	l.held++
	p := &place{id: t.ID, line: l, kind: kind, tag: tag, key: tag.Add(-time.Duration(t.Parts) * worth), from: may, asked: now}
	h.places[t.ID] = p
	r := &h.rows[kind]
	p.before, p.gone = len(r.waiting), r.gone
	if p.from.After(now) {
		p.early = true
		heap.Push(&h.later, p)
	} else {
		heap.Push(&r.waiting, p)
	}
	return p, Answer{}
}

func (h *Hall) count(kind int) int { return len(h.rows[kind].waiting) + len(h.later) }

// serve calls those whose turn it is.
func (h *Hall) serve(now time.Time) {
	for len(h.later) > 0 && !h.later[0].from.After(now) {
		p := heap.Pop(&h.later).(*place)
		p.early = false
		heap.Push(&h.rows[p.kind].waiting, p)
	}
	h.call(&h.rows[proved], &h.rows[proved].turns, 1, now)
	if h.strict == ProofOnly {
		return
	}
	h.call(&h.rows[plain], &h.rows[plain].turns, 1, now)
	if with := &h.rows[proved]; len(with.waiting) == 0 { // what they do not need goes to the others
		h.call(&h.rows[plain], &with.turns, float64(h.Spare)/2+1, now)
	}
}

// call gives the turns there are, but for keep of them, to the first of a row who still wait.
func (h *Hall) call(r *row, turns *float64, keep float64, now time.Time) {
	for *turns >= keep && len(r.waiting) > 0 {
		p := heap.Pop(&r.waiting).(*place)
		r.gone++
		if h.places[p.id] != p || now.Sub(p.asked) > left {
			h.drop(p)
			continue
		}
		*turns--
		p.called = true
	}
}

// waits words a place for whoever holds it.
func (h *Hall) waits(p *place, now time.Time) Answer {
	r := h.rows[p.kind]
	ahead := max(p.before-(r.gone-p.gone), 0)
	rate := h.Plain
	if p.kind == proved {
		rate = h.Rate
	}
	wait := time.Duration(float64(ahead+1) / rate * float64(time.Second))
	wait = max(wait, p.from.Sub(now))
	every := min(max(wait/4, 5*time.Second), time.Minute)
	return Answer{Ahead: ahead, Wait: wait, Every: every, Tag: p.tag}
}

// Leave gives up a place: its holder takes another with a proof.
func (h *Hall) Leave(id string) {
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.Rate <= 0 {
		return
	}
	h.tick(h.Now())
	if p := h.places[id]; p != nil {
		h.drop(p)
	}
	h.use(id, false)
}

func (h *Hall) drop(p *place) {
	if h.places[p.id] == p {
		delete(h.places, p.id)
		p.line.held--
	}
}
