package calendar_test

import (
	"strings"
	"testing"
	"testing/fstest"

	"yifa/internal/calendar"
	"yifa/law"
)

// official is the calendar the repository ships.
func official(t testing.TB) *calendar.Calendar {
	t.Helper()
	c, faults := calendar.Load(law.FS, "calendar")
	for _, f := range faults {
		t.Error(f)
	}
	if c == nil {
		t.FailNow()
	}
	return c
}

func day(s string) calendar.Date {
	d, err := calendar.Parse(s)
	if err != nil {
		panic(err)
	}
	return d
}

func TestWorkingDaysPerYear(t *testing.T) {
	// Figures of the data set the yearly files were made from, which a second table confirms.
	c := official(t)
	for year, want := range map[int]int{2018: 250, 2019: 250, 2020: 249, 2021: 250, 2022: 249, 2023: 249, 2024: 251, 2025: 248, 2026: 248} {
		if got := c.CountWorkdays(calendar.New(year, 1, 0), calendar.New(year, 12, 31)); got != want {
			t.Errorf("%d has %d working days, want %d", year, got, want)
		}
	}
}

func TestKindOfDay(t *testing.T) {
	c := official(t)
	for _, x := range []struct {
		day  string
		kind calendar.DayKind
		name string
	}{
		{"2026-09-20", calendar.MakeUp, "国庆节"}, // a worked Sunday
		{"2026-10-10", calendar.MakeUp, "国庆节"},
		{"2026-09-25", calendar.Holiday, "中秋节"},
		{"2026-10-04", calendar.Holiday, "国庆节"}, // a Sunday inside the holiday
		{"2026-10-11", calendar.Weekend, ""},
		{"2026-10-08", calendar.Workday, ""},
		{"2018-12-29", calendar.MakeUp, "元旦"},  // worked for a holiday of the next year's notice
		{"2020-01-31", calendar.Holiday, "春节"}, // the holiday was prolonged in January 2020
		{"2027-02-08", calendar.Holiday, "春节"},
		{"2031-10-01", calendar.Workday, ""}, // nothing known
	} {
		if k, n := c.Kind(day(x.day)), c.Name(day(x.day)); k != x.kind || n != x.name {
			t.Errorf("%s is %d %q, want %d %q", x.day, k, n, x.kind, x.name)
		}
	}
	if n := c.Notice(day("2020-01-31")); n != "国务院办公厅关于延长2020年春节假期的通知" {
		t.Errorf("the prolonged holiday rests on %q", n)
	}
	if !strings.HasPrefix(c.NoticeURL(day("2026-10-01")), "https://www.gov.cn/") || c.Notice(day("2026-10-12")) != "" {
		t.Error("a holiday has a notice with address, an ordinary day has none")
	}
}

// Computed by hand in the research on counting time.
func TestAddWorkdays(t *testing.T) {
	c := official(t)
	for _, x := range []struct {
		from string
		n    int
		want string
	}{
		{"2026-09-28", 5, "2026-10-10"}, {"2026-09-28", 7, "2026-10-13"}, {"2026-02-11", 7, "2026-02-27"},
		{"2026-02-13", 5, "2026-02-27"}, {"2025-12-31", 1, "2026-01-04"}, {"2026-04-30", 20, "2026-06-01"},
		{"2025-09-26", 15, "2025-10-23"}, {"2026-10-10", -3, "2026-09-30"}, {"2026-10-03", 0, "2026-10-03"},
	} {
		if got, provisional := c.AddWorkdays(day(x.from), x.n); got != day(x.want) || provisional {
			t.Errorf("%s + %d is %s %t, want %s", x.from, x.n, got, provisional, x.want)
		}
	}
	for from, want := range map[string]string{"2026-10-01": "2026-10-08", "2026-02-16": "2026-02-24", "2026-09-27": "2026-09-28", "2026-02-28": "2026-02-28"} {
		if got, provisional := c.NextWorkday(day(from)); got != day(want) || provisional {
			t.Errorf("the working day from %s on is %s %t, want %s", from, got, provisional, want)
		}
	}
}

func TestProvisional(t *testing.T) {
	c := official(t)
	if c.Provisional(day("2026-12-31")) || !c.Provisional(day("2027-01-01")) || !c.Provisional(day("2028-06-01")) || !c.Provisional(day("2017-12-31")) {
		t.Error("only years with a notice are certain")
	}
	if d, provisional := c.AddWorkdays(day("2026-12-30"), 2); d != day("2027-01-04") || !provisional {
		t.Errorf("two working days from 30 December are %s %t", d, provisional)
	}
	if d, provisional := c.AddWorkdays(day("2026-12-30"), 1); d != day("2026-12-31") || provisional {
		t.Errorf("one working day from 30 December is %s %t", d, provisional)
	}
}

func TestWithANotice(t *testing.T) {
	c := official(t)
	before := c.Version()
	with := c.With(calendar.Year{Year: 2026, Notices: []calendar.Notice{{ID: "a", Title: "关于调整的通知"}}, Holidays: []calendar.Block{
		{Name: "纪念日", From: day("2026-09-03"), To: day("2026-09-05"), Work: []calendar.Date{day("2026-09-06")}}}})
	if with.Kind(day("2026-09-03")) != calendar.Holiday || with.Kind(day("2026-09-06")) != calendar.MakeUp || with.Notice(day("2026-09-04")) != "关于调整的通知" {
		t.Error("the notice does not hold")
	}
	if with.IsWorkday(day("2026-10-01")) == c.IsWorkday(day("2026-10-01")) {
		t.Error("a notice replaces its whole year")
	}
	if c.Version() != before || with.Version() == before || c.Kind(day("2026-09-03")) != calendar.Workday {
		t.Error("the first calendar changed, or the versions do not tell them apart")
	}
	if again := official(t); again.Version() != before {
		t.Error("the same files give another version")
	}
}

// good is a year without fault; each fault below is planted in it.
const good = `schema: 1
year: 2026
notices:
  - {id: "2026", title: 通知, url: https://example.org}
holidays:
  - {name: 元旦, from: 2026-01-01, to: 2026-01-03, work: [2026-01-04]}
  - {name: 国庆节, from: 2026-10-01, to: 2026-10-07, work: [2026-10-10]}
`

func TestPlantedFaults(t *testing.T) {
	for _, x := range []struct{ find, plant, want string }{
		{"schema: 1", "schema: 2", "calendar/2026.yaml:1: schema is 2 (write schema: 1)"},
		{"year: 2026", "year: 20260", "calendar/2026.yaml:2: year 20260 is out of range (write the year the file is about)"},
		{good, "schema: 1\nyear: 2025\nprovisional: true\n", "calendar/2026.yaml:2: year 2025 is in 2026.yaml (rename the file to 2025.yaml)"},
		{"year: 2026\n", "year: 2026\nyeer: 1\n", `calendar/2026.yaml:3: unknown key "yeer" (correct its spelling or take it out)`},
		{"year: 2026\n", "year: 2026\nyear: 2026\n", `calendar/2026.yaml:3: key "year" is given twice, first in line 2 (keep one of them)`},
		{"year: 2026", "year: soon", "calendar/2026.yaml:2: `soon` is not what belongs here (write a whole number)"},
		{"from: 2026-10-01", "from: 2026-10-32", `calendar/2026.yaml:7: "2026-10-32" is not a day (write a day that exists as YYYY-MM-DD)`},
		{"from: 2026-10-01", "from: 2026-10-08", "calendar/2026.yaml:7: from and to are not a span of days (write first and last day, the first not after the last)"},
		{"from: 2026-10-01", "from: 2025-10-01", "calendar/2026.yaml:7: 2025-10-01 to 2026-10-07 is not within 2026 (put each day in its own year's file)"},
		{"work: [2026-10-10]", "work: [2026-10-09]", "calendar/2026.yaml:7: 2026-10-09 is a Friday, worked anyway (list only weekend days that are worked)"},
		{"work: [2026-10-10]", "work: [2027-10-10]", "calendar/2026.yaml:7: 2027-10-10 is not in 2026 (put each day in its own year's file)"},
		{"work: [2026-10-10]", "work: [2026-01-04]", "calendar/2026.yaml:7: 2026-01-04 is already given under 元旦 (give each day once)"},
		{"name: 国庆节", "name: ''", "calendar/2026.yaml:7: holiday without a name (write its name, such as 国庆节)"},
		{"from: 2026-10-01, to: 2026-10-07, work: [2026-10-10]", "notice: '2026'", "calendar/2026.yaml:7: holiday without days (write from and to, or work)"},
		{"work: [2026-10-10]", "notice: '2025'", `calendar/2026.yaml:7: notice "2025" is not in notices (add it, or correct the id)`},
		{"holidays:", "  - {id: b, title: 第二, url: x}\nholidays:", "calendar/2026.yaml:7: holiday does not say which notice (add notice: with one of the ids above)"},
		{"title: 通知", "title: ''", "calendar/2026.yaml:4: notice without id or title (give both)"},
		{"notices:\n  - {id: \"2026\", title: 通知, url: https://example.org}\n", "", "calendar/2026.yaml:1: names no notice (name the State Council notice, or write provisional: true)"},
		{"year: 2026\n", "year: 2026\nprovisional: true\n", "calendar/2026.yaml:3: is provisional although a notice is named (take provisional out)"},
		{good, good + "working_days: 9\n", "calendar/2026.yaml:8: the rows make 256 working days, not 9 (correct the rows, or the sum)"},
		{good, good + "---\nschema: 1\n", "calendar/2026.yaml:8: holds more than one document (keep one document and take the line --- out)"},
		{good, "", "calendar/2026.yaml:1: is empty (write the file or remove it)"},
		{"schema: 1", "schema: [", "calendar/2026.yaml:2: did not find expected ',' or ']' (mend the YAML here)"},
	} {
		if !strings.Contains(good, x.find) {
			t.Fatalf("nothing to plant at: %s", x.find)
		}
		fsys := fstest.MapFS{"calendar/2026.yaml": {Data: []byte(strings.Replace(good, x.find, x.plant, 1))}}
		c, faults := calendar.Load(fsys, "calendar")
		var all []string
		for _, f := range faults {
			all = append(all, f.Error())
		}
		if got := strings.Join(all, "\n"); c != nil || !strings.Contains("\n"+got+"\n", "\n"+x.want+"\n") {
			t.Errorf("planted %q:\n%s\nwant\n%s", x.plant, got, x.want)
		}
	}
	if _, faults := calendar.Load(fstest.MapFS{}, "calendar"); len(faults) != 1 {
		t.Error("a missing folder is a fault")
	}
	if _, faults := calendar.Load(fstest.MapFS{"calendar/.keep": {}}, "calendar"); len(faults) != 1 {
		t.Error("a folder without years is a fault")
	}
	if c, faults := calendar.Load(fstest.MapFS{"calendar/2026.yaml": {Data: []byte(good)}}, "calendar"); c == nil || len(faults) > 0 {
		t.Errorf("the good year has faults: %v", faults)
	}
}

func FuzzLoad(f *testing.F) {
	f.Add([]byte(good))
	f.Add([]byte("holidays: [{from: 1000-01-01, to: 9999-12-31}]\nyear: 2026"))
	f.Add([]byte("a: &a [*a]"))
	f.Fuzz(func(t *testing.T, b []byte) {
		c, faults := calendar.Load(fstest.MapFS{"calendar/2026.yaml": {Data: b}}, "calendar")
		if (c == nil) == (len(faults) == 0) {
			t.Errorf("calendar %v with faults %v", c, faults)
		}
		for _, f := range faults {
			if f.What == "" || f.Mend == "" {
				t.Errorf("fault %q says too little", f)
			}
		}
	})
}
