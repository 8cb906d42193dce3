package turn

// Figures are what may be counted of a hall. Of two, the first is of those without a proof.
type Figures struct {
	Opened  [2]int64 // let in
	Waited  [2]int64 // had to wait first
	Refused int64    // found no place
	Waiting [2]int   // now
	Level   float64
	Mode    Mode
}

// Figures tells the figures as of now.
func (h *Hall) Figures() Figures {
	h.mu.Lock()
	defer h.mu.Unlock()
	f := h.figures
	for kind := range f.Waiting {
		f.Waiting[kind] = len(h.rows[kind].waiting)
	}
	f.Level, f.Mode = h.level(), h.strict
	return f
}

// Set changes the mode, and says whether it was another. Places taken stay; those of the plain row are served no more while
// only proofs are taken.
func (h *Hall) Set(m Mode) (changed bool) {
	h.mu.Lock()
	defer h.mu.Unlock()
	changed = h.strict != m && (h.strict != "" || m != Normal)
	h.strict = m
	return changed
}

// level is 0 while half of what can be served is asked for, and 1 from twice as much on: by what comes and by what
// waits.
func (h *Hall) level() float64 {
	if h.Rate <= 0 {
		return 0
	}
	if h.strict == Strict || h.strict == ProofOnly {
		return 1
	}
	rate := h.Rate + h.Plain
	waiting := float64(len(h.rows[plain].waiting) + len(h.rows[proved].waiting))
	x := h.demand/rate + waiting/(rate*smooth.Seconds())
	return min(max((x-0.5)/1.5, 0), 1)
}

// Parts is how much work a proof for a line is worth asking now, between what is asked in quiet times and the most: by
// the load of all, or by how often the line asked.
func (h *Hall) Parts(from string, quiet, most int) int {
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.Rate <= 0 {
		return quiet
	}
	now := h.Now()
	h.tick(now)
	level := h.level()
	if l := h.lines[from]; l != nil && h.Every > 0 {
		own := l.tat.Sub(now).Seconds() / (float64(h.Burst) * h.Every.Seconds())
		level = max(level, min(2*own-1, 1))
	}
	return quiet + int(level*float64(most-quiet)+0.5)
}
