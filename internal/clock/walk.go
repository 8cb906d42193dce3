package clock

import (
	"strconv"

	"yifa/internal/calendar"
	"yifa/internal/matter"
	"yifa/internal/statute"
)

// walk lists the stretches of a count from the anchor on: days counted, holidays, standstills.
// Weekends inside a counted stretch do not break it; it says that they are not counted.
type walk struct {
	d       *derivation
	n       int  // units counted so far
	run     Line // the stretch being gathered; From zero: none
	first   int  // number of its first unit
	resumed bool // a standstill has just ended
	weekend bool // a weekend was passed since its last day
}

// to walks up to and with a day.
func (w *walk) to(last calendar.Date) {
	still := w.d.still
	day := w.d.c.Anchor + 1
	for day <= last || len(still) > 0 {
		if len(still) > 0 && day >= still[0].From {
			w.flush()
			w.standstill(still[0])
			if still[0].To == 0 {
				return
			}
			day, still = max(day, still[0].To+1), still[1:]
			continue
		}
		if day > last {
			break
		}
		w.day(day)
		day++
	}
	w.flush()
}

func (w *walk) day(day calendar.Date) {
	kind := w.d.cal.Kind(day)
	if w.d.c.Unit != string(statute.Workday) {
		kind = calendar.Workday
	}
	switch kind {
	case calendar.Holiday:
		w.flush()
		w.holiday(day)
	case calendar.Weekend:
		w.weekend = w.run.From != 0
	default:
		w.counted(day, kind)
	}
}

func (w *walk) counted(day calendar.Date, kind calendar.DayKind) {
	w.n++
	if w.run.From == 0 {
		w.first = w.n
		w.run = Line{From: day, Key: "workdays", Args: map[string]string{}}
		if w.d.c.Unit != string(statute.Workday) {
			w.run.Key = "days"
		}
		if w.resumed {
			w.run.Args["resumed"], w.resumed = "1", false
		}
	} else if w.weekend {
		w.run.Args["weekend"] = "1"
	}
	if kind == calendar.MakeUp {
		w.run.Args["makeup"] += day.String() + " "
	}
	w.run.To, w.weekend = day, false
}

func (w *walk) flush() {
	if w.run.From != 0 {
		w.run.Args["numbers"] = strconv.Itoa(w.first) + " " + strconv.Itoa(w.n)
		w.d.add(w.run)
	}
	w.run, w.weekend = Line{}, false
}

// holiday adds a rest day to the block in the line above where it belongs there.
func (w *walk) holiday(day calendar.Date) {
	if n := len(w.d.lines) - 1; n >= 0 {
		above := &w.d.lines[n]
		if above.Key == "holiday" && above.lastDay()+1 == day && above.Args["holiday"] == w.d.cal.Name(day) {
			above.To = day
			return
		}
	}
	w.d.add(holidayLine(w.d.cal, day))
}

func holidayLine(cal *calendar.Calendar, day calendar.Date) Line {
	return Line{From: day, Key: "holiday", Args: map[string]string{
		"holiday": cal.Name(day), "notice": cal.Notice(day), "url": cal.NoticeURL(day)}}
}

// restBlocks lists the holidays among the days from one to another, as one line per block.
func restBlocks(cal *calendar.Calendar, from, to calendar.Date) []Line {
	var blocks []Line
	for day := from; day <= to; day++ {
		if cal.Kind(day) != calendar.Holiday {
			continue
		}
		if n := len(blocks) - 1; n >= 0 && blocks[n].lastDay()+1 == day && blocks[n].Args["holiday"] == cal.Name(day) {
			blocks[n].To = day
			continue
		}
		blocks = append(blocks, holidayLine(cal, day))
	}
	return blocks
}

// standstill adds a span that is not counted; its ground and person are for pages to word.
func (w *walk) standstill(s matter.Span) {
	l := Line{From: s.From, To: s.To, Key: "suspended", Args: map[string]string{"ground": s.Ground, "by": s.By}}
	if w.d.b.Named("grounds", s.Ground) {
		l.Event = map[string]string{}
		for i, lang := range Langs {
			l.Event[lang] = [3]string{"（", "（", " ("}[i] + w.d.b.Word("grounds", s.Ground, lang) + [3]string{"）", "）", ")"}[i]
		}
	}
	if s.Kind == matter.Excluded {
		l.Key = "excluded"
	}
	if cite, err := statute.ParseCite(s.Cite); err == nil {
		l.Cite = cite
		if p, ok := w.d.b.Provision(cite, w.d.c.Anchor); ok {
			w.d.status = statute.Weakest(w.d.status, p.Status)
		}
	}
	if s.To == 0 {
		l.Key = "open_" + l.Key
	}
	w.d.add(l)
	w.resumed = true
}

// closed answers with the day a standstill ended where nothing was left after it.
func (w *walk) closed(last calendar.Date) bool {
	n := len(w.d.still)
	if n == 0 || w.d.still[n-1].To != last || w.n < w.d.c.Length {
		return false
	}
	due := Line{From: last, Key: "closing_day", Args: map[string]string{"due": "due"}}
	if w.d.c.Due != last {
		delete(due.Args, "due")
		w.d.add(due)
		due = w.d.rule(Line{From: w.d.c.Due, Key: "due_rolled"}, w.d.t.RollCite)
	}
	w.d.answer(due)
	return true
}
