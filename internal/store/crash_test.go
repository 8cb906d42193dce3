package store_test

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"yifa/internal/matter"
	"yifa/internal/store"
	"yifa/internal/store/storetest"
)

const (
	childAddress = "STORE_TEST_CHILD"      // the test runs again as a child that writes to this address
	childLimit   = "STORE_TEST_FILE_LIMIT" // the child may write no file longer than this many bytes
)

// TestChild is the program that the tests below start and kill: it writes acts and prints each only
// when it is committed.
func TestChild(t *testing.T) {
	address := os.Getenv(childAddress)
	if address == "" {
		return // nobody started it as a child: there is nothing to test
	}
	if limit, err := strconv.ParseUint(os.Getenv(childLimit), 10, 64); err == nil {
		signal.Ignore(syscall.SIGXFSZ)
		if err := syscall.Setrlimit(syscall.RLIMIT_FSIZE, &syscall.Rlimit{Cur: limit, Max: limit}); err != nil {
			t.Fatal(err)
		}
	}
	db, err := store.Open(t.Context(), address)
	if err != nil {
		t.Fatal(err)
	}
	fmt.Println("open")
	for {
		id, err := storetest.WholeAct(t.Context(), db)
		if err != nil {
			fmt.Println("fault", errors.Is(err, store.ErrRetry) || errors.Is(err, matter.ErrConflict), err)
			return
		}
		fmt.Println("done", id)
	}
}

// A program killed at any moment, while it opens or while it acts, leaves every act it answered, and no half act.
func TestKilled(t *testing.T) {
	for driver, address := range addresses(t) {
		t.Run(string(driver), func(t *testing.T) {
			var answered []matter.ID
			for round := range 12 {
				child := startChild(t, address, "")
				if round%2 == 1 {
					child.untilOpen()
				}
				time.AfterFunc(time.Duration(rand.IntN(60))*time.Millisecond, func() { _ = child.cmd.Process.Kill() })
				ids, _ := child.read(t)
				answered = append(answered, ids...)
				checkWhole(t, address, answered)
			}
			if len(answered) == 0 {
				t.Error("no act was answered in any round")
			}
		})
	}
}

// A full disk is a fault, told as such; what was answered stays, and with room again acts go on.
func TestFullDisk(t *testing.T) {
	t.Run("no page left", func(t *testing.T) { // SQLite's own limit: the error of a full disk, between any two pages
		for pages := range 12 {
			address := "sqlite:" + filepath.Join(t.TempDir(), "yifa.db")
			db, err := store.Open(t.Context(), address)
			if err != nil {
				t.Fatal(err)
			}
			if err := db.Close(); err != nil {
				t.Fatal(err)
			}
			checkFull(t, address, fmt.Sprintf("%s?_pragma=max_page_count(%d)", address, 150+pages))
		}
	})
	t.Run("no byte left", func(t *testing.T) { // the system refuses to write: half a page, half a log frame
		for range 6 {
			address := "sqlite:" + filepath.Join(t.TempDir(), "yifa.db")
			child := startChild(t, address, strconv.Itoa(1_600_000+rand.IntN(100_000)))
			answered, fault := child.read(t)
			if !strings.HasPrefix(fault, "fault false") {
				t.Errorf("the child ended with %q", fault)
			}
			if len(answered) == 0 {
				t.Error("no act was answered: the test shows nothing")
			}
			checkWhole(t, address, answered)
		}
	})
	t.Run("no room on the device", func(t *testing.T) {
		dir := t.TempDir()
		if err := syscall.Mount("none", dir, "tmpfs", 0, "size=2m"); err != nil {
			t.Log("a full file system was not tried: it needs the right to mount; the two other ways were: ", err)
			return
		}
		t.Cleanup(func() { _ = syscall.Unmount(dir, syscall.MNT_DETACH) })
		address := "sqlite:" + filepath.Join(dir, "yifa.db")
		checkFull(t, address, address)
	})
}

// checkFull acts at address until there is a fault, and looks at what stands, through address plain.
func checkFull(t *testing.T, plain, address string) {
	t.Helper()
	db, err := store.Open(t.Context(), address)
	if err != nil {
		t.Fatal(err)
	}
	var answered []matter.ID
	for {
		id, err := storetest.WholeAct(t.Context(), db)
		if err != nil {
			if errors.Is(err, store.ErrRetry) || errors.Is(err, matter.ErrConflict) || errors.Is(err, store.ErrNotFound) {
				t.Errorf("a full disk is told as %v", err)
			}
			break
		}
		if answered = append(answered, id); len(answered) > 5000 {
			t.Fatal("the disk never filled up")
		}
	}
	if len(answered) == 0 {
		t.Error("the disk was full from the start: the test shows nothing")
	}
	if err := db.Read(t.Context(), func(q *store.Query) error { _, err := q.Counters(t.Context()); return err }); err != nil {
		t.Errorf("reading while the disk is full: %v", err)
	}
	if err := db.Close(); err != nil {
		t.Error(err)
	}
	if plain != address {
		checkWhole(t, plain, answered)
	}
}

// checkWhole opens the database as the next program would: every answered act is there, whole, and
// heads and numbers agree with the entries; then it makes one more act.
func checkWhole(t *testing.T, address string, answered []matter.ID) {
	t.Helper()
	db, err := store.Open(context.Background(), address)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = db.Close() }()
	if err := storetest.CheckWholeActs(context.Background(), db, answered); err != nil {
		t.Error(err)
	}
	if _, err := storetest.WholeAct(context.Background(), db); err != nil {
		t.Errorf("the next act: %v", err)
	}
}

type child struct {
	cmd *exec.Cmd
	out *bufio.Scanner
}

func startChild(t *testing.T, address, limit string) child {
	t.Helper()
	cmd := exec.Command(os.Args[0], "-test.run=^TestChild$", "-test.v")
	cmd.Env = append(os.Environ(), childAddress+"="+address, childLimit+"="+limit)
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	return child{cmd, bufio.NewScanner(out)}
}

// untilOpen waits until the child has opened its database.
func (c child) untilOpen() {
	for c.out.Scan() {
		if c.out.Text() == "open" {
			return
		}
	}
}

// read returns the acts the child answered until it ended, and its fault if it told one.
func (c child) read(t *testing.T) (answered []matter.ID, fault string) {
	t.Helper()
	for c.out.Scan() {
		line := c.out.Text()
		if strings.HasPrefix(line, "fault ") {
			fault = line
		}
		if text, ok := strings.CutPrefix(line, "done "); ok {
			id, err := matter.ParseID(text)
			if err != nil {
				t.Fatal(err)
			}
			answered = append(answered, id)
		}
	}
	if err := c.cmd.Wait(); err != nil && !errors.As(err, new(*exec.ExitError)) {
		t.Fatal(err)
	}
	return answered, fault
}
