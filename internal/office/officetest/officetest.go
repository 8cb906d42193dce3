// Package officetest gives tests a real office over a real database, with the organs and people of
// the demo city and a clock they set. It is for tests only and is linked into no program.
package officetest

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"yifa/internal/calendar"
	"yifa/internal/courier"
	"yifa/internal/demo"
	"yifa/internal/i18n"
	"yifa/internal/installation"
	"yifa/internal/matter"
	"yifa/internal/office"
	"yifa/internal/pgtest"
	"yifa/internal/raster"
	"yifa/internal/store"
	"yifa/law"
)

// Start is the instant a new city stands at: a Monday morning, 21 September 2026, 09:00 in Jiangmen.
var Start = calendar.New(2026, time.September, 21).Midnight().Add(9 * time.Hour)

// City is a founded city without matters.
type City struct {
	*installation.Installation
	Clock *demo.Clock
	Dir   string

	t      testing.TB
	opt    installation.Options
	closed bool
}

// New opens a founded city on SQLite in a folder of the test's own.
func New(t testing.TB) *City { return Open(t, installation.Options{Dir: t.TempDir()}) }

// Postgres founds a city on a PostgreSQL database of the test's own.
func Postgres(t testing.TB) *City {
	return Open(t, installation.Options{Dir: t.TempDir(), Database: pgtest.DSN(t)})
}

// Open opens a founded city where opt says: another database, a failing connection. On SQLite the
// city is a copy of one founded once for the whole test program, unless one lies in the folder.
func Open(t testing.TB, opt installation.Options) *City {
	t.Helper()
	c := &City{Clock: &demo.Clock{}, Dir: opt.Dir, t: t}
	c.Clock.Set(demo.Begin.Midnight().Add(8 * time.Hour))
	found := strings.HasPrefix(opt.Database, "postgres")
	if !found {
		Lay(t, opt.Dir)
	}
	opt.Law, opt.Now, opt.MakeKey, opt.Pages = law.FS, c.Clock.Now, true, raster.SharedCache()
	if opt.Courier == nil {
		carrier, err := courier.New(courier.Config{Dir: filepath.Join(opt.Dir, outgoing)})
		if err != nil {
			t.Fatal(err)
		}
		opt.Courier = carrier
	}
	c.opt = opt
	c.open()
	t.Cleanup(c.Shut)
	if found {
		if err := city(c.Installation, c.Clock).Found(context.Background()); err != nil {
			t.Fatal(err)
		}
	}
	c.Clock.Set(Start)
	c.Know()
	return c
}

// Shut closes the city, if it is not closed.
func (c *City) Shut() {
	if !c.closed {
		c.closed = true
		if err := c.Close(); err != nil {
			c.t.Error(err)
		}
	}
}

// Reopen closes the city and opens it again, as the next program would.
func (c *City) Reopen() {
	c.t.Helper()
	c.Shut()
	c.open()
	c.Know()
}

func (c *City) open() {
	c.t.Helper()
	var err error
	if c.Installation, err = installation.Open(context.Background(), c.opt); err != nil {
		c.t.Fatal(err)
	}
	c.closed = false
}

// Know makes the office read its registers, so that people's posts are known to As.
func (c *City) Know() {
	c.t.Helper()
	if _, err := c.Office.FindOrgans(context.Background(), "江门", i18n.ZhHans); err != nil {
		c.t.Fatal(err)
	}
}

// Beside opens the same city a second time, as another node of the installation would.
func (c *City) Beside() *City {
	c.t.Helper()
	other := &City{Clock: c.Clock, Dir: c.Dir, t: c.t, opt: c.opt}
	other.open()
	other.Know()
	c.t.Cleanup(other.Shut)
	return other
}

// Address is where the database lies.
func (c *City) Address() string {
	if c.opt.Database != "" {
		return c.opt.Database
	}
	return "sqlite:" + filepath.Join(c.Dir, installation.DatabaseFile)
}

func city(i *installation.Installation, clock *demo.Clock) *demo.City {
	return &demo.City{Office: i.Office, Law: i.Law, LawFS: law.FS, Clock: clock}
}

// founded is a city founded once on SQLite: its database and its key.
var founded = sync.OnceValues(func() (map[string][]byte, error) {
	dir, err := os.MkdirTemp("", "yifa-officetest-")
	if err != nil {
		return nil, err
	}
	defer func() { _ = os.RemoveAll(dir) }()
	clock, ctx := &demo.Clock{}, context.Background()
	clock.Set(demo.Begin.Midnight().Add(8 * time.Hour))
	i, err := installation.Open(ctx, installation.Options{Dir: dir, Law: law.FS, Now: clock.Now, MakeKey: true})
	if err != nil {
		return nil, err
	}
	if err := city(i, clock).Found(ctx); err != nil {
		return nil, err
	}
	if err := i.Close(); err != nil {
		return nil, err
	}
	files := map[string][]byte{}
	for _, name := range []string{installation.DatabaseFile, installation.KeyFile} {
		if files[name], err = os.ReadFile(filepath.Join(dir, name)); err != nil {
			return nil, err
		}
	}
	return files, nil
})

// Lay lays a founded city into a folder, unless there is one.
func Lay(t testing.TB, dir string) {
	t.Helper()
	if _, err := os.Stat(filepath.Join(dir, installation.DatabaseFile)); err == nil {
		return
	}
	files, err := founded()
	if err != nil {
		t.Fatal(err)
	}
	for name, content := range files {
		if err := os.WriteFile(filepath.Join(dir, name), content, 0o600); err != nil {
			t.Fatal(err)
		}
	}
}

// Sound fails the test where verification finds a difference, and returns the verdict.
func (c *City) Sound() office.Verdict {
	c.t.Helper()
	v, err := c.Office.Verify(context.Background())
	if err != nil {
		c.t.Fatal(err)
	}
	for _, d := range v.Differences {
		c.t.Errorf("verify: %s", d)
	}
	return v
}

// State is where a matter stands.
func (c *City) State(id matter.ID) matter.State {
	c.t.Helper()
	st, err := c.state(id)
	if err != nil {
		c.t.Fatal(err)
	}
	return st
}

// GapFree fails the test where a series of numbers has a gap, a number drawn twice, or a counter
// that is not at its last number.
func (c *City) GapFree() {
	c.t.Helper()
	type series struct {
		name, organ string
		year        int
	}
	drawn, ctx := map[series]map[int]int{}, context.Background()
	err := c.DB.Read(ctx, func(q *store.Query) error {
		err := q.EachMatter(ctx, 0, 1023, func(_ store.Row, st matter.State) error {
			for _, n := range st.Numbers {
				k := series{n.Series, n.Organ, n.Year}
				if drawn[k] == nil {
					drawn[k] = map[int]int{}
				}
				drawn[k][n.N]++
			}
			return nil
		})
		if err != nil {
			return err
		}
		counters, err := q.Counters(ctx)
		for _, x := range counters {
			k := series{x.Series, x.Organ, x.Year}
			for n := 1; n <= x.Last; n++ {
				if drawn[k][n] != 1 {
					c.t.Errorf("number %d of %+v stands %d times", n, k, drawn[k][n])
				}
			}
			if len(drawn[k]) != x.Last {
				c.t.Errorf("%d numbers of %+v, counter at %d", len(drawn[k]), k, x.Last)
			}
			delete(drawn, k)
		}
		for k := range drawn {
			c.t.Errorf("numbers of %+v without a counter", k)
		}
		return err
	})
	if err != nil {
		c.t.Fatal(err)
	}
}
