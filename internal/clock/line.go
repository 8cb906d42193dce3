package clock

import (
	"strconv"
	"strings"

	"yifa/internal/calendar"
	"yifa/internal/statute"
)

// Line is one line of a derivation. It is data; When and Text word it in the three languages.
type Line struct {
	From, To calendar.Date // days the line is about; To zero: one day; both zero: none
	Key      string        // of the sentence in the catalogue of this package
	Args     map[string]string
	Event    map[string]string // the event or ground, by language, where the sentence names one
	Cite     statute.Cite      // zero: none
	By       statute.Cite      // the provision by which that of another statute holds here; zero: of itself, or by analogy
	Analogy  bool              // the provision is applied by analogy, which is our reading
	Status   statute.Status    // of the provision; empty: none
	Answer   bool              // the last line
}

// Langs are the languages a derivation can be worded in.
var Langs = []string{"zh-Hans", "zh-Hant", "en"}

func langIndex(lang string) int {
	for i, l := range Langs {
		if l == lang {
			return i
		}
	}
	return 0
}

// Text words the line, without its days and its provision.
func (l Line) Text(lang string) string {
	i := langIndex(lang)
	text := strings.Replace(sentences[l.Key][i], "{outcome}", outcomes[l.Args["outcome"]][i], 1)
	pairs := []string{
		"{event}", l.Event[lang],
		"{weekday}", weekdays[i][l.lastDay().Weekday()],
	}
	for k, v := range l.Args {
		switch k {
		case "unit":
			v = units[statute.Unit(v)][i]
			if i == 2 && l.Args["n"] == "1" {
				v = strings.TrimSuffix(v, "s")
			}
		case "length":
			unit, n, _ := strings.Cut(v, " ")
			day, _ := strconv.Atoi(n)
			v = fixedDay(statute.Unit(unit), day, i)
		case "holiday":
			v = holidayName(v, i)
		case "day", "arrived":
			d, _ := calendar.Parse(v)
			v = dayText(d, i, d.Year() != l.From.Year(), true)
		case "makeup":
			v = makeUp(v, lang)
		case "weekend", "resumed":
			v = notes[k][i]
		case "due", "worked":
			v = notes[v][i]
		case "numbers":
			if a, z, _ := strings.Cut(v, " "); a != z {
				pairs = append(pairs, "{s}", "s")
			}
			v = numbers(v, i)
		}
		pairs = append(pairs, "{"+k+"}", v)
	}
	text = strings.NewReplacer(pairs...).Replace(text)
	return strings.TrimSpace(optional.Replace(text))
}

// numbers words which units a stretch holds, given as its first and last: 2, 3、4 or 2 至 29.
func numbers(span string, i int) string {
	a, z, _ := strings.Cut(span, " ")
	first, _ := strconv.Atoi(a)
	last, _ := strconv.Atoi(z)
	if last-first > 3 {
		return a + [3]string{" 至 ", " 至 ", " to "}[i] + z
	}
	s := a
	for n := first + 1; n <= last; n++ {
		s += [3]string{"、", "、", ", "}[i] + strconv.Itoa(n)
	}
	return s
}

// optional takes out what a line has no argument for.
var optional = strings.NewReplacer("{makeup}", "", "{weekend}", "", "{resumed}", "", "{due}", "", "{worked}", "", "{s}", "", "{time} ", "")

func (l Line) lastDay() calendar.Date {
	if l.To != 0 {
		return l.To
	}
	return l.From
}

// When words the days of the line, or for a line without days what kind of line it is. The year
// is left out where it is the given one.
func (l Line) When(lang string, year int) string {
	i := langIndex(lang)
	switch {
	case l.From == 0:
		return labels[l.Key][i]
	case l.To == 0 || l.To == l.From:
		return dayText(l.From, i, l.From.Year() != year, true)
	}
	sameYear := l.From.Year() == l.To.Year()
	_, m1, _ := l.From.YMD()
	_, m2, _ := l.To.YMD()
	sameMonth := sameYear && m1 == m2
	if i == 2 {
		return dayText(l.From, i, !sameYear, !sameMonth) + " to " + dayText(l.To, i, l.To.Year() != year, true)
	}
	return dayText(l.From, i, l.From.Year() != year, true) + "至" + dayText(l.To, i, !sameYear, !sameMonth)
}

// dayText writes 10月8日 or 8 October, with year and month where asked.
func dayText(d calendar.Date, i int, withYear, withMonth bool) string {
	y, m, day := d.YMD()
	if i == 2 {
		s := strconv.Itoa(day)
		if withMonth {
			s += " " + m.String()
		}
		if withYear {
			s += " " + strconv.Itoa(y)
		}
		return s
	}
	s := strconv.Itoa(day) + "日"
	if withMonth {
		s = strconv.Itoa(int(m)) + "月" + s
	}
	if withYear {
		s = strconv.Itoa(y) + "年" + s
	}
	return s
}

// HolidayName words a holiday's Chinese name in zh-Hans, zh-Hant or en.
func HolidayName(name, lang string) string { return holidayName(name, langIndex(lang)) }

// holidayName words a holiday's Chinese name; several are joined by 、. A name the catalogue does
// not know stays as the notice writes it.
func holidayName(name string, i int) string {
	parts := strings.Split(name, "、")
	for k, p := range parts {
		if known, ok := holidays[p]; ok {
			parts[k] = known[i]
		}
	}
	return strings.Join(parts, [3]string{"、", "、", " and "}[i])
}

// noticeTitle is the title of a holiday notice; in Traditional Chinese in the characters of its reader, where its words
// are those the notices have used so far.
func noticeTitle(title string, i int) string {
	if i != 1 {
		return title
	}
	return traditional.Replace(title)
}

// makeUp words the worked weekend days of a stretch, given as days apart by spaces.
func makeUp(days, lang string) string {
	i := langIndex(lang)
	var list []string
	for _, s := range strings.Fields(days) {
		if d, err := calendar.Parse(s); err == nil {
			list = append(list, dayText(d, i, false, true))
		}
	}
	return strings.Replace(notes["makeup"][i], "{days}", strings.Join(list, [3]string{"、", "、", ", "}[i]), 1)
}

// Source words what the line rests on: a provision or a holiday notice; "" where nothing.
func (l Line) Source(b *statute.Book, lang string) string {
	if l.Cite.IsZero() {
		return noticeTitle(l.Args["notice"], langIndex(lang))
	}
	s := b.Name(l.Cite, lang)
	if !l.By.IsZero() {
		s += strings.Replace(notes["by"][langIndex(lang)], "{by}", b.Name(l.By, lang), 1)
	}
	if l.Analogy {
		s += notes["analogy"][langIndex(lang)]
	}
	return s
}

// Unverified reports that the line rests on our own rule or on a source not read in full: pages
// mark it 平台设定.
func (l Line) Unverified() bool { return l.Status != "" && l.Status != statute.Verified }
