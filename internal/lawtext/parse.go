package lawtext

import (
	"errors"
	"fmt"
	"path"
	"regexp"
	"slices"
	"strings"
)

// maxArticles bounds a text; maxHead the lines kept before its first article.
const (
	maxArticles = 10_000
	maxHead     = 60
)

var (
	articleLine = regexp.MustCompile(`^第(` + numerals + `{1,9})条(?:之(` + numerals + `{1,3}))?(.*)$`)
	headingLine = regexp.MustCompile(`^(第(` + numerals + `{1,5}) ?(编|分编|章|节)(?:之(` + numerals + `{1,2}))?)([ 　：:].*|[^，。；]{0,40})?$`)
	itemLine    = regexp.MustCompile(`^[（(](` + numerals + `{1,4})(?:之(` + numerals + `{1,2}))?[)）] ?(.*)$`)
	listLine    = regexp.MustCompile(`^([一二三四五六七八九十]{1,4})、 ?(.*)$`)
	pointLine   = regexp.MustCompile(`^([0-9０-９]{1,2}[.．、]|[（(][0-9０-９]{1,2}[)）]|[①-⑳])`)
	annexLine   = regexp.MustCompile(`^(附件|附录|附表|附：|附:)[0-9一二三四五六七八九十]{0,2}[：: ]?.{0,60}$`)
	loose       = regexp.MustCompile(`^(附 ?则|总 ?则)$`)
	refers      = regexp.MustCompile(`^(第|规定|所|、|和|至|的|或|以|及|，|,|中|款|项|—|－|-|~|“|”)`)
)

var ranks = map[string]Rank{"编": Book, "分编": Subbook, "章": Chapter, "节": Section}

// parse splits the lines of a text.
func parse(name string, lines []string) (Text, error) {
	var t Text
	t.Title, lines = title(lines)
	p := parser{text: &t}
	if !slices.ContainsFunc(lines, articleLine.MatchString) {
		t.Numbering = numberedBy(lines)
	}
	for _, line := range lines {
		if err := p.take(line); err != nil {
			return Text{}, fmt.Errorf("near %q: %w", string([]rune(line)[:min(20, len([]rune(line)))]), err)
		}
	}
	if len(t.Articles) == 0 {
		return Text{}, ErrNoArticle
	}
	fromName(&t, strings.TrimSuffix(name, path.Ext(name)))
	if t.Title == "" {
		return Text{}, ErrNoTitle
	}
	date(&t)
	t.Missing = gaps(t.Articles)
	return t, nil
}

// A parser reads line after line.
type parser struct {
	text    *Text
	place   []Heading
	annexed bool
}

func (p *parser) take(line string) error {
	t := p.text
	if p.annexed {
		t.Annex = append(t.Annex, line)
		return nil
	}
	if h, ok := heading(line, t.Numbering); ok {
		p.place = append(slices.DeleteFunc(slices.Clone(p.place), func(o Heading) bool { return o.Rank >= h.Rank }), h)
		return nil
	}
	if a, rest, ok := p.article(line); ok {
		return p.open(a, rest)
	}
	if len(t.Articles) == 0 {
		if name := strings.ReplaceAll(line, " ", ""); name != "目录" && name != "目次" && name != t.Title && len(t.Head) < maxHead {
			t.Head = append(t.Head, line)
		}
		return nil
	}
	if annexLine.MatchString(line) {
		p.annexed = true
		t.Annex = append(t.Annex, line)
		return nil
	}
	last := &t.Articles[len(t.Articles)-1]
	last.add(line, t.Numbering)
	return nil
}

// heading reads the line of a 编, 章 or 节; in a text without 条 that counts （一） through, 一、 stands for the chapter.
func heading(line string, by Numbering) (Heading, bool) {
	if m := headingLine.FindStringSubmatch(line); m != nil && !strings.ContainsAny(m[5], "。；") && !refers.MatchString(m[5]) {
		return Heading{Rank: ranks[m[3]], N: Number(m[2]), Sub: Number(m[4]), Number: strings.ReplaceAll(m[1], " ", ""), Name: headingName(m[5])}, true
	}
	if loose.MatchString(line) {
		return Heading{Rank: Chapter, Name: headingName(line)}, true
	}
	if m := listLine.FindStringSubmatch(line); m != nil && by == ByBracket && len([]rune(m[2])) <= 40 && !strings.Contains(strings.TrimSuffix(m[2], "。"), "。") {
		return Heading{Rank: Chapter, N: Number(m[1]), Number: m[1] + "、", Name: headingName(m[2])}, true
	}
	return Heading{}, false
}

// headingName takes out the spaces that only spread a short name over a line: 总　则.
func headingName(s string) string {
	s = strings.Trim(s, " 　：:")
	if words := strings.Fields(s); !slices.ContainsFunc(words, func(w string) bool { return len([]rune(w)) > 1 }) {
		return strings.Join(words, "")
	}
	return s
}

// article reads a line that begins an article. 第六条第二款规定 at the beginning of a paragraph does not.
func (p *parser) article(line string) (Article, string, bool) {
	switch p.text.Numbering {
	case ByBracket:
		if m := itemLine.FindStringSubmatch(line); m != nil {
			return Article{N: Number(m[1]), Sub: Number(m[2])}, m[3], true
		}
		return Article{}, "", false
	case ByList:
		if m := listLine.FindStringSubmatch(line); m != nil {
			return Article{N: Number(m[1])}, m[2], true
		}
		return Article{}, "", false
	}
	m := articleLine.FindStringSubmatch(line)
	if m == nil {
		return Article{}, "", false
	}
	a := Article{N: Number(m[1]), Sub: Number(m[2])}
	rest := strings.TrimLeft(m[3], " 　：:")
	spaced := rest == "" || rest != m[3] || strings.HasPrefix(rest, "【")
	if refers.MatchString(rest) && !(spaced && p.next(a)) || !spaced && !p.next(a) {
		return Article{}, "", false
	}
	return a, rest, true
}

// next reports whether an article is the one expected now.
func (p *parser) next(a Article) bool {
	if len(p.text.Articles) == 0 {
		return a.N == 1
	}
	last := p.text.Articles[len(p.text.Articles)-1]
	return a.N == last.N+1 && a.Sub == 0 || a.N == last.N && a.Sub == last.Sub+1
}

// open begins an article.
func (p *parser) open(a Article, rest string) error {
	t := p.text
	if a.N == 0 {
		return errors.New("its article has a number that cannot be read")
	}
	if n := len(t.Articles); n > 0 {
		last := t.Articles[n-1]
		if a.N < last.N || a.N == last.N && a.Sub <= last.Sub {
			return fmt.Errorf("article %s follows article %s: is this one text?", a.At(), last.At())
		}
		if n == maxArticles {
			return ErrLarge
		}
	}
	a.Place = p.place
	if rest != "" {
		a.add(rest, t.Numbering)
	}
	t.Articles = append(t.Articles, a)
	return nil
}

// add adds a line to an article: a 项, a 目, or a 款.
func (a *Article) add(line string, by Numbering) {
	if m := itemLine.FindStringSubmatch(line); m != nil && by != ByBracket && Number(m[1]) > 0 && !pointLine.MatchString(line) {
		if len(a.Paras) == 0 {
			a.Paras = []Para{{}}
		}
		last := &a.Paras[len(a.Paras)-1]
		last.Items = append(last.Items, Item{N: Number(m[1]), Sub: Number(m[2]), Text: m[3]})
		return
	}
	if n := len(a.Paras); n > 0 && pointLine.MatchString(line) {
		if items := a.Paras[n-1].Items; len(items) > 0 {
			items[len(items)-1].Points = append(items[len(items)-1].Points, line)
			return
		}
	}
	a.Paras = append(a.Paras, Para{Text: line})
}

// numberedBy says how a text without 条 counts: by （一） where those run through the whole text, else by 一、.
func numberedBy(lines []string) Numbering {
	brackets := 0
	for _, line := range lines {
		if m := itemLine.FindStringSubmatch(line); m != nil {
			if Number(m[1]) != brackets+1 {
				return ByList
			}
			brackets++
		}
	}
	if brackets < 3 {
		return ByList
	}
	return ByBracket
}

// gaps lists the numbers between the first and the last article that no article has.
func gaps(articles []Article) []string {
	var out []string
	last := 0
	for _, a := range articles {
		switch {
		case a.N == last+2:
			out = append(out, fmt.Sprint(last+1))
		case a.N > last+2:
			out = append(out, fmt.Sprintf("%d-%d", last+1, a.N-1))
		}
		last = a.N
	}
	return out
}
