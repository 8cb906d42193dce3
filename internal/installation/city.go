package installation

import (
	"bytes"
	"fmt"
	"io/fs"

	"go.yaml.in/yaml/v3"

	"yifa/internal/i18n"
)

// City is whom the installation serves: names on every page and the telephone that helps.
type City struct {
	Schema  int       `yaml:"schema"`
	Service i18n.Text `yaml:"service"`
	Host    i18n.Text `yaml:"host"`
	Phone   string    `yaml:"phone"`
}

// ReadCity reads city.yaml of the law folder strictly.
func ReadCity(fsys fs.FS) (City, error) {
	var c City
	raw, err := fs.ReadFile(fsys, "city.yaml")
	if err != nil {
		return c, fmt.Errorf("installation: %w", err)
	}
	dec := yaml.NewDecoder(bytes.NewReader(raw))
	dec.KnownFields(true)
	if err := dec.Decode(&c); err != nil {
		return c, fmt.Errorf("installation: city.yaml: %w", err)
	}
	return c, nil
}
