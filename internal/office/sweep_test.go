package office_test

import (
	"encoding/json"
	"fmt"
	"reflect"
	"slices"
	"testing"

	"yifa/internal/calendar"
	"yifa/internal/installation"
	"yifa/internal/matter"
	"yifa/internal/office"
	"yifa/internal/office/officetest"
	"yifa/internal/store"
	"yifa/internal/store/storetest"
)

// told lists the rungs of ladders that were claimed in a matter, in order of claiming.
func told(t *testing.T, c *officetest.City, id matter.ID) []string {
	t.Helper()
	raw := storetest.Raw(t, c.DB.Driver(), c.Address())
	defer func() { _ = raw.Close() }()
	rows, err := raw.Query(fmt.Sprintf("select args from job where kind = 'tell' and matter = %d order by run_at, id", uint64(id)))
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = rows.Close() }()
	var out []string
	for rows.Next() {
		var args string
		var a struct{ Clock, Left, Due string }
		if err := rows.Scan(&args); err != nil {
			t.Fatal(err)
		}
		if err := json.Unmarshal([]byte(args), &a); err != nil {
			t.Fatal(err)
		}
		if a.Clock != "" {
			out = append(out, a.Clock+" "+a.Left+" "+a.Due)
		}
	}
	return append(out, fmt.Sprint(rows.Err()))
}

func morning(day calendar.Date) officeTime { return officeTime{day} }

// officeTime is a day at the desk.
type officeTime struct{ day calendar.Date }

func (x officeTime) on(c *officetest.City) { c.Clock.Set(x.day.Midnight().Add(9 * 3600e9)) }

func TestSweep(t *testing.T)         { sweep(t, officetest.New(t)) }
func TestSweepPostgres(t *testing.T) { sweep(t, officetest.Postgres(t)) }

// After forty days without a sweep, what the law has done by itself is done once, on its legal day,
// however many sweep at once; another sweep changes nothing.
func sweep(t *testing.T, c *officetest.City) {
	asked, _ := c.Accepted()
	c.Do(c.As(officetest.Officer), asked, "ask_supplement", map[string][]string{"what": {"照片。"}})
	answered, _ := c.Answered()
	supplement, rating := c.State(asked).Clocks["supplement"].Due, c.State(answered).Clocks["rating"].Due
	morning(max(supplement, rating).AddDays(40)).on(c)
	nodes := []*office.Office{c.Office, c.Beside().Office}
	atOnce(8, func(i int) {
		if err := nodes[i%2].Sweep(t.Context()); err != nil {
			t.Error(err)
		}
	})
	first := [][]string{told(t, c, asked), told(t, c, answered)}
	for range 2 {
		if err := c.Office.Sweep(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
	if second := [][]string{told(t, c, asked), told(t, c, answered)}; !reflect.DeepEqual(first, second) {
		t.Errorf("swept again, the rungs %q became %q", first, second)
	}
	for id, want := range map[matter.ID]struct {
		act, stage string
		due        calendar.Date
	}{asked: {"proceed_without", "accepted", supplement}, answered: {"archive_unrated", "archived", rating}} {
		st, n := c.State(id), 0
		for _, e := range entries(t, c, id) {
			if e.Act != want.act {
				continue
			}
			n++
			if e.Happened.Day != want.due.AddDays(1) || calendar.On(e.Recorded) != c.Office.Today() || e.Actor.Person != matter.PersonSystem {
				t.Errorf("%s happened %s, recorded %s, by %s; the last day was %s", e.Act, e.Happened.Day, e.Recorded, e.Actor.Person, want.due)
			}
		}
		if n != 1 || st.Stage != want.stage {
			t.Errorf("%s was done %d times; stage %s", want.act, n, st.Stage)
		}
	}
	track, err := c.Office.Track(t.Context(), c.Filer(asked))
	if err != nil || !slices.ContainsFunc(track.Timeline, func(i office.TimelineItem) bool { return i.On.Day == supplement.AddDays(1) }) {
		t.Errorf("the filer is not shown what the law did on its own day: %+v (%v)", track.Timeline, err)
	}
	if c.State(asked).Clocks["answer"].Status != matter.Running {
		t.Errorf("the answer's clock is %+v", c.State(asked).Clocks["answer"])
	}
	c.Sound()
}

// One sweep does all there is to do: also what a lapse it carried out brings about.
func TestOneSweep(t *testing.T) {
	c := officetest.New(t)
	id, _ := c.Accepted()
	c.Do(c.As(officetest.Officer), id, "ask_supplement", map[string][]string{"what": {"照片。"}})
	morning(c.State(id).Clocks["supplement"].Due.AddDays(90)).on(c)
	var seen [][]string
	for range 2 {
		if err := c.Office.Sweep(t.Context()); err != nil {
			t.Fatal(err)
		}
		seen = append(seen, told(t, c, id))
	}
	if !slices.Equal(seen[0], seen[1]) || len(seen[0]) != 5 {
		t.Errorf("rungs after the first sweep %q, after the second %q", seen[0], seen[1])
	}
}

func entries(t *testing.T, c *officetest.City, id matter.ID) []matter.Entry {
	t.Helper()
	var out []matter.Entry
	err := c.DB.Read(t.Context(), func(q *store.Query) error {
		list, err := q.Entries(t.Context(), id, 0)
		for _, e := range list {
			out = append(out, e.Entry)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// The rungs of a ladder are claimed once and in the order of their days, whether a sweep runs every
// day or once after weeks.
func TestRungs(t *testing.T) {
	var all [][]string
	for _, every := range []int{1, 5, 90} {
		c := officetest.Open(t, installation.Options{Dir: t.TempDir()})
		id, _ := c.Accepted()
		from, due := calendar.On(officetest.Start), c.State(id).Clocks["answer"].Due
		for day := from; day <= due.AddDays(10); day++ {
			morning(day).on(c)
			if int(day-from)%every != 0 && day != due.AddDays(10) {
				continue
			}
			for range 2 {
				if err := c.Office.Sweep(t.Context()); err != nil {
					t.Fatal(err)
				}
			}
		}
		all = append(all, told(t, c, id))
		want := []string{"answer 10 工作日 " + due.String(), "answer 3 工作日 " + due.String(), "answer 0 工作日 " + due.String(), "<nil>"}
		if got := all[len(all)-1]; !slices.Equal(got, want) {
			t.Errorf("swept every %d days: %q, want %q", every, got, want)
		}
	}
}

// Nothing stored depends on the day it is read: a year later, in another program, the record comes
// to the same.
func TestLaterDay(t *testing.T) {
	c := officetest.New(t)
	var ids []matter.ID
	for _, make := range []func() (matter.ID, office.Receipt){c.Sorted, c.Accepted, c.Answered} {
		id, _ := make()
		ids = append(ids, id)
	}
	var before []matter.State
	for _, id := range ids {
		before = append(before, c.State(id))
	}
	c.Clock.Set(officetest.Start.AddDate(1, 2, 3))
	c.Reopen()
	c.Sound()
	for i, id := range ids {
		var replayed matter.State
		replayed, err := matter.Replay(entries(t, c, id))
		if err != nil {
			t.Fatal(err)
		}
		x, _ := json.Marshal(before[i])
		y, _ := json.Marshal(c.State(id))
		z, _ := json.Marshal(replayed)
		if string(x) != string(y) || string(x) != string(z) {
			t.Errorf("%s was\n%s, is\n%s, replays to\n%s", id, x, y, z)
		}
	}
}
