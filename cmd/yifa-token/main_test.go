package main

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// module is the library of a token in software, made for tests of this kind.
const module = "/usr/lib/softhsm/libsofthsm2.so"

// TestMain is the program itself where a test starts it: a library reads the environment it was started with.
func TestMain(m *testing.M) {
	if os.Getenv("YIFA_TOKEN_PROGRAM") != "" {
		main()
		os.Exit(0)
	}
	os.Exit(m.Run())
}

// token is a token with a PIN.
type token struct {
	t    *testing.T
	dir  string
	args []string
}

func newToken(t *testing.T) token {
	t.Helper()
	if _, err := exec.LookPath("softhsm2-util"); err != nil {
		t.Skip("softhsm2 is not installed")
	}
	k := token{t: t, dir: t.TempDir()}
	if err := errors.Join(os.Mkdir(filepath.Join(k.dir, "tokens"), 0o700),
		os.WriteFile(filepath.Join(k.dir, "conf"), []byte("directories.tokendir = "+k.dir+"/tokens\n"), 0o600),
		os.WriteFile(filepath.Join(k.dir, "pin"), []byte("654321\n"), 0o600), os.WriteFile(filepath.Join(k.dir, "wrong"), []byte("111111\n"), 0o600)); err != nil {
		t.Fatal(err)
	}
	c := exec.Command("softhsm2-util", "--init-token", "--free", "--label", "city", "--so-pin", "12345678", "--pin", "654321")
	c.Env = append(os.Environ(), "SOFTHSM2_CONF="+k.dir+"/conf")
	if out, err := c.CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	k.args = []string{"--module", module, "--token", "city", "--pin-file", filepath.Join(k.dir, "pin")}
	return k
}

// run starts the program with some input.
func (k token) run(in []byte, args ...string) (out []byte, said string, err error) {
	k.t.Helper()
	c := exec.Command(os.Args[0], append(append([]string{}, k.args...), args...)...)
	c.Env = append(os.Environ(), "SOFTHSM2_CONF="+k.dir+"/conf", "YIFA_TOKEN_PROGRAM=1")
	c.Stdin = bytes.NewReader(in)
	var wrong bytes.Buffer
	c.Stderr = &wrong
	out, err = c.Output()
	return out, wrong.String(), err
}

// TestToken: what was sealed by a token opens with it to the byte, and with nothing else.
func TestToken(t *testing.T) {
	k := newToken(t)
	plain := []byte(`{"schema":1,"keys":["` + strings.Repeat("k", 3000) + `"]}` + "\n")
	if _, said, err := k.run(plain, "wrap"); err == nil || !strings.Contains(said, "has no key of that label") {
		t.Errorf("without a key: %v %s", err, said)
	}
	if _, said, err := k.run(nil, "make"); err != nil {
		t.Fatalf("make: %v %s", err, said)
	}
	if _, said, err := k.run(nil, "make"); err == nil || !strings.Contains(said, "already") {
		t.Errorf("made twice: %v %s", err, said)
	}
	sealed, said, err := k.run(plain, "wrap")
	if err != nil || bytes.Contains(sealed, []byte("kkkk")) {
		t.Fatalf("wrap: %v %s", err, said)
	}
	if opened, said, err := k.run(sealed, "unwrap"); err != nil || !bytes.Equal(opened, plain) {
		t.Errorf("unwrap: %v %s", err, said)
	}
	if again, _, err := k.run(plain, "wrap"); err != nil || bytes.Equal(again, sealed) {
		t.Errorf("sealed twice alike: %v", err)
	}
	altered := bytes.Replace(sealed, []byte(`"sealed":"`), []byte(`"sealed":"AAAA`), 1)
	if opened, said, err := k.run(altered, "unwrap"); err == nil || len(opened) > 0 || !strings.Contains(said, "does not open this file") {
		t.Errorf("altered: %v %q %s", err, opened, said)
	}
	if _, said, err := newToken(t).run(sealed, "unwrap"); err == nil || !strings.Contains(said, "has no key") {
		t.Errorf("another token: %v %s", err, said)
	}
	if _, said, err := k.run([]byte("{}"), "unwrap"); err == nil || !strings.Contains(said, "no key file sealed") {
		t.Errorf("no sealed file: %v %s", err, said)
	}
}

// TestRefused: a wrong PIN is tried once, and what cannot be is said with its way out.
func TestRefused(t *testing.T) {
	k := newToken(t)
	if _, _, err := k.run(nil, "make"); err != nil {
		t.Fatal(err)
	}
	for want, change := range map[string][2]string{
		"the PIN is wrong":         {"--pin-file", filepath.Join(k.dir, "wrong")},
		"no token of that label":   {"--token", "other"},
		"has no key of that label": {"--key", "other"},
		"is none of PKCS #11":      {"--module", libc(t)},
		"is readable by others":    {"--pin-file", open(t, k.dir)},
		"file too short":           {"--module", filepath.Join(k.dir, "pin")},
	} {
		one := k
		one.args = append([]string{"--key", "yifa"}, k.args...)
		one.args[slices.Index(one.args, change[0])+1] = change[1]
		if _, said, err := one.run([]byte("x"), "wrap"); err == nil || !strings.Contains(said, want) {
			t.Errorf("want %q: %v %s", want, err, said)
		}
	}
	if _, said, err := k.run([]byte("x"), "wrap"); err != nil {
		t.Errorf("the token is locked after one wrong PIN: %v %s", err, said)
	}
}

// libc is a library that is none of PKCS #11.
func libc(t *testing.T) string {
	t.Helper()
	found, err := filepath.Glob("/lib/*/libc.so.6")
	if err != nil || len(found) == 0 {
		t.Fatal(fmt.Errorf("no libc: %w", err))
	}
	return found[0]
}

// open is a file with the PIN that others may read.
func open(t *testing.T, dir string) string {
	t.Helper()
	name := filepath.Join(dir, "open")
	if err := errors.Join(os.WriteFile(name, []byte("654321"), 0o600), os.Chmod(name, 0o644)); err != nil {
		t.Fatal(err)
	}
	return name
}
