package evidence

import (
	"bytes"
	"crypto/x509"
	"errors"
	"io"
	"net/http/httptest"
	"os"
	"slices"
	"testing"

	"github.com/johannesboyne/gofakes3"
	"github.com/johannesboyne/gofakes3/backend/s3mem"
)

// bucket is a store on a server that speaks S3, and what the server keeps.
func bucket(t testing.TB, prefix string) (*S3, *s3mem.Backend) {
	t.Helper()
	kept := s3mem.New()
	if err := kept.CreateBucket("zhengju"); err != nil {
		t.Fatal(err)
	}
	srv := httptest.NewTLSServer(gofakes3.New(kept).Server())
	t.Cleanup(srv.Close)
	trust := x509.NewCertPool()
	trust.AddCert(srv.Certificate())
	s, err := OpenS3(t.Context(), S3Options{Address: "s3://zhengju/" + prefix + "?region=us-east-1&endpoint=" + srv.URL, AccessKey: "a", SecretKey: "b", Local: t.TempDir(), Trust: trust})
	if err != nil {
		t.Fatal(err)
	}
	return s, kept
}

// stores are the kinds of store, each with a way to change what it keeps behind its back.
func stores(t *testing.T, test func(t *testing.T, s Store, tamper func(address string, change func([]byte) []byte))) {
	t.Run("dir", func(t *testing.T) {
		d := openDir(t)
		test(t, d, func(address string, change func([]byte) []byte) {
			stored, err := os.ReadFile(d.path(address))
			if err == nil {
				err = os.WriteFile(d.path(address), change(stored), 0o600)
			}
			if err != nil {
				t.Fatal(err)
			}
		})
	})
	for _, prefix := range []string{"", "yifa/evidence"} {
		t.Run("s3/"+prefix, func(t *testing.T) {
			s, kept := bucket(t, prefix)
			test(t, s, func(address string, change func([]byte) []byte) {
				o, err := kept.GetObject("zhengju", s.name(address), nil)
				if err != nil {
					t.Fatal(err)
				}
				stored, err := io.ReadAll(o.Contents)
				if err != nil {
					t.Fatal(err)
				}
				stored = change(stored)
				if _, err := kept.PutObject("zhengju", s.name(address), map[string]string{}, bytes.NewReader(stored), int64(len(stored)), nil); err != nil {
					t.Fatal(err)
				}
			})
		})
	}
}

// What the program relies on of a store, held to each kind.
func TestStores(t *testing.T) {
	stores(t, func(t *testing.T, s Store, tamper func(string, func([]byte) []byte)) {
		var all []string
		for _, n := range []int{0, 1, 64 << 10, 3 << 20, 20 << 20} {
			content := bytes.Repeat([]byte("证据0123"), n/10+1)[:n]
			b, err := s.Put(t.Context(), bytes.NewReader(content), 1<<30)
			if err != nil {
				t.Fatal(err)
			}
			all = append(all, b.Address)
			r, err := s.Open(b.Address, b.Key)
			if err != nil {
				t.Fatal(err)
			}
			got, err := io.ReadAll(r)
			if err != nil || !bytes.Equal(got, content) || b.Size != int64(n) {
				t.Fatalf("%d bytes came back as %d: %v", n, len(got), err)
			}
			if n > 2<<20 {
				some := make([]byte, 100)
				if _, err := r.ReadAt(some, 2_500_000); err != nil || !bytes.Equal(some, content[2_500_000:2_500_100]) {
					t.Errorf("from the middle: %v", err)
				}
			}
			if err := errors.Join(r.Close(), s.Check(t.Context(), b.Address)); err != nil {
				t.Error(err)
			}
			if there, err := s.has(t.Context(), b.Address, int64(n)+1); there || err != nil {
				t.Errorf("there with another size: %v", err)
			}
		}
		slices.Sort(all)
		if list, err := s.Addresses(); err != nil || !slices.Equal(list, all) {
			t.Errorf("lists %v: %v", list, err)
		}
		left, err := os.ReadDir(s.spool())
		if err != nil || len(left) > 0 {
			t.Errorf("left in the spool: %v: %v", left, err)
		}
		var no *Unacceptable
		if _, err := s.Put(t.Context(), bytes.NewReader(make([]byte, 11)), 10); !errors.As(err, &no) {
			t.Errorf("too much: %v", err)
		}
		tampered(t, s, tamper)
	})
}

// tampered: a changed bit is noticed by reading and by checking, a blob that is gone is told from it, and neither can be copied.
func tampered(t *testing.T, s Store, tamper func(string, func([]byte) []byte)) {
	t.Helper()
	b, err := s.Put(t.Context(), bytes.NewReader(make([]byte, 300_000)), 1<<20)
	if err != nil {
		t.Fatal(err)
	}
	to := openDir(t)
	if n, err := Copy(t.Context(), s, to, b.Address); err != nil || n < 300_000 {
		t.Errorf("copied %d: %v", n, err)
	}
	if n, err := Copy(t.Context(), s, to, b.Address); err != nil || n != 0 {
		t.Errorf("copied again %d: %v", n, err)
	}
	tamper(b.Address, func(stored []byte) []byte {
		stored[len(stored)/2] ^= 4
		return stored
	})
	if err := s.Check(t.Context(), b.Address); !errors.Is(err, ErrBrokenBlob) {
		t.Errorf("checked: %v", err)
	}
	r, err := s.Open(b.Address, b.Key)
	if err == nil {
		_, err = io.Copy(io.Discard, r)
		err = errors.Join(err, r.Close())
	}
	if !errors.Is(err, ErrBrokenBlob) {
		t.Errorf("read: %v", err)
	}
	if _, err := Copy(t.Context(), s, openDir(t), b.Address); !errors.Is(err, ErrBrokenBlob) {
		t.Errorf("copied: %v", err)
	}
	if err := errors.Join(s.Remove(b.Address), s.Remove(b.Address)); err != nil {
		t.Error(err)
	}
	_, err = s.Open(b.Address, b.Key)
	if !errors.Is(err, ErrNoBlob) || !errors.Is(s.Check(t.Context(), b.Address), ErrNoBlob) {
		t.Errorf("opened though gone: %v", err)
	}
	if n, err := Copy(t.Context(), to, s, b.Address); err != nil || n < 300_000 || s.Check(t.Context(), b.Address) != nil {
		t.Errorf("brought back %d: %v", n, err)
	}
	for _, address := range []string{"", "..", "../../etc/passwd"} {
		if _, err := s.Open(address, b.Key); !errors.Is(err, ErrNoBlob) {
			t.Errorf("%q: %v", address, err)
		}
	}
}
