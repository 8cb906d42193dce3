package office_test

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"yifa/internal/i18n"
	"yifa/internal/installation"
	"yifa/internal/matter"
	"yifa/internal/office"
	"yifa/internal/office/officetest"
	"yifa/internal/store"
	"yifa/internal/store/faulty"
)

// fault tells whether an error is neither an answer of the law nor of a neighbour.
func fault(err error) bool {
	var refused *office.Refused
	var conflict *office.Conflict
	var bad office.BadFields
	return err != nil && !errors.As(err, &refused) && !errors.As(err, &conflict) && !errors.As(err, &bad) &&
		!errors.Is(err, office.ErrNotFound) && !errors.Is(err, office.ErrKeyReused) && !errors.Is(err, office.ErrBegun)
}

// Whatever call to the database fails, the act is answered with a fault, leaves nothing, and is done
// once when it is tried again with the same key.
func TestFaultAtEachCall(t *testing.T) {
	t.Parallel()
	var s faulty.Switch
	c := officetest.Open(t, installation.Options{Dir: t.TempDir(), Wraps: []store.Wrap{s.Wrap}})
	s.FailAt(0)
	officer := c.As(officetest.Officer)
	for n, passed := 1, false; !passed; n++ {
		id, _ := c.Sorted()
		before := c.State(id).Rev
		act := office.Act{Matter: id, Act: "accept", Rev: before, Key: fmt.Sprint("once ", n), Fields: map[string][]string{"scope": {"证件。"}}}
		s.FailAt(n)
		done, err := c.Office.Perform(t.Context(), officer, act)
		_, failed := s.Calls()
		s.FailAt(0)
		if passed = failed == ""; passed {
			if err != nil || n < 40 {
				t.Errorf("passed after %d calls: %v", n, err)
			}
			break
		}
		if !fault(err) || !errors.Is(err, faulty.ErrPlanned) {
			t.Fatalf("call %d (%s) failed and was told as %+v, %v", n, failed, done, err)
		}
		if rev := c.State(id).Rev; rev != before {
			t.Fatalf("call %d (%s) failed and the matter stands at %d after %d", n, failed, rev, before)
		}
		again(t, c, officer, act, before+1)
		if n%8 == 0 {
			c.Sound()
		}
	}
	c.Sound()
	c.GapFree()
}

// again does an act twice more and finds it done once, at seq.
func again(t *testing.T, c *officetest.City, r office.Reader, act office.Act, seq int) {
	t.Helper()
	for range 2 {
		done, err := c.Office.Perform(t.Context(), r, act)
		if err != nil || done.Seq != seq {
			t.Fatalf("again: %+v, %v", done, err)
		}
	}
	if rev := c.State(act.Matter).Rev; rev != seq {
		t.Fatalf("again: rev %d, want %d", rev, seq)
	}
}

// An answer lost after the commit is a fault, and the next try with the same key finds the act done.
func TestAnswerLost(t *testing.T) {
	var s faulty.Switch
	c := officetest.Open(t, installation.Options{Dir: t.TempDir(), Wraps: []store.Wrap{s.Wrap}})
	officer, lost := c.As(officetest.Officer), 0
	for n := 1; n < 400; n++ {
		s.FailAt(0)
		id, _ := c.Sorted()
		act := office.Act{Matter: id, Act: "accept", Rev: c.State(id).Rev, Key: "once" + id.String(), Fields: map[string][]string{"scope": {"证件。"}}}
		if n == 1 { // where the commit of the act is
			s.FailAt(1 << 30)
			if _, err := c.Office.Perform(t.Context(), officer, act); err != nil {
				t.Fatal(err)
			}
			calls, _ := s.Calls()
			n = calls - 6
			continue
		}
		s.LoseAnswerAt(n)
		_, err := c.Office.Perform(t.Context(), officer, act)
		_, failed := s.Calls()
		s.FailAt(0)
		if failed == "" {
			break
		}
		if failed == "commit" {
			lost++
			if !fault(err) || c.State(id).Rev != act.Rev+1 {
				t.Errorf("a lost answer was told as %v; rev %d after %d", err, c.State(id).Rev, act.Rev)
			}
		}
		again(t, c, officer, act, act.Rev+1)
	}
	if lost == 0 {
		t.Error("no commit was met")
	}
	c.Sound()
	c.GapFree()
}

// A report whose filing fails anywhere is filed once by the next try, under one code.
func TestFaultWhileFiling(t *testing.T) {
	var s faulty.Switch
	c := officetest.Open(t, installation.Options{Dir: t.TempDir(), Wraps: []store.Wrap{s.Wrap}})
	registers := c.Sound().Matters
	n, passed := 0, false
	for !passed {
		n++
		draft := c.Draft(officetest.Report())
		s.FailAt(n)
		_, err := c.Office.FileReport(t.Context(), draft, i18n.ZhHans, nil)
		_, failed := s.Calls()
		s.FailAt(0)
		if passed = failed == ""; passed != (err == nil) || !passed && !fault(err) {
			t.Errorf("call %d (%s) failed and was told as %v", n, failed, err)
		}
		first, err1 := c.Office.FileReport(t.Context(), draft, i18n.ZhHans, nil)
		second, err2 := c.Office.FileReport(t.Context(), draft, i18n.ZhHans, nil)
		if err1 != nil || err2 != nil || first.Code != second.Code || first.ID != second.ID {
			t.Fatalf("call %d (%s): then %+v, %+v: %v, %v", n, failed, first, second, err1, err2)
		}
		r, err := c.Office.ByCode(t.Context(), first.Code, i18n.ZhHans)
		if err != nil || r.Filer != first.ID {
			t.Errorf("call %d (%s): the code leads to %s: %v", n, failed, r.Filer, err)
		}
	}
	if v := c.Sound(); v.Matters != registers+n || n < 30 {
		t.Errorf("%d reports made %d matters", n, v.Matters-registers)
	}
}

// On a full disk acts are answered with faults, reading goes on, what was answered stays, and with
// room again acts go on.
func TestFullDisk(t *testing.T) {
	t.Parallel()
	for room := range 5 {
		dir := t.TempDir()
		officetest.Lay(t, dir)
		file := filepath.Join(dir, installation.DatabaseFile)
		info, err := os.Stat(file)
		if err != nil {
			t.Fatal(err)
		}
		pages := info.Size()/4096 + int64(120+room)
		c := officetest.Open(t, installation.Options{Dir: dir, Database: fmt.Sprintf("sqlite:%s?_pragma=max_page_count(%d)", file, pages)})
		id := c.File(officetest.Report()).ID
		answered := untilFull(t, c, id)
		if _, err := c.Office.Matter(t.Context(), c.As(officetest.Officer), id); err != nil {
			t.Errorf("reading while the disk is full: %v", err)
		}
		c.Shut()
		c = officetest.Open(t, installation.Options{Dir: dir})
		if rev := c.State(id).Rev; rev != answered+1 {
			t.Errorf("%d acts were answered, the matter stands at %d", answered+1, rev)
		}
		c.Sound()
		c.GapFree()
		c.Accepted()
	}
}

// untilFull writes messages to a matter until there is a fault, and returns how many were answered.
func untilFull(t *testing.T, c *officetest.City, id matter.ID) int {
	t.Helper()
	for i := range 5000 {
		_, err := c.Office.Perform(t.Context(), c.Filer(id), office.Act{Matter: id, Act: "message_staff",
			Fields: map[string][]string{"message": {fmt.Sprint(i, strings.Repeat("长", 1500))}}})
		if err == nil {
			continue
		}
		if !fault(err) {
			t.Errorf("a full disk is told as %v", err)
		}
		return i
	}
	t.Fatal("the disk never filled up")
	return 0
}
