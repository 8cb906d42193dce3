package lawtext

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"strconv"

	"yifa/internal/calendar"
)

// Text is one version of a statute as a file gives it.
type Text struct {
	Title     string
	Adopted   calendar.Date // the last day its head says it was adopted, amended or published; zero: not said
	From      calendar.Date // the day it took effect; zero: not said, or said of an older version
	Numbering Numbering
	Head      []string // what stands between title and first article, without table of contents
	Articles  []Article
	Annex     []string // what follows under 附件
	Missing   []string `json:"-"` // article numbers left out, as 12 or 12-14: repealed, or lost in the copy
}

// Numbering is how the text names its articles.
type Numbering string

// By 第一条, by （一） counted through the whole text, or by 一、.
const (
	ByArticle Numbering = ""
	ByBracket Numbering = "bracket"
	ByList    Numbering = "list"
)

// Article is one 条. Sub is 1 for 第六十条之一, 0 for most.
type Article struct {
	N, Sub int
	Place  []Heading // the 编, 章 and 节 it stands in, widest first
	Paras  []Para
}

// At is the article as citations write it: 60, 60-1.
func (a Article) At() string {
	if a.Sub > 0 {
		return fmt.Sprintf("%d-%d", a.N, a.Sub)
	}
	return strconv.Itoa(a.N)
}

// Heading is one 编, 分编, 章 or 节. N is 0 for one without a number, such as 附则.
type Heading struct {
	Rank   Rank   `json:"r"`
	N      int    `json:"n,omitempty"`
	Sub    int    `json:"s,omitempty"`
	Number string `json:"no,omitempty"` // as written: 第三章
	Name   string `json:"t,omitempty"`
}

// Rank orders headings, widest first.
type Rank int

// The ranks of headings.
const (
	Book Rank = iota + 1
	Subbook
	Chapter
	Section
)

// Para is one 款, with the 项 that follow it.
type Para struct {
	Text  string `json:"t,omitempty"`
	Items []Item `json:"i,omitempty"`
}

// Item is one 项; Points are the 目 below it, each with its mark.
type Item struct {
	N      int      `json:"n"`
	Sub    int      `json:"s,omitempty"` // （六之一）: 1
	Text   string   `json:"t"`
	Points []string `json:"p,omitempty"`
}

// Plain is the article in one piece, for searching: its text without the marks of 项.
func (a Article) Plain() string {
	var out []byte
	line := func(s string) {
		if s != "" {
			out = append(append(out, s...), '\n')
		}
	}
	for _, p := range a.Paras {
		line(p.Text)
		for _, i := range p.Items {
			line(i.Text)
			for _, point := range i.Points {
				line(point)
			}
		}
	}
	return string(out)
}

// Has reports whether the article has a paragraph, and in it an item; 0 asks for none.
func (a Article) Has(para, item int) bool {
	if para == 0 {
		return true
	}
	if para > len(a.Paras) {
		return false
	}
	if item == 0 {
		return true
	}
	for _, i := range a.Paras[para-1].Items {
		if i.N == item && i.Sub == 0 {
			return true
		}
	}
	return false
}

// Words names what the articles say, whatever stands around them.
func (t Text) Words() string { return Text{Numbering: t.Numbering, Articles: t.Articles}.Hash() }

// Hash names what the text says, as 64 hexadecimal digits: the same words give the same hash, whatever file they
// stood in.
func (t Text) Hash() string {
	b, err := json.Marshal(t)
	if err != nil {
		panic(err) // strings and numbers always marshal
	}
	sum := sha256.Sum256(b)
	return hex.EncodeToString(sum[:])
}
