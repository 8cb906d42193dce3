package pgtest

import (
	"context"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"
)

func TestMain(m *testing.M) { os.Exit(Main(m)) }

func connect(t *testing.T, dsn string) *pgx.Conn {
	t.Helper()
	conn, err := pgx.Connect(t.Context(), dsn)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = conn.Close(context.Background()) })
	return conn
}

// Two tests never see each other's tables, and the server keeps what an installation relies on.
func TestDatabasesAreSeparate(t *testing.T) {
	a, b := connect(t, DSN(t)), connect(t, DSN(t))
	if _, err := a.Exec(t.Context(), "create table entry (n int)"); err != nil {
		t.Fatal(err)
	}
	if _, err := b.Exec(t.Context(), "create table entry (n int)"); err != nil {
		t.Errorf("the second database already holds the first one's table: %v", err)
	}
	for setting, want := range map[string]string{"fsync": "on", "synchronous_commit": "on", "server_encoding": "UTF8", "listen_addresses": ""} {
		var got string
		if err := a.QueryRow(t.Context(), "select current_setting($1)", setting).Scan(&got); err != nil {
			t.Fatal(err)
		}
		if got != want {
			t.Errorf("%s is %q, want %q", setting, got, want)
		}
	}
}

func TestDatabaseIsDroppedWithItsTest(t *testing.T) {
	var dsn string
	t.Run("inner", func(t *testing.T) {
		dsn = DSN(t)
		connect(t, dsn)
	})
	if conn, err := pgx.Connect(t.Context(), dsn); err == nil {
		_ = conn.Close(t.Context())
		t.Error("the database outlived its test")
	}
}

// A test process that is killed takes its server with it, and the next run removes its folder.
func TestServerDiesWithItsProcess(t *testing.T) {
	if os.Getenv("PGTEST_CHILD") != "" {
		dsn := DSN(t)
		if err := os.WriteFile(os.Getenv("PGTEST_CHILD"), []byte(dsn), 0o600); err != nil {
			t.Fatal(err)
		}
		_ = syscall.Kill(os.Getpid(), syscall.SIGKILL)
	}
	DSN(t) // skips, or fails, where there is no server
	note := filepath.Join(t.TempDir(), "dsn")
	child := exec.Command(os.Args[0], "-test.run=^TestServerDiesWithItsProcess$")
	child.Env = append(os.Environ(), "PGTEST_CHILD="+note)
	var killed *exec.ExitError
	if err := child.Run(); !errors.As(err, &killed) {
		t.Fatalf("the child was to die by a signal: %v", err)
	}
	dsn, err := os.ReadFile(note)
	if err != nil {
		t.Fatal(err)
	}
	deadline := time.Now().Add(20 * time.Second)
	for {
		conn, err := pgx.Connect(t.Context(), string(dsn))
		if err != nil {
			break
		}
		_ = conn.Close(t.Context())
		if time.Now().After(deadline) {
			t.Fatal("the server outlived its process by 20 s")
		}
		time.Sleep(50 * time.Millisecond)
	}
	_, dir, _ := strings.Cut(string(dsn), "host=")
	dir, _, _ = strings.Cut(dir, "&")
	removeStale(filepath.Dir(dir))
	if _, err := os.Stat(dir); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("the folder of the dead process is still there: %v", err)
	}
}

func TestFindBinaries(t *testing.T) {
	root := t.TempDir()
	if _, err := findBinaries(root); err == nil {
		t.Error("found binaries in an empty folder")
	}
	for _, version := range []string{"9", "15", "old"} {
		bin := filepath.Join(root, version, "bin")
		if err := os.MkdirAll(bin, 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(bin, "initdb"), nil, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	got, err := findBinaries(root)
	if want := filepath.Join(root, "15", "bin"); err != nil || got != want {
		t.Errorf("findBinaries: %q, %v; want %q", got, err, want)
	}
}
