// Command yifa-token keeps the key file of an installation under a key that never leaves a hardware token (PKCS #11):
// wrap seals it on the way in, unwrap opens it for `yifa serve --key-command`. It is a program of its own, since loading
// a maker's library needs the system's linker, which yifa does without. It holds no data and serves nobody.
package main

import (
	"crypto/rand"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"

	"github.com/alecthomas/kong"
)

type program struct {
	Module  string `required:"" type:"existingfile" help:"The maker's PKCS #11 library, as /usr/lib/softhsm/libsofthsm2.so."`
	Token   string `required:"" help:"Label of the token."`
	Key     string `default:"yifa" help:"Label of the key in it."`
	PinFile string `required:"" type:"existingfile" help:"File with the PIN, which others may not read."`

	Make   makeCmd   `cmd:"" help:"Make the key in the token: AES-256, not to be taken out. Refused where one of that label is."`
	Wrap   wrapCmd   `cmd:"" help:"Seal a key file from standard input to standard output."`
	Unwrap unwrapCmd `cmd:"" help:"Open a sealed key file from standard input, or a file, to standard output."`
}

func main() {
	var p program
	k := kong.Parse(&p, kong.Name("yifa-token"), kong.Description("Keeps the key file of yifa under a PKCS #11 token."), kong.UsageOnError())
	if err := k.Run(&p); err != nil {
		fmt.Fprintln(os.Stderr, "yifa-token:", err)
		os.Exit(1)
	}
}

// pin reads the PIN. A file others may read is refused before the token is asked.
func (p *program) pin() (string, error) {
	info, err := os.Stat(p.PinFile)
	if err != nil {
		return "", err
	}
	if info.Mode().Perm()&0o077 != 0 {
		return "", fmt.Errorf("%s is readable by others (mode %04o): run \"chmod 600\" on it", p.PinFile, info.Mode().Perm())
	}
	raw, err := os.ReadFile(p.PinFile)
	return strings.TrimSpace(string(raw)), err
}

// open signs in to the token once: a wrong PIN is not tried again, for a token locks itself after a few.
func (p *program) open() (*session, error) {
	pin, err := p.pin()
	if err != nil {
		return nil, err
	}
	return openSession(p.Module, p.Token, pin)
}

// sealedFile is a key file under a token's key: AES-256-GCM, the label bound to it.
type sealedFile struct {
	Schema int    `json:"schema"`
	Key    string `json:"key"`
	IV     []byte `json:"iv"`
	Sealed []byte `json:"sealed"`
}

// largest is more than any key file has.
const largest = 1 << 20

type makeCmd struct{}

// Run makes the key.
func (*makeCmd) Run(p *program) error {
	s, err := p.open()
	if err != nil {
		return err
	}
	defer s.close()
	if _, err := s.find(p.Key); err == nil {
		return fmt.Errorf("the token has a key %q already", p.Key)
	} else if !errors.Is(err, errNoKey) {
		return err
	}
	return s.generate(p.Key)
}

type wrapCmd struct{}

// Run seals what comes in.
func (*wrapCmd) Run(p *program) error {
	plain, err := io.ReadAll(io.LimitReader(os.Stdin, largest))
	if err != nil {
		return err
	}
	s, err := p.open()
	if err != nil {
		return err
	}
	defer s.close()
	out := sealedFile{Schema: 1, Key: p.Key, IV: make([]byte, 12)}
	rand.Read(out.IV) // never fails
	if out.Sealed, err = s.crypt(p.Key, out.IV, plain, true); err != nil {
		return err
	}
	return json.NewEncoder(os.Stdout).Encode(out)
}

type unwrapCmd struct {
	File string `arg:"" optional:"" type:"existingfile" help:"Sealed key file; standard input by default."`
}

// Run opens what was sealed.
func (c *unwrapCmd) Run(p *program) error {
	from := os.Stdin
	if c.File != "" {
		f, err := os.Open(c.File)
		if err != nil {
			return err
		}
		defer func() { _ = f.Close() }()
		from = f
	}
	var in sealedFile
	if err := json.NewDecoder(io.LimitReader(from, largest)).Decode(&in); err != nil || in.Schema != 1 || len(in.IV) != 12 {
		return errors.New("this is no key file sealed by yifa-token")
	}
	s, err := p.open()
	if err != nil {
		return err
	}
	defer s.close()
	plain, err := s.crypt(in.Key, in.IV, in.Sealed, false)
	if err != nil {
		return err
	}
	_, err = os.Stdout.Write(plain)
	return err
}
