// Package division holds the tree of places: city, counties, towns and streets, villages and
// communities. It gives names and parents and says which places are formal; it never says who is
// competent where, which is the register's.
package division

import (
	"bytes"
	"fmt"
	"io/fs"

	"go.yaml.in/yaml/v3"
	"strings"
)

// Division is one place. Code is GB/T 2260 for counties, with three digits more for towns and
// streets and three again for villages and communities.
type Division struct {
	Code   string `yaml:"code"`
	Name   string `yaml:"name"`
	Kind   string `yaml:"kind"`
	Formal bool   `yaml:"formal"` // false: a statistical area, never an organ's
	Hant   string `yaml:"zh-Hant"`
	En     string `yaml:"en"`
}

// Words is the name in zh-Hans, zh-Hant or en; Simplified Chinese where no other is known.
func (d Division) Words(lang string) string {
	switch {
	case lang == "zh-Hant" && d.Hant != "":
		return d.Hant
	case lang == "en" && d.En != "":
		return d.En
	}
	return d.Name
}

// Tree is every division. It is never changed once loaded.
type Tree struct {
	all    []Division
	byCode map[string]Division
}

type file struct {
	Schema    int        `yaml:"schema"`
	Source    string     `yaml:"source"`
	From      string     `yaml:"from"`
	Divisions []Division `yaml:"divisions"`
}

// Load reads divisions/*.yaml strictly.
func Load(fsys fs.FS) (*Tree, error) {
	names, err := fs.Glob(fsys, "divisions/*.yaml")
	if err != nil {
		return nil, fmt.Errorf("division: %w", err)
	}
	t := &Tree{byCode: map[string]Division{}}
	for _, name := range names {
		raw, err := fs.ReadFile(fsys, name)
		if err != nil {
			return nil, fmt.Errorf("division: %w", err)
		}
		var f file
		dec := yaml.NewDecoder(bytes.NewReader(raw))
		dec.KnownFields(true)
		if err := dec.Decode(&f); err != nil {
			return nil, fmt.Errorf("division: %s: %w", name, err)
		}
		for _, d := range f.Divisions {
			if _, twice := t.byCode[d.Code]; twice || d.Name == "" {
				return nil, fmt.Errorf("division: %s: code %q stands twice or has no name", name, d.Code)
			}
			t.all, t.byCode[d.Code] = append(t.all, d), d
		}
	}
	return t, nil
}

// Of returns the division with a code.
func (t *Tree) Of(code string) (Division, bool) {
	d, known := t.byCode[code]
	return d, known
}

// All lists every division in the order of the file: a parent before its children.
func (t *Tree) All() []Division { return t.all }

// Within reports whether a place is another or lies in it: 440703002 lies in 440703, in 440700 and in
// 440000, since codes end in two or four zeros where nothing narrower is named.
func Within(code, in string) bool {
	const wide = 6 // digits of a county
	if len(in) == wide {
		for strings.HasSuffix(in, "00") {
			in = strings.TrimSuffix(in, "00")
		}
	}
	return in != "" && strings.HasPrefix(code, in)
}
