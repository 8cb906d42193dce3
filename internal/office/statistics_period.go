package office

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	"yifa/internal/calendar"
	"yifa/internal/i18n"
)

// Period is a stretch of days that figures are of: a year (2026), a quarter (2026-Q3), a month (2026-09) or
// the last twelve months (12m). Key is how an address names it.
type Period struct {
	Key      string
	Label    string
	From, To calendar.Date // both included
}

// lastTwelve is the key of the last twelve months, the running one included.
const lastTwelve = "12m"

// Period reads a key; one that cannot be read is this year.
func (o *Office) Period(lang i18n.Lang, key string) Period {
	today := o.Today()
	p, ok := readPeriod(key, today)
	if !ok {
		p, _ = readPeriod(strconv.Itoa(today.Year()), today)
	}
	p.Label = periodLabel(lang, p)
	return p
}

func readPeriod(key string, today calendar.Date) (Period, bool) {
	y, m, _ := today.YMD()
	if key == lastTwelve {
		return Period{Key: key, From: calendar.New(y, m-11, 1), To: calendar.New(y, m+1, 0)}, true
	}
	year, rest, parted := strings.Cut(key, "-")
	n, err := strconv.Atoi(year)
	if err != nil || len(year) != 4 || n < 2000 || n > y {
		return Period{}, false
	}
	if !parted {
		return Period{Key: key, From: calendar.New(n, 1, 1), To: calendar.New(n, 12, 31)}, true
	}
	if quarter, is := strings.CutPrefix(rest, "Q"); is {
		q, err := strconv.Atoi(quarter)
		if err != nil || q < 1 || q > 4 || len(quarter) != 1 {
			return Period{}, false
		}
		first := time.Month(q*3 - 2)
		return Period{Key: key, From: calendar.New(n, first, 1), To: calendar.New(n, first+3, 0)}, true
	}
	k, err := strconv.Atoi(rest)
	if err != nil || k < 1 || k > 12 || len(rest) != 2 {
		return Period{}, false
	}
	return Period{Key: key, From: calendar.New(n, time.Month(k), 1), To: calendar.New(n, time.Month(k)+1, 0)}, true
}

func periodLabel(lang i18n.Lang, p Period) string {
	switch {
	case p.Key == lastTwelve:
		return i18n.T(lang, "office.last_twelve")
	case strings.Contains(p.Key, "Q"):
		return i18n.T(lang, "office.quarter."+p.Key[len(p.Key)-1:], "year", p.From.Year())
	case len(p.Key) == len("2026"):
		return i18n.T(lang, "office.year", "year", p.From.Year())
	}
	return i18n.Month(lang, p.From)
}

// Periods offers periods, newest first: years, the last twelve months, eight quarters, twelve months.
func (o *Office) Periods(lang i18n.Lang) []Period {
	today := o.Today()
	y, m, _ := today.YMD()
	keys := []string{strconv.Itoa(y), lastTwelve, strconv.Itoa(y - 1)}
	for i := range 8 {
		d := calendar.New(y, m-time.Month(3*i), 1)
		_, month, _ := d.YMD()
		keys = append(keys, fmt.Sprintf("%d-Q%d", d.Year(), (int(month)+2)/3))
	}
	for i := range 12 {
		keys = append(keys, monthKey(calendar.New(y, m-time.Month(i), 1)))
	}
	var out []Period
	for _, key := range keys {
		if p, ok := readPeriod(key, today); ok {
			p.Label = periodLabel(lang, p)
			out = append(out, p)
		}
	}
	return out
}

// monthKey is the key of the month a day lies in.
func monthKey(d calendar.Date) string {
	y, m, _ := d.YMD()
	return fmt.Sprintf("%d-%02d", y, m)
}

// months lists the first days of the months of a period that have begun.
func (p Period) months(today calendar.Date) []calendar.Date {
	var out []calendar.Date
	for d := p.From; d <= p.To && d <= today; d = d.AddMonths(1) {
		out = append(out, d)
	}
	return out
}
