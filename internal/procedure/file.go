package procedure

import (
	"yifa/internal/matter"
)

// FileAct is the system's act that files the bytes of a paper. No procedure has to write it down.
const FileAct = "file_document"

var fileAct = &Act{Name: FileAct, Visible: "staff"}

// Circle is the class of those who read a paper, which follows from its addressee, and by whose parts it is filled:
// nothing stands on it that not all of them may read. One with no addressee in the matter is for staff.
func (p *Procedure) Circle(paper string) matter.Class {
	def := p.Documents.Get(paper)
	if def == nil || p.Roles.Get(def.Addressee) == nil {
		return matter.Staff
	}
	if p.Roles.Get(def.Addressee).Is == "filer" {
		return matter.Filer
	}
	return matter.Parties
}

// File enters the bytes of a paper. false: nothing is entered, because the entry made no paper, was taken back
// since, or its paper is filed already.
func (p *Procedure) File(st matter.State, made matter.Entry, filed matter.Filed, file matter.File) (Decision, bool) {
	a := p.PaperAct(made.Act)
	if _, voided := st.Voided[made.Seq]; a == nil || voided || st.Filed[made.Seq] != 0 {
		return Decision{}, false
	}
	filed.Of, filed.Name = made.Seq, a.Document
	return Decision{Procedure: p, Act: fileAct, Kind: matter.KindDocument, Cite: made.Cite, Delta: matter.Delta{Filed: &filed},
		Parts: []matter.Part{{Class: p.Circle(a.Document), Files: []matter.File{file}}}}, true
}

// PaperAct is the definition of an act that makes a paper, nil where there is none.
func (p *Procedure) PaperAct(name string) *Act {
	for _, a := range p.Acts(name) {
		if a.Document != "" {
			return a
		}
	}
	return nil
}

// DestroyAct is the system's act by which parts of a finished matter are destroyed. No procedure has to write it down.
const DestroyAct = "destroy_parts"

var destroyAct = &Act{Name: DestroyAct, Visible: "filer"}

// Destroy enters that parts of a matter are destroyed: which, by what list and certificate is given.
func (p *Procedure) Destroy(parts []string, given matter.Facts) Decision {
	return Decision{Procedure: p, Act: destroyAct, Kind: matter.KindDestroy, Cite: p.Retention.Cite, Given: given, Delta: matter.Delta{Destroys: parts}}
}
