package trial

import (
	"slices"

	"yifa/internal/calendar"
	"yifa/internal/matter"
	"yifa/internal/procedure"
)

// Trial is a law and a draft of it, each with its calendar.
type Trial struct {
	Law, Draft        *procedure.Law
	Calendar, Drafted *calendar.Calendar
	Posts             []procedure.Post
	Organs            map[string]procedure.Organ
	Today             calendar.Date

	newest map[string]*procedure.Procedure // of the draft, by id
}

// Matter is what is tried: a matter as it stands, its record and the matters linked to it.
type Matter struct {
	State   matter.State
	Entries []matter.Entry
	Linked  map[matter.ID]matter.State
}

// Change is what the draft would change in a matter; its lists are empty where nothing would.
type Change struct {
	Matter    matter.ID `json:"matter"`
	Number    string    `json:"number,omitempty"`
	Holder    string    `json:"holder"`
	Procedure string    `json:"procedure"` // id@version as it is
	Draft     string    `json:"draft"`     // id@version tried; empty: the draft has no such procedure
	Stage     string    `json:"stage"`
	Becomes   string    `json:"becomes,omitempty"` // the stage it would stand in, where another
	Gone      bool      `json:"gone,omitempty"`    // the draft has no such stage, or no such procedure
	Moved     []Moved   `json:"moved,omitempty"`
	Opens     []Offer   `json:"opens,omitempty"`
	Closes    []Offer   `json:"closes,omitempty"`
	Refused   []Refused `json:"refused,omitempty"`
	Lapses    []Lapse   `json:"lapses,omitempty"`
}

// Moved is a clock whose day would be another. A zero day: it would not run.
type Moved struct {
	Clock string        `json:"clock"`
	Label string        `json:"label"`
	Was   calendar.Date `json:"was,omitzero"`
	Is    calendar.Date `json:"is,omitzero"`
	Why   string        `json:"why"`            // in Simplified Chinese
	Late  bool          `json:"late,omitempty"` // the new day has passed, the old one had not
}

// Offer is an act that is open under one law and not under the other, or to other roles.
type Offer struct {
	Act   string   `json:"act"`
	Label string   `json:"label"`
	Roles []string `json:"roles"` // labels
}

// Refused is an entry of the record that the draft would refuse.
type Refused struct {
	Seq    int           `json:"seq"`
	Act    string        `json:"act"`
	Label  string        `json:"label"`
	On     calendar.Date `json:"on"`
	Reason string        `json:"reason"`
	Why    string        `json:"why"` // in Simplified Chinese
	Cite   string        `json:"cite,omitempty"`
}

// Lapse is an act the law would have done by itself by today.
type Lapse struct {
	Clock string        `json:"clock"`
	Act   string        `json:"act"`
	Label string        `json:"label"`
	Day   calendar.Date `json:"day"`
}

// IsEmpty says whether nothing would change.
func (c Change) IsEmpty() bool {
	return !c.Gone && c.Becomes == "" && len(c.Moved)+len(c.Opens)+len(c.Closes)+len(c.Refused)+len(c.Lapses) == 0
}

// New prepares a trial: of each procedure the draft's newest version is tried.
func New(t Trial) *Trial {
	t.newest = map[string]*procedure.Procedure{}
	for _, p := range t.Draft.All() {
		if have := t.newest[p.ID]; have == nil || have.Applies.OpenedFrom <= p.Applies.OpenedFrom {
			t.newest[p.ID] = p
		}
	}
	return &t
}

// side is one of the two courses.
type side struct {
	t   *Trial
	l   *procedure.Law
	p   *procedure.Procedure
	cal *calendar.Calendar
}

func (s side) snapshot(m Matter) procedure.Snapshot {
	return procedure.Snapshot{Posts: s.t.Posts, Organs: s.t.Organs, Calendar: s.cal, Linked: m.Linked, Today: s.t.Today}
}

// played is where a course comes to, and what it refused on the way by seq.
type played struct {
	state   matter.State
	refused map[int]*procedure.Refusal
}

// Of says what the draft would change in a matter. Its error is a fault: a record that does not fit its law.
func (t *Trial) Of(m Matter) (Change, error) {
	out := Change{Matter: m.State.ID, Number: m.State.Number("matter"), Holder: m.State.Holder, Procedure: m.State.Procedure, Stage: m.State.Stage}
	p, err := t.Law.ByHash(m.State.Hash)
	if err != nil { // the text has been edited since, which only a law not yet published is
		p, err = t.Law.ByKey(m.State.Procedure)
	}
	if err != nil {
		return out, err
	}
	draft := t.newest[p.ID]
	if draft == nil {
		out.Gone = true
		return out, nil
	}
	out.Draft = draft.Key()
	was, is := side{t, t.Law, p, t.Calendar}, side{t, t.Draft, draft, t.Drafted}
	order := standing(m)
	before, err := was.play(m, order)
	if err != nil {
		return out, err
	}
	after, err := is.play(m, order)
	if err != nil {
		return out, err
	}
	if after.state.Stage != before.state.Stage {
		out.Becomes = after.state.Stage
	}
	out.Gone = draft.Stages.Get(after.state.Stage) == nil
	out.Moved = moved(was, is, before.state, after.state)
	out.Opens, out.Closes = offered(was, is, [2]standingAt{{m, before.state}, {m, after.state}})
	out.Refused = refused(is, order, before, after)
	out.Lapses = lapses(was, is, before.state, after.state)
	return out, nil
}

// standing lists the acts of a record that stand, in the order of their days.
func standing(m Matter) []matter.Entry {
	var out []matter.Entry
	for _, e := range m.Entries {
		if _, voided := m.State.Voided[e.Seq]; !voided && e.Kind != matter.KindVoid && e.Kind != matter.KindDocument && e.Kind != matter.KindDestroy {
			out = append(out, e)
		}
	}
	slices.SortFunc(out, matter.InLaw)
	return out
}

// play goes through a record under one law. What is refused there happened all the same: it is taken as it
// was entered, and the course goes on.
func (s side) play(m Matter, order []matter.Entry) (played, error) {
	out := played{refused: map[int]*procedure.Refusal{}}
	for _, e := range order {
		seq := e.Seq
		delta, no, err := s.p.Again(s.l, out.state, s.snapshot(m), e)
		if err != nil {
			return out, err
		}
		if no != nil {
			out.refused[seq] = no
			delta = e.Delta
		}
		e.Delta = matter.Delta{Stage: delta.Stage, Facts: delta.Facts, Clocks: delta.Clocks, Holder: delta.Holder, Assign: delta.Assign,
			Access: delta.Access, Items: delta.Items, Numbers: e.Delta.Numbers, Links: e.Delta.Links}
		e.Seq, e.Kind = out.state.Rev+1, matter.KindAct
		if e.Seq == 1 {
			e.Kind = matter.KindOpen
		}
		e.Procedure, e.Hash = s.p.Key(), s.p.Hash
		if out.state, err = matter.Apply(out.state, e); err != nil {
			return out, err
		}
	}
	return out, nil
}
