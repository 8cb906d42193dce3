package desk

import (
	"yifa/internal/i18n"
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
		if !x.Dated.IsZero() {
			p.Meta = append(p.Meta, v.t("existing.dated", "day", i18n.DateYear(v.lang(), x.Dated)))
		}
		if x.Pages > 0 {
			p.Meta = append(p.Meta, v.t("existing.pages", "n", x.Pages))
		}
		p.Meta = append(p.Meta, v.t("existing.taken", "day", i18n.DateYear(v.lang(), x.Taken), "by", x.By))
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
