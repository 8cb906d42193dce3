package procedure

import (
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"

	"yifa/internal/matter"
)

// Cover is the answer to a field of type cover: which file of the matter, and what of it is painted over in a copy for
// others. As text it is a line for the file, such as `file 1/staff/0`, then a line for each place, such as
// `privacy 2 10.5 20 30 4`: the reason, the page, and left, top, width and height in hundredths of the page; or
// `contact text 13800138000`: the reason, and what is painted over wherever it stands. A semicolon ends a line too.
type Cover struct {
	Seq   int
	Class matter.Class
	Index int
	Marks []Mark
}

// Mark is one place that is painted over, or a text that is wherever it stands.
type Mark struct {
	Reason     string
	Page       int // from 1; 0 for a text
	X, Y, W, H float64
	Text       string
}

// Most of what one answer may ask.
const (
	mostMarks    = 2000
	shortestText = 2 // characters: less would paint over half a page
)

// ParseCover reads an answer. key names what is wrong with the first bad line.
func (f *Field) ParseCover(text string) (c Cover, key string, args map[string]string) {
	n, seen := 0, false
	for line := range strings.FieldsFuncSeq(text, func(r rune) bool { return r == '\n' || r == ';' || r == '；' }) {
		line = strings.TrimSpace(line)
		if line == "" {
			continue
		}
		if at, is := strings.CutPrefix(line, "file "); is && !seen {
			if c.Seq, c.Class, c.Index, seen = fileAt(at); !seen {
				return c, "cover_file", nil
			}
			continue
		}
		n++
		mark, bad := f.mark(line)
		if bad != "" {
			return c, bad, map[string]string{"line": strconv.Itoa(n)}
		}
		c.Marks = append(c.Marks, mark)
	}
	switch {
	case !seen:
		return c, "cover_file", nil
	case len(c.Marks) == 0:
		return c, "cover_nothing", nil
	case len(c.Marks) > mostMarks:
		return c, "too_many", map[string]string{"max": strconv.Itoa(mostMarks)}
	}
	return c, "", nil
}

// fileAt reads a file's place in the record: entry, class, number.
func fileAt(text string) (seq int, class matter.Class, index int, ok bool) {
	parts := strings.Split(strings.TrimSpace(text), "/")
	if len(parts) != 3 {
		return 0, "", 0, false
	}
	seq, err := strconv.Atoi(parts[0])
	index, err2 := strconv.Atoi(parts[2])
	class = matter.Class(parts[1])
	return seq, class, index, err == nil && err2 == nil && seq > 0 && index >= 0 && slices.Contains(matter.Classes, class)
}

func (f *Field) mark(line string) (m Mark, key string) {
	reason, rest, _ := strings.Cut(line, " ")
	if !slices.ContainsFunc(f.Options, func(o *Option) bool { return o.Value == reason }) {
		return m, "cover_reason"
	}
	m.Reason = reason
	if text, is := strings.CutPrefix(strings.TrimSpace(rest), "text "); is {
		m.Text = strings.TrimSpace(text)
		if len([]rune(m.Text)) < shortestText {
			return m, "cover_text"
		}
		return m, ""
	}
	cells := strings.Fields(rest)
	if len(cells) != 5 {
		return m, "cover_place"
	}
	page, err := strconv.Atoi(cells[0])
	if err != nil || page < 1 {
		return m, "cover_place"
	}
	m.Page = page
	for i, to := range []*float64{&m.X, &m.Y, &m.W, &m.H} {
		v, err := strconv.ParseFloat(cells[i+1], 64)
		if err != nil || math.IsNaN(v) || v < 0 || v > 100 {
			return m, "cover_place"
		}
		*to = v
	}
	if m.W <= 0 || m.H <= 0 {
		return m, "cover_place"
	}
	return m, ""
}

// String is the answer as it is kept.
func (c Cover) String() string {
	var b strings.Builder
	fmt.Fprintf(&b, "file %d/%s/%d", c.Seq, c.Class, c.Index)
	for _, m := range c.Marks {
		if m.Text != "" {
			fmt.Fprintf(&b, "\n%s text %s", m.Reason, m.Text)
			continue
		}
		fmt.Fprintf(&b, "\n%s %d %s %s %s %s", m.Reason, m.Page, share(m.X), share(m.Y), share(m.W), share(m.H))
	}
	return b.String()
}

func share(v float64) string { return strconv.FormatFloat(math.Round(v*100)/100, 'f', -1, 64) }

// Covers returns the field of a form that asks what is painted over, or nil.
func (f *Form) Covers() *Field {
	if f == nil {
		return nil
	}
	for _, x := range f.Fields {
		if x.Type == "cover" {
			return x
		}
	}
	return nil
}

// made says whether the office makes the answer to a field from that to another.
func (f *Form) made(x *Field) bool { c := f.Covers(); return c != nil && c.Makes == x.Name }

// makes holds a field that asks what is painted over to one that takes the copy; no other names one.
func (l *loader) makes(f *Form, x *Field) {
	to := f.Field(x.Makes)
	if (x.Type == "cover") != (to != nil && to.Type == "files" && to.Unasked) {
		l.fault(f.File, x.Line, "field "+x.Name+": cover and makes go together", "name the field of type files, unasked: true, that takes the copy")
	}
}

// reasonsToCover holds each reason for painting over to a provision.
func (c *checker) reasonsToCover() {
	for _, name := range c.formNames() {
		if f := c.p.Forms[name].Covers(); f != nil {
			for _, o := range f.Options {
				where := c.p.Forms[name].File + ": " + f.Name + ": " + o.Value
				if len(o.Cite) == 0 {
					c.fault(o.Line, where+" cites nothing", "name the provision for which it may be covered")
				}
				c.cites(o.Line, where, o.Cite)
			}
		}
	}
}

// Covers says whether an act of a name asks in any procedure what of a file is painted over.
func (l *Law) Covers(act string) bool {
	return slices.ContainsFunc(l.all, func(p *Procedure) bool {
		return slices.ContainsFunc(p.Acts(act), func(a *Act) bool { return p.Form(a).Covers() != nil })
	})
}
