package document

import (
	"io/fs"
	"path"
	"slices"

	"yifa/internal/calendar"
	"yifa/internal/statute"
)

// Arrangement is the order of what lies in the volume of a matter (documents/volume.yaml). Within a place things lie by day.
type Arrangement struct {
	Schema int      `yaml:"schema"`
	Cite   []string `yaml:"cite"`
	Places []Place  `yaml:"places"` // the last takes what has no other
	Behind []Behind `yaml:"behind"`
}

// Place is one kind of thing in a volume.
type Place struct {
	ID        string   `yaml:"id"`
	Label     string   `yaml:"label"`
	Hant      string   `yaml:"zh-Hant"`
	En        string   `yaml:"en"`
	Opens     bool     `yaml:"opens"`     // files of the act that opened the matter
	Files     bool     `yaml:"files"`     // other files of the matter itself
	Kinds     []string `yaml:"kinds"`     // of the catalogue
	Documents []string `yaml:"documents"` // PROCEDURE/DOCUMENT: a procedure's own papers
	Sorts     []string `yaml:"sorts"`     // what a paper that was there before is said to be, where it is none of the catalogue
	Parts     []string `yaml:"parts"`     // procedures: what lies in such parts and has no other place
}

// Behind are files of some acts in a part that lie behind the paper they are about, in its volume.
type Behind struct {
	Procedure string   `yaml:"procedure"`
	Acts      []string `yaml:"acts"`
	Paper     string   `yaml:"paper"` // fact: the entry of the matter it is part of that made the paper
}

// Arrangement is the order of what lies in a volume.
func (c *Catalogue) Arrangement() Arrangement { return c.arrangement }

// readArrangement reads the order and holds it to the catalogue: each kind has one place. Its procedures are held to the law
// by whoever knows them. A law folder without the file has one place for all.
func (c *Catalogue) readArrangement(fsys fs.FS) []calendar.Fault {
	file := path.Join(Folder, "volume.yaml")
	if _, err := fs.Stat(fsys, file); err != nil {
		return nil
	}
	src, faults := calendar.ReadYAML(fsys, file, &c.arrangement)
	if len(faults) > 0 {
		return faults
	}
	a := c.arrangement
	if a.Schema != 1 || len(a.Cite) == 0 || len(a.Places) == 0 {
		faults = append(faults, src.Fault("lacks schema 1, cite or places", "say what it rests on, and its order"))
	}
	for i, text := range a.Cite {
		if cite, err := statute.ParseCite(text); err != nil {
			faults = append(faults, src.Fault(err.Error(), "write it as key/article.paragraph.item", "cite", i))
		} else if _, known := c.book.Provision(cite, c.newest()); !known {
			faults = append(faults, src.Fault(text+" is no provision in force", "add it to law/statutes or cite another", "cite", i))
		}
	}
	placed := map[string]int{}
	for i, p := range a.Places {
		if p.ID == "" || p.Label == "" || p.Hant == "" || p.En == "" {
			faults = append(faults, src.Fault("a place lacks id or label in a language", "give label, zh-Hant and en", "places", i))
		}
		for _, kind := range p.Kinds {
			placed[kind]++
			if !slices.ContainsFunc(c.kinds, func(k Kind) bool { return k.ID == kind }) {
				faults = append(faults, src.Fault("the catalogue has no paper "+kind, "correct the name", "places", i, "kinds"))
			}
		}
	}
	for _, k := range c.kinds {
		if placed[k.ID] != 1 {
			faults = append(faults, src.Fault("the paper "+k.ID+" has no place, or two", "name it in one of places", "places"))
		}
	}
	return faults
}

// newest is the day from which the newest kind is in force.
func (c *Catalogue) newest() calendar.Date {
	var day calendar.Date
	for _, k := range c.kinds {
		day = max(day, k.From)
	}
	return day
}
