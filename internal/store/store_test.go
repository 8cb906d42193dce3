package store_test

import (
	"os"
	"path/filepath"
	"testing"

	"yifa/internal/pgtest"
	"yifa/internal/store"
	"yifa/internal/store/storetest"
)

func TestMain(m *testing.M) { os.Exit(pgtest.Main(m)) }

func TestSQLite(t *testing.T)   { storetest.Exercise(t, store.SQLite, openSQLite) }
func TestPostgres(t *testing.T) { storetest.Exercise(t, store.Postgres, openPostgres) }

func openSQLite(t testing.TB) (*store.DB, string) {
	return open(t, "sqlite:"+filepath.Join(t.TempDir(), "yifa.db"))
}

func openPostgres(t testing.TB) (*store.DB, string) { return open(t, pgtest.DSN(t)) }

func open(t testing.TB, address string) (*store.DB, string) {
	t.Helper()
	db, err := store.Open(t.Context(), address)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := db.Close(); err != nil {
			t.Error(err)
		}
	})
	return db, address
}
