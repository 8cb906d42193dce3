package procedure

import "slices"

// Requires is a certificate that whoever does the act, and whom it names beside him, holds on the day of the act. What the
// law or the public does by itself asks for none.
type Requires struct {
	Line        int
	Certificate string   `yaml:"certificate" need:"1" enum:"enforcement,supervision"`
	Of          []string `yaml:"of" doc:"person fields of the form: who does the act with the actor"`
	Cite        []string `yaml:"cite" need:"1"`
}

// certified says why an official may not do an act that needs a certificate, or nil. A substitute shows his own.
func (s *scene) certified(a *Act) *Refusal {
	need := a.Requires
	if need.Certificate == "" || s.by.Post == "" || s.hasCertificate(s.by.Person, need.Certificate) {
		return nil
	}
	no := s.refuse(a, NoCertificate, map[string]string{"day": s.on.String()})
	no.Cite = first(need.Cite)
	return no
}

// certifiedBeside says which person named for doing an act together holds no certificate.
func (s *scene) certifiedBeside(a *Act) FieldErrors {
	var out FieldErrors
	for _, field := range a.Requires.Of {
		for _, person := range s.given.List(field) {
			if !s.hasCertificate(person, a.Requires.Certificate) {
				out = append(out, FieldError{Field: field, Key: "no_certificate"})
				break
			}
		}
	}
	return out
}

// hasCertificate says whether a person holds a certificate of a kind on the day of the act.
func (s *scene) hasCertificate(person, kind string) bool {
	return slices.ContainsFunc(s.snap.Certificates, func(c Certificate) bool {
		return c.Person == person && c.Kind == kind && c.From <= s.on && (c.To.IsZero() || s.on < c.To)
	})
}

// requires holds a certificate asked for to its provision and to the persons the form names.
func (c *checker) requires(a *Act) {
	need := a.Requires
	if need.Certificate == "" {
		return
	}
	c.cites(need.Line, "act "+a.Name+" requires", need.Cite)
	form := c.p.Form(a)
	for _, field := range need.Of {
		if f := form.Field(field); f == nil || f.Type != "person" || f.Class != Clear {
			c.fault(need.Line, "act "+a.Name+" requires: "+field+" is no person the form asks for", "name a clear field of type person")
		}
	}
}
