package desk

import (
	"yifa/internal/calendar"
	"yifa/internal/matter"
	"yifa/internal/web"
)

// slipView is the slip a party is handed. It names neither her nor the paper: whoever finds it learns nothing.
type slipView struct {
	Back    string
	Address string
	QR      web.QR
	Until   calendar.Date
}

// slip serves POST /desk/matters/{id}/slip: makes a new link for the party, and ends the one there was.
func (d *Desk) slip(v visit) error {
	id, err := matter.ParseID(v.PathValue("id"))
	if err != nil {
		return web.NotFound
	}
	made, err := d.Office.LinkSlip(v.Context(), v.reader, id)
	if err != nil {
		return missing(err)
	}
	out := slipView{Back: matterPath(id), Address: d.origin(v.Request) + web.Href(v.lang(), made.Path), Until: calendar.On(made.Until)}
	if out.QR, err = web.NewQR(out.Address); err != nil {
		return err
	}
	web.Secret(v.w)
	return v.show(page{title: v.t("collect.slip_title"), nav: "/desk/matters", content: slipPage(out)})
}
