package office

import (
	"path/filepath"
	"strings"
	"testing"
	"time"

	"yifa/internal/calendar"
	"yifa/internal/matter"
	"yifa/internal/vault"
)

// One entry with two parts: sealed, committed to, chained, read back.
func BenchmarkChain(b *testing.B) {
	key := filepath.Join(b.TempDir(), "key")
	if err := vault.Create(key, vault.Common); err != nil {
		b.Fatal(err)
	}
	v, err := vault.Open(key)
	if err != nil {
		b.Fatal(err)
	}
	o := &Office{vault: v}
	now := time.Date(2026, 9, 23, 1, 0, 0, 0, time.UTC)
	e := matter.Entry{Matter: 1025, Seq: 1, Format: matter.Format, Act: "file_report", Happened: calendar.MomentAt(now), Recorded: now}
	parts := []matter.Part{{Class: matter.Staff, Fields: map[string]string{"account": strings.Repeat("执法", 150)}}, {Class: matter.Filer, Fields: map[string]string{"wish": "退还物品"}}}
	b.ReportAllocs()
	for b.Loop() {
		c, err := o.chain(e, parts, [32]byte{})
		if err != nil {
			b.Fatal(err)
		}
		for _, p := range c.Parts {
			if _, err := o.unseal(e.Matter, e.Seq, p); err != nil {
				b.Fatal(err)
			}
		}
	}
}
