package office

import (
	"context"
	"encoding/base64"
	"encoding/json"
	"slices"
	"strings"

	"yifa/internal/access"
	"yifa/internal/calendar"
	"yifa/internal/i18n"
	"yifa/internal/store"
)

// DeadlineFilter is the query string of the page of deadlines.
type DeadlineFilter struct {
	Whose string        // mine; all; an organ; an organ, a slash and a person, or nobody; empty: what the reader answers for
	Day   calendar.Date // only what is due on that day; zero: all
	After string        // keyset cursor
}

// DeadlinesView is what is due, soonest first: what is late, what comes, and what stands still meanwhile.
type DeadlinesView struct {
	Today    calendar.Date
	Whose    string       // as it was understood
	Choices  []OptionView // of Whose, for those who answer for others
	Late     []Brief
	MoreLate bool
	Rows     []Brief
	Still    []Brief
	Next     string // cursor of the next page
}

// Lines of each part of the page of deadlines, and clocks a month is drawn from.
const (
	deadlinePage  = 50
	deadlineMonth = 500
)

// farthest is a day after every due day.
var farthest = calendar.New(9000, 1, 1)

// Deadlines lists the open clocks of the matters a reader may read, each with its day.
func (o *Office) Deadlines(ctx context.Context, r Reader, f DeadlineFilter) (DeadlinesView, error) {
	v := DeadlinesView{Today: o.Today(), Whose: f.whose(r)}
	err := o.db.Read(ctx, func(q *store.Query) error {
		if _, err := o.registersFor(ctx, q, r); err != nil {
			return err
		}
		filter := o.deadlineFilter(r, v.Whose)
		filter.Limit = deadlinePage + 1
		span := store.Deadlines{From: v.Today, To: farthest, After: deadlinesAfter(f.After)}
		var late []store.Row
		var still []store.Deadline
		var err error
		if f.Day != 0 {
			span.From, span.To = max(f.Day, v.Today), f.Day
		}
		if f.After == "" {
			if late, err = o.lateOn(ctx, q, r, filter, f.Day); err != nil {
				return err
			}
		}
		if f.After == "" && f.Day == 0 {
			if still, err = q.Deadlines(ctx, filter, store.Deadlines{Still: true}); err != nil {
				return err
			}
		}
		lines, err := q.Deadlines(ctx, filter, span)
		if err != nil {
			return err
		}
		if len(lines) > deadlinePage {
			lines = lines[:deadlinePage]
			v.Next = deadlinesPlace(lines[deadlinePage-1].Cursor())
		}
		ids := idsOf(late)
		for _, line := range slices.Concat(still, lines) {
			ids = append(ids, line.Row.ID)
		}
		shown, err := o.shelf(ctx, q, r, ids)
		if err != nil {
			return err
		}
		v.MoreLate = len(late) > deadlinePage
		v.Late = shown.lateOnes(late[:min(len(late), deadlinePage)])
		v.Rows, v.Still = shown.deadlines(lines), shown.deadlines(still[:min(len(still), deadlinePage)])
		v.Choices, err = o.whoseChoices(ctx, q, r, shown.names)
		return err
	})
	return v, err
}

// whose is what an empty choice means to a reader: everybody's to those who answer for others, else his own; to an organ
// that is a party, all it was told.
func (f DeadlineFilter) whose(r Reader) string {
	switch {
	case f.Whose != "" && isText(f.Whose):
		return f.Whose
	case r.May(access.Overview), !r.May(access.Handling):
		return "all"
	}
	return "mine"
}

func (o *Office) deadlineFilter(r Reader, whose string) store.Filter {
	var f Filter
	switch organ, person, one := strings.Cut(whose, "/"); {
	case whose == "mine":
		f.Scope = whose
	case whose == "all":
	case one && person == "":
		f.Holder, f.Scope = organ, "pool"
	default:
		f.Holder, f.Handler = organ, person
	}
	return o.filter(r, f)
}

// lateOn are the matters whose first open day has passed, or did on one day.
func (o *Office) lateOn(ctx context.Context, q *store.Query, r Reader, f store.Filter, on calendar.Date) ([]store.Row, error) {
	today := o.Today()
	if o.visits(r) || on >= today { // when the office is late is not told to a party
		return nil, nil
	}
	f.DueBefore = today
	if on != 0 {
		f.DueFrom, f.DueBy = on, on
	}
	return q.List(ctx, f)
}

// lateOnes are the lines of matters that are late, as far as the reader may know it.
func (s shelf) lateOnes(rows []store.Row) []Brief {
	return slices.DeleteFunc(s.briefs(rows), func(b Brief) bool { return b.Due == nil || b.Due.On >= s.o.Today() })
}

// deadlines are the lines of clocks the reader may know of.
func (s shelf) deadlines(lines []store.Deadline) []Brief {
	var out []Brief
	for _, line := range lines {
		b, known := s.brief(line.Row)
		c, open := s.states[line.Row.ID].Clocks[line.Key]
		if !known || !open {
			continue
		}
		w := words{s.o, s.o.procedureOf(s.states[line.Row.ID]), s.r.Lang}
		if b.Outside && (!s.o.bindsParty(c) || !w.told(c)) {
			continue
		}
		due := s.o.dueView(w, c)
		due.Mine = due.Mine || b.Outside
		if b.Waiting = !due.Mine; b.Waiting {
			b.Next, b.NextAct, b.Whose = "", "", "" // the likely act is the office's
		}
		b.Due = due
		out = append(out, b)
	}
	return out
}

// whoseChoices offers the organs and people of whom the reader may read something, to those who answer for others.
func (o *Office) whoseChoices(ctx context.Context, q *store.Query, r Reader, names map[string]string) ([]OptionView, error) {
	if !r.May(access.Overview) {
		return nil, nil
	}
	if names == nil { // no line needed them
		var err error
		if names, err = o.names(ctx, q); err != nil {
			return nil, err
		}
	}
	loads, err := q.Loads(ctx, o.accessReader(r.keys), o.under(r), o.Today())
	if err != nil {
		return nil, err
	}
	organs, people := i18n.T(r.Lang, "office.deadlines_organs"), i18n.T(r.Lang, "office.deadlines_people")
	var list, persons []OptionView
	for _, l := range loads {
		if l.Readable == 0 {
			continue
		}
		organ := o.organName(r.Lang, l.Holder)
		if !slices.ContainsFunc(list, func(c OptionView) bool { return c.Value == l.Holder }) {
			list = append(list, OptionView{Value: l.Holder, Label: organ, Group: organs})
		}
		who := i18n.T(r.Lang, "office.deadlines_of", "person", o.nameOf(names, l.Assignee), "organ", organ)
		persons = append(persons, OptionView{Value: l.Holder + "/" + l.Assignee, Label: who, Group: people})
	}
	return append(list, persons...), nil
}

func deadlinesPlace(c store.ClockCursor) string {
	b, err := json.Marshal(c)
	if err != nil {
		panic(err) // it holds plain values
	}
	return base64.RawURLEncoding.EncodeToString(b)
}

// deadlinesAfter reads a place back; one that cannot be read is the first page.
func deadlinesAfter(s string) store.ClockCursor {
	var c store.ClockCursor
	b, err := base64.RawURLEncoding.DecodeString(s)
	if err != nil || json.Unmarshal(b, &c) != nil || !isText(c.Key) {
		return store.ClockCursor{}
	}
	return c
}

// DeadlineMonth is one month with what is due on each day.
type DeadlineMonth struct {
	Today    calendar.Date
	Whose    string
	Choices  []OptionView
	Calendar *calendar.Calendar
	Days     []DayLoad
	Full     bool // there is more in it than is counted: the last days are short
}

// DeadlineMonth counts what is due on each day of the month that begins on first: of days that have passed what is late
// since then, of those to come every open clock.
func (o *Office) DeadlineMonth(ctx context.Context, r Reader, f DeadlineFilter, first calendar.Date) (DeadlineMonth, error) {
	v := DeadlineMonth{Today: o.Today(), Whose: f.whose(r)}
	last := first.AddMonths(1).AddDays(-1)
	load := map[calendar.Date]int{}
	err := o.db.Read(ctx, func(q *store.Query) error {
		if _, err := o.registersFor(ctx, q, r); err != nil {
			return err
		}
		filter := o.deadlineFilter(r, v.Whose)
		filter.Limit = deadlineMonth + 1
		lines, err := q.Deadlines(ctx, filter, store.Deadlines{From: max(first, v.Today), To: last})
		if err != nil {
			return err
		}
		var late []store.Row
		if first < v.Today && !o.visits(r) {
			filter.DueFrom, filter.DueBefore = first, min(last+1, v.Today)
			if late, err = q.List(ctx, filter); err != nil {
				return err
			}
		}
		ids := idsOf(late)
		for _, line := range lines {
			ids = append(ids, line.Row.ID)
		}
		shown, err := o.shelf(ctx, q, r, ids)
		for _, b := range slices.Concat(shown.lateOnes(late), shown.deadlines(lines)) {
			load[b.Due.On]++
		}
		if err != nil {
			return err
		}
		v.Full = len(lines) > deadlineMonth || len(late) > deadlineMonth
		v.Choices, err = o.whoseChoices(ctx, q, r, shown.names)
		return err
	})
	v.Calendar = o.calendar()
	for d := first; d <= last; d++ {
		v.Days = append(v.Days, DayLoad{On: d, Kind: v.Calendar.Kind(d), Due: load[d], Today: d == v.Today})
	}
	return v, err
}
