package i18n

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"yifa/internal/calendar"
)

var weekdays = [7]string{"日", "一", "二", "三", "四", "五", "六"}

// Weekday is 星期四, or Thursday.
func Weekday(l Lang, d calendar.Date) string {
	if l == En {
		return d.Weekday().String()
	}
	return "星期" + weekdays[d.Weekday()]
}

// WeekdayShort is 四, or Thu.
func WeekdayShort(l Lang, d calendar.Date) string {
	if l == En {
		return d.Weekday().String()[:3]
	}
	return weekdays[d.Weekday()]
}

// DateFull is how a day is written the first time on a page: 2026年10月8日（星期四）, Thursday 8 October 2026.
func DateFull(l Lang, d calendar.Date) string {
	if l == En {
		return Weekday(l, d) + " " + DateYear(l, d)
	}
	return DateYear(l, d) + "（" + Weekday(l, d) + "）"
}

// DateYear is 2026年10月8日, 8 October 2026.
func DateYear(l Lang, d calendar.Date) string {
	y, m, day := d.YMD()
	if l == En {
		return fmt.Sprintf("%d %s %d", day, m, y)
	}
	return fmt.Sprintf("%d年%d月%d日", y, m, day)
}

// DateDay is 10月8日（星期四）, Thursday 8 October: the year is plain from the page.
func DateDay(l Lang, d calendar.Date) string {
	if l == En {
		return Weekday(l, d) + " " + Date(l, d)
	}
	return Date(l, d) + "（" + Weekday(l, d) + "）"
}

// Date is how a day is written after the first time: 10月8日, 8 October.
func Date(l Lang, d calendar.Date) string {
	_, m, day := d.YMD()
	if l == En {
		return fmt.Sprintf("%d %s", day, m)
	}
	return fmt.Sprintf("%d月%d日", m, day)
}

// Month is 2026年10月, October 2026.
func Month(l Lang, d calendar.Date) string {
	y, m, _ := d.YMD()
	if l == En {
		return fmt.Sprintf("%s %d", m, y)
	}
	return fmt.Sprintf("%d年%d月", y, m)
}

// MonthShort is 10月, Oct.
func MonthShort(l Lang, d calendar.Date) string {
	_, m, _ := d.YMD()
	if l == En {
		return m.String()[:3]
	}
	return fmt.Sprintf("%d月", m)
}

// DateRange is 10月1日至7日, 1 to 7 October; across months both are named. One day is written once.
func DateRange(l Lang, from, to calendar.Date) string {
	if from == to {
		return Date(l, from)
	}
	_, m1, d1 := from.YMD()
	_, m2, d2 := to.YMD()
	same := m1 == m2 && from.Year() == to.Year()
	switch {
	case l == En && same:
		return fmt.Sprintf("%d to %d %s", d1, d2, m1)
	case l == En:
		return Date(l, from) + " to " + Date(l, to)
	case same:
		return fmt.Sprintf("%s至%d日", Date(l, from), d2)
	}
	return Date(l, from) + "至" + Date(l, to)
}

// Moment is a day with its hour where one is known: 10月8日 20:14, 8 October 20:14.
func Moment(l Lang, m calendar.Moment) string {
	if m.Minute < 0 {
		return Date(l, m.Day)
	}
	return fmt.Sprintf("%s %02d:%02d", Date(l, m.Day), m.Minute/60, m.Minute%60)
}

// MomentFull is 2026年10月8日 20:14: for receipts and records read on their own.
func MomentFull(l Lang, m calendar.Moment) string {
	if m.Minute < 0 {
		return DateYear(l, m.Day)
	}
	return fmt.Sprintf("%s %02d:%02d", DateYear(l, m.Day), m.Minute/60, m.Minute%60)
}

// Sentences joins whole sentences, leaving out empty ones: with a space in English, without one in Chinese.
func Sentences(l Lang, sentences ...string) string {
	gap := ""
	if l == En {
		gap = " "
	}
	return strings.Join(slices.DeleteFunc(sentences, func(s string) bool { return s == "" }), gap)
}

// Labelled puts a label before what is said of it: after a question mark no colon follows.
func Labelled(l Lang, label, text string) string {
	if strings.HasSuffix(label, "?") || strings.HasSuffix(label, "？") {
		return Sentences(l, label, text)
	}
	return label + T(l, "web.colon") + text
}

// Number writes a count with thousands parted: 12,345.
func Number(n int) string {
	s := strconv.Itoa(n)
	start := 0
	if n < 0 {
		start = 1
	}
	for i := len(s) - 3; i > start; i -= 3 {
		s = s[:i] + "," + s[i:]
	}
	return s
}

// Size writes a file size in the unit people know: 820 KB, 3.4 MB.
func Size(bytes int64) string {
	switch {
	case bytes < 1<<10:
		return strconv.FormatInt(bytes, 10) + " B"
	case bytes < 1<<20:
		return strconv.FormatInt((bytes+512)>>10, 10) + " KB"
	case bytes < 1<<30:
		return strings.TrimSuffix(strconv.FormatFloat(float64(bytes)/(1<<20), 'f', 1, 64), ".0") + " MB"
	}
	return strconv.FormatFloat(float64(bytes)/(1<<30), 'f', 1, 64) + " GB"
}
