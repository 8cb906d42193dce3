package procedure

import (
	"cmp"
	"errors"
	"fmt"
	"io/fs"
	"path"
	"reflect"
	"slices"
	"strings"

	"yifa/internal/calendar"
	"yifa/internal/matter"
)

// replay goes through a record in legal order twice at once: as it was, and as it is with a correction. What the
// correction does not touch keeps the Delta it was entered with; the rest is decided anew, each entry under its own
// version of the procedure and the calendar known when it was recorded.
type replay struct {
	s     *scene // who corrects, and the record
	order []matter.Entry
	stale int  // from this place in order on, entries did not know of an earlier correction when they were decided
	apart bool // the two courses have parted
	was   matter.State
	now   matter.State
	fell  []int
}

// decided is what an entry's act comes to in a state; no: why the law would have refused it there.
type decided struct {
	act     *Act
	delta   matter.Delta
	opens   []Attempt
	carries []Attempt
	no      *Refusal
}

// legalOrder is the record's standing acts by day, then seq, what fell with the entry `without` included. stale is the first
// place that an earlier correction moved.
func (s *scene) legalOrder(without int) (order []matter.Entry, stale int) {
	for _, e := range s.snap.Record {
		by, voided := s.st.Voided[e.Seq]
		if e.Kind != matter.KindVoid && e.Kind != matter.KindDocument && e.Kind != matter.KindDestroy && (!voided || by == without) {
			order = append(order, e)
		}
	}
	slices.SortFunc(order, matter.InLaw)
	stale = len(order)
	for _, e := range s.snap.Record {
		point := e
		switch {
		case e.Kind == matter.KindVoid:
			point = s.snap.Record[e.Voids-1]
		case e.Delta.Redone == nil:
			continue
		}
		at := slices.IndexFunc(order, func(x matter.Entry) bool {
			return x.Seq < e.Seq && matter.InLaw(x, point) > 0
		})
		if at >= 0 {
			stale = min(stale, at)
		}
	}
	return order, stale
}

// Refire says where the matter stands without the entry `without` (0: none) and with an entry that comes late (nil:
// none), replayed in legal order. Its error is a *Refusal that names the standing later act in the way, or a fault.
func (s *scene) refire(a *Act, without int, late *matter.Entry) (*matter.Snapshot, error) {
	r := &replay{s: s}
	r.order, r.stale = s.legalOrder(without)
	for i, e := range r.order {
		if late != nil && e.Happened.Day > late.Happened.Day {
			r.now, r.apart, late = r.now.After(*late), true, nil
		}
		if err := r.entry(a, i, e, e.Seq == without); err != nil {
			return nil, err
		}
	}
	if late != nil {
		r.now = r.now.After(*late)
	}
	return r.now.Corrected(r.fell...), nil
}

// until is how the matter stood at the end of a day, as its record is known now.
func (s *scene) until(day calendar.Date) (matter.State, error) {
	r := &replay{s: s}
	r.order, r.stale = s.legalOrder(0)
	for i, e := range r.order {
		if e.Happened.Day > day {
			break
		}
		if err := r.entry(nil, i, e, false); err != nil {
			return matter.State{}, err
		}
	}
	return r.now, nil
}

// entry goes one entry on. gone: it is the one that is voided.
func (r *replay) entry(a *Act, i int, e matter.Entry, gone bool) error {
	was := decided{delta: e.Delta}
	if i >= r.stale || r.apart {
		var err error
		if was, err = r.again(r.was, e); err != nil {
			return err
		}
		if i < r.stale {
			was.delta = e.Delta
		}
	}
	now := was
	if r.apart {
		var err error
		if now, err = r.again(r.now, e); err != nil {
			return err
		}
		if reflect.DeepEqual(r.was.Before(), r.now.Before()) {
			now.delta = was.delta
		}
		if now.no != nil && was.no == nil {
			if r.falls(e) {
				r.fell = append(r.fell, e.Seq)
				r.was = r.was.After(with(e, was.delta))
				return nil
			}
			return r.s.later(a, LaterAct, e)
		}
		if r.restsOn(e, was, now) {
			return r.s.later(a, RestsOnIt, e)
		}
	}
	r.was = r.was.After(with(e, was.delta))
	if gone {
		r.apart = true
		return nil
	}
	r.now = r.now.After(with(e, now.delta))
	return nil
}

func with(e matter.Entry, d matter.Delta) matter.Entry { e.Delta = d; return e }

// later is the refusal of a correction, naming the later act in its way.
func (s *scene) later(a *Act, reason string, e matter.Entry) error {
	return s.refuse(a, reason, map[string]string{"act": e.Act, "day": e.Happened.Day.String()})
}

// falls says whether an act of the system that the law would not have done may fall: nothing has gone out on it.
func (r *replay) falls(e matter.Entry) bool {
	return e.Actor.Person == matter.PersonSystem && r.s.sentOut(e.Act) == ""
}

// sentOut is what keeps the entries of an act from being taken back, or "": served, published, opened_others, carried.
func (s *scene) sentOut(act string) string {
	acts := s.p.Acts(act)
	has := func(is func(*Act) bool) bool { return slices.ContainsFunc(acts, is) }
	switch {
	case has(func(u *Act) bool { return u.Document != "" }):
		return "served"
	case s.publishes(act):
		return "published"
	case has(func(u *Act) bool { return len(u.Opens) > 0 }):
		return "opened_others"
	case has(func(u *Act) bool { return len(u.Carries) > 0 || s.p.isOnlyFor(u, "linked") }):
		return "carried"
	}
	return ""
}

// again decides an entry anew in a state. Its numbers, links and what it opened stay as they were entered.
func (r *replay) again(st matter.State, e matter.Entry) (decided, error) {
	out := decided{delta: e.Delta}
	p, err := r.s.l.ByHash(e.Hash)
	if err != nil {
		return out, fmt.Errorf("procedure: decide %s/%d again: %w", e.Matter, e.Seq, err)
	}
	snap := r.s.snap
	if snap.Known != nil {
		snap.Calendar = snap.Known(e.Recorded)
	}
	if e.Act == recountAct.Name && e.Actor.Person == matter.PersonSystem {
		d, _ := p.Recount(st, snap.Calendar)
		out.delta.Clocks = d.Delta.Clocks
		return out, nil
	}
	if out.act = p.pick(st, e.Act); out.act == nil || e.Kind == matter.KindOpen || e.Kind == matter.KindGenesis {
		return out, nil
	}
	t := p.asEntered(r.s.l, st, snap, e)
	if out.no, err = t.again(out.act); err != nil {
		return out, err
	}
	return out, t.redecide(e, &out)
}

// redecide writes what the entry's act changes in the scene's state.
func (s *scene) redecide(e matter.Entry, out *decided) error {
	d := matter.Delta{Stage: out.act.To}
	err := s.effects(out.act, &d)
	var no *Refusal
	var fields FieldErrors
	switch {
	case errors.As(err, &no):
		out.no = cmp.Or(out.no, no)
		return nil
	case errors.As(err, &fields):
		out.no = cmp.Or(out.no, s.refuse(out.act, NotKnownYet, nil))
		return nil
	case err != nil:
		return err
	}
	whole := Decision{Delta: d}
	try := Attempt{Matter: e.Matter, By: e.Actor, Happened: e.Happened, Fields: map[string][]string{}}
	if err := errors.Join(s.opens(out.act, try, &whole), s.carries(out.act, try, &whole)); err != nil {
		return err
	}
	out.opens, out.carries = whole.Opens, whole.Carries
	out.delta.Stage, out.delta.Facts, out.delta.Clocks, out.delta.Holder = d.Stage, d.Facts, d.Clocks, d.Holder
	out.delta.Assign, out.delta.Access, out.delta.Items, out.delta.Booking = d.Assign, d.Access, d.Items, d.Booking
	return nil
}

// restsOn says whether what an entry sent out, published, opened or entered elsewhere would have been other.
func (r *replay) restsOn(e matter.Entry, was, now decided) bool {
	switch r.s.sentOut(e.Act) {
	case "":
		return false
	case "opened_others", "carried":
		return !reflect.DeepEqual(was.opens, now.opens) || !reflect.DeepEqual(was.carries, now.carries)
	}
	return r.shows(e, r.was.After(with(e, was.delta)), r.now.After(with(e, now.delta)))
}

// shows says whether the paper an entry made, or what it published, would have been other: a holder, fact, day or text
// that the paper names. Where something was published, everything counts.
func (r *replay) shows(e matter.Entry, was, now matter.State) bool {
	names := func(string) bool { return true }
	if paper := r.s.paperOf(e.Act); paper != nil && !r.s.publishes(e.Act) {
		text, _ := fs.ReadFile(r.s.l.FS, path.Join(r.s.p.Dir, paper.Template))
		names = func(name string) bool { return strings.Contains(string(text), "{"+name+"}") }
	}
	for name := range r.s.p.Facts.Each {
		if names(name) && !reflect.DeepEqual(was.Facts[name], now.Facts[name]) {
			return true
		}
	}
	for name := range r.s.p.Clocks.Each {
		if names("due:"+name) && was.Clocks[name].Due != now.Clocks[name].Due {
			return true
		}
	}
	return was.Holder != now.Holder || r.missing(was.Done, now.Done, names) || r.missing(now.Done, was.Done, names)
}

// missing says whether an act that stands in one list only asks for a text that is named.
func (r *replay) missing(in, from []matter.Done, names func(string) bool) bool {
	for _, d := range in {
		if slices.ContainsFunc(from, func(x matter.Done) bool { return x.Seq == d.Seq }) {
			continue
		}
		for _, a := range r.s.p.Acts(d.Act) {
			form := r.s.p.Form(a)
			if form != nil && slices.ContainsFunc(form.Fields, func(f *Field) bool { return f.Class != Clear && names(f.Name) }) {
				return true
			}
		}
	}
	return false
}

// paperOf is the paper an act makes, nil for none.
func (s *scene) paperOf(act string) *Document {
	if a := s.p.PaperAct(act); a != nil {
		return s.p.Documents.Get(a.Document)
	}
	return nil
}

// publishes says whether an act opens something to everybody.
func (s *scene) publishes(act string) bool {
	return slices.ContainsFunc(s.p.Acts(act), func(a *Act) bool {
		return slices.ContainsFunc(a.Access, func(x *AccessRule) bool { return x.Holder == "public" && !x.Deny })
	})
}
