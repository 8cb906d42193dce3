package law_test

import (
	"bytes"
	"io/fs"
	"strconv"
	"strings"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"
	"go.yaml.in/yaml/v3"

	"yifa/law"
)

// schemaOf names the schema that holds for every file of a folder.
var schemaOf = map[string]string{"calendar": "calendar.json", "statutes": "statute.json", "terms": "terms.json", "indicators": "indicator.json"}

func compiled(t *testing.T, name string) *jsonschema.Schema {
	t.Helper()
	raw, err := law.FS.ReadFile("schemas/" + name)
	if err != nil {
		t.Fatal(err)
	}
	doc, err := jsonschema.UnmarshalJSON(bytes.NewReader(raw))
	if err != nil {
		t.Fatal(err)
	}
	c := jsonschema.NewCompiler()
	if err := c.AddResource(name, doc); err != nil {
		t.Fatal(err)
	}
	s, err := c.Compile(name)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// plain reads YAML as an editor's schema checker does: days stay text.
func plain(t *testing.T, b []byte) any {
	t.Helper()
	var n yaml.Node
	if err := yaml.Unmarshal(b, &n); err != nil {
		t.Fatal(err)
	}
	return value(t, n.Content[0])
}

func value(t *testing.T, n *yaml.Node) any {
	t.Helper()
	switch n.Kind {
	case yaml.MappingNode:
		m := map[string]any{}
		for i := 0; i < len(n.Content); i += 2 {
			m[n.Content[i].Value] = value(t, n.Content[i+1])
		}
		return m
	case yaml.SequenceNode:
		list := []any{}
		for _, c := range n.Content {
			list = append(list, value(t, c))
		}
		return list
	}
	switch n.ShortTag() {
	case "!!int":
		v, err := strconv.Atoi(n.Value)
		if err != nil {
			t.Fatal(err)
		}
		return v
	case "!!bool":
		return n.Value == "true"
	}
	return n.Value
}

func TestFilesMatchTheirSchema(t *testing.T) {
	for folder, name := range schemaOf {
		schema := compiled(t, name)
		files, err := fs.Glob(law.FS, folder+"/*.yaml")
		if err != nil || len(files) == 0 {
			t.Fatalf("%s holds no files: %v", folder, err)
		}
		for _, file := range files {
			b, err := law.FS.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			up := strings.Repeat("../", strings.Count(file, "/"))
			if !strings.HasPrefix(string(b), "# yaml-language-server: $schema="+up+"schemas/"+name+"\n") {
				t.Errorf("%s does not tell editors its schema in the first line", file)
			}
			if err := schema.Validate(plain(t, b)); err != nil {
				t.Errorf("%s: %v", file, err)
			}
		}
	}
}

func TestSchemasRefuse(t *testing.T) {
	for file, change := range map[string][2]string{
		"calendar/2026.yaml":                     {"name: 元旦", "nom: 元旦"},
		"calendar/2025.yaml":                     {"2025-10-11", "2025-10-1"},
		"statutes/xzcf.yaml":                     {"level: law", "level: custom"},
		"statutes/ptsd.yaml":                     {`at: "1"`, `at: "01"`},
		"indicators/received@2026-02-01.yaml":    {"unit: matters", "unit: cases"},
		"indicators/median_days@2026-02-01.yaml": {"median: {of: answered}", "median: {of: answered}\ncounts: {measure: answer}"},
		"terms/complaint.yaml":                   {"length: 5 工作日", "length: 5 days"},
		"terms/penalty.yaml":                     {"direction: backward", "direction: back"},
	} {
		b, err := law.FS.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		changed := strings.Replace(string(b), change[0], change[1], 1)
		folder, _, _ := strings.Cut(file, "/")
		if changed == string(b) || compiled(t, schemaOf[folder]).Validate(plain(t, []byte(changed))) == nil {
			t.Errorf("%s with %s is accepted", file, change[1])
		}
	}
}
