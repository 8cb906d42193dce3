package desk

import (
	"yifa/internal/access"
	"yifa/internal/i18n"
	"yifa/internal/office"
	"yifa/internal/web"
)

// rightsView is the matrix as far as it is the same for every procedure, and the procedures it goes on with.
type rightsView struct {
	Sees       []office.SeesView
	Rooms      []office.RoomView
	Procedures []office.OptionView
}

// rights serves GET /desk/rights.
func (d *Desk) rights(v visit) error {
	procedures, err := d.Office.RightsIn(v.reader)
	if err != nil {
		return missing(err)
	}
	out := rightsView{Sees: office.Sees(v.lang()), Rooms: office.Rooms(v.lang()), Procedures: procedures}
	return v.show(page{title: v.t("rights.title"), nav: "/desk/rights", content: rightsPage(out)})
}

// rightsOf serves GET /desk/rights/{procedure}.
func (d *Desk) rightsOf(v visit) error {
	out, err := d.Office.RightsOf(v.reader, v.PathValue("procedure"))
	if err != nil {
		return missing(err)
	}
	return v.show(page{title: out.Title, nav: "/desk/rights", content: rightsOfPage(out)})
}

// extent is the word for how much is read.
func extent(lang i18n.Lang, e access.Extent) string {
	switch e {
	case access.All:
		return i18n.T(lang, "rights.sees_all")
	case access.Own:
		return i18n.T(lang, "rights.sees_own")
	}
	return i18n.T(lang, "rights.sees_nothing")
}

// seesOf is the word for a class of readers.
func seesOf(v office.RightsTexts) web.SeenBy { return web.SeenBy(v.Class) }
