package desk

import (
	"errors"
	"net/http"
	"net/url"
	"strconv"

	"yifa/internal/access"
	"yifa/internal/calendar"
	"yifa/internal/door"
	"yifa/internal/office"
	"yifa/internal/web"
)

// What the calendar of the desk leads to.
const (
	calendarProcedure = "register.calendar"
	actEnter          = "enter"
	fieldHolidays     = "holidays" // type of the field that holds the days of a year
	askForecast       = "forecast" // name of the button that asks what a notice moves
)

// calendarView is a year of the calendar, and for an administrator what is being entered for it.
type calendarView struct {
	Year    web.Year
	Admin   bool
	Notices []office.HolidaysView
	Enter   string            // where a notice is entered; "" where one is
	Running *office.Recounted // of a recount that waits or runs
	Last    *office.Recounted
}

// LastDay is the day of the last recount.
func (v calendarView) LastDay() calendar.Date { return calendar.On(v.Last.Since) }

// calendar serves GET /desk/calendar and /desk/calendar/{year}.
func (d *Desk) calendar(v visit) error {
	today := d.Office.Today()
	n := today.Year()
	if text := v.PathValue("year"); text != "" {
		var err error
		if n, err = strconv.Atoi(text); err != nil || len(text) != 4 {
			return web.NotFound
		}
	}
	cal, err := d.Office.Calendar(v.Context())
	if err != nil {
		return err
	}
	year, known := door.Year(v.Context(), cal, n, "/desk/calendar/", today)
	if !known {
		return web.NotFound
	}
	out := calendarView{Year: year, Admin: v.reader.May(access.Holidays)}
	if out.Admin {
		if out.Notices, err = d.Office.Notices(v.Context(), v.reader, n); err != nil {
			return err
		}
		if len(out.Notices) == 0 {
			out.Enter = "/desk/new/" + calendarProcedure + "/" + actEnter + "?year=" + strconv.Itoa(n)
		}
		running, last, err := d.Office.Recounting(v.Context())
		if err != nil {
			return err
		}
		if out.Last = last; len(running) > 0 {
			out.Running = &running[len(running)-1]
		}
	}
	return v.show(page{title: v.t("calendar.title", "year", strconv.Itoa(n)), nav: "/desk/calendar", content: calendarPage(out)})
}

// forecastView is what a notice would move, laid out.
type forecastView struct {
	office.ForecastView
	More  string // address of the whole list of moves
	Alone bool   // a page of its own
	Next  string
}

// forecast serves GET /desk/calendar/forecast?year=…&rest=…: what a notice would move, page by page.
func (d *Desk) forecast(v visit) error {
	q := v.URL.Query()
	from, err := strconv.Atoi(q.Get("from"))
	if err != nil {
		from = 0
	}
	f, err := d.Office.Forecast(v.Context(), v.reader, q.Get("year"), q.Get("rest"), from)
	var bad office.BadFields
	if errors.As(err, &bad) {
		return web.BadInput("", "")
	}
	if err != nil {
		return missing(err)
	}
	out := forecastOf(f)
	if out.Alone = true; f.Next > 0 {
		out.Next = out.More + "&from=" + strconv.Itoa(f.Next)
	}
	return v.show(page{title: v.t("calendar.forecast", "year", strconv.Itoa(f.Year)), nav: "/desk/calendar", content: forecastPage(out)})
}

func forecastOf(f office.ForecastView) forecastView {
	q := url.Values{"year": {strconv.Itoa(f.Year)}, "rest": {f.Rest}}
	return forecastView{ForecastView: f, More: "/desk/calendar/forecast?" + q.Encode()}
}

// asksForecast tells whether a form that was sent asks what it would move, and is not to be done.
func asksForecast(v visit) bool { return v.PostForm.Get(askForecast) != "" }

// showForecast shows a form again with what it would move if it were done.
func (d *Desk) showForecast(v visit, a attempt) error {
	a.act.Fields = door.Typed(v.Request, a.form.Fields)
	form, err := a.again(a.act.Fields)
	if err != nil {
		return missing(err)
	}
	year, rest := "", ""
	for _, f := range form.Fields {
		value := first(a.act.Fields[f.Name])
		if f.Type == fieldHolidays {
			rest = value
			if year == "" {
				year = f.Year
			}
		} else if f.Name == "year" {
			year = value
		}
	}
	forecast, err := d.Office.Forecast(v.Context(), v.reader, year, rest, 0)
	var bad office.BadFields
	status := http.StatusOK
	if errors.As(err, &bad) {
		status = http.StatusUnprocessableEntity
	} else if err != nil {
		return missing(err)
	}
	f := formOf(v.Context(), form.BadForm(bad))
	f.Sent = true
	if status == http.StatusOK {
		out := forecastOf(forecast)
		f.Forecast = &out
	}
	v.lateAgain(&f, nil)
	return d.showAct(v, status, f)
}

func first(list []string) string {
	if len(list) == 0 {
		return ""
	}
	return list[0]
}
