package office

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"time"

	"yifa/internal/evidence"
	"yifa/internal/matter"
	"yifa/internal/store"
	"yifa/internal/vault"
)

// draftKept is how long an unfinished report is kept (design.md §9).
const draftKept = 24 * time.Hour

// draftContent is what a draft holds, sealed: nobody but who knows its address can read it.
type draftContent struct {
	Fields map[string][]string `json:"fields"`
	Files  []draftFile         `json:"files,omitempty"`
	Filed  *Slip               `json:"filed,omitempty"`

	Contacts map[string]draftContact `json:"contacts,omitempty"` // by kind

	App    string `json:"app,omitempty"`    // the app that handed it in; empty: written on our own pages
	Number string `json:"number,omitempty"` // by the app of the hotline: what it calls the order
	Sent   string `json:"sent,omitempty"`   // by an app: its fingerprint
	Mail   bool   `json:"mail,omitempty"`   // it began as a mail
}

// draftFile is an upload: the original and, where there is one, its clean copy.
type draftFile struct {
	Key   string        `json:"key"`
	Files []matter.File `json:"files"`
}

// NewDraft begins a report. Its id is the only way back to it.
func (o *Office) NewDraft(ctx context.Context) (Draft, error) {
	var b [24]byte
	if _, err := rand.Read(b[:]); err != nil {
		return Draft{}, fmt.Errorf("office: new draft: %w", err)
	}
	id := base64.RawURLEncoding.EncodeToString(b[:])
	c := draftContent{Fields: map[string][]string{}}
	expires := o.now().Add(draftKept)
	err := o.beside(ctx, func(tx *store.Tx) error { return o.putDraft(o.ctx, tx, id, c, expires) })
	return draftView(id, c, expires), err
}

// Draft returns a report being written, or ErrNotFound once it has expired.
func (o *Office) Draft(ctx context.Context, id string) (Draft, error) {
	var d Draft
	err := o.db.Read(ctx, func(q *store.Query) error {
		s, err := q.Draft(ctx, draftKey(id), o.now())
		if err != nil {
			return err
		}
		c, err := o.openDraft(id, s)
		d = draftView(id, c, s.Expires)
		return err
	})
	return d, notFound(err)
}

// SaveDraft keeps what was typed on a page, beside what the other pages hold. Nothing is judged.
func (o *Office) SaveDraft(ctx context.Context, id string, fields map[string][]string) (Draft, error) {
	var d Draft
	err := o.beside(ctx, func(tx *store.Tx) (err error) {
		d, err = o.redraft(o.ctx, tx, id, func(c *draftContent) error {
			for name, v := range fields {
				c.Fields[name] = v
			}
			return nil
		})
		return err
	})
	return d, notFound(err)
}

// AddDraftFile takes a file into the draft. BadFields names field files where it is not accepted.
func (o *Office) AddDraftFile(ctx context.Context, id string, r Reader, u Upload) (Draft, error) {
	d, err := o.Draft(ctx, id)
	if err != nil {
		return d, err
	}
	if err := o.evidence.CheckCount(len(d.Files) + 1); err != nil {
		return d, tooManyFiles(r, u, err)
	}
	files, err := o.take(ctx, r, map[string][]Upload{"files": {u}})
	if err != nil {
		return d, err
	}
	return o.changeDraft(ctx, id, func(c *draftContent) error {
		c.Files = append(c.Files, draftFile{Key: files["files"][0].Blob, Files: files["files"]})
		return nil
	})
}

// tooManyFiles says at the field that no more files are taken.
func tooManyFiles(r Reader, u Upload, err error) error {
	no, is := errors.AsType[*evidence.Unacceptable](err)
	if !is {
		return err
	}
	return BadFields{"files": unacceptable(r.Lang, u.Name, no)}
}

// DropDraftFile takes file number index out of the draft, and off the disk.
func (o *Office) DropDraftFile(ctx context.Context, id string, index int) (Draft, error) {
	var gone []matter.File
	d, err := o.changeDraft(ctx, id, func(c *draftContent) error {
		if index < 0 || index >= len(c.Files) {
			return ErrNotFound
		}
		gone = c.Files[index].Files
		c.Files = append(c.Files[:index:index], c.Files[index+1:]...)
		return nil
	})
	if err != nil {
		return d, err
	}
	for _, f := range gone {
		if err := o.blobs.Remove(f.Blob); err != nil {
			return d, err
		}
	}
	return d, nil
}

// changeDraft changes a draft while it is locked. A filed draft changes no more.
func (o *Office) changeDraft(ctx context.Context, id string, change func(*draftContent) error) (Draft, error) {
	var d Draft
	err := o.db.Write(ctx, func(tx *store.Tx) (err error) {
		d, err = o.redraft(ctx, tx, id, change)
		return err
	})
	return d, notFound(err)
}

// redraft changes a draft within a transaction.
func (o *Office) redraft(ctx context.Context, tx *store.Tx, id string, change func(*draftContent) error) (Draft, error) {
	s, err := tx.Draft(ctx, draftKey(id), o.now())
	if err != nil {
		return Draft{}, err
	}
	c, err := o.openDraft(id, s)
	if err != nil {
		return Draft{}, err
	}
	if c.Filed == nil {
		if err := change(&c); err != nil {
			return Draft{}, err
		}
		if slices.Equal(c.Fields["identity"], []string{"anonymous"}) {
			c.Contacts = nil // she changed her mind: nothing says that she had begun otherwise
		}
	}
	return draftView(id, c, s.Expires), o.putDraft(ctx, tx, id, c, s.Expires)
}

func (o *Office) putDraft(ctx context.Context, tx *store.Tx, id string, c draftContent, expires time.Time) error {
	plain, err := json.Marshal(c)
	if err != nil {
		return fmt.Errorf("office: draft: %w", err)
	}
	s, err := o.vault.Seal(plain, draftKey(id))
	if err != nil {
		return err
	}
	sealed, err := json.Marshal(s)
	if err != nil {
		return fmt.Errorf("office: draft: %w", err)
	}
	if err := tx.PutDraft(ctx, store.Draft{ID: draftKey(id), Sealed: sealed, Expires: expires}); err != nil {
		return err
	}
	// The rows of files tell the sweep which blobs go when the draft goes. Once it is filed they
	// belong to the record.
	rows, err := tx.DraftFiles(ctx, draftKey(id))
	if err != nil {
		return err
	}
	return o.syncDraftFiles(ctx, tx, id, c, rows)
}

func (o *Office) syncDraftFiles(ctx context.Context, tx *store.Tx, id string, c draftContent, rows []store.DraftFile) error {
	want := map[string]bool{}
	for _, f := range c.Files {
		for _, b := range f.Files {
			want[b.Blob] = c.Filed == nil
		}
	}
	for _, r := range rows {
		if !want[r.Blob] {
			if err := tx.DropDraftFile(ctx, r.Draft, r.Key); err != nil {
				return err
			}
		}
		delete(want, r.Blob)
	}
	for _, blob := range sortedKeys(want) {
		if !want[blob] {
			continue
		}
		if err := tx.PutDraftFile(ctx, store.DraftFile{Draft: draftKey(id), Key: blob, Sealed: []byte{}, Blob: blob}); err != nil {
			return err
		}
	}
	return nil
}

func (o *Office) openDraft(id string, d store.Draft) (draftContent, error) {
	var s vault.Sealed
	var c draftContent
	if err := json.Unmarshal(d.Sealed, &s); err != nil {
		return c, fmt.Errorf("office: draft: %w", err)
	}
	plain, err := o.vault.Open(s, draftKey(id))
	if err != nil {
		return c, fmt.Errorf("office: draft: %w", err)
	}
	return c, json.Unmarshal(plain, &c)
}

// draftKey is what is stored of a draft's address.
func draftKey(id string) []byte {
	h := sha256.Sum256([]byte("yifa draft 1\n" + id))
	return h[:]
}

func draftView(id string, c draftContent, expires time.Time) Draft {
	d := Draft{ID: id, Fields: c.Fields, Expires: expires, Filed: c.Filed, Contacts: c.contacts()}
	for i, f := range c.Files {
		v := fileView(0, matter.Filer, i, f.Files[len(f.Files)-1])
		v.Size = f.Files[0].Size
		d.Files = append(d.Files, v)
	}
	return d
}

// fileView is a file as a reader sees it.
func fileView(seq int, class matter.Class, index int, f matter.File) FileView {
	return FileView{Seq: seq, Class: class, Index: index, Name: f.Name, Media: f.Media, Size: f.Size, Clean: f.Clean, Why: f.Why, Found: f.Found, Of: f.Of}
}
