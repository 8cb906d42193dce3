package procedure_test

import (
	"bytes"
	"errors"
	"strings"
	"testing"

	"yifa/internal/procedure"
)

// changed is the small law with one text in its main procedure put in place of another.
func changed(t *testing.T, old, new string) (*procedure.Law, *procedure.Procedure) {
	t.Helper()
	files := smallFS()
	f := files["procedures/repair.notice/2026-01-01/procedure.yaml"]
	if !bytes.Contains(f.Data, []byte(old)) {
		t.Fatalf("the small law does not say %q", old)
	}
	f.Data = bytes.ReplaceAll(f.Data, []byte(old), []byte(new))
	l, faults := procedure.Load(files, nil)
	for _, f := range faults {
		t.Fatal(f)
	}
	p, err := l.Procedure("repair.notice", day("2026-03-02"))
	if err != nil {
		t.Fatal(err)
	}
	return l, p
}

// TestNearest: kind:KIND is the organ of that kind over the holder, most closely, also one the holder
// belongs to; never the holder itself, and nothing where there is none.
func TestNearest(t *testing.T) {
	for kind, want := range map[string]string{"office": "city", "government": "county-zf", "ministry": ""} {
		b := newBench(t)
		b.law, b.p = changed(t, "assign: {handler: actor}, likely: 1}", `assign: {handler: actor}, likely: 1, facts: {organ: "kind:`+kind+`"}}`)
		b.snap.Organs = map[string]procedure.Organ{
			"north":     {Key: "north", Kind: "office", Division: "440703", Parent: "county-zf", Short: "北"},
			"south":     {Key: "south", Kind: "office", Division: "440705"},
			"city":      {Key: "city", Kind: "office", Division: "440700"},
			"province":  {Key: "province", Kind: "office", Division: "440000"},
			"county-zf": {Key: "county-zf", Kind: "government", Division: "440703"},
			"city-zf":   {Key: "city-zf", Kind: "government", Division: "440700"},
		}
		b.do(b.report())
		b.do(b.try("take", chen))
		if got := b.st.Facts.Text("organ"); got != want {
			t.Errorf("nearest %s: %q, want %q", kind, got, want)
		}
	}
}

// TestNearestIsAnOrgan: no other fact can be one.
func TestNearestIsAnOrgan(t *testing.T) {
	l, _ := changed(t, "assign: {handler: actor}, likely: 1}", `assign: {handler: actor}, likely: 1, facts: {kind: "kind:office"}}`)
	var told []string
	for _, f := range l.Check() {
		told = append(told, f.Error())
	}
	if all := strings.Join(told, "\n"); !strings.Contains(all, `act take facts: kind cannot be "kind:office" (only a fact of type organ`) {
		t.Errorf("told: %s", all)
	}
}

// TestEachExclusionHasItsProvision: where a role names a provision for each exclusion, the refusal
// cites the one that applies.
func TestEachExclusionHasItsProvision(t *testing.T) {
	b := newBench(t)
	b.law, b.p = changed(t, "head: {posts: [head], not: [handler], cite: hrc/7,", "head: {posts: [head, officer], not: [complained_of, handler], cite: [hrc/8, hrc/7],")
	b.do(b.report())
	b.do(b.try("take", chen))
	_, err := b.fire(b.try("refuse", chen, "reason", "已修好"))
	var r *procedure.Refusal
	if !errors.As(err, &r) || r.Reason != procedure.SecondPerson || r.Cite != "hrc/7" {
		t.Errorf("got %v", err)
	}
}
