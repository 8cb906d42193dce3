package office_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"yifa/internal/demo"
	"yifa/internal/i18n"
	"yifa/internal/installation"
	"yifa/internal/office"
	"yifa/internal/office/officetest"
	"yifa/internal/pgtest"
	"yifa/internal/store"
	"yifa/internal/vault"
	"yifa/law"
)

func TestRotation(t *testing.T)         { rotation(t, officetest.New(t), vault.Common) }
func TestRotationPostgres(t *testing.T) { rotation(t, officetest.Postgres(t), vault.Common) }

// A change of key may be one of algorithms, either way.
func TestRotationToNational(t *testing.T) { rotation(t, officetest.New(t), vault.National) }
func TestRotationFromNationalPostgres(t *testing.T) {
	rotation(t, officetest.Open(t, installation.Options{Dir: t.TempDir(), Database: pgtest.DSN(t), Suite: vault.National}), vault.Common)
}

// Two administrators put a new master key to use while the city works: all is wrapped anew, another node follows, the
// old key is retired and can be dropped, and verification finds nothing at any step.
func rotation(t *testing.T, c *officetest.City, to vault.Suite) {
	id, receipt := c.Accepted()
	draft := c.Draft(officetest.Report())
	reached := confirmed(t, c, named())
	file := filepath.Join(c.Dir, installation.KeyFile)
	was := c.Vault.ActiveKey()
	place := []byte("factor\x01" + officetest.Officer + "\x00f1")
	second := func(check func(*store.Tx, vault.Sealed) error) {
		t.Helper()
		if err := c.DB.Write(t.Context(), func(tx *store.Tx) error {
			all, err := tx.AllFactors(t.Context())
			var s vault.Sealed
			if len(all) == 1 {
				err = errors.Join(err, json.Unmarshal(all[0].Sealed, &s))
			}
			return errors.Join(err, check(tx, s))
		}); err != nil {
			t.Fatal(err)
		}
	}
	second(func(tx *store.Tx, _ vault.Sealed) error {
		s, err := c.Vault.Seal([]byte("second"), place)
		if err != nil {
			return err
		}
		text, err := json.Marshal(s)
		return errors.Join(err, tx.PutFactor(t.Context(), store.Factor{Person: officetest.Officer, ID: "f1", Kind: "totp", Name: "a", Sealed: text, Made: c.Clock.Now()}))
	})
	key, err := vault.Add(file, to)
	if err != nil {
		t.Fatal(err)
	}
	other := c.Beside()
	agreed(t, c, key)
	for step := range 6 {
		c.Sound()
		work(t, c)
		if step < 2 {
			c.File(officetest.Report()) // the city works on
			work(t, other)
			if other.Vault.ActiveKey() != key {
				t.Error("the other node does not follow")
			}
			other.File(officetest.Report())
		}
		c.Clock.Set(officetest.Start.Add(time.Duration(step+1) * 2 * time.Minute))
	}
	c.Sound()
	v, err := c.Office.Keys(t.Context(), c.As("luo-jingyi"))
	if err != nil || v.Rotated != nil || len(v.Keys) != 2 {
		t.Fatalf("%+v, %v", v, err)
	}
	for _, k := range v.Keys {
		if want := map[string]string{was: "retired", key: "active"}[k.ID]; k.State != want {
			t.Errorf("%s is %s, want %s", k.ID, k.State, want)
		}
	}
	other.Shut()
	c.Shut()
	if err := vault.Drop(file, was, key); err != nil {
		t.Fatal(err)
	}
	c.Reopen()
	if c.Vault.Holds(was) {
		t.Error("the old master is still there")
	}
	c.Sound()
	if r, err := c.Office.ByCode(t.Context(), receipt.Code, i18n.ZhHans); err != nil || r.Filer != id {
		t.Errorf("the receipt code leads to %s: %v", r.Filer, err)
	}
	c.Do(c.As(officetest.Officer), reached.ID, "claim", nil)
	c.Clock.Set(c.Clock.Now().Add(20 * time.Minute))
	must(t, c.Office.Work(t.Context()))
	if list := c.Letters(); len(list) != 1 {
		t.Errorf("%d letters to whom only the old key reached", len(list))
	}
	second(func(_ *store.Tx, s vault.Sealed) error {
		text, err := c.Vault.Open(s, place)
		if string(text) != "second" || s.KeyID != key {
			t.Errorf("the second factor is %q, sealed by %s", text, s.KeyID)
		}
		return err
	})
	if d, err := c.Office.Draft(t.Context(), draft); err != nil || len(d.Fields) == 0 {
		t.Errorf("the draft: %+v, %v", d, err)
	}
	if m, err := c.Office.Matter(t.Context(), c.As(officetest.Officer), id); err != nil || m.Title == "" {
		t.Errorf("the matter: %q, %v", m.Title, err)
	}
	if n := listed(t, c, office.Filter{Query: "证件"}); n == 0 {
		t.Error("nothing is found by its text")
	}
}

// agreed has a key put to use: asked for by one administrator, who cannot agree himself, and agreed by another.
func agreed(t *testing.T, c *officetest.City, key string) {
	t.Helper()
	ask := func(key string) (office.Done, error) {
		return c.Office.Perform(t.Context(), c.As("luo-jingyi"), office.Act{Procedure: "register.key", Act: "ask",
			Fields: map[string][]string{"key": {key}, "reason": {"演示。"}}})
	}
	var bad office.BadFields
	for _, unknown := range []string{"kabcdefghijklmnop", c.Vault.ActiveKey()} {
		if _, err := ask(unknown); !errors.As(err, &bad) || bad["key"] == "" {
			t.Errorf("asked for %s: %v", unknown, err)
		}
	}
	done, err := ask(key)
	if err != nil {
		t.Fatal(err)
	}
	fields := map[string][]string{"compared": {"true"}, "from": {c.Office.Today().String()}, "agree_reason": {"编号一样。"}}
	var refused *office.Refused
	if _, err := c.Office.Perform(t.Context(), c.As("luo-jingyi"), office.Act{Matter: done.Matter, Act: "agree", Fields: fields}); !errors.As(err, &refused) {
		t.Errorf("agreed to his own request: %v", err)
	}
	c.Do(c.As("zeng-guangyao"), done.Matter, "agree", fields)
}

// A node that does not follow cannot seal anything by a retired key: its act fails, and succeeds once it follows.
func TestRetiredKeySealsNothing(t *testing.T) {
	c := officetest.New(t)
	key, err := vault.Add(filepath.Join(c.Dir, installation.KeyFile), vault.Common)
	if err != nil {
		t.Fatal(err)
	}
	behind := c.Beside()
	draft := behind.Draft(officetest.Report())
	agreed(t, c, key)
	for step := range 4 {
		c.Clock.Set(officetest.Start.Add(time.Duration(step) * 2 * time.Minute))
		work(t, c)
	}
	if _, err := behind.Office.FileReport(t.Context(), draft, i18n.ZhHans, nil); err == nil {
		t.Error("something was sealed by a retired key")
	}
	c.Sound()
	work(t, behind)
	if _, err := behind.Office.FileReport(t.Context(), draft, i18n.ZhHans, nil); err != nil {
		t.Error(err)
	}
	c.Sound()
}

// rotateDir names the folder of the city in which this program, started by TestRotationKilled, wraps anew until it is killed.
const rotateDir = "YIFA_ROTATE_CHILD"

// A program killed while it wraps leaves the rest to the next one; at every moment all is read and verified.
func TestRotationKilled(t *testing.T) {
	dir := t.TempDir()
	c := officetest.Open(t, installation.Options{Dir: dir})
	var filing sync.WaitGroup
	for range 8 {
		filing.Go(func() {
			for range 250 {
				c.File(officetest.Report())
			}
		})
	}
	filing.Wait()
	work(t, c)
	key, err := vault.Add(filepath.Join(dir, installation.KeyFile), vault.Common)
	if err != nil {
		t.Fatal(err)
	}
	agreed(t, c, key)
	all := 0
	read(t, c, func(q *store.Query) (err error) { all, err = q.CountPartsOfOthers(t.Context(), key); return err })
	if all < 2000 {
		t.Fatalf("%d keys to wrap anew: too few to be killed among them", all)
	}
	c.Shut()
	halfway, before := 0, all
	for life := 0; life < 3 || halfway == 0 && life < 16; life++ {
		killChild(t, dir, life, fewerThan(t, dir, key, before))
		c = officetest.Open(t, installation.Options{Dir: dir})
		n := 0
		if err := c.DB.Read(t.Context(), func(q *store.Query) (err error) { n, err = q.CountPartsOfOthers(t.Context(), key); return err }); err != nil {
			t.Fatal(err)
		}
		if n > 0 && n < before {
			halfway++
		}
		if n > before {
			t.Errorf("%d keys are left after %d were", n, before)
		}
		before = n
		c.Sound()
		c.Shut()
	}
	c = officetest.Open(t, installation.Options{Dir: dir})
	for step := range 4 {
		c.Clock.Set(officetest.Start.Add(time.Hour + time.Duration(step)*2*time.Minute))
		work(t, c)
	}
	v, err := c.Office.Keys(t.Context(), c.As("luo-jingyi"))
	if err != nil || v.Rotated != nil || len(v.Keys) != 2 {
		t.Fatalf("%+v, %v", v, err)
	}
	for _, k := range v.Keys {
		if want := map[bool]string{true: "active", false: "retired"}[k.ID == key]; k.State != want {
			t.Errorf("%s is %s, want %s", k.ID, k.State, want)
		}
	}
	read(t, c, func(q *store.Query) (err error) { before, err = q.CountPartsOfOthers(t.Context(), key); return err })
	if before > 0 {
		t.Errorf("%d keys are still wrapped by the old one", before)
	}
	if halfway == 0 {
		t.Error("was never killed halfway")
	}
	t.Logf("killed halfway %d times among %d keys", halfway, all)
	c.Sound()
}

// fewerThan waits until fewer keys than there were are still to be wrapped, for a while: a program is to be killed in the
// midst of its work, however fast the machine is.
func fewerThan(t *testing.T, dir, key string, before int) func() {
	return func() {
		db, err := store.Look(t.Context(), "sqlite:"+filepath.Join(dir, installation.DatabaseFile))
		if err != nil {
			t.Fatal(err)
		}
		defer func() { _ = db.Close() }()
		n := before
		for range 2000 {
			if err := db.Read(t.Context(), func(q *store.Query) (err error) { n, err = q.CountPartsOfOthers(t.Context(), key); return err }); err != nil {
				t.Fatal(err)
			}
			if n < before {
				return
			}
			time.Sleep(time.Millisecond)
		}
	}
}

// someTime waits a moment that nobody chose.
func someTime() { time.Sleep(time.Duration(1+rand.IntN(60)) * time.Millisecond) }

func killChild(t *testing.T, dir string, life int, wait func()) {
	t.Helper()
	cmd := exec.Command(os.Args[0])
	cmd.Env = append(os.Environ(), rotateDir+"="+dir, fmt.Sprint("YIFA_ROTATE_LIFE=", life))
	cmd.Stderr = os.Stderr
	out, err := cmd.StdoutPipe()
	if err == nil {
		err = cmd.Start()
	}
	if err != nil {
		t.Fatal(err)
	}
	_, _ = out.Read(make([]byte, 1)) // it is ready
	wait()
	_ = cmd.Process.Kill()
	_ = cmd.Wait() // it was killed
}

// rotate is the child.
func rotate(dir string) int {
	clock, ctx, life := &demo.Clock{}, context.Background(), 0
	_, _ = fmt.Sscan(os.Getenv("YIFA_ROTATE_LIFE"), &life)
	years, pause := 0, 40*time.Second // the lease of the one before is over
	if _, err := fmt.Sscan(os.Getenv(lateYears), &years); err == nil {
		pause = 3 * time.Minute // that of a destruction is longer
	}
	clock.Set(officetest.Start.AddDate(years, 0, min(years, 1)).Add(time.Duration(life+1) * pause))
	i, err := installation.Open(ctx, installation.Options{Dir: dir, Law: law.FS, Now: clock.Now})
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	fmt.Println("ready")
	for ctx.Err() == nil {
		if err := i.Office.Work(ctx); err != nil {
			fmt.Fprintln(os.Stderr, err)
			return 1
		}
	}
	return 0
}
