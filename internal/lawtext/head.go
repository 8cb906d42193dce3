package lawtext

import (
	"regexp"
	"strings"

	"yifa/internal/calendar"
)

var (
	ends      = regexp.MustCompile(`(法|典|条例|规定|办法|决定|解释|意见|细则|规则|纲要|通知|程序|标准|准则|指引|守则|章程|宪法|方案|规划|批复|试行）|暂行）)$`)
	edition   = regexp.MustCompile(`[（(](19|20)\d\d[^（）()]*[)）]$`)
	nameParts = regexp.MustCompile(`^(.*?)[_ ]*[（(]?((?:19|20)\d\d\D?.*)?$`)
)

// title takes the title off the lines: the first, or the first few where a long one was broken.
func title(lines []string) (string, []string) {
	name := ""
	for i, line := range lines {
		if i == 3 || articleLine.MatchString(line) || strings.HasPrefix(line, "（") || strings.HasPrefix(line, "(") {
			break
		}
		if _, isHeading := heading(line, ByArticle); isHeading {
			break
		}
		name += line
		if ends.MatchString(CleanTitle(name)) {
			return CleanTitle(name), lines[i+1:]
		}
	}
	if len(lines) > 0 && !articleLine.MatchString(lines[0]) {
		return CleanTitle(lines[0]), lines[1:]
	}
	return "", lines
}

// CleanTitle is a title without spaces, book marks and the edition behind it: （2017年修正）.
func CleanTitle(s string) string {
	s = strings.NewReplacer(" ", "", "　", "", "《", "", "》", "").Replace(s)
	return edition.ReplaceAllString(s, "")
}

// fromName fills what the text does not say from the name of its file: 行政处罚法(2021-01-22), 行政处罚法_20210122.
func fromName(t *Text, name string) {
	if m := nameParts.FindStringSubmatch(name); t.Title == "" && m != nil {
		t.Title = CleanTitle(m[1])
	}
	if m := nameDay.FindStringSubmatch(name); m != nil {
		t.Adopted, _ = dayOf(Number(m[1]+m[2]), Number(m[3]), Number(m[4]))
	}
}

// date finds when the text was adopted and took effect. An amended text keeps the last article of the first one,
// so a day of effect before its last adoption is not its own.
func date(t *Text) {
	var adopted, began calendar.Date
	times := 0
	for _, line := range t.Head {
		for _, d := range days(line) {
			if doneWords.MatchString(d.then) && !strings.HasPrefix(strings.TrimSpace(d.then), "起") {
				adopted = max(adopted, d.day)
				times++
			}
			if starts.MatchString(d.then) {
				began = max(began, d.day)
			}
		}
	}
	if adopted != 0 {
		t.Adopted = adopted
	}
	published := t.Adopted
	if times > 1 && !republished(t.Head, adopted) {
		published = 0 // 自公布之日起施行 is said of the first text
	}
	for i := len(t.Articles) - 1; i >= 0 && began == 0; i-- {
		began = ownBeginning(t.Articles[i].Plain(), published)
	}
	if began >= t.Adopted && began != 0 {
		t.From = began
	}
}

// republished reports whether the head says of a day that the text was published then, and not amended.
func republished(head []string, day calendar.Date) bool {
	for _, line := range head {
		for _, d := range days(line) {
			if d.day == day && publishing.MatchString(d.then) && !amending.MatchString(d.then) {
				return true
			}
		}
	}
	return false
}

var (
	publishing = regexp.MustCompile(`公布|发布|印发|颁布`)
	amending   = regexp.MustCompile(`修订|修正|修改`)
)

var own = regexp.MustCompile(`本(?:法|条例|办法|规定|细则|规则|决定|解释|标准|准则|程序|意见|通知|指引|典)[^。]{0,20}(?:自|从|于)`)

// ownBeginning is the day an article says its own text takes effect; published is the day of publication.
func ownBeginning(article string, published calendar.Date) calendar.Date {
	for _, sentence := range strings.FieldsFunc(article, func(r rune) bool { return r == '。' || r == '\n' }) {
		if !own.MatchString(sentence) {
			continue
		}
		if ownStart.MatchString(sentence) {
			return published
		}
		for _, d := range days(sentence) {
			if starts.MatchString(d.then) {
				return d.day
			}
		}
	}
	return 0
}
