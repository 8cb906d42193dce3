package office

import (
	"fmt"
	"io/fs"
	"maps"
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

// CheckPapers reads the templates of all procedures, so that one which cannot be read, or names what nothing gives, is
// found before its first paper, and holds the order of volumes to them: each paper has a place. It never fills one.
func CheckPapers(l *procedure.Law, order document.Arrangement) []calendar.Fault {
	var faults []calendar.Fault
	for _, p := range l.All() {
		for _, name := range p.Documents.Names {
			if d := p.Documents.Get(name); d.Template != "" {
				faults = append(faults, checkTemplate(p, path.Join(p.Dir, d.Template), l.FS)...)
			}
		}
	}
	return append(faults, checkOrder(l, order)...)
}

// checkOrder holds the order of volumes to the procedures it names.
func checkOrder(l *procedure.Law, order document.Arrangement) []calendar.Fault {
	if len(order.Places) == 0 {
		return nil
	}
	known, placed := map[string]bool{}, map[string]int{} // procedures, their acts and facts; their papers, by how many places they have
	for _, p := range l.All() {
		known[p.ID] = true
		for _, a := range p.AllActs() {
			known[p.ID+"/"+a.Name] = true
		}
		for _, f := range p.Facts.Names {
			known[p.ID+"/"+f] = true
		}
		for _, name := range p.Documents.Names {
			if p.Documents.Get(name).Template != "" {
				placed[p.ID+"/"+name] = 0
			}
		}
	}
	var faults []calendar.Fault
	fault := func(what, mend string) {
		faults = append(faults, calendar.Fault{File: document.Folder + "/volume.yaml", What: what, Mend: mend})
	}
	need := func(name string) {
		if !known[name] {
			fault("there is no "+name, "write the id of a procedure, or one of its acts or facts")
		}
	}
	for _, place := range order.Places {
		for _, d := range place.Documents {
			if _, is := placed[d]; !is {
				fault("there is no paper "+d, "write PROCEDURE/DOCUMENT")
			}
			placed[d]++
		}
		for _, part := range place.Parts {
			need(part)
		}
	}
	for _, b := range order.Behind {
		for _, name := range append([]string{b.Paper}, b.Acts...) {
			need(b.Procedure + "/" + name)
		}
	}
	for _, name := range slices.Sorted(maps.Keys(placed)) {
		if placed[name] != 1 {
			fault("the paper "+name+" has no place, or two", "name it in the documents of one place")
		}
	}
	return faults
}

func checkTemplate(p *procedure.Procedure, file string, fsys fs.FS) []calendar.Fault {
	raw, err := fs.ReadFile(fsys, file)
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
