package installation

import (
	"bytes"
	"fmt"
	"io/fs"

	"go.yaml.in/yaml/v3"

	"yifa/internal/i18n"
)

// Organ is an organ of the seed list, law/organs: what a new installation begins with.
type Organ struct {
	Key      string `yaml:"key"`
	Name     string `yaml:"name"`
	Kind     string `yaml:"kind"`
	Division string `yaml:"division"`
	Parent   string `yaml:"parent"`
	Short    string `yaml:"short"`
	Symbol   string `yaml:"symbol"`
	Hant     string `yaml:"zh-Hant"`
	En       string `yaml:"en"`
	Receives string `yaml:"receives"` // routing: matters are only passed on to it
}

// ReadOrgans reads the seed list strictly.
func ReadOrgans(fsys fs.FS) ([]Organ, error) {
	raw, err := fs.ReadFile(fsys, "organs/jiangmen.yaml")
	if err != nil {
		return nil, fmt.Errorf("installation: organs: %w", err)
	}
	var o struct {
		Schema int     `yaml:"schema"`
		Organs []Organ `yaml:"organs"`
	}
	dec := yaml.NewDecoder(bytes.NewReader(raw))
	dec.KnownFields(true)
	if err := dec.Decode(&o); err != nil {
		return nil, fmt.Errorf("installation: organs: %w", err)
	}
	return o.Organs, nil
}

// translations are the names of the seed list in other languages, by the name in Simplified Chinese:
// for information only. An organ renamed in the register is shown by its legal name.
func translations(organs []Organ) map[string]i18n.Text {
	out := map[string]i18n.Text{}
	for _, o := range organs {
		out[o.Name] = i18n.Text{ZhHans: o.Name, ZhHant: o.Hant, En: o.En}
	}
	return out
}
