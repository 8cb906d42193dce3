package calendar

import (
	"fmt"
	"time"
)

// Shanghai is the zone of every civil day in Yifa. China has kept UTC+8 without
// daylight saving since 1992, so a fixed zone needs no zone database.
var Shanghai = time.FixedZone("Asia/Shanghai", 8*60*60)

// Date is a civil day in Asia/Shanghai, counted in days since 1970-01-01.
// The zero Date means "no day"; 1970-01-01 itself is therefore not usable.
type Date int32

// New returns the civil day y-m-d; values outside their range carry over as in time.Date.
func New(y int, m time.Month, d int) Date {
	return Date(time.Date(y, m, d, 0, 0, 0, 0, time.UTC).Unix() / 86400)
}

// Parse reads a day written YYYY-MM-DD (ISO 8601). Days that do not exist are an error.
func Parse(s string) (Date, error) {
	t, err := time.Parse(time.DateOnly, s)
	if err != nil {
		return 0, fmt.Errorf("calendar: %q is not a day YYYY-MM-DD", s)
	}
	return New(t.Date()), nil
}

// On returns the civil day in Asia/Shanghai at the instant t.
func On(t time.Time) Date { return New(t.In(Shanghai).Date()) }

// Midnight is the instant at which the day begins in Asia/Shanghai.
func (d Date) Midnight() time.Time {
	return time.Unix(int64(d)*86400-8*60*60, 0).In(Shanghai)
}

// YMD returns year, month and day.
func (d Date) YMD() (int, time.Month, int) { return time.Unix(int64(d)*86400, 0).UTC().Date() }

// Year returns the calendar year.
func (d Date) Year() int { y, _, _ := d.YMD(); return y }

// Weekday returns the day of the week.
func (d Date) Weekday() time.Weekday { return time.Unix(int64(d)*86400, 0).UTC().Weekday() }

// AddDays returns the day n calendar days later; n may be negative.
func (d Date) AddDays(n int) Date { return d + Date(n) }

// AddMonths returns the corresponding day n months later, or the last day of that month
// where it has no such day (民法典 art. 202).
func (d Date) AddMonths(n int) Date {
	y, m, day := d.YMD()
	first := New(y, m+time.Month(n), 1)
	fy, fm, _ := first.YMD()
	last := New(fy, fm+1, 0)
	if same := first.AddDays(day - 1); same <= last {
		return same
	}
	return last
}

// IsZero reports that no day is given.
func (d Date) IsZero() bool { return d == 0 }

// String writes YYYY-MM-DD, or the empty string for no day.
func (d Date) String() string {
	if d == 0 {
		return ""
	}
	y, m, day := d.YMD()
	return fmt.Sprintf("%04d-%02d-%02d", y, m, day)
}

// MarshalText writes the day as YYYY-MM-DD for JSON and YAML.
func (d Date) MarshalText() ([]byte, error) { return []byte(d.String()), nil }

// UnmarshalText reads YYYY-MM-DD; the empty string is no day.
func (d *Date) UnmarshalText(b []byte) (err error) {
	if len(b) == 0 {
		*d = 0
		return nil
	}
	*d, err = Parse(string(b))
	return err
}

// Moment is a civil day and, where known, the minute of that day (0 to 1439) in
// Asia/Shanghai. Minute is -1 where only the day is known.
type Moment struct {
	Day    Date
	Minute int
}

// MomentAt returns the day and minute of an instant.
func MomentAt(t time.Time) Moment {
	l := t.In(Shanghai)
	return Moment{On(t), l.Hour()*60 + l.Minute()}
}

// DayOnly is the moment of a day whose hour is not known.
func DayOnly(d Date) Moment { return Moment{d, -1} }

// ParseMoment reads YYYY-MM-DD or YYYY-MM-DDTHH:MM.
func ParseMoment(s string) (Moment, error) {
	if len(s) <= len(time.DateOnly) {
		d, err := Parse(s)
		return DayOnly(d), err
	}
	t, err := time.Parse("2006-01-02T15:04", s)
	if err != nil || len(s) != len("2006-01-02T15:04") { // time.Parse takes hours of one digit
		return Moment{}, fmt.Errorf("calendar: %q is not a moment YYYY-MM-DDTHH:MM", s)
	}
	return Moment{New(t.Date()), t.Hour()*60 + t.Minute()}, nil
}

// Before reports whether m lies before o; a moment without hour lies before any hour of its day.
func (m Moment) Before(o Moment) bool {
	return m.Day < o.Day || m.Day == o.Day && m.Minute < o.Minute
}

// String writes YYYY-MM-DD or YYYY-MM-DDTHH:MM.
func (m Moment) String() string {
	if m.Day == 0 || m.Minute < 0 {
		return m.Day.String()
	}
	return fmt.Sprintf("%sT%02d:%02d", m.Day, m.Minute/60, m.Minute%60)
}

// MarshalText writes the moment as String does.
func (m Moment) MarshalText() ([]byte, error) { return []byte(m.String()), nil }

// UnmarshalText reads what MarshalText writes.
func (m *Moment) UnmarshalText(b []byte) (err error) {
	if len(b) == 0 {
		*m = Moment{Minute: -1}
		return nil
	}
	*m, err = ParseMoment(string(b))
	return err
}

// Instant is the moment as an instant; midnight where only the day is known.
func (m Moment) Instant() time.Time {
	return m.Day.Midnight().Add(time.Duration(max(m.Minute, 0)) * time.Minute)
}
