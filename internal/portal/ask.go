package portal

import (
	"context"
	"net/http"
	"strings"

	"yifa/internal/office"
	"yifa/internal/web"
)

// longList is from how many choices on a list is folded into a select.
const longList = 20

// ask lays out a field of a form of the law as a question of the page.
func ask(ctx context.Context, f office.FieldView) web.Field {
	q := web.Field{Kind: web.TextField, Name: f.Name, Label: f.Label, Hint: f.Hint, Error: f.Error, Max: f.Max, Autocomplete: "off"}
	if len(f.Value) > 0 {
		q.Value = f.Value[0]
	}
	for _, o := range f.Options {
		if f.Type == "division" && strings.HasSuffix(o.Value, "0000") {
			continue // a whole province (GB/T 2260): nothing happens there that happens in no town
		}
		q.Options = append(q.Options, web.Option{Value: o.Value, Label: o.Label, Hint: o.Hint})
	}
	switch f.Type {
	case "longtext":
		q.Kind, q.Rows = web.AreaField, 7
	case "choices":
		q.Kind, q.Values = web.Checkboxes, f.Value
	case "bool":
		q.Kind = web.Radios
		q.Options = []web.Option{{Value: "true", Label: web.T(ctx, "portal.answer_yes")}, {Value: "false", Label: web.T(ctx, "portal.answer_no")}}
	case "date", "moment":
		q.Kind = web.DateField
	case "number":
		q.InputMode, q.Width = "numeric", 10
	case "files":
		q.Kind, q.Multiple, q.Accept, q.Autocomplete = web.FileField, true, accept, ""
	case "choice", "organ", "officer", "person", "division", "matter":
		q.Kind = web.Radios
		if len(q.Options) >= longList {
			q.Kind = web.Select
			q.Options = append([]web.Option{{Label: web.T(ctx, "portal.pick")}}, q.Options...)
		}
	}
	if !f.Required && q.Kind != web.FileField && !strings.Contains(q.Label, web.T(ctx, "portal.optional")) {
		q.Label += web.T(ctx, "portal.optional")
	}
	return q
}

// accept tells the browser's file dialogue what can be sent; the office looks at the content itself.
const accept = "image/*,application/pdf,audio/*,video/*"

// askEach is ask for several fields, in the order of names; names the form does not have are left out.
func askEach(ctx context.Context, all map[string]office.FieldView, names []string) []web.Field {
	var list []web.Field
	for _, name := range names {
		if f, ok := all[name]; ok {
			list = append(list, ask(ctx, f))
		}
	}
	return list
}

// errorsOf is the summary of what is wrong: each line names its field and leads to it.
func errorsOf(ctx context.Context, all map[string]office.FieldView, names []string) []web.FieldError {
	var list []web.FieldError
	for _, name := range names {
		if f, ok := all[name]; ok && f.Error != "" {
			list = append(list, web.FieldError{Field: anchor(f), Text: f.Label + web.T(ctx, "web.colon") + f.Error})
		}
	}
	return list
}

// typed reads what a person put into fields of these types. Each field is named in the answer, also the empty ones, so
// that an answer taken back is taken back.
func typed(r *http.Request, fields map[string]string) map[string][]string {
	values := make(map[string][]string, len(fields))
	for name, kind := range fields {
		switch kind {
		case "files":
		case "date", "moment":
			_, text, _ := web.ReadDate(r, name) // what cannot be read goes on as typed: the office says so at the field
			values[name] = oneOf(text)
		case "choices":
			values[name] = append([]string{}, r.PostForm[name]...)
		default:
			values[name] = oneOf(clean(r.PostForm.Get(name)))
		}
	}
	return values
}

func oneOf(text string) []string {
	if text == "" {
		return []string{}
	}
	return []string{text}
}

// clean takes the line ends of forms back to plain ones and the space around a text away.
func clean(text string) string {
	return strings.TrimSpace(strings.ReplaceAll(strings.ToValidUTF8(text, ""), "\r\n", "\n"))
}
