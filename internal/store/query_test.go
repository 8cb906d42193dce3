package store

import (
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"yifa/internal/access"
	"yifa/internal/calendar"
	"yifa/internal/matter"
)

// Every query file is asked for by name, and every name asked for has its file.
func TestQueryFiles(t *testing.T) {
	texts := queryTexts()
	used := map[string]bool{}
	sources, err := filepath.Glob("*.go")
	if err != nil {
		t.Fatal(err)
	}
	literal := regexp.MustCompile(`"([a-z]+(?:_[a-z]+)+)"`)
	call := regexp.MustCompile(`\.(?:exec|each|one|build|compose|counted|clocks|links|items|accounts|account|head|reads|parts)\((?:ctx, )?"([a-z_]+)"`)
	for _, path := range sources {
		if strings.HasSuffix(path, "_test.go") {
			continue
		}
		b, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range literal.FindAllStringSubmatch(string(b), -1) {
			used[m[1]] = true
		}
		for _, m := range call.FindAllStringSubmatch(string(b), -1) {
			if _, ok := texts[m[1]]; !ok {
				t.Errorf("%s asks for query/%s.sql, which is not there", path, m[1])
			}
		}
	}
	include := regexp.MustCompile(`--include ([a-z_]+)`)
	for name, text := range texts {
		for _, m := range include.FindAllStringSubmatch(text, -1) {
			if _, ok := texts[m[1]]; !ok {
				t.Errorf("query/%s.sql includes %s, which is not there", name, m[1])
			}
			used[m[1]] = true
		}
		text = composeText(text, []string{"sqlite", "postgres"}, func(string) string { return "" })
		if strings.Contains(text, ";") || strings.Contains(text, "select *") && name != "matter_list" {
			t.Errorf("query/%s.sql: one statement, without semicolon, with its columns listed", name)
		}
	}
	for name := range texts {
		if !used[name] {
			t.Errorf("query/%s.sql is used by nothing", name)
		}
	}
}

// Parameters are sent in the order in which the text first names them, and only those it names.
func TestRenumber(t *testing.T) {
	s := renumber("select $3, $1 from x where a = $3 and b = $12")
	if s.text != "select $1, $2 from x where a = $1 and b = $3" || !slices.Equal(s.order, []int{2, 0, 11}) {
		t.Errorf("renumbered to %q, %v", s.text, s.order)
	}
	text := composeText("a --if x\nb --if !x\nc --if x y -- why\n-- all\nd -- said\n", []string{"x"}, nil)
	if text != "a\nd" {
		t.Errorf("composed %q", text)
	}
}

// A list reads no more than its page: SQLite neither scans a table nor sorts, whatever the filter.
func TestListsUseIndexes(t *testing.T) {
	db, err := Open(t.Context(), "sqlite:"+filepath.Join(t.TempDir(), "yifa.db"))
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close() // the folder goes with the test
	day := calendar.New(2026, 3, 2)
	few := access.Reader{Keys: []string{"a", "b"}, On: day}
	many := access.Reader{Keys: make([]string, maxBranches+1), On: day}
	text := []Phrase{{Grams: []string{"a", "b"}}}
	after := Cursor{day, 1}
	for name, c := range map[string]struct {
		f   Filter
		use []string // indexes that must be used
	}{
		"few keys":      {Filter{Reader: few}, []string{"access_given"}},
		"few keys next": {Filter{Reader: few, After: after}, []string{"access_given (holder=? AND (sort_day,matter)<(?,?))"}},
		"few keys back": {Filter{Reader: few, After: after, Back: true}, []string{"access_given (holder=? AND (sort_day,matter)>(?,?))"}},
		"few keys open": {Filter{Reader: few, Open: true}, []string{"access_open"}},
		"many keys":     {Filter{Reader: many, After: after}, []string{"matter_newest ((sort_day,id)<(?,?))"}},
		"stage":         {Filter{Reader: few, Stage: "s", After: after}, []string{"matter_stage (stage=? AND (sort_day,id)<(?,?))"}},
		"holder":        {Filter{Reader: few, Holders: []string{"h"}}, []string{"matter_holder (holder=?)"}},
		"organ":         {Filter{Reader: few, Organ: "o"}, []string{"matter_organ (organ=?)"}},
		"assignee":      {Filter{Reader: few, Assignee: "p", Open: true}, []string{"matter_assignee (assignee=?)"}},
		"number":        {Filter{Reader: few, Number: "n"}, []string{"matter_number (number=?)"}},
		"nothing due":   {Filter{Reader: few, NoDue: true, Open: true}, []string{"access_open"}},
		"overdue":       {Filter{Reader: few, Order: DueFirst, DueBefore: day}, []string{"matter_due"}},
		"text":          {Filter{Reader: few, Text: text, Classes: []matter.Class{matter.Staff}, After: after}, []string{"search VIRTUAL TABLE"}},
	} {
		t.Run(name, func(t *testing.T) {
			plan := explain(t, db, c.f)
			for _, use := range c.use {
				if !strings.Contains(plan, use) {
					t.Errorf("does not use %s:\n%s", use, plan)
				}
			}
			for line := range strings.Lines(plan) {
				scan := strings.HasPrefix(line, "SCAN") && !strings.Contains(line, "INDEX")
				number := strings.Contains(plan, "matter_number") // one row, or none, to sort
				if scan || strings.Contains(line, "TEMP B-TREE") && !number {
					t.Errorf("reads more than its page: %s\n%s", line, plan)
				}
			}
		})
	}
}

// explain is SQLite's plan of a list, one step a line.
func explain(t *testing.T, db *DB, f Filter) string {
	t.Helper()
	var steps []string
	err := db.Read(t.Context(), func(q *Query) error {
		p, err := f.plan(SQLite)
		if err != nil {
			return err
		}
		way, err := q.way(t.Context(), f, p)
		if err != nil {
			return err
		}
		p.flags = append(p.flags, way...)
		s := db.build("matter_list", p.flags)
		if slices.Contains(way, merge) {
			s = db.buildMerge(p.flags, len(f.Reader.Keys))
			for _, k := range f.Reader.Keys {
				p.args = append(p.args, k)
			}
		}
		steps, err = planOf(t, q, s, p.args)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return strings.Join(steps, "\n")
}

// planOf is SQLite's plan of a statement. Membership in keys is a list in memory, and left out.
func planOf(t *testing.T, q *Query, s statement, args []any) (steps []string, err error) {
	t.Helper()
	rows, err := q.tx.QueryContext(t.Context(), "explain query plan "+s.text, s.bind(args)...)
	if err != nil {
		return nil, fmt.Errorf("%w in\n%s", err, s.text)
	}
	defer rows.Close() // rows.Err tells
	for rows.Next() {
		var id, parent, unused int
		var step string
		if err := rows.Scan(&id, &parent, &unused, &step); err != nil {
			return nil, err
		}
		if !strings.Contains(step, "json_each") && !strings.Contains(step, "LIST SUBQUERY") {
			steps = append(steps, step)
		}
	}
	return steps, rows.Err()
}

// Deadlines of a reader of many matters walk the days of clocks and sort nothing; of one of few, his matters alone.
func TestDeadlinesUseIndexes(t *testing.T) {
	db, err := Open(t.Context(), "sqlite:"+filepath.Join(t.TempDir(), "yifa.db"))
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close() // the folder goes with the test
	day := calendar.New(2026, 3, 2)
	f := Filter{Reader: access.Reader{Keys: []string{"a"}, On: day}, Open: true, Limit: 51}
	for _, c := range []struct {
		way   string
		d     Deadlines
		use   string
		sorts bool
	}{
		{"walk", Deadlines{From: day, To: day + 30}, "SEARCH c USING INDEX clock_due (due_on>?", false},
		{"walk", Deadlines{Still: true}, "SEARCH c USING INDEX clock_still", false},
		{"given", Deadlines{From: day, To: day + 30}, "SEARCH c USING INDEX sqlite_autoindex_clock_1 (shard=? AND matter=?)", true},
	} {
		err := db.Read(t.Context(), func(q *Query) error {
			p, err := c.d.plan(SQLite, f, c.way)
			if err != nil {
				return err
			}
			steps, err := planOf(t, q, db.build("clock_of", p.flags), p.args)
			plan := strings.Join(steps, "\n")
			if !strings.Contains(plan, c.use) || !c.sorts && strings.Contains(plan, "TEMP B-TREE") || strings.Contains(plan, "SCAN m") {
				t.Errorf("%s %+v: want %s:\n%s", c.way, c.d, c.use, plan)
			}
			return err
		})
		if err != nil {
			t.Error(err)
		}
	}
}

// Commits of SQLite are durable, and keys between tables hold.
func TestPragmas(t *testing.T) {
	db, err := Open(t.Context(), "sqlite:"+filepath.Join(t.TempDir(), "yifa.db"))
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close() // the folder goes with the test
	for pragma, want := range map[string]string{"journal_mode": "wal", "synchronous": "2", "foreign_keys": "1", "busy_timeout": "10000"} {
		var got string
		if err := db.write.QueryRowContext(t.Context(), "pragma "+pragma).Scan(&got); err != nil || got != want {
			t.Errorf("%s is %q, %v, want %q", pragma, got, err, want)
		}
	}
}

// A connection forgets statements beyond its bound and prepares them again.
func TestPreparedBound(t *testing.T) {
	db, err := Open(t.Context(), "sqlite:"+filepath.Join(t.TempDir(), "yifa.db"))
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close() // the folder goes with the test
	err = db.Write(t.Context(), func(tx *Tx) error {
		for i := range 3 * maxPrepared {
			s := statement{driver: SQLite, text: fmt.Sprintf("select $1 + %d", i%(2*maxPrepared)), order: []int{0}}
			n := -1
			if err := tx.eachOf(t.Context(), "test", s, []any{1}, func(scan scanFunc) error { return scan(&n) }); err != nil {
				return err
			}
			if n != i%(2*maxPrepared)+1 {
				return fmt.Errorf("statement %d gives %d", i, n)
			}
		}
		return nil
	})
	if err != nil {
		t.Error(err)
	}
}
