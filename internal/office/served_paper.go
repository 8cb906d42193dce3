package office

import (
	"context"
	"fmt"
	"io"

	"yifa/internal/matter"
	"yifa/internal/procedure"
	"yifa/internal/store"
)

// served is the paper a matter serves: the matter it was made in, and the entry that made it.
type served struct {
	in   matter.ID
	seq  int
	view DocumentView
}

// servedPaper finds the paper that a matter serves, for whoever may read that matter; false where it serves none. What of
// the matter it was made in lies beside the paper stays closed: only the paper was addressed to the reader.
func (d *dossier) servedPaper(ctx context.Context, q *store.Query) (served, bool, error) {
	seq, is := d.st.Facts[procedure.DeliverPaper].(int64)
	if !is || d.r.Filer != 0 && !d.collected() || d.outside && d.st.Facts[procedure.ServedOn] == nil {
		return served{}, false, nil
	}
	for _, l := range d.st.Links {
		if l.Kind != "part_of" {
			continue
		}
		in, err := d.o.load(ctx, q, Reader{Lang: d.r.Lang}, l.To)
		if err != nil {
			return served{}, false, err
		}
		e, _ := in.entry(int(seq))
		act := in.documentAct(e.Act)
		if act == nil {
			return served{}, false, nil
		}
		in.circle = in.w.p.Circle(act.Document)
		if err := in.readParts(ctx, q); err != nil {
			return served{}, false, err
		}
		view, made := in.document(e)
		return served{l.To, int(seq), view}, made, nil
	}
	return served{}, false, nil
}

// collected says whether the filer stands where she may see what is served on her: where opening a link is an act.
func (d *dossier) collected() bool {
	for _, a := range d.w.p.ActsIn(d.st.Stage) {
		if a.Collects {
			return true
		}
	}
	return false
}

// OpenServed opens the bytes of the paper that a matter serves; ErrNotFound where it serves none.
func (o *Office) OpenServed(ctx context.Context, r Reader, id matter.ID) (FileView, io.ReadSeekCloser, error) {
	find := func() (s served, err error) {
		err = o.db.Read(ctx, func(q *store.Query) error {
			d, err := o.open(ctx, q, r, id)
			if err != nil {
				return err
			}
			var found bool
			if s, found, err = d.servedPaper(ctx, q); err == nil && (!found || s.view.Gone != "") {
				err = ErrNotFound
			}
			return err
		})
		return s, notFound(err)
	}
	s, err := find()
	if err == nil && s.view.Filed == nil { // asked for before it was made
		if err = o.fileDocument(ctx, s.in, s.seq); err == nil {
			s, err = find()
		}
	}
	if err != nil {
		return FileView{}, nil, err
	}
	if s.view.Filed == nil {
		return FileView{}, nil, ErrNotFound
	}
	body, err := o.blobs.Open(s.view.Filed.file.Blob, s.view.Filed.file.Key)
	if err != nil {
		return FileView{}, nil, fmt.Errorf("office: paper of %s/%d: %w", s.in, s.seq, err)
	}
	return fileView(s.seq, matter.Staff, 0, s.view.Filed.file), body, nil
}
