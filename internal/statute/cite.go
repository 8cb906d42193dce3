package statute

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"

	"go.yaml.in/yaml/v3"

	"yifa/internal/calendar"
)

// Cite names a provision: xzcf/60, xzcf@2021-07-15/64.1.2, xzcf/60-1. Para and Item are 0 where
// not given; an item is never given without its paragraph. The zero Cite names nothing.
type Cite struct {
	Key     string // of the statute
	Version string // of the statute; empty: the one in force on the day asked about
	Article int
	Sub     int // 六十条之一: 1
	Para    int
	Item    int
}

var citeForm = regexp.MustCompile(
	`^([a-z][a-z0-9]{1,15})(?:@(\d{4}-\d{2}-\d{2}))?/([1-9]\d{0,3})(?:-([1-9]\d?))?(?:\.([1-9]\d?)(?:\.([1-9]\d?))?)?$`)

// ParseCite reads what Cite.String writes and nothing else.
func ParseCite(s string) (Cite, error) {
	m := citeForm.FindStringSubmatch(s)
	if m == nil {
		return Cite{}, fmt.Errorf("statute: %q is not a citation such as xzcf/60 or xzcf@2021-07-15/64.1.2", s)
	}
	if m[2] != "" {
		if _, err := calendar.Parse(m[2]); err != nil {
			return Cite{}, fmt.Errorf("statute: citation %q: %q is not a day", s, m[2])
		}
	}
	c := Cite{Key: m[1], Version: m[2]}
	for i, n := range []*int{&c.Article, &c.Sub, &c.Para, &c.Item} {
		if m[3+i] != "" {
			*n, _ = strconv.Atoi(m[3+i]) // the form lets at most four digits through
		}
	}
	return c, nil
}

// IsZero reports that nothing is cited.
func (c Cite) IsZero() bool { return c == Cite{} }

// At is the part after the slash: 64.1.2.
func (c Cite) At() string {
	var s strings.Builder
	s.WriteString(strconv.Itoa(c.Article))
	for _, part := range []struct {
		mark string
		n    int
	}{{"-", c.Sub}, {".", c.Para}, {".", c.Item}} {
		if part.n > 0 {
			s.WriteString(part.mark + strconv.Itoa(part.n))
		}
	}
	return s.String()
}

// String writes the citation; the zero Cite is the empty string.
func (c Cite) String() string {
	switch {
	case c.IsZero():
		return ""
	case c.Version != "":
		return c.Key + "@" + c.Version + "/" + c.At()
	}
	return c.Key + "/" + c.At()
}

// MarshalText writes the citation as String does.
func (c Cite) MarshalText() ([]byte, error) { return []byte(c.String()), nil }

// UnmarshalText reads what MarshalText writes; the empty text is the zero Cite.
func (c *Cite) UnmarshalText(b []byte) (err error) {
	if len(b) == 0 {
		*c = Cite{}
		return nil
	}
	*c, err = ParseCite(string(b))
	return err
}

// UnmarshalYAML reads a citation in a law file; a fault names its line.
func (c *Cite) UnmarshalYAML(n *yaml.Node) error {
	if n.Kind != yaml.ScalarNode || n.Value == "" || c.UnmarshalText([]byte(n.Value)) != nil {
		return calendar.ValueFault(n, fmt.Sprintf("%q is not a citation", n.Value),
			"write key/article, key/article.paragraph or key/article.paragraph.item")
	}
	return nil
}

// Path words the part after the slash: 第六十四条第一款第二项, 第六十條之一, article 60-1. The
// languages are zh-Hans, zh-Hant and en.
func (c Cite) Path(lang string) string {
	if lang == "en" {
		s := "article " + strconv.Itoa(c.Article)
		if c.Sub > 0 {
			s += "-" + strconv.Itoa(c.Sub)
		}
		if c.Para > 0 {
			s += ", paragraph " + strconv.Itoa(c.Para)
		}
		if c.Item > 0 {
			s += ", item " + strconv.Itoa(c.Item)
		}
		return s
	}
	article, item := "条", "项"
	if lang == "zh-Hant" {
		article, item = "條", "項"
	}
	s := "第" + numeral(c.Article) + article
	if c.Sub > 0 {
		s += "之" + numeral(c.Sub)
	}
	if c.Para > 0 {
		s += "第" + numeral(c.Para) + "款"
	}
	if c.Item > 0 {
		s += "第" + numeral(c.Item) + item
	}
	return s
}

// numeral writes 1 to 9999 as statutes number their articles: 十, 二十一, 一百零三, 一千零五十.
func numeral(n int) string {
	digits := []string{"零", "一", "二", "三", "四", "五", "六", "七", "八", "九"}
	units := []string{"", "十", "百", "千"}
	s := strconv.Itoa(n)
	var out strings.Builder
	zero := false
	for i, r := range s {
		d, unit := int(r-'0'), units[len(s)-1-i]
		if d == 0 {
			zero = true
			continue
		}
		if zero {
			out.WriteString(digits[0])
			zero = false
		}
		if d == 1 && unit == "十" && i == 0 {
			out.WriteString(unit) // 十二, not 一十二
			continue
		}
		out.WriteString(digits[d] + unit)
	}
	return out.String()
}
