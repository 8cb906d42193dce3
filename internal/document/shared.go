package document

import (
	"fmt"
	"io/fs"
	"maps"
	"path"
	"regexp"
	"slices"

	"yifa/internal/calendar"
)

// shared is what papers have in common, so that it is said once: fields (fields.yaml) and blocks of text (blocks.yaml).
type shared struct {
	fields struct {
		Schema int              `yaml:"schema"`
		Fields map[string]Field `yaml:"fields"`
	}
	blocks struct {
		Schema int               `yaml:"schema"`
		Blocks map[string]string `yaml:"blocks"`
	}
	src  calendar.Source
	used map[string]bool // fields and, with their braces, blocks
}

// readShared reads what papers share and the remedies. A file that is not there holds nothing.
func (c *Catalogue) readShared(fsys fs.FS) (*shared, []calendar.Fault) {
	s := &shared{used: map[string]bool{}}
	var faults []calendar.Fault
	read := func(name string, into any) calendar.Source {
		file := path.Join(Folder, name)
		if _, err := fs.Stat(fsys, file); err != nil {
			return calendar.Source{File: file}
		}
		src, bad := calendar.ReadYAML(fsys, file, into)
		faults = append(faults, bad...)
		return src
	}
	s.src = read("fields.yaml", &s.fields)
	read("blocks.yaml", &s.blocks)
	var all remedyFile
	src := read("remedies.yaml", &all)
	return s, append(faults, c.takeRemedies(src, all)...)
}

// field is a field as one paper declares it, filled up with what all papers say of it.
func (s *shared) field(name string, own Field) Field {
	common, ok := s.fields.Fields[name]
	if !ok {
		return own
	}
	s.used[name] = true
	if own.Label == "" {
		own.Label = common.Label
	}
	if own.Cite == "" {
		own.Cite = common.Cite
	}
	if own.Example == "" {
		own.Example = common.Example
	}
	own.Optional = own.Optional || common.Optional
	return own
}

// blockLine is a line of a template that stands for a block.
var blockLine = regexp.MustCompile(`(?m)^\{\{([a-z_0-9]+)\}\}[ \t]*$`)

// expand puts blocks into a template.
func (s *shared) expand(text string) (string, error) {
	var err error
	text = blockLine.ReplaceAllStringFunc(text, func(line string) string {
		name := blockLine.FindStringSubmatch(line)[1]
		block, ok := s.blocks.Blocks[name]
		if !ok {
			err = fmt.Errorf("there is no block %s", name)
		}
		s.used["{"+name+"}"] = true
		return block
	})
	return text, err
}

// unused are fields and blocks that no paper has.
func (s *shared) unused() []calendar.Fault {
	var out []calendar.Fault
	for _, name := range slices.Sorted(maps.Keys(s.fields.Fields)) {
		if !s.used[name] {
			out = append(out, s.src.Fault("no paper has the field "+name, "take it out", "fields", name))
		}
	}
	for _, name := range slices.Sorted(maps.Keys(s.blocks.Blocks)) {
		if !s.used["{"+name+"}"] {
			out = append(out, calendar.Fault{File: path.Join(Folder, "blocks.yaml"), What: "no paper has the block " + name, Mend: "take it out"})
		}
	}
	return out
}
