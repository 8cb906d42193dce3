package pgtest

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"os/user"
	"path/filepath"
	"runtime"
	"strconv"
	"strings"
	"syscall"
	"time"
)

const (
	dirPrefix    = "yifa-pgtest-" // then the id of the test process, which tells a stale folder from a live one
	startTimeout = time.Minute
	stopTimeout  = 20 * time.Second
)

// A server is one running PostgreSQL with its folder.
type server struct {
	dir    string
	cmd    *exec.Cmd
	log    *bytes.Buffer // read only after exited is closed
	exited chan struct{}
}

// findBinaries returns the bin folder of the newest PostgreSQL under root.
func findBinaries(root string) (string, error) {
	found, err := filepath.Glob(filepath.Join(root, "*", "bin", "initdb"))
	if err != nil {
		return "", fmt.Errorf("pgtest: %w", err)
	}
	best, newest := "", 0
	for _, f := range found {
		bin := filepath.Dir(f)
		version, err := strconv.Atoi(filepath.Base(filepath.Dir(bin)))
		if err == nil && version > newest {
			best, newest = bin, version
		}
	}
	if best == "" {
		return "", fmt.Errorf("pgtest: no initdb in %s/*/bin", root)
	}
	return best, nil
}

// start makes a cluster in a new folder and starts it.
func start(bin string) (*server, error) {
	removeStale(os.TempDir())
	owner, err := serverUser()
	if err != nil {
		return nil, err
	}
	dir, err := os.MkdirTemp(os.TempDir(), dirPrefix+strconv.Itoa(os.Getpid())+"-")
	if err != nil {
		return nil, fmt.Errorf("pgtest: %w", err)
	}
	if owner != nil {
		if err := os.Chown(dir, int(owner.Uid), int(owner.Gid)); err != nil {
			return nil, fmt.Errorf("pgtest: %w", err)
		}
	}
	s := &server{dir: dir, log: &bytes.Buffer{}, exited: make(chan struct{})}
	if err := s.initCluster(bin, owner); err != nil {
		_ = os.RemoveAll(dir)
		return nil, err
	}
	if err := s.run(bin, owner); err != nil {
		s.stop()
		return nil, err
	}
	return s, nil
}

// serverUser returns whom PostgreSQL runs as: nil for ourselves, or Debian's postgres when we are root,
// since PostgreSQL refuses to run as root.
func serverUser() (*syscall.Credential, error) {
	if os.Geteuid() != 0 {
		return nil, nil
	}
	u, err := user.Lookup("postgres")
	if err != nil {
		return nil, fmt.Errorf("pgtest: running as root needs a user for the server: %w", err)
	}
	uid, err := strconv.ParseUint(u.Uid, 10, 32)
	if err != nil {
		return nil, fmt.Errorf("pgtest: user id %q: %w", u.Uid, err)
	}
	gid, err := strconv.ParseUint(u.Gid, 10, 32)
	if err != nil {
		return nil, fmt.Errorf("pgtest: group id %q: %w", u.Gid, err)
	}
	return &syscall.Credential{Uid: uint32(uid), Gid: uint32(gid)}, nil
}

func (s *server) initCluster(bin string, owner *syscall.Credential) error {
	// The empty cluster itself need not survive a power cut; what tests write into it is synced.
	initdb := exec.Command(filepath.Join(bin, "initdb"), "--pgdata", filepath.Join(s.dir, "data"),
		"--username", "yifa", "--auth", "trust", "--encoding", "UTF8", "--locale", "C.UTF-8", "--no-sync")
	initdb.Dir = s.dir
	initdb.SysProcAttr = &syscall.SysProcAttr{Credential: owner}
	if out, err := initdb.CombinedOutput(); err != nil {
		return fmt.Errorf("pgtest: initdb: %w\n%s", err, out)
	}
	return nil
}

// run starts the server and waits until it answers.
func (s *server) run(bin string, owner *syscall.Credential) error {
	s.cmd = exec.Command(filepath.Join(bin, "postgres"), "-D", filepath.Join(s.dir, "data"), "-k", s.dir,
		"-c", "listen_addresses=", "-c", "max_connections=200", "-c", "fsync=on", "-c", "synchronous_commit=on")
	s.cmd.Dir = s.dir
	s.cmd.Stdout, s.cmd.Stderr = s.log, s.log
	// The kernel stops the server when the test process dies, however it dies.
	s.cmd.SysProcAttr = &syscall.SysProcAttr{Credential: owner, Setpgid: true, Pdeathsig: syscall.SIGQUIT}
	started := make(chan error, 1)
	go func() {
		runtime.LockOSThread() // Pdeathsig fires when the thread ends that started the server
		err := s.cmd.Start()
		started <- err
		if err == nil {
			_ = s.cmd.Wait() // how it ended is in its log, which ready and stop read
		}
		close(s.exited)
	}()
	if err := <-started; err != nil {
		return fmt.Errorf("pgtest: start postgres: %w", err)
	}
	return s.ready()
}

// ready waits until the server answers a statement.
func (s *server) ready() error {
	ctx, cancel := context.WithTimeout(context.Background(), startTimeout)
	defer cancel()
	for {
		err := s.exec(ctx, "select 1")
		if err == nil {
			return nil
		}
		select {
		case <-s.exited:
			return fmt.Errorf("pgtest: postgres ended at once:\n%s", s.log)
		case <-ctx.Done():
			return fmt.Errorf("pgtest: postgres did not answer in %s: %w", startTimeout, err)
		case <-time.After(20 * time.Millisecond):
		}
	}
}

// stop ends the server at once (what it held is thrown away) and removes its folder.
func (s *server) stop() {
	if s.cmd != nil && s.cmd.Process != nil {
		_ = s.cmd.Process.Signal(syscall.SIGQUIT)
		select {
		case <-s.exited:
		case <-time.After(stopTimeout):
			_ = s.cmd.Process.Kill()
			<-s.exited
		}
	}
	_ = os.RemoveAll(s.dir)
}

// dsn addresses a database of the server.
func (s *server) dsn(database string) string {
	return fmt.Sprintf("postgres:///%s?host=%s&user=yifa", database, s.dir)
}

// removeStale removes folders under dir whose test process is gone.
func removeStale(dir string) {
	found, err := filepath.Glob(filepath.Join(dir, dirPrefix+"*"))
	if err != nil {
		return // the pattern is a constant; a folder that stays does no harm
	}
	for _, f := range found {
		id, _, _ := strings.Cut(strings.TrimPrefix(filepath.Base(f), dirPrefix), "-")
		pid, err := strconv.Atoi(id)
		if err == nil && errors.Is(syscall.Kill(pid, 0), syscall.ESRCH) {
			_ = os.RemoveAll(f)
		}
	}
}
