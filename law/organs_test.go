package law_test

import (
	"io/fs"
	"slices"
	"testing"

	"go.yaml.in/yaml/v3"

	"yifa/internal/division"
	"yifa/internal/procedure"
	"yifa/law"
)

type organ struct {
	Key, Name, Kind, Division, Parent, Short, En, Receives string
	Hant                                                   string `yaml:"zh-Hant"`
}

func organs(t *testing.T) []organ {
	t.Helper()
	raw, err := fs.ReadFile(law.FS, "organs/jiangmen.yaml")
	if err != nil {
		t.Fatal(err)
	}
	var f struct {
		Schema int
		Organs []organ
	}
	if err := yaml.Unmarshal(raw, &f); err != nil {
		t.Fatal(err)
	}
	return f.Organs
}

// TestOrgans holds the seed of organs to the divisions: an organ sits on a formal division, under
// an organ listed before it, and every county has exactly one supervision body.
func TestOrgans(t *testing.T) {
	tree, err := division.Load(law.FS)
	if err != nil {
		t.Fatal(err)
	}
	seen, count := map[string]bool{}, map[string]int{}
	for _, o := range organs(t) {
		d, known := tree.Of(o.Division)
		switch {
		case !known || !d.Formal:
			t.Errorf("%s sits on %q, which is no formal division", o.Key, o.Division)
		case seen[o.Key]:
			t.Errorf("%s is listed twice", o.Key)
		case o.Parent != "" && !seen[o.Parent]:
			t.Errorf("%s: parent %s is not listed before it", o.Key, o.Parent)
		case o.Name == "" || o.Short == "" || o.Hant == "" || o.En == "":
			t.Errorf("%s lacks a name or short name", o.Key)
		}
		seen[o.Key] = true
		count[o.Kind]++
		count[o.Kind+o.Division]++
	}
	if count["town"] != 73 || count["town_enforcement"] != 73 {
		t.Errorf("%d towns and %d enforcement offices, want 73 each", count["town"], count["town_enforcement"])
	}
	for _, d := range tree.All() {
		if len(d.Code) == 6 && count["justice"+d.Code] != 1 {
			t.Errorf("%s has %d supervision bodies, want 1", d.Name, count["justice"+d.Code])
		}
	}
}

// TestOrganKinds: what the seed calls a kind of organ, register.organ can enter.
func TestOrganKinds(t *testing.T) {
	l, faults := procedure.Load(law.FS, nil)
	if len(faults) > 0 {
		t.Fatal(faults[0])
	}
	p, err := l.ByKey("register.organ@2026-02-01")
	if err != nil {
		t.Fatal(err)
	}
	kinds := p.Facts.Get("kind").Options
	for _, o := range organs(t) {
		if !slices.Contains(kinds, o.Kind) {
			t.Errorf("%s: kind %q is none of register.organ's", o.Key, o.Kind)
		}
	}
}
