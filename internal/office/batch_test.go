package office_test

import (
	"bytes"
	"errors"
	"fmt"
	"testing"
	"time"

	"yifa/internal/calendar"
	"yifa/internal/installation"
	"yifa/internal/matter"
	"yifa/internal/office"
	"yifa/internal/office/officetest"
	"yifa/internal/procedure"
	"yifa/internal/store"
	"yifa/internal/store/faulty"
)

// together holds the database's writer while fn is called n times at once, so that the calls wait
// and then share few transactions. What then does is done just before they are let go.
func together(t *testing.T, c *officetest.City, n int, fn func(i int), then ...func()) {
	t.Helper()
	held, release, rollback := make(chan struct{}), make(chan struct{}), errors.New("roll back")
	go func() {
		err := c.DB.Write(t.Context(), func(*store.Tx) error {
			close(held)
			<-release
			for _, fn := range then {
				fn()
			}
			return rollback
		})
		if !errors.Is(err, rollback) {
			t.Error(err)
		}
	}()
	<-held
	time.AfterFunc(150*time.Millisecond, func() { close(release) })
	atOnce(n, fn)
}

// A refusal, a conflict, a bad answer and a fault in a batch are answered each as what they are, and
// leave all their neighbours done.
func TestNeighbours(t *testing.T) {
	t.Parallel()
	var s faulty.Switch
	c := officetest.Open(t, installation.Options{Dir: t.TempDir(), Wraps: []store.Wrap{s.Wrap}})
	neighbours(t, c, 0)
	for _, at := range []int{60, 300} { // and where the shared transaction itself breaks down
		s.FailAt(0)
		neighbours(t, c, at, func() { s.FailAt(at) })
		if _, failed := s.Calls(); failed == "" {
			t.Errorf("call %d was not met", at)
		}
	}
	c.Sound()
	c.GapFree()
}

func TestNeighboursPostgres(t *testing.T) {
	t.Parallel()
	c := officetest.Postgres(t)
	neighbours(t, c, 0)
	c.Sound()
	c.GapFree()
}

// neighbours submits 36 acts at once. Where the database breaks down at a call, an act that was then
// alone in its transaction may carry the fault: at most one does.
func neighbours(t *testing.T, c *officetest.City, brokenAt int, then ...func()) {
	const n = 36
	code := []byte(fmt.Sprint("a code that is taken ", brokenAt))
	if _, err := c.Office.SubmitCode(t.Context(), report(), code); err != nil {
		t.Fatal(err)
	}
	ids, revs, errs := make([]matter.ID, n), make([]int, n), make([]error, n)
	for i := range n {
		ids[i], _ = c.Sorted()
		revs[i] = c.State(ids[i]).Rev
	}
	officer := c.As(officetest.Officer)
	together(t, c, n, func(i int) {
		a := office.Act{Matter: ids[i], Act: "accept", Rev: revs[i], Fields: map[string][]string{"scope": {"证件。"}}}
		switch i % 6 {
		case 1:
			a.Act, a.Fields = "answer", nil // of another stage
		case 2:
			a.Rev-- // somebody was faster
		case 3:
			a.Fields = nil // its form is empty
		case 4:
			_, errs[i] = c.Office.SubmitCode(t.Context(), report(), code)
			return
		}
		_, errs[i] = c.Office.Perform(t.Context(), officer, a)
	}, then...)
	broken := 0
	for i, err := range errs {
		var refused *office.Refused
		var conflict *office.Conflict
		var bad office.BadFields
		var ok bool
		rev := c.State(ids[i]).Rev
		switch i % 6 {
		case 1:
			ok = errors.As(err, &refused) && rev == revs[i]
		case 2:
			ok = errors.As(err, &conflict) && rev == revs[i]
		case 3:
			ok = errors.As(err, &bad) && bad["scope"] != "" && rev == revs[i]
		case 4:
			ok = fault(err) && rev == revs[i]
		default:
			ok = err == nil && rev == revs[i]+1
		}
		if !ok && brokenAt > 0 && errors.Is(err, faulty.ErrPlanned) && rev == revs[i] {
			broken++
			ok = broken == 1
		}
		if !ok {
			t.Errorf("act %d (kind %d): %v; rev %d after %d", i, i%6, err, rev, revs[i])
		}
	}
}

// report is an attempt to file a report.
func report() procedure.Attempt {
	return procedure.Attempt{Procedure: "supervision.complaint", Act: "file_report", By: matter.Actor{Person: matter.PersonFiler},
		Happened: calendar.MomentAt(officetest.Start), Recorded: officetest.Start, Fields: officetest.Report()}
}

func TestNumbers(t *testing.T) {
	t.Parallel()
	numbers(t, officetest.New(t))
}

func TestNumbersPostgres(t *testing.T) {
	t.Parallel()
	numbers(t, officetest.Postgres(t))
}

// Numbers of one organ have no gap, whoever draws them at once and whatever is refused between.
func numbers(t *testing.T, c *officetest.City) {
	const n = 40
	nodes := []*office.Office{c.Office, c.Beside().Office}
	ids := make([]matter.ID, n)
	for i := range n {
		ids[i], _ = c.Sorted()
	}
	officer, head := c.As(officetest.Officer), c.As(officetest.Head)
	atOnce(2*n, func(i int) {
		node, id := nodes[i%2], ids[i/2]
		if i/2%4 == 3 { // both must fail
			_, err := node.Perform(t.Context(), officer, office.Act{Matter: id, Act: "refuse", Fields: map[string][]string{"ground": {"no_facts"}, "explain": {"没有。"}, "remedies": {"reopening"}}})
			var refused *office.Refused
			if !errors.As(err, &refused) {
				t.Errorf("refuse by the officer: %v", err)
			}
			return
		}
		var err error
		if i%2 == 0 {
			_, err = node.Perform(t.Context(), officer, office.Act{Matter: id, Act: "accept", Fields: map[string][]string{"scope": {"证件。"}}})
		} else {
			_, err = node.Perform(t.Context(), head, office.Act{Matter: id, Act: "refuse", Fields: map[string][]string{"ground": {"no_facts"}, "explain": {"没有。"}, "remedies": {"reopening"}}})
		}
		var refused *office.Refused
		if err != nil && !errors.As(err, &refused) {
			t.Errorf("%d: %v", i, err)
		}
	})
	for i, id := range ids {
		st := c.State(id)
		want := 2 // the complaint's and the notice's
		if i%4 == 3 {
			want = 1
		}
		if len(st.Numbers) != want {
			t.Errorf("matter %d in stage %s drew %v", i, st.Stage, st.Numbers)
		}
	}
	c.Sound()
	c.GapFree()
}

// Acts without a key that share a transaction whose answer is lost are still done once.
func TestAnswerOfBatchLost(t *testing.T) {
	var l officetest.Losing
	c := officetest.Open(t, installation.Options{Dir: t.TempDir(), Wraps: []store.Wrap{l.Wrap}})
	id := c.File(officetest.Report()).ID
	const n = 20
	var errs [n]error
	together(t, c, n, func(i int) {
		_, errs[i] = c.Office.Perform(t.Context(), c.Filer(id), office.Act{Matter: id, Act: "message_staff", Fields: map[string][]string{"message": {fmt.Sprint(i)}}})
	}, func() { l.Lose(2) }) // the first takes what came first; the second what waited meanwhile
	v, err := c.Office.Track(t.Context(), c.Filer(id))
	if err != nil {
		t.Fatal(err)
	}
	stands := map[string]int{}
	for _, m := range v.Messages {
		stands[m.Text]++
	}
	for i, err := range errs {
		if stands[fmt.Sprint(i)] != 1 || err != nil && !fault(err) {
			t.Errorf("message %d stands %d times: %v", i, stands[fmt.Sprint(i)], err)
		}
	}
	if l.Lost() != 1 {
		t.Errorf("%d answers were lost", l.Lost())
	}
	c.Sound()
}

func photo(shade uint8) *bytes.Reader { return bytes.NewReader(picture(shade)) }
