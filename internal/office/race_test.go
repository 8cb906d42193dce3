package office_test

import (
	"errors"
	"fmt"
	"sync"
	"testing"

	"yifa/internal/matter"
	"yifa/internal/office"
	"yifa/internal/office/officetest"
)

// writers is how many act at the same moment.
const writers = 64

// atOnce calls fn for 0 to n-1, each in a goroutine that waits for the others to stand ready.
func atOnce(n int, fn func(i int)) {
	var ready, done sync.WaitGroup
	gun := make(chan struct{})
	for i := range n {
		ready.Add(1)
		done.Add(1)
		go func() {
			ready.Done()
			<-gun
			fn(i)
			done.Done()
		}()
	}
	ready.Wait()
	close(gun)
	done.Wait()
}

func TestRace(t *testing.T)         { race(t, officetest.New(t)) }
func TestRacePostgres(t *testing.T) { race(t, officetest.Postgres(t)) }

// Of many who accept a matter from the same page exactly one does; the others are shown what came
// between. Dialogue all lands, each line once. Half of them act through another node.
func race(t *testing.T, c *officetest.City) {
	id, _ := c.Sorted()
	nodes := []*office.Office{c.Office, c.Beside().Office}
	rev := c.State(id).Rev
	officer, errs := c.As(officetest.Officer), make([]error, writers)
	atOnce(writers, func(i int) {
		_, errs[i] = nodes[i%2].Perform(t.Context(), officer, office.Act{Matter: id, Act: "accept", Rev: rev,
			Fields: map[string][]string{"scope": {fmt.Sprint("核查 ", i)}}})
	})
	won := 0
	for i, err := range errs {
		var conflict *office.Conflict
		switch {
		case err == nil:
			won++
		case !errors.As(err, &conflict) || !errors.Is(err, matter.ErrConflict):
			t.Errorf("writer %d: %v, want a conflict", i, err)
		case len(conflict.Between) != 1 || conflict.Between[0].Seq != rev+1 || conflict.Between[0].Title != "受理" || conflict.Between[0].By != "何予宁":
			t.Errorf("writer %d was shown %+v", i, conflict.Between)
		}
	}
	if st := c.State(id); won != 1 || st.Rev != rev+1 || st.Stage != "accepted" {
		t.Errorf("%d won, rev %d, stage %s", won, st.Rev, st.Stage)
	}

	seqs, messages := make([]int, writers), map[string]bool{}
	atOnce(writers, func(i int) {
		who, act := officer, "message_filer"
		if i%2 == 1 {
			who, act = c.Filer(id), "message_staff"
		}
		done, err := nodes[i/2%2].Perform(t.Context(), who, office.Act{Matter: id, Act: act, Rev: rev,
			Fields: map[string][]string{"message": {fmt.Sprint("话 ", i)}}})
		if seqs[i] = done.Seq; err != nil {
			t.Errorf("message %d: %v", i, err)
		}
	})
	seen := map[int]bool{}
	for i, seq := range seqs {
		if seen[seq] || seq <= rev+1 || seq > rev+1+writers {
			t.Errorf("message %d got seq %d", i, seq)
		}
		seen[seq] = true
	}
	v, err := c.Office.Matter(t.Context(), officer, id)
	if err != nil {
		t.Fatal(err)
	}
	for _, m := range v.Messages {
		messages[m.Text] = true
	}
	if len(v.Messages) != writers || len(messages) != writers {
		t.Errorf("%d messages, %d different", len(v.Messages), len(messages))
	}
	c.Sound()
}
