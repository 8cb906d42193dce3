package main

import (
	"encoding/json"
	"strings"
	"testing"

	"yifa/internal/bench"
)

// A run of all that is measured, much too short to mean anything: every line is there and nothing fails.
func TestBench(t *testing.T) {
	code, out, logged := yifa(t, "bench", "--matters", "50", "--each", "10ms", "--data", t.TempDir(), "--json")
	if code != 0 {
		t.Fatal(logged)
	}
	var r bench.Report
	if err := json.Unmarshal([]byte(out), &r); err != nil {
		t.Fatal(err)
	}
	if len(r.Sizes) != 1 || r.Sizes[0].Matters != 50 {
		t.Fatalf("measured %+v", r.Sizes)
	}
	for _, l := range r.Sizes[0].Lines {
		if l.N == 0 {
			t.Errorf("%s with %d clients: nothing was measured", l.Name, l.Clients)
		}
	}
	for _, a := range r.Sizes[0].Ratios {
		if a.Value <= 0 && a.Unit == "" {
			t.Errorf("%s: not measured", a.Name)
		}
	}
}

// A flood of twelve seconds, as many a minute as one of ten minutes, on a served process: the honest get through.
func TestBenchFlood(t *testing.T) {
	code, out, logged := yifa(t, "bench", "--flood", "12s", "--data", t.TempDir())
	if code != 0 || !strings.Contains(out, "| honest, phone with JavaScript | 9 | 9 |") {
		t.Errorf("exit %d:\n%s\n%s", code, out, logged)
	}
}
