package document

import (
	"errors"
	"fmt"
	"io"
	"regexp"
	"slices"
	"strings"

	"go.yaml.in/yaml/v3"
)

// Template is the text of a paper with fields, as a lawyer writes it in documents/<name>.md: first what kind of paper it
// is, between two lines of `---` (without them it is a letter), then in the first block the organ, the title and the
// number, then the addressee, the body line by line, and in the last block who signs and the day. A blank line ends a
// block; what is filled in never makes one.
//
//	## text         a heading, ### one below it
//	|= 4 10 4 10    begins a table and says how wide its columns are; then a line for each row:
//	| 案由 | {cause} ||         an empty cell belongs to the one at its left, ^ to the one above, a dot is empty
//	6| 经过 | {facts} >> {who} // {when} |||   at least six lines high; // is a new line, what follows >> stands at the lower right
//	| < 是否具有管辖权 | {a} |    what the form says stands in the middle of its cell, but not after < or with //
//	h| 名称 | 数量 |            repeated on every page
//	*| {no} | {items} |         repeated for each line of its fields; {no} counts
//	*问：{question}             so are such lines outside of tables, one after the other
//	_ 被询问人（签名）：        stands at the foot of every page
//	=== 处罚事项目录           below the signature: begins an annex, on a page of its own
//
// A paper of the catalogue may also hold lines that stand for a block of documents/blocks.yaml, and texts of the law:
//
//	{{party}}                 the lines of the block, as if they were written there
//	自收到之日起{term:rel-01}内   the length of a term in words, as it holds on the paper's day
//	{remedy:relief}           what a party must be told, chosen by the facts from documents/remedies.yaml
type Template struct {
	Meta
	issuer, title, number, addressee, signer, day string
	body                                          [][]source // by block
	annexes                                       []annex
	foot                                          []string
}

// Meta is what a template says of itself. Texts may hold fields.
type Meta struct {
	Form        Form   `yaml:"form"`
	Signatory   string `yaml:"signatory"`
	Attachments string `yaml:"attachments"` // one a line
	Remark      string `yaml:"remark"`
	CopyTo      string `yaml:"copy_to"`
	Printer     string `yaml:"printer"`
	Printed     string `yaml:"printed"`
}

// annex is an annex of a template.
type annex struct {
	title string
	body  [][]source
}

// source is a line of a template's body, or a table.
type source struct {
	level  int
	text   string
	repeat bool
	table  *grid
}

// grid is a table of a template.
type grid struct {
	columns []float64
	rows    []gridRow
}

type gridRow struct {
	Row
	repeat bool
}

// placeholder is a field in a template: {organ}, {due:answer}, {cite:rating}.
var placeholder = regexp.MustCompile(`\{([a-z_0-9]+)(?::([a-z_0-9-]+))?\}`)

// ErrTemplate: a template lacks its head or its signature.
var ErrTemplate = errors.New("document: a template has a head of two or three lines, a body, and at its end who signs and the day")

// Parse reads a template. What it says of itself is read strictly: a key nobody knows is an error.
func Parse(text string) (Template, error) {
	said, text, err := cutMeta(text)
	if err != nil {
		return Template{}, err
	}
	var meta Meta
	d := yaml.NewDecoder(strings.NewReader(said))
	d.KnownFields(true)
	if err := d.Decode(&meta); err != nil && !errors.Is(err, io.EOF) {
		return Template{}, fmt.Errorf("document: what a template says of itself: %w", err)
	}
	return parse(meta, text)
}

// parse reads what stands below the head of a template.
func parse(meta Meta, text string) (Template, error) {
	t := Template{Meta: meta}
	if !slices.Contains([]Form{"", Official, Letter, Plain, Sheet, Record}, t.Form) {
		return Template{}, fmt.Errorf("document: no form of paper is called %q", t.Form)
	}
	text, annexes := cutAnnexes(text)
	blocks := blocksOf(text)
	if len(blocks) < 2 || len(blocks[0]) < 2 || len(blocks[0]) > 3 {
		return Template{}, ErrTemplate
	}
	head, rest := blocks[0], blocks[1:]
	t.issuer, t.title = head[0], head[1]
	if len(head) == 3 {
		t.number = head[2]
	}
	if end := rest[len(rest)-1]; len(end) == 2 && !isTable(end) && (end[1] == "{day}" || t.signed()) {
		t.signer, t.day, rest = end[0], end[1], rest[:len(rest)-1]
	}
	if t.signer == "" && t.signed() || len(rest) == 0 {
		return Template{}, ErrTemplate
	}
	if len(rest[0]) == 1 && strings.HasSuffix(rest[0][0], "：") && len(rest) > 1 {
		t.addressee, rest = rest[0][0], rest[1:]
	}
	var err error
	if t.body, err = t.blocks(rest); err != nil {
		return Template{}, err
	}
	for _, a := range annexes {
		title, text, _ := strings.Cut(a, "\n")
		body, err := t.blocks(blocksOf(text))
		if err != nil {
			return Template{}, err
		}
		t.annexes = append(t.annexes, annex{strings.TrimSpace(title), body})
	}
	return t, nil
}

const annexMark = "\n=== "

// cutAnnexes parts a text from its annexes, each of which begins with its title.
func cutAnnexes(text string) (string, []string) {
	parts := strings.Split(text, annexMark)
	return parts[0], parts[1:]
}

// blocks reads the blocks of a body.
func (t *Template) blocks(blocks [][]string) ([][]source, error) {
	var out [][]source
	for _, lines := range blocks {
		block, err := t.block(lines)
		if err != nil {
			return nil, err
		}
		if len(block) > 0 {
			out = append(out, block)
		}
	}
	return out, nil
}

// signed says whether papers of the form always end with a signature.
func (t *Template) signed() bool {
	return t.Form == "" || t.Form == Letter || t.Form == Official || t.Form == Plain
}

const fence = "---"

// cutMeta parts what a template says of itself from its text.
func cutMeta(raw string) (said, text string, err error) {
	first, rest, _ := strings.Cut(strings.TrimLeft(raw, "\n"), "\n")
	if strings.TrimSpace(first) != fence {
		return "", raw, nil
	}
	said, text, closed := strings.Cut(rest, "\n"+fence+"\n")
	if !closed {
		return "", "", fmt.Errorf("document: what a template says of itself ends with a line %s", fence)
	}
	return said, text, nil
}

// block reads one block of the body.
func (t *Template) block(lines []string) ([]source, error) {
	if isTable(lines) {
		g, err := parseGrid(lines)
		if err != nil {
			return nil, err
		}
		return []source{{table: g}}, nil
	}
	var out []source
	for _, line := range lines {
		if foot, is := strings.CutPrefix(line, "_ "); is {
			t.foot = append(t.foot, foot)
			continue
		}
		s := source{text: line}
		if s.text, s.repeat = strings.CutPrefix(line, "*"); !s.repeat {
			for hashes := 4; hashes > 1 && s.level == 0; hashes-- {
				if text, is := strings.CutPrefix(line, strings.Repeat("#", hashes)+" "); is {
					s.level, s.text = hashes-1, text
				}
			}
		}
		out = append(out, s)
	}
	return out, nil
}

// blocksOf cuts a text at its blank lines.
func blocksOf(text string) [][]string {
	var out [][]string
	open := false
	for line := range strings.Lines(text) {
		line = strings.TrimSpace(line)
		switch {
		case line == "":
			open = false
		case open:
			out[len(out)-1] = append(out[len(out)-1], line)
		default:
			out, open = append(out, []string{line}), true
		}
	}
	return out
}
