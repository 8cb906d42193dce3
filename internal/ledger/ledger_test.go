package ledger_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"yifa/internal/ledger"
	"yifa/internal/matter"
	"yifa/internal/store"
	"yifa/internal/vault"
)

// place is a database with a vault, a clock that tests set, and entries of no procedure.
type place struct {
	t     *testing.T
	db    *store.DB
	vault *vault.Vault
	now   time.Time
	n     int
}

func newPlace(t *testing.T) *place {
	t.Helper()
	dir := t.TempDir()
	if err := vault.Create(filepath.Join(dir, "key"), vault.Common); err != nil {
		t.Fatal(err)
	}
	v, err := vault.Open(filepath.Join(dir, "key"))
	if err != nil {
		t.Fatal(err)
	}
	db, err := store.Open(t.Context(), "sqlite:"+filepath.Join(dir, "yifa.db"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = db.Close() })
	return &place{t: t, db: db, vault: v, now: time.Date(2026, 3, 2, 1, 30, 12, 0, time.UTC)}
}

func (p *place) log() *ledger.Log {
	return ledger.New(p.db, p.vault, func() time.Time { return p.now })
}

// enter appends entries to the record; ready is when they may enter the log.
func (p *place) enter(n int, ready time.Time) []store.Place {
	p.t.Helper()
	var made []store.Place
	err := p.db.Write(p.t.Context(), func(tx *store.Tx) error {
		var wait []store.Waiting
		for range n {
			p.n++
			e := matter.Entry{Matter: matter.ID(p.n<<10 | 5), Seq: 1, Pos: p.n, Kind: matter.KindOpen, Format: matter.Format, Act: "file_report", Recorded: p.now}
			header, err := json.Marshal(e)
			if err != nil {
				return err
			}
			if err := tx.Append(p.t.Context(), store.StoredEntry{Entry: e, Header: header, Hash: [32]byte{byte(p.n)}}); err != nil {
				return err
			}
			at := store.Place{Matter: e.Matter, Seq: 1}
			made, wait = append(made, at), append(wait, store.Waiting{Place: at, Ready: ready})
		}
		return tx.AwaitLedger(p.t.Context(), wait)
	})
	if err != nil {
		p.t.Fatal(err)
	}
	return made
}

func (p *place) read(fn func(*store.Query) error) {
	p.t.Helper()
	if err := p.db.Read(p.t.Context(), fn); err != nil {
		p.t.Fatal(err)
	}
}

func (p *place) step(l *ledger.Log, want int) {
	p.t.Helper()
	if n, err := l.Step(p.t.Context()); err != nil || n != want {
		p.t.Fatalf("appended %d, %v; want %d", n, err, want)
	}
}

func (p *place) state() (s store.LedgerState) {
	p.t.Helper()
	p.read(func(q *store.Query) (err error) { s, err = q.LedgerState(p.t.Context()); return err })
	return s
}

// sound recomputes the log from its leaves.
func (p *place) sound(l *ledger.Log) error {
	return p.db.Read(p.t.Context(), func(q *store.Query) error {
		_, err := l.Recompute(p.t.Context(), q)
		return err
	})
}

// Whatever way a log grows, what is stored of it is what its leaves come to, over the borders of tiles too.
func TestGrows(t *testing.T) {
	p := newPlace(t)
	l := p.log()
	total := 0
	for _, n := range []int{1, 1, 253, 1, 1, 255, 1, 2500} {
		p.enter(n, time.Time{})
		p.step(l, n)
		total += n
		if s := p.state(); s.Size != int64(total) || !strings.Contains(s.Checkpoint, fmt.Sprintf("\n%d\n", total)) {
			t.Fatalf("size %d, want %d:\n%s", s.Size, total, s.Checkpoint)
		}
		if err := p.sound(l); err != nil {
			t.Fatalf("at %d: %v", total, err)
		}
	}
	p.step(l, 0)
}

// Only one of several programs appends; when it is killed another goes on after its lease, and nothing is lost or doubled.
func TestLease(t *testing.T) {
	p := newPlace(t)
	one, two := p.log(), p.log()
	p.enter(3, time.Time{})
	p.step(one, 3)
	p.enter(2, time.Time{})
	p.step(two, 0)
	p.step(one, 2)
	p.enter(4, time.Time{})
	p.now = p.now.Add(4 * time.Second)
	p.step(two, 0)
	p.now = p.now.Add(2 * time.Second) // one is dead: its lease has run out
	p.step(two, 4)
	p.enter(1, time.Time{})
	p.step(one, 0) // it was only asleep: the lease is another's now
	p.step(two, 1)
	if err := p.sound(one); err != nil || p.state().Size != 10 {
		t.Fatalf("%d, %v", p.state().Size, err)
	}
}

// What is cut off in the middle of an append is as if it had not begun.
func TestCutOff(t *testing.T) {
	p := newPlace(t)
	l := p.log()
	p.enter(300, time.Time{})
	for wait := time.Microsecond; ; wait *= 2 {
		ctx, cancel := context.WithTimeout(t.Context(), wait)
		_, err := l.Step(ctx)
		cancel()
		if err := p.sound(l); err != nil {
			t.Fatalf("cut off after %v: %v", wait, err)
		}
		if size := p.state().Size; size == 300 { // the answer to a commit may be cut off, not the commit
			return
		} else if size != 0 || err == nil {
			t.Fatalf("%d appended, %v", size, err)
		}
	}
}

// Entries of anonymous matters wait for the end of their minute and then stand in the order of their hashes.
func TestMinute(t *testing.T) {
	p := newPlace(t)
	l := p.log()
	end := ledger.MinuteEnd(p.now)
	var made []store.Place
	for range 8 {
		made = append(made, p.enter(1, end)...)
		p.now = p.now.Add(time.Second)
		p.step(l, 0)
	}
	p.enter(1, time.Time{})
	p.step(l, 1)
	p.read(func(q *store.Query) error {
		list, err := q.WaitingForLedger(t.Context())
		for _, w := range list {
			if w.Ready.Second() != 0 || w.Ready.Nanosecond() != 0 {
				t.Errorf("the outbox tells %v", w.Ready)
			}
		}
		if len(list) != 8 {
			t.Errorf("%d wait", len(list))
		}
		return err
	})
	p.now = end
	p.step(l, 8)
	p.read(func(q *store.Query) error {
		leaves, err := q.LedgerLeaves(t.Context(), 1, 9)
		if err != nil {
			return err
		}
		sorted := slices.IsSortedFunc(leaves, func(a, b store.Leaf) int { return slices.Compare(a.Hash[:], b.Hash[:]) })
		same := slices.EqualFunc(leaves, made, func(a store.Leaf, b store.Place) bool { return a.Place == b })
		if !sorted || same {
			t.Errorf("sorted by hash: %v; in order of filing: %v", sorted, same)
		}
		return nil
	})
}

// A log that does not fit together is not gone on with.
func TestBroken(t *testing.T) {
	p := newPlace(t)
	l := p.log()
	p.enter(700, time.Time{})
	p.step(l, 700)
	whole := p.state()
	raw := func(do func(*store.Tx) error) {
		if err := p.db.Write(t.Context(), do); err != nil {
			t.Fatal(err)
		}
	}
	p.enter(1, time.Time{})
	next := whole
	next.Checkpoint = strings.Replace(whole.Checkpoint, "\n700\n", "\n701\n", 1)
	raw(func(tx *store.Tx) error { return tx.PutLedger(t.Context(), whole, next) })
	if _, err := l.Step(t.Context()); !errors.Is(err, ledger.ErrBroken) {
		t.Errorf("a forged checkpoint: %v", err)
	}
	raw(func(tx *store.Tx) error { return tx.PutLedger(t.Context(), whole, whole) })
	raw(func(tx *store.Tx) error {
		return tx.PutLedgerTile(t.Context(), store.Tile{Level: 0, N: 2, Data: make([]byte, 32*(700-512))})
	})
	if _, err := l.Step(t.Context()); !errors.Is(err, ledger.ErrBroken) {
		t.Errorf("a forged tile: %v", err)
	}
	if err := p.sound(l); err == nil || !strings.Contains(err.Error(), "tile 0/2") {
		t.Errorf("a forged tile: %v", err)
	}
}

// Who holds the key can make another log and sign it; a checkpoint kept outside tells.
func TestBegins(t *testing.T) {
	p := newPlace(t)
	l := p.log()
	p.enter(5, time.Time{})
	p.step(l, 5)
	kept, err := l.Checkpoint(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	p.enter(5, time.Time{})
	p.step(l, 5)
	begins := func(p *place) error {
		return p.db.Read(t.Context(), func(q *store.Query) error { _, err := p.log().Begins(t.Context(), q, kept); return err })
	}
	if err := begins(p); err != nil {
		t.Error(err)
	}
	other := newPlace(t)
	other.vault, other.n = p.vault, 100
	other.enter(3, time.Time{})
	other.step(other.log(), 3)
	if err := begins(other); err == nil || !strings.Contains(err.Error(), "it had 5 entries") {
		t.Errorf("a log cut short: %v", err)
	}
	other.enter(3, time.Time{})
	other.now = other.now.Add(time.Minute)
	other.step(other.log(), 3)
	if err := begins(other); err == nil || !strings.Contains(err.Error(), "are not those") {
		t.Errorf("a log of other entries: %v", err)
	}
}
