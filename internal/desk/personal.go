package desk

import (
	"errors"
	"net/http"
	"strings"

	"yifa/internal/access"
	"yifa/internal/matter"
	"yifa/internal/office"
	"yifa/internal/web"
)

// identityView is who filed a report: masked, until a purpose is given.
type identityView struct {
	Path   string // of the matter
	Fields []office.PartyField
	Whole  bool
	Why    web.Field
}

// identity serves POST /desk/matters/{id}/identity: it is no GET, for each time is a line of the read log.
func (d *Desk) identity(v visit) error {
	id, err := matter.ParseID(v.PathValue("id"))
	if err != nil {
		return web.NotFound
	}
	why := v.PostForm.Get("why")
	fields, err := d.Office.Identity(v.Context(), v.reader, id, why)
	if err != nil {
		return missing(err)
	}
	out := identityView{Path: matterPath(id), Fields: fields, Why: v.purposes("")}
	for _, p := range office.Purposes {
		out.Whole = out.Whole || p == why
	}
	web.Secret(v.w)
	return v.show(page{title: v.t("desk.identity"), nav: "/desk/matters", content: identityPage(out)})
}

// purposes asks what personal data is read for.
func (v visit) purposes(value string) web.Field {
	f := web.Field{Kind: web.Radios, Name: "why", Label: v.t("personal.why"), Hint: v.t("personal.why_hint"), Value: value}
	for _, p := range office.Purposes {
		f.Options = append(f.Options, web.Option{Value: p, Label: v.t("personal.for." + p)})
	}
	return f
}

// findView is the page that finds matters by a number.
type findView struct {
	Fields []web.Field
	Asked  bool
	Found  []web.Task
}

// find serves GET /desk/find.
func (d *Desk) find(v visit) error {
	if !v.reader.May(access.Finding) {
		return web.NotFound
	}
	return v.showFind(http.StatusOK, findView{Fields: v.findFields("", "")})
}

func (v visit) findFields(value, why string) []web.Field {
	return []web.Field{{Kind: web.TextField, Name: "number", Label: v.t("personal.number"), Hint: v.t("personal.number_hint"), Value: value, Autocomplete: "off"}, v.purposes(why)}
}

func (v visit) showFind(status int, f findView) error {
	return v.show(page{status: status, title: v.t("personal.find"), nav: "/desk/find", content: findPage(f)})
}

// findPerson serves POST /desk/find: the number stands in no address and no log of addresses.
func (d *Desk) findPerson(v visit) error {
	if !v.reader.May(access.Finding) {
		return web.NotFound
	}
	number, why := strings.TrimSpace(v.PostForm.Get("number")), v.PostForm.Get("why")
	web.Secret(v.w)
	out := findView{Fields: v.findFields(number, why)}
	found, err := d.Office.FindPerson(v.Context(), v.reader, number, why)
	var bad office.BadFields
	if errors.As(err, &bad) {
		for i, f := range out.Fields {
			out.Fields[i].Error = bad[f.Name]
		}
		return v.showFind(http.StatusUnprocessableEntity, out)
	}
	if err != nil {
		return missing(err)
	}
	out.Asked = true
	for _, b := range found {
		out.Found = append(out.Found, taskOf(v.Context(), b, d.Office.Today()))
	}
	return v.showFind(http.StatusOK, out)
}

// readsView is the log of readings.
type readsView struct {
	Rows  []office.ReadView
	Organ bool // those of an organ too
	Texts bool // of what filers wrote, not of who they are
}

// reads serves GET /desk/reads.
func (d *Desk) reads(v visit) error {
	texts := v.URL.Query().Get("of") == "texts"
	rows, err := d.Office.Reads(v.Context(), v.reader, texts)
	if err != nil {
		return missing(err)
	}
	return v.show(page{title: v.t("personal.reads"), nav: v.URL.Path, content: readsPage(readsView{rows, v.reader.May(access.Audit), texts})})
}
