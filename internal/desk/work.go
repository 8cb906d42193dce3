package desk

import (
	"errors"
	"net/http"

	"yifa/internal/door"
	"yifa/internal/office"
	"yifa/internal/web"
)

const (
	workPath  = "/desk/work"
	orderPath = "/desk/orders"
)

// handlers serves GET /desk/work: who handles how much, for those who give others their work.
func (d *Desk) handlers(v visit) error {
	view, err := d.Office.Handlers(v.Context(), v.reader)
	if err != nil {
		return missing(err)
	}
	return v.show(page{title: v.t("people.work"), nav: workPath, content: handlersPage(view)})
}

// workView is the page from which all that somebody handles is handed over.
type workView struct {
	office.WorkView
	Tasks  []web.Task
	Fields []web.Field
	Errors []web.FieldError
}

// work serves GET /desk/work/{person}.
func (d *Desk) work(v visit) error { return d.showWork(v, http.StatusOK, nil) }

func (d *Desk) showWork(v visit, status int, bad office.BadFields) error {
	view, err := d.Office.WorkPage(v.Context(), v.reader, v.PathValue("person"))
	if err != nil {
		return missing(err)
	}
	out := workView{WorkView: view}
	for _, b := range view.Rows {
		out.Tasks = append(out.Tasks, taskOf(v.Context(), b, d.Office.Today()))
	}
	to := web.Field{Kind: web.Checkboxes, Name: "to", Label: v.t("people.hand_to"), Hint: v.t("people.hand_to_hint"), Values: v.PostForm["to"], Error: bad["to"]}
	for _, x := range view.To {
		to.Options = append(to.Options, web.Option{Value: x.Value, Label: x.Label, Hint: x.Hint})
	}
	out.Fields = []web.Field{to, {Kind: web.AreaField, Name: "reason", Label: v.t("people.hand_reason"), Hint: v.t("people.hand_reason_hint"), Rows: 3, Max: 200,
		Value: door.Clean(v.PostForm.Get("reason")), Error: bad["reason"], Sees: web.SeenByStaff}}
	out.Errors = web.FieldErrors(out.Fields)
	return v.show(page{status: status, title: v.t("people.work_of", "name", view.Name), nav: workPath, content: workPage(out)})
}

// handOver serves POST /desk/work/{person}.
func (d *Desk) handOver(v visit) error {
	id, err := d.Office.HandOver(v.Context(), v.reader, v.PathValue("person"), v.PostForm["to"], door.Clean(v.PostForm.Get("reason")))
	var bad office.BadFields
	if errors.As(err, &bad) {
		return d.showWork(v, http.StatusBadRequest, bad)
	}
	if err != nil {
		return missing(err)
	}
	return v.redirect(orderPath + "/" + id)
}

// order serves GET /desk/orders/{order}: what came of many acts asked for at once.
func (d *Desk) order(v visit) error {
	view, err := d.Office.Order(v.Context(), v.reader, v.PathValue("order"))
	if err != nil {
		return missing(err)
	}
	nav := "/desk"
	switch view.Kind {
	case "copies":
		nav = "/desk/matters"
	case "hand_over":
	default:
		nav = organsPath
	}
	return v.show(page{title: v.t("people.order." + view.Kind), nav: nav, content: orderPage(view)})
}
