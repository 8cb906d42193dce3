package portal

import (
	"yifa/internal/door"
	"yifa/internal/office"
	"yifa/internal/web"
)

// remedyView is another way that is open.
type remedyView struct {
	office.Remedy
	Cites []web.Cite
	Why   []web.WhyLine
}

func remediesOf(all []office.Remedy) []remedyView {
	var out []remedyView
	for _, r := range all {
		v := remedyView{Remedy: r, Why: door.Why(r.Why)}
		for _, c := range r.Cites {
			v.Cites = append(v.Cites, door.Cite(c))
		}
		out = append(out, v)
	}
	return out
}
