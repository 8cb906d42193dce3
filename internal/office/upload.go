package office

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"syscall"
	"time"

	"yifa/internal/evidence"
	"yifa/internal/matter"
	"yifa/internal/store"
	"yifa/internal/vault"
)

// Errors of files on their way in.
var (
	ErrOffset = errors.New("office: the upload goes on elsewhere") // 409: ask how far it came
	ErrFull   = errors.New("office: no room for the file")         // 507

	ErrUnscanned = errors.New("office: the file waits for the virus scanner") // 503: all of it is here
)

// What one sender may have on its way, and how long.
const (
	uploadKept   = 7 * 24 * time.Hour // of an official; a draft's files go with the draft
	uploadsOfOne = 30                 // of an official; a draft has as many as it may have files
	bytesOfDraft = 4 << 30
	bytesOfOne   = 20 << 30
	roomLeft     = 256 << 20 // the disk is never filled up further
	roomPerByte  = 3         // pieces, the whole and its clean copy stand side by side for a while
)

// UploadView is a file on its way in, as its sender sees it.
type UploadView struct {
	ID      string
	Name    string
	Field   string
	Print   string
	Size    int64
	Arrived int64
	Whole   bool // taken: it can be sent with its form, or stands in the draft already
	Clean   bool // of a whole one: has a copy without hidden data
	Expires time.Time
}

// upload is what is sealed of one.
type upload struct {
	NewUpload
	Page   string        `json:",omitempty"`
	Pieces []piece       `json:",omitempty"`
	Files  []matter.File `json:",omitempty"` // once whole: the original and its clean copy
	Spent  string        `json:",omitempty"` // key of the act that took it
	Paper  *sortedPaper  `json:",omitempty"` // of an import
}

// piece is a part of the content, stored as a blob of its own.
type piece struct {
	Blob string
	Key  []byte
	Size int64
}

// BeginUpload announces a file. Nothing of it is there yet. Errors: BadFields, ErrFull, ErrNotFound of a draft that is gone or filed.
func (o *Office) BeginUpload(ctx context.Context, by Sender, u NewUpload) (UploadView, error) {
	if by.Import != 0 {
		if err := o.mayImport(ctx, by.Reader, by.Import); err != nil {
			return UploadView{}, err
		}
	}
	if err := o.evidence.CheckLarge(u.Size); err != nil {
		var no *evidence.Unacceptable
		errors.As(err, &no)
		return UploadView{}, BadFields{u.Field: unacceptable(by.Reader.Lang, u.Name, no)}
	}
	expires, err := o.roomFor(ctx, by, u)
	if err != nil {
		return UploadView{}, err
	}
	var b [24]byte
	if _, err := rand.Read(b[:]); err != nil {
		return UploadView{}, fmt.Errorf("office: new upload: %w", err)
	}
	id := base64.RawURLEncoding.EncodeToString(b[:])
	c := upload{NewUpload: u, Page: by.Page}
	row := store.Upload{ID: uploadKey(id), Holder: by.key(), Length: u.Size, Expires: expires}
	if row.Sealed, err = o.sealUpload(id, c); err != nil {
		return UploadView{}, err
	}
	err = o.beside(ctx, func(tx *store.Tx) error { return tx.PutUpload(o.ctx, row) })
	return uploadView(id, c, row), err
}

// roomFor refuses a file its sender or the disk has no room for, and says until when it is kept.
func (o *Office) roomFor(ctx context.Context, by Sender, u NewUpload) (time.Time, error) {
	expires, have, most := o.now().Add(by.kept()), u.Size, int64(bytesOfOne)
	count := 0
	if by.Draft != "" {
		d, err := o.Draft(ctx, by.Draft)
		if err == nil && d.Filed != nil {
			err = ErrNotFound
		}
		if err != nil {
			return expires, err
		}
		expires, most, count = d.Expires, bytesOfDraft, len(d.Files)
		for _, f := range d.Files {
			have += f.Size
		}
	}
	var waiting int64
	var of []store.Upload
	err := o.db.Read(ctx, func(q *store.Query) (err error) {
		if of, err = q.UploadsOf(ctx, by.key(), o.now()); err != nil {
			return err
		}
		waiting, err = q.UploadsWaiting(ctx, o.now())
		return err
	})
	if err != nil {
		return expires, err
	}
	for _, other := range of {
		have += other.Length
	}
	tooMany := o.evidence.CheckCount(count + len(of) + 1)
	switch {
	case by.Reader.Filer != 0:
		most = bytesOfDraft
	case by.Import != 0:
		if tooMany = nil; len(of) >= importMost {
			tooMany = &evidence.Unacceptable{Why: evidence.TooMany, Limit: importMost}
		}
	case by.Draft == "" && len(of) < uploadsOfOne:
		tooMany = nil
	}
	var no *evidence.Unacceptable
	switch {
	case errors.As(tooMany, &no):
		return expires, BadFields{u.Field: unacceptable(by.Reader.Lang, u.Name, no)}
	case have > most:
		return expires, BadFields{u.Field: unacceptable(by.Reader.Lang, u.Name, &evidence.Unacceptable{Why: evidence.TooLarge, Limit: most})}
	}
	free, err := o.blobs.Free()
	if err == nil && free-roomLeft < roomPerByte*(waiting+u.Size) {
		err = ErrFull
	}
	return expires, err
}

// Upload tells how far a file came. ErrNotFound where there is none of this sender.
func (o *Office) Upload(ctx context.Context, by Sender, id string) (UploadView, error) {
	c, row, err := o.upload(ctx, by, id)
	return uploadView(id, c, row), err
}

// Uploads are the files a sender has on their way or waiting to be sent with the form of a page, oldest first as far as that is known.
func (o *Office) Uploads(ctx context.Context, by Sender) ([]UploadView, error) {
	var rows []store.Upload
	err := o.db.Read(ctx, func(q *store.Query) (err error) {
		rows, err = q.UploadsOf(ctx, by.key(), o.now())
		return err
	})
	var list []UploadView
	for _, row := range rows {
		c, id, e := o.openUpload(row)
		if e != nil {
			return nil, e
		}
		if c.Spent == "" && c.Page == by.Page {
			list = append(list, uploadView(id, c, row))
		}
	}
	return list, err
}

// DropUpload gives a file up and takes what came of it off the disk.
func (o *Office) DropUpload(ctx context.Context, by Sender, id string) error {
	if _, _, err := o.upload(ctx, by, id); err != nil {
		return err
	}
	var blobs []string
	err := o.db.Write(ctx, func(tx *store.Tx) (err error) {
		if blobs, err = tx.UploadBlobs(ctx, uploadKey(id)); err != nil {
			return err
		}
		return tx.DropUpload(ctx, uploadKey(id))
	})
	return errors.Join(err, o.discard(err == nil, blobs...))
}

// discard removes blobs nothing names any more.
func (o *Office) discard(sure bool, blobs ...string) error {
	var faults []error
	for _, b := range blobs {
		if sure {
			faults = append(faults, o.blobs.Remove(b))
		}
	}
	return errors.Join(faults...)
}

func (o *Office) upload(ctx context.Context, by Sender, id string) (upload, store.Upload, error) {
	var row store.Upload
	err := o.db.Read(ctx, func(q *store.Query) (err error) {
		row, err = q.Upload(ctx, uploadKey(id), o.now())
		return err
	})
	if err == nil && string(row.Holder) != string(by.key()) {
		err = ErrNotFound
	}
	if err != nil {
		return upload{}, row, notFound(err)
	}
	c, _, err := o.openUpload(row)
	return c, row, err
}

// sealUpload keeps the address with the content: the row has a hash of it alone.
func (o *Office) sealUpload(id string, c upload) ([]byte, error) {
	plain, err := json.Marshal(struct {
		ID string
		upload
	}{id, c})
	if err != nil {
		return nil, fmt.Errorf("office: upload: %w", err)
	}
	s, err := o.vault.Seal(plain, uploadKey(id))
	if err != nil {
		return nil, err
	}
	return json.Marshal(s)
}

func (o *Office) openUpload(row store.Upload) (upload, string, error) {
	var s vault.Sealed
	var c struct {
		ID string
		upload
	}
	if err := json.Unmarshal(row.Sealed, &s); err != nil {
		return c.upload, "", fmt.Errorf("office: upload: %w", err)
	}
	plain, err := o.vault.Open(s, row.ID)
	if err != nil {
		return c.upload, "", fmt.Errorf("office: upload: %w", err)
	}
	return c.upload, c.ID, json.Unmarshal(plain, &c)
}

// uploadKey is what is stored of an upload's address.
func uploadKey(id string) []byte {
	h := sha256.Sum256([]byte("yifa upload 1\n" + id))
	return h[:]
}

func uploadView(id string, c upload, row store.Upload) UploadView {
	v := UploadView{ID: id, Name: c.Name, Field: c.Field, Print: c.Print, Size: row.Length, Arrived: row.Arrived, Whole: len(c.Files) > 0, Expires: row.Expires}
	v.Clean = v.Whole && c.Files[len(c.Files)-1].Clean
	return v
}

// full tells a disk without room from another fault.
func full(err error) error {
	if errors.Is(err, syscall.ENOSPC) || errors.Is(err, syscall.EDQUOT) {
		return errors.Join(ErrFull, err)
	}
	return err
}
