package calendar

import (
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strconv"
	"strings"
	"time"
)

// Year is what the State Council's notices say about one calendar year: the file
// law/calendar/<year>.yaml, or an entry made when a notice came out.
type Year struct {
	Schema      int      `yaml:"schema"`
	Year        int      `yaml:"year"`
	Provisional bool     `yaml:"provisional"` // no notice yet: only the festival days fixed by law
	Note        string   `yaml:"note"`        // for the reader of the file
	Notices     []Notice `yaml:"notices"`
	Holidays    []Block  `yaml:"holidays"`
	WorkingDays int      `yaml:"working_days"` // the sum, held against the rows; 0: not stated
	Matter      string   `yaml:"-"`            // in whose record it was entered; "": the law's own file
}

// Notice is one notice of the General Office of the State Council.
type Notice struct {
	ID    string `yaml:"id"`
	Title string `yaml:"title"`
	URL   string `yaml:"url"`
}

// Block is a stretch of rest days, first and last inclusive, with the weekend days that are
// worked for it (调休上班).
type Block struct {
	Name   string `yaml:"name"`
	From   Date   `yaml:"from"`
	To     Date   `yaml:"to"`
	Work   []Date `yaml:"work"`
	Notice string `yaml:"notice"` // id of the notice; empty: the only one of the year
}

// Load reads every <year>.yaml of a folder. With faults the calendar is nil.
func Load(fsys fs.FS, dir string) (*Calendar, []Fault) {
	entries, err := fs.ReadDir(fsys, dir)
	if err != nil {
		return nil, []Fault{{File: dir, What: "cannot be read: " + err.Error(), Mend: "check the name of the folder"}}
	}
	var faults []Fault
	years := map[int]Year{}
	for _, e := range entries {
		if !strings.HasSuffix(e.Name(), ".yaml") {
			continue
		}
		var y Year
		src, bad := ReadYAML(fsys, path.Join(dir, e.Name()), &y)
		if len(bad) == 0 {
			bad = y.check(src)
		}
		if want := strconv.Itoa(y.Year) + ".yaml"; len(bad) == 0 && e.Name() != want {
			bad = []Fault{src.Fault(fmt.Sprintf("year %d is in %s", y.Year, e.Name()), "rename the file to "+want, "year")}
		}
		faults = append(faults, bad...)
		years[y.Year] = y
	}
	if len(years) == 0 && len(faults) == 0 {
		faults = append(faults, Fault{File: dir, What: "holds no year", Mend: "add <year>.yaml for each State Council notice"})
	}
	if len(faults) > 0 {
		return nil, faults
	}
	return build(years), nil
}

// KnowsYear reports whether a calendar can hold a year at all.
func KnowsYear(n int) bool { return n >= 1949 && n <= 2200 }

// check holds a year's rows against each other and against the week.
func (y Year) check(src Source) []Fault {
	var faults []Fault
	bad := func(what, mend string, at ...any) { faults = append(faults, src.Fault(what, mend, at...)) }
	if y.Schema != 1 {
		bad(fmt.Sprintf("schema is %d", y.Schema), "write schema: 1", "schema")
	}
	if !KnowsYear(y.Year) {
		bad(fmt.Sprintf("year %d is out of range", y.Year), "write the year the file is about", "year")
	}
	if len(y.Notices) == 0 && !y.Provisional {
		bad("names no notice", "name the State Council notice, or write provisional: true", "notices")
	}
	if len(y.Notices) > 0 && y.Provisional {
		bad("is provisional although a notice is named", "take provisional out", "provisional")
	}
	for i, n := range y.Notices {
		if n.ID == "" || n.Title == "" {
			bad("notice without id or title", "give both", "notices", i)
		}
	}
	seen := map[Date]string{}
	for i, h := range y.Holidays {
		at := []any{"holidays", i}
		faults = append(faults, y.checkHoliday(src, h, i)...)
		for _, d := range h.days() {
			if seen[d] != "" {
				bad(fmt.Sprintf("%s is already given under %s", d, seen[d]), "give each day once", at...)
			}
			seen[d] = h.Name
		}
	}
	if len(faults) == 0 && y.WorkingDays != 0 {
		c := build(map[int]Year{y.Year: y})
		if n := c.CountWorkdays(New(y.Year, 1, 0), New(y.Year, 12, 31)); n != y.WorkingDays {
			bad(fmt.Sprintf("the rows make %d working days, not %d", n, y.WorkingDays),
				"correct the rows, or the sum", "working_days")
		}
	}
	return faults
}

func (y Year) checkHoliday(src Source, h Block, i int) []Fault {
	var faults []Fault
	bad := func(key, what, mend string) { faults = append(faults, src.Fault(what, mend, "holidays", i, key)) }
	if h.Name == "" {
		bad("name", "holiday without a name", "write its name, such as 国庆节")
	}
	if h.Notice != "" && !slices.ContainsFunc(y.Notices, func(n Notice) bool { return n.ID == h.Notice }) {
		bad("notice", fmt.Sprintf("notice %q is not in notices", h.Notice), "add it, or correct the id")
	}
	if h.Notice == "" && len(y.Notices) > 1 {
		bad("name", "holiday does not say which notice", "add notice: with one of the ids above")
	}
	if (h.From == 0) != (h.To == 0) || h.From > h.To {
		bad("from", "from and to are not a span of days", "write first and last day, the first not after the last")
	} else if h.From != 0 && (h.From.Year() != y.Year || h.To.Year() != y.Year) {
		bad("from", fmt.Sprintf("%s to %s is not within %d", h.From, h.To, y.Year), "put each day in its own year's file")
	}
	if h.From == 0 && len(h.Work) == 0 {
		bad("name", "holiday without days", "write from and to, or work")
	}
	for _, w := range h.Work {
		switch wd := w.Weekday(); {
		case w.Year() != y.Year:
			bad("work", fmt.Sprintf("%s is not in %d", w, y.Year), "put each day in its own year's file")
		case wd != time.Saturday && wd != time.Sunday:
			bad("work", fmt.Sprintf("%s is a %s, worked anyway", w, wd), "list only weekend days that are worked")
		}
	}
	return faults
}

// days are the days the block says something about; none where from and to are no span.
func (h Block) days() []Date {
	days := slices.Clone(h.Work)
	if h.From == 0 || h.To-h.From > 366 {
		return days
	}
	for d := h.From; d <= h.To; d++ {
		days = append(days, d)
	}
	return days
}
