// Command gotest reads what `go test -json` says and prints what a person needs: the output of the tests that
// failed, every test that was skipped, the slowest ones, and a count. It fails when a test failed and, with
// -all, when one was skipped, so that no test is ever left out unseen. It runs nothing itself.
package main

import (
	"bufio"
	"cmp"
	"encoding/json"
	"flag"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"
)

// An event is one line of `go test -json`; `go doc test2json` tells its fields.
type event struct {
	Action      string
	Package     string
	ImportPath  string
	Test        string
	Output      string
	Elapsed     float64 // seconds
	FailedBuild string
}

// name is the package, and the test in it if the event is of one.
func (e event) name() string {
	if e.Test == "" {
		return cmp.Or(e.Package, e.ImportPath)
	}
	return e.Package + " " + e.Test
}

// A tally is what came of a run.
type tally struct {
	passed   int
	packages int
	failed   []string // names, in order
	skipped  []string
	slowest  []event
	output   map[string]*strings.Builder // by name, of what has not passed
}

func main() {
	all := flag.Bool("all", false, "fail when a test was skipped")
	flag.Parse()
	t, err := read(os.Stdin)
	if err != nil {
		fmt.Fprintln(os.Stderr, "gotest:", err)
		os.Exit(1)
	}
	t.print(os.Stdout)
	if len(t.failed) > 0 || t.packages == 0 || *all && len(t.skipped) > 0 {
		os.Exit(1)
	}
}

// read tallies a run. A line that is not JSON is a message of the go command, and means that it failed.
func read(r io.Reader) (*tally, error) {
	t := &tally{output: map[string]*strings.Builder{}}
	lines := bufio.NewScanner(r)
	lines.Buffer(nil, 16<<20)
	for lines.Scan() {
		var e event
		if err := json.Unmarshal(lines.Bytes(), &e); err != nil {
			t.note("go", lines.Text()+"\n")
			t.fail("go")
			continue
		}
		t.add(e)
	}
	return t, lines.Err()
}

func (t *tally) note(name, output string) {
	if t.output[name] == nil {
		t.output[name] = &strings.Builder{}
	}
	t.output[name].WriteString(output)
}

func (t *tally) fail(name string) {
	if !slices.Contains(t.failed, name) {
		t.failed = append(t.failed, name)
	}
}

func (t *tally) add(e event) {
	name := e.name()
	switch e.Action {
	case "output", "build-output":
		t.note(name, e.Output)
	case "build-fail", "fail":
		if e.Action == "fail" && e.Test == "" {
			t.packages++
		}
		t.fail(name)
	case "skip":
		if e.Test != "" { // a package without tests is skipped too
			t.skipped = append(t.skipped, name)
		}
	case "pass":
		if e.Test == "" {
			t.packages++
			return
		}
		delete(t.output, name)
		t.passed++
		if !strings.Contains(e.Test, "/") {
			t.slowest = append(t.slowest, e)
		}
	}
}

// print writes the failures first, then the skips, then the count.
func (t *tally) print(w io.Writer) {
	for _, name := range t.failed {
		_, _ = fmt.Fprintf(w, "FAILED %s\n", name)
		if out := t.output[name]; out != nil {
			_, _ = io.WriteString(w, out.String())
		}
	}
	for _, name := range t.skipped {
		_, _ = fmt.Fprintf(w, "SKIPPED %s\n", name)
		if out := t.output[name]; out != nil {
			_, _ = io.WriteString(w, out.String())
		}
	}
	slices.SortFunc(t.slowest, func(a, b event) int { return cmp.Compare(b.Elapsed, a.Elapsed) })
	for _, e := range t.slowest[:min(3, len(t.slowest))] {
		if e.Elapsed >= 5 {
			_, _ = fmt.Fprintf(w, "slow: %s %.0f s\n", e.name(), e.Elapsed)
		}
	}
	tests := 0
	for _, name := range t.failed {
		if strings.Contains(name, " ") {
			tests++
		}
	}
	_, _ = fmt.Fprintf(w, "%d tests passed, %d failed, %d skipped, in %d packages\n", t.passed, tests, len(t.skipped), t.packages)
}
