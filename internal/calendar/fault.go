package calendar

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"regexp"
	"strconv"
	"strings"

	"go.yaml.in/yaml/v3"
)

// Fault is something wrong in a law file: where, what, and how to mend it. All loaders of law
// data report faults of this one kind, and as many at once as they can find.
type Fault struct {
	File string
	Line int // 1 is the first; 0 where the fault is of the whole file
	What string
	Mend string
}

// Error writes "file:line: what (mend)".
func (f Fault) Error() string {
	s := f.File
	if f.Line > 0 {
		s += ":" + strconv.Itoa(f.Line)
	}
	s += ": " + f.What
	if f.Mend != "" {
		s += " (" + f.Mend + ")"
	}
	return s
}

// Source is a YAML file that was read, kept so that a later check can name the line of a value.
type Source struct {
	File string
	root *yaml.Node
}

// ReadYAML reads one strict YAML document into a struct: unknown keys, keys given twice, values
// of the wrong type and a second document are faults with their line.
func ReadYAML(fsys fs.FS, file string, into any) (Source, []Fault) {
	b, err := fs.ReadFile(fsys, file)
	if err != nil {
		return Source{File: file}, []Fault{{File: file, What: "cannot be read: " + err.Error(), Mend: "check the name of the file"}}
	}
	return DecodeYAML(file, b, into)
}

// DecodeYAML is ReadYAML of the bytes of a file.
func DecodeYAML(file string, b []byte, into any) (Source, []Fault) {
	src := Source{File: file}
	dec := yaml.NewDecoder(bytes.NewReader(b))
	dec.KnownFields(true)
	if err := dec.Decode(into); err != nil {
		return src, yamlFaults(file, err)
	}
	var second yaml.Node
	if err := dec.Decode(&second); !errors.Is(err, io.EOF) {
		return src, []Fault{{File: file, Line: second.Line, What: "holds more than one document",
			Mend: "keep one document and take the line --- out"}}
	}
	src.root = new(yaml.Node)
	if err := yaml.Unmarshal(b, src.root); err != nil {
		return src, yamlFaults(file, err)
	}
	return src, nil
}

// Fault is a fault at the value that path names: keys of mappings and indexes of lists, as in
// Fault(what, mend, "terms", 2, "id"). A path that ends early gives the line where it ended.
func (s Source) Fault(what, mend string, path ...any) Fault {
	return Fault{File: s.File, Line: s.line(path), What: what, Mend: mend}
}

func (s Source) line(path []any) int {
	if s.root == nil || len(s.root.Content) == 0 {
		return 0
	}
	n := s.root.Content[0]
	line := n.Line
	for _, step := range path {
		next := child(n, step)
		if next == nil {
			return line
		}
		n, line = next, next.Line
	}
	return line
}

func child(n *yaml.Node, step any) *yaml.Node {
	if n.Alias != nil {
		n = n.Alias
	}
	switch step := step.(type) {
	case int:
		if n.Kind == yaml.SequenceNode && step < len(n.Content) {
			return n.Content[step]
		}
	case string:
		for i := 0; n.Kind == yaml.MappingNode && i+1 < len(n.Content); i += 2 {
			if n.Content[i].Value == step {
				return n.Content[i+1]
			}
		}
	}
	return nil
}

var (
	yamlLine    = regexp.MustCompile(`^(?:yaml: )?line (\d+): (.*)$`)
	unknownKey  = regexp.MustCompile(`^field (\S+) not found in type \S+$`)
	keyTwice    = regexp.MustCompile(`^mapping key "?([^"]*)"? already defined at line (\d+)$`)
	wrongType   = regexp.MustCompile("^cannot unmarshal \\S+ (`.*` )?into (.*)$")
	goodForType = map[string]string{"int": "write a whole number", "bool": "write true or false", "string": "write text"}
)

// yamlFaults turns what the YAML library says into faults in our words.
func yamlFaults(file string, err error) []Fault {
	lines := []string{err.Error()}
	var many *yaml.TypeError
	if errors.As(err, &many) {
		lines = many.Errors
	}
	faults := make([]Fault, 0, len(lines))
	for _, l := range lines {
		faults = append(faults, yamlFault(file, l))
	}
	return faults
}

func yamlFault(file, text string) Fault {
	f := Fault{File: file, What: strings.TrimPrefix(text, "yaml: "), Mend: "mend the YAML here"}
	if text == io.EOF.Error() {
		return Fault{File: file, Line: 1, What: "is empty", Mend: "write the file or remove it"}
	}
	if m := yamlLine.FindStringSubmatch(text); m != nil {
		f.Line, _ = strconv.Atoi(m[1])
		f.What = m[2]
	}
	what, mend, hasMend := strings.Cut(f.What, mendMark)
	if hasMend {
		f.What, f.Mend = what, mend
		return f
	}
	switch {
	case unknownKey.MatchString(what):
		f.What = fmt.Sprintf("unknown key %q", unknownKey.FindStringSubmatch(what)[1])
		f.Mend = "correct its spelling or take it out"
	case keyTwice.MatchString(what):
		m := keyTwice.FindStringSubmatch(what)
		f.What = fmt.Sprintf("key %q is given twice, first in line %s", m[1], m[2])
		f.Mend = "keep one of them"
	case wrongType.MatchString(what):
		m := wrongType.FindStringSubmatch(what)
		f.What = fmt.Sprintf("%sis not what belongs here", m[1])
		if f.Mend = goodForType[m[2]]; f.Mend == "" {
			f.Mend = "compare with the schema of this kind of file"
		}
	}
	return f
}

const mendMark = " | mend: "

// ValueFault is the error an UnmarshalYAML returns so that ReadYAML reports its line, what is
// wrong and how to mend it, and goes on to look for more.
func ValueFault(n *yaml.Node, what, mend string) error {
	return &yaml.TypeError{Errors: []string{fmt.Sprintf("line %d: %s%s%s", n.Line, what, mendMark, mend)}}
}

// UnmarshalYAML reads a moment written YYYY-MM-DD or YYYY-MM-DDTHH:MM.
func (m *Moment) UnmarshalYAML(n *yaml.Node) error {
	if n.Kind != yaml.ScalarNode || n.Value == "" || m.UnmarshalText([]byte(n.Value)) != nil {
		return ValueFault(n, fmt.Sprintf("%q is not a day or moment", n.Value), "write YYYY-MM-DD or YYYY-MM-DDTHH:MM")
	}
	return nil
}

// UnmarshalYAML reads a day written YYYY-MM-DD.
func (d *Date) UnmarshalYAML(n *yaml.Node) error {
	if n.Kind != yaml.ScalarNode || d.UnmarshalText([]byte(n.Value)) != nil {
		return ValueFault(n, fmt.Sprintf("%q is not a day", n.Value), "write a day that exists as YYYY-MM-DD")
	}
	return nil
}
