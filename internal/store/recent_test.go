package store

import (
	"testing"

	"yifa/internal/matter"
)

// TestRecent keeps what is asked for and never more than twice its limit.
func TestRecent(t *testing.T) {
	r := newRecent[int, int](3)
	for k := range 100 {
		r.put(k, k)
		if v, found := r.get(0); !found || v != 0 {
			t.Fatalf("after %d others: 0 is %d, %t", k, v, found)
		}
		if n := len(r.young) + len(r.old); n > 6 {
			t.Fatalf("keeps %d values, want at most 6", n)
		}
	}
	if _, found := r.get(50); found {
		t.Error("50 is still kept, which nobody asked for since")
	}
}

// TestDecodedByText never gives a state that another text says.
func TestDecodedByText(t *testing.T) {
	db := &DB{states: newRecent[matter.ID, decoded[matter.State]](3)}
	for _, stage := range []string{"one", "two", "two", "one"} {
		st, err := db.decodeState(1, `{"stage":"`+stage+`"}`)
		if err != nil || st.Stage != stage {
			t.Errorf("stage %q, %v, want %q", st.Stage, err, stage)
		}
	}
	if _, err := db.decodeState(1, `{`); err == nil {
		t.Error("a broken text gives a state")
	}
}
