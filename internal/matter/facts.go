package matter

import (
	"bytes"
	"encoding/json"
	"fmt"
)

// UnmarshalJSON reads facts back with the types they were written with: whole numbers become
// int64, lists []string. Anything else than the four kinds of fact is an error.
func (f *Facts) UnmarshalJSON(b []byte) error {
	dec := json.NewDecoder(bytes.NewReader(b))
	dec.UseNumber()
	raw := map[string]any{}
	if err := dec.Decode(&raw); err != nil {
		return fmt.Errorf("matter: facts: %w", err)
	}
	out := make(Facts, len(raw))
	for k, v := range raw {
		fact, err := factOf(v)
		if err != nil {
			return fmt.Errorf("matter: fact %q: %w", k, err)
		}
		out[k] = fact
	}
	*f = out
	return nil
}

func factOf(v any) (any, error) {
	switch v := v.(type) {
	case nil, string, bool:
		return v, nil
	case json.Number:
		return v.Int64()
	case []any:
		list := make([]string, len(v))
		for i, x := range v {
			s, ok := x.(string)
			if !ok {
				return nil, fmt.Errorf("list holds %T, want string", x)
			}
			list[i] = s
		}
		return list, nil
	}
	return nil, fmt.Errorf("is %T, want string, bool, whole number or list", v)
}

// Text returns the fact as a string, or "" where it is absent or of another kind.
func (f Facts) Text(name string) string { s, _ := f[name].(string); return s }

// Bool returns the fact as a claim; absent is false.
func (f Facts) Bool(name string) bool { b, _ := f[name].(bool); return b }

// List returns the fact as a list; a single string is a list of one.
func (f Facts) List(name string) []string {
	switch v := f[name].(type) {
	case []string:
		return v
	case string:
		if v != "" {
			return []string{v}
		}
	}
	return nil
}
