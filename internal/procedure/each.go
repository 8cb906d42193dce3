package procedure

import (
	"slices"
	"strconv"
	"strings"

	"yifa/internal/matter"
)

// Column is one column of a field of type rows.
type Column struct {
	Line     int
	Name     string    `yaml:"name" need:"1"`
	Label    string    `yaml:"label" need:"1"`
	Required bool      `yaml:"required"`
	Known    bool      `yaml:"known" doc:"one of those by which the same line is known again in another list"`
	Options  []*Option `yaml:"options" doc:"written by value or by label"`
}

// rowsMost is how many matters one act opens at most: what one act writes.
const rowsMost = 200

// cellOf is what stands between two columns of a line: a tab, as tables are copied, or a bar.
var cellOf = strings.NewReplacer("｜", "|", "\t", "|")

// rows reads the lines of an answer. key names what is wrong with the first bad one.
func (f *Field) rows(text string) (out []map[string]string, key string, args map[string]string) {
	for i, line := range strings.Split(text, "\n") {
		if strings.TrimSpace(line) == "" {
			continue
		}
		n := strconv.Itoa(i + 1)
		cells := strings.Split(cellOf.Replace(line), "|")
		if len(cells) > len(f.Columns) {
			return nil, "row_long", map[string]string{"line": n, "columns": strconv.Itoa(len(f.Columns))}
		}
		row := map[string]string{}
		for j, c := range f.Columns {
			v := ""
			if j < len(cells) {
				v = strings.TrimSpace(cells[j])
			}
			v, known := c.value(v)
			switch {
			case !known:
				return nil, "row_option", map[string]string{"line": n, "column": c.Label, "options": c.Choices()}
			case v == "" && c.Required:
				return nil, "row_short", map[string]string{"line": n, "column": c.Label}
			}
			row[c.Name] = v
		}
		out = append(out, row)
	}
	if len(out) > rowsMost {
		return nil, "too_many", map[string]string{"max": strconv.Itoa(rowsMost)}
	}
	return out, "", nil
}

// value is a cell as it is kept; known is false for what is none of the column's options.
func (c *Column) value(cell string) (v string, known bool) {
	if len(c.Options) == 0 || cell == "" {
		return cell, true
	}
	for _, o := range c.Options {
		if cell == o.Value || cell == o.Label {
			return o.Value, true
		}
	}
	return "", false
}

// Choices are the options of a column as they are written, each in its first wording.
func (c *Column) Choices() string {
	var out, seen []string
	for _, o := range c.Options {
		if !slices.Contains(seen, o.Value) {
			out, seen = append(out, o.Label), append(seen, o.Value)
		}
	}
	return strings.Join(out, "、")
}

// cut is the answer to a field that an opening goes through, one by one: the lines of rows, or the values of a list.
func (s *scene) cut(o *Opens, try Attempt) []map[string]string {
	f := s.form.Field(o.Each)
	if f == nil {
		return []map[string]string{nil} // once
	}
	if f.Type != "rows" {
		var out []map[string]string
		for _, v := range s.list(o.Each) {
			out = append(out, map[string]string{"value": v})
		}
		return out
	}
	text, _ := clean(strings.Join(try.Fields[o.Each], "\n"), true)
	out, _, _ := f.rows(text) // fill has read it
	if s.snap.Alias == nil {
		return out
	}
	for _, row := range out {
		var known []string
		for _, c := range f.Columns {
			if c.Known {
				known = append(known, row[c.Name])
			}
		}
		row["id"] = s.snap.Alias(s.whole(), strings.Join(known, "\x00"))
	}
	return out
}

// whole is the matter of which this one is a part, or itself: within it the same person has the same alias.
func (s *scene) whole() matter.ID {
	for _, l := range s.st.Links {
		if l.Kind == "part_of" {
			return l.To
		}
	}
	return s.st.ID
}

// alone says what keeps a matter from being opened: one opened before with the same values in the facts that tell them
// apart, which has not come to a stage from which it is begun again, or a line above.
func (s *scene) alone(o *Opens, next Attempt, sofar []Attempt) (twice, there bool) {
	if len(o.Distinct) == 0 {
		return false, false
	}
	twice = slices.ContainsFunc(sofar, func(x Attempt) bool {
		return x.Act == next.Act && !slices.ContainsFunc(o.Distinct, func(f string) bool { return !slices.Equal(x.Fields[f], next.Fields[f]) })
	})
	there = s.anyLinked(opposite[o.Link], func(x matter.State) bool {
		return idOf(x.Procedure) == o.Procedure && !slices.Contains(o.Again, x.Stage) &&
			!slices.ContainsFunc(o.Distinct, func(f string) bool { return !slices.Equal(answered(x.Facts, f), next.Fields[f]) })
	})
	return twice, there
}

// answered is a fact as it would be answered in a form.
func answered(facts matter.Facts, name string) []string {
	if n, is := facts[name].(int64); is {
		return []string{strconv.FormatInt(n, 10)}
	}
	return facts.List(name)
}

// made is what a matter knows of the newest paper it made: seq, the entry that made it, number, or title, that of its kind.
func (s *scene) made(what string, d *matter.Delta) []string {
	if what == "title" {
		kind, _ := s.paper()
		return []string{kind.Title}
	}
	if what == "number" {
		if all := slices.Concat(s.st.Numbers, d.Numbers); len(all) > 0 {
			return []string{all[len(all)-1].Text}
		}
		return nil
	}
	for _, done := range slices.Backward(s.st.Done) {
		if s.p.PaperAct(done.Act) != nil {
			return []string{strconv.Itoa(done.Seq)}
		}
	}
	return nil
}
