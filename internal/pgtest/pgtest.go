// Package pgtest gives tests a real PostgreSQL: one private server per test process, a fresh database per
// test. It uses Debian's server binaries, listens on a Unix socket only and keeps fsync on, so that what a
// test sees is what an installation sees. It never touches a server that somebody else started, and it is
// never imported outside tests.
package pgtest

import (
	"context"
	"fmt"
	"os"
	"sync"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"

	"yifa/internal/raster"
)

// requireAll is the variable with which `make test` turns a missing server from a skip into a failure.
const requireAll = "YIFA_TEST_ALL"

var shared struct {
	sync.Mutex
	server *server
	made   int // databases handed out so far; numbers them
}

// Main runs the tests of a package and then stops the server, if one was started. It is for TestMain:
//
//	func TestMain(m *testing.M) { os.Exit(pgtest.Main(m)) }
//
// Without it the server still dies with the process; only its folder stays until the next run removes it.
func Main(m *testing.M) int {
	if raster.IsChild() {
		raster.Child()
	}
	code := m.Run()
	Stop()
	return code
}

// Stop ends the process's server and removes its folder. A later DSN starts a new one.
func Stop() {
	shared.Lock()
	defer shared.Unlock()
	if shared.server != nil {
		shared.server.stop()
		shared.server = nil
	}
}

// DSN makes an empty database and returns its address in the form pgx and database/sql take. The database
// is dropped when the test ends. A process that the test itself starts may use the same address.
//
// Where no server is installed the test is skipped with a message, or fails if YIFA_TEST_ALL is set.
func DSN(t testing.TB) string {
	t.Helper()
	s, name := claim(t)
	ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
	defer cancel()
	if err := s.exec(ctx, "create database "+name+" template template0"); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
		defer cancel()
		if err := s.exec(ctx, "drop database "+name+" with (force)"); err != nil {
			t.Error(err)
		}
	})
	return s.dsn(name)
}

// claim returns the process's server, started if need be, and an unused database name.
func claim(t testing.TB) (*server, string) {
	t.Helper()
	shared.Lock()
	defer shared.Unlock()
	if shared.server == nil {
		bin, err := findBinaries("/usr/lib/postgresql")
		if err != nil && os.Getenv(requireAll) == "" {
			t.Skip("pgtest: PostgreSQL is not installed (scripts/install.sh installs it): ", err)
		}
		if err == nil {
			shared.server, err = start(bin)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	shared.made++
	return shared.server, fmt.Sprintf("t%d", shared.made)
}

// exec runs one statement on the server's own database.
func (s *server) exec(ctx context.Context, sql string) error {
	conn, err := pgx.Connect(ctx, s.dsn("postgres"))
	if err != nil {
		return fmt.Errorf("pgtest: connect: %w", err)
	}
	defer func() { _ = conn.Close(ctx) }() // the statement has been answered; nothing is left to lose
	if _, err := conn.Exec(ctx, sql); err != nil {
		return fmt.Errorf("pgtest: %s: %w", sql, err)
	}
	return nil
}
