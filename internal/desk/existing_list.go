package desk

import (
	"yifa/internal/calendar"
	"yifa/internal/matter"
	"yifa/internal/office"
	"yifa/internal/web"
)

// readShown is up to how many papers the text that was read of each stands in the page of their matter.
const readShown = 20

// existingPaper is a paper taken in, in the list of its matter.
type existingPaper struct {
	Title, Path string
	Meta        []string
	By          string
	Dated, Day  calendar.Date // it bears, zero: none; taken in on
	Sees        web.SeenBy
	Read        string
}

// existingList lays out the papers that a matter took in.
func (v visit) existingList(id matter.ID, list []office.ExistingView) []existingPaper {
	var out []existingPaper
	for _, x := range list {
		p := existingPaper{Title: x.Title, Sees: web.SeenBy(x.Class)}
		if x.No > 0 {
			p.Meta = append(p.Meta, v.t("existing.no", "n", x.No))
		}
		p.Meta = append(p.Meta, x.Sort, x.Number, x.Maker)
		if x.Pages > 0 {
			p.Meta = append(p.Meta, v.t("existing.pages", "n", x.Pages))
		}
		p.By, p.Dated, p.Day = x.By, x.Dated, x.Taken
		if x.Gone != "" {
			p.Title, p.Meta = x.Gone, nil
		}
		for _, f := range x.Files {
			file := fileOf(v.Context(), id, f)
			if f.Openable {
				p.Path = file.Path
				break
			}
			p.Meta = append(p.Meta, file.Meta...)
		}
		if len(list) <= readShown {
			p.Read = x.Read
		}
		out = append(out, p)
	}
	return out
}
