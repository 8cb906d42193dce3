package i18n

import (
	"bytes"
	"embed"
	"fmt"
	"io/fs"
	"path"
	"regexp"
	"slices"
	"sort"
	"strings"

	"go.yaml.in/yaml/v3"
)

//go:embed catalogue/*.yaml
var files embed.FS

// messages is read once; a catalogue that does not load is a fault of the build, so it stops the program.
var messages = mustLoad(files)

var placeholder = regexp.MustCompile(`\{([a-z][a-z0-9_]*)(?::([^|{}]*)\|([^{}]*))?\}`)

func mustLoad(fsys fs.FS) map[string]Text {
	m, err := load(fsys)
	if err != nil {
		panic(err)
	}
	return m
}

// load reads every catalogue strictly: unknown language, double key, missing language and differing placeholders fail.
func load(fsys fs.FS) (map[string]Text, error) {
	names, err := fs.Glob(fsys, "catalogue/*.yaml")
	if err != nil {
		return nil, fmt.Errorf("i18n: list catalogue: %w", err)
	}
	all := map[string]Text{}
	for _, name := range names {
		raw, err := fs.ReadFile(fsys, name)
		if err != nil {
			return nil, fmt.Errorf("i18n: read %s: %w", name, err)
		}
		var one map[string]Text
		dec := yaml.NewDecoder(bytes.NewReader(raw))
		dec.KnownFields(true)
		if err := dec.Decode(&one); err != nil {
			return nil, fmt.Errorf("i18n: parse %s: %w", name, err)
		}
		area := strings.TrimSuffix(path.Base(name), ".yaml")
		for key, text := range one {
			if err := text.check(); err != nil {
				return nil, fmt.Errorf("i18n: %s: %s: %w", name, key, err)
			}
			all[area+"."+key] = text
		}
	}
	return all, nil
}

// check says whether a message is whole: three languages, the same placeholders.
func (t Text) check() error {
	want := placeholders(t.ZhHans)
	for _, l := range Langs {
		var s string
		switch l {
		case ZhHans:
			s = t.ZhHans
		case ZhHant:
			s = t.ZhHant
		case En:
			s = t.En
		}
		if strings.TrimSpace(s) == "" {
			return fmt.Errorf("no text in %s", l)
		}
		if got := placeholders(s); !slices.Equal(got, want) {
			return fmt.Errorf("placeholders %v in %s, %v in zh-Hans", got, l, want)
		}
	}
	return nil
}

func placeholders(s string) []string {
	names := []string{}
	for _, m := range placeholder.FindAllStringSubmatch(s, -1) {
		names = append(names, m[1])
	}
	sort.Strings(names)
	return slices.Compact(names)
}

// T is the message in a language. args are name, value, name, value: T(l, "web.step", "n", 2, "of", 6).
// An unknown key comes back as itself, so that a page still opens; the tests forbid it.
func T(l Lang, key string, args ...any) string {
	text, found := messages[key]
	if !found {
		return key
	}
	s := text.In(l)
	if len(args) == 0 || !strings.Contains(s, "{") {
		return s
	}
	if filled, simple := fill(s, args); simple {
		return filled
	}
	values := map[string]string{}
	for i := 0; i+1 < len(args); i += 2 {
		values[fmt.Sprint(args[i])] = fmt.Sprint(args[i+1])
	}
	return placeholder.ReplaceAllStringFunc(s, func(m string) string {
		part := placeholder.FindStringSubmatch(m)
		value, given := values[part[1]]
		switch {
		case !given:
			return m
		case !strings.Contains(m, ":"):
			return value
		case value == "1":
			return part[2]
		}
		return part[3]
	})
}

// fill sets values into a message that holds nothing but their names, each given; false where it holds more.
func fill(s string, args []any) (filled string, simple bool) {
	var out strings.Builder
	for {
		before, rest, more := strings.Cut(s, "{")
		out.WriteString(before)
		if !more {
			return out.String(), true
		}
		name, after, _ := strings.Cut(rest, "}")
		at := slices.Index(args, any(name))
		if at < 0 || at%2 == 1 || at+1 == len(args) {
			return "", false
		}
		if v, is := args[at+1].(string); is {
			out.WriteString(v)
		} else {
			out.WriteString(fmt.Sprint(args[at+1]))
		}
		s = after
	}
}
