package office_test

import (
	"errors"
	"testing"

	"yifa/internal/calendar"
	"yifa/internal/office"
	"yifa/internal/office/officetest"
)

func TestForecast(t *testing.T)         { foresee(t, officetest.New(t)) }
func TestForecastPostgres(t *testing.T) { foresee(t, officetest.Postgres(t)) }

// What a forecast says is what the recount then does; it writes nothing, and names no matter its reader may not read.
func foresee(t *testing.T, c *officetest.City) {
	morning(calendar.New(2026, 9, 21)).on(c)
	moved := c.File(officetest.Report()).ID
	paused, _ := c.Accepted()
	morning(calendar.New(2026, 9, 24)).on(c)
	c.Do(c.As(officetest.Officer), paused, "ask_supplement", map[string][]string{"what": {"照片。"}})
	work(t, c)
	rev := c.State(moved).Rev
	v, err := c.Office.Forecast(t.Context(), c.As("luo-jingyi"), "2026", rest2026, 0)
	if err != nil {
		t.Fatal(err)
	}
	// accept of one; answer, whose remainder moves, and supplement of the other
	if v.Running || v.Open != 3 || v.Examined != 3 || v.Moved != 3 || v.Matters != 2 || len(v.Rows) != 3 || v.Readable != 0 || len(v.Moves) != 0 {
		t.Errorf("forecast %+v", v)
	}
	if c.State(moved).Rev != rev {
		t.Error("a forecast was entered")
	}
	if _, err := c.Office.Forecast(t.Context(), c.As(officetest.Officer), "2026", rest2026, 0); !errors.Is(err, office.ErrNotFound) {
		t.Errorf("for an officer: %v", err)
	}
	var bad office.BadFields
	for year, field := range map[string]string{"26": "year", "2027": "rest"} {
		if _, err := c.Office.Forecast(t.Context(), c.As("luo-jingyi"), year, rest2026, 0); !errors.As(err, &bad) || bad[field] == "" {
			t.Errorf("%s: %v %v", year, err, bad)
		}
	}
	notice(t, c, "2026", rest2026)
	work(t, c)
	_, last, err := c.Office.Recounting(t.Context())
	if err != nil || last == nil || last.Moved != v.Matters || last.Open != v.Open {
		t.Errorf("recounted %+v, %v; forecast %d of %d", last, err, v.Matters, v.Open)
	}
}
