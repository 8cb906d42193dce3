package store_test

import (
	"bytes"
	"context"
	"database/sql"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"yifa/internal/pgtest"
	"yifa/internal/store"
	"yifa/internal/store/storetest"
)

func TestFaultsSQLite(t *testing.T) {
	storetest.ExerciseFaults(t, func(t testing.TB, w store.Wrap) *store.DB {
		return openWith(t, "sqlite:"+filepath.Join(t.TempDir(), "yifa.db"), w)
	})
}

func TestFaultsPostgres(t *testing.T) {
	storetest.ExerciseFaults(t, func(t testing.TB, w store.Wrap) *store.DB { return openWith(t, pgtest.DSN(t), w) })
}

func openWith(t testing.TB, address string, w store.Wrap) *store.DB {
	t.Helper()
	db, err := store.Open(t.Context(), address, w)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = db.Close() })
	return db
}

func addresses(t *testing.T) map[store.Driver]string {
	return map[store.Driver]string{
		store.SQLite:   "sqlite:" + filepath.Join(t.TempDir(), "yi fa#50%.db"), // a path is no address: nothing in it is special
		store.Postgres: pgtest.DSN(t),
	}
}

// What was written is there after the database was closed and opened again.
func TestReopen(t *testing.T) {
	for driver, address := range addresses(t) {
		t.Run(string(driver), func(t *testing.T) {
			ctx := t.Context()
			for i := range 2 {
				db, err := store.Open(ctx, address)
				if err != nil {
					t.Fatal(err)
				}
				if i == 0 {
					err = db.Write(ctx, func(tx *store.Tx) error { _, err := tx.NextNumber(ctx, "k", "o", 2026); return err })
				} else {
					err = db.Read(ctx, func(q *store.Query) error {
						kept, err := q.Counters(ctx)
						if len(kept) != 1 || kept[0].Last != 1 {
							t.Errorf("kept %+v", kept)
						}
						return err
					})
				}
				if err := errors.Join(err, db.Close()); err != nil {
					t.Fatal(err)
				}
			}
		})
	}
}

// A migration whose number is lower than those made before is made up for: numbers are given out before the work is done.
// A program that only looks says that it is missing.
func TestLateMigration(t *testing.T) {
	for driver, address := range addresses(t) {
		t.Run(string(driver), func(t *testing.T) {
			ctx := t.Context()
			open := func() error {
				db, err := store.Open(ctx, address)
				if err == nil {
					err = db.Close()
				}
				return err
			}
			if err := open(); err != nil {
				t.Fatal(err)
			}
			raw := storetest.Raw(t, driver, address)
			for _, text := range []string{"drop index link_back", "delete from yifa_version where version_id = 44"} {
				if _, err := raw.ExecContext(ctx, text); err != nil {
					t.Fatal(err)
				}
			}
			if db, err := store.Look(ctx, address); err == nil {
				_ = db.Close()
				t.Error("looked at without it")
			}
			if err := open(); err != nil {
				t.Fatal(err)
			}
			if _, err := raw.ExecContext(ctx, "drop index link_back"); err != nil {
				t.Errorf("not made up for: %v", err)
			}
		})
	}
}

// A database that a newer program has migrated, or that is somebody else's, is refused and left alone.
func TestRefuseStrangers(t *testing.T) {
	for driver, address := range addresses(t) {
		for name, c := range map[string]struct {
			sql  string
			want error
		}{
			"newer":    {"insert into yifa_version (version_id, is_applied) values (999, true)", store.ErrNewer},
			"unmarked": {"update meta set value = 'another' where name = 'program'", store.ErrNotOurs},
		} {
			t.Run(string(driver)+"/"+name, func(t *testing.T) {
				address := address
				if driver == store.SQLite {
					address += strings.ReplaceAll(name, " ", "")
				} else {
					address = pgtest.DSN(t)
				}
				db, err := store.Open(t.Context(), address)
				if err != nil {
					t.Fatal(err)
				}
				if err := db.Close(); err != nil {
					t.Fatal(err)
				}
				if _, err := storetest.Raw(t, driver, rawAddress(address)).ExecContext(t.Context(), c.sql); err != nil {
					t.Fatal(err)
				}
				if _, err := store.Open(t.Context(), address); !errors.Is(err, c.want) {
					t.Errorf("opened with %v, want %v", err, c.want)
				}
			})
		}
	}
	t.Run("postgres/other tables", func(t *testing.T) {
		address := pgtest.DSN(t)
		raw := storetest.Raw(t, store.Postgres, address)
		if _, err := raw.ExecContext(t.Context(), "create table theirs (n int)"); err != nil {
			t.Fatal(err)
		}
		if _, err := store.Open(t.Context(), address); !errors.Is(err, store.ErrNotOurs) {
			t.Errorf("opened with %v", err)
		}
		if n := countTables(t, raw, "select count(*) from pg_tables where schemaname = 'public'"); n != 1 {
			t.Errorf("%d tables after a refusal", n)
		}
	})
}

// A stranger's file is refused without changing a byte of it.
func TestRefuseStrangeFile(t *testing.T) {
	theirs := filepath.Join(t.TempDir(), "theirs.db")
	raw := storetest.Raw(t, store.SQLite, "sqlite:"+theirs)
	if _, err := raw.ExecContext(t.Context(), "create table theirs (n int)"); err != nil {
		t.Fatal(err)
	}
	if err := raw.Close(); err != nil {
		t.Fatal(err)
	}
	text := filepath.Join(t.TempDir(), "text.db")
	if err := os.WriteFile(text, []byte(strings.Repeat("no database\n", 100)), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, path := range []string{theirs, text} {
		before, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := store.Open(t.Context(), "sqlite:"+path); !errors.Is(err, store.ErrNotOurs) {
			t.Errorf("%s opened with %v", path, err)
		}
		after, err := os.ReadFile(path)
		if err != nil || !bytes.Equal(before, after) {
			t.Errorf("%s was changed (%v)", path, err)
		}
		if beside, _ := filepath.Glob(path + "-*"); len(beside) > 0 {
			t.Errorf("left %v", beside)
		}
	}
	for _, address := range []string{"yifa.db", "mysql://x", "sqlite:" + filepath.Join(t.TempDir(), "none", "yifa.db")} {
		if _, err := store.Open(t.Context(), address); err == nil {
			t.Errorf("%s was opened", address)
		}
	}
}

// Several programs that start at once on an empty database migrate it once.
func TestOpenAtOnce(t *testing.T) {
	for driver, address := range addresses(t) {
		t.Run(string(driver), func(t *testing.T) {
			var wg sync.WaitGroup
			for range 4 {
				wg.Go(func() {
					db, err := store.Open(t.Context(), address)
					if err != nil {
						t.Error(err)
						return
					}
					if err := db.Write(t.Context(), func(tx *store.Tx) error { _, err := tx.NextNumber(t.Context(), "k", "o", 2026); return err }); err != nil {
						t.Error(err)
					}
					if err := db.Close(); err != nil {
						t.Error(err)
					}
				})
			}
			wg.Wait()
		})
	}
}

// rawAddress is the address for Raw: the driver's own form.
func rawAddress(address string) string {
	if path, ok := strings.CutPrefix(address, "sqlite:"); ok {
		return "sqlite:file:" + strings.NewReplacer("%", "%25", "#", "%23", " ", "%20").Replace(path)
	}
	return address
}

func countTables(t *testing.T, db *sql.DB, query string) int {
	t.Helper()
	var n int
	if err := db.QueryRowContext(context.Background(), query).Scan(&n); err != nil {
		t.Fatal(err)
	}
	return n
}
