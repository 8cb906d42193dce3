package web

import (
	"fmt"
	"net/http"
	"strings"

	"github.com/a-h/templ"

	"yifa/internal/calendar"
)

// Kind is how a field is asked.
type Kind string

// The kinds of field.
const (
	TextField  Kind = "text"
	AreaField  Kind = "textarea"
	Radios     Kind = "radios"
	Checkboxes Kind = "checkboxes"
	Select     Kind = "select"
	DateField  Kind = "date"
	FileField  Kind = "file"
	Hidden     Kind = "hidden"
)

// Option is one choice. Divider sets 或者 before it.
type Option struct {
	Value, Label, Hint string
	Divider            bool
	Group              string // of a select: the heading it stands under; options of one group stand together
}

// optionGroup is options of a select that stand together; those without a heading come as they are.
type optionGroup struct {
	Label   string
	Options []Option
}

func (f Field) groups() []optionGroup {
	var list []optionGroup
	for _, o := range f.Options {
		if n := len(list); n == 0 || list[n-1].Label != o.Group {
			list = append(list, optionGroup{Label: o.Group})
		}
		list[len(list)-1].Options = append(list[len(list)-1].Options, o)
	}
	return list
}

// Field is one question of a form, with what was typed and what is wrong with it.
type Field struct {
	Kind    Kind
	Name    string // name of the form value; the id is the same
	Label   string
	Hint    string
	Error   string
	Value   string   // what was typed; a date as YYYY-MM-DD or as typed parts "y/m/d"
	Values  []string // Checkboxes: what was ticked
	Options []Option // of a text field: what is offered while it is typed
	Heading bool     // the label is the h1 of the page: one question a page
	Large   bool     // the label is set like an h2

	Type         string // of a text field: text (default), search, tel, email, time, password
	InputMode    string
	Autocomplete string
	Accept       string   // of a file field
	Uploads      *Uploads // of a file field: how files come piece by piece; nil: they come with the form only
	Multiple     bool
	Rows         int
	Max          int // characters; shows a counter where there is JavaScript
	Width        int // in characters: 2, 4, 10, 20; 0 is full
	Sees         SeenBy
	Code         bool // a receipt code: filled from the address's fragment, never kept in the browser
}

// HintOf ties the hint of an option, whose id ends in -means, to it, so that both are heard in one breath; without a hint
// there is nothing to tie.
func HintOf(hint, id string) templ.Attributes {
	if hint == "" {
		return nil
	}
	return templ.Attributes{"aria-describedby": id + "-means"}
}

func (f Field) listID() string { return f.Name + "-list" }

func (f Field) describedBy() string {
	var ids []string
	if f.Hint != "" {
		ids = append(ids, f.Name+"-hint")
	}
	if f.Error != "" {
		ids = append(ids, f.Name+"-error")
	}
	return strings.Join(ids, " ")
}

func (f Field) inputType() string {
	if f.Type == "" {
		return "text"
	}
	return f.Type
}

func (f Field) rows() string {
	if f.Rows == 0 {
		return "4"
	}
	return itoa(f.Rows)
}

func (f Field) optionID(i int) string {
	if i == 0 {
		return f.Name // so that an error summary's link lands on the first choice
	}
	return f.Name + "-" + itoa(i+1)
}

func (f Field) chosen(value string) bool {
	if f.Kind != Checkboxes {
		return f.Value == value
	}
	for _, v := range f.Values {
		if v == value {
			return true
		}
	}
	return false
}

func (f Field) labelClass() string {
	switch {
	case f.Heading:
		return "govuk-label govuk-label--xl"
	case f.Large:
		return "govuk-label govuk-label--l"
	}
	return "govuk-label"
}

func (f Field) inputClass() string {
	if f.Width > 0 {
		return "govuk-input govuk-input--width-" + itoa(f.Width)
	}
	return "govuk-input"
}

// dateParts are the three boxes of a date as they were typed.
func (f Field) dateParts() [3]string {
	var parts [3]string
	sep := "-"
	if strings.Contains(f.Value, "/") {
		sep = "/"
	}
	for i, p := range strings.SplitN(f.Value, sep, 3) {
		parts[i] = p
	}
	if sep == "-" {
		parts[1], parts[2] = strings.TrimPrefix(parts[1], "0"), strings.TrimPrefix(parts[2], "0")
	}
	return parts
}

// FieldError is one line of an error summary; Field is the name of the field it leads to, empty for the whole form.
type FieldError struct{ Field, Text string }

// FieldErrors collects what is wrong from the fields of a form, in their order.
func FieldErrors(fields []Field) []FieldError {
	var errs []FieldError
	for _, f := range fields {
		if f.Error != "" {
			errs = append(errs, FieldError{f.firstID(), f.Error})
		}
	}
	return errs
}

func (f Field) firstID() string {
	if f.Kind == DateField {
		return f.Name + "-y"
	}
	return f.Name
}

// ReadDate reads the three boxes of a date field. typed is what to give back as Field.Value when err is not nil;
// three empty boxes are the zero day and no error.
func ReadDate(r *http.Request, name string) (d calendar.Date, typed string, err error) {
	y, m, day := box(r, name+"-y"), box(r, name+"-m"), box(r, name+"-d")
	if y == "" && m == "" && day == "" {
		return 0, "", nil
	}
	typed = y + "/" + m + "/" + day
	d, err = calendar.Parse(fmt.Sprintf("%04s-%02s-%02s", y, m, day))
	if err != nil {
		return 0, typed, err
	}
	return d, d.String(), nil
}

// box is what stands in one box, with full-width digits made plain, as Chinese keyboards write them.
func box(r *http.Request, name string) string {
	return strings.Map(func(c rune) rune {
		if c >= '０' && c <= '９' {
			return c - '０' + '0'
		}
		return c
	}, strings.TrimSpace(r.PostFormValue(name)+strings.TrimSpace(onlyQuery(r, name))))
}

// onlyQuery reads the query of a GET form; a POST form never takes a value from its address.
func onlyQuery(r *http.Request, name string) string {
	if r.Method == http.MethodPost {
		return ""
	}
	return r.URL.Query().Get(name)
}

// attributes are those an input only carries when they say something.
func (f Field) attributes() templ.Attributes {
	a := templ.Attributes{}
	set := func(name, value string) {
		if value != "" {
			a[name] = value
		}
	}
	set("aria-describedby", f.describedBy())
	set("inputmode", f.InputMode)
	set("autocomplete", f.Autocomplete)
	set("accept", f.Accept)
	if f.Error != "" {
		a["aria-invalid"] = "true"
	}
	if f.Code {
		a["data-code-from-fragment"], a["data-secret"], a["inputmode"], a["autocomplete"] = true, true, "numeric", "off"
	}
	if f.Kind == TextField && len(f.Options) > 0 {
		a["list"] = f.listID()
	}
	if f.Multiple {
		a["multiple"] = true
	}
	return a
}

// takesPictures says whether a file field offers a camera: not where it takes other kinds of file alone, such as tables.
func (f Field) takesPictures() bool { return f.Accept == "" || strings.Contains(f.Accept, "image/") }
