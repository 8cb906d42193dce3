package procedure

import (
	"slices"

	"yifa/internal/matter"
)

// Hides reports whether an act of a name publishes, in any procedure, a text with what may tell who somebody is hidden.
func (l *Law) Hides(act string) bool {
	return slices.ContainsFunc(l.all, func(p *Procedure) bool {
		return slices.ContainsFunc(p.Acts(act), func(a *Act) bool { return len(p.Form(a).Hidden()) > 0 })
	})
}

// Hidden are the fields of a form that are answered with a text in which something is hidden.
func (f *Form) Hidden() []*Field {
	if f == nil {
		return nil
	}
	return slices.DeleteFunc(slices.Clone(f.Fields), func(x *Field) bool { return x.Hides == "" })
}

// hidesRight holds a field that publishes a text to what such a field may be.
func (f *Field) hidesRight(bad func(what, mend string)) {
	if f.Hides != "" && (f.Class != matter.Public || f.Type != "text" && f.Type != "longtext") {
		bad("hides is for a public text", "take hides out, or make it a text of class public")
	}
}
