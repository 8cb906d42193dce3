package procedure

import (
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"yifa/internal/matter"
)

// Opens is a matter the act creates.
type Opens struct {
	Line      int
	Procedure string          `yaml:"procedure" need:"1"`
	Act       string          `yaml:"act" need:"1"`
	Link      string          `yaml:"link" need:"1" enum:"split_from,about,transferred_from,part_of,reopens" doc:"what the new matter is to this one"`
	When      string          `yaml:"when" doc:"CEL; opened only if true"`
	Go        bool            `yaml:"go" doc:"whoever did the act goes on in the new matter"`
	Code      bool            `yaml:"code" doc:"whoever did the act gets a receipt code of the new matter, to hand it to whom it concerns"`
	Each      string          `yaml:"each" doc:"field of type rows, or with many values: a matter for each line or value"`
	Distinct  []string        `yaml:"distinct" doc:"facts of the new matter: none is opened beside another with the same values"`
	Again     []string        `yaml:"again" doc:"stages in which that other one stands in nobody's way"`
	Given     Ordered[string] `yaml:"given" doc:"field of the opening act's form → value | field:NAME | fact:NAME | assigned:ROLE, the persons | holder, the organ | each:COLUMN (of a list each:value; of rows also each:id, an alias of whom the line names) | paper:seq, the entry that made the newest paper | paper:number | paper:title | use:to, the organ for which papers: says a paper of the kind answered is | use:by, the act by which it goes out"`
}

// Carries is an act this act does in the matters linked to its own, by the same actor.
type Carries struct {
	Line   int
	Link   string          `yaml:"link" need:"1" enum:"split_from,split_to,about,transferred_from,transferred_to,part_of,has_part,reopens,reopened_by,joined_to,has_joined" doc:"what the other matter is to this one"`
	Names  string          `yaml:"names" doc:"clear field of the act's form, of type matter: the entry is made in the matter it names, of this procedure, which this act links"`
	Unlink bool            `yaml:"unlink" doc:"the link ends with this act, on both sides"`
	Act    string          `yaml:"act" need:"1"`
	When   string          `yaml:"when" doc:"CEL; carried only if true"`
	Needed bool            `yaml:"needed" doc:"only in the parts the act waits for, each as it stands (needs)"`
	Maybe  bool            `yaml:"maybe" doc:"nothing where the other matter's procedure has no such act"`
	Given  Ordered[string] `yaml:"given" doc:"field of that act's form → value | field:NAME | fact:NAME | assigned:ROLE | holder | self, the matter itself"`
}

// opposite is what the opening matter is to the one it opens.
var opposite = map[string]string{"split_from": "split_to", "part_of": "has_part", "transferred_from": "transferred_to", "reopens": "reopened_by",
	"joined_to": "has_joined", "has_joined": "joined_to"}

// opens prepares the first acts of new matters, to be fired in the same transaction.
func (s *scene) opens(a *Act, try Attempt, d *Decision) error {
	for _, o := range a.Opens {
		if held, err := s.holdsAfter(o.When, &d.Delta); !held || err != nil {
			if err != nil {
				return err
			}
			continue
		}
		if s.snap.NewID == nil {
			return fmt.Errorf("procedure: %s: the snapshot gives no ids for new matters", a.Name)
		}
		for i, row := range s.cut(o, try) {
			t := *s
			t.row = row
			if err := t.openOne(a, o, try, d); err != nil {
				return inLine(err, o.Each, i+1)
			}
		}
	}
	return nil
}

// openOne prepares the first act of one new matter.
func (s *scene) openOne(a *Act, o *Opens, try Attempt, d *Decision) error {
	id := s.snap.NewID()
	opening := matter.Opening{ID: id, Procedure: o.Procedure, Act: o.Act, Link: o.Link, Given: matter.Facts{}}
	next := s.next(o.Given, try, &d.Delta, opening.Given)
	next.Matter, next.Procedure, next.Act, next.Links = id, o.Procedure, o.Act, []matter.Link{{Kind: o.Link, To: try.Matter}}
	switch twice, there := s.alone(o, next, d.Opens); {
	case there && o.Each != "":
		return FieldErrors{{Field: o.Each, Key: "row_there"}}
	case there:
		return s.refuse(a, AlreadyOpen, nil)
	case twice:
		return FieldErrors{{Field: o.Each, Key: "row_twice"}}
	}
	d.Opens = append(d.Opens, next)
	d.Delta.Opens = append(d.Delta.Opens, opening)
	if back := opposite[o.Link]; back != "" {
		d.Delta.Links = append(d.Delta.Links, matter.Link{Kind: back, To: id})
	}
	return nil
}

// inLine says of which line a fault of an answer is.
func inLine(err error, field string, n int) error {
	var faults FieldErrors
	if !errors.As(err, &faults) {
		return err
	}
	for i, f := range faults {
		if f.Field == field {
			faults[i].Args = map[string]string{"line": strconv.Itoa(n)}
		}
	}
	return faults
}

// carries prepares the entries the act makes in linked matters, to be fired in the same transaction.
func (s *scene) carries(a *Act, try Attempt, d *Decision) error {
	for _, x := range a.Carries {
		if held, err := s.holdsAfter(x.When, &d.Delta); !held || err != nil {
			if err != nil {
				return err
			}
			continue
		}
		for _, l := range s.goes(x) {
			if x.Needed && !s.ready(a.Needs, l) || x.Maybe && !s.knowsAct(l.To, x.Act) {
				continue
			}
			next := s.next(x.Given, try, &d.Delta, matter.Facts{})
			next.Matter, next.Act, next.By = l.To, x.Act, Carrying(try.By)
			back := []matter.Link{{Kind: opposite[x.Link], To: try.Matter}}
			switch {
			case x.Names != "":
				d.Delta.Links, next.Links = append(d.Delta.Links, l), back
			case x.Unlink:
				d.Delta.Unlinks, next.Unlinks = append(d.Delta.Unlinks, l), back
			}
			d.Carries = append(d.Carries, next)
			d.Delta.Carries = append(d.Delta.Carries, matter.Carried{Matter: l.To, Act: x.Act})
		}
	}
	return nil
}

// knowsAct says whether the procedure of a linked matter has an act, in the stage where that matter stands.
func (s *scene) knowsAct(id matter.ID, act string) bool {
	p, err := s.l.ByKey(s.snap.Linked[id].Procedure)
	return err == nil && slices.ContainsFunc(p.ActsIn(s.snap.Linked[id].Stage), func(a *Act) bool { return a.Name == act })
}

// Carrying is who makes the entry in another matter that somebody's act carries there: whoever acts. The filer of one
// matter is nobody in another, where the system writes it down for him.
func Carrying(by matter.Actor) matter.Actor {
	if by.Person == matter.PersonFiler {
		return matter.Actor{Person: matter.PersonSystem}
	}
	return by
}

// next is an attempt by the same actor, on the same day, in another matter. clear notes what of its
// answers is no text.
func (s *scene) next(given Ordered[string], try Attempt, d *matter.Delta, clear matter.Facts) Attempt {
	out := Attempt{By: try.By, Happened: try.Happened, Recorded: try.Recorded, From: try.Matter,
		Fields: map[string][]string{}, Files: map[string][]matter.File{}}
	if proof := try.Fields[LateProof]; proof != nil {
		out.Fields[LateProof] = proof
	}
	for name, from := range given.Each {
		switch kind, of, _ := strings.Cut(*from, ":"); kind {
		case "field":
			if files := try.Files[of]; files != nil {
				out.Files[name] = files
				continue
			}
			out.Fields[name] = try.Fields[of]
			if v, ok := s.given[of]; ok {
				clear[name] = v
			}
		case "fact":
			out.Fields[name] = s.after(d, of)
			if v, ok := s.left(d)[of]; ok {
				clear[name] = v
			}
		case "assigned":
			out.Fields[name] = s.st.Assigned[of]
			clear[name] = s.st.Assigned[of]
		case "holder":
			out.Fields[name] = []string{s.holder}
			clear[name] = s.holder
		case "self":
			out.Fields[name] = []string{try.Matter.String()}
			clear[name] = try.Matter.String()
		case "each":
			out.Fields[name] = []string{s.row[of]}
			if of == "id" || of == "value" {
				clear[name] = s.row[of]
			}
		case "paper":
			out.Fields[name] = s.made(of, d)
		case "use":
			if v := s.use(of); v != "" {
				out.Fields[name], clear[name] = []string{v}, v
			}
		default:
			out.Fields[name] = []string{*from}
			clear[name] = *from
		}
	}
	return out
}

// Through turns what another matter, under p, answers to an attempt that the act opens or carries into
// an answer to the act itself: a refusal of the whole act, or faults of the act's own fields whose
// answers were passed on. Anything else stays as it is.
func Through(p *Procedure, a *Act, next Attempt, err error) error {
	var no *Refusal
	var fields FieldErrors
	switch {
	case errors.As(err, &no):
		out := *no
		if out.In == "" {
			out.In, out.InAct = p.Key(), no.Act
		}
		out.Act = a.Name
		return &out
	case errors.As(err, &fields):
		var own FieldErrors
		for _, f := range fields {
			if from := a.hands(next).Get(f.Field); from != nil && strings.HasPrefix(*from, "field:") {
				own = append(own, FieldError{strings.TrimPrefix(*from, "field:"), f.Key, f.Args})
			}
		}
		if len(own) > 0 {
			return own
		}
		return &Refusal{Act: a.Name, Cite: first(a.Cite), Reason: NotKnownYet, Args: map[string]string{"fact": fields[0].Field}, In: p.Key(), InAct: next.Act}
	}
	return err
}

// GoesOn says whether whoever did the act goes on in the matter it opened.
func (a *Act) GoesOn(next Attempt) bool {
	return slices.ContainsFunc(a.Opens, func(o *Opens) bool { return o.Go && o.Act == next.Act && o.Procedure == next.Procedure })
}

// HandsOut says whether whoever did the act gets a receipt code of the matter it opened.
func (a *Act) HandsOut(next Attempt) bool {
	return slices.ContainsFunc(a.Opens, func(o *Opens) bool { return o.Code && o.Act == next.Act && o.Procedure == next.Procedure })
}

// hands is what the act gives to an attempt it opens or carries.
func (a *Act) hands(next Attempt) Ordered[string] {
	for _, o := range a.Opens {
		if o.Act == next.Act && o.Procedure == next.Procedure {
			return o.Given
		}
	}
	for _, x := range a.Carries {
		if x.Act == next.Act && next.Procedure == "" {
			return x.Given
		}
	}
	return Ordered[string]{}
}

// Brought says whether the act is only ever brought about by one in another matter.
func (a *Act) Brought(p *Procedure) bool { return p.isOnlyFor(a, "linked") }
