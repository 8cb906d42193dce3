package office

import (
	"slices"

	"yifa/internal/division"
	"yifa/internal/i18n"
	"yifa/internal/procedure"
)

// This file is what a list may be narrowed by.

// choices offers the stages and organs to filter by: organs of the places where the reader holds posts,
// whether or not anything is known of them.
func (o *Office) choices(r Reader, v *ListView) error {
	if err := o.stageChoices(r, v); err != nil {
		return err
	}
	reg := o.register.Load()
	for _, key := range reg.order {
		if organ := reg.Organs[key]; slices.ContainsFunc(r.posts, func(p procedure.Post) bool {
			return division.Within(organ.Division, reg.Organs[p.Organ].Division)
		}) {
			v.Organs = append(v.Organs, OptionView{Value: key, Label: o.nameIn(r.Lang, organ.Name)})
		}
	}
	return nil
}

// stageChoices offers the stages of the procedures in which somebody of the reader's posts acts, those of complaints
// first, each under the name of its procedure. A stage of one name in two procedures is offered once and finds both.
func (o *Office) stageChoices(r Reader, v *ListView) error {
	first, err := o.law.Find(complaint, o.Today())
	if err != nil {
		return err
	}
	known := map[string]bool{}
	for _, p := range append([]*procedure.Procedure{first}, o.law.All()...) {
		if !r.actsIn(p) {
			continue
		}
		w := words{o, p, r.Lang}
		for _, name := range p.Stages.Names {
			if label, _ := w.stage(name); !known[name] {
				v.Stages = append(v.Stages, OptionView{Value: name, Label: label, Group: w.title()})
			}
			known[name] = true
		}
	}
	return nil
}

// actsIn says whether somebody of the reader's posts does anything in matters of a procedure.
func (r Reader) actsIn(p *procedure.Procedure) bool {
	return slices.ContainsFunc(p.Roles.Names, func(name string) bool {
		return slices.ContainsFunc(p.Roles.Get(name).Posts, r.Has)
	})
}

// claimed are the stages in which a matter is for somebody to claim: a register has no officer who handles it.
func (o *Office) claimed() []string {
	list := []string{"-"} // no stage is called so
	for _, p := range o.law.All() {
		for _, stage := range p.Stages.Names {
			if stage != HeldStage && !p.Stages.Get(stage).Final && slices.ContainsFunc(p.ActsIn(stage), func(a *procedure.Act) bool { return a.Name == actClaim }) {
				list = append(list, stage)
			}
		}
	}
	return list
}

// HeldStage is where reports stand that look as if sent in bulk, until somebody has looked (ptsd/225): they have a list of
// their own.
const HeldStage = "aside"

// actClaim is how matters of the pool are taken on.
const actClaim = "claim"

// organKey is the key of an organ that was chosen by its key or its name in any language; else what was typed.
func (o *Office) organKey(typed string) string {
	reg := o.register.Load()
	if reg == nil || typed == "" {
		return typed
	}
	if _, known := reg.Organs[typed]; known {
		return typed
	}
	for _, key := range reg.order {
		for _, l := range i18n.Langs {
			if o.nameIn(l, reg.Organs[key].Name) == typed {
				return key
			}
		}
	}
	return typed
}
