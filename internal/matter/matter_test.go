package matter

import (
	"crypto/rand"
	"encoding/json"
	"errors"
	"reflect"
	"testing"

	"pgregory.net/rapid"
)

func TestID(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		shard := Shard(rapid.IntRange(0, 1023).Draw(t, "shard"))
		id, err := NewIDIn(rand.Reader, shard)
		if err != nil || id.Shard() != shard || int64(id) < 0 {
			t.Fatalf("%s: shard %d, want %d (%v)", id, id.Shard(), shard, err)
		}
		back, err := ParseID(id.String())
		if err != nil || back != id || len(id.String()) != 13 {
			t.Fatalf("%s came back as %s (%v)", id, back, err)
		}
	})
	for range 100 {
		if id, err := NewID(rand.Reader); err != nil || id.Shard() == 0 {
			t.Fatalf("%s: a root on the shard of the registers (%v)", id, err)
		}
	}
}

func FuzzParseID(f *testing.F) {
	f.Add("0000000000001")
	f.Add("ZZZZZZZZZZZZZ")
	f.Add("../etc")
	f.Fuzz(func(t *testing.T, s string) {
		if id, err := ParseID(s); err == nil && len(id.String()) != len(s) {
			t.Fatalf("%q was read as %s", s, id)
		}
	})
}

// Facts come back from JSON with the types they went in with, and nothing else gets in.
func TestFacts(t *testing.T) {
	in := Facts{"a": "x", "b": true, "c": int64(3), "d": []string{"p", "q"}}
	raw, err := json.Marshal(in)
	if err != nil {
		t.Fatal(err)
	}
	var out Facts
	if err := json.Unmarshal(raw, &out); err != nil || !reflect.DeepEqual(in, out) {
		t.Errorf("%v came back as %v (%v)", in, out, err)
	}
	for _, bad := range []string{`{"a":1.5}`, `{"a":{}}`, `{"a":[1]}`, `[]`} {
		if json.Unmarshal([]byte(bad), &out) == nil {
			t.Errorf("%s was taken", bad)
		}
	}
}

func entries() []Entry {
	return []Entry{
		{Matter: 9, Seq: 1, Kind: KindOpen, Act: "file", Delta: Delta{Stage: "received", Holder: "o", Facts: Facts{"a": "1"}}},
		{Matter: 9, Seq: 2, Kind: KindAct, Act: "claim", Delta: Delta{Assign: map[string][]string{"handler": {"p"}}, Facts: Facts{"b": true}}},
		{Matter: 9, Seq: 3, Kind: KindAct, Act: "accept", Delta: Delta{Stage: "accepted", Facts: Facts{"a": nil}}},
	}
}

func TestApply(t *testing.T) {
	list := entries()
	st, err := Replay(list)
	if err != nil || st.Stage != "accepted" || st.Rev != 3 || st.Holder != "o" || st.Facts["a"] != nil || !st.Facts.Bool("b") || len(st.Done) != 3 {
		t.Fatalf("%+v (%v)", st, err)
	}
	before, _ := Replay(list[:2])
	void := Entry{Matter: 9, Seq: 4, Kind: KindVoid, Act: "correct", Voids: 3, Delta: Delta{Undone: before.Before()}}
	undone, err := Apply(st, void)
	if err != nil || undone.Stage != "received" || undone.Facts.Text("a") != "1" || undone.Voided[3] != 4 || undone.Rev != 4 {
		t.Errorf("%+v (%v)", undone, err)
	}
	if _, done := undone.LastOf("accept"); done {
		t.Error("what was voided still stands")
	}
	if st.Stage != "accepted" || len(st.Done) != 3 {
		t.Error("Apply changed the state it was given")
	}
}

func TestApplyRefusesWhatDoesNotFollow(t *testing.T) {
	st, err := Replay(entries())
	if err != nil {
		t.Fatal(err)
	}
	for name, e := range map[string]Entry{
		"a gap":             {Matter: 9, Seq: 5},
		"a seq again":       {Matter: 9, Seq: 3},
		"another matter":    {Matter: 10, Seq: 4},
		"a void of nothing": {Matter: 9, Seq: 4, Kind: KindVoid, Voids: 7, Delta: Delta{Undone: &Snapshot{}}},
		"a void of no word": {Matter: 9, Seq: 4, Kind: KindVoid, Voids: 3},
	} {
		if _, err := Apply(st, e); !errors.Is(err, ErrBrokenRecord) {
			t.Errorf("%s: %v", name, err)
		}
	}
}
