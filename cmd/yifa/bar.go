package main

import (
	"fmt"
	"io"
	"os"
	"strings"
	"time"
)

// bar shows on a terminal how far a long job has come, and elsewhere says so every few seconds.
type bar struct {
	out      io.Writer
	what     string
	terminal bool
	begun    time.Time
	last     time.Time
}

// How wide a bar is, and how often it is drawn anew.
const (
	barWidth   = 30
	barEvery   = 100 * time.Millisecond
	plainEvery = 5 * time.Second
)

// newBar begins a bar on standard error.
func newBar(what string) *bar {
	info, err := os.Stderr.Stat()
	return &bar{out: os.Stderr, what: what, terminal: err == nil && info.Mode()&os.ModeCharDevice != 0, begun: time.Now(), last: time.Now()}
}

// at shows that so many of all are done.
func (b *bar) at(done, all int) {
	every := plainEvery
	if b.terminal {
		every = barEvery
	}
	if all == 0 || time.Since(b.last) < every && !(b.terminal && done == all) {
		return
	}
	b.last = time.Now()
	speed := float64(done) / max(time.Since(b.begun).Seconds(), 0.001)
	if !b.terminal {
		fmt.Fprintf(b.out, "%s: %d of %d, %.0f/s\n", b.what, done, all, speed)
		return
	}
	full := min(barWidth*done/all, barWidth)
	fmt.Fprintf(b.out, "\r%s [%s%s] %d/%d  %.0f/s ", b.what, strings.Repeat("#", full), strings.Repeat(".", barWidth-full), done, all, speed)
}

// end leaves the line of the bar.
func (b *bar) end() {
	if b.terminal {
		fmt.Fprintln(b.out)
	}
}
