package office

import (
	"context"
	"fmt"
	"io"
	"sync"

	"yifa/internal/calendar"
	"yifa/internal/matter"
	"yifa/internal/store"
)

// This file notes who of an office read what a filer wrote for it alone: her words, messages and files (ptsd/113). A page
// opened again the same day adds a line only where there is something new to read.

// Kinds of readings of this file, as a line names them.
const (
	textsRead = "texts"
	fileRead  = "file"
)

// readings are those noted today by this program, so that a page opened again needs no write. After a restart, or on
// another node, a line may stand twice: one too many tells no less.
type readings struct {
	sync.Mutex
	day   calendar.Date
	noted map[string]bool
}

// had says whether a reading was noted today.
func (r *readings) had(day calendar.Date, key string) bool {
	r.Lock()
	defer r.Unlock()
	return r.day == day && r.noted[key]
}

func (r *readings) have(day calendar.Date, key string) {
	r.Lock()
	defer r.Unlock()
	if r.day != day {
		r.day, r.noted = day, map[string]bool{}
	}
	r.noted[key] = true
}

// noteTexts notes that an official is shown what a filer wrote for the office alone, before it is shown.
func (o *Office) noteTexts(ctx context.Context, d *dossier) error {
	last := 0
	for seq, parts := range d.parts {
		for _, p := range parts {
			if p.Class == matter.Filer && len(p.Fields) > 0 {
				last = max(last, seq)
			}
		}
	}
	if last == 0 {
		return nil
	}
	return o.noteOnce(ctx, d, readNote{Seq: last, Class: matter.Filer, What: textsRead}, 0)
}

// noteFile notes that an official opens a file that only the filer and the office may see.
func (o *Office) noteFile(ctx context.Context, d *dossier, ref FileRef) error {
	if ref.Class != matter.Filer {
		return nil
	}
	return o.noteOnce(ctx, d, readNote{Seq: ref.Seq, Class: ref.Class, What: fileRead}, ref.Index)
}

// noteOnce writes a line unless it was written today. It goes with whatever the writer has at hand, so that readers share
// one wait for the disk.
func (o *Office) noteOnce(ctx context.Context, d *dossier, n readNote, which int) error {
	if !d.r.Official() || d.outside || len(d.actors) == 0 {
		return nil
	}
	day, key := o.Today(), fmt.Sprintf("%s %s %s %d %d", d.r.Person, d.st.ID, n.What, n.Seq, which)
	if o.readToday.had(day, key) {
		return nil
	}
	if err := o.beside(ctx, func(tx *store.Tx) error { return o.noteRead(o.ctx, tx, d, n) }); err != nil {
		return err
	}
	o.readToday.have(day, key)
	return nil
}

// OpenFile opens a file the reader may see. Sealed originals open for nobody here.
func (o *Office) OpenFile(ctx context.Context, r Reader, id matter.ID, ref FileRef) (FileView, io.ReadSeekCloser, error) {
	f, err := o.opened(ctx, r, id, ref)
	if err != nil {
		return FileView{}, nil, err
	}
	body, err := o.blobs.Open(f.Blob, f.Key)
	if err != nil {
		return FileView{}, nil, fmt.Errorf("office: file %d of %s/%d: %w", ref.Index, id, ref.Seq, err)
	}
	return fileView(ref.Seq, ref.Class, ref.Index, f), body, nil
}

// opened finds a file the reader may see, and notes that it is read. Errors as OpenFile.
func (o *Office) opened(ctx context.Context, r Reader, id matter.ID, ref FileRef) (matter.File, error) {
	var f matter.File
	var d *dossier
	err := o.db.Read(ctx, func(q *store.Query) (err error) {
		if d, err = o.open(ctx, q, r, id); err != nil {
			return err
		}
		if e, _ := d.entry(ref.Seq); e.Kind == matter.KindDocument {
			return ErrNotFound // opened as a document
		}
		for _, p := range d.parts[ref.Seq] {
			if p.Class == ref.Class && ref.Index >= 0 && ref.Index < len(p.Files) {
				if f = p.Files[ref.Index]; f.Blob == "" {
					return ErrNotFound // it has no copy that may be seen
				}
				return nil
			}
		}
		return ErrNotFound
	})
	if err == nil {
		err = o.noteFile(ctx, d, ref)
	}
	return f, notFound(err)
}
