package procedure

import "slices"

// papers lists the papers of the catalogue that matters of the procedure may have.
func (s *shower) papers() {
	if len(s.p.Papers.Names) == 0 {
		return
	}
	s.line("## %s\n", s.say("papers", nil))
	for id := range s.p.Papers.Each {
		kind, _ := s.l.Paper(id, s.p.Applies.OpenedFrom)
		s.line("- %s", kind.Title)
	}
	s.line("")
}

// needs words the part-matter an act waits for.
func (s *shower) needs(n Needs) map[string]string {
	part, stages := n.Part, slices.Clone(n.Stage)
	if other, err := s.l.Procedure(part, s.p.Applies.OpenedFrom); err == nil {
		part = other.Text(s.lang, "title")
		for i, stage := range stages {
			stages[i] = other.Text(s.lang, "stages."+stage+".label")
		}
	}
	for fact, value := range n.With.Each {
		named := *value
		if kind, ok := s.l.Paper(*value, s.p.Applies.OpenedFrom); ok {
			named = kind.Title
		}
		part += "（" + orElse(named, fact) + "）"
	}
	return map[string]string{"part": part, "stage": s.join(stages)}
}
