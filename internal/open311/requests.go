package open311

import (
	"context"
	"errors"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"yifa/internal/calendar"
	"yifa/internal/i18n"
	"yifa/internal/matter"
	"yifa/internal/office"
	"yifa/internal/web"
)

// How many requests one answer holds, and over how many days: the limits of the specification.
const (
	maxRequests = 1000
	maxDays     = 90
	maxAsked    = 50 // by number at once
)

// ask is what a list is narrowed to.
type ask struct {
	from, to   calendar.Date
	codes      []string
	closed     bool // closed ones are asked for; no open one is public
	page, size int
}

// requests serves GET /v2/requests: the published results, as the portal shows them, or those asked for by number.
func (d *Door) requests(_ http.ResponseWriter, r *http.Request) (reply, error) {
	f, err := d.form(r)
	if err != nil {
		return reply{}, err
	}
	body := list("service_requests")
	if ids := commas(r.URL.Query(), "service_request_id"); len(ids) > 0 {
		if len(ids) > maxAsked {
			return reply{}, said(http.StatusBadRequest, web.T(r.Context(), "open311.too_many", "n", maxAsked))
		}
		for _, id := range ids {
			e, err := d.one(r, f, id)
			if errors.Is(err, office.ErrNotFound) {
				continue
			}
			if err != nil {
				return reply{}, err
			}
			body.kids = append(body.kids, e)
		}
		return reply{body: body}, nil
	}
	a, err := d.asked(r)
	if err != nil {
		return reply{}, err
	}
	if !a.closed || len(a.codes) > 0 && !slices.Contains(a.codes, f.Procedure) {
		return reply{body: body}, nil
	}
	found, err := d.Office.OutcomesIn(r.Context(), langOf(r), office.Window{From: a.from, To: a.to, Skip: (a.page - 1) * a.size, Limit: a.size})
	if err != nil {
		return reply{}, err
	}
	for _, o := range found {
		body.kids = append(body.kids, published(r.Context(), f, o))
	}
	return reply{body: body}, nil
}

// request serves GET /v2/requests/{id}.
func (d *Door) request(_ http.ResponseWriter, r *http.Request) (reply, error) {
	f, err := d.form(r)
	if err != nil {
		return reply{}, err
	}
	e, err := d.one(r, f, named(r, "request"))
	if errors.Is(err, office.ErrNotFound) {
		return reply{}, said(http.StatusNotFound, web.T(r.Context(), "open311.unknown_request"))
	}
	return reply{body: list("service_requests", e)}, err
}

// one is a request by its number: of a published result, or of a report that an app handed in.
func (d *Door) one(r *http.Request, f form, number string) (element, error) {
	if id, err := matter.ParseID(number); err == nil {
		o, err := d.Office.Outcome(r.Context(), langOf(r), id)
		return published(r.Context(), f, o), err
	}
	v, err := d.Office.Follow(r.Context(), langOf(r), number)
	if err != nil {
		return element{}, err
	}
	return d.followed(r, f, strings.ToLower(number), v), nil
}

// line is a request in the specification's order of elements.
type line struct {
	id, status, notes, name, code, about, agency, notice string
	requested, updated, expected                         string
	address                                              string
}

func (l line) element() element {
	return node("request", leaf("service_request_id", l.id), leaf("status", l.status), leaf("status_notes", l.notes), leaf("service_name", l.name), leaf("service_code", l.code),
		leaf("description", l.about), leaf("agency_responsible", l.agency), leaf("service_notice", l.notice), leaf("requested_datetime", l.requested), leaf("updated_datetime", l.updated),
		leaf("expected_datetime", l.expected), leaf("address", l.address), leaf("address_id", nil), leaf("zipcode", nil), leaf("lat", nil), leaf("long", nil), leaf("media_url", nil))
}

// published is a result as everybody may read it. When the report came in is not published: the day of the answer
// stands for it, and the notes say so.
func published(ctx context.Context, f form, o office.Outcome) element {
	day := instant(calendar.Moment{Day: o.On})
	s := f.general()
	return line{id: o.ID.String(), status: "closed", notes: web.Sentences(ctx, o.Result, web.T(ctx, "open311.published")), name: s.name, code: s.code,
		about: strings.TrimSpace(o.Title + "\n" + o.Summary), requested: day, updated: day, address: o.Place}.element()
}

// followed is how far a report is. What it is about in words is not in it.
func (d *Door) followed(r *http.Request, f form, number string, v office.Followed) element {
	s := f.general()
	if len(v.Problems) == 1 {
		if one, known := f.service(v.Problems[0]); known {
			s = one
		}
	}
	l := line{id: number, status: "open", notes: v.Status, name: s.name, code: s.code, agency: v.Office, requested: instant(v.Opened), updated: instant(v.Updated)}
	if v.Closed {
		l.status = "closed"
	}
	if v.Next != nil {
		l.notice = d.next(r, *v.Next)
	}
	if !v.Answer.IsZero() {
		l.expected = instant(calendar.Moment{Day: v.Answer, Minute: 23*60 + 59})
	}
	return l.element()
}

// instant writes a moment as the specification asks, to the minute, which is all that is kept; an hour that is not
// known is the day's first.
func instant(m calendar.Moment) string {
	if m.Day.IsZero() {
		return ""
	}
	return m.Day.Midnight().Add(time.Duration(max(m.Minute, 0)) * time.Minute).Format(time.RFC3339)
}

// commas are the values of an argument, given several times or parted by commas.
func commas(q url.Values, name string) []string {
	var list []string
	for _, v := range q[name] {
		for _, one := range strings.Split(v, ",") {
			if one = strings.TrimSpace(one); one != "" {
				list = append(list, one)
			}
		}
	}
	return list
}

// asked reads what a list is narrowed to, and says everything that is wrong with it.
func (d *Door) asked(r *http.Request) (ask, error) {
	q := r.URL.Query()
	a := ask{codes: commas(q, "service_code"), closed: true, page: 1, size: maxRequests}
	var faults []string
	bad := func(key string, args ...any) { faults = append(faults, web.T(r.Context(), key, args...)) }
	states := commas(q, "status")
	a.closed = len(states) == 0 || slices.Contains(states, "closed")
	for _, s := range states {
		if s != "open" && s != "closed" {
			bad("open311.bad_status", "value", clip(s))
		}
	}
	day := func(names ...string) calendar.Date {
		for _, name := range names {
			text := strings.TrimSpace(q.Get(name))
			if text == "" {
				continue
			}
			t, err := time.Parse(time.RFC3339, strings.ReplaceAll(text, " ", "+")) // a plus that was not written as %2B
			if err != nil {
				bad("open311.bad_time", "name", name, "value", clip(text))
				return 0
			}
			return calendar.On(t)
		}
		return 0
	}
	a.from, a.to = d.window(day("start_date", "updated_after"), day("end_date", "updated_before"))
	if a.to-a.from > maxDays {
		bad("open311.long_window", "n", maxDays)
	}
	number := func(name string, into *int) {
		if text := q.Get(name); text != "" {
			n, err := strconv.Atoi(text)
			if err != nil || n < 1 || n > maxRequests {
				bad("open311.bad_number", "name", name, "n", maxRequests)
				return
			}
			*into = n
		}
	}
	number("page", &a.page)
	number("page_size", &a.size)
	if a.page*a.size > 10*maxRequests {
		bad("open311.far_page", "n", i18n.Number(10*maxRequests))
	}
	if len(faults) > 0 {
		return a, said(http.StatusBadRequest, faults...)
	}
	return a, nil
}

// window fills in the end of a window that was not given: ninety days, up to today.
func (d *Door) window(from, to calendar.Date) (calendar.Date, calendar.Date) {
	today := calendar.On(d.Now())
	switch {
	case from.IsZero() && to.IsZero():
		return today - maxDays, today
	case from.IsZero():
		return to - maxDays, to
	case to.IsZero():
		return from, from + maxDays
	}
	return from, to
}
