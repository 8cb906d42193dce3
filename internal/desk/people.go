package desk

import (
	"net/url"

	"yifa/internal/office"
	"yifa/internal/web"
)

// peopleView is a page of persons.
type peopleView struct {
	office.PeopleView
	Field web.Field
	More  string // path of the next page
	Start string // of the first, on a later one
}

// people serves GET /desk/people.
func (d *Desk) people(v visit) error {
	q := v.URL.Query()
	view, err := d.Office.People(v.Context(), v.reader, q.Get("q"), q.Get("after"))
	if err != nil {
		return missing(err)
	}
	out := peopleView{PeopleView: view, Field: web.Field{Kind: web.TextField, Type: "search", Name: "q", Label: v.t("people.find_person"), Value: q.Get("q"), Autocomplete: "off"}}
	kept := url.Values{}
	if q.Get("q") != "" {
		kept.Set("q", q.Get("q"))
	}
	if q.Get("after") != "" {
		out.Start = peoplePath + "?" + kept.Encode()
	}
	if view.Next != "" {
		kept.Set("after", view.Next)
		out.More = peoplePath + "?" + kept.Encode()
	}
	return v.show(page{title: v.t("people.people"), nav: organsPath, content: peoplePage(out)})
}

// personView is the page of one person.
type personView struct {
	office.PersonView
	Day     web.Field
	Appoint string
	Certify string
}

// person serves GET /desk/people/{person}.
func (d *Desk) person(v visit) error {
	on, field, ok := d.asOf(v)
	if !ok {
		return web.BadInput("on", "")
	}
	view, err := d.Office.Person(v.Context(), v.reader, v.PathValue("person"), on)
	if err != nil {
		return missing(err)
	}
	out := personView{PersonView: view, Day: field}
	if view.Admin && !view.Own {
		out.Appoint = "/desk/new/" + postProcedure + "/appoint?" + url.Values{"person": {view.ID}}.Encode()
		out.Certify = "/desk/new/" + certificateProcedure + "/enter?" + url.Values{"person": {view.ID}}.Encode()
	}
	nav := organsPath
	if !view.Admin {
		nav = "/desk"
	}
	return v.show(page{title: view.Name, nav: nav, content: personPage(out)})
}
