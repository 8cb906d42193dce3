package ledger_test

import (
	"bytes"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/transparency-dev/formats/log"
	theirs "github.com/transparency-dev/formats/proof"
	"github.com/transparency-dev/merkle/compact"
	"github.com/transparency-dev/merkle/proof"
	"github.com/transparency-dev/merkle/rfc6962"
	"golang.org/x/mod/sumdb/note"

	"yifa/internal/ledger"
	"yifa/internal/store"
)

// stranger knows of us only the name of the log and its key, and checks with programs not written here.
type stranger struct {
	t        *testing.T
	origin   string
	verifier note.Verifier
}

func newStranger(t *testing.T, origin, vkey string) stranger {
	t.Helper()
	v, err := note.NewVerifier(vkey)
	if err != nil {
		t.Fatal(err)
	}
	return stranger{t, origin, v}
}

func (s stranger) checkpoint(signed []byte) *log.Checkpoint {
	s.t.Helper()
	c, rest, _, err := log.ParseCheckpoint(signed, s.origin, s.verifier)
	if err != nil || len(rest) != 0 {
		s.t.Fatalf("%v, %q\n%s", err, rest, signed)
	}
	return c
}

// Proofs, checkpoints, tiles and bundles are those of the public standards: a library of others accepts the same bytes.
func TestStranger(t *testing.T) {
	p := newPlace(t)
	l := p.log()
	made := p.enter(300, time.Time{})
	p.step(l, 300)
	first, err := l.Checkpoint(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	made = append(made, p.enter(321, time.Time{})...)
	p.step(l, 321)
	signed, err := l.Checkpoint(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	receipt := p.receipt(l, made[7], made[500])
	s := newStranger(t, receipt.Log, receipt.Key)
	old, now := s.checkpoint(first), s.checkpoint(signed)
	if old.Size != 300 || now.Size != 621 {
		t.Fatalf("%d, %d", old.Size, now.Size)
	}
	for _, e := range receipt.Entries {
		s.inclusion(e)
	}
	s.consistency(l, old, now)
	s.tiles(l, now)
}

// inclusion checks an entry of a receipt by its text alone.
func (s stranger) inclusion(e ledger.Receipted) {
	s.t.Helper()
	var pr theirs.TLogProof
	if err := pr.Unmarshal([]byte(e.Proof)); err != nil {
		s.t.Fatalf("%v\n%s", err, e.Proof)
	}
	if !bytes.Equal(pr.Marshal(), []byte(e.Proof)) {
		s.t.Errorf("the proof is written otherwise:\n%s\n%s", e.Proof, pr.Marshal())
	}
	c := s.checkpoint(pr.Checkpoint)
	hashes := make([][]byte, len(pr.Hashes))
	for i, h := range pr.Hashes {
		hashes[i] = h[:]
	}
	leaf := ledger.Leaf(e.Salt, []byte(e.Header))
	if err := proof.VerifyInclusion(rfc6962.DefaultHasher, pr.Index, c.Size, rfc6962.DefaultHasher.HashLeaf(leaf[:]), hashes, c.Hash); err != nil {
		s.t.Error(err)
	}
	leaf[0] ^= 1
	if err := proof.VerifyInclusion(rfc6962.DefaultHasher, pr.Index, c.Size, rfc6962.DefaultHasher.HashLeaf(leaf[:]), hashes, c.Hash); err == nil {
		s.t.Error("another leaf passes")
	}
}

func (s stranger) consistency(l *ledger.Log, old, now *log.Checkpoint) {
	s.t.Helper()
	step, err := l.Since(s.t.Context(), int64(old.Size))
	if err != nil {
		s.t.Fatal(err)
	}
	head, rest, _ := strings.Cut(string(step.Marshal()), "\n\n")
	var hashes [][]byte
	for _, line := range strings.Split(head, "\n")[1:] {
		h, err := base64.StdEncoding.DecodeString(line)
		if err != nil {
			s.t.Fatal(err)
		}
		hashes = append(hashes, h)
	}
	if c := s.checkpoint([]byte(rest)); !bytes.Equal(c.Hash, now.Hash) {
		s.t.Error("another checkpoint")
	}
	if err := proof.VerifyConsistency(rfc6962.DefaultHasher, old.Size, now.Size, hashes, old.Hash, now.Hash); err != nil {
		s.t.Error(err)
	}
}

// tiles builds the tree of a checkpoint from the tiles of its leaves, and those from the bundles of entries.
func (s stranger) tiles(l *ledger.Log, now *log.Checkpoint) {
	s.t.Helper()
	get := func(path string) []byte {
		data, err := l.Tile(s.t.Context(), path)
		if err != nil {
			s.t.Fatalf("%s: %v", path, err)
		}
		return data
	}
	factory := compact.RangeFactory{Hash: rfc6962.DefaultHasher.HashChildren}
	tree := factory.NewEmptyRange(0)
	var roots []byte // of full tiles: what the level above holds
	for n := uint64(0); n*256 < now.Size; n++ {
		width := min(now.Size-n*256, 256)
		path := fmt.Sprintf("%03d", n)
		if width < 256 {
			path += fmt.Sprintf(".p/%d", width)
		}
		hashes, bundle := get("0/"+path), get("entries/"+path)
		if len(hashes) != int(width)*32 || len(bundle) != int(width)*34 {
			s.t.Fatalf("%s: %d and %d bytes", path, len(hashes), len(bundle))
		}
		tile := factory.NewEmptyRange(n * 256)
		for i := range int(width) {
			leaf := hashes[i*32 : i*32+32]
			if entry := bundle[i*34+2 : i*34+34]; !bytes.Equal(rfc6962.DefaultHasher.HashLeaf(entry), leaf) || bundle[i*34] != 0 || bundle[i*34+1] != 32 {
				s.t.Fatalf("entry %d is not what the tile hashes", i)
			}
			if err := tree.Append(leaf, nil); err != nil {
				s.t.Fatal(err)
			}
			if err := tile.Append(leaf, nil); err != nil {
				s.t.Fatal(err)
			}
		}
		if width == 256 {
			roots = append(roots, tile.Hashes()[0]...)
		}
	}
	if root, err := tree.GetRootHash(nil); err != nil || !bytes.Equal(root, now.Hash) {
		s.t.Errorf("the tiles come to %x, the checkpoint says %x, %v", root, now.Hash, err)
	}
	if above := get("1/000.p/2"); !bytes.Equal(above, roots) {
		s.t.Error("the level above holds something else")
	}
}

// What is not there, or is asked for in a way in which it is not written, is not found.
func TestTilesNotThere(t *testing.T) {
	p := newPlace(t)
	l := p.log()
	p.enter(3, time.Time{})
	p.step(l, 3)
	for _, path := range []string{"", "0", "0/000", "0/000.p/4", "0/000.p/0", "0/001.p/1", "1/000.p/1", "data/000.p/3", "entries/000.p/4", "0/00.p/1",
		"0/x000/000.p/1", "-1/000.p/1", "8/0/000.p/1", "0/000.p/3/", "../checkpoint", "64/000.p/1", "0/000.p/256"} {
		if data, err := l.Tile(t.Context(), path); err == nil {
			t.Errorf("%q: %d bytes", path, len(data))
		}
	}
	for _, size := range []int64{-1, 4} {
		if _, err := l.Since(t.Context(), size); err == nil {
			t.Errorf("a step from %d", size)
		}
	}
}

// receipt makes the receipt of some entries, as the office does.
func (p *place) receipt(l *ledger.Log, places ...store.Place) ledger.Receipt {
	p.t.Helper()
	var r ledger.Receipt
	p.read(func(q *store.Query) error {
		prover, err := l.Prover(p.t.Context(), q)
		if err != nil {
			return err
		}
		if r, err = prover.New(); err != nil {
			return err
		}
		for _, at := range places {
			entries, err := q.Entries(p.t.Context(), at.Matter, at.Seq-1)
			if err != nil {
				return err
			}
			proof, err := prover.Prove(p.t.Context(), at)
			line, err := prover.Receipt(at, entries[0], proof, err)
			if err != nil {
				return err
			}
			r.Entries = append(r.Entries, line)
		}
		return nil
	})
	text, err := json.Marshal(r)
	if err != nil {
		p.t.Fatal(err)
	}
	if r, err = ledger.ParseReceipt(text); err != nil {
		p.t.Fatal(err)
	}
	return r
}
