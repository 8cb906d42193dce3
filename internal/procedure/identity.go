package procedure

import (
	"fmt"
	"io/fs"

	"go.yaml.in/yaml/v3"
)

// Identified is which version a folder says that it holds.
type Identified struct {
	ID      string `yaml:"id"`
	Version string `yaml:"version"`
}

// Identity reads which version a folder with a procedure.yaml says that it holds, whatever the folder is called.
func Identity(fsys fs.FS) (Identified, error) {
	var n Identified
	raw, err := fs.ReadFile(fsys, "procedure.yaml")
	if err != nil {
		return n, fmt.Errorf("procedure: %w", err)
	}
	if err := yaml.Unmarshal(raw, &n); err != nil {
		return n, fmt.Errorf("procedure: procedure.yaml: %w", err)
	}
	if !fs.ValidPath(n.ID) || !fs.ValidPath(n.Version) || n.ID == "." || n.Version == "." {
		return n, fmt.Errorf("procedure: procedure.yaml names no id and version")
	}
	return n, nil
}
