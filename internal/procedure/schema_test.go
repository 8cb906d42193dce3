package procedure_test

import (
	"bytes"
	"flag"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"
	"go.yaml.in/yaml/v3"

	"yifa/internal/procedure"
	"yifa/law"
)

var update = flag.Bool("update", false, "write the generated files")

// TestSchemasAreFresh holds law/schemas to what the compiler reads.
func TestSchemasAreFresh(t *testing.T) {
	for _, name := range procedure.SchemaNames {
		want, err := procedure.Schema(name)
		if err != nil {
			t.Fatal(err)
		}
		file := filepath.Join("..", "..", "law", "schemas", name+".json")
		if *update {
			if err := os.WriteFile(file, want, 0o644); err != nil {
				t.Fatal(err)
			}
		}
		if got, err := os.ReadFile(file); err != nil || !bytes.Equal(got, want) {
			t.Errorf("%s is stale: run go test ./internal/procedure -run TestSchemasAreFresh -update (%v)", file, err)
		}
	}
}

// TestFilesFollowTheSchemas: an editor must not mark what the compiler accepts.
func TestFilesFollowTheSchemas(t *testing.T) {
	c := jsonschema.NewCompiler()
	schemas := map[string]*jsonschema.Schema{}
	for _, name := range procedure.SchemaNames {
		raw, err := procedure.Schema(name)
		if err != nil {
			t.Fatal(err)
		}
		doc, err := jsonschema.UnmarshalJSON(bytes.NewReader(raw))
		if err != nil {
			t.Fatal(err)
		}
		if err := c.AddResource(name, doc); err != nil {
			t.Fatal(err)
		}
		schemas[name] = c.MustCompile(name)
	}
	seen := map[string]int{}
	err := fs.WalkDir(law.FS, "procedures", func(file string, e fs.DirEntry, err error) error {
		kind := kindOfFile(file)
		if err != nil || kind == "" {
			return err
		}
		raw, err := fs.ReadFile(law.FS, file)
		if err != nil {
			return err
		}
		var doc yaml.Node
		if err := yaml.Unmarshal(raw, &doc); err != nil {
			return err
		}
		if err := schemas[kind].Validate(plain(t, doc.Content[0])); err != nil {
			t.Errorf("%s: %v", file, err)
		}
		seen[kind]++
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if seen["procedure"] == 0 || seen["form"] == 0 || seen["text"] == 0 {
		t.Errorf("looked at %v", seen)
	}
	if schemas["procedure"].Validate(map[string]any{"schema": 1, "colour": "red"}) == nil {
		t.Error("the schema of procedures accepts an unknown key")
	}
}

func kindOfFile(file string) string {
	switch {
	case strings.HasSuffix(file, "/procedure.yaml"):
		return "procedure"
	case strings.Contains(file, "/forms/"):
		return "form"
	case strings.Contains(file, "/text."):
		return "text"
	}
	return ""
}

// plain turns YAML into what JSON would hold; days stay text, as editors read them.
func plain(t *testing.T, n *yaml.Node) any {
	switch n.Kind {
	case yaml.MappingNode:
		m := map[string]any{}
		for i := 0; i+1 < len(n.Content); i += 2 {
			m[n.Content[i].Value] = plain(t, n.Content[i+1])
		}
		return m
	case yaml.SequenceNode:
		list := []any{}
		for _, x := range n.Content {
			list = append(list, plain(t, x))
		}
		return list
	}
	if n.Tag == "!!timestamp" {
		return n.Value
	}
	var v any
	if err := n.Decode(&v); err != nil {
		t.Fatal(err)
	}
	return v
}
