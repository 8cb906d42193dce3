package procedure

import (
	"regexp"
	"slices"
	"strings"

	"yifa/internal/calendar"
	"yifa/internal/matter"
)

// access follows the holder, then gives and takes what the act says.
func (s *scene) access(a *Act, d *matter.Delta) error {
	today, holder := s.snap.Today, s.holder
	if d.Holder != "" && s.st.Holder != "" {
		for _, post := range s.p.PostsAtHolder() {
			d.Access = append(d.Access, matter.Access{Holder: OrganKey(s.st.Holder, post), Right: "act", From: today, To: today})
		}
	}
	if d.Holder != "" {
		for _, post := range s.p.PostsAtHolder() {
			d.Access = append(d.Access, matter.Access{Holder: OrganKey(holder, post), Right: "act", From: today})
		}
	}
	for _, rule := range a.Access {
		if held, err := s.holdsAfter(rule.When, d); !held || err != nil {
			if err != nil {
				return err
			}
			continue
		}
		right := rule.Right
		if right == "" {
			right = "read"
		}
		for _, key := range s.holders(rule.Holder, holder, d) {
			d.Access = append(d.Access, matter.Access{Holder: key, Right: right, From: today, Deny: rule.Deny})
		}
	}
	s.deny(d)
	return nil
}

// holdsAfter evaluates a condition over the facts as the act leaves them; an empty one holds.
func (s *scene) holdsAfter(text string, d *matter.Delta) (bool, error) {
	if text == "" {
		return true, nil
	}
	t := *s
	t.st.Facts = s.left(d)
	held, _, err := t.holds(text)
	return held, err
}

// OrganKey is the access key of everybody who holds a post of a kind in an organ.
func OrganKey(organ, post string) string { return "organ:" + organ + ":" + post }

// PostsAtHolder lists the kinds of post that act for the organ holding a matter: they may read it and act in it.
func (p *Procedure) PostsAtHolder() []string {
	var out []string
	for _, r := range p.Roles.Each {
		if r.At == "" || r.At == "holder" {
			out = append(out, r.Posts...)
		}
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// Reaches says whether a kind of post is given at least the matters of its organ that another kind is given.
func (l *Law) Reaches(own, other string) bool {
	for _, p := range l.all {
		if at := p.PostsAtHolder(); slices.Contains(at, other) && !slices.Contains(at, own) {
			return false
		}
	}
	return true
}

// HolderKinds are the kinds of organ that hold matters of some procedure.
func (l *Law) HolderKinds() []string {
	var out []string
	for _, p := range l.all {
		if kind := p.Subject.Holder.Kind; kind != "" {
			out = append(out, kind)
		}
	}
	slices.Sort(out)
	return slices.Compact(out)
}

var slot = regexp.MustCompile(`\{([a-z_0-9]+)\}`)

// holders fills {NAME} in an access key; a list fact gives one key each, an absent one none.
func (s *scene) holders(template, holder string, d *matter.Delta) []string {
	m := slot.FindStringSubmatch(template)
	if m == nil {
		return []string{template}
	}
	var values []string
	switch m[1] {
	case "holder":
		values = []string{holder}
	case "actor":
		values = []string{s.by.Person}
	default:
		values = s.after(d, m[1])
	}
	var out []string
	for _, v := range values {
		out = append(out, s.holders(strings.Replace(template, m[0], v, 1), holder, d)...)
	}
	return out
}

// items writes versions of register items from the facts.
func (s *scene) items(a *Act, d *matter.Delta) {
	for _, rule := range a.Items {
		date := func(fact string) calendar.Date {
			m, _ := calendar.ParseMoment(first(s.after(d, fact)))
			return m.Day
		}
		it := matter.Item{Kind: rule.Kind, Key: first(s.after(d, rule.Key)), From: date(rule.From), To: date(rule.To), Attrs: matter.Facts{}}
		if rule.Close {
			it.To = it.From
		}
		for _, name := range rule.Attrs {
			if v, ok := d.Facts[name]; ok && v != nil {
				it.Attrs[name] = v
			} else if v := s.st.Facts[name]; v != nil && !ok {
				it.Attrs[name] = v
			}
		}
		d.Items = append(d.Items, it)
	}
}

// taken says which key that the opening act gives to a register item, or any act to one of a roster, has been used before.
func (s *scene) taken() FieldErrors {
	if s.form == nil || s.snap.Taken == nil {
		return nil
	}
	for _, act := range s.p.AllActs() {
		for _, rule := range act.Items {
			if s.st.Rev > 0 && rule.Kind != s.p.Roster.Item {
				continue
			}
			key := s.given.Text(rule.Key)
			if !rule.Many && s.form.Field(rule.Key) != nil && key != "" && s.snap.Taken(rule.Kind, key) {
				return FieldErrors{{Field: rule.Key, Key: "already_used"}}
			}
		}
	}
	return nil
}

// tell lists what the outbox does after commit.
func (s *scene) tell(a *Act, ans answers) []matter.Notice {
	var out []matter.Notice
	for _, role := range a.Tell {
		out = append(out, matter.Notice{Kind: "tell", To: role, What: a.Name})
	}
	if filer := s.p.Filer(); filer != "" && a.Visible != "staff" && s.by.Person != matter.PersonFiler && !slices.Contains(a.Tell, filer) {
		out = append(out, matter.Notice{Kind: "tell", To: filer, What: a.Name})
	}
	if a.Work.Does != "" {
		out = append(out, matter.Notice{Kind: NoticeWork, To: a.Work.Does, What: a.Work.Then})
	}
	if a.Document != "" {
		out = append(out, matter.Notice{Kind: "document", To: a.Document, What: a.Name})
	}
	for _, c := range []matter.Class{matter.Public, matter.Parties, matter.Staff} {
		if len(ans.texts[c]) > 0 { // sealed and filer-only texts are never indexed
			out = append(out, matter.Notice{Kind: "index", To: string(c), What: a.Name})
		}
	}
	return out
}

// Filer is the name of the filer's role, or "".
func (p *Procedure) Filer() string {
	for name, r := range p.Roles.Each {
		if r.Is == "filer" {
			return name
		}
	}
	return ""
}

func idOf(key string) string { id, _, _ := strings.Cut(key, "@"); return id }
