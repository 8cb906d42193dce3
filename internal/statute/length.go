package statute

import (
	"fmt"
	"regexp"
	"strconv"

	"go.yaml.in/yaml/v3"

	"yifa/internal/calendar"
)

// Unit is what a term counts.
type Unit string

// The units. Written days (日) become Workday or Day by the counting rule of the statute cited.
const (
	Workday Unit = "workday"
	Day     Unit = "day"
	Hour    Unit = "hour"
	Month   Unit = "month"
	Year    Unit = "year"
)

// Length is a length of time as the text writes it, such as 5 工作日, 30 日, 24 小时, 6 个月.
type Length struct {
	N    int
	Word string // 工作日, 日, 自然日, 小时, 个月, 年
	Unit Unit   // empty for a bare 日 whose statute has not been asked
	Rule Cite   // the provision that made a bare 日 working or calendar days; zero where none was needed
}

var (
	lengthForm = regexp.MustCompile(`^([0-9]|[1-9][0-9]{1,3}) ?(工作日|个工作日|日|自然日|小时|个月|月|年)$`)
	unitOfWord = map[string]Unit{"工作日": Workday, "个工作日": Workday, "自然日": Day, "小时": Hour, "个月": Month, "月": Month, "年": Year}
)

// ParseLength reads a length as law files write it.
func ParseLength(s string) (Length, error) {
	m := lengthForm.FindStringSubmatch(s)
	if m == nil {
		return Length{}, fmt.Errorf("statute: %q is not a length such as 5 工作日, 30 日, 24 小时, 6 个月 or 2 年", s)
	}
	n, _ := strconv.Atoi(m[1]) // the form lets at most four digits through
	return Length{N: n, Word: m[2], Unit: unitOfWord[m[2]]}, nil
}

// Bare reports whether the text writes 日 alone, which each statute reads in its own way.
func (l Length) Bare() bool { return l.Word == "日" }

// String writes the length as the text does.
func (l Length) String() string { return strconv.Itoa(l.N) + " " + l.Word }

// UnmarshalYAML reads a length in a law file; a fault names its line.
func (l *Length) UnmarshalYAML(n *yaml.Node) error {
	v, err := ParseLength(n.Value)
	if n.Kind != yaml.ScalarNode || err != nil {
		return calendar.ValueFault(n, fmt.Sprintf("%q is not a length", n.Value),
			"write it as the text does: 5 工作日, 30 日, 24 小时, 6 个月 or 2 年")
	}
	*l = v
	return nil
}
