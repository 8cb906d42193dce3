package procedure

import (
	"maps"
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"yifa/internal/matter"
)

// A field of type filling asks whatever the paper at hand needs filled in. Its answers come and are kept one by one, as
// texts of its class named FIELD.NAME.

// mostFilled is how many answers a paper may have.
const mostFilled = 200

var filledName = regexp.MustCompile(`^[a-z][a-z_0-9]{0,79}$`)

// fills says whether an answer belongs to a field of type filling.
func (f *Form) fills(name string) bool {
	of, part, ok := strings.Cut(name, ".")
	x := f.Field(of)
	return ok && x != nil && x.Type == "filling" && filledName.MatchString(part)
}

// Filled are the answers to a field of type filling among texts or answers, by name of what is filled in.
func Filled[T any](field string, texts map[string]T) map[string]T {
	out := map[string]T{}
	for name, v := range texts {
		if part, ok := strings.CutPrefix(name, field+"."); ok {
			out[part] = v
		}
	}
	return out
}

// filling reads what a paper is filled with, and holds it to what the paper cannot be issued without where it is required.
func (s *scene) filling(f *Field, try Attempt, out *answers) {
	filled := map[string]string{}
	if f.Takes != "" {
		if s.snap.Standing != nil {
			filled = s.snap.Standing(f.Takes)
		}
	} else {
		filled = s.typed(f, try, out)
	}
	for _, name := range slices.Sorted(maps.Keys(filled)) {
		out.text(f.Class, f.Name+"."+name, filled[name])
	}
	if !f.Required {
		return
	}
	kind := first(s.list(s.p.PaperFact()))
	if len(filled) == 0 {
		out.fault(f.Name, "required", nil)
	}
	if s.snap.Lacks == nil {
		return
	}
	for _, x := range s.snap.Lacks(kind, s.on, filled) {
		key := "paper_needs"
		switch {
		case x.Given:
			key = "paper_needs_given"
		case x.Unsaid:
			key = "paper_leaves_out"
		}
		out.fault(f.Name+"."+x.Field, key, map[string]string{"label": x.Label, "cite": x.Cite})
	}
}

// typed are the answers somebody typed.
func (s *scene) typed(f *Field, try Attempt, out *answers) map[string]string {
	filled := map[string]string{}
	for name, values := range Filled(f.Name, try.Fields) {
		v, bad := clean(strings.Join(values, "\n"), true)
		switch {
		case bad:
			out.fault(f.Name+"."+name, "control_character", nil)
		case utf8.RuneCountInString(v) > f.most():
			out.fault(f.Name+"."+name, "too_long", tooLong(v, f.most()))
		case len(filled) == mostFilled:
			out.fault(f.Name, "too_many", map[string]string{"max": "200"})
			return filled
		case v != "":
			filled[name] = v
		}
	}
	return filled
}

// ofPaper is what the catalogue says of the paper a matter is about, as a fact.
func (s *scene) ofPaper(what string, set matter.Facts) any {
	fact := s.p.PaperFact()
	id := first(matter.Facts{"x": set[fact]}.List("x"))
	if id == "" {
		id = first(s.list(fact))
	}
	kind, ok := s.l.Paper(id, s.on)
	switch {
	case !ok:
		return nil
	case what == "reader":
		return kind.Reader
	case what == "signs":
		return kind.Signs
	}
	return kind.Checks != ""
}
