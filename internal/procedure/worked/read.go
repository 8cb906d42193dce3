package worked

import (
	"errors"
	"fmt"
	"io/fs"
	"path"
	"strconv"
	"strings"

	"yifa/internal/calendar"
	"yifa/internal/procedure"
)

// Load reads the cases of every procedure version, in order of file name.
func Load(l *procedure.Law) ([]Case, []calendar.Fault) {
	var all []Case
	var faults []calendar.Fault
	for _, p := range l.All() {
		files, _ := fs.Glob(l.FS, path.Join(p.Dir, "cases/*.txt"))
		for _, file := range files {
			r := &reader{law: l, c: Case{File: file, Name: strings.TrimSuffix(path.Base(file), ".txt"), Procedure: p, Begins: p}}
			r.file(file)
			r.posts()
			faults = append(faults, r.faults...)
			all = append(all, r.c)
		}
	}
	return all, faults
}

// reader reads one case; its faults name file and line.
type reader struct {
	law    *procedure.Law
	c      Case
	on     int
	more   bool                 // the next step begins another matter
	of     *procedure.Procedure // of the matter `on`, where the line names it
	at     string               // file being read: the case or an .inc
	n      int                  // its line
	here   place                // where a shared file is played
	faults []calendar.Fault
}

// place is the matter that lines are about.
type place struct {
	on int
	of *procedure.Procedure
}

func (r *reader) fault(line int, what, mend string) {
	r.faults = append(r.faults, calendar.Fault{File: r.at, Line: line, What: what, Mend: mend})
}

func (r *reader) file(file string) {
	was := r.at
	r.at = file
	raw, err := fs.ReadFile(r.law.FS, file)
	if err != nil {
		r.fault(0, err.Error(), "check the name after use:")
	}
	for n, line := range strings.Split(string(raw), "\n") {
		if err := r.line(n+1, strings.TrimSpace(line)); err != nil {
			r.fault(n+1, err.Error(), "compare the other cases of the law")
		}
	}
	r.at = orSame(was, file)
}

func orSame(was, file string) string {
	if was == "" {
		return file
	}
	return was
}

func (r *reader) line(n int, line string) error {
	r.n = n
	switch {
	case line == "":
		return nil
	case strings.HasPrefix(line, "#"):
		if r.c.About == "" {
			r.c.About = strings.TrimSpace(strings.TrimLeft(line, "# "))
		}
		return nil
	case strings.HasPrefix(line, "="):
		return r.wants(n, strings.TrimPrefix(line, "="))
	case strings.HasPrefix(line, "!"):
		return r.refused(n, strings.TrimPrefix(line, "!"))
	case strings.HasPrefix(line, "on "):
		return r.switchTo(strings.TrimPrefix(line, "on "))
	case line[0] >= '0' && line[0] <= '9':
		return r.step(n, line)
	}
	key, rest, ok := strings.Cut(line, ":")
	if !ok {
		return fmt.Errorf("%q is neither a header, a step, an assertion nor a refusal", line)
	}
	return r.header(strings.TrimSpace(key), strings.TrimSpace(rest))
}

func (r *reader) header(key, rest string) error {
	words, err := tokens(rest)
	if err != nil {
		return err
	}
	plain, given := split(words)
	switch key {
	case "play":
		return r.play(r.n, rest)
	case "use":
		if r.at != r.c.File {
			return errors.New("use: stands in a case only, not in a file that cases use")
		}
		r.file(path.Join(path.Dir(r.c.File), rest+".inc"))
	case "begins":
		p, err := r.law.Procedure(rest, r.c.Procedure.Applies.OpenedFrom)
		if err != nil {
			return fmt.Errorf("begins: %w", err)
		}
		r.c.Begins = p
	case "organ":
		return r.organ(plain, given)
	case "staff":
		if len(plain) != 3 {
			return errors.New("staff: wants PERSON POST ORGAN")
		}
		from, to, err := span(given)
		if err != nil {
			return err
		}
		r.c.Posts = append(r.c.Posts, procedure.Post{ID: postID(plain[0], plain[2], plain[1]), Person: plain[0], Role: plain[1],
			Organ: plain[2], From: from, To: to, For: given["for"]})
	case "certificate":
		if len(plain) != 3 {
			return errors.New("certificate: wants PERSON KIND NUMBER, and from=… to=… where it does not hold always")
		}
		from, to, err := span(given)
		if err != nil {
			return err
		}
		r.c.Certificates = append(r.c.Certificates, procedure.Certificate{Person: plain[0], Kind: plain[1], Number: plain[2], From: from, To: to})
	case "work":
		r.c.Work = append(r.c.Work, plain...)
	case "kept":
		return r.kept(plain, given)
	case "calendar":
		if y, err := strconv.Atoi(rest); err != nil || r.law.Calendar.Provisional(calendar.New(y, 1, 1)) {
			return fmt.Errorf("calendar: no notice covers %q in law/calendar", rest)
		}
	default:
		return fmt.Errorf("unknown header %q; known: begins, use, play, organ, staff, certificate, work, kept, calendar", key)
	}
	return nil
}

// organ is a line that describes an organ.
func (r *reader) organ(plain []string, given map[string]string) error {
	if len(plain) < 1 {
		return errors.New("organ: wants KEY NAME kind=… division=…")
	}
	name := ""
	if len(plain) > 1 {
		name = plain[1]
	}
	r.c.Organs = append(r.c.Organs, procedure.Organ{Key: plain[0], Name: name, Kind: given["kind"],
		Division: given["division"], Parent: given["parent"], Short: given["short"], Symbol: given["symbol"]})
	return nil
}

func span(given map[string]string) (from, to calendar.Date, err error) {
	if v := given["from"]; v != "" {
		if from, err = calendar.Parse(v); err != nil {
			return 0, 0, err
		}
	}
	if v := given["to"]; v != "" {
		to, err = calendar.Parse(v)
	}
	return from, to, err
}

// switchTo goes on with another matter of the case: `on main`, `on 1`, or `on 2 PROCEDURE` where the
// acts of several procedures have the same names; `on new PROCEDURE` is the last one opened under it; `on another` begins
// one more of the case's own kind, which counts as the next.
func (r *reader) switchTo(where string) error {
	r.of = nil
	if where == "here" { // in a shared file: where it is played
		r.on, r.of = r.here.on, r.here.of
		return nil
	}
	if where == "main" {
		r.on = 0
		return nil
	}
	if where == "another" {
		r.on, r.more = OnMore, true
		return nil
	}
	which, id, named := strings.Cut(where, " ")
	n, err := strconv.Atoi(which)
	switch {
	case which == "new" && named:
		n, err = OnNew, nil
	case err != nil || n < 1:
		return fmt.Errorf("on %s: write `on main`, `on 1`, `on another` or `on new PROCEDURE`", where)
	}
	r.on = n
	if named {
		r.of, err = r.law.Procedure(id, r.c.Procedure.Applies.OpenedFrom)
	}
	return err
}

func (r *reader) wants(n int, rest string) error {
	l := Line{N: n, On: r.on, New: r.new()}
	for _, one := range strings.Split(rest, ";") {
		words, err := tokens(strings.TrimPrefix(strings.TrimSpace(one), "="))
		if err != nil {
			return err
		}
		if len(words) == 0 {
			continue
		}
		if asserts[words[0]] == nil {
			return fmt.Errorf("= %s is no assertion", words[0])
		}
		l.Want = append(l.Want, Want{words[0], words[1:]})
	}
	r.c.Lines = append(r.c.Lines, l)
	return nil
}

func (r *reader) refused(n int, rest string) error {
	w := strings.Fields(rest)
	last := len(r.c.Lines) - 1
	if last < 0 || r.c.Lines[last].Step == nil {
		return errors.New("! stands under the step that must be refused")
	}
	s := r.c.Lines[last].Step
	switch {
	case len(w) == 4 && w[0] == "refused":
		s.Refused = &Refused{N: n, Act: w[1], Cite: w[2], Reason: w[3]}
	case len(w) == 3 && w[0] == "field":
		s.Refused = &Refused{N: n, Act: s.Act, Field: w[1], Key: w[2]}
	default:
		return errors.New("write `! refused ACT CITE REASON` or `! field NAME KEY`")
	}
	if s.Refused.Act != s.Act {
		return fmt.Errorf("refuses %s, but the step above is %s", s.Refused.Act, s.Act)
	}
	return nil
}
