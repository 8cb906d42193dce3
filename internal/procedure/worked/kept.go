package worked

import (
	"errors"

	"yifa/internal/calendar"
	"yifa/internal/matter"
	"yifa/internal/procedure"
)

// Kept is a finished matter of which a case tells no more than how long it is kept.
type Kept struct {
	Organ string
	Until map[string]calendar.Date // scope → first day on which it may be destroyed
	Held  calendar.Date            // on hold from this day on; zero: never
	Not   string                   // person who has to stand aside from it
}

// kept reads `kept: MATTER ORGAN SCOPE=DAY …`, and held=DAY where it is on hold from a day, not=PERSON where somebody has
// to stand aside from it.
func (r *reader) kept(plain []string, given map[string]string) error {
	if len(plain) != 2 {
		return errors.New("kept: wants MATTER ORGAN, and SCOPE=DAY for each scope")
	}
	id, err := matter.ParseID(plain[0])
	if err != nil {
		return err
	}
	k := Kept{Organ: plain[1], Until: map[string]calendar.Date{}, Not: given["not"]}
	for scope, day := range given {
		if scope == "not" {
			continue
		}
		on, err := calendar.Parse(day)
		if err != nil {
			return err
		}
		if scope == "held" {
			k.Held = on
			continue
		}
		k.Until[scope] = on
	}
	if r.c.Kept == nil {
		r.c.Kept = map[matter.ID]Kept{}
	}
	r.c.Kept[id] = k
	return nil
}

// keeping is what an act of a person may know on a day of the matters the case names.
func (c Case) keeping(person string, today calendar.Date) func(matter.ID) procedure.Keeping {
	return func(id matter.ID) procedure.Keeping {
		k, known := c.Kept[id]
		if !known || person != "" && person == k.Not {
			return procedure.Keeping{}
		}
		return procedure.Keeping{Organ: k.Organ, Until: k.Until, Held: !k.Held.IsZero() && k.Held <= today}
	}
}
