package office

import (
	"slices"

	"yifa/internal/matter"
	"yifa/internal/procedure"
)

// PaperWay is how to come to the signed paper that an act waits for.
type PaperWay struct {
	Kind  string // of the catalogue
	Title string
	Act   string    // that drafts one, in the same matter; empty: the reader cannot
	In    matter.ID // where one is being made; zero: none is
	Stage string    // how far that one is
}

// wayTo is the way to the paper for want of which an act is refused; nil where it is refused for something else.
func (d *dossier) wayTo(c procedure.Choice) *PaperWay {
	kind := c.Refusal.Args["kind"]
	if kind == "" || c.Refusal.Reason != procedure.NeedsPart {
		return nil
	}
	out := &PaperWay{Kind: kind, Title: c.Refusal.Args["paper"]}
	for _, l := range d.st.Links {
		st := d.snap.Linked[l.To]
		if p := d.o.procedureOf(st); l.Kind == "has_part" && p != nil && c.Act.Needs.Means(st) && !p.Stages.Get(st.Stage).Final {
			out.In = l.To
			out.Stage, _ = words{d.o, p, d.r.Lang}.stage(st.Stage)
		}
	}
	for _, other := range d.choices() {
		if other.Open && slices.ContainsFunc(other.Act.Opens, func(o *procedure.Opens) bool { return o.Procedure == c.Act.Needs.Part && o.Go }) {
			out.Act = other.Act.Name
		}
	}
	return out
}
