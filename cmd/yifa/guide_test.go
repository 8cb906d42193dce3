package main

import (
	"context"
	"database/sql"
	"errors"
	"html"
	"io"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/alecthomas/kong"

	"yifa/docs/guide"
	"yifa/internal/i18n"
	"yifa/internal/installation"
	"yifa/internal/office"
	"yifa/internal/office/officetest"
	"yifa/internal/vault"
	"yifa/law"
)

// commandLine finds our commands in the operator's guide: alone on a line, after sudo, and in a unit file.
var commandLine = regexp.MustCompile(`(?m)^(?:sudo -u yifa |ExecStart=/usr/local/bin/)?yifa (.+)$`)

// Every command the operator is told to type is one that the program understands.
func TestCommandsOfTheGuide(t *testing.T) {
	blocks := regexp.MustCompile(`(?s)<pre><code[^>]*>(.*?)</code></pre>`)
	found := 0
	for _, name := range guide.Names(guide.Operator) {
		page, ok := guide.Find(guide.Operator, name, i18n.ZhHans)
		if !ok {
			continue
		}
		for _, block := range blocks.FindAllStringSubmatch(page.HTML, -1) {
			for _, m := range commandLine.FindAllStringSubmatch(html.UnescapeString(block[1]), -1) {
				found++
				if err := understood(strings.Fields(strings.ReplaceAll(m[1], `"`, ""))); err != nil {
					t.Errorf("%s: yifa %s: %v", name, m[1], err)
				}
			}
		}
	}
	if found < 15 {
		t.Errorf("only %d commands were found in the guide", found)
	}
}

// understood parses a command line and runs nothing.
func understood(args []string) error {
	parser, err := kong.New(&program{}, kong.Name("yifa"), kong.Writers(io.Discard, io.Discard), kong.Exit(func(int) {}),
		kong.BindTo(context.Background(), (*context.Context)(nil)))
	if err != nil {
		return err
	}
	_, err = parser.Parse(args)
	return err
}

// The backup of the guide, while people go on acting: the database by VACUUM INTO, then the evidence, then the key.
// It opens in an empty place, and nothing differs there. With another key everything does.
func TestBackupOfTheGuide(t *testing.T) {
	ctx := context.Background()
	c := officetest.New(t)
	c.Answered()
	stop, ended := make(chan struct{}), make(chan int)
	go func() {
		n := 0
		for {
			select {
			case <-stop:
				ended <- n
				return
			default:
				c.File(officetest.Report())
				n++
			}
		}
	}()
	time.Sleep(50 * time.Millisecond)
	from, to := c.Dir, t.TempDir()
	db, err := sql.Open("sqlite", filepath.Join(from, installation.DatabaseFile))
	must(t, err)
	_, err = db.ExecContext(ctx, "VACUUM INTO ?", filepath.Join(to, installation.DatabaseFile))
	must(t, err)
	must(t, db.Close())
	must(t, os.CopyFS(filepath.Join(to, installation.EvidenceDir), os.DirFS(filepath.Join(from, installation.EvidenceDir))))
	close(stop)
	t.Logf("%d reports were filed meanwhile", <-ended)
	key, err := os.ReadFile(filepath.Join(from, installation.KeyFile))
	must(t, err)
	must(t, os.WriteFile(filepath.Join(to, installation.KeyFile), key, 0o600))
	if v := verified(t, to); len(v.Differences) > 0 || v.Matters == 0 {
		t.Errorf("the backup differs: %+v", v)
	}
	must(t, os.Remove(filepath.Join(to, installation.KeyFile)))
	must(t, vault.Create(filepath.Join(to, installation.KeyFile), vault.Common))
	if _, err := installation.Open(ctx, installation.Options{Dir: to, Law: law.FS, Hooks: hooks, Now: time.Now}); !errors.Is(err, vault.ErrOtherKey) {
		t.Errorf("with another key: %v", err)
	}
}

// verified opens a data folder and verifies it.
func verified(t *testing.T, dir string) office.Verdict {
	t.Helper()
	ctx := context.Background()
	i, err := installation.Open(ctx, installation.Options{Dir: dir, Law: law.FS, Hooks: hooks, Now: time.Now})
	must(t, err)
	defer func() { must(t, i.Close()) }()
	v, err := i.Office.Verify(ctx)
	must(t, err)
	return v
}
