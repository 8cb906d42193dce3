package desk

import (
	"net/url"
	"strconv"

	"yifa/internal/calendar"
	"yifa/internal/matter"
	"yifa/internal/office"
	"yifa/internal/web"
)

// What the pages of the registers lead to.
const (
	organProcedure       = "register.organ"
	postProcedure        = "register.post"
	certificateProcedure = "register.certificate"
	organsPath           = "/desk/organs"
	peoplePath           = "/desk/people"
	onField              = "on"
)

// organsView is the tree of organs with what it is narrowed by.
type organsView struct {
	office.OrgansView
	Fields   []web.Field
	Narrowed bool
	Pending  []web.Task
}

// organs serves GET /desk/organs.
func (d *Desk) organs(v visit) error {
	q := v.URL.Query()
	on, field, ok := d.asOf(v)
	if !ok {
		return web.BadInput("on", "")
	}
	view, err := d.Office.Organs(v.Context(), v.reader, office.OrganFilter{Query: q.Get("q"), Kind: q.Get("kind"), On: on})
	if err != nil {
		return missing(err)
	}
	kinds := []web.Option{{Label: v.t("desk.any")}}
	for _, k := range view.Kinds {
		kinds = append(kinds, web.Option{Value: k.Value, Label: k.Label})
	}
	out := organsView{OrgansView: view, Narrowed: q.Get("q") != "" || q.Get("kind") != "", Fields: []web.Field{
		{Kind: web.TextField, Type: "search", Name: "q", Label: v.t("people.find_organ"), Value: q.Get("q"), Autocomplete: "off"},
		{Kind: web.Select, Name: "kind", Label: v.t("people.kind"), Value: q.Get("kind"), Options: kinds},
		field,
	}}
	for _, b := range view.Pending {
		out.Pending = append(out.Pending, taskOf(v.Context(), b, d.Office.Today()))
	}
	return v.show(page{title: v.t("people.organs"), nav: organsPath, content: organsPage(out)})
}

// asOf reads the day a page of the registers is asked for, and asks for it again; zero: today. ok: it is a day.
func (d *Desk) asOf(v visit) (on calendar.Date, field web.Field, ok bool) {
	text := v.URL.Query().Get(onField)
	field = web.Field{Kind: web.TextField, Name: onField, Label: v.t("people.as_of"), Hint: v.t("people.as_of_hint"), Value: text, Autocomplete: "off", Width: 10}
	if text == "" {
		return 0, field, true
	}
	on, err := calendar.Parse(text)
	return on, field, err == nil
}

// organView is the page of one organ.
type organView struct {
	office.OrganView
	Day     web.Field
	Appoint string
}

// organ serves GET /desk/organs/{organ}.
func (d *Desk) organ(v visit) error {
	on, field, ok := d.asOf(v)
	if !ok {
		return web.BadInput("on", "")
	}
	view, err := d.Office.Organ(v.Context(), v.reader, v.PathValue("organ"), on)
	if err != nil {
		return missing(err)
	}
	out := organView{OrganView: view, Day: field, Appoint: "/desk/new/" + postProcedure + "/appoint?" + url.Values{"organ": {view.Key}}.Encode()}
	return v.show(page{title: view.Name, nav: organsPath, content: organPage(out)})
}

func organPath(key string) string { return organsPath + "/" + url.PathEscape(key) }

func personPath(id string) string { return peoplePath + "/" + url.PathEscape(id) }

func actPath(id matter.ID, act string) string { return matterPath(id) + "/acts/" + act }

// indent is the class of an organ that stands under others of its place.
func indent(depth int) string { return "yifa-under-" + strconv.Itoa(min(depth, 3)) }
