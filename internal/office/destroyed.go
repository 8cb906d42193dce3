package office

import (
	"bufio"
	"bytes"
	"context"
	"crypto/hmac"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"yifa/internal/calendar"
	"yifa/internal/matter"
	"yifa/internal/store"
	"yifa/internal/vault"
)

// ErrNotOurList: a line of a list of what was destroyed does not come from this installation, or was changed.
var ErrNotOurList = errors.New("office: the list of what was destroyed is not of this installation")

// destroyedHead begins the list.
const destroyedHead = "yifa destroyed 1"

// DestroyedLine says what one destruction took from a matter. The list of them lies in a file of its own, so that a backup
// of before does not bring back what was destroyed since. It holds no text of anybody.
type DestroyedLine struct {
	Matter      matter.ID `json:"matter"`
	On          string    `json:"on"`
	List        matter.ID `json:"list"`
	Certificate string    `json:"certificate"`
	Scope       string    `json:"scope"`
	Parts       []string  `json:"parts"`
}

// keepDestroyed makes the file hold every destruction of the record beside what it held before; nothing leaves it. It is on
// disk when this returns.
func (o *Office) keepDestroyed(ctx context.Context) error {
	if o.destroyed == "" {
		return nil
	}
	var lines []DestroyedLine
	err := o.db.Read(ctx, func(q *store.Query) error {
		return q.EachDestroyed(ctx, func(e matter.Entry) error {
			list, err := matter.ParseID(e.Given.Text(matter.GivenList))
			lines = append(lines, DestroyedLine{Matter: e.Matter, On: e.Happened.Day.String(), List: list, Certificate: e.Given.Text(matter.GivenCertificate),
				Scope: e.Given.Text(matter.GivenScope), Parts: e.Delta.Destroys})
			return err
		})
	})
	if err != nil {
		return err
	}
	had, err := os.ReadFile(o.destroyed)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("office: list of what was destroyed: %w", err)
	}
	text := string(had)
	if text == "" {
		text = destroyedHead + "\n"
	}
	known := map[string]bool{}
	for _, l := range strings.Split(text, "\n") {
		known[l] = true
	}
	for _, l := range lines {
		line, err := o.destroyedLine(l)
		if err != nil {
			return err
		}
		if !known[line] {
			known[line] = true
			text += line + "\n"
		}
	}
	if text == string(had) {
		return nil
	}
	return replaceFile(o.destroyed, []byte(text))
}

// destroyedLine is a line of the file: a keyed hash, so that nobody can have destroyed by it what the record did not destroy, and
// what it says.
func (o *Office) destroyedLine(l DestroyedLine) (string, error) {
	text, err := json.Marshal(l)
	if err != nil {
		return "", fmt.Errorf("office: list of what was destroyed: %w", err)
	}
	return hex.EncodeToString(o.vault.MAC(vault.Destroyed, text)) + " " + string(text), nil
}

// replaceFile writes a file anew, wholly or not at all.
func replaceFile(path string, text []byte) error {
	f, err := os.CreateTemp(filepath.Dir(path), filepath.Base(path)+".*")
	if err != nil {
		return fmt.Errorf("office: %w", err)
	}
	_, err = f.Write(text)
	if err = errors.Join(err, f.Sync(), f.Close()); err == nil {
		err = os.Rename(f.Name(), path)
	}
	if err != nil {
		return errors.Join(fmt.Errorf("office: %w", err), os.Remove(f.Name()))
	}
	dir, err := os.Open(filepath.Dir(path))
	if err != nil {
		return fmt.Errorf("office: %w", err)
	}
	return errors.Join(dir.Sync(), dir.Close())
}

// ReadDestroyed reads a list of what was destroyed and holds every line to the keys of this installation. Errors:
// ErrNotOurList.
func (o *Office) ReadDestroyed(text []byte) ([]DestroyedLine, error) {
	var out []DestroyedLine
	lines := bufio.NewScanner(bytes.NewReader(text))
	lines.Buffer(nil, 16<<20)
	for n := 1; lines.Scan(); n++ {
		if lines.Text() == destroyedHead {
			continue
		}
		mac, said, _ := strings.Cut(lines.Text(), " ")
		sum, err := hex.DecodeString(mac)
		var l DestroyedLine
		if err != nil || !hmac.Equal(sum, o.vault.MAC(vault.Destroyed, []byte(said))) || json.Unmarshal([]byte(said), &l) != nil {
			return nil, fmt.Errorf("%w: line %d", ErrNotOurList, n)
		}
		out = append(out, l)
	}
	return out, lines.Err()
}

// Redestroy destroys once more what an older backup has brought back (ptsd/139), and returns how many matters it took something
// from. What the record has destroyed already stays as it is.
func (o *Office) Redestroy(ctx context.Context, lines []DestroyedLine) (int, error) {
	n := 0
	for _, l := range lines {
		on, err := calendar.Parse(l.On)
		if err != nil {
			return n, fmt.Errorf("office: destroy again: %w", err)
		}
		st, err := o.stateNow(ctx, l.Matter)
		if errors.Is(err, store.ErrNotFound) {
			continue
		}
		if err != nil {
			return n, err
		}
		stands, err := o.destroyOne(ctx, l.Matter, destruction{list: l.List, certificate: l.Certificate, scope: l.Scope, parts: nonNil(l.Parts), on: on, again: true})
		if err != nil {
			return n, err
		}
		if after, err := o.stateNow(ctx, l.Matter); err != nil {
			return n, err
		} else if stands && after.Rev > st.Rev {
			n++
		}
	}
	return n, o.wipe(ctx)
}

func nonNil(list []string) []string {
	if list == nil {
		return []string{}
	}
	return list
}
