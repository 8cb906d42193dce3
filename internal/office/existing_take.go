package office

import (
	"bytes"
	"context"
	"encoding/hex"
	"errors"
	"io"
	"maps"
	"slices"
	"strconv"
	"strings"

	"yifa/internal/calendar"
	"yifa/internal/i18n"
	"yifa/internal/matter"
	"yifa/internal/procedure"
	"yifa/internal/store"
)

// This file keeps how papers are sorted, and takes them in.

// orderExisting is the kind of order that takes papers in, one act each.
const orderExisting = "existing"

// ErrUnsorted: something is missing or wrong in the table; Existing with check says what.
var ErrUnsorted = errors.New("office: the table of papers is not ready")

// longestSaid is how many bytes of an answer are kept while it is sorted; the law says how long each may be.
const longestSaid = 2000

// SortExisting keeps answers about papers of the reader's table, by id of the file; all, if not empty, is the act that takes
// in each of them. What is not named stays as it is.
func (o *Office) SortExisting(ctx context.Context, r Reader, id matter.ID, answers map[string]map[string]string, all string) error {
	return notFound(o.db.Write(ctx, func(tx *store.Tx) error {
		t, err := o.sorting(ctx, &tx.Query, r, id)
		if err != nil {
			return err
		}
		places := map[string]int{}
		for i, row := range t.rows {
			said, told := answers[row.id]
			if row.c.Paper.Order != "" {
				continue
			}
			places[row.id] = 2 * (i + 1)
			now := t.said(row)
			for _, name := range SaidOfPaper {
				if v, is := said[name]; is && len(v) <= longestSaid {
					now[name] = v
				}
			}
			if n, err := strconv.Atoi(said[SaidPlace]); told && err == nil && n != i+1 {
				places[row.id] = moved(n, i+1)
			}
			if all != "" {
				now[SaidAct] = all
			}
			if told || all != "" {
				delete(now, SaidPlace)
				row.c.Paper.Answers, row.c.Paper.Why = now, ""
			}
		}
		return o.keepSorted(ctx, tx, t.rows, places)
	}))
}

// moved is where a paper goes that is given the place n and stood at from: before what stands there, or behind it when it
// comes from above.
func moved(n, from int) int {
	if n > from {
		return 2*n + 1
	}
	return 2*n - 1
}

// keepSorted writes rows in the order of their places.
func (o *Office) keepSorted(ctx context.Context, tx *store.Tx, rows []sortedRow, places map[string]int) error {
	slices.SortStableFunc(rows, func(a, b sortedRow) int { return places[a.id] - places[b.id] })
	for i, row := range rows {
		row.c.Paper.Place = i + 1
		if err := o.putSorted(ctx, tx, row); err != nil {
			return err
		}
	}
	return nil
}

func (o *Office) putSorted(ctx context.Context, tx *store.Tx, row sortedRow) error {
	var err error
	if row.at.Sealed, err = o.sealUpload(row.id, row.c); err != nil {
		return err
	}
	return tx.PutUpload(ctx, row.at)
}

// AddExisting takes files that came with a form into the reader's table, each by itself, and names those it does not take.
func (o *Office) AddExisting(ctx context.Context, r Reader, id matter.ID, files []Upload) (bad []string, err error) {
	by := Sender{Reader: r, Import: id}
	if err := o.mayImport(ctx, r, id); err != nil {
		return nil, err
	}
	for _, f := range files {
		raw, err := io.ReadAll(f.Body)
		if err != nil {
			return bad, err
		}
		var up UploadView
		if up, err = o.BeginUpload(ctx, by, NewUpload{Name: f.Name, Path: f.Name, Size: int64(len(raw)), Field: importField}); err == nil {
			_, err = o.AddToUpload(ctx, by, up.ID, 0, bytes.NewReader(raw))
		}
		var no BadFields
		switch {
		case errors.As(err, &no):
			bad = append(bad, sortedValues(no)...)
		case errors.Is(err, ErrUnscanned), errors.Is(err, ErrFull):
			bad = append(bad, f.Name)
		case err != nil:
			return bad, err
		}
	}
	return bad, nil
}

// fields are the answers about a paper as the act that takes it in asks them.
func (t *sorting) fields(row sortedRow) (*procedure.Act, map[string][]string) {
	said := t.said(row)
	act := t.acts[max(0, slices.IndexFunc(t.acts, func(a *procedure.Act) bool { return a.Name == said[SaidAct] }))]
	i := act.Imports
	out := map[string][]string{}
	for field, v := range map[string]string{i.Sort: said[SaidSort], i.Kind: said[SaidKind], i.Title: said[SaidTitle], i.Number: said[SaidNumber],
		i.Maker: said[SaidMaker], i.Dated: said[SaidDated], i.Pages: said[SaidPages]} {
		if v = strings.TrimSpace(v); field != "" && v != "" {
			out[field] = []string{v}
		}
	}
	return act, out
}

// wrong says by answer what keeps a paper from being taken in, as the law's own form does.
func (t *sorting) wrong(row sortedRow) map[string]string {
	d := t.d
	act, fields := t.fields(row)
	now := d.o.now()
	try := procedure.Attempt{Matter: d.st.ID, Act: act.Name, Happened: calendar.MomentAt(now), Recorded: now, Fields: fields, Files: map[string][]matter.File{act.Imports.File: row.c.Files}}
	var bad procedure.FieldErrors
	for _, by := range d.actors {
		try.By = by
		if _, err := d.w.p.Fire(d.o.lawNow(), d.st, d.snap, try); err == nil {
			return nil
		} else if !errors.As(err, &bad) {
			continue
		}
		break
	}
	words, out := d.o.badFields(d.r.Lang, bad), map[string]string{}
	i := act.Imports
	for name, field := range map[string]string{SaidSort: i.Sort, SaidKind: i.Kind, SaidTitle: i.Title, SaidNumber: i.Number, SaidMaker: i.Maker, SaidDated: i.Dated, SaidPages: i.Pages} {
		if w := words[field]; field != "" && w != "" {
			out[name] = w
		}
	}
	return out
}

// TakeExisting takes the papers of the reader's table into a matter, each by an act, in their order: one order, whose id it
// returns. The very same file is taken once. ErrUnsorted where something is missing; then nothing is taken.
func (o *Office) TakeExisting(ctx context.Context, r Reader, id matter.ID) (string, error) {
	content := order{Kind: orderExisting}
	var taken []string
	err := o.db.Read(ctx, func(q *store.Query) error {
		t, err := o.sorting(ctx, q, r, id)
		if err != nil {
			return err
		}
		seen := map[string]string{}
		for _, row := range t.rows {
			if twice := t.twice(row, seen); row.c.Paper.Order != "" || twice != "" {
				continue
			}
			if len(t.wrong(row)) > 0 {
				return ErrUnsorted
			}
			act, fields := t.fields(row)
			content.Lines = append(content.Lines, orderLine{Label: fields[act.Imports.Title][0], Matter: id, Act: act.Name, Fields: fields, Existing: row.id, Phase: len(content.Lines)})
			taken = append(taken, row.id)
		}
		return nil
	})
	if err == nil && len(taken) == 0 {
		err = ErrUnsorted
	}
	if err != nil {
		return "", notFound(err)
	}
	name, err := o.newOrder(ctx, r, content)
	if err != nil {
		return "", err
	}
	by := Sender{Reader: r, Import: id}
	for _, one := range taken { // a paper that is not noted here is not taken twice either: its upload is spent once
		if err := o.noteOrder(ctx, by, one, func(p *sortedPaper) { p.Order, p.Why = name, "" }); err != nil {
			return "", err
		}
	}
	return name, nil
}

// noteOrder changes what is kept of a paper on its way in; one that is gone or spent is left.
func (o *Office) noteOrder(ctx context.Context, by Sender, id string, change func(*sortedPaper)) error {
	return o.db.Write(ctx, func(tx *store.Tx) error {
		at, err := tx.Upload(ctx, uploadKey(id), o.now())
		if err != nil || string(at.Holder) != string(by.key()) {
			return ignoreGone(err)
		}
		c, _, err := o.openUpload(at)
		if err != nil || c.Spent != "" || c.Paper == nil {
			return err
		}
		change(c.Paper)
		return o.putSorted(ctx, tx, sortedRow{id, c, at})
	})
}

func ignoreGone(err error) error {
	if errors.Is(err, store.ErrNotFound) {
		return nil
	}
	return err
}

// takeLine does one line of such an order: what was read of the file goes with it, and a file that came into the matter
// meanwhile is not taken. What is refused goes back to the table.
func (o *Office) takeLine(ctx context.Context, r Reader, key string, l *orderLine) (Done, error) {
	by := Sender{Reader: r, Import: l.Matter}
	c, _, err := o.upload(ctx, by, l.Existing)
	if err != nil {
		return Done{}, err
	}
	a := Act{Matter: l.Matter, Act: l.Act, Fields: maps.Clone(l.Fields), Key: key, Import: l.Matter}
	err = o.db.Read(ctx, func(q *store.Query) error {
		d, err := o.open(ctx, q, r, l.Matter)
		if err != nil {
			return err
		}
		def := d.w.definition(l.Act)
		if def == nil || !def.Imports.Takes() {
			return ErrNotFound
		}
		a.Arrived = map[string][]string{def.Imports.File: {l.Existing}}
		for _, f := range d.w.p.Form(def).Fields {
			if f.Reads == def.Imports.File && c.Paper != nil && c.Paper.Reading != "" {
				a.Fields[f.Name] = []string{c.Paper.Reading}
			}
		}
		there, err := d.originals(ctx, q)
		if err != nil {
			return err
		}
		if name, is := there[hex.EncodeToString(c.Files[0].SHA256)]; is && c.Spent == "" {
			return BadFields{def.Imports.File: i18n.T(r.Lang, "existing.there", "name", name)}
		}
		return nil
	})
	var done Done
	if err == nil {
		done, err = o.Perform(ctx, r, a)
	}
	if err != nil && ctx.Err() == nil {
		why, _ := o.wordLine(r, err)
		err = errors.Join(err, o.noteOrder(ctx, by, l.Existing, func(p *sortedPaper) { p.Order, p.Why = "", why }))
	}
	return done, err
}
