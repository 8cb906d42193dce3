package procedure_test

import (
	"testing"

	"yifa/internal/matter"
)

// One act, decided and folded.
func BenchmarkFireApply(b *testing.B) {
	m := newBench(b)
	try := m.report()
	for b.Loop() {
		d, err := m.fire(try)
		if err != nil {
			b.Fatal(err)
		}
		e := matter.Entry{Matter: 1025, Seq: 1, Kind: d.Kind, Procedure: m.p.Key(), Hash: m.p.Hash, Act: try.Act, Happened: try.Happened, Actor: try.By, Given: d.Given, Delta: d.Delta}
		if _, err := matter.Apply(m.st, e); err != nil {
			b.Fatal(err)
		}
	}
}
