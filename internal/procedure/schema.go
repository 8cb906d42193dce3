package procedure

import (
	"encoding/json"
	"fmt"
	"reflect"
)

// SchemaNames are the JSON Schemas this package writes for editors: law/schemas/<name>.json.
var SchemaNames = []string{"procedure", "form", "text"}

// Schema is the JSON Schema (2020-12) of a kind of file, made from the same struct tags the
// strict decoder reads.
func Schema(name string) ([]byte, error) {
	s := &schemas{defs: map[string]any{}}
	var root map[string]any
	switch name {
	case "procedure":
		root = s.object(reflect.TypeFor[Procedure]())
	case "form":
		root = s.object(reflect.TypeFor[Form]())
	case "text":
		root = map[string]any{"type": "object", "additionalProperties": map[string]any{"type": "string"},
			"propertyNames": map[string]any{"pattern": `^[a-z][A-Za-z0-9_.-]*$`}}
	default:
		return nil, fmt.Errorf("procedure: there is no schema %q", name)
	}
	root["$schema"] = "https://json-schema.org/draft/2020-12/schema"
	root["title"] = "Yifa " + name
	if len(s.defs) > 0 {
		root["$defs"] = s.defs
	}
	out, err := json.MarshalIndent(root, "", "  ")
	return append(out, '\n'), err
}

type schemas struct{ defs map[string]any }

func (s *schemas) of(t reflect.Type) map[string]any {
	switch {
	case t == dateType:
		return map[string]any{"type": "string", "format": "date"}
	case t.Kind() == reflect.Pointer:
		return s.of(t.Elem())
	case t.Kind() == reflect.Struct && isOrdered(t):
		of, _ := t.FieldByName("Of")
		if of.Type.Elem().Elem().Kind() == reflect.String { // values may look like true or 3
			return map[string]any{"type": "object", "additionalProperties": map[string]any{"type": []string{"string", "boolean", "integer"}}}
		}
		return map[string]any{"type": "object", "additionalProperties": s.of(of.Type.Elem())}
	case t.Kind() == reflect.Struct:
		if _, ok := s.defs[t.Name()]; !ok {
			s.defs[t.Name()] = nil // stands while its own fields are looked at
			s.defs[t.Name()] = s.orScalar(t)
		}
		return map[string]any{"$ref": "#/$defs/" + t.Name()}
	case t.Kind() == reflect.Slice:
		one := s.of(t.Elem())
		return map[string]any{"anyOf": []any{one, map[string]any{"type": "array", "items": one}}}
	case t.Kind() == reflect.Bool:
		return map[string]any{"type": "boolean"}
	case t.Kind() == reflect.Int:
		return map[string]any{"type": "integer"}
	}
	return map[string]any{"type": "string"}
}

// orScalar is an object, or the short form of one.
func (s *schemas) orScalar(t reflect.Type) map[string]any {
	object := s.object(t)
	if k, ok := scalarKey(keysOf(t)); ok {
		return map[string]any{"anyOf": []any{s.of(t.Field(k.index).Type), object}}
	}
	return object
}

func (s *schemas) object(t reflect.Type) map[string]any {
	properties, required := map[string]any{}, []string{}
	for _, k := range keysOf(t) {
		p := s.of(t.Field(k.index).Type)
		if len(k.enum) > 0 {
			p = oneOf(k.enum, t.Field(k.index).Type.Kind() == reflect.Slice)
		}
		if k.doc != "" {
			p["description"] = k.doc
		}
		properties[k.name] = p
		if k.also != "" {
			properties[k.also] = p
		} else if k.need {
			required = append(required, k.name)
		}
	}
	out := map[string]any{"type": "object", "properties": properties, "additionalProperties": false}
	if len(required) > 0 {
		out["required"] = required
	}
	return out
}

func oneOf(values []string, list bool) map[string]any {
	one := map[string]any{"enum": values}
	if list {
		return map[string]any{"anyOf": []any{one, map[string]any{"type": "array", "items": one}}}
	}
	return one
}
