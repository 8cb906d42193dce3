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
	if def != nil && def.Catalogue {
		return matter.Parties
	}
	if def == nil || p.Roles.Get(def.Addressee) == nil {
		return matter.Staff
	}
	if p.Roles.Get(def.Addressee).Is == "filer" {
		return matter.Filer
	}
	return matter.Parties
}

// CircleIn is the class of those who read a paper of a matter: one of the catalogue that stays inside is for staff.
func (p *Procedure) CircleIn(l *Law, st matter.State, paper string) matter.Class {
	if def := p.Documents.Get(paper); def != nil && def.Catalogue {
		if kind, ok := p.PaperOf(l, st.Facts, st.Opened.Day); !ok || kind.Inside() {
			return matter.Staff
		}
	}
	return p.Circle(paper)
}

// Filing is a paper that is filed, and its bytes.
type Filing struct {
	Filed matter.Filed
	File  matter.File
}

// File enters the bytes of a paper. false: nothing is entered, because the entry made no paper, was taken back
// since, or its paper is filed already.
func (p *Procedure) File(l *Law, st matter.State, made matter.Entry, f Filing) (Decision, bool) {
	a := p.PaperAct(made.Act)
	if _, voided := st.Voided[made.Seq]; a == nil || voided || st.Filed[made.Seq] != 0 {
		return Decision{}, false
	}
	f.Filed.Of, f.Filed.Name = made.Seq, a.Document
	return Decision{Procedure: p, Act: fileAct, Kind: matter.KindDocument, Cite: made.Cite, Delta: matter.Delta{Filed: &f.Filed},
		Parts: []matter.Part{{Class: p.CircleIn(l, st, a.Document), Files: []matter.File{f.File}}}}, true
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
