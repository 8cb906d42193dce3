package procedure_test

import (
	_ "embed"
	"errors"
	"reflect"
	"slices"
	"sync"
	"testing"
	"testing/fstest"

	"golang.org/x/tools/txtar"

	"yifa/internal/calendar"
	"yifa/internal/matter"
	"yifa/internal/procedure"
)

//go:embed worked/testdata/law.txtar
var smallLaw []byte

// bench is a matter of the small law, acted upon without any player.
type bench struct {
	t    failer
	law  *procedure.Law
	p    *procedure.Procedure
	st   matter.State
	snap procedure.Snapshot
}

func smallFS() fstest.MapFS {
	files := fstest.MapFS{}
	for _, f := range txtar.Parse(smallLaw).Files {
		files[f.Name] = &fstest.MapFile{Data: slices.Clone(f.Data)}
	}
	return files
}

// failer is a test, or one run of a property.
type failer interface {
	Helper()
	Fatal(args ...any)
	Fatalf(format string, args ...any)
}

func newBench(t testing.TB) *bench { t.Helper(); return newBenchIn(t) }

// invented is the small law, which nobody changes.
var invented = sync.OnceValues(func() (*procedure.Law, []calendar.Fault) { return procedure.Load(smallFS(), nil) })

func newBenchIn(t failer) *bench {
	t.Helper()
	l, faults := invented()
	for _, f := range faults {
		t.Fatal(f)
	}
	p, err := l.Procedure("repair.notice", day("2026-03-02"))
	if err != nil {
		t.Fatal(err)
	}
	b := &bench{t: t, law: l, p: p}
	b.snap = procedure.Snapshot{
		Calendar: l.Calendar, Today: day("2026-03-02"),
		Organs: map[string]procedure.Organ{"north": {Key: "north", Kind: "office", Division: "440703", Short: "北"}},
		Posts: []procedure.Post{
			{ID: "p1", Person: "chen", Organ: "north", Role: "officer"},
			{ID: "p2", Person: "zhou", Organ: "north", Role: "head"},
			{ID: "p3", Person: "li", Organ: "north", Role: "officer", From: day("2026-03-05")},
		},
		Numbers: func(string, string, int) int { return 7 },
	}
	return b
}

func day(s string) calendar.Date {
	d, err := calendar.Parse(s)
	if err != nil {
		panic(err)
	}
	return d
}

var (
	filer = matter.Actor{Person: matter.PersonFiler}
	chen  = matter.Actor{Person: "chen", Post: "p1", Organ: "north"}
	zhou  = matter.Actor{Person: "zhou", Post: "p2", Organ: "north"}
	li    = matter.Actor{Person: "li", Post: "p3", Organ: "north"}
)

func (b *bench) try(act string, by matter.Actor, fields ...string) procedure.Attempt {
	try := procedure.Attempt{Matter: 1025, Act: act, By: by, Happened: calendar.DayOnly(b.snap.Today), Fields: map[string][]string{}}
	for i := 0; i+1 < len(fields); i += 2 {
		try.Fields[fields[i]] = append(try.Fields[fields[i]], fields[i+1])
	}
	return try
}

func (b *bench) fire(try procedure.Attempt) (procedure.Decision, error) {
	return b.p.Fire(b.law, b.st, b.snap, try)
}

// do fires and applies; the record stays at hand for corrections.
func (b *bench) do(try procedure.Attempt) procedure.Decision {
	b.t.Helper()
	d, err := b.fire(try)
	if err != nil {
		b.t.Fatalf("%s: %v", try.Act, err)
	}
	b.enter(try, d)
	return d
}

// enter applies a decision.
func (b *bench) enter(try procedure.Attempt, d procedure.Decision) {
	b.t.Helper()
	e := matter.Entry{Matter: 1025, Seq: b.st.Rev + 1, Kind: d.Kind, Procedure: b.p.Key(), Hash: b.p.Hash, Act: try.Act,
		Happened: try.Happened, Recorded: b.snap.Today.Midnight(), Actor: try.By, Voids: d.Voids, Given: d.Given, Delta: d.Delta}
	st, err := matter.Apply(b.st, e)
	if err != nil {
		b.t.Fatal(err)
	}
	b.st, b.snap.Record = st, append(slices.Clone(b.snap.Record), e)
}

func (b *bench) report(fields ...string) procedure.Attempt {
	return b.try("report", filer, append([]string{"kind", "minor", "division", "440703001", "what", "门坏了"}, fields...)...)
}

func (b *bench) refused(try procedure.Attempt) string {
	b.t.Helper()
	_, err := b.fire(try)
	var r *procedure.Refusal
	if !errors.As(err, &r) {
		b.t.Fatalf("%s: got %v, want a refusal", try.Act, err)
	}
	return r.Reason
}

// TestOpening: number, holder, access, clock and what the outbox does.
func TestOpening(t *testing.T) {
	b := newBench(t)
	d := b.do(b.report())
	if d.Kind != matter.KindOpen || b.st.Holder != "north" || b.st.Number("matter") != "北修〔2026〕7号" || b.st.Clocks["accept"].Due != day("2026-03-09") {
		t.Errorf("opened as %+v", b.st)
	}
	want := []matter.Access{{Holder: "organ:north:head", Right: "act", From: day("2026-03-02")}, {Holder: "organ:north:officer", Right: "act", From: day("2026-03-02")}}
	if !reflect.DeepEqual(d.Delta.Access, want) {
		t.Errorf("access is %v", d.Delta.Access)
	}
	if len(d.Delta.Tell) != 0 { // the filer knows, and what only he and staff may read is not indexed
		t.Errorf("tells %v", d.Delta.Tell)
	}
}

// TestOlderPage: an act from an older page is a conflict, dialogue is not.
func TestOlderPage(t *testing.T) {
	b := newBench(t)
	b.do(b.report())
	b.do(b.try("take", chen))
	old := b.try("accept", chen)
	old.Rev = 1
	if _, err := b.fire(old); !errors.Is(err, matter.ErrConflict) {
		t.Errorf("got %v, want a conflict", err)
	}
	talk := b.try("message", chen, "message", "您好")
	talk.Rev = 1
	b.do(talk)
	now := b.try("accept", chen)
	now.Rev = b.st.Rev
	d := b.do(now)
	want := []matter.Notice{{Kind: "tell", To: "filer", What: "accept"}, {Kind: "document", To: "acceptance", What: "accept"}}
	if !reflect.DeepEqual(d.Delta.Tell, want) {
		t.Errorf("tells %v", d.Delta.Tell)
	}
}

// TestWho: a post is held today, by the person who says so, and a denied person stands aside.
func TestWho(t *testing.T) {
	b := newBench(t)
	b.do(b.report())
	if got := b.refused(b.try("take", li)); got != procedure.NotYourAct {
		t.Errorf("a post that begins later: %s", got)
	}
	if got := b.refused(b.try("take", matter.Actor{Person: "wang", Post: "p1", Organ: "north"})); got != procedure.NotYourAct {
		t.Errorf("somebody else's post: %s", got)
	}
	if got := b.refused(b.try("take", filer)); got != procedure.NotYourAct {
		t.Errorf("the filer: %s", got)
	}
	b.snap.Denied = true
	if got := b.refused(b.try("take", chen)); got != procedure.Recused {
		t.Errorf("denied: %s", got)
	}
}

// TestDays: not tomorrow, not before the last act; a late entry proves its day.
func TestDays(t *testing.T) {
	b := newBench(t)
	b.do(b.report())
	b.snap.Today = day("2026-03-06")
	tomorrow := b.try("take", chen)
	tomorrow.Happened.Day++
	if got := b.refused(tomorrow); got != procedure.FutureDay {
		t.Errorf("tomorrow: %s", got)
	}
	early := b.try("take", chen)
	early.Happened.Day = day("2026-03-01")
	if got := b.refused(early); got != procedure.BeforeLastAct {
		t.Errorf("before the opening: %s", got)
	}
	late := b.try("take", chen, procedure.LateProof, "值班记录")
	late.Happened.Day = day("2026-03-03")
	if d := b.do(late); d.Parts[0].Class != matter.Staff || d.Parts[0].Fields[procedure.LateProof] == "" {
		t.Errorf("proof lies in %v", d.Parts)
	}
	// A note on an earlier day does not bind, nor is it bound by, the course of the matter.
	b.do(b.try("message", filer, "message", "急"))
	accept := b.try("accept", chen, procedure.LateProof, "审批单")
	accept.Happened.Day = day("2026-03-04")
	if b.do(accept); b.st.Clocks["finish"].Anchor != day("2026-03-04") {
		t.Error("the clock does not count from the day it happened")
	}
}

// TestVoid: the state before the last entry stands again; numbers that were drawn stay drawn.
func TestVoid(t *testing.T) {
	b := newBench(t)
	b.do(b.report())
	before := b.st
	b.do(b.try("take", chen))
	if got := b.refused(b.try("correct", chen, "reason", "写错了")); got != procedure.SecondPerson {
		t.Errorf("by the same person: %s", got)
	}
	d := b.do(b.try("correct", zhou, "reason", "写错了"))
	if d.Kind != matter.KindVoid || d.Voids != 2 || len(b.st.Assigned) != 0 || b.st.Stage != before.Stage || b.st.Voided[2] != 3 {
		t.Errorf("stands at %+v", b.st)
	}
	b.do(b.try("take", chen))
	b.do(b.try("accept", chen))
	if got := b.refused(b.try("correct", zhou, "reason", "写错了")); got != procedure.CannotVoid {
		t.Errorf("after a document: %s", got)
	}
}

// TestMissingSnapshotIsAFault, not a refusal: office must load what an act reads.
func TestMissingSnapshotIsAFault(t *testing.T) {
	b := newBench(t)
	b.snap.Numbers = nil
	_, err := b.fire(b.report())
	var r *procedure.Refusal
	if err == nil || errors.As(err, &r) {
		t.Errorf("got %v", err)
	}
	if _, err := b.fire(b.try("dance", filer)); !errors.Is(err, procedure.ErrUnknownAct) {
		t.Errorf("got %v", err)
	}
}
