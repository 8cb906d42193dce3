package desk

import (
	"net/http"
	"slices"
	"strings"

	"yifa/internal/door"
	"yifa/internal/office"
)

// askWording is the name of the buttons that write a suggested wording into a field: FIELD/WORDING.
const askWording = "wording"

func asksWording(v visit) bool { return v.PostForm.Get(askWording) != "" }

// showWording shows a form again as it was typed, with a wording after what stands in its field: nothing is overwritten.
func (d *Desk) showWording(v visit, a attempt) error {
	typed := door.Typed(v.Request, a.form.Fields)
	form, err := a.again(typed)
	if err != nil {
		return missing(err)
	}
	name, wording, _ := strings.Cut(v.PostForm.Get(askWording), "/")
	if i := slices.IndexFunc(form.Fields, func(f office.FieldView) bool { return f.Name == name }); i >= 0 {
		form.Fields[i] = form.Fields[i].With(wording)
	}
	f := formOf(v.Context(), form)
	f.Sent = true
	if f.Late != nil {
		v.lateAgain(&f, nil)
	}
	return d.showForm(v, http.StatusOK, form, f)
}
