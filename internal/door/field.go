package door

import (
	"context"
	"net/http"
	"strings"

	"yifa/internal/i18n"
	"yifa/internal/office"
	"yifa/internal/web"
)

// accept tells the browser's file dialogue what can be sent; the office looks at the content itself.
const accept = "image/*,application/pdf,audio/*,video/*"

// Field is a field of a form of the law as a page asks it. Choices among things of the registers (organs, people,
// places, matters) are left to the door: their lists are long, and the public reads them otherwise than staff.
func Field(ctx context.Context, f office.FieldView) web.Field {
	q := web.Field{Kind: web.TextField, Name: f.Name, Label: f.Label, Hint: f.Hint, Error: f.Error, Max: f.Max, Autocomplete: "off"}
	if len(f.Value) > 0 {
		q.Value = f.Value[0]
	}
	for _, o := range f.Options {
		q.Options = append(q.Options, web.Option{Value: o.Value, Label: o.Label, Hint: o.Hint})
	}
	switch f.Type {
	case "longtext":
		q.Kind, q.Rows = web.AreaField, 5
	case "holidays", "rows":
		q.Kind, q.Rows, q.Max = web.AreaField, 10, 0
	case "url":
		q.InputMode = "url"
	case "choice":
		q.Kind = web.Radios
	case "choices":
		q.Kind, q.Values = web.Checkboxes, f.Value
	case "bool":
		q.Kind = web.Radios
		q.Options = []web.Option{{Value: "true", Label: web.T(ctx, "web.yes")}, {Value: "false", Label: web.T(ctx, "web.no")}}
	case "date":
		q.Kind = web.DateField
	case "moment":
		q.Type, q.Width = "datetime-local", 20
	case "number":
		q.InputMode, q.Width = "numeric", 10
	case "files":
		q.Kind, q.Multiple, q.Accept, q.Autocomplete = web.FileField, true, accept, ""
	}
	if optional := web.T(ctx, "web.optional"); !f.Required && !strings.Contains(q.Label, optional) {
		q.Label += optional
	}
	return q
}

// FromRegister tells whether a field is answered with something the registers hold.
func FromRegister(f office.FieldView) bool {
	switch f.Type {
	case "organ", "officer", "person", "division", "matter", "item":
		return true
	}
	return false
}

// Errors is the summary of what is wrong: each line names its field and leads to it.
func Errors(ctx context.Context, fields []office.FieldView) []web.FieldError {
	var list []web.FieldError
	for _, f := range fields {
		if f.Error != "" {
			list = append(list, web.FieldError{Field: Anchor(f), Text: i18n.Labelled(i18n.From(ctx), f.Label, f.Error)})
		}
	}
	return list
}

// Anchor is the id on its page where a field begins.
func Anchor(f office.FieldView) string {
	if f.Type == "date" {
		return f.Name + "-y"
	}
	return f.Name
}

// Typed reads what a person put into the fields of a form. Each field is named in the answer, also the empty ones, so
// that an answer taken back is taken back.
func Typed(r *http.Request, fields []office.FieldView) map[string][]string {
	values := make(map[string][]string, len(fields))
	for _, f := range fields {
		switch {
		case f.Type == "files":
		case f.Type == "cover":
			values[f.Name] = given(coverOf(r, f.Name))
		case f.Type == "date":
			_, text, _ := web.ReadDate(r, f.Name) // what cannot be read goes on as typed: the office says so at the field
			values[f.Name] = given(text)
		case f.Type == "choices" || f.Many:
			values[f.Name] = []string{}
			for _, one := range r.PostForm[f.Name] {
				values[f.Name] = append(values[f.Name], given(found(f.Options, Clean(one)))...)
			}
		case FromRegister(f):
			values[f.Name] = given(found(f.Options, Clean(r.PostForm.Get(f.Name))))
		default:
			values[f.Name] = given(Clean(r.PostForm.Get(f.Name)))
		}
	}
	return values
}

// found finds what was written in a list: by its value, its label, or a part of one label alone. What is not found
// goes on as it was written: the law says so at the field.
func found(options []office.OptionView, typed string) string {
	var hits []string
	for _, o := range options {
		if o.Value == typed || o.Label == typed {
			return o.Value
		}
		if typed != "" && strings.Contains(o.Label, typed) {
			hits = append(hits, o.Value)
		}
	}
	if len(hits) == 1 {
		return hits[0]
	}
	return typed
}

// given is an answer as the office takes it: nothing where nothing was written.
func given(text string) []string {
	if text == "" {
		return []string{}
	}
	return []string{text}
}

// Clean takes the line ends of forms back to plain ones and the space around a text away.
func Clean(text string) string {
	return strings.TrimSpace(strings.ReplaceAll(strings.ToValidUTF8(text, ""), "\r\n", "\n"))
}
