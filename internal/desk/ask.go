package desk

import (
	"context"
	"net/http"
	"regexp"
	"strings"

	"yifa/internal/office"
	"yifa/internal/web"
)

// longList is from how many choices on a list is searched by writing instead of read through.
const longList = 15

// moreRows is how many boxes a field shows that takes several from a long list.
const moreRows = 3

// question is a field of a form of the law as the page asks it. With a List it is written and found in the list;
// several boxes of the same name take several answers.
type question struct {
	web.Field
	List  []office.OptionView
	Boxes []string // what was typed into each box
	Show  string   // condition under which it is asked, for the script that folds it away meanwhile
}

func (q question) listID() string { return q.Name + "-list" }

// boxID is the id of one of the boxes; an error summary leads to the first.
func (q question) boxID(i int) string {
	if i == 0 {
		return q.Name
	}
	return q.Name + "-" + string(rune('1'+i))
}

// ask lays a field out. all is its form: a condition names other fields by their labels.
func ask(ctx context.Context, f office.FieldView, all []office.FieldView) question {
	q := question{Field: web.Field{Kind: web.TextField, Name: f.Name, Label: f.Label, Hint: f.Hint, Error: f.Error, Max: f.Max, Autocomplete: "off"}}
	if f.Class != "" && f.Class != "staff" {
		q.Sees = web.SeenBy(f.Class)
	}
	if len(f.Value) > 0 {
		q.Value = f.Value[0]
	}
	for _, o := range f.Options {
		q.Options = append(q.Options, web.Option{Value: o.Value, Label: o.Label, Hint: o.Hint})
	}
	switch f.Type {
	case "longtext":
		q.Kind, q.Rows = web.AreaField, 5
	case "choice":
		q.Kind = web.Radios
	case "choices":
		q.Kind, q.Values = web.Checkboxes, f.Value
	case "bool":
		q.Kind = web.Radios
		q.Options = []web.Option{{Value: "true", Label: web.T(ctx, "desk.yes")}, {Value: "false", Label: web.T(ctx, "desk.no")}}
	case "date":
		q.Kind = web.DateField
	case "moment":
		q.Type, q.Width = "datetime-local", 20
	case "number":
		q.InputMode, q.Width = "numeric", 10
	case "files":
		q.Kind, q.Multiple, q.Accept, q.Autocomplete = web.FileField, true, accept, ""
	case "organ", "officer", "person", "division", "matter":
		q = searched(q, f)
	}
	if f.Show != "" {
		q.Show = f.Show
		q.Hint = strings.TrimSpace(condition(ctx, f.Show, all) + q.Hint)
	}
	if !f.Required && !strings.HasSuffix(q.Label, web.T(ctx, "desk.optional")) {
		q.Label += web.T(ctx, "desk.optional")
	}
	return q
}

// searched makes a choice among things of the registers: read through when short, written and found when long.
func searched(q question, f office.FieldView) question {
	switch {
	case len(f.Options) == 0:
	case len(f.Options) < longList && f.Many:
		q.Kind, q.Values = web.Checkboxes, f.Value
	case len(f.Options) < longList:
		q.Kind = web.Radios
	default:
		q.List, q.Options = f.Options, nil
		q.Boxes = []string{""}
		if f.Many {
			q.Boxes = make([]string, moreRows)
		}
		for i, value := range f.Value {
			if i < len(q.Boxes) {
				q.Boxes[i] = labelOf(f.Options, value)
			}
		}
	}
	return q
}

// labelOf is the label of a value, or what was typed instead of one.
func labelOf(options []office.OptionView, value string) string {
	for _, o := range options {
		if o.Value == value {
			return o.Label
		}
	}
	return value
}

// valueOf finds what was written in a list: by its value, its label, or a part of one label alone. What is not found
// goes on as it was written: the law says so at the field.
func valueOf(options []office.OptionView, typed string) string {
	var found []string
	for _, o := range options {
		if o.Value == typed || o.Label == typed {
			return o.Value
		}
		if typed != "" && strings.Contains(o.Label, typed) {
			found = append(found, o.Value)
		}
	}
	if len(found) == 1 {
		return found[0]
	}
	return typed
}

// accept tells the browser's file dialogue what can be sent; the office looks at the content itself.
const accept = "image/*,application/pdf,audio/*,video/*"

var (
	equals = regexp.MustCompile(`^([a-z_0-9]+) == '([^']*)'$`)
	bare   = regexp.MustCompile(`^[a-z_0-9]+$`)
)

// condition words when a field is asked: 只有“来件人留姓名吗”选“留姓名”时填写. An expression it cannot read is not worded;
// the answer is then judged, as always, by the law.
func condition(ctx context.Context, show string, all []office.FieldView) string {
	var field office.FieldView
	var labels []string
	for _, part := range strings.Split(show, " || ") {
		name, value := part, "true"
		if m := equals.FindStringSubmatch(part); m != nil {
			name, value = m[1], m[2]
		} else if !bare.MatchString(part) {
			return ""
		}
		for _, f := range all {
			if f.Name == name {
				field = f
			}
		}
		label := labelOf(field.Options, value)
		if field.Type == "bool" {
			label = web.T(ctx, "desk.yes")
		}
		labels = append(labels, label)
	}
	if field.Name == "" {
		return ""
	}
	return web.T(ctx, "desk.only_if", "field", field.Label, "value", strings.Join(labels, web.T(ctx, "desk.or")))
}

// typed reads what a person put into the fields of a form. Each field is named in the answer, also the empty ones.
func typed(r *http.Request, fields []office.FieldView) map[string][]string {
	values := make(map[string][]string, len(fields))
	for _, f := range fields {
		switch {
		case f.Type == "files":
		case f.Type == "date":
			_, text, _ := web.ReadDate(r, f.Name) // what cannot be read goes on as typed: the office says so at the field
			values[f.Name] = oneOf(text)
		case f.Type == "choices" || f.Many:
			values[f.Name] = []string{}
			for _, one := range r.PostForm[f.Name] {
				if one = clean(one); one != "" {
					values[f.Name] = append(values[f.Name], valueOf(f.Options, one))
				}
			}
		case len(f.Options) > 0 && f.Type != "choice":
			values[f.Name] = oneOf(valueOf(f.Options, clean(r.PostForm.Get(f.Name))))
		default:
			values[f.Name] = oneOf(clean(r.PostForm.Get(f.Name)))
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
