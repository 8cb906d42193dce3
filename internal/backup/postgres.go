package backup

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net/url"
	"os/exec"
	"path/filepath"
	"strings"
)

// dump writes a PostgreSQL database as it is at one moment, by its own pg_dump.
func dump(ctx context.Context, address string, w io.Writer) error {
	return run(ctx, "pg_dump", streams{nil, w}, address, "--format=custom", "--no-owner", "--no-privileges")
}

// load puts a dump into an empty PostgreSQL database, wholly or not at all.
func load(ctx context.Context, address string, r io.Reader) error {
	return run(ctx, "pg_restore", streams{r, nil}, address, "--no-owner", "--no-privileges", "--exit-on-error", "--single-transaction")
}

// streams are what a program reads and writes; nil is nothing.
type streams struct {
	in  io.Reader
	out io.Writer
}

// run runs a program of PostgreSQL on a database: the one on the path, else the newest of Debian's. The password goes by the
// environment, since anybody on the machine can read the arguments of a program.
func run(ctx context.Context, name string, s streams, address string, args ...string) error {
	path, err := exec.LookPath(name)
	if err != nil {
		found, _ := filepath.Glob("/usr/lib/postgresql/*/bin/" + name)
		if len(found) == 0 {
			return fmt.Errorf("backup: %s is not there: install postgresql-client", name)
		}
		path = found[len(found)-1]
	}
	u, err := url.Parse(address)
	if err != nil {
		return errors.New("backup: the database is not named by an address postgres://…") // the fault would show the password
	}
	password, _ := u.User.Password()
	if u.User != nil {
		u.User = url.User(u.User.Username())
	}
	if q := u.Query(); q.Has("password") {
		password = q.Get("password")
		q.Del("password")
		u.RawQuery = q.Encode()
	}
	var said bytes.Buffer
	cmd := exec.CommandContext(ctx, path, append(args, "--dbname", u.String())...)
	cmd.Stdin, cmd.Stdout, cmd.Stderr = s.in, s.out, &said
	if password != "" {
		cmd.Env = append(cmd.Environ(), "PGPASSWORD="+password)
	}
	if err := cmd.Run(); err != nil {
		return fmt.Errorf("backup: %s: %w: %s", name, err, strings.TrimSpace(said.String()))
	}
	return nil
}
