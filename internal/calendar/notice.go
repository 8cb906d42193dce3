package calendar

import (
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"
)

// BadHolidays is what is wrong with the holidays of a year as somebody typed them. Keys: holidays_none, holidays_line,
// holidays_day, holidays_span, holidays_year, holidays_twice, holidays_weekday. Args name the line, the day, the holiday.
type BadHolidays struct {
	Key  string
	Args map[string]string
}

func (e *BadHolidays) Error() string { return fmt.Sprintf("calendar: %s %v", e.Key, e.Args) }

// ParseHolidays reads the holidays of a year, a line each, in one of two ways of writing that may stand side by side:
//
//	春节 2027-02-05..2027-02-11 班 2027-01-31 2027-02-13
//	二、春节：2月5日（周五）至11日（周四）放假调休，共7天。1月31日（周日）、2月13日（周六）上班。
//
// the second being that of the State Council's notices. A semicolon ends a line too. The error is *BadHolidays.
func ParseHolidays(year int, text string) ([]Block, error) {
	var blocks []Block
	for _, line := range strings.FieldsFunc(text, func(c rune) bool { return c == ';' || c == '；' || c == '\n' }) {
		if line = strings.TrimSpace(line); line == "" {
			continue
		}
		b, err := parseHoliday(year, line)
		if err != nil {
			return nil, err
		}
		if !holidayName.MatchString(b.Name) || b.From == 0 && len(b.Work) == 0 {
			return nil, &BadHolidays{"holidays_line", map[string]string{"line": line}}
		}
		blocks = append(blocks, b)
	}
	if len(blocks) == 0 {
		return nil, &BadHolidays{Key: "holidays_none"}
	}
	return blocks, checkHolidays(year, blocks)
}

func parseHoliday(year int, line string) (Block, error) {
	if name, rest, ok := strings.Cut(strings.Replace(line, ":", "：", 1), "："); ok && sentenceDay.MatchString(rest) {
		return parseSentence(year, line, name, rest)
	}
	words := strings.Fields(line)
	if len(words) < 2 {
		return Block{}, &BadHolidays{"holidays_line", map[string]string{"line": line}}
	}
	b := Block{Name: words[0]}
	if words[1] != atWork {
		from, to, two := strings.Cut(words[1], "..")
		if !two {
			to = from
		}
		for _, x := range []struct {
			text string
			into *Date
		}{{from, &b.From}, {to, &b.To}} {
			var err error
			if *x.into, err = Parse(x.text); err != nil {
				return b, &BadHolidays{"holidays_day", map[string]string{"day": x.text, "line": line}}
			}
		}
	}
	for _, w := range words[1:] {
		if w == atWork || strings.Contains(w, "..") || b.From != 0 && w == words[1] {
			continue
		}
		d, err := Parse(w)
		if err != nil {
			return b, &BadHolidays{"holidays_day", map[string]string{"day": w, "line": line}}
		}
		b.Work = append(b.Work, d)
	}
	return b, nil
}

// atWork stands before the weekend days that are worked.
const atWork = "班"

var (
	holidayName    = regexp.MustCompile(`^[^\s\pZ\pC\d.:：;；]{1,20}$`)
	sentenceNumber = regexp.MustCompile(`^[（(]?[一二三四五六七八九十\d]+[）)]?[、.．]\s*`)
	sentenceAside  = regexp.MustCompile(`（[^）]*）|\([^)]*\)`)
	sentenceDay    = regexp.MustCompile(`(?:(\d{4})年)?(\d{1,2})月(\d{1,2})日`)
	sentenceTo     = regexp.MustCompile(`^\s*(?:至|—|–|-|～|~|到)\s*(?:(?:(\d{4})年)?(\d{1,2})月)?(\d{1,2})日`)
)

// parseSentence reads a paragraph of a notice: the days of rest are those of the sentence that says 放假, the days of work
// those of the sentence that says 上班.
func parseSentence(year int, line, name, rest string) (Block, error) {
	b := Block{Name: sentenceNumber.ReplaceAllString(strings.TrimSpace(name), "")}
	bad := &BadHolidays{"holidays_line", map[string]string{"line": line}}
	for _, s := range strings.FieldsFunc(sentenceAside.ReplaceAllString(rest, ""), func(c rune) bool { return c == '。' }) {
		days := sentenceDay.FindAllStringSubmatchIndex(s, -1)
		switch {
		case len(days) == 0:
		case strings.Contains(s, "上班"):
			for _, at := range days {
				d, err := written(year, sub(s, at, 1), sub(s, at, 2), sub(s, at, 3))
				if err != nil {
					return b, err
				}
				b.Work = append(b.Work, d)
			}
		case len(days) > 2 || b.From != 0:
			return b, bad
		default:
			from, err := written(year, sub(s, days[0], 1), sub(s, days[0], 2), sub(s, days[0], 3))
			if err != nil {
				return b, err
			}
			b.From, b.To = from, from
			if to := sentenceTo.FindStringSubmatch(s[days[0][1]:]); to != nil {
				month := to[2]
				if month == "" {
					month = sub(s, days[0], 2)
				}
				if b.To, err = written(from.Year(), to[1], month, to[3]); err != nil {
					return b, err
				}
			} else if len(days) == 2 {
				return b, bad
			}
		}
	}
	if b.Name == "" || b.From == 0 && len(b.Work) == 0 {
		return b, bad
	}
	return b, nil
}

func sub(s string, at []int, group int) string {
	if at[2*group] < 0 {
		return ""
	}
	return s[at[2*group]:at[2*group+1]]
}

// written is a day as a sentence writes it; without a year it is of the year the notice is about.
func written(year int, y, m, d string) (Date, error) {
	if y == "" {
		y = strconv.Itoa(year)
	}
	day, err := Parse(fmt.Sprintf("%s-%02s-%02s", y, m, d))
	if err != nil {
		return 0, &BadHolidays{"holidays_day", map[string]string{"day": m + "月" + d + "日", "line": m + "月" + d + "日"}}
	}
	return day, nil
}

// checkHolidays holds the blocks to the year, the week and each other.
func checkHolidays(year int, blocks []Block) error {
	seen := map[Date]bool{}
	for _, b := range blocks {
		if (b.From == 0) != (b.To == 0) || b.From > b.To || b.To-b.From > 60 {
			return &BadHolidays{"holidays_span", map[string]string{"name": b.Name, "from": b.From.String(), "to": b.To.String()}}
		}
		for _, d := range b.days() {
			switch {
			case d.Year() != year:
				return &BadHolidays{"holidays_year", map[string]string{"name": b.Name, "day": d.String(), "year": strconv.Itoa(year)}}
			case seen[d]:
				return &BadHolidays{"holidays_twice", map[string]string{"name": b.Name, "day": d.String()}}
			}
			seen[d] = true
		}
		for _, d := range b.Work {
			if wd := d.Weekday(); wd != time.Saturday && wd != time.Sunday {
				return &BadHolidays{"holidays_weekday", map[string]string{"name": b.Name, "day": d.String()}}
			}
		}
	}
	return nil
}

// FormatHolidays writes blocks as ParseHolidays reads them, in order of days, one after another with semicolons.
func FormatHolidays(blocks []Block) string {
	blocks = slices.Clone(blocks)
	slices.SortStableFunc(blocks, func(a, b Block) int { return int(a.first() - b.first()) })
	var lines []string
	for _, b := range blocks {
		line := b.Name
		switch {
		case b.From == 0:
		case b.From == b.To:
			line += " " + b.From.String()
		default:
			line += " " + b.From.String() + ".." + b.To.String()
		}
		if len(b.Work) > 0 {
			line += " " + atWork
		}
		for _, d := range b.Work {
			line += " " + d.String()
		}
		lines = append(lines, line)
	}
	return strings.Join(lines, "; ")
}

func (h Block) first() Date {
	if h.From == 0 {
		return slices.Min(h.Work)
	}
	return h.From
}
