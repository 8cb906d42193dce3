package lawtext

import (
	"regexp"
	"strings"
	"time"

	"yifa/internal/calendar"
)

// numerals is what numbers of headings, articles and items are written with.
const numerals = `[零〇一二三四五六七八九十百千两0-9０-９]`

var digits = strings.NewReplacer("０", "0", "１", "1", "２", "2", "３", "3", "４", "4", "５", "5", "６", "6", "７", "7", "８", "8", "９", "9")

// Number reads 一百零三, 一〇三, 十二, 两百 or 103; 0 where it is none from 1 to 9999.
func Number(s string) int {
	total, last, units := 0, 0, strings.ContainsAny(s, "十百千")
	for _, r := range digits.Replace(s) {
		switch {
		case r >= '0' && r <= '9':
			last = last*10 + int(r-'0')
		case r == '十' || r == '百' || r == '千':
			if last == 0 && r == '十' {
				last = 1 // 十二, 一百十二
			}
			total, last = total+last*map[rune]int{'十': 10, '百': 100, '千': 1000}[r], 0
		case units:
			last = digit(r)
		default:
			last = last*10 + digit(r)
		}
		if total+last > 9999 {
			return 0
		}
	}
	return total + last
}

// digit is a Chinese digit; 0 for 零, 〇 and ○.
func digit(r rune) int {
	if r == '两' {
		return 2
	}
	return max(0, strings.IndexRune("零一二三四五六七八九", r)/len("零"))
}

var (
	dayForm   = regexp.MustCompile(`([0-9]{4}|[零〇○一二三四五六七八九]{4})年([0-9]{1,2}|[一二三四五六七八九十]{1,3})月([0-9]{1,2}|[一二三四五六七八九十]{1,3})日`)
	nameDay   = regexp.MustCompile(`(19|20)(\d\d)[-._年]?(\d\d)[-._月]?(\d\d)`)
	doneWords = regexp.MustCompile(`通过|修订|修正|修改|公布|发布|印发|批准|颁布`)
	starts    = regexp.MustCompile(`起(?:施行|实施|生效|执行)|^\s*(?:施行|实施)`)
	ownStart  = regexp.MustCompile(`自(公布|发布|颁布|印发)之日起(?:\S{0,3})(?:施行|实施|生效|执行)`)
)

// A dated place in a text: the day, and the words after it up to the next day.
type dated struct {
	day  calendar.Date
	then string
}

// days finds every day in a line, in Arabic or Chinese numbers.
func days(line string) []dated {
	line = digits.Replace(line)
	var out []dated
	at := dayForm.FindAllStringSubmatchIndex(line, -1)
	for i, m := range at {
		end := len(line)
		if i+1 < len(at) {
			end = at[i+1][0]
		}
		d, ok := dayOf(Number(line[m[2]:m[3]]), Number(line[m[4]:m[5]]), Number(line[m[6]:m[7]]))
		if ok {
			out = append(out, dated{d, line[m[1]:end]})
		}
	}
	return out
}

// dayOf is a day of the calendar between 1900 and 2200.
func dayOf(y, m, d int) (calendar.Date, bool) {
	if y < 1900 || y > 2200 || m < 1 || m > 12 || d < 1 || d > 31 {
		return 0, false
	}
	day := calendar.New(y, time.Month(m), d)
	_, month, n := day.YMD()
	return day, int(month) == m && n == d
}
