package store

import (
	"embed"
	"path"
	"regexp"
	"slices"
	"strconv"
	"strings"
)

//go:embed query/*.sql
var queryFS embed.FS

// A statement is a text ready to send. Parameters of a query file are numbered as its comment says;
// SQLite binds them in order of first appearance, so build numbers them anew in that order and
// remembers where each comes from.
type statement struct {
	driver Driver
	text   string
	order  []int // the i-th parameter sent is argument order[i], from 0
}

// bind puts arguments in the order in which the text first names them and leaves out those it does
// not name.
func (s statement) bind(args []any) []any {
	out := make([]any, len(s.order))
	for i, from := range s.order {
		if k, ok := args[from].(keys); ok {
			out[i] = bindKeys(s.driver, k)
			continue
		}
		out[i] = value(args[from])
	}
	return out
}

// queryTexts reads all query files by name without ".sql".
func queryTexts() map[string]string {
	entries, err := queryFS.ReadDir("query")
	if err != nil {
		panic(err) // embedded at build time
	}
	texts := make(map[string]string, len(entries))
	for _, e := range entries {
		b, err := queryFS.ReadFile(path.Join("query", e.Name()))
		if err != nil {
			panic(err)
		}
		texts[strings.TrimSuffix(e.Name(), ".sql")] = string(b)
	}
	return texts
}

// build composes a query file for this database and a set of flags, once:
//
//   - a line ending in "--if a !b" stays only where flag a is given and b is not; the database's
//     name is a flag always given;
//   - a line "--include name" is replaced by that file;
//   - "in keys($n)" tests for membership in a set;
//   - given(a), denied(a) and live(a) are the conditions of rights;
//   - all other comments go.
func (db *DB) build(name string, flags []string) statement {
	return db.buildText(name+" "+strings.Join(flags, " "), func() string {
		return db.compose(name, append([]string{string(db.driver)}, flags...))
	})
}

// buildText makes the text kept under key unless it was made before. There are as many as sets of
// filters anybody asks for; a bound keeps strangers from filling the memory with them.
func (db *DB) buildText(key string, text func() string) statement {
	db.mu.Lock()
	defer db.mu.Unlock()
	s, ok := db.built[key]
	if !ok {
		if len(db.built) >= maxBuilt {
			clear(db.built)
		}
		s = renumber(writeRights(text()))
		s.driver = db.driver
		s.text = inKeys.ReplaceAllString(s.text, keyTests[db.driver])
		db.built[key] = s
	}
	return s
}

const maxBuilt = 2000

var inKeys = regexp.MustCompile(`in keys\((\$[0-9]+)\)`)

// keyTests is how each database tests for membership in keys.
var keyTests = map[Driver]string{
	SQLite:   "in (select value from json_each(${1}))",
	Postgres: "= any(cast(${1} as text[]))",
}

func (db *DB) compose(name string, flags []string) string {
	text, ok := db.texts[name]
	if !ok {
		panic("store: no query file " + name) // a test names every file used
	}
	return composeText(text, flags, func(name string) string { return db.compose(name, flags) })
}

func composeText(text string, flags []string, include func(name string) string) string {
	var lines []string
	for line := range strings.Lines(text) {
		body, comments, _ := strings.Cut(strings.TrimRight(line, "\n"), "--")
		included, kept := "", true
		for c := range strings.SplitSeq(comments, "--") {
			word, rest, _ := strings.Cut(strings.TrimSpace(c), " ")
			switch word {
			case "include":
				included = strings.TrimSpace(rest)
			case "if":
				kept = kept && holds(rest, flags)
			}
		}
		switch {
		case !kept:
		case included != "":
			lines = append(lines, include(included))
		case strings.TrimSpace(body) != "":
			lines = append(lines, strings.TrimRight(body, " "))
		}
	}
	return strings.Join(lines, "\n")
}

// holds reports whether all conditions of a line are met.
func holds(conditions string, flags []string) bool {
	for _, c := range strings.Fields(conditions) {
		flag, negated := strings.CutPrefix(c, "!")
		if slices.Contains(flags, flag) == negated {
			return false
		}
	}
	return true
}

var parameter = regexp.MustCompile(`\$[0-9]+`)

func renumber(text string) statement {
	var s statement
	s.text = parameter.ReplaceAllStringFunc(text, func(p string) string {
		from, _ := strconv.Atoi(p[1:]) // digits by the pattern
		i := slices.Index(s.order, from-1)
		if i < 0 {
			s.order = append(s.order, from-1)
			i = len(s.order) - 1
		}
		return "$" + strconv.Itoa(i+1)
	})
	return s
}
