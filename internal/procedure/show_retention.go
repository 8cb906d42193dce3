package procedure

// retention says how long the record of a finished matter is kept.
func (s *shower) retention() {
	r := s.p.Retention
	if len(r.Cite) == 0 {
		return
	}
	s.line("## %s\n", s.say("retention", nil))
	if r.Permanent {
		s.line("- %s — %s\n", s.say("permanent", nil), s.cites(r.Cite))
		return
	}
	s.line("- %s — %s", s.say("kept", map[string]string{"length": s.length(r.Term)}), s.cites(r.Cite))
	for class, term := range r.Sooner.Each {
		s.line("- %s", s.say("sooner", map[string]string{"class": s.say("class."+class, nil), "length": s.length(*term)}))
	}
	s.line("")
}

// length is the length of a term with its provision.
func (s *shower) length(term string) string {
	if s.l.Book != nil {
		if _, v, err := s.l.Book.Term(term, s.p.Applies.OpenedFrom); err == nil {
			return v.Length.String() + "（" + s.cites([]string{v.Cite.String()}) + "）"
		}
	}
	return term
}
