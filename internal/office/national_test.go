package office_test

import (
	"strings"
	"testing"

	"yifa/internal/installation"
	"yifa/internal/ledger"
	"yifa/internal/office/officetest"
	"yifa/internal/pgtest"
	"yifa/internal/store"
	"yifa/internal/vault"
)

// A city begun in the national suite works like another: parts are sealed by SM4, heads, promises and checkpoints are
// signed by SM2 beside Ed25519, and a receipt that lost or changed an SM2 line is found out where it was there.
func TestNationalPostgres(t *testing.T) {
	c := officetest.Open(t, installation.Options{Dir: t.TempDir(), Database: pgtest.DSN(t), Suite: vault.National})
	report := officetest.Report()
	report["identity"], report["name"] = []string{"named"}, []string{"陈某"}
	id := c.File(report).ID
	c.Sort(id)
	c.Do(c.As(officetest.Officer), id, "accept", acceptFields)
	check := func() (ledger.Receipt, []ledger.Checked) {
		t.Helper()
		text, err := c.Office.ReceiptFile(t.Context(), c.Filer(id))
		if err != nil {
			t.Fatal(err)
		}
		r, err := ledger.ParseReceipt(text)
		if err != nil || r.KeySM2 == "" {
			t.Fatalf("%q, %v", r.KeySM2, err)
		}
		checked, err := r.Check("")
		if err != nil || !checked[0].SM2 {
			t.Fatalf("%+v, %v", checked, err)
		}
		return r, checked
	}
	if _, promised := check(); promised[0].Proven != nil {
		t.Error("proven before it is in the log")
	}
	c.Sound()
	if _, err := c.Office.Ledger().Step(t.Context()); err != nil {
		t.Fatal(err)
	}
	r, _ := check()
	read(t, c, func(q *store.Query) error {
		parts, err := q.Parts(t.Context(), id)
		for _, p := range parts {
			if p.Wrapped[0] != 0x12 {
				t.Errorf("part %d/%s: %#x", p.Seq, p.Class, p.Wrapped[0])
			}
		}
		return err
	})
	proof := r.Entries[0].Proof
	lines := strings.Split(strings.TrimRight(proof, "\n"), "\n")
	forged := lines[len(lines)-1]
	if !strings.HasPrefix(forged, "— ") || len(lines) < 3 {
		t.Fatalf("%q", proof)
	}
	flip := "A"
	if forged[len(forged)-9] == 'A' {
		flip = "B"
	}
	r.Entries[0].Proof = strings.Replace(proof, forged, forged[:len(forged)-9]+flip+forged[len(forged)-8:], 1)
	if _, err := r.Check(""); err == nil {
		t.Error("a changed SM2 line passes")
	}
	r.Entries[0].Proof = strings.Replace(proof, forged+"\n", "", 1)
	if checked, err := r.Check(""); err != nil || checked[0].SM2 {
		t.Errorf("without its SM2 line it is Ed25519's alone: %v", err)
	}
}
