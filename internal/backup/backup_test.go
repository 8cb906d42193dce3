package backup_test

import (
	"context"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"filippo.io/age"

	"yifa/internal/backup"
	"yifa/internal/evidence"
	"yifa/internal/installation"
	"yifa/internal/matter"
	"yifa/internal/office"
	"yifa/internal/office/officetest"
	"yifa/internal/pgtest"
	"yifa/internal/vault"
	"yifa/law"
)

func TestMain(m *testing.M) { os.Exit(pgtest.Main(m)) }

func TestDrill(t *testing.T) { drill(t, officetest.New(t), nil) }
func TestDrillPostgres(t *testing.T) {
	drill(t, officetest.Postgres(t), func() string { return pgtest.DSN(t) })
}

// So is a city of the national suite.
func TestDrillNational(t *testing.T) {
	c := officetest.Open(t, installation.Options{Dir: t.TempDir(), Database: pgtest.DSN(t), Suite: vault.National})
	drill(t, c, func() string { return pgtest.DSN(t) })
}

// Backups made while people act are put back elsewhere: what was there is there again and nothing later, the record
// verifies, texts are found, papers open and acts go on. The second backup copies only what is new.
func drill(t *testing.T, c *officetest.City, database func() string) {
	dir, id := t.TempDir(), identity(t)
	early := answered(t, c)
	stop := filing(c)
	first, err := backup.Make(t.Context(), options(c, dir, id, 0))
	stop()
	if err != nil || first.Copied == 0 || first.Copied != first.Blobs {
		t.Fatalf("%d of %d copied, %v", first.Copied, first.Blobs, err)
	}
	late := answered(t, c)
	if second, err := backup.Make(t.Context(), options(c, dir, id, time.Hour)); err != nil || second.Copied == 0 || second.Copied >= second.Blobs {
		t.Errorf("%d of %d copied, %v", second.Copied, second.Blobs, err)
	}
	list, err := backup.List(dir)
	if err != nil || len(list) != 2 {
		t.Fatalf("%d backups, %v", len(list), err)
	}
	for i, b := range list {
		into := place(t, c)
		if database != nil {
			into.Database = database()
		}
		if _, err := backup.Restore(t.Context(), filepath.Join(dir, b.Name), []age.Identity{id}, into); err != nil {
			t.Fatal(err)
		}
		r := open(t, c, into)
		if v, err := r.Office.Verify(t.Context()); err != nil || len(v.Differences) > 0 || v.Papers == 0 {
			t.Errorf("backup %d: %+v, %v", i, v, err)
		}
		lives(t, r.Office, early)
		if _, err := r.Office.Matter(t.Context(), r.Office.ReaderFor("", late), late); (err == nil) != (i > 0) {
			t.Errorf("backup %d: what was answered later: %v", i, err)
		}
	}
}

// answered is a matter that is answered, its papers filed and its texts indexed.
func answered(t *testing.T, c *officetest.City) matter.ID {
	t.Helper()
	id, _ := c.Answered()
	if err := c.Office.Work(t.Context()); err != nil {
		t.Fatal(err)
	}
	return id
}

// filing files reports until it is told to stop.
func filing(c *officetest.City) (stop func()) {
	ctx, cancel := context.WithCancel(context.Background())
	var at sync.WaitGroup
	at.Go(func() {
		for ctx.Err() == nil {
			c.File(officetest.Report())
		}
	})
	return func() { cancel(); at.Wait() }
}

// lives uses a restored office: a matter opens with its paper, its texts are found, and a report can be filed.
func lives(t *testing.T, o *office.Office, id matter.ID) {
	t.Helper()
	filer := o.ReaderFor("", id)
	v, err := o.Matter(t.Context(), filer, id)
	if err != nil {
		t.Fatal(err)
	}
	papers := 0
	for _, e := range v.Timeline {
		_, body, err := o.OpenDocument(t.Context(), filer, id, e.Seq)
		if err != nil {
			continue // it made none
		}
		if raw, err := io.ReadAll(body); err != nil || !strings.HasPrefix(string(raw), "%PDF") {
			t.Errorf("paper of entry %d: %d bytes, %v", e.Seq, len(raw), err)
		}
		papers++
		_ = body.Close()
	}
	if papers == 0 {
		t.Error("no paper opens")
	}
	found, err := o.List(t.Context(), o.ReaderFor(officetest.Officer, 0), office.Filter{Procedure: "supervision.complaint", Closed: "all", Query: "搬走桌椅"})
	if err != nil || len(found.Rows) == 0 {
		t.Errorf("%d found, %v", len(found.Rows), err)
	}
	if _, err := o.Perform(t.Context(), o.ReaderFor("", 0), office.Act{Procedure: "supervision.complaint", Act: "file_report", Fields: officetest.Report()}); err != nil {
		t.Error(err)
	}
}

// What was changed, what is not encrypted to the reader and a place that is taken are refused.
func TestRefusals(t *testing.T) {
	c, dir, id := officetest.New(t), t.TempDir(), identity(t)
	answered(t, c)
	if _, err := backup.Make(t.Context(), options(c, dir, nil, 0)); !errors.Is(err, backup.ErrNobody) {
		t.Errorf("for nobody: %v", err)
	}
	m, err := backup.Make(t.Context(), options(c, dir, id, 0))
	if err != nil {
		t.Fatal(err)
	}
	from := filepath.Join(dir, m.Made.Format("20060102T150405Z"))
	restore := func(id age.Identity) error {
		_, err := backup.Restore(t.Context(), from, []age.Identity{id}, place(t, c))
		return err
	}
	var nobody *age.NoIdentityMatchError
	if err := restore(identity(t)); !errors.As(err, &nobody) {
		t.Errorf("another's key: %v", err)
	}
	taken := place(t, c)
	if err := os.WriteFile(filepath.Join(taken.Dir, "yifa.db"), nil, 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := backup.Restore(t.Context(), from, []age.Identity{id}, taken); !errors.Is(err, backup.ErrNotEmpty) {
		t.Errorf("a place that is taken: %v", err)
	}
	blob := ""
	_ = filepath.WalkDir(filepath.Join(dir, "evidence"), func(path string, e fs.DirEntry, err error) error {
		if err == nil && len(e.Name()) == 64 {
			blob = path
		}
		return err
	})
	for path, want := range map[string]error{filepath.Join(from, "database.age"): backup.ErrChanged, filepath.Join(from, "evidence.txt"): backup.ErrChanged, blob: evidence.ErrBrokenBlob} {
		undo := flip(t, path)
		if err := restore(id); !errors.Is(err, want) {
			t.Errorf("%s changed: %v", filepath.Base(path), err)
		}
		undo()
	}
	if err := restore(id); err != nil {
		t.Errorf("unchanged: %v", err)
	}
}

// Only the newest are kept, with the evidence they need; a backup that was cut off is none.
func TestKeep(t *testing.T) {
	c, dir, id := officetest.New(t), t.TempDir(), identity(t)
	answered(t, c)
	if err := os.MkdirAll(filepath.Join(dir, "20260101T000000Z.making"), 0o700); err != nil {
		t.Fatal(err)
	}
	for i := range 4 {
		o := options(c, dir, id, time.Duration(i)*time.Hour)
		o.Keep = 2
		if _, err := backup.Make(t.Context(), o); err != nil {
			t.Fatal(err)
		}
	}
	list, err := backup.List(dir)
	if err != nil || len(list) != 2 || !list[1].Made.Equal(officetest.Start.UTC().Add(3*time.Hour)) {
		t.Fatalf("%+v, %v", list, err)
	}
	if _, err := backup.Restore(t.Context(), filepath.Join(dir, list[0].Name), []age.Identity{id}, place(t, c)); err != nil {
		t.Error(err)
	}
}

func identity(t *testing.T) *age.X25519Identity {
	t.Helper()
	id, err := age.GenerateX25519Identity()
	if err != nil {
		t.Fatal(err)
	}
	return id
}

func options(c *officetest.City, dir string, id *age.X25519Identity, later time.Duration) backup.Options {
	o := backup.Options{Evidence: filepath.Join(c.Dir, installation.EvidenceDir), Database: c.Address(), Dir: dir,
		Now: func() time.Time { return officetest.Start.Add(later) }}
	if id != nil {
		o.To = []age.Recipient{id.Recipient()}
	}
	return o
}

// place is an empty data folder with the key of a city.
func place(t *testing.T, c *officetest.City) backup.Into {
	t.Helper()
	dir := t.TempDir()
	key, err := os.ReadFile(filepath.Join(c.Dir, installation.KeyFile))
	if err == nil {
		err = os.WriteFile(filepath.Join(dir, installation.KeyFile), key, 0o600)
	}
	if err != nil {
		t.Fatal(err)
	}
	return backup.Into{Dir: dir, Evidence: filepath.Join(dir, installation.EvidenceDir), File: filepath.Join(dir, installation.DatabaseFile), Keep: []string{installation.KeyFile}}
}

func open(t *testing.T, c *officetest.City, into backup.Into) *installation.Installation {
	t.Helper()
	i, err := installation.Open(t.Context(), installation.Options{Dir: into.Dir, Database: into.Database, Law: law.FS, Now: c.Clock.Now})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = i.Close() })
	if _, err := i.Office.FindOrgans(t.Context(), "江门", "zh-Hans"); err != nil { // so that people's posts are known
		t.Fatal(err)
	}
	return i
}

// flip changes one byte in the middle of a file.
func flip(t *testing.T, path string) (undo func()) {
	t.Helper()
	was, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	changed := append([]byte(nil), was...)
	changed[len(changed)/2] ^= 1
	write := func(b []byte) {
		if err := os.WriteFile(path, b, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	write(changed)
	return func() { write(was) }
}
