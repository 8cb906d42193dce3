package procedure_test

import (
	"strings"
	"testing"
	"testing/fstest"

	"yifa/internal/matter"
	"yifa/internal/procedure"
)

// TestEveryReasonHasWords in three languages, with nothing left to fill in.
func TestEveryReasonHasWords(t *testing.T) {
	b := newBench(t)
	for reason, args := range map[string]map[string]string{
		procedure.NotYourAct: nil, procedure.NotYourOrgan: nil, procedure.NotAssigned: nil, procedure.Recused: nil, procedure.SecondPerson: {"act": "take"},
		procedure.WrongStage: {"stage": "waiting"}, procedure.FutureDay: {"day": "2026-03-02"}, procedure.BeforeLastAct: {"day": "2026-03-02"},
		procedure.NeedsAct: {"act": "hear"}, procedure.NeedsPart: {"part": "repair.visit", "stage": "made"}, procedure.NotBeforeDay: {"day": "2026-03-02"},
		procedure.AlreadyDone: {"day": "2026-03-02"}, procedure.NotKnownYet: {"fact": "cost"}, procedure.NoHolder: nil,
		procedure.NoExtension: {"clock": "finish"}, procedure.NotRunning: {"clock": "finish"}, procedure.CannotVoid: {"why": "served"}, "too_late": nil,
	} {
		for _, lang := range []string{"zh-Hans", "zh-Hant", "en"} {
			what, mend := b.p.Say(&procedure.Refusal{Act: "accept", Reason: reason, Args: args}, lang)
			if what == "" || mend == "" || strings.ContainsAny(what+mend, "{}") {
				t.Errorf("%s in %s: %q %q", reason, lang, what, mend)
			}
		}
	}
	what, mend := b.p.Say(&procedure.Refusal{Act: "accept", Reason: procedure.WrongStage, Args: map[string]string{"stage": "waiting"}}, "zh-Hans")
	if what != "现在是“等补正”，这一步不在这个环节。" || mend != "可以在这些环节办理：已收到。" {
		t.Errorf("says %s %s", what, mend)
	}
}

// TestText: each language has its own text, and zh-Hans stands in where one is missing.
func TestText(t *testing.T) {
	b := newBench(t)
	for _, c := range []struct{ lang, path, want string }{
		{"zh-Hans", "title", "报修"}, {"zh-Hant", "title", "報修"}, {"en", "title", "Repair notice"},
		{"en", "acts.take.label", "认领"}, {"en", "acts.gone.label", ""},
	} {
		if got := b.p.Text(c.lang, c.path); got != c.want {
			t.Errorf("%s in %s is %q, want %q", c.path, c.lang, got, c.want)
		}
	}
}

// TestVersions: a matter opens under the version of its day; the hash leaves cases out.
func TestVersions(t *testing.T) {
	files := smallFS()
	l, _ := procedure.Load(files, nil)
	old, err := l.Procedure("repair.visit", day("2026-05-01"))
	if err != nil {
		t.Fatal(err)
	}
	const dir = "procedures/repair.visit/"
	for name, f := range files {
		if rest, ok := strings.CutPrefix(name, dir+"2026-01-01/"); ok {
			n := *f
			n.Data = []byte(strings.NewReplacer("version: 2026-01-01", "version: 2026-06-01", "opened_from: 2026-01-01", "opened_from: 2026-06-01").Replace(string(f.Data)))
			files[dir+"2026-06-01/"+rest] = &n
		}
	}
	files[dir+"2026-01-01/cases/more.txt"] = files[dir+"2026-01-01/cases/visit.txt"]
	l, faults := procedure.Load(files, nil)
	for _, f := range faults {
		t.Fatal(f)
	}
	for on, want := range map[string]string{"2026-05-31": "repair.visit@2026-01-01", "2026-06-01": "repair.visit@2026-06-01"} {
		if p, err := l.Procedure("repair.visit", day(on)); err != nil || p.Key() != want {
			t.Errorf("on %s: %v %v", on, p, err)
		}
	}
	if _, err := l.Procedure("repair.visit", day("2025-12-31")); err == nil || !strings.Contains(err.Error(), "no version in force on 2025-12-31") {
		t.Errorf("before the first: %v", err)
	}
	if _, err := l.Procedure("repair.roof", day("2026-06-01")); err == nil {
		t.Error("an unknown procedure was found")
	}
	if again, err := l.ByHash(old.Hash); err != nil || again.Key() != old.Key() {
		t.Errorf("a case changed the hash: %v", err)
	}
	files[dir+"2026-01-01/text.en.yaml"].Data = []byte("title: Look\n")
	l, _ = procedure.Load(files, nil)
	if _, err := l.ByHash(old.Hash); err == nil {
		t.Error("a changed text left the hash as it was")
	}
	files[procedure.LockFile] = &fstest.MapFile{Data: []byte("# published\n" + strings.Join(l.LockLines(), "\n") + "\n")}
	if _, faults = procedure.Load(files, nil); len(faults) > 0 {
		t.Errorf("what LockLines writes is refused: %v", faults)
	}
}

// TestCovers: a county covers its towns, the city its counties, the province the city.
func TestCovers(t *testing.T) {
	for _, c := range []struct {
		outer, inner string
		want         bool
	}{
		{"440703", "440703001", true}, {"440700", "440703", true}, {"440000", "440700", true}, {"440703", "440703", true},
		{"440703", "440704", false}, {"440703001", "440703", false}, {"440703001", "440703001002", true}, {"440703100", "440703101", false},
	} {
		if got := procedure.Covers(c.outer, c.inner); got != c.want {
			t.Errorf("%s covers %s: %v", c.outer, c.inner, got)
		}
	}
}

// BenchmarkFire is one staff act with a condition.
func BenchmarkFire(b *testing.B) {
	x := newBench(b)
	x.do(x.report())
	try := x.try("refuse", zhou, "reason", "不归我们管")
	for b.Loop() {
		if _, err := x.fire(try); err != nil {
			b.Fatal(err)
		}
	}
}

// TestChoices: open acts first, the likelier first; then the refused ones with their reason; what
// belongs to other stages or to the system comes last or not at all.
func TestChoices(t *testing.T) {
	b := newBench(t)
	b.do(b.report())
	var got []string
	for _, c := range b.p.Enabled(b.law, b.st, b.snap, chen) {
		reason := "open"
		if !c.Open {
			reason = c.Refusal.Reason
		}
		got = append(got, c.Act.Name+" "+reason)
	}
	want := "take open, name_officers open, accept not_assigned, refuse not_your_act, pass_on not_your_act, message not_assigned, correct cannot_void, " +
		"hand_to not_your_act, ask_supplement not_assigned, extend not_your_act, hear not_assigned, inspect not_assigned, decide not_your_act, supplement not_your_act, object not_your_act"
	if strings.Join(got, ", ") != want {
		t.Errorf("got  %s\nwant %s", strings.Join(got, ", "), want)
	}
	if c := b.p.Enabled(b.law, matter.State{}, b.snap, filer); len(c) != 1 || !c[0].Open || c[0].Act.Name != "report" {
		t.Errorf("to begin with: %v", c)
	}
}

// BenchmarkEnabled is a page that lists every act of a matter with 200 messages in it.
func BenchmarkEnabled(b *testing.B) {
	x := newBench(b)
	x.do(x.report())
	for range 200 {
		x.do(x.try("message", filer, "message", "急"))
	}
	for b.Loop() {
		x.p.Enabled(x.law, x.st, x.snap, chen)
	}
}
