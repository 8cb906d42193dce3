package office

import (
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strings"

	"yifa/internal/calendar"
	"yifa/internal/document"
	"yifa/internal/procedure"
)

// givenFields are what documentField gives any template without being asked; those of ofClock are of a clock: {due:answer}.
var (
	givenFields = []string{"organ", "document_number", "matter_number", "title", "received", "day", "feedback"}
	ofClock     = []string{"due", "cite"}
)

// CheckTemplates reads the templates of all procedures, so that one which cannot be read, or names what nothing gives, is
// found before its first paper. It never fills one.
func CheckTemplates(l *procedure.Law) []calendar.Fault {
	var faults []calendar.Fault
	for _, p := range l.All() {
		for _, name := range p.Documents.Names {
			if d := p.Documents.Get(name); d.Template != "" {
				faults = append(faults, checkTemplate(l, p, path.Join(p.Dir, d.Template))...)
			}
		}
	}
	return faults
}

func checkTemplate(l *procedure.Law, p *procedure.Procedure, file string) []calendar.Fault {
	raw, err := fs.ReadFile(l.FS, file)
	if err != nil {
		return nil // the check of the procedure says so
	}
	t, err := document.Parse(string(raw))
	if err != nil {
		return []calendar.Fault{{File: file, What: strings.TrimPrefix(err.Error(), "document: "), Mend: "see internal/document.Template"}}
	}
	var faults []calendar.Fault
	for _, f := range t.Refs() {
		if givesField(p, fieldRef{f[0], f[1]}) {
			continue
		}
		field := f[0]
		if f[1] != "" {
			field += ":" + f[1]
		}
		before, _, _ := strings.Cut(string(raw), "{"+field+"}")
		faults = append(faults, calendar.Fault{File: file, Line: strings.Count(before, "\n") + 1, What: fmt.Sprintf("nothing gives the field {%s}", field),
			Mend: "name a field of a form, a fact, or {due:CLOCK}, {cite:CLOCK}, {term:ID}, {FIELD:ACT}"})
	}
	return faults
}

// givesField says whether something gives a field of a template in matters of the procedure.
func givesField(p *procedure.Procedure, f fieldRef) bool {
	switch {
	case f.name == "term": // held to the book by the check of the procedure
		return f.of != ""
	case slices.Contains(ofClock, f.name):
		return p.Clocks.Get(f.of) != nil
	case f.of != "":
		return slices.ContainsFunc(p.Acts(f.of), func(a *procedure.Act) bool {
			return f.name == "day" || p.Facts.Get(f.name) != nil || p.Form(a) != nil && p.Form(a).Field(f.name) != nil
		})
	}
	return slices.Contains(givenFields, f.name) || p.Facts.Get(f.name) != nil || len(p.Asking(f.name)) > 0
}
