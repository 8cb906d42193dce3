package procedure

import (
	"fmt"
	"reflect"
	"slices"
	"strconv"
	"strings"

	"go.yaml.in/yaml/v3"

	"yifa/internal/calendar"
)

// decoder fills our structs from YAML nodes, strictly. It is ours, because the library's own
// strictness stops at custom types, and because every struct is to know its line. The struct tags
// it reads also make the JSON Schemas (schema.go), so that editor and compiler agree.
type decoder struct {
	file   string
	faults []calendar.Fault
}

func (d *decoder) fault(line int, what, mend string) {
	d.faults = append(d.faults, calendar.Fault{File: d.file, Line: line, What: what, Mend: mend})
}

// decodeFile reads one strict YAML document into the struct `into` points to.
func decodeFile(file string, raw []byte, into any) []calendar.Fault {
	d := &decoder{file: file}
	if root := d.parse(raw); root != nil {
		d.value(root, reflect.ValueOf(into).Elem(), "")
	}
	return d.faults
}

func (d *decoder) parse(raw []byte) *yaml.Node {
	dec := yaml.NewDecoder(strings.NewReader(string(raw)))
	var doc yaml.Node
	if err := dec.Decode(&doc); err != nil {
		d.fault(yamlLine(err), "is not YAML: "+strings.TrimPrefix(err.Error(), "yaml: "), "mend the line; text with `: ` or `#` in it needs quotes")
		return nil
	}
	var more yaml.Node
	if dec.Decode(&more) == nil {
		d.fault(more.Line, "holds a second document", "take the line --- out")
	}
	return doc.Content[0]
}

func yamlLine(err error) int {
	var line int
	if i := strings.Index(err.Error(), "line "); i >= 0 {
		_, _ = fmt.Sscanf(err.Error()[i:], "line %d", &line)
	}
	return line
}

var dateType = reflect.TypeFor[calendar.Date]()

func (d *decoder) value(n *yaml.Node, v reflect.Value, what string) {
	if n.Kind == yaml.AliasNode {
		d.fault(n.Line, what+" is a YAML alias", "write the value out: a lawyer reads the file from top to bottom")
		return
	}
	t := v.Type()
	switch {
	case t == dateType:
		d.date(n, v, what)
	case t.Kind() == reflect.Pointer:
		v.Set(reflect.New(t.Elem()))
		d.value(n, v.Elem(), what)
	case t.Kind() == reflect.Struct && isOrdered(t):
		d.ordered(n, v, what)
	case t.Kind() == reflect.Struct:
		d.record(n, v, what)
	case t.Kind() == reflect.Slice:
		d.list(n, v, what)
	default:
		d.scalar(n, v, what)
	}
}

// under names a place below another, in says something of a place; "" is the file itself.
func under(what, name string) string {
	if what == "" {
		return name
	}
	return what + "." + name
}

func in(what, says string) string {
	if what == "" {
		return says
	}
	return what + ": " + says
}

func isOrdered(t reflect.Type) bool { return strings.HasPrefix(t.Name(), "Ordered[") }

func (d *decoder) date(n *yaml.Node, v reflect.Value, what string) {
	day, err := calendar.Parse(n.Value)
	if n.Kind != yaml.ScalarNode || err != nil {
		d.fault(n.Line, fmt.Sprintf("%s: %q is not a day", what, n.Value), "write YYYY-MM-DD")
		return
	}
	v.SetInt(int64(day))
}

// ordered reads a map whose order matters; a repeated key is a fault.
func (d *decoder) ordered(n *yaml.Node, v reflect.Value, what string) {
	if n.Kind != yaml.MappingNode {
		d.fault(n.Line, what+" is not a map of names", "write name: {…}, one a line")
		return
	}
	names, of := v.FieldByName("Names"), v.FieldByName("Of")
	of.Set(reflect.MakeMap(of.Type()))
	for i := 0; i+1 < len(n.Content); i += 2 {
		key, val := n.Content[i], n.Content[i+1]
		k := reflect.ValueOf(key.Value)
		if of.MapIndex(k).IsValid() {
			d.fault(key.Line, fmt.Sprintf("%s: %s is given twice", what, key.Value), "keep one of the two")
			continue
		}
		e := reflect.New(of.Type().Elem().Elem())
		d.value(val, e.Elem(), under(what, key.Value))
		if f := lineOf(e.Elem()); f.IsValid() {
			f.SetInt(int64(key.Line))
		}
		of.SetMapIndex(k, e)
		names.Set(reflect.Append(names, k))
	}
}

func lineOf(v reflect.Value) reflect.Value {
	if v.Kind() != reflect.Struct {
		return reflect.Value{}
	}
	return v.FieldByName("Line")
}

func (d *decoder) list(n *yaml.Node, v reflect.Value, what string) {
	items := n.Content
	if n.Kind != yaml.SequenceNode {
		items = []*yaml.Node{n} // one stands for a list of one
	}
	for _, item := range items {
		e := reflect.New(v.Type().Elem()).Elem()
		d.value(item, e, what)
		v.Set(reflect.Append(v, e))
	}
}

func (d *decoder) scalar(n *yaml.Node, v reflect.Value, what string) {
	if n.Kind != yaml.ScalarNode {
		d.fault(n.Line, what+" is not a single value", "write one value")
		return
	}
	switch v.Kind() {
	case reflect.String:
		v.SetString(strings.TrimSpace(n.Value))
	case reflect.Bool:
		if n.Value != "true" && n.Value != "false" {
			d.fault(n.Line, fmt.Sprintf("%s: %q is neither true nor false", what, n.Value), "write true or false")
		}
		v.SetBool(n.Value == "true")
	default:
		i, err := strconv.Atoi(n.Value)
		if err != nil {
			d.fault(n.Line, fmt.Sprintf("%s: %q is not a whole number", what, n.Value), "write a whole number")
		}
		v.SetInt(int64(i))
	}
}

// record reads a struct: unknown and missing keys, and values outside an enumeration, are faults.
func (d *decoder) record(n *yaml.Node, v reflect.Value, what string) {
	lineOf(v).SetInt(int64(n.Line))
	if lines := v.FieldByName("Lines"); lines.IsValid() {
		lines.Set(reflect.ValueOf(map[string]int{}))
	}
	keys := keysOf(v.Type())
	if n.Kind != yaml.MappingNode {
		if k, ok := scalarKey(keys); ok {
			d.value(n, v.Field(k.index), what)
			d.missing(n, keys, map[string]bool{k.name: true}, what)
			return
		}
		d.fault(n.Line, what+" is not a map", "write key: value")
		return
	}
	seen := map[string]bool{}
	for i := 0; i+1 < len(n.Content); i += 2 {
		key := n.Content[i]
		k, known := find(keys, key.Value)
		switch {
		case !known:
			d.fault(key.Line, in(what, "unknown key "+key.Value), "known here: "+names(keys))
			continue
		case seen[k.name]:
			d.fault(key.Line, in(what, k.name+" is given twice"), "keep one of the two")
			continue
		}
		seen[k.name] = true
		if lines := v.FieldByName("Lines"); lines.IsValid() {
			lines.SetMapIndex(reflect.ValueOf(k.name), reflect.ValueOf(key.Line))
		}
		d.value(n.Content[i+1], v.Field(k.index), under(what, k.name))
		d.enum(n.Content[i+1], v.Field(k.index), k, what)
	}
	d.missing(n, keys, seen, what)
}

func (d *decoder) missing(n *yaml.Node, keys []key, seen map[string]bool, what string) {
	for _, k := range keys {
		if k.need && !seen[k.name] {
			d.fault(n.Line, in(what, k.name+" is missing"), "add "+k.name+": …")
		}
	}
}

func (d *decoder) enum(n *yaml.Node, v reflect.Value, k key, what string) {
	if len(k.enum) == 0 {
		return
	}
	given := []string{}
	if v.Kind() == reflect.Slice {
		for i := range v.Len() {
			given = append(given, v.Index(i).String())
		}
	} else {
		given = append(given, v.String())
	}
	for _, g := range given {
		if !slices.Contains(k.enum, g) {
			d.fault(n.Line, fmt.Sprintf("%s: %q is not known", under(what, k.name), g), "write one of "+strings.Join(k.enum, ", "))
		}
	}
}

// key is one YAML key of a struct, from its tags.
type key struct {
	index        int
	name, doc    string
	also         string
	enum         []string
	need, scalar bool
}

func keysOf(t reflect.Type) []key {
	var keys []key
	for i := range t.NumField() {
		tag := t.Field(i).Tag
		name := tag.Get("yaml")
		if name == "" || name == "-" {
			continue
		}
		k := key{index: i, name: name, doc: tag.Get("doc"), also: tag.Get("also"), need: tag.Get("need") != "", scalar: tag.Get("scalar") != ""}
		if e := tag.Get("enum"); e != "" {
			k.enum = strings.Split(e, ",")
		}
		keys = append(keys, k)
	}
	return keys
}

func scalarKey(keys []key) (key, bool) {
	i := slices.IndexFunc(keys, func(k key) bool { return k.scalar })
	if i < 0 {
		return key{}, false
	}
	return keys[i], true
}

func find(keys []key, name string) (key, bool) {
	i := slices.IndexFunc(keys, func(k key) bool { return k.name == name || k.also != "" && k.also == name })
	if i < 0 {
		return key{}, false
	}
	return keys[i], true
}

func names(keys []key) string {
	s := make([]string, len(keys))
	for i, k := range keys {
		s[i] = k.name
	}
	return strings.Join(s, ", ")
}
