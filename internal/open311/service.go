package open311

import (
	"net/http"
	"slices"
	"strings"

	"yifa/internal/door"
	"yifa/internal/i18n"
	"yifa/internal/office"
	"yifa/internal/web"
)

// kindField is the question whose answers are the services.
const kindField = "problem"

// The questions that an argument of the specification answers, and by which. All others are attributes.
var arguments = map[string]string{
	"account": "description", "place": "address_string", "identity": "first_name", "name": "first_name",
	"phone": "phone", "email": "email", "files": "media",
}

// placeField is answered by the argument address_id, and as an attribute, where its values are listed.
const placeField = "division"

// A service is one kind of thing that can be reported.
type service struct {
	code, name, about, group string
	stops                    string // key of the advice, where it belongs elsewhere
}

// form is the form of the law as this door offers it.
type form struct{ office.ReportForm }

func (d *Door) form(r *http.Request) (form, error) {
	f, err := d.Office.ReportForm(r.Context(), i18n.From(r.Context()))
	return form{f}, err
}

func (f form) field(name string) (office.FieldView, bool) {
	i := slices.IndexFunc(f.Fields, func(x office.FieldView) bool { return x.Name == name })
	if i < 0 {
		return office.FieldView{}, false
	}
	return f.Fields[i], true
}

// general is the service of the whole form, in which the kinds are a question.
func (f form) general() service {
	return service{code: f.Procedure, name: f.Title, about: f.About, group: f.Title}
}

// all are the services: the whole form, then each kind of problem in the order of the form.
func (f form) all() []service {
	list := []service{f.general()}
	kind, _ := f.field(kindField)
	for _, o := range kind.Options {
		s := service{code: o.Value, name: o.Label, about: o.Hint, group: f.Title, stops: o.Stops}
		list = append(list, s)
	}
	return list
}

func (f form) service(code string) (service, bool) {
	all := f.all()
	i := slices.IndexFunc(all, func(s service) bool { return s.code == code })
	if i < 0 {
		return service{}, false
	}
	return all[i], true
}

// keep is how long caches may keep the services: they change with the law and with the register of organs.
const keep = 300

// services serves GET /v2/services.
func (d *Door) services(_ http.ResponseWriter, r *http.Request) (reply, error) {
	f, err := d.form(r)
	if err != nil {
		return reply{}, err
	}
	body := list("services")
	for _, s := range f.all() {
		kind, group := "realtime", s.group
		if s.stops != "" { // nothing filed here comes of it
			kind, group = "blackbox", web.T(r.Context(), door.Advices[s.stops].Title)
		}
		body.kids = append(body.kids, node("service", leaf("service_code", s.code), leaf("service_name", s.name), leaf("description", s.about),
			leaf("metadata", true), leaf("type", kind), leaf("keywords", keywords(s.about)), leaf("group", group)))
	}
	return reply{body: body, public: keep}, nil
}

// keywords are the words of a hint, parted by commas.
func keywords(hint string) string {
	parts := strings.FieldsFunc(hint, func(r rune) bool { return strings.ContainsRune("，、,；;。", r) })
	for i, p := range parts {
		parts[i] = strings.TrimSpace(p)
	}
	return strings.Join(parts, ", ")
}

// definition serves GET /v2/services/{code}.
func (d *Door) definition(_ http.ResponseWriter, r *http.Request) (reply, error) {
	f, err := d.form(r)
	if err != nil {
		return reply{}, err
	}
	s, err := f.known(r, named(r, "service"))
	if err != nil {
		return reply{}, err
	}
	attributes := list("attributes")
	for _, a := range f.attributes(r, s) {
		attributes.kids = append(attributes.kids, a.element(len(attributes.kids)+1))
	}
	return reply{body: node("service_definition", leaf("service_code", s.code), attributes), public: keep}, nil
}

// known is the service of a code, or what to say where there is none.
func (f form) known(r *http.Request, code string) (service, error) {
	if s, ok := f.service(code); ok {
		return s, nil
	}
	if code == "" {
		return service{}, said(http.StatusBadRequest, web.T(r.Context(), "open311.no_service"))
	}
	return service{}, said(http.StatusNotFound, web.T(r.Context(), "open311.unknown_service", "code", clip(code)))
}

// An attribute is one question of a service, or a text to be read before it.
type attribute struct {
	variable         bool
	code, kind       string
	required         bool
	about, kindAbout string
	values           []office.OptionView
	several          bool
}

// attributes are the questions of a service that no argument answers, after what a person has to know first.
func (f form) attributes(r *http.Request, s service) []attribute {
	ctx := r.Context()
	if s.stops != "" {
		a := door.Advices[s.stops]
		return []attribute{{code: "advice", kind: "text", about: i18n.Labelled(i18n.From(ctx), web.T(ctx, a.Title), web.T(ctx, a.Text)), kindAbout: strings.Join(a.Phones, ", ")}}
	}
	out := []attribute{{code: "notice", kind: "text", about: web.T(ctx, "open311.notice")}}
	for _, q := range f.Fields {
		if _, argued := arguments[q.Name]; argued {
			continue
		}
		out = append(out, f.attribute(r, q, s))
	}
	return out
}

// attribute is a question of the form. What it needs not be answered for, because the sending says it in another way, is not required.
func (f form) attribute(r *http.Request, q office.FieldView, s service) attribute {
	a := attribute{variable: true, code: q.Name, required: q.Required && q.Show == "", about: q.Label, values: q.Options}
	if q.Hint != "" {
		a.about = i18n.Labelled(i18n.From(r.Context()), q.Label, q.Hint)
	}
	switch q.Name {
	case "lang": // that of the request
		a.required = false
	case placeField:
		a.required, a.kindAbout = false, web.T(r.Context(), "open311.place")
	case kindField:
		a.values = slices.DeleteFunc(slices.Clone(q.Options), func(o office.OptionView) bool { return o.Stops != "" || o.Value == s.code })
		a.required = s.code == f.Procedure
	}
	a.kind, a.several = kindOf(q)
	if q.Type == "bool" {
		a.values = []office.OptionView{{Value: "true", Label: web.T(r.Context(), "web.yes")}, {Value: "false", Label: web.T(r.Context(), "web.no")}}
	}
	if q.Max > 0 {
		a.kindAbout = web.T(r.Context(), "open311.at_most", "n", q.Max)
	}
	return a
}

// kindOf is the data type of a question in the specification's words.
func kindOf(q office.FieldView) (kind string, several bool) {
	switch {
	case q.Type == "choices" || q.Many && len(q.Options) > 0:
		return "multivaluelist", true
	case q.Type == "bool" || len(q.Options) > 0:
		return "singlevaluelist", false
	case q.Type == "longtext" || q.Type == "holidays":
		return "text", false
	case q.Type == "date" || q.Type == "moment":
		return "datetime", false
	case q.Type == "number":
		return "number", false
	}
	return "string", false
}

func (a attribute) element(order int) element {
	e := node("attribute", leaf("variable", a.variable), leaf("code", a.code), leaf("datatype", a.kind), leaf("required", a.required),
		leaf("datatype_description", a.kindAbout), leaf("order", order), leaf("description", a.about))
	if a.kind == "singlevaluelist" || a.kind == "multivaluelist" {
		values := list("values")
		for _, o := range a.values {
			values.kids = append(values.kids, node("value", leaf("key", o.Value), leaf("name", o.Label)))
		}
		e.kids = append(e.kids, values)
	}
	return e
}
