package main

import (
	"bufio"
	"bytes"
	"context"
	"database/sql"
	"io"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"yifa/internal/installation"
	"yifa/internal/office/officetest"
	"yifa/internal/store"
	"yifa/internal/store/storetest"
	"yifa/internal/vault"
	"yifa/law"
)

// yifa runs the program with arguments and gives its exit code and what it wrote.
func yifa(t *testing.T, args ...string) (code int, stdout, stderr string) {
	t.Helper()
	var out, err bytes.Buffer
	c := command(t.Context(), args...)
	c.Stdout, c.Stderr = &out, &err
	if e := c.Run(); c.ProcessState == nil {
		t.Fatal(e)
	}
	return c.ProcessState.ExitCode(), out.String(), err.String()
}

func command(ctx context.Context, args ...string) *exec.Cmd {
	c := exec.CommandContext(ctx, os.Args[0], args...)
	c.Env = append(os.Environ(), asProgram+"=1")
	return c
}

func TestLaw(t *testing.T) {
	for _, c := range []struct {
		args   string
		code   int
		stdout string // a pattern
		stderr string // a part
	}{
		{"law check", 0, `^the law is sound: \d+ procedure versions, \d+ statutes, \d+ terms, \d+ indicators, \d+ papers\nstatutes: \d+ verified, \d+ partly, \d+ memory, \d+ platform; terms: \d+ verified, \d+ partly, \d+ memory, \d+ platform; examples: \d+\n\d+ terms are used by no procedure\n$`, ""},
		{"law check --staffing --today 2026-09-21", 1, `(?ms)^蓬江区司法局\n  .*?\n  行政执法个案监督（2026-02-01）\n    只有甄若棠一个人能办，`, "cannot be done with the staff"},
		{"law list terms", 0, `(?m)^pen-15n  作出行政处罚决定  90 日  xzcf/60  verified$`, ""},
		{"law list statutes", 0, `(?m)^xzcf  行政处罚法  `, ""},
		{"law list registers", 0, `(?m)^register\.organ  `, ""},
		{"law explain cmp-02 --from 2026-09-23 --json --lang en", 0, `"due": "2026-11-11"`, ""},
		{"law diff supervision.complaint@2026-02-01 supervision.complaint@2026-02-01", 0, `^$`, ""},
		{"law diff ../../law ../../law", 0, `^$`, ""},
		{"law diff nowhere nothing", 1, `^$`, "nowhere"},
		{"law explain pen-02n --from 2026-09-23", 1, `^$`, "及时"},
		{"law list", 0, `(?m)^supervision\.complaint  2026-02-01  行政执法投诉举报$`, ""},
		{"law show supervision.complaint", 0, `受理[\s\S]*答复提交人`, ""},
		{"law show supervision.complaint@2026-02-01", 0, `行政执法投诉举报`, ""},
		{"law show nothing", 1, `^$`, "yifa law list"},
		{"law diagram supervision.complaint", 0, `^stateDiagram|^---|flowchart|graph`, ""},
		{"law diagram supervision.complaint --svg --lang en", 0, `^<svg[\s\S]*</svg>\s*$`, ""},
		{"law explain cmp-01 --from 2026-09-28", 0, `^2026-10-10\n[\s\S]*国庆[\s\S]*调休`, ""}, // five working days over the National Day holiday and the working Saturday
		{"law explain cmp-01 --from 2026-03-02", 0, `^2026-03-09\n`, ""},
		{"law explain cmp-01 --from 2026-12-29", 0, `^2027-01-\d\d provisional\n`, ""},
		{"law explain cmp-01 --from 2001-01-01", 1, `^$`, "cmp-01"}, // before its first version
		{"law explain nothing --from 2026-03-02", 1, `^$`, "nothing"},
		{"law explain cmp-01 --from 2026-02-30", 1, `^$`, "--from"},
		{"law explain cmp-01", 1, ``, "--from"},
	} {
		code, stdout, stderr := yifa(t, strings.Fields(c.args)...)
		if (code != 0) != (c.code != 0) || !regexp.MustCompile(c.stdout).MatchString(stdout) || !strings.Contains(stderr, c.stderr) {
			t.Errorf("yifa %s: exit %d\n%.600s\n%s", c.args, code, stdout, stderr)
		}
	}
}

// A fault planted in the law is named with file and line.
func TestLawCheckFindsAFault(t *testing.T) {
	dir := t.TempDir()
	must(t, os.CopyFS(dir, os.DirFS("../../law")))
	file := filepath.Join(dir, "terms", "complaint.yaml")
	text, err := os.ReadFile(file)
	must(t, err)
	must(t, os.WriteFile(file, append(text, "\nnonsense: 1\n"...), 0o600))
	code, stdout, _ := yifa(t, "law", "--dir", dir, "check")
	if code == 0 || !regexp.MustCompile(`terms/complaint\.yaml:\d+`).MatchString(stdout) {
		t.Errorf("exit %d:\n%s", code, stdout)
	}
}

// What is written is verified whole; a byte changed by hand is found and its place named.
func TestVerify(t *testing.T) {
	c := officetest.New(t)
	id, _ := c.Accepted()
	c.Shut()
	code, stdout, stderr := yifa(t, "verify", "--data", c.Dir)
	if code != 0 || !strings.Contains(stdout, "nothing differs") {
		t.Fatalf("exit %d:\n%s%s", code, stdout, stderr)
	}
	raw := storetest.Raw(t, store.SQLite, c.Address())
	exec1(t, raw, "drop trigger entry_update")
	exec1(t, raw, "update entry set header = replace(header, 'he-yuning', 'he-yunina') where matter = ? and seq = 4", int64(id))
	must(t, raw.Close())
	code, stdout, stderr = yifa(t, "verify", "--data", c.Dir)
	if code != 1 || !strings.Contains(stdout, "entry "+id.String()+"/4") || !strings.Contains(stderr, "the record differs") {
		t.Errorf("exit %d:\n%s%s", code, stdout, stderr)
	}
}

func exec1(t *testing.T, db *sql.DB, query string, args ...any) {
	t.Helper()
	_, err := db.Exec(query, args...)
	must(t, err)
}

// A server without a key, or with one everybody knows, does not start; nor does one without its record.
func TestServeRefusesKeys(t *testing.T) {
	dir := t.TempDir()
	refused := func(why string, args ...string) {
		t.Helper()
		ctx, stop := context.WithTimeout(t.Context(), 20*time.Second)
		defer stop()
		var env []string
		if n := len(args); n > 0 && strings.HasPrefix(args[n-1], "YIFA_KEY") {
			args, env = args[:n-1], args[n-1:]
		}
		c := command(ctx, append([]string{"serve", "--addr", "127.0.0.1:0", "--data", dir}, args...)...)
		c.Env = append(c.Env, env...)
		out, err := c.CombinedOutput()
		if err == nil || c.ProcessState.ExitCode() != 1 || !strings.Contains(string(out), "key") {
			t.Errorf("%s: %v\n%s", why, err, out)
		}
	}
	refused("no key")
	key := filepath.Join(dir, "yifa.key")
	if code, _, stderr := yifa(t, "key", key); code != 0 {
		t.Fatal(stderr)
	}
	made, err := os.ReadFile(key)
	must(t, err)
	if code, _, _ := yifa(t, "key", key); code == 0 {
		t.Error("a key was overwritten")
	}
	if again, err := os.ReadFile(key); err != nil || !bytes.Equal(made, again) {
		t.Error("a key was overwritten")
	}
	for why, content := range map[string][]byte{"an empty key": {}, "a key of zeros": bytes.Repeat([]byte{0}, len(made)), "half a key": made[:len(made)/2]} {
		must(t, os.WriteFile(key, content, 0o600))
		refused(why)
	}
	must(t, os.WriteFile(key, made, 0o600))
	must(t, os.Chmod(key, 0o644))
	refused("a key everybody may read")
	must(t, os.Chmod(key, 0o600))
	i, err := installation.Open(t.Context(), installation.Options{Dir: dir, Law: law.FS, Hooks: hooks, Now: time.Now})
	must(t, err)
	must(t, i.Close())
	must(t, os.Remove(key))
	if code, _, stderr := yifa(t, "key", key); code != 0 {
		t.Fatal(stderr)
	}
	refused("another key than that of the data")
	refused("a key given twice", "--key", key, "YIFA_KEY=x")
	refused("a key given twice", "--key", key, "YIFA_KEY_COMMAND=cat "+key)
	must(t, os.Remove(key))
	refused("a bare secret that is not the key of the data", "YIFA_KEY="+"9f02c7d1e8a4b3565b1d0f6ce27a94830011223344556677"+"8899aabbccddeeff")
	refused("a short secret", "YIFA_KEY=c2hvcnQ=")
}

// Keys are taken from the environment and from the credentials of the service manager too.
func TestKeyFromTheEnvironment(t *testing.T) {
	dir, credentials := t.TempDir(), t.TempDir()
	verify := func(env string) (string, error) {
		c := command(t.Context(), "verify", "--data", dir)
		c.Env = append(c.Env, env)
		out, err := c.CombinedOutput()
		return string(out), err
	}
	secret := "YIFA_KEY=9f02c7d1e8a4b3565b1d0f6ce27a948300112233445566778899aabbccddeeff"
	for range 2 { // the second time the data knows its key
		if out, err := verify(secret); err != nil || strings.Contains(out, "9f02c7") {
			t.Fatalf("by YIFA_KEY: %v\n%s", err, out)
		}
	}
	if out, err := verify("YIFA_KEY=8e13d6c2f7b5a4475b1d0f6ce27a948300112233445566778899aabbccddeeff"); err == nil || !strings.Contains(out, "not the key of this data") {
		t.Errorf("another secret: %v\n%s", err, out)
	}
	dir = t.TempDir()
	file := filepath.Join(credentials, installation.KeyFile)
	must(t, vault.Create(file, vault.Common))
	must(t, os.Chmod(file, 0o440))
	if out, err := verify("CREDENTIALS_DIRECTORY=" + credentials); err != nil {
		t.Errorf("by a credential: %v\n%s", err, out)
	}
	if out, err := verify("YIFA_KEY_COMMAND=cat " + file); err != nil {
		t.Errorf("by a command: %v\n%s", err, out)
	}
	for _, wrong := range []string{"YIFA_KEY_COMMAND=false", "YIFA_KEY_COMMAND=echo x", "YIFA_KEY_COMMAND=/nowhere"} {
		if out, err := verify(wrong); err == nil {
			t.Errorf("%s: %s", wrong, out)
		}
	}
}

// The demo city is built in an empty folder, served, and found again.
func TestDemo(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "demo")
	for _, limit := range []time.Duration{2 * time.Minute, 20 * time.Second} { // generous: the machine of the tests is busy
		start := time.Now()
		ctx, stop := context.WithTimeout(t.Context(), limit)
		c := command(ctx, "demo", "--addr", "127.0.0.1:0", "--data", dir)
		out, err := c.StdoutPipe()
		must(t, err)
		must(t, c.Start())
		text, address := "", ""
		for lines := bufio.NewScanner(out); lines.Scan(); {
			text += lines.Text() + "\n"
			if m := regexp.MustCompile(`portal +(http://[^/]+)/`).FindStringSubmatch(text); m != nil && address == "" {
				address = m[1]
				go func() { // once it answers it is told to end, which closes its output
					client := &http.Client{Timeout: limit}
					if resp, err := client.Get(address + "/desk/sign-in"); err != nil || resp.StatusCode != http.StatusOK {
						t.Errorf("the demo city: %v", err)
					} else {
						body, _ := io.ReadAll(resp.Body)
						resp.Body.Close()
						if !strings.Contains(string(body), "heyuning") {
							t.Error("the sign-in page names no account")
						}
					}
					time.Sleep(100 * time.Millisecond)
					_ = c.Process.Signal(os.Interrupt)
				}()
			}
		}
		err = c.Wait()
		stop()
		if address == "" || err != nil || !strings.Contains(text, "heyuning") || !strings.Contains(text, "/desk") {
			t.Fatalf("after %v: %v\n%s", time.Since(start), err, text)
		}
		t.Logf("served and ended within %v", time.Since(start))
	}
	if code, stdout, stderr := yifa(t, "verify", "--data", dir); code != 0 {
		t.Errorf("the demo city does not verify:\n%s%s", stdout, stderr)
	}
	if code, _, stderr := yifa(t, "demo", "--data", dir, "--today", "yesterday"); code == 0 || !strings.Contains(stderr, "--today") {
		t.Errorf("--today yesterday: %d %s", code, stderr)
	}
}
