package office

import (
	"fmt"
	"strconv"
	"strings"

	"yifa/internal/calendar"
	"yifa/internal/matter"
)

// notice takes a State Council notice from the register into the calendar: it replaces what was
// known of its year.
func (r *register) notice(i matter.Item) error {
	year, err := strconv.Atoi(i.Attrs.Text("year"))
	if err != nil {
		return fmt.Errorf("office: notice %s: year %q", i.Key, i.Attrs.Text("year"))
	}
	y := calendar.Year{Schema: 1, Year: year, Notices: []calendar.Notice{{ID: i.Key, Title: i.Attrs.Text("notice")}}}
	for _, line := range strings.FieldsFunc(i.Attrs.Text("rest"), func(c rune) bool { return c == ';' || c == '；' || c == '\n' }) {
		block, err := parseBlock(line)
		if err != nil {
			return fmt.Errorf("office: notice %s: %w", i.Key, err)
		}
		y.Holidays = append(y.Holidays, block)
	}
	r.Calendar = r.Calendar.With(y)
	return nil
}

// parseBlock reads 节日名 起..止 班 日 日.
func parseBlock(line string) (calendar.Block, error) {
	words := strings.Fields(line)
	if len(words) < 2 {
		return calendar.Block{}, fmt.Errorf("%q is not 节日名 起..止 班 调休上班日", line)
	}
	from, to, two := strings.Cut(words[1], "..")
	if !two {
		to = from
	}
	b := calendar.Block{Name: words[0]}
	var err error
	if b.From, err = calendar.Parse(from); err != nil {
		return b, err
	}
	if b.To, err = calendar.Parse(to); err != nil {
		return b, err
	}
	for _, w := range words[2:] {
		if w == "班" {
			continue
		}
		d, err := calendar.Parse(w)
		if err != nil {
			return b, err
		}
		b.Work = append(b.Work, d)
	}
	return b, nil
}
