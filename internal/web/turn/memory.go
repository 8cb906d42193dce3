package turn

import (
	"container/heap"
	"math"
	"time"
)

// wasUsed says whether a ticket is over, and whether it was let in.
func (h *Hall) wasUsed(id string) (opened, used bool) {
	for _, list := range h.used {
		if opened, used = list[id]; used {
			return opened, true
		}
	}
	return false, false
}

// use remembers a ticket that is over.
func (h *Hall) use(id string, opened bool) {
	if len(h.used[0]) >= maxUsed {
		h.used[0], h.used[1] = map[string]bool{}, h.used[0]
	}
	h.used[0][id] = opened
}

// smooth is over how long demand is looked at.
const smooth = 20 * time.Second

// tick brings turns and demand up to now and forgets what is over.
func (h *Hall) tick(now time.Time) {
	if h.places == nil {
		h.places, h.lines, h.at, h.swept = map[string]*place{}, map[string]*line{}, now, now
		h.used = [2]map[string]bool{{}, {}}
		for kind := range h.rows {
			h.rows[kind].turns = float64(h.Spare)
		}
	}
	gone := max(now.Sub(h.at), 0)
	h.at = latest(h.at, now)
	h.demand *= math.Exp(-gone.Seconds() / smooth.Seconds())
	for kind, rate := range [2]float64{h.Plain, h.Rate} {
		h.rows[kind].turns = min(h.rows[kind].turns+rate*gone.Seconds(), max(float64(h.Spare), 1))
	}
	if now.Sub(h.swept) >= 10*time.Second || len(h.lines) >= maxLines {
		h.sweep(now)
	}
}

// sweep forgets places nobody came back for and lines that have worn off; of too many lines, all that hold no place.
func (h *Hall) sweep(now time.Time) {
	h.swept = now
	for _, p := range h.places {
		if now.Sub(p.asked) > left {
			h.drop(p)
		}
	}
	for kind := range h.rows {
		r := &h.rows[kind]
		r.gone += h.keep(&r.waiting)
	}
	h.keep(&h.later)
	full := len(h.lines) >= maxLines
	for name, l := range h.lines {
		if l.held == 0 && (full || l.tat.Before(now) && l.tag.Before(now)) {
			delete(h.lines, name)
		}
	}
}

// keep leaves in a heap only those who still hold their place, and says how many went.
func (h *Hall) keep(list *places) int {
	before, held := len(*list), (*list)[:0]
	for _, p := range *list {
		if h.places[p.id] == p {
			held = append(held, p)
		}
	}
	clear((*list)[len(held):])
	*list = held
	heap.Init(list)
	return before - len(held)
}

func latest(a, b time.Time) time.Time {
	if a.After(b) {
		return a
	}
	return b
}
