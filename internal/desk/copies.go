package desk

import (
	"errors"
	"net/http"
	"strings"

	"yifa/internal/door"
	"yifa/internal/matter"
	"yifa/internal/office"
	"yifa/internal/web"
)

// copiesList is the field of the list by which papers are drafted.
const copiesList = "list"

// copiesView is one decision for many parties.
type copiesView struct {
	office.PaperCopies
	Path   string
	Key    string
	List   web.Field
	Errors []web.FieldError
	Act    web.Field
}

// paperCopies serves GET /desk/matters/{id}/copies: the papers made alike, and how more are drafted by a list.
func (d *Desk) paperCopies(v visit) error { return d.showCopies(v, http.StatusOK, nil) }

// copyPaper serves POST /desk/matters/{id}/copies: drafts a paper for each party of a list.
func (d *Desk) copyPaper(v visit) error {
	id, err := matter.ParseID(v.PathValue("id"))
	if err != nil {
		return web.NotFound
	}
	order, err := d.Office.CopyPaper(v.Context(), v.reader, id, v.PostForm.Get(copiesList))
	var bad office.BadFields
	if errors.As(err, &bad) {
		return d.showCopies(v, http.StatusBadRequest, bad)
	}
	if err != nil {
		return missing(err)
	}
	return v.redirect(orderPath + "/" + order)
}

func (d *Desk) showCopies(v visit, status int, bad office.BadFields) error {
	id, err := matter.ParseID(v.PathValue("id"))
	if err != nil {
		return web.NotFound
	}
	view, err := d.Office.PaperCopies(v.Context(), v.reader, id)
	if err != nil {
		return missing(err)
	}
	out := copiesView{PaperCopies: view, Path: matterPath(id), Key: newKey()}
	out.List = web.Field{Kind: web.AreaField, Name: copiesList, Label: v.t("paper.copies_list"), Hint: v.t("paper.copies_hint", "columns", strings.Join(view.Columns, v.t("desk.list_sep"))), Rows: 10,
		Value: door.Clean(v.PostForm.Get(copiesList)), Error: bad[copiesList]}
	out.Errors = web.FieldErrors([]web.Field{out.List})
	out.Act = web.Field{Kind: web.Select, Name: "act", Label: v.t("paper.copies_act")}
	for _, a := range view.Acts {
		out.Act.Options = append(out.Act.Options, web.Option{Value: a.Value, Label: a.Label})
	}
	return v.show(page{status: status, title: v.t("paper.copies"), nav: "/desk/matters", content: copiesPage(out)})
}
