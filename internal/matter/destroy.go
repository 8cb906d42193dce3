package matter

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
)

// Clear facts that an entry of KindDestroy gives.
const (
	GivenList        = "list"        // id of the list by which the destruction was approved
	GivenCertificate = "certificate" // number of its certificate
	GivenScope       = "scope"       // whole, or the class that goes
	GivenFiles       = "files"       // how many files go with the parts
	GivenAgain       = "again"       // true: done once more, after a backup of before was restored
)

// PartName is how a Delta names a part of its matter: seq, class and party.
func PartName(seq int, class Class, party string) string {
	name := strconv.Itoa(seq) + "/" + string(class)
	if party != "" {
		name += "/" + party
	}
	return name
}

// ParsePart is the reverse of PartName.
func ParsePart(name string) (seq int, class Class, party string, err error) {
	first, rest, _ := strings.Cut(name, "/")
	c, party, _ := strings.Cut(rest, "/")
	seq, err = strconv.Atoi(first)
	if err != nil || seq < 1 || !slices.Contains(Classes, Class(c)) {
		return 0, "", "", fmt.Errorf("matter: %q names no part", name)
	}
	return seq, Class(c), party, nil
}

// Gone is the destruction that took a part of an entry, and whether there was one. An empty class asks for any part.
func (s State) Gone(seq int, class Class) (Destroyed, bool) {
	for _, d := range s.Destroyed {
		if slices.ContainsFunc(d.Parts, func(name string) bool {
			n, c, _, err := ParsePart(name)
			return err == nil && n == seq && (class == "" || c == class)
		}) {
			return d, true
		}
	}
	return Destroyed{}, false
}

// IsGone says whether one part was destroyed.
func (s State) IsGone(part string) bool {
	return slices.ContainsFunc(s.Destroyed, func(d Destroyed) bool { return slices.Contains(d.Parts, part) })
}

// destroy notes which parts an entry took away: parts of earlier entries, each once.
func (s *State) destroy(e Entry) error {
	d := Destroyed{Seq: e.Seq, On: e.Happened.Day, List: e.Given.Text(GivenList), Certificate: e.Given.Text(GivenCertificate),
		Scope: e.Given.Text(GivenScope), Parts: e.Delta.Destroys}
	if n, given := e.Given[GivenFiles].(int64); given {
		d.Files = int(n)
	}
	for _, name := range d.Parts {
		if seq, _, _, err := ParsePart(name); err != nil || seq >= e.Seq || s.IsGone(name) {
			return fmt.Errorf("matter: %s/%d destroys %s, which is not there: %w", e.Matter, e.Seq, name, ErrBrokenRecord)
		}
	}
	s.Destroyed = append(slices.Clone(s.Destroyed), d)
	return nil
}
