package procedure_test

import (
	"errors"
	"reflect"
	"strings"
	"testing"

	"yifa/internal/matter"
	"yifa/internal/procedure"
)

// TestAnswers: what is typed is normalised, and each fault is named at its field.
func TestAnswers(t *testing.T) {
	for _, c := range []struct{ name, field, raw, want string }{
		{"trimmed and in one line end", "what", "  门\r\n坏了 ", "门\n坏了"},
		{"composed", "what", "cafe\u0301", "café"},
		{"only blanks", "what", " \n ", "!required"},
		{"twenty characters", "what", strings.Repeat("门", 20), strings.Repeat("门", 20)},
		{"one too many", "what", strings.Repeat("门", 21), "!too_long"},
		{"control character", "what", "门\x00坏", "!control_character"},
		{"turned writing", "what", "门\u202e坏", "!control_character"},
		{"not UTF-8", "what", "\xff\xfe", "!control_character"},
		{"script is text", "what", "<script>x</script>", "<script>x</script>"},
		{"option", "kind", "major", "major"},
		{"no option", "kind", "tiny", "!not_an_option"},
		{"day", "seen_on", "2026-02-28", "2026-02-28"},
		{"no such day", "seen_on", "2026-02-30", "!not_a_day"},
		{"day with hour", "seen_on", "2026-02-28T10:00", "!not_a_day"},
		{"tomorrow", "seen_on", "2026-03-03", "!future_day"},
		{"number", "cost", "300", "300"},
		{"no number", "cost", "三百", "!not_a_number"},
		{"half a number", "cost", "1.5", "!not_a_number"},
		{"organ", "organ", "north", "north"},
		{"no such organ", "organ", "south", "!unknown_organ"},
		{"division", "division", "440703", "440703"},
		{"no division", "division", "北区", "!unknown_division"},
		{"no field", "colour", "red", "!unknown_field"},
		{"yes", "urgent", "on", "!required"}, // then why_urgent is asked
	} {
		t.Run(c.name, func(t *testing.T) {
			b := newBench(t)
			b.snap.Organs["city"] = procedure.Organ{Key: "city", Kind: "office", Division: "440700", Short: "市"}
			try := b.report()
			try.Fields[c.field] = []string{c.raw}
			d, err := b.fire(try)
			var faults procedure.FieldErrors
			if errors.As(err, &faults) {
				if got := "!" + faults[0].Key; got != c.want {
					t.Fatalf("got %s, want %s", got, c.want)
				}
				if procedure.SayField(faults[0], "zh-Hans") == "" || strings.Contains(procedure.SayField(faults[0], "en"), "{") {
					t.Errorf("%v has no words", faults[0])
				}
				return
			}
			if err != nil {
				t.Fatal(err)
			}
			got := ""
			if len(d.Parts) > 0 {
				got = d.Parts[0].Fields[c.field]
			}
			if v, ok := d.Given[c.field]; ok {
				got = strings.TrimSpace(strings.Trim(reflect.ValueOf(v).String(), "<>"))
				if n, ok := v.(int64); ok && n == 300 {
					got = "300"
				}
			}
			if got != c.want {
				t.Errorf("got %q, want %q", got, c.want)
			}
		})
	}
}

// TestEveryFaultAtOnce: the filer mends all of it in one go, and the form's order is kept.
func TestEveryFaultAtOnce(t *testing.T) {
	b := newBench(t)
	_, err := b.fire(b.try("report", filer, "kind", "tiny", "seen_on", "x"))
	var got procedure.FieldErrors
	if !errors.As(err, &got) || got.Error() != "procedure: form: kind not_an_option, division required, seen_on not_a_day, what required" {
		t.Fatalf("got %v", err)
	}
	for i, want := range map[int]string{1: "请选择。", 3: "请填写这一项。"} {
		if said := procedure.SayField(got[i], "zh-Hans"); said != want {
			t.Errorf("%s: said %s, want %s", got[i].Field, said, want)
		}
	}
}

// TestQuestionsNotShownAreNotAnswered: what a hidden field carried is dropped, not stored.
func TestQuestionsNotShownAreNotAnswered(t *testing.T) {
	b := newBench(t)
	d := b.do(b.report("why_urgent", "漏水"))
	if _, ok := d.Parts[0].Fields["why_urgent"]; ok {
		t.Error("a hidden answer was stored")
	}
	b = newBench(t)
	d = b.do(b.report("urgent", "true", "why_urgent", "漏水"))
	if d.Parts[0].Fields["why_urgent"] != "漏水" || d.Given["urgent"] != true {
		t.Errorf("stored %v %v", d.Parts, d.Given)
	}
}

// TestFilesByClass: a clean copy lies with its field, an original is sealed; too many are refused.
func TestFilesByClass(t *testing.T) {
	b := newBench(t)
	try := b.report()
	try.Files = map[string][]matter.File{"photos": {{Name: "a.jpg", Clean: true}, {Name: "a.jpg"}}}
	d := b.do(try)
	if len(d.Parts) != 2 || d.Parts[0].Class != matter.Filer || len(d.Parts[0].Files) != 1 || d.Parts[1].Class != matter.Sealed {
		t.Errorf("parts are %+v", d.Parts)
	}
	b = newBench(t)
	try.Files["photos"] = make([]matter.File, 5)
	if _, err := b.fire(try); err == nil || !strings.Contains(err.Error(), "photos too_many") {
		t.Errorf("got %v", err)
	}
}
