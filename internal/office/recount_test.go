package office_test

import (
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"reflect"
	"testing"
	"time"

	"yifa/internal/calendar"
	"yifa/internal/demo"
	"yifa/internal/installation"
	"yifa/internal/matter"
	"yifa/internal/office"
	"yifa/internal/office/officetest"
	"yifa/internal/store"
	"yifa/internal/store/storetest"
	"yifa/law"
)

// notice enters the holidays of a year by two administrators, and returns its matter.
func notice(t *testing.T, c *officetest.City, year, rest string) matter.ID {
	t.Helper()
	today := c.Office.Today().String()
	done, err := c.Office.Perform(t.Context(), c.As("luo-jingyi"), office.Act{Procedure: "register.calendar", Act: "enter", Fields: map[string][]string{
		"year": {year}, "notice": {"国务院办公厅关于" + year + "年部分节假日安排的通知"}, "number": {"演示〔2026〕1号"}, "from": {today}, "rest": {rest},
		"link": {"https://example.org/notice"}, "reason": {"演示。"}}})
	if err != nil {
		t.Fatal(err)
	}
	c.Do(c.As("zeng-guangyao"), done.Matter, "confirm", map[string][]string{"compared": {"true"}})
	return done.Matter
}

// rest2026 is 2026 from September on, with two more days of rest: 23 September, already over when it comes, and the 28th.
const rest2026 = "中秋节 2026-09-25..2026-09-28; 国庆节 2026-10-01..2026-10-07 班 2026-09-20 2026-10-10; 台风 2026-09-23"

func TestRecount(t *testing.T)         { recountAll(t, officetest.New(t)) }
func TestRecountPostgres(t *testing.T) { recountAll(t, officetest.Postgres(t)) }

// A notice within the year: only clocks whose day, remainder or mark moves get an entry, one a matter, and what is closed
// keeps the calendar it was counted with.
func recountAll(t *testing.T, c *officetest.City) {
	morning(calendar.New(2026, 9, 14)).on(c)
	early := c.File(officetest.Report()).ID // its five days are over before the first that changes
	morning(calendar.New(2026, 9, 21)).on(c)
	moved := c.File(officetest.Report()).ID
	paused, _ := c.Accepted()
	answered, _ := c.Answered()
	morning(calendar.New(2026, 9, 24)).on(c)
	c.Do(c.As(officetest.Officer), paused, "ask_supplement", map[string][]string{"what": {"照片。"}})
	work(t, c) // papers are filed
	before := map[matter.ID]matter.State{}
	for _, id := range []matter.ID{early, moved, paused, answered} {
		before[id] = c.State(id)
	}
	notice(t, c, "2026", rest2026)
	for range 2 { // the second time nothing is left to do
		work(t, c)
	}
	want := map[matter.ID]map[string]string{
		early: {}, answered: {},
		moved:  {"accept": "2026-10-08 0 false"},
		paused: {"answer": " 28 false", "supplement": "2026-10-23 0 false"},
	}
	for id, st := range before {
		now := c.State(id)
		if recounts := now.Rev - st.Rev; recounts != min(len(want[id]), 1) {
			t.Errorf("%s has %d new entries, want %d", id, recounts, min(len(want[id]), 1))
		}
		for key, k := range st.Clocks {
			got, text := now.Clocks[key], want[id][key]
			switch {
			case text == "" && !reflect.DeepEqual(got, k):
				t.Errorf("%s was %+v\nis %+v", key, k, got)
			case text != "" && fmt.Sprint(got.Due, got.Left, got.Provisional) != text:
				t.Errorf("%s is due %s with %d left, was %s with %d; want %s", key, got.Due, got.Left, k.Due, k.Left, text)
			}
		}
	}
	c.Sound()
}

func TestRecountProvisional(t *testing.T)         { provisional(t, officetest.New(t)) }
func TestRecountProvisionalPostgres(t *testing.T) { provisional(t, officetest.Postgres(t)) }

// Two notices of one year before anybody counted: what was decided between them by the first is counted by the second, and
// the mark 暂算 goes though the day stays.
func provisional(t *testing.T, c *officetest.City) {
	morning(calendar.New(2026, 12, 7)).on(c)
	marked, _ := c.Accepted()
	was := c.State(marked).Clocks["answer"]
	first := notice(t, c, "2027", "元旦 2027-01-01..2027-01-08")
	between, _ := c.Accepted()
	if c.State(between).Clocks["answer"].Due == was.Due || !was.Provisional {
		t.Fatalf("the first notice moves nothing: %+v", was)
	}
	c.Do(c.As("luo-jingyi"), first, "amend", map[string][]string{"notice": {"更正"}, "number": {"演示〔2026〕2号"}, "from": {c.Office.Today().String()}, "rest": {"元旦 2027-01-01"},
		"link": {"https://example.org/notice"}, "reason": {"更正。"}})
	c.Do(c.As("zeng-guangyao"), first, "confirm", map[string][]string{"compared": {"true"}})
	work(t, c)
	for _, id := range []matter.ID{marked, between} {
		if k := c.State(id).Clocks["answer"]; k.Due != was.Due || k.Provisional {
			t.Errorf("due %s, provisional %t; want %s and certain", k.Due, k.Provisional, was.Due)
		}
	}
	c.Sound()
}

// A notice taken back before anybody counted: nothing differs from the calendar before it, but what was decided by it
// meanwhile is counted again.
func TestRecountTakenBack(t *testing.T) {
	c := officetest.New(t)
	first := notice(t, c, "2026", rest2026)
	between := c.File(officetest.Report()).ID
	c.Do(c.As("luo-jingyi"), first, "amend", map[string][]string{"notice": {"更正"}, "number": {"演示〔2026〕2号"}, "from": {c.Office.Today().String()},
		"rest": {"中秋节 2026-09-25..2026-09-27; 国庆节 2026-10-01..2026-10-07 班 2026-09-20 2026-10-10"}, "link": {"https://example.org/notice"}, "reason": {"更正。"}})
	c.Do(c.As("zeng-guangyao"), first, "confirm", map[string][]string{"compared": {"true"}})
	was := c.State(between).Clocks["accept"].Due.String()
	work(t, c)
	if due := c.State(between).Clocks["accept"].Due.String(); was != "2026-10-08" || due != "2026-09-29" {
		t.Errorf("due %s, then %s; want 2026-10-08, then 2026-09-29", was, due)
	}
}

// recountDir names the folder of the city in which this program, started by TestRecountKilled, counts anew until it is killed.
const recountDir = "YIFA_RECOUNT_CHILD"

// A program killed while it counts leaves the rest to the next one, and no matter is entered twice.
func TestRecountKilled(t *testing.T) {
	dir := t.TempDir()
	c := officetest.Open(t, installation.Options{Dir: dir})
	var ids []matter.ID
	for range 60 {
		ids = append(ids, c.File(officetest.Report()).ID)
	}
	work(t, c)
	notice(t, c, "2026", rest2026)
	c.Shut()
	halfway := false
	for life := range 12 {
		kill(t, dir, life)
		c = officetest.Open(t, installation.Options{Dir: dir})
		n := recounted(t, c, ids)
		halfway = halfway || n > 0 && n < len(ids)
		c.Shut()
	}
	c = officetest.Open(t, installation.Options{Dir: dir})
	c.Clock.Set(officetest.Start.Add(time.Hour)) // the lease of the last is over
	work(t, c)
	if n := recounted(t, c, ids); n != len(ids) {
		t.Errorf("%d of %d matters were counted anew", n, len(ids))
	}
	t.Logf("killed halfway: %t", halfway)
	c.Sound()
}

// recounted tells how many of the matters were counted anew, each once at most.
func recounted(t *testing.T, c *officetest.City, ids []matter.ID) int {
	t.Helper()
	n := 0
	for _, id := range ids {
		here := 0
		for _, e := range entries(t, c, id) {
			if e.Act == "recount" {
				here++
			}
		}
		if n += here; here > 1 {
			t.Errorf("%s was entered %d times", id, here)
		}
	}
	return n
}

// kill starts a program that counts anew, and kills it soon after it began.
func kill(t *testing.T, dir string, life int) {
	t.Helper()
	cmd := exec.Command(os.Args[0])
	cmd.Env = append(os.Environ(), recountDir+"="+dir, fmt.Sprint("YIFA_RECOUNT_LIFE=", life))
	cmd.Stderr = os.Stderr
	out, err := cmd.StdoutPipe()
	if err == nil {
		err = cmd.Start()
	}
	if err != nil {
		t.Fatal(err)
	}
	_, _ = out.Read(make([]byte, 1)) // it is ready
	time.Sleep(time.Duration(rand.IntN(30)) * time.Millisecond)
	_ = cmd.Process.Kill()
	_ = cmd.Wait() // it was killed
}

// countAnew is the child.
func countAnew(dir string) int {
	clock, ctx := &demo.Clock{}, context.Background()
	life := 0
	_, _ = fmt.Sscan(os.Getenv("YIFA_RECOUNT_LIFE"), &life)
	clock.Set(officetest.Start.Add(time.Duration(life+1) * time.Minute)) // the lease of the one before is over
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

// What an older program left: nothing known of what clocks hang on, and another calendar of the law's own.
func TestRecountAfterUpgrade(t *testing.T) {
	c := officetest.New(t)
	id, _ := c.Accepted()
	raw := storetest.Raw(t, c.DB.Driver(), c.Address())
	for _, s := range []string{"update clock set day_first = 0, day_last = 2147483647", "delete from meta where name = 'clock_reach'",
		`insert into meta (name, value) values ('calendar', '[]')`} {
		if _, err := raw.Exec(s); err != nil {
			t.Fatal(err)
		}
	}
	_ = raw.Close()
	c.Reopen()
	c.Sound() // what clocks hang on is written down again
	run(t, c, func() bool {
		waiting := 1
		if err := c.DB.Read(t.Context(), func(q *store.Query) error {
			jobs, err := q.WaitingJobs(t.Context(), "recount")
			known, _ := q.Meta(t.Context(), "calendar")
			if waiting = len(jobs); known == "[]" {
				waiting++
			}
			return err
		}); err != nil {
			t.Fatal(err)
		}
		return waiting == 0
	})
	if n := recounted(t, c, []matter.ID{id}); n != 0 {
		t.Errorf("%d entries though no day moved", n)
	}
}

// run lets the office do its work until something is so.
func run(t *testing.T, c *officetest.City, until func() bool) {
	t.Helper()
	ctx, cancel := context.WithCancel(t.Context())
	done := make(chan struct{})
	go func() { c.Office.Run(ctx); close(done) }()
	for range 200 {
		if until() {
			break
		}
		time.Sleep(20 * time.Millisecond)
	}
	ok := until()
	cancel()
	<-done
	if !ok {
		t.Error("the work is not done")
	}
}
