package office

import (
	"slices"

	"yifa/internal/i18n"
	"yifa/internal/procedure"
)

// This file says which persons a form offers.

// fillPersons offers the people of the holding organ where an act asks for one, and for officers
// everybody who holds a post in the organ complained of.
func (o *Office) fillPersons(d *dossier, fields []FieldView) {
	if d.w.p.Subject.Shard == "zero" {
		o.fillEverybody(d, fields)
		return
	}
	for i, f := range fields {
		organ, fits := d.st.Holder, func(p procedure.Post) bool { return d.colleague(p, f.Posts) }
		switch f.Type {
		case "person":
		case "officer":
			organ, fits = d.st.Facts.Text("complained_organ"), func(procedure.Post) bool { return true }
		default:
			continue
		}
		seen := map[string]bool{}
		for _, p := range d.snap.Posts {
			if (organ == "" || p.Organ == organ) && p.Holds(o.Today()) && !seen[p.Person] && fits(p) {
				seen[p.Person] = true
				fields[i].Options = append(fields[i].Options, OptionView{Value: p.Person, Label: o.nameOf(d.names, p.Person),
					Hint: i18n.T(d.r.Lang, "office.post_at", "organ", o.organName(d.r.Lang, p.Organ), "post", i18n.T(d.r.Lang, "office.post."+p.Role))})
			}
		}
	}
}

// fillItems offers the register items that are the holding organ's today.
func (d *dossier) fillItems(act *procedure.Act, fields []FieldView) {
	reg := d.o.register.Load()
	for i, f := range fields {
		if f.Type != "item" || reg == nil {
			continue
		}
		for _, item := range reg.itemsOf(d.w.p.Form(act).Field(f.Name).Of, d.st.Holder) {
			fields[i].Options = append(fields[i].Options, OptionView{Value: item.Key, Label: d.o.nameIn(d.r.Lang, item.Attrs.Text("name")), Hint: d.o.nameIn(d.r.Lang, item.Attrs.Text("place"))})
		}
	}
}

// fillEverybody offers all persons where a register asks for one, each with the posts of today.
func (o *Office) fillEverybody(d *dossier, fields []FieldView) {
	if !slices.ContainsFunc(fields, namesSomebody) {
		return
	}
	same := map[string]int{}
	for _, name := range d.names {
		same[name]++
	}
	held := map[string]string{}
	for _, p := range d.snap.Posts {
		if p.Holds(o.Today()) && held[p.Person] == "" {
			held[p.Person] = i18n.T(d.r.Lang, "office.post_at", "organ", o.organName(d.r.Lang, p.Organ), "post", i18n.T(d.r.Lang, "office.post."+p.Role))
		}
	}
	var all []OptionView
	for _, id := range sortedKeys(d.names) {
		one := OptionView{Value: id, Label: d.names[id], Hint: held[id]}
		if same[one.Label] > 1 {
			one.Label += " " + id
		}
		all = append(all, one)
	}
	for i, f := range fields {
		if namesSomebody(f) {
			fields[i].Options = all
		}
	}
}

// colleague says whether somebody of the organ may be named beside the reader: another person, in a
// post of the kinds asked, or one that could handle the matter, who is not kept away from it.
func (d *dossier) colleague(p procedure.Post, posts []string) bool {
	if handler := d.w.p.Roles.Get("handler"); len(posts) == 0 && handler != nil {
		posts = handler.Posts
	}
	barred := d.w.p.Barred(d.st.Facts)
	return p.Person != d.r.Person && barred[p.Person] == "" && barred[p.For] == "" && (len(posts) == 0 || slices.Contains(posts, p.Role))
}
