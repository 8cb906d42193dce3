package procedure

import (
	"slices"
	"strings"

	"yifa/internal/matter"
)

// This file is about fields that have to be answered in one way, or a text beside them says why not, and about those that
// nobody is asked.

// Nameless reports whether an act of a name asks, in any procedure, for a text in which nobody should be recognised.
func (l *Law) Nameless(act string) bool {
	return slices.ContainsFunc(l.all, func(p *Procedure) bool {
		return slices.ContainsFunc(p.Acts(act), func(a *Act) bool { return len(p.Form(a).NamelessTexts()) > 0 })
	})
}

// NamelessTexts are the fields of a form in which nobody should be recognised.
func (f *Form) NamelessTexts() []*Field {
	if f == nil {
		return nil
	}
	return slices.DeleteFunc(slices.Clone(f.Fields), func(x *Field) bool { return x.Nameless == "" })
}

// unaskedRight holds a field that nobody is asked to what the office can answer itself: what is clear, what it makes, and
// what another organ calls the same thing.
func (f *Form) unaskedRight(x *Field, bad func(what, mend string)) {
	if x.Unasked && x.Class != Clear && !f.made(x) && x.Personal != "handed_number" {
		bad("unasked does not go with class "+string(x.Class), "what the office answers itself is clear; a text is asked for")
	}
}

// whyNot holds a field that another one excuses to what the two may be.
func (f *Form) whyNot(x *Field, bad func(what, mend string)) {
	if x.All != "" && (x.Type != "choices" || x.Required || !f.saysWhy(x.All)) {
		bad("all is for choices that need not be answered, and names a text for staff that need not be", "name such a field of the form, or take all out")
	}
	if x.Nameless != "" && (x.Type != "text" && x.Type != "longtext" || x.Class == matter.Sealed || !f.saysWhy(x.Nameless)) {
		bad("nameless is for a text that is not sealed, and names a text for staff that need not be answered", "name such a field of the form, or take nameless out")
	}
}

func (f *Form) saysWhy(name string) bool {
	x := f.Field(name)
	return x != nil && (x.Type == "text" || x.Type == "longtext") && x.Class == matter.Staff && !x.Required && !x.Handed
}

// unchecked says whether of a list that was to be chosen whole something was not, and nothing says why.
func (f *Field) unchecked(chosen []string, try Attempt) bool {
	return f.All != "" && len(chosen) < len(f.Options) && strings.TrimSpace(strings.Join(try.Fields[f.All], "")) == ""
}
