package statute

import (
	"fmt"
	"regexp"
	"strconv"
	"time"

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
	Minute  Unit = "minute"
	// Yearly and Monthly end on a fixed day, the first such day after the event: 每年 1 月 31 日前, 每月 10 日前.
	Yearly  Unit = "yearly"
	Monthly Unit = "monthly"
	// Prompt is a length without number: 及时, 立即, 合理期限. Nothing can be counted.
	Prompt Unit = "prompt"
)

// Timed reports whether a unit is counted by the clock on the wall, not by days.
func (u Unit) Timed() bool { return u == Hour || u == Minute }

// Length is a length of time as the text writes it, such as 5 工作日, 30 日, 24 小时, 6 个月, 及时, 每年 1 月 31 日前.
type Length struct {
	N    int    // for Yearly month*100+day, for Monthly the day, for Prompt 0
	Word string // 工作日, 日, 自然日, 小时, 个月, 年, 及时
	Unit Unit   // empty for a bare 日 whose statute has not been asked
	Rule Cite   // the provision that made a bare 日 working or calendar days; zero where none was needed
}

var (
	lengthForm  = regexp.MustCompile(`^([0-9]|[1-9][0-9]{1,3}) ?(工作日|个工作日|日|自然日|小时|分钟|个月|月|年)$`)
	yearlyForm  = regexp.MustCompile(`^每年 ?(1[0-2]|[1-9]) ?月 ?([12][0-9]|3[01]|[1-9]) ?日前$`)
	monthlyForm = regexp.MustCompile(`^每月 ?(1[0-9]|2[0-8]|[1-9]) ?日前$`)
	unitOfWord  = map[string]Unit{"工作日": Workday, "个工作日": Workday, "自然日": Day, "小时": Hour, "分钟": Minute, "个月": Month, "月": Month, "年": Year}
)

// ParseLength reads a length as law files write it.
func ParseLength(s string) (Length, error) {
	switch s {
	case "及时", "立即", "合理期限":
		return Length{Word: s, Unit: Prompt}, nil
	}
	if m := monthlyForm.FindStringSubmatch(s); m != nil {
		day, _ := strconv.Atoi(m[1])
		return Length{N: day, Word: "每月", Unit: Monthly}, nil
	}
	if m := yearlyForm.FindStringSubmatch(s); m != nil {
		month, _ := strconv.Atoi(m[1])
		day, _ := strconv.Atoi(m[2])
		if _, _, d := calendar.New(2025, time.Month(month), day).YMD(); d == day { // a day every year has
			return Length{N: month*100 + day, Word: "每年", Unit: Yearly}, nil
		}
	}
	m := lengthForm.FindStringSubmatch(s)
	if m == nil {
		return Length{}, fmt.Errorf("statute: %q is not a length such as 5 工作日, 30 日, 24 小时, 6 个月, 2 年, 及时 or 每年 1 月 31 日前", s)
	}
	n, _ := strconv.Atoi(m[1]) // the form lets at most four digits through
	return Length{N: n, Word: m[2], Unit: unitOfWord[m[2]]}, nil
}

// Bare reports whether the text writes 日 alone, which each statute reads in its own way.
func (l Length) Bare() bool { return l.Word == "日" }

// String writes the length as the text does.
func (l Length) String() string {
	switch l.Unit {
	case Prompt:
		return l.Word
	case Monthly:
		return fmt.Sprintf("每月 %d 日前", l.N)
	case Yearly:
		return fmt.Sprintf("每年 %d 月 %d 日前", l.N/100, l.N%100)
	}
	return strconv.Itoa(l.N) + " " + l.Word
}

// Words writes the length as a sentence of an official paper does: 六十日, 六个月, 五个工作日. A bare 日 that its statute
// counts in working days says so: who reads the paper cannot know that statute's rule.
func (l Length) Words() string {
	n := numeral(l.N)
	switch {
	case l.N == 0:
		n = "零"
	case l.N == 2 && (l.Unit == Workday || l.Unit == Month):
		n = "两"
	}
	switch l.Unit {
	case Workday:
		return n + "个工作日"
	case Month:
		return n + "个月"
	case Hour:
		return n + "小时"
	case Minute:
		return n + "分钟"
	case Year:
		return n + "年"
	case Prompt:
		return l.Word
	case Monthly:
		return "每月" + n + "日前"
	case Yearly:
		return "每年" + numeral(l.N/100) + "月" + numeral(l.N%100) + "日前"
	}
	return n + "日"
}

// UnmarshalYAML reads a length in a law file; a fault names its line.
func (l *Length) UnmarshalYAML(n *yaml.Node) error {
	v, err := ParseLength(n.Value)
	if n.Kind != yaml.ScalarNode || err != nil {
		return calendar.ValueFault(n, fmt.Sprintf("%q is not a length", n.Value),
			"write it as the text does: 5 工作日, 30 日, 24 小时, 6 个月, 2 年, 及时 or 每年 1 月 31 日前")
	}
	*l = v
	return nil
}
