package worked

import (
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"path"
	"regexp"
	"strings"
)

// new is the procedure of the matter `on new` means, or "".
func (r *reader) new() string {
	if r.on != OnNew || r.of == nil {
		return ""
	}
	return r.of.ID
}

// play reads the lines of a file that cases share, of the case's own procedure or, as PROCEDURE/FILE, of another one: what
// comes before the point of a case, told in one line. {NAME} stands for what the line gives, or else the file's line
// `with:`. They count as that line.
func (r *reader) play(n int, rest string) error {
	words, err := tokens(rest)
	if err != nil {
		return err
	}
	plain, given := split(words)
	if len(plain) != 1 {
		return errors.New("play: wants FILE and NAME=VALUE for each {NAME} in it")
	}
	raw, err := fs.ReadFile(r.law.FS, r.shared(plain[0]))
	if err != nil {
		return fmt.Errorf("play: %w", err)
	}
	home := r.here
	r.here = place{r.on, r.of}
	defer func() { r.on, r.of, r.here = r.here.on, r.here.of, home }()
	for _, line := range strings.Split(string(raw), "\n") {
		if with, is := strings.CutPrefix(line, "with:"); is {
			words, err := tokens(with)
			if err != nil {
				return err
			}
			_, usual := split(words)
			maps.Copy(usual, given)
			given = usual
			continue
		}
		for name, v := range given {
			line = strings.ReplaceAll(line, "{"+name+"}", v)
		}
		if name := unfilled.FindString(line); name != "" && !strings.HasPrefix(line, "#") {
			return fmt.Errorf("play %s: %s is not given", plain[0], name)
		}
		if err := r.line(n, strings.TrimSpace(line)); err != nil {
			return fmt.Errorf("play %s: %w", plain[0], err)
		}
	}
	return nil
}

// shared is where a file lies that cases share.
func (r *reader) shared(name string) string {
	dir := path.Dir(r.c.File)
	if id, file, other := strings.Cut(name, "/"); other {
		if p, err := r.law.Procedure(id, r.c.Procedure.Applies.OpenedFrom); err == nil {
			dir, name = path.Join(p.Dir, "cases"), file
		}
	}
	return path.Join(dir, name+".inc")
}

var unfilled = regexp.MustCompile(`\{[a-z_]+\}`)
