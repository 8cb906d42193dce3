package procedure

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"yifa/internal/statute"
)

// Show prints the procedure so that a lawyer can read it: who acts, which time limits run, and in
// each stage what may be done, on what conditions and by which provision. Markdown; lang is
// zh-Hans, zh-Hant or en. The same procedure prints the same text for ever.
func (p *Procedure) Show(l *Law, lang string) string {
	s := &shower{p: p, l: l, lang: lang}
	s.line("# %s（%s）\n", p.Text(lang, "title"), p.Key())
	if about := p.Text(lang, "about"); about != "" {
		s.line("%s\n", about)
	}
	s.line("%s：%s  \n%s\n", s.say("basis", nil), s.cites(p.Basis), s.say("applies", map[string]string{"day": p.Applies.OpenedFrom.String()}))
	s.line("## %s\n", s.say("roles", nil))
	for name, r := range p.Roles.Each {
		s.role(name, r)
	}
	for name, f := range p.Facts.Each {
		if len(f.Bars) > 0 {
			s.line("- %s — %s", s.say("barred", map[string]string{"fact": p.Text(lang, "facts."+name+".label")}), s.cites(f.Bars))
		}
	}
	s.line("\n## %s\n", s.say("clocks", nil))
	for name, c := range p.Clocks.Each {
		s.clock(name, c)
	}
	s.retention()
	s.papers()
	s.remedies()
	s.line("## %s\n", s.say("open", nil))
	for _, a := range p.Open {
		s.act(a)
	}
	s.line("\n## %s\n", s.say("stages", nil))
	for name, stage := range p.Stages.Each {
		s.stage(name, stage)
	}
	if len(p.Any) > 0 {
		s.line("### %s\n", s.say("any", nil))
		for _, a := range p.Any {
			s.act(a)
		}
	}
	return s.out.String()
}

type shower struct {
	p    *Procedure
	l    *Law
	lang string
	out  strings.Builder
}

func (s *shower) line(format string, args ...any) { fmt.Fprintf(&s.out, format+"\n", args...) }

func (s *shower) say(key string, args map[string]string) string {
	return fillIn(builtin["show."+key]["what"][s.lang], args)
}

func (s *shower) join(list []string) string {
	if s.lang == "en" {
		return strings.Join(list, ", ")
	}
	return strings.Join(list, "、")
}

// labels names acts, stages or roles by what the reader calls them.
func (s *shower) labels(kind string, names []string) string {
	var out []string
	for _, n := range names {
		out = append(out, orElse(s.p.Text(s.lang, kind+"."+n+".label"), n))
	}
	return s.join(out)
}

// cites words citations; what is no verified provision is marked.
func (s *shower) cites(list []string) string {
	var out []string
	for _, text := range list {
		c, err := statute.ParseCite(text)
		if err != nil || s.l.Book == nil {
			out = append(out, text)
			continue
		}
		name := s.l.Book.Name(c, s.lang)
		if v, ok := s.l.Book.Provision(c, s.p.Applies.OpenedFrom); ok && v.Status == statute.Platform {
			name += "（" + s.say("platform", nil) + "）"
		}
		out = append(out, name)
	}
	return s.join(out)
}

func (s *shower) role(name string, r *Role) {
	var says []string
	if r.Is != "" {
		says = append(says, s.say(r.Is, nil))
	} else {
		says = append(says, s.say("posts", map[string]string{"posts": s.posts(r.Posts)}))
	}
	if r.Assigned {
		says = append(says, s.say("assigned", nil))
	}
	if r.Makes != "" {
		says = append(says, s.say("makes."+r.Makes, nil))
	}
	if len(r.Not) > 0 {
		var not []string
		for _, n := range r.Not {
			not = append(not, orElse(s.p.Text(s.lang, "facts."+n+".label"), s.p.Text(s.lang, "roles."+n+".label")))
		}
		says = append(says, s.say("not", map[string]string{"not": s.join(not)})+" — "+s.cites(r.Cite))
	}
	s.line("- **%s**：%s", s.p.Text(s.lang, "roles."+name+".label"), strings.Join(says, "；"))
	for _, w := range r.When {
		s.line("  - %s — %s", s.say("when", map[string]string{"is": w.Is, "else": s.p.Text(s.lang, "reasons."+w.Else+".what")}), s.cites(w.Cite))
	}
}

// posts names kinds of post as the register of posts does.
func (s *shower) posts(names []string) string {
	reg, err := s.l.Procedure("register.post", s.p.Applies.OpenedFrom)
	if err != nil {
		return s.join(names)
	}
	var out []string
	for _, n := range names {
		label := n
		for _, f := range slices.Sorted(maps.Keys(reg.Forms)) {
			label = orElse(reg.Text(s.lang, "forms."+f+".fields.role.options."+n+".label"), label)
		}
		out = append(out, label)
	}
	return s.join(out)
}

func (s *shower) clock(name string, c *ClockDef) {
	length, cite := c.Term, ""
	var v statute.TermVersion
	if s.l.Book != nil {
		var err error
		if _, v, err = s.l.Book.Term(c.Term, s.p.Applies.OpenedFrom); err == nil {
			length, cite = v.Length.String(), s.cites([]string{v.Cite.String()})
		}
	}
	s.line("### %s：%s · %s\n", s.p.Text(s.lang, "clocks."+name+".label"), length, cite)
	s.line("- %s", s.say("starts", map[string]string{"acts": s.labels("acts", c.Starts.Acts)}))
	ends := []string{}
	for _, list := range []string{s.labels("acts", c.Stops.Acts), s.labels("stages", c.Stops.Stages)} {
		if list != "" {
			ends = append(ends, list)
		}
	}
	s.line("- %s", s.say("stops", map[string]string{"acts": s.join(ends)}))
	for _, x := range c.Suspends {
		s.line("- %s — %s", s.say("suspends", map[string]string{"acts": s.labels("acts", x.Acts), "until": s.labels("acts", x.Until)}), s.cites(x.Cite))
	}
	for _, x := range c.Extends {
		for _, e := range v.Extend {
			s.line("- %s — %s", s.say("extends", map[string]string{"acts": s.labels("acts", x.Acts), "length": e.Length.String(), "times": fmt.Sprint(e.Times)}), s.cites([]string{e.Cite.String()}))
		}
	}
	for _, r := range c.Ladder {
		key := "rung"
		if r.Raise != "" {
			key = "overdue"
		}
		s.line("- %s", s.say(key, map[string]string{"left": r.Left, "roles": s.labels("roles", r.Tell)}))
	}
	lapse, act, _ := strings.Cut(c.Lapse, ":")
	s.line("- %s\n", s.say(lapse, map[string]string{"acts": s.labels("acts", []string{act})}))
}

func (s *shower) stage(name string, stage *Stage) {
	end := ""
	if stage.Final {
		end = "（" + s.say("final", nil) + "）"
	}
	s.line("### %s%s\n", s.p.Text(s.lang, "stages."+name+".label"), end)
	if text := s.p.Text(s.lang, "stages."+name+".public"); text != "" {
		s.line("> %s\n", s.say("told", map[string]string{"text": text}))
	}
	for _, a := range stage.Acts {
		s.act(a)
	}
	s.line("")
}

func (s *shower) act(a *Act) {
	to := ""
	if a.To != "" {
		to = " → " + s.p.Text(s.lang, "stages."+a.To+".label")
	}
	s.line("- **%s**%s · %s · %s", s.p.Text(s.lang, "acts."+a.Name+".label"), to, s.labels("roles", a.By), s.cites(a.Cite))
	sub := func(key string, args map[string]string, cite ...string) {
		if c := s.cites(cite); c != "" {
			s.line("  - %s — %s", s.say(key, args), c)
			return
		}
		s.line("  - %s", s.say(key, args))
	}
	for _, r := range a.When {
		sub("when", map[string]string{"is": r.Is, "else": s.p.Text(s.lang, "reasons."+r.Else+".what")}, r.Cite...)
	}
	if len(a.After) > 0 {
		sub("after", map[string]string{"acts": s.labels("acts", a.After)})
	}
	if nb := a.NotBefore; nb.Term != "" {
		s.notBefore(nb, sub)
	}
	for _, x := range a.Ahead {
		s.ahead(x, sub)
	}
	if a.Needs.Part != "" {
		sub("needs", s.needs(a.Needs))
	}
	if a.Reserves != "" {
		sub("reserves", nil)
	}
	if a.Once {
		sub("once", nil)
	}
	if len(a.Prove) > 0 {
		sub("prove", nil, a.Prove...)
	}
	if a.Document != "" {
		sub("document", map[string]string{"title": s.p.Text(s.lang, "documents."+a.Document+".title")})
	}
	switch a.Voids {
	case "last":
		sub("voids", nil)
	case "any":
		sub("voids_any", nil)
	}
	s.opened(a, sub)
	for _, x := range a.Carries {
		sub("carries", map[string]string{"act": s.carried(x)})
	}
	if a.Public != "" && slices.Contains([]string{"filer", "public"}, a.Visible) {
		sub("told", map[string]string{"text": s.p.Text(s.lang, "acts."+a.Name+".public")})
	}
}

// opened tells what matters an act opens.
func (s *shower) opened(a *Act, sub func(string, map[string]string, ...string)) {
	told := map[string]bool{} // one procedure opened in several cases is told once
	for _, o := range a.Opens {
		if told[o.Procedure] {
			continue
		}
		told[o.Procedure] = true
		title := o.Procedure
		if other, err := s.l.Procedure(o.Procedure, s.p.Applies.OpenedFrom); err == nil {
			title = other.Text(s.lang, "title")
		}
		sub("opens", map[string]string{"title": title})
	}
}

// carried names an act carried into the matters that open this one.
func (s *shower) carried(x *Carries) string {
	if slices.Contains(together, x.Link) {
		return s.p.Text(s.lang, "acts."+x.Act+".label")
	}
	for _, other := range s.l.all {
		if there := other.openedAs(s.p.ID, x.Link) || x.Link == "has_part" && s.p.openedAs(other.ID, "part_of"); there && len(other.Acts(x.Act)) > 0 {
			return other.Text(s.lang, "acts."+x.Act+".label")
		}
	}
	return x.Act
}

func (s *shower) notBefore(nb NotBefore, sub func(string, map[string]string, ...string)) {
	length, cite := nb.Term, ""
	if s.l.Book != nil {
		if _, v, err := s.l.Book.Term(nb.Term, s.p.Applies.OpenedFrom); err == nil {
			length, cite = v.Length.String(), v.Cite.String()
		}
	}
	sub("not_before", map[string]string{"acts": s.labels("acts", []string{nb.Since}), "length": length}, cite)
}
