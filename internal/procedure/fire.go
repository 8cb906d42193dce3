package procedure

import (
	"fmt"
	"slices"

	"yifa/internal/calendar"
	"yifa/internal/matter"
)

// Enabled lists every act of the procedure as the actor sees it today: first the open ones, the
// likelier first, then the refused ones with their reasons, acts of other stages last. A matter
// not yet opened (Rev 0) has only its opening acts.
func (p *Procedure) Enabled(l *Law, st matter.State, snap Snapshot, by matter.Actor) []Choice {
	var out []Choice
	seen := map[string]bool{}
	look := func(acts []*Act) {
		for _, a := range acts {
			if seen[a.Name] || p.isOnlyFor(a, "linked") || p.isOnlyFor(a, "system") && by.Person != matter.PersonSystem {
				continue
			}
			seen[a.Name] = true
			s := &scene{p: p, l: l, st: st, snap: snap, by: by, on: snap.Today, moment: calendar.DayOnly(snap.Today), form: p.Form(a), asked: true}
			r, err := s.gate(a)
			if err != nil {
				r = s.refuse(a, NotKnownYet, nil)
			}
			out = append(out, Choice{Act: a, Open: r == nil, Refusal: r})
		}
	}
	look(p.ActsIn(st.Stage))
	if st.Rev > 0 {
		for _, s := range p.Stages.Each {
			look(s.Acts)
		}
	}
	slices.SortStableFunc(out, func(a, b Choice) int { return rank(a) - rank(b) })
	return out
}

func rank(c Choice) int {
	switch {
	case c.Open && c.Act.Likely > 0:
		return c.Act.Likely
	case c.Open:
		return 10
	case c.Refusal.Reason != WrongStage:
		return 11
	}
	return 12
}

func (p *Procedure) isOnlyFor(a *Act, is string) bool {
	return !slices.ContainsFunc(a.By, func(r string) bool { return p.Roles.Get(r).Is != is })
}

// pick is the act's definition in the stage where the matter stands, or any other one.
func (p *Procedure) pick(st matter.State, name string) *Act {
	for _, a := range p.ActsIn(st.Stage) {
		if a.Name == name {
			return a
		}
	}
	if all := p.Acts(name); len(all) > 0 {
		return all[0]
	}
	return nil
}

// Fire decides what an attempt does. The error is a *Refusal (the law says no), FieldErrors (an
// answer is wrong), matter.ErrConflict (the page was older than the record), or a fault.
func (p *Procedure) Fire(l *Law, st matter.State, snap Snapshot, try Attempt) (Decision, error) {
	a := p.pick(st, try.Act)
	if a == nil {
		return Decision{}, fmt.Errorf("%w: %s has no act %q", ErrUnknownAct, p.Key(), try.Act)
	}
	if snap.Today.IsZero() || snap.Calendar == nil {
		return Decision{}, fmt.Errorf("procedure: %s %s: the snapshot has no day or no calendar", p.Key(), a.Name)
	}
	if try.Rev != 0 && st.IsOlder(try.Rev) && a.Stale != "redo" {
		return Decision{}, fmt.Errorf("procedure: %s: page showed %d, record is at %d: %w", a.Name, try.Rev, st.Acted, matter.ErrConflict)
	}
	s := &scene{p: p, l: l, st: st, snap: snap, by: try.By, on: try.Happened.Day, moment: try.Happened, form: p.Form(a), from: try.From, party: try.Party}
	if err := s.chosen(a, try); err != nil {
		return Decision{}, err
	}
	if s.comesLate(a) {
		return s.late(try)
	}
	return s.attempt(a, try)
}

// attempt decides an act in the state of the scene.
func (s *scene) attempt(a *Act, try Attempt) (Decision, error) {
	s.asked = true // conditions on answers wait until there are some
	r, err := s.gate(a)
	if r != nil || err != nil {
		return Decision{}, refusalOr(r, err)
	}
	if a.Voids != "" {
		return s.void(a, try)
	}
	ans, err := s.fill(a, try)
	if err != nil {
		return Decision{}, err
	}
	if s.party != "" {
		ans.clear[PartyField] = s.party
	}
	s.given, s.asked = ans.clear, false
	for _, faults := range []FieldErrors{s.taken(), s.certifiedBeside(a), s.joins(a, try), s.follows(a)} {
		if faults != nil {
			return Decision{}, faults
		}
	}
	if r := s.namesBarred(a); r != nil {
		return Decision{}, r
	}
	if r, err := s.conditions(a); r != nil || err != nil {
		return Decision{}, refusalOr(r, err)
	}
	return s.decide(a, try, ans)
}

// refusalOr keeps a nil *Refusal from becoming an error that is not nil.
func refusalOr(r *Refusal, err error) error {
	if err != nil {
		return err
	}
	if r != nil {
		return r
	}
	return nil
}

// gate asks everything that does not depend on the form: who, where, when, after what.
func (s *scene) gate(a *Act) (*Refusal, error) {
	if r := s.mayAct(a); r != nil {
		return r, nil
	}
	if r := s.certified(a); r != nil {
		return r, nil
	}
	return s.open(a)
}

// open asks of gate what does not depend on who acts.
func (s *scene) open(a *Act) (*Refusal, error) {
	if !slices.Contains(s.p.ActsIn(s.st.Stage), a) {
		return s.refuse(a, WrongStage, map[string]string{"stage": s.st.Stage}), nil
	}
	if r := s.dayOf(a); r != nil {
		return r, nil
	}
	if done, ok := s.st.LastOf(a.Name); a.Once && ok {
		return s.refuse(a, AlreadyDone, map[string]string{"day": done.On.Day.String()}), nil
	}
	for _, before := range a.After {
		if _, ok := s.st.LastOf(before); !ok {
			return s.refuse(a, NeedsAct, map[string]string{"act": before}), nil
		}
	}
	if a.Needs.Part != "" && !s.partsReady(a.Needs) {
		return s.missing(a), nil
	}
	if r, err := s.notBefore(a); r != nil || err != nil {
		return r, err
	}
	if a.Voids != "" {
		if r := s.mayVoid(a); r != nil {
			return r, nil
		}
	}
	return s.conditions(a)
}

// dayOf holds the legal day of an act between the last act and today; what staff enter late is asked in the state of
// its own day. Dialogue (stale: redo)
// neither binds later entries nor is bound by them: it only may not precede the matter. What the
// law deems done happens the day after the term's last day, whatever was entered since.
func (s *scene) dayOf(a *Act) *Refusal {
	if s.on > s.snap.Today || s.on.IsZero() {
		return s.refuse(a, FutureDay, map[string]string{"day": s.snap.Today.String()})
	}
	if c, ok := s.lapsed(a); ok {
		legal := c.Due.AddDays(1)
		if c.Status != matter.Running || s.snap.Today < legal || s.on != legal {
			return s.refuse(a, NotBeforeDay, map[string]string{"day": legal.String()})
		}
		return nil
	}
	last := s.st.Opened.Day
	if a.Stale != "redo" {
		last = s.lastDay()
	}
	if s.on < last {
		return s.refuse(a, BeforeLastAct, map[string]string{"day": last.String()})
	}
	return nil
}

// lapsed is the clock whose running out does the act.
func (s *scene) lapsed(a *Act) (matter.Clock, bool) {
	for name, def := range s.p.Clocks.Each {
		if def.Lapse == "deemed:"+a.Name && s.by.Person == matter.PersonSystem {
			c, _ := s.clockOf(name)
			return c, true
		}
	}
	return matter.Clock{}, false
}

func (s *scene) partsReady(n Needs) bool {
	found := n.None
	for _, l := range s.st.Links {
		if s.ready(n, l) {
			found = true
		} else if part := s.snap.Linked[l.To]; !n.One && l.Kind == "has_part" && n.Means(part) {
			return false
		}
	}
	return found
}

// ready says whether a link is to a part as an act waits for it.
func (s *scene) ready(n Needs, l matter.Link) bool {
	part, known := s.snap.Linked[l.To]
	return known && l.Kind == "has_part" && n.Means(part) && slices.Contains(n.Stage, part.Stage)
}

// missing refuses an act for want of a part: of which paper, where it is one of the catalogue that it waits for.
func (s *scene) missing(a *Act) *Refusal {
	args := map[string]string{"part": a.Needs.Part, "stage": first(a.Needs.Stage)}
	if kind, ok := s.l.Paper(a.Needs.Paper(s.l, s.p.Applies.OpenedFrom), s.on); ok {
		args["kind"], args["paper"] = kind.ID, kind.Title
	}
	return s.refuse(a, NeedsPart, args)
}

// Paper is the kind of paper of the catalogue that is waited for, or "".
func (n Needs) Paper(l *Law, on calendar.Date) string {
	part, err := l.Procedure(n.Part, on)
	if err != nil || part.PaperFact() == "" || n.With.Get(part.PaperFact()) == nil {
		return ""
	}
	return *n.With.Get(part.PaperFact())
}

// Means says whether a matter is one of the parts an act waits for, wherever it stands.
func (n Needs) Means(part matter.State) bool {
	if idOf(part.Procedure) != n.Part {
		return false
	}
	for fact, value := range n.With.Each {
		if !slices.Contains(part.Facts.List(fact), *value) {
			return false
		}
	}
	return true
}

// conditions asks each `when`. One that hangs on answers still to be given is left open.
func (s *scene) conditions(a *Act) (*Refusal, error) {
	if no, err := s.hold(a, a.When); no != nil || err != nil {
		return no, err
	}
	return s.inTime(a)
}

// hold asks rules in order, of an act or of a role, and says which of them refuses the act.
func (s *scene) hold(a *Act, rules []*Rule) (*Refusal, error) {
	for _, r := range rules {
		held, unknown, err := s.holdsForAll(r.Is)
		if err != nil {
			return nil, err
		}
		if s.asked && slices.ContainsFunc(unknown, func(n string) bool { return s.form.Field(n) != nil }) {
			continue
		}
		if len(unknown) == 0 && s.snap.Seen != nil {
			s.snap.Seen(r, held)
		}
		if held {
			continue
		}
		no := s.refuse(a, r.Else, nil)
		if len(unknown) > 0 {
			no = s.refuse(a, NotKnownYet, map[string]string{"fact": unknown[0]})
		}
		if len(r.Cite) > 0 {
			no.Cite = r.Cite[0]
		}
		return no, nil
	}
	return nil, nil
}
