package ledger_test

import (
	"context"
	"crypto/rand"
	"encoding/json"
	"fmt"
	mathrand "math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"testing"
	"time"

	"yifa/internal/ledger"
	"yifa/internal/matter"
	"yifa/internal/store"
	"yifa/internal/vault"
)

// childDir names the folder in which this program, started by TestKilled, writes and appends until it is killed; childLife
// counts its lives.
const childDir, childLife = "YIFA_LEDGER_CHILD", "YIFA_LEDGER_LIFE"

func TestMain(m *testing.M) {
	if dir := os.Getenv(childDir); dir != "" {
		os.Exit(live(dir))
	}
	os.Exit(m.Run())
}

// A program killed at any moment leaves every entry either in the log, once, or waiting for it, and a log that fits together.
func TestKilled(t *testing.T) {
	p := newPlace(t)
	dir := t.TempDir()
	if err := vault.Create(filepath.Join(dir, "key"), vault.Common); err != nil {
		t.Fatal(err)
	}
	const lives, look = 40, 5
	logged := int64(0)
	for life := 1; life <= lives; life++ {
		kill(t, dir, life)
		if life%look != 0 {
			continue
		}
		p.vault, p.db = openIn(t, dir)
		p.now = time.Now().Add((lives + 2) * time.Minute)
		l := p.log()
		if err := p.sound(l); err != nil {
			t.Fatalf("life %d: %v", life, err)
		}
		if logged < p.state().Size {
			logged = p.state().Size
		}
		p.whole(life == lives, l)
		if err := p.db.Close(); err != nil {
			t.Fatal(err)
		}
	}
	if logged == 0 {
		t.Error("no life appended anything")
	}
	t.Logf("%d entries in the log", logged)
}

// whole checks that each entry stands in the log or waits for it, never both; at the end all are appended.
func (p *place) whole(end bool, l *ledger.Log) {
	p.t.Helper()
	if end {
		if _, err := l.Step(p.t.Context()); err != nil {
			p.t.Fatal(err)
		}
	}
	p.read(func(q *store.Query) error {
		places := map[store.Place]int{}
		for shard := range matter.Shard(8) {
			leaves, err := q.LedgerLeavesIn(p.t.Context(), shard)
			if err != nil {
				return err
			}
			for _, leaf := range leaves {
				places[leaf.Place]++
			}
		}
		waiting, err := q.WaitingForLedger(p.t.Context())
		for _, w := range waiting {
			places[w.Place]++
		}
		if end && len(waiting) > 0 {
			p.t.Errorf("%d entries still wait", len(waiting))
		}
		if err != nil {
			return err
		}
		return q.EachEntry(p.t.Context(), 0, 7, func(e store.StoredEntry) error {
			if at := (store.Place{Matter: e.Entry.Matter, Seq: e.Entry.Seq}); places[at] != 1 {
				p.t.Errorf("entry %s/%d stands %d times", at.Matter, at.Seq, places[at])
			}
			return nil
		})
	})
}

func openIn(t testing.TB, dir string) (*vault.Vault, *store.DB) {
	t.Helper()
	v, err := vault.Open(filepath.Join(dir, "key"))
	if err != nil {
		t.Fatal(err)
	}
	db, err := store.Open(context.Background(), "sqlite:"+filepath.Join(dir, "yifa.db"))
	if err != nil {
		t.Fatal(err)
	}
	return v, db
}

// kill lets one life of the program run.
func kill(t *testing.T, dir string, life int) {
	t.Helper()
	cmd := exec.Command(os.Args[0])
	cmd.Env = append(os.Environ(), childDir+"="+dir, childLife+"="+strconv.Itoa(life))
	cmd.Stderr = os.Stderr
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	var word string
	if _, err := fmt.Fscan(out, &word); err != nil || word != "ready" {
		t.Errorf("life %d: %q, %v", life, word, err)
	}
	time.Sleep(time.Duration(mathrand.IntN(60)) * time.Millisecond)
	_ = cmd.Process.Kill()
	_ = cmd.Wait() // it was killed
}

// live is the child: one goroutine writes entries, another appends them. Its clock is a minute ahead for each life, so that the
// lease of the one killed before it has run out.
func live(dir string) int {
	life, err := strconv.Atoi(os.Getenv(childLife))
	if err != nil {
		return fault(err)
	}
	v, err := vault.Open(filepath.Join(dir, "key"))
	if err != nil {
		return fault(err)
	}
	db, err := store.Open(context.Background(), "sqlite:"+filepath.Join(dir, "yifa.db"))
	if err != nil {
		return fault(err)
	}
	l := ledger.New(db, v, func() time.Time { return time.Now().Add(time.Duration(life) * time.Minute) })
	fmt.Println("ready")
	go func() {
		for {
			if _, err := l.Step(context.Background()); err != nil {
				fault(err)
			}
		}
	}()
	for {
		if err := db.Write(context.Background(), some); err != nil {
			return fault(err)
		}
	}
}

// some writes a few entries and puts them into the outbox.
func some(tx *store.Tx) error {
	var wait []store.Waiting
	for range 1 + mathrand.IntN(40) {
		id, err := matter.NewIDIn(rand.Reader, matter.Shard(mathrand.IntN(8)))
		if err != nil {
			return err
		}
		e := matter.Entry{Matter: id, Seq: 1, Kind: matter.KindOpen, Format: matter.Format, Act: "file_report", Recorded: time.Now()}
		header, err := json.Marshal(e)
		if err != nil {
			return err
		}
		if err := tx.Append(context.Background(), store.StoredEntry{Entry: e, Header: header, Hash: [32]byte{1}}); err != nil {
			return err
		}
		wait = append(wait, store.Waiting{Place: store.Place{Matter: id, Seq: 1}})
	}
	return tx.AwaitLedger(context.Background(), wait)
}

func fault(err error) int {
	fmt.Fprintln(os.Stderr, "child:", err)
	return 1
}

// What appending costs beside the record, for each entry.
func BenchmarkStep(b *testing.B) {
	dir := b.TempDir()
	if err := vault.Create(filepath.Join(dir, "key"), vault.Common); err != nil {
		b.Fatal(err)
	}
	v, db := openIn(b, dir)
	defer func() { _ = db.Close() }()
	l := ledger.New(db, v, time.Now)
	entries := 0
	for b.Loop() {
		b.StopTimer()
		for range 50 {
			if err := db.Write(context.Background(), some); err != nil {
				b.Fatal(err)
			}
		}
		b.StartTimer()
		n, err := l.Step(context.Background())
		if err != nil {
			b.Fatal(err)
		}
		entries += n
	}
	b.ReportMetric(float64(b.Elapsed().Microseconds())/float64(entries), "us/entry")
}
