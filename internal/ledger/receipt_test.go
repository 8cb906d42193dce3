package ledger_test

import (
	"errors"
	"strings"
	"testing"
	"time"

	"yifa/internal/ledger"
)

// A receipt is a promise at first and a proof after the next step; a newer checkpoint confirms it.
func TestReceipt(t *testing.T) {
	p := newPlace(t)
	l := p.log()
	at := p.enter(1, ledger.MinuteEnd(p.now))
	promised := p.receipt(l, at...)
	checked, err := promised.Check("")
	if err != nil || checked[0].Proven != nil || !checked[0].Promised.Equal(p.now.Add(90*time.Second)) {
		t.Fatalf("%+v, %v", checked, err)
	}
	p.now = ledger.MinuteEnd(p.now)
	p.step(l, 1)
	proven := p.receipt(l, at...)
	if checked, err = proven.Check(""); err != nil || checked[0].Proven == nil || checked[0].Proven.Size != 1 || checked[0].Entry.Act != "file_report" {
		t.Fatalf("%+v, %v", checked, err)
	}
	old := *checked[0].Proven
	p.enter(500, time.Time{})
	p.step(l, 500)
	step, err := l.Since(t.Context(), 1)
	if err != nil {
		t.Fatal(err)
	}
	if step, err = ledger.ParseStep(step.Marshal()); err != nil {
		t.Fatal(err)
	}
	if c, err := step.Check(old, proven.Key); err != nil || c.Size != 501 {
		t.Fatalf("%+v, %v", c, err)
	}
	bare, err := ledger.ParseStep(step.Checkpoint)
	if err != nil {
		t.Fatal(err)
	}
	var needs *ledger.NeedsStep
	if _, err := bare.Check(old, proven.Key); !errors.As(err, &needs) || needs.From != 1 {
		t.Errorf("a checkpoint without a proof: %v", err)
	}
	other := old
	other.Root[0] ^= 1
	if _, err := step.Check(other, proven.Key); !errors.Is(err, ledger.ErrCheckpoint) {
		t.Errorf("a log that began otherwise: %v", err)
	}
}

// Whatever is changed in a receipt, it no longer holds.
func TestReceiptForged(t *testing.T) {
	p := newPlace(t)
	l := p.log()
	at := p.enter(3, time.Time{})
	p.step(l, 3)
	waiting := p.enter(1, ledger.MinuteEnd(p.now))
	stranger := newPlace(t)
	elsewhere := stranger.enter(1, time.Time{})
	theirs := stranger.receipt(stranger.log(), elsewhere...)
	for name, forge := range map[string]func(*ledger.Receipt){
		"a header": func(r *ledger.Receipt) {
			r.Entries[0].Header = strings.Replace(r.Entries[0].Header, "file_report", "file_praise", 1)
		},
		"a space":         func(r *ledger.Receipt) { r.Entries[0].Header += " " },
		"a salt":          func(r *ledger.Receipt) { r.Entries[0].Salt[3] ^= 1 },
		"another's proof": func(r *ledger.Receipt) { r.Entries[0].Proof = r.Entries[1].Proof },
		"an index": func(r *ledger.Receipt) {
			r.Entries[0].Proof = strings.Replace(r.Entries[0].Proof, "index ", "index 1", 1)
		},
		"a size":          func(r *ledger.Receipt) { r.Entries[0].Proof = strings.Replace(r.Entries[0].Proof, "\n3\n", "\n4\n", 1) },
		"a name":          func(r *ledger.Receipt) { r.Log += "x" },
		"other keys":      func(r *ledger.Receipt) { r.Key = theirs.Key },
		"no proof":        func(r *ledger.Receipt) { r.Entries[0].Proof = "" },
		"another promise": func(r *ledger.Receipt) { r.Entries[2].Promise = theirs.Entries[0].Promise },
		"a later promise": func(r *ledger.Receipt) {
			r.Entries[2].Promise = strings.Replace(r.Entries[2].Promise, "\n90\n", "\n900\n", 1)
		},
		"a part not there": func(r *ledger.Receipt) {
			r.Entries[0].Parts = []ledger.ReceiptedPart{{Text: `{"class":"filer"}`, Salt: []byte("x")}}
		},
	} {
		r := p.receipt(l, at[0], at[1], waiting[0])
		forge(&r)
		if checked, err := r.Check(""); err == nil {
			t.Errorf("%s was changed and passes: %+v", name, checked[0])
		}
	}
	r := p.receipt(l, at[0], at[1], waiting[0])
	if _, err := r.Check(""); err != nil {
		t.Fatal(err)
	}
	if _, err := r.Check(theirs.Key); err == nil {
		t.Error("the key of another log passes")
	}
}

// Texts from outside are read without a fault.
func FuzzReceipt(f *testing.F) {
	f.Add(`{"type":"yifa-receipt","format":1,"log":"a","key":"a+1+b","entries":[{"header":"{}","proof":"c2sp.org/tlog-proof@v1\nindex 0\n\na\n1\nb\n"}]}`)
	f.Add("old 1\n\na\n1\nb\n")
	f.Fuzz(func(_ *testing.T, text string) {
		if r, err := ledger.ParseReceipt([]byte(text)); err == nil {
			_, _ = r.Check("")
		}
		if s, err := ledger.ParseStep([]byte(text)); err == nil {
			_, _ = s.Check(ledger.Checkpoint{Origin: "a", Size: 1}, "")
		}
		_, _ = ledger.ParseProof([]byte(text))
	})
}
