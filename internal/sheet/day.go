package sheet

import (
	"regexp"
	"strconv"

	"yifa/internal/calendar"
)

var (
	written     = regexp.MustCompile(`^(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?$`)
	counted1900 = regexp.MustCompile(`^(\d{5})(\.0+)?$`)
)

// Day reads a day as people write it (2026-03-01, 2026/3/1, 2026.3.1, 2026年3月1日) or as programs for tables count it, from
// the end of 1899 on. It is the day as written; ok is false for anything else.
func Day(text string) (calendar.Date, bool) {
	if m := counted1900.FindStringSubmatch(text); m != nil {
		n, _ := strconv.Atoi(m[1])
		return calendar.New(1899, 12, 30).AddDays(n), true
	}
	m := written.FindStringSubmatch(text)
	if m == nil {
		return 0, false
	}
	for i, part := range m[1:] {
		if len(part) == 1 {
			m[i+1] = "0" + part
		}
	}
	d, err := calendar.Parse(m[1] + "-" + m[2] + "-" + m[3])
	return d, err == nil
}
