package bench

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"net/http"
	"os"
	"os/exec"
	"strings"
	"syscall"
	"time"
)

// child is a served process of its own, so that its processor time and memory are its alone.
type child struct {
	cmd    *exec.Cmd
	url    string
	client *http.Client
	cookie string
	cold   time.Duration // from its start to its first page
}

// start runs the program and waits until it answers a page.
func (s *size) start(ctx context.Context, page string, args ...string) (*child, error) {
	cmd := exec.CommandContext(ctx, s.Program, args...)
	cmd.Stderr = io.Discard // a line for each request
	cmd.Cancel = func() error { return cmd.Process.Signal(syscall.SIGTERM) }
	out, err := cmd.StdoutPipe()
	if err != nil {
		return nil, err
	}
	begin := time.Now()
	if err := cmd.Start(); err != nil {
		return nil, err
	}
	k := &child{cmd: cmd, client: &http.Client{Timeout: time.Minute, CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
		Transport: &http.Transport{MaxIdleConnsPerHost: 128, DisableCompression: true}}}
	line, err := bufio.NewReader(out).ReadString('\n')
	if err != nil {
		k.stop()
		return nil, fmt.Errorf("%s %s: %w", s.Program, strings.Join(args, " "), err)
	}
	k.url = strings.TrimSpace(line)
	if err := k.get(ctx, page); err != nil {
		k.stop()
		return nil, err
	}
	k.cold = time.Since(begin)
	return k, nil
}

// stop ends the process and waits for it.
func (k *child) stop() {
	k.client.CloseIdleConnections()
	_ = k.cmd.Process.Signal(syscall.SIGTERM) // it may have ended by itself
	_ = k.cmd.Wait()
}

func (k *child) meter() meter { return meter{k.cmd.Process.Pid, os.Getpid()} }

// get asks for a page, which must be there.
func (k *child) get(ctx context.Context, path string) error {
	return k.ask(ctx, http.MethodGet, path, "", http.StatusOK)
}

// ask sends a request and reads the answer to its end.
func (k *child) ask(ctx context.Context, method, path, form string, want int) error {
	r, err := http.NewRequestWithContext(ctx, method, k.url+path, strings.NewReader(form))
	if err != nil {
		return err
	}
	if form != "" {
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	}
	if k.cookie != "" {
		r.Header.Set("Cookie", k.cookie)
	}
	a, err := k.client.Do(r)
	if err != nil {
		return err
	}
	defer a.Body.Close()
	body, err := io.ReadAll(a.Body)
	if err != nil {
		return err
	}
	if a.StatusCode != want || strings.HasSuffix(a.Header.Get("Location"), "/check") || strings.Contains(a.Header.Get("Location"), "sign-in") {
		return fmt.Errorf("%s %s: %s, to %q: %.300s", method, path, a.Status, a.Header.Get("Location"), body)
	}
	return nil
}
