package desk

import (
	"context"
	"regexp"
	"strings"

	"yifa/internal/door"
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
	Wordings []office.WordingView
	List     []office.OptionView
	Boxes    []string   // what was typed into each box
	Cover    *coverView // what of a file is painted over
	Show     string     // condition under which it is asked, for the script that folds it away meanwhile
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
	q := question{Field: door.Field(ctx, f), Wordings: f.Wordings}
	if f.Class != "" && f.Class != "staff" {
		q.Sees = web.SeenBy(f.Class)
	}
	if door.FromRegister(f) {
		q = searched(q, f)
	}
	if f.Show != "" {
		q.Show = f.Show
		q.Hint = strings.TrimSpace(condition(ctx, f.Show, all) + q.Hint)
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
			label = web.T(ctx, "web.yes")
		}
		labels = append(labels, label)
	}
	if field.Name == "" {
		return ""
	}
	return web.T(ctx, "desk.only_if", "field", field.Label, "value", strings.Join(labels, web.T(ctx, "desk.or")))
}
