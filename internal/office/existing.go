package office

import (
	"context"
	"encoding/hex"
	"slices"
	"strconv"
	"strings"
	"time"

	"yifa/internal/i18n"
	"yifa/internal/matter"
	"yifa/internal/procedure"
	"yifa/internal/reading"
	"yifa/internal/store"
)

// This file shows papers that were there before a matter was kept here, sent by one person and sorted by him until an act
// takes each of them in (ptsd/205 to 207).

// Answers told of a paper.
const (
	SaidAct    = "act" // which act takes it in, and so into which volume
	SaidSort   = "sort"
	SaidKind   = "kind"
	SaidTitle  = "title"
	SaidNumber = "number"
	SaidMaker  = "maker"
	SaidDated  = "dated"
	SaidPages  = "pages"
	SaidPlace  = "place"
)

// SaidOfPaper are the answers told of a paper, in the order of the table.
var SaidOfPaper = []string{SaidAct, SaidSort, SaidKind, SaidTitle, SaidNumber, SaidMaker, SaidDated, SaidPages, SaidPlace}

// Existing are the papers that a person is sorting for a matter.
type Existing struct {
	Brief   Brief
	Volumes []ExistingVolume
	Sorts   []OptionView
	Kinds   []OptionView
	Rows    []ExistingRow // in their order
	Coming  []UploadView  // not whole yet
	Ready   int           // that can be taken in
	Order   string        // that is taking some of them in
}

// ExistingVolume is where papers may go: by which act, and who reads them there.
type ExistingVolume struct {
	Act, Label string
	Class      matter.Class
}

// ExistingRow is one file.
type ExistingRow struct {
	ID, Name string
	Folder   string // it was chosen with
	Size     int64
	Expires  time.Time
	Said     map[string]string // answer by name
	Hints    map[string]string // where a suggestion that still stands comes from, in words
	Errors   map[string]string // by name of the answer
	Twice    string            // why it is not taken, in words
	Ours     bool              // its number looks like one of ours
	Sealed   bool              // it has no copy that can be shown
	Read     bool              // its text was read
	Why      string            // it was not taken in the last time
}

// mayImport is nil where the reader can take papers into a matter; else ErrNotFound.
func (o *Office) mayImport(ctx context.Context, r Reader, id matter.ID) error {
	return notFound(o.db.Read(ctx, func(q *store.Query) error {
		if _, err := o.outside(ctx, q, r, id); err != nil {
			return err
		}
		d, err := o.stand(ctx, q, r, id)
		if err == nil && len(d.importing()) == 0 {
			err = ErrNotFound
		}
		return err
	}))
}

// importing are the acts by which the reader can take papers in now, each volume once.
func (d *dossier) importing() []*procedure.Act {
	var out []*procedure.Act
	for _, c := range d.choices() {
		if c.Open && c.Act.Imports.Takes() {
			out = append(out, c.Act)
		}
	}
	return out
}

// Existing is the table of papers the reader sorts for a matter; check says what is wrong with each. ErrNotFound where he
// cannot take any in.
func (o *Office) Existing(ctx context.Context, r Reader, id matter.ID, check bool) (Existing, error) {
	var v Existing
	err := o.db.Read(ctx, func(q *store.Query) error {
		t, err := o.sorting(ctx, q, r, id)
		if err != nil {
			return err
		}
		v = t.view(check)
		return nil
	})
	return v, notFound(err)
}

func (t *sorting) view(check bool) Existing {
	d := t.d
	v := Existing{Brief: d.o.brief(d.w, d.st, d.row, d.names), Coming: t.coming, Kinds: d.o.paperKinds()}
	v.Brief.Title = d.title()
	for _, a := range t.acts {
		v.Volumes = append(v.Volumes, ExistingVolume{Act: a.Name, Label: d.w.act(a.Name), Class: d.w.p.Volume(a)})
	}
	form := d.w.p.Form(t.acts[0])
	sorts := form.Field(t.acts[0].Imports.Sort)
	for _, o := range sorts.Options {
		v.Sorts = append(v.Sorts, d.w.option(form, sorts, o))
	}
	own, seen := d.o.ownNumbers(), map[string]string{}
	for i, row := range t.rows {
		p, twice := row.c.Paper, t.twice(row, seen)
		if p.Order != "" {
			v.Order = p.Order
			continue
		}
		x := ExistingRow{ID: row.id, Name: row.c.Files[0].Name, Folder: folderOf(row.c), Size: row.c.Size, Expires: row.at.Expires, Said: t.said(row), Hints: t.hints(row),
			Sealed: len(row.c.Files) == 1, Read: p.Reading != "", Why: p.Why}
		x.Said[SaidPlace] = strconv.Itoa(i + 1)
		x.Twice = twice
		x.Ours = own.like(x.Said[SaidNumber])
		if x.Twice == "" {
			v.Ready++
			if check {
				x.Errors = t.wrong(row)
			}
		}
		v.Rows = append(v.Rows, x)
	}
	for i := range v.Rows { // what is being taken in leaves no hole
		v.Rows[i].Said[SaidPlace] = strconv.Itoa(i + 1)
	}
	return v
}

func folderOf(c upload) string {
	i := strings.LastIndex(c.Path, "/")
	if i < 0 {
		return ""
	}
	return c.Path[:i]
}

// twice says why a file is not taken: it is in the matter, or above in the table. seen gathers those above.
func (t *sorting) twice(row sortedRow, seen map[string]string) string {
	sum := hex.EncodeToString(row.c.Files[0].SHA256)
	if there, is := t.there[sum]; is {
		return i18n.T(t.d.r.Lang, "existing.there", "name", there)
	}
	if above, is := seen[sum]; is {
		return i18n.T(t.d.r.Lang, "existing.twice", "name", above)
	}
	seen[sum] = row.c.Files[0].Name
	return ""
}

// said are the answers as they stand: somebody's, else the suggestions.
func (t *sorting) said(row sortedRow) map[string]string {
	p := row.c.Paper
	out := map[string]string{}
	for _, name := range SaidOfPaper {
		out[name] = p.Answers[name]
	}
	if p.Answers != nil {
		return out
	}
	for name, s := range suggested(p.Guess) {
		out[name] = s.Value
	}
	if p.Pages > 0 {
		out[SaidPages] = strconv.Itoa(p.Pages)
	}
	out[SaidAct] = t.volumeFor(p.Guess)
	return out
}

func suggested(g reading.Guess) map[string]reading.Said {
	return map[string]reading.Said{SaidSort: g.Sort, SaidKind: g.Kind, SaidTitle: g.Title, SaidNumber: g.Number, SaidMaker: g.Maker, SaidDated: g.Dated}
}

// volumeFor is the act that a paper is given to until somebody says otherwise: what may be read by the fewest, unless its
// folder says it belongs into the other volume.
func (t *sorting) volumeFor(g reading.Guess) string {
	inside := func(a *procedure.Act) bool { return t.d.w.p.Volume(a) == matter.Staff }
	want := g.Inside.Value != "false"
	if i := slices.IndexFunc(t.acts, func(a *procedure.Act) bool { return inside(a) == want }); i >= 0 {
		return t.acts[i].Name
	}
	return t.acts[0].Name
}

// hints say where each suggestion that still stands comes from.
func (t *sorting) hints(row sortedRow) map[string]string {
	out, said := map[string]string{}, t.said(row)
	for name, s := range suggested(row.c.Paper.Guess) {
		if s.Value != "" && said[name] == s.Value {
			out[name] = i18n.T(t.d.r.Lang, "existing.by."+string(s.By))
		}
	}
	return out
}
