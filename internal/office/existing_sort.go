package office

import (
	"cmp"
	"context"
	"encoding/hex"
	"slices"
	"strconv"
	"strings"

	"yifa/internal/matter"
	"yifa/internal/procedure"
	"yifa/internal/store"
)

// This file reads a person's table of papers, in its order, and what of it the matter holds already.

// sorting is a person's table for a matter.
type sorting struct {
	d      *dossier
	acts   []*procedure.Act
	rows   []sortedRow
	coming []UploadView
	there  map[string]string // by SHA-256 of an original: what it is called in the matter
}

type sortedRow struct {
	id string
	c  upload
	at store.Upload
}

func (o *Office) sorting(ctx context.Context, q *store.Query, r Reader, id matter.ID) (*sorting, error) {
	d, err := o.open(ctx, q, r, id)
	if err != nil {
		return nil, err
	}
	t := &sorting{d: d, acts: d.importing()}
	if len(t.acts) == 0 {
		return nil, ErrNotFound
	}
	all, err := q.UploadsOf(ctx, Sender{Reader: r, Import: id}.key(), o.now())
	if err != nil {
		return nil, err
	}
	for _, at := range all {
		c, name, err := o.openUpload(at)
		switch {
		case err != nil:
			return nil, err
		case c.Spent != "":
		case c.Paper == nil:
			t.coming = append(t.coming, uploadView(name, c, at))
		default:
			t.rows = append(t.rows, sortedRow{name, c, at})
		}
	}
	slices.SortStableFunc(t.rows, func(a, b sortedRow) int {
		return cmp.Or(cmp.Compare(placeOf(a.c), placeOf(b.c)), natural(pathOf(a.c), pathOf(b.c)), strings.Compare(a.id, b.id))
	})
	if len(t.rows) > 0 {
		t.there, err = d.originals(ctx, q)
	}
	return t, err
}

// placeOf puts what nobody placed behind what somebody did.
func placeOf(c upload) int {
	if c.Paper.Place == 0 {
		return 1 << 30
	}
	return c.Paper.Place
}

func pathOf(c upload) string { return cmp.Or(c.Path, c.Name) }

// natural compares names as people order them: 2 before 10.
func natural(a, b string) int {
	for a != "" && b != "" {
		x, y := leadingDigits(a), leadingDigits(b)
		if x != "" && y != "" {
			n, _ := strconv.Atoi(x)
			m, _ := strconv.Atoi(y)
			if c := cmp.Or(cmp.Compare(n, m), cmp.Compare(len(x), len(y))); c != 0 {
				return c
			}
			a, b = a[len(x):], b[len(y):]
			continue
		}
		if a[0] != b[0] {
			return cmp.Compare(a[0], b[0])
		}
		a, b = a[1:], b[1:]
	}
	return cmp.Compare(len(a), len(b))
}

func leadingDigits(s string) string {
	n := 0
	for n < len(s) && n < 9 && s[n] >= '0' && s[n] <= '9' {
		n++
	}
	return s[:n]
}

// originals are the files that a matter holds, by the hash of what was sent. Of a sealed original nothing but the hash is
// looked at, and only where the reader sees a copy of it.
func (d *dossier) originals(ctx context.Context, q *store.Query) (map[string]string, error) {
	out := map[string]string{}
	stored, err := q.Parts(ctx, d.st.ID)
	if err != nil {
		return nil, err
	}
	for _, p := range stored {
		shown := d.files(p.Seq)
		if p.Class != matter.Sealed || len(shown) == 0 {
			continue
		}
		part, err := d.o.unseal(d.st.ID, p.Seq, sealedOf(p))
		if err != nil {
			return nil, err
		}
		for _, f := range part.Files {
			if slices.ContainsFunc(shown, func(s FileView) bool { return s.Name == f.Name }) {
				out[hex.EncodeToString(f.SHA256)] = d.calledIn(p.Seq, f.Name)
			}
		}
	}
	return out, nil
}

// calledIn is what a file of an entry is called in its matter.
func (d *dossier) calledIn(seq int, name string) string {
	if e, known := d.entry(seq); known {
		if x, is := d.takenIn(e); is {
			return x.Title
		}
	}
	return name
}
