package evidence

import (
	"bytes"
	"errors"
	"io"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// harm is what the scanner of these tests knows: a signature of our own, so that no test file harms or alarms anybody.
const harm = "YIFA-TEST-HARM-7f3a9c"

// clamd starts the real scanner with one signature, where it is installed.
func clamd(t *testing.T) string {
	t.Helper()
	program, err := exec.LookPath("clamd")
	if err != nil {
		t.Skip("no clamd on this machine (Debian: clamav-daemon)")
	}
	dir, err := os.MkdirTemp("", "clamd") //nolint:usetesting // the path of a socket is short
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = os.RemoveAll(dir) })
	socket := filepath.Join(dir, "s")
	hex := ""
	for _, b := range []byte(harm) {
		hex += string("0123456789abcdef"[b>>4]) + string("0123456789abcdef"[b&15])
	}
	conf := "LocalSocket " + socket + "\nDatabaseDirectory " + dir + "\nForeground yes\nStreamMaxLength 5M\nPidFile " + dir + "/pid\nConcurrentDatabaseReload no\n"
	for name, text := range map[string]string{"yifa.ndb": "Yifa.Test.Harm:0:*:" + hex + "\n", "clamd.conf": conf} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	var log bytes.Buffer
	cmd := exec.Command(program, "-c", filepath.Join(dir, "clamd.conf"))
	cmd.Stdout, cmd.Stderr = &log, &log
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = cmd.Process.Kill(); _ = cmd.Wait() })
	for range 200 {
		if c, err := net.Dial("unix", socket); err == nil {
			_ = c.Close()
			return socket
		}
		time.Sleep(50 * time.Millisecond)
	}
	t.Fatalf("clamd did not come up: %s", log.String())
	return ""
}

// silent is somebody who listens where clamd should and answers as told: "" nothing.
func silent(t *testing.T, says string) string {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = l.Close() })
	go func() {
		for {
			c, err := l.Accept()
			if err != nil {
				return
			}
			_, _ = c.Read(make([]byte, 20))
			_, _ = io.WriteString(c, says)
			_ = c.Close()
		}
	}()
	return l.Addr().String()
}

// A real clamd finds what it knows, calls the rest clean, and what it does not take in is not called clean.
func TestScanByClamd(t *testing.T) {
	s := Scanner{Addr: clamd(t)}
	for name, c := range map[string]struct {
		content string
		found   string
		fails   bool
	}{
		"clean":       {content: strings.Repeat("fine ", 1000)},
		"empty":       {},
		"harm":        {content: strings.Repeat("x", 400_000) + harm + strings.Repeat("y", 400_000), found: "Yifa.Test.Harm.UNOFFICIAL"},
		"beyond what": {content: strings.Repeat("z", 6<<20), fails: true},
	} {
		found, err := s.Scan(t.Context(), strings.NewReader(c.content))
		if found != c.found || (err != nil) != c.fails || err != nil && !errors.Is(err, ErrScanner) {
			t.Errorf("%s: %q %v", name, found, err)
		}
	}
	d := openDir(t)
	in := NewIntake(d, Limits{})
	in.ScanWith(&s)
	bad := append(picture(t), harm...)
	f, err := in.Take(t.Context(), "a.png", bytes.NewReader(bad))
	if err != nil || f.Clean != nil || f.NoCleanCopy != Infected || f.Found != "Yifa.Test.Harm.UNOFFICIAL" || !bytes.Equal(get(t, d, f.Original), bad) {
		t.Errorf("%+v: %v", f, err)
	}
	if f, err = in.Take(t.Context(), "a.png", bytes.NewReader(picture(t))); err != nil || f.Clean == nil {
		t.Errorf("a clean picture: %+v: %v", f, err)
	}
}

// Whatever a scanner says but OK is no OK: nothing is kept, and it can be sent again.
func TestScannerAway(t *testing.T) {
	for name, addr := range map[string]string{"nobody": "127.0.0.1:1", "no socket": "/nowhere/clamd", "hangs up": silent(t, ""),
		"error": silent(t, "INSTREAM size limit exceeded. ERROR\x00"), "nonsense": silent(t, "stream: MAYBE\x00")} {
		d := openDir(t)
		in := NewIntake(d, Limits{})
		in.ScanWith(&Scanner{Addr: addr})
		if _, err := in.Take(t.Context(), "a.png", bytes.NewReader(picture(t))); !errors.Is(err, ErrScanner) {
			t.Errorf("%s: %v", name, err)
		}
		if list, err := d.Addresses(); err != nil || len(list) > 0 {
			t.Errorf("%s: kept %v: %v", name, list, err)
		}
	}
}
