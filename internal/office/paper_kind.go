package office

// paperKinds are all kinds of the catalogue in force, by title.
func (o *Office) paperKinds() []OptionView {
	var out []OptionView
	for _, k := range o.law.Papers() {
		if now, known := o.law.Paper(k.ID, o.Today()); known && now.From == k.From {
			out = append(out, OptionView{Value: k.ID, Label: k.Title})
		}
	}
	return out
}
