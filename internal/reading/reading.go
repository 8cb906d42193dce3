// Package reading says what a paper from elsewhere seems to say of itself: number, title, day, maker and what sort of
// thing it is, by its name and the lines of its first page. Everything it says is a suggestion with the place it comes
// from; whoever takes the paper in decides. It opens no file, corrects nothing, and says nothing where it is not told.
package reading

import (
	"fmt"
	"path"
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"yifa/internal/calendar"
	"yifa/internal/lawtext"
)

// Source is where something was read.
type Source string

// Sources.
const (
	ByName   Source = "name"   // the file's own name
	ByFolder Source = "folder" // the folders it was chosen with
	ByText   Source = "text"   // its first page
	ByMedia  Source = "media"  // what kind of file it is
)

// Said is one suggestion; Value is empty where there is none.
type Said struct {
	Value string `json:"v,omitempty"`
	By    Source `json:"by,omitempty"`
}

// Paper is what is known of a paper before anybody looked at it.
type Paper struct {
	Path  string   // with the folders it was chosen with, parted by /
	Media string   // media type
	Lines []string // of its first page, from the top; none of a picture
}

// Guess is what it seems to be.
type Guess struct {
	Sort   Said `json:"sort,omitzero"` // paper, or one of the sorts below
	Kind   Said `json:"kind,omitzero"` // id in the catalogue
	Title  Said `json:"title,omitzero"`
	Number Said `json:"number,omitzero"`
	Maker  Said `json:"maker,omitzero"`
	Dated  Said `json:"dated,omitzero"`  // 2026-01-12
	Inside Said `json:"inside,omitzero"` // "true" or "false": what its folder says of the volume
}

// What a first page is looked at, and how long an answer may be.
const (
	headLines  = 12
	mostLines  = 120
	mostTitle  = 80
	mostNumber = 60
)

// Of guesses at a paper. kinds are the titles of the catalogue by id; today bounds the days that are believed.
func Of(p Paper, kinds map[string]string, today calendar.Date) Guess {
	lines := p.Lines[:min(len(p.Lines), mostLines)]
	var g Guess
	name := plainName(p.Path)
	g.Number = first(Said{number(strings.Join(lines[:min(len(lines), headLines)], "\n")), ByText}, Said{number(name), ByName})
	g.Title = first(Said{title(lines), ByText}, Said{short(withoutNumber(name)), ByName})
	g.Dated = first(Said{lastDay(lines, today), ByText}, Said{day(name, today), ByName}, Said{day(path.Dir(p.Path), today), ByFolder})
	g.Maker = Said{maker(lines), ByText}.ifAny()
	g.Kind = kindOf(g.Title, name, kinds)
	g.Sort = sortOf(g, p.Media, name)
	g.Inside = volume(path.Dir(p.Path))
	return g
}

func (s Said) ifAny() Said {
	if s.Value == "" {
		return Said{}
	}
	return s
}

func first(list ...Said) Said {
	for _, s := range list {
		if s.Value != "" {
			return s
		}
	}
	return Said{}
}

func short(s string) string {
	if utf8.RuneCountInString(s) <= mostTitle {
		return s
	}
	return string([]rune(s)[:mostTitle])
}

var (
	lead   = regexp.MustCompile(`^(?:第?\s*\d{1,3}\s*(?:[件份号.、_\-—)）]|\s)\s*)+`)
	copied = regexp.MustCompile(`\s*[(（](?:\d{1,2}|副本|复件)[)）]$| - 副本$|-副本$`)
)

// plainName is a file's name without folders, ending, leading order number and what a copy adds.
func plainName(p string) string {
	name := path.Base(p)
	if ext := path.Ext(name); len(ext) > 1 && len(ext) < 7 && !strings.ContainsAny(ext, " 　") && utf8.RuneCountInString(ext) == len(ext) {
		name = strings.TrimSuffix(name, ext)
	}
	name = strings.TrimSpace(copied.ReplaceAllString(strings.TrimSpace(name), ""))
	if cut := strings.TrimSpace(lead.ReplaceAllString(name, "")); cut != "" && day(name, anyDay) == "" {
		name = cut
	}
	return name
}

// numbers of papers: 江蓬执监通〔2026〕3号, with any of the brackets people write.
var numberForm = regexp.MustCompile(`[\p{Han}A-Za-z]{1,20}\s?[〔\[［(（【]\s?(?:19|20)\d{2}\s?[〕\]］)）】]\s?第?\s?\d{1,6}\s?号`)

func number(text string) string {
	found := numberForm.FindString(text)
	if found = strings.TrimSpace(found); len(found) > 4*mostNumber {
		return ""
	}
	for _, before := range []string{"文号", "编号", "案号", "字号"} {
		found = strings.TrimPrefix(found, before)
	}
	return found
}

func withoutNumber(name string) string {
	if rest := strings.Trim(strings.TrimSpace(numberForm.ReplaceAllString(name, "")), "-_ 　《》"); rest != "" {
		return rest
	}
	return name
}

var (
	titleEnd = regexp.MustCompile(`(?:书|笔录|报告|通知|函|决定|意见|请示|批复|记录|清单|审批表|登记表|申请表|呈批表|表|说明|合同|协议|收据|凭证|证明|台账|回证|纪要|申请|承诺|方案|公告|照片|签到册)(?:[（(][^）)]{1,20}[）)])?$`)
	sentence = regexp.MustCompile(`[。；！？!?：:，,]`)
)

// title is the line of the head that ends as titles do; one that begins with 关于 above it belongs to it.
func title(lines []string) string {
	for i, line := range lines[:min(len(lines), headLines)] {
		line = packed(line)
		n := utf8.RuneCountInString(line)
		if n < 2 || n > mostTitle || sentence.MatchString(line) || numberForm.MatchString(line) || !titleEnd.MatchString(line) {
			continue
		}
		for up := i - 1; up >= max(0, i-2); up-- {
			above := packed(lines[up])
			if strings.Contains(above, "关于") && !sentence.MatchString(above) && !titleEnd.MatchString(above) && utf8.RuneCountInString(above+line) <= mostTitle {
				return above + line
			}
		}
		return line
	}
	return ""
}

// packed takes out the spaces by which short titles are spread: 询 问 笔 录.
func packed(line string) string {
	line = strings.TrimSpace(line)
	words := strings.FieldsFunc(line, func(r rune) bool { return r == ' ' || r == '　' || r == '\t' })
	if slices.ContainsFunc(words, func(w string) bool { return utf8.RuneCountInString(w) > 1 }) {
		return line
	}
	return strings.Join(words, "")
}

var makerForm = regexp.MustCompile(`^[\p{Han}（）()]{2,30}(?:局|委员会|办公室|政府|法院|检察院|办事处|中心|大队|支队|总队|派出所|研究院|公司|协会|服务所)(文件)?$`)

// maker is the line above the day at the end, or the head in red, that reads like the name of an organ or a company.
func maker(lines []string) string {
	for i := len(lines) - 1; i > 0; i-- {
		if day(lines[i], anyDay) == "" || utf8.RuneCountInString(packed(lines[i])) > 14 {
			continue
		}
		for up := i - 1; up >= max(0, i-2); up-- {
			if made := packed(lines[up]); makerForm.MatchString(made) {
				return made
			}
		}
	}
	for _, line := range lines[:min(len(lines), 4)] {
		if made := packed(line); makerForm.MatchString(made) {
			return strings.TrimSuffix(made, "文件")
		}
	}
	return ""
}

var (
	dayForm = regexp.MustCompile(`(19\d\d|20\d\d|[一二][零〇○九][零〇○一二三四五六七八九]{2})\s?[年\-./]\s?(\d{1,2}|[一二三四五六七八九十]{1,3})\s?[月\-./]\s?(\d{1,2}|[一二三四五六七八九十]{1,3})`)
	packDay = regexp.MustCompile(`(?:^|\D)((?:19|20)\d\d)(\d\d)(\d\d)(?:\D|$)`)
	anyDay  = calendar.New(9999, 12, 31)
)

// day is the first day a text names, written 2026-01-12; "" where it names none up to today.
func day(text string, today calendar.Date) string {
	for _, form := range []*regexp.Regexp{dayForm, packDay} {
		for _, m := range form.FindAllStringSubmatch(text, -1) {
			found, err := calendar.Parse(fmt.Sprintf("%04d-%02d-%02d", lawtext.Number(m[1]), lawtext.Number(m[2]), lawtext.Number(m[3])))
			if err == nil && found <= today {
				return found.String()
			}
		}
	}
	return ""
}

// lastDay is the last line of a page that is little else than a day, else the first day it names.
func lastDay(lines []string, today calendar.Date) string {
	for _, line := range slices.Backward(lines) {
		if found := day(line, today); found != "" && utf8.RuneCountInString(packed(line)) <= 14 {
			return found
		}
	}
	return day(strings.Join(lines, "\n"), today)
}
