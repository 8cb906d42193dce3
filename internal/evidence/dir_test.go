package evidence

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

func openDir(t testing.TB) *Dir {
	t.Helper()
	d, err := OpenDir(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func put(t testing.TB, d *Dir, content []byte) Blob {
	t.Helper()
	b, err := d.Put(t.Context(), bytes.NewReader(content), 1<<24)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func get(t testing.TB, d *Dir, b Blob) []byte {
	t.Helper()
	r, err := d.Open(b.Address, b.Key)
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	content, err := io.ReadAll(r)
	if err != nil {
		t.Fatal(err)
	}
	return content
}

func TestPutKeepsContentHashesAndNoPlaintext(t *testing.T) {
	d := openDir(t)
	for _, n := range []int{0, 1, 64 << 10, 64<<10 + 1, 300_000} {
		content := bytes.Repeat([]byte("证据"), n/6+1)[:n]
		b := put(t, d, content)
		if b.Size != int64(n) || b.SHA256 != sha256.Sum256(content) || !bytes.Equal(get(t, d, b), content) {
			t.Fatalf("%d bytes came back otherwise", n)
		}
		stored, err := os.ReadFile(d.path(b.Address))
		if err != nil {
			t.Fatal(err)
		}
		if n > 6 && bytes.Contains(stored, content[:6]) || bytes.Contains(stored, b.Key) {
			t.Fatal("plaintext or key on disk")
		}
		if err := d.Check(t.Context(), b.Address); err != nil {
			t.Fatal(err)
		}
	}
	// GB/T 32905, example 1.
	if b := put(t, d, []byte("abc")); hex.EncodeToString(b.SM3[:]) != "66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0" {
		t.Fatalf("SM3 %x", b.SM3)
	}
	if left, _ := os.ReadDir(filepath.Join(d.root, incoming)); len(left) > 0 {
		t.Fatalf("left behind: %v", left)
	}
}

func TestTwoBlobsOfOneContentCannotBeToldToBeEqual(t *testing.T) {
	d := openDir(t)
	a, b := put(t, d, []byte("same")), put(t, d, []byte("same"))
	if a.Address == b.Address || bytes.Equal(a.Key, b.Key) {
		t.Fatal("equal content is visible without a key")
	}
}

func TestReadingFromTheMiddle(t *testing.T) {
	d := openDir(t)
	content := bytes.Repeat([]byte("0123456789"), 30_000)
	b := put(t, d, content)
	r, err := d.Open(b.Address, b.Key)
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	got := make([]byte, 100)
	if _, err := r.ReadAt(got, 131_000); err != nil || !bytes.Equal(got, content[131_000:131_100]) {
		t.Fatalf("%q %v", got, err)
	}
	if r.Size() != int64(len(content)) {
		t.Fatal(r.Size())
	}
}

func TestTooMuchIsRefusedAndNothingKept(t *testing.T) {
	d := openDir(t)
	_, err := d.Put(t.Context(), strings.NewReader("123456"), 5)
	var refused *Unacceptable
	if !errors.As(err, &refused) || refused.Why != TooLarge || refused.Limit != 5 {
		t.Fatal(err)
	}
	if _, err := d.Put(t.Context(), strings.NewReader("12345"), 5); err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := d.Put(ctx, strings.NewReader("1"), 5); !errors.Is(err, context.Canceled) {
		t.Fatal(err)
	}
	files := 0
	err = filepath.WalkDir(d.root, func(_ string, e os.DirEntry, err error) error {
		if err == nil && !e.IsDir() {
			files++
		}
		return err
	})
	if err != nil || files != 1 {
		t.Fatalf("%d files stand", files)
	}
}

func TestChangedAndMissingBlobsAreNoticed(t *testing.T) {
	d := openDir(t)
	content := bytes.Repeat([]byte{7}, 200_000)
	b := put(t, d, content)
	stored, err := os.ReadFile(d.path(b.Address))
	if err != nil {
		t.Fatal(err)
	}
	for _, i := range []int{0, 30, 100, 70_000, len(stored) - 1} {
		bad := bytes.Clone(stored)
		bad[i] ^= 1
		if err := os.WriteFile(d.path(b.Address), bad, 0o600); err != nil {
			t.Fatal(err)
		}
		if err := d.Check(t.Context(), b.Address); !errors.Is(err, ErrBrokenBlob) {
			t.Fatalf("byte %d: %v", i, err)
		}
		r, err := d.Open(b.Address, b.Key)
		if err == nil {
			_, err = io.Copy(io.Discard, r)
			r.Close()
		}
		if !errors.Is(err, ErrBrokenBlob) {
			t.Fatalf("byte %d was read: %v", i, err)
		}
	}
	for _, cut := range []int{0, 10, 70_000, len(stored) - 16} {
		if err := os.WriteFile(d.path(b.Address), stored[:cut], 0o600); err != nil {
			t.Fatal(err)
		}
		if _, err := d.Open(b.Address, b.Key); !errors.Is(err, ErrBrokenBlob) {
			t.Fatalf("cut at %d: %v", cut, err)
		}
	}
	if err := os.WriteFile(d.path(b.Address), stored, 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := d.Open(b.Address, make([]byte, 16)); !errors.Is(err, ErrBrokenBlob) {
		t.Fatalf("opened with another key: %v", err)
	}
	if err := errors.Join(d.Remove(b.Address), d.Remove(b.Address)); err != nil {
		t.Fatal(err)
	}
	if _, err := d.Open(b.Address, b.Key); !errors.Is(err, ErrNoBlob) {
		t.Fatal(err)
	}
	for _, address := range []string{"", "..", "../../../../etc/passwd", strings.Repeat("A", 64), strings.Repeat("a", 62) + "/."} {
		_, err := d.Open(address, b.Key)
		if !errors.Is(err, ErrNoBlob) || !errors.Is(d.Remove(address), ErrNoBlob) || !errors.Is(d.Check(t.Context(), address), ErrNoBlob) {
			t.Fatalf("address %q: %v", address, err)
		}
	}
}

func TestRemoveUnfinishedSparesTheYoung(t *testing.T) {
	d := openDir(t)
	for _, name := range []string{"old", "young"} {
		if err := os.WriteFile(filepath.Join(d.root, incoming, name), nil, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	old := time.Now().Add(-25 * time.Hour)
	if err := os.Chtimes(filepath.Join(d.root, incoming, "old"), old, old); err != nil {
		t.Fatal(err)
	}
	if err := d.RemoveUnfinished(24 * time.Hour); err != nil {
		t.Fatal(err)
	}
	left, _ := os.ReadDir(filepath.Join(d.root, incoming))
	if len(left) != 1 || left[0].Name() != "young" {
		t.Fatalf("%v", left)
	}
}
