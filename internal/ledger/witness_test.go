package ledger_test

import (
	"crypto/rand"
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/transparency-dev/formats/log"
	cosignature "github.com/transparency-dev/formats/note"
	"golang.org/x/mod/sumdb/note"

	"yifa/internal/ledger"
	"yifa/internal/store"
)

// witness is a program of others that cosigns checkpoints.
type witness struct {
	signer note.Signer
	vkey   string
}

func newWitness(t *testing.T, name string) witness {
	t.Helper()
	skey, vkey, err := note.GenerateKey(rand.Reader, name)
	if err != nil {
		t.Fatal(err)
	}
	signer, err := cosignature.NewSignerForCosignatureV1(skey)
	if err != nil {
		t.Fatal(err)
	}
	if vkey, err = cosignature.VKeyToCosignatureV1(vkey); err != nil {
		t.Fatal(err)
	}
	return witness{signer, vkey}
}

// cosign adds the witness's signature to a checkpoint.
func (w witness) cosign(t *testing.T, signed []byte, own note.Verifier) []byte {
	t.Helper()
	n, err := note.Open(signed, note.VerifierList(own))
	if err != nil {
		t.Fatal(err)
	}
	out, err := note.Sign(n, w.signer)
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// Cosignatures of known witnesses are kept, served, and stand in receipts; nothing else is.
func TestCosign(t *testing.T) {
	p := newPlace(t)
	l := p.log()
	one, two, unknown := newWitness(t, "witness.one"), newWitness(t, "witness.two"), newWitness(t, "witness.unknown")
	if err := l.Trust([]string{one.vkey, two.vkey}); err != nil {
		t.Fatal(err)
	}
	at := p.enter(5, time.Time{})
	p.step(l, 5)
	signed, err := l.Checkpoint(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	own, err := note.NewVerifier(p.receipt(l, at[0]).Key)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := l.Cosigned(t.Context()); !errors.Is(err, store.ErrNotFound) {
		t.Errorf("nobody has cosigned: %v", err)
	}
	later := p.enter(4, time.Time{})
	p.step(l, 4) // the log has gone on while the witness was asked
	for _, bad := range [][]byte{signed, unknown.cosign(t, signed, own)} {
		if names, err := l.Cosign(t.Context(), bad); !errors.Is(err, ledger.ErrNoWitness) {
			t.Errorf("%v, %v", names, err)
		}
	}
	both := two.cosign(t, one.cosign(t, signed, own), own)
	for name, bad := range map[string]string{"a changed size": strings.Replace(string(both), "\n5\n", "\n6\n", 1), "nothing": "", "no note": "x"} {
		if _, err := l.Cosign(t.Context(), []byte(bad)); !errors.Is(err, ledger.ErrCheckpoint) {
			t.Errorf("%s: %v", name, err)
		}
	}
	for _, s := range [][]byte{unknown.cosign(t, one.cosign(t, signed, own), own), two.cosign(t, signed, own)} {
		if names, err := l.Cosign(t.Context(), s); err != nil || len(names) != 1 {
			t.Fatalf("%v, %v", names, err)
		}
	}
	held, err := l.Cosigned(t.Context())
	if err != nil || strings.Count(string(held), "\n— ") != 3 {
		t.Fatalf("%v:\n%s", err, held)
	}
	cosigned(t, held, own, one, two)
	r := p.receipt(l, at[1], later[0])
	checked, err := r.Check("")
	if err != nil || checked[0].Proven.Size != 5 || checked[1].Proven.Size != 9 {
		t.Fatalf("%+v, %v", checked, err)
	}
	cosigned(t, []byte(r.Entries[0].Proof[strings.Index(r.Entries[0].Proof, "\n\n")+2:]), own, one, two)
	forged := store.Cosignature{Name: "witness.one", Size: 6, Body: ledger.Checkpoint{Origin: own.Name(), Size: 6}.Text(), Line: "— x y"}
	if err := p.db.Write(t.Context(), func(tx *store.Tx) error { return tx.PutCosignature(t.Context(), forged) }); err != nil {
		t.Fatal(err)
	}
	if held, err := l.Cosigned(t.Context()); !errors.Is(err, ledger.ErrBroken) {
		t.Errorf("a checkpoint put into the database was signed: %v\n%s", err, held)
	}
	other := newPlace(t)
	other.enter(5, time.Time{})
	other.step(other.log(), 5)
	theirs, err := other.log().Checkpoint(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if _, err := l.Cosign(t.Context(), theirs); !errors.Is(err, ledger.ErrCheckpoint) {
		t.Errorf("a checkpoint of another log: %v", err)
	}
	if err := l.Trust([]string{"nonsense"}); err == nil {
		t.Error("a key that is none is taken")
	}
}

// cosigned checks by a program of others that all have signed.
func cosigned(t *testing.T, signed []byte, own note.Verifier, by ...witness) {
	t.Helper()
	var others []note.Verifier
	for _, w := range by {
		v, err := cosignature.NewVerifierForCosignatureV1(w.vkey)
		if err != nil {
			t.Fatal(err)
		}
		others = append(others, v)
	}
	_, _, n, err := log.ParseCheckpoint(signed, own.Name(), own, others...)
	if err != nil || len(n.Sigs) != len(by)+1 {
		t.Errorf("%v:\n%s", err, signed)
	}
}
