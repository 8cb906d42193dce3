package office

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"sync"

	"yifa/internal/evidence"
	"yifa/internal/store"
)

const (
	pieceBytes = 8 << 20 // what a broken connection or a fallen server can lose at most
	piecesMost = 4096    // of one file: a sender of tiny pieces is stopped
)

// AddToUpload takes what body yields from offset on, and keeps it piece by piece: however body ends, what came before
// stays. Once everything is there the file is taken whole, and put into its draft. Errors: ErrNotFound, ErrOffset, ErrFull,
// BadFields where the file is not accepted; it is given up then.
func (o *Office) AddToUpload(ctx context.Context, by Sender, id string, offset int64, body io.Reader) (UploadView, error) {
	c, row, err := o.upload(ctx, by, id)
	if err != nil {
		return UploadView{}, err
	}
	if offset != row.Arrived {
		return uploadView(id, c, row), ErrOffset
	}
	ctx = context.WithoutCancel(ctx) // what came is kept though its sender is gone
	in := bufio.NewReaderSize(body, 64<<10)
	if offset == 0 {
		if err := o.firstLook(by, c, in); err != nil {
			return UploadView{}, errors.Join(err, o.DropUpload(ctx, by, id))
		}
	}
	for row.Arrived < row.Length {
		n, err := o.addPiece(ctx, id, &row, in)
		if err != nil {
			return uploadView(id, c, row), full(err)
		}
		if n == 0 {
			return uploadView(id, c, row), nil // the sender stopped; he may go on
		}
	}
	return o.joined(ctx, by, id)
}

// firstLook refuses a kind that is not accepted before the whole of it has come.
func (o *Office) firstLook(by Sender, c upload, in *bufio.Reader) error {
	head, err := in.Peek(int(min(evidence.Sniffed, c.Size)))
	if err != nil {
		return nil // too little came to tell: the whole is looked at in the end
	}
	look := o.evidence.CheckHead
	if by.Import != 0 {
		look = o.evidence.CheckPaperHead
	}
	var no *evidence.Unacceptable
	if errors.As(look(head), &no) {
		return BadFields{c.Field: unacceptable(by.Reader.Lang, c.Name, no)}
	}
	return nil
}

// tolerant ends where the sender broke off, as if that were the end.
type tolerant struct{ r io.Reader }

func (t tolerant) Read(p []byte) (int, error) {
	n, err := t.r.Read(p)
	if err != nil {
		err = io.EOF
	}
	return n, err
}

// addPiece stores the next piece and notes it. n is 0 where nothing more came.
func (o *Office) addPiece(ctx context.Context, id string, row *store.Upload, in io.Reader) (n int64, err error) {
	most := min(pieceBytes, row.Length-row.Arrived)
	blob, err := o.blobs.Put(ctx, io.LimitReader(tolerant{in}, most), most)
	if err != nil {
		return 0, err
	}
	if blob.Size == 0 {
		return 0, o.blobs.Remove(blob.Address)
	}
	now := piece{Blob: blob.Address, Key: blob.Key, Size: blob.Size}
	at := row.Arrived
	err = o.beside(ctx, func(tx *store.Tx) error {
		s, err := tx.Upload(o.ctx, row.ID, o.now())
		if err != nil {
			return err
		}
		c, _, err := o.openUpload(s)
		switch {
		case err != nil:
			return err
		case s.Arrived == at+now.Size && c.Pieces[len(c.Pieces)-1].Blob == now.Blob: // noted already
			*row = s
			return nil
		case s.Arrived != at || len(c.Pieces) == piecesMost:
			return ErrOffset
		}
		c.Pieces, s.Arrived = append(c.Pieces, now), at+now.Size
		if s.Sealed, err = o.sealUpload(id, c); err != nil {
			return err
		}
		*row = s
		return errors.Join(tx.PutUpload(o.ctx, s), tx.PutUploadBlob(o.ctx, s.ID, now.Blob))
	})
	if err != nil {
		return 0, errors.Join(notFound(err), o.blobs.Remove(now.Blob))
	}
	return blob.Size, nil
}

// content reads the pieces one after another.
type content struct {
	o      *Office
	pieces []piece
	at     io.ReadCloser
}

func (c *content) Read(p []byte) (int, error) {
	for {
		if c.at == nil {
			if len(c.pieces) == 0 {
				return 0, io.EOF
			}
			r, err := c.o.blobs.Open(c.pieces[0].Blob, c.pieces[0].Key)
			if err != nil {
				return 0, err
			}
			c.at, c.pieces = r, c.pieces[1:]
		}
		n, err := c.at.Read(p)
		if !errors.Is(err, io.EOF) {
			return n, err
		}
		err = c.at.Close()
		c.at = nil
		if n > 0 || err != nil {
			return n, err
		}
	}
}

func (c *content) Close() error {
	if c.at == nil {
		return nil
	}
	return c.at.Close()
}

// joined takes a file that has arrived: it becomes one blob with its hashes, gets its clean copy, and the pieces go. Of two
// that try at once, and of one that is tried again after the server fell, one comes through.
func (o *Office) joined(ctx context.Context, by Sender, id string) (UploadView, error) {
	lock, _ := o.joining.LoadOrStore(id, new(sync.Mutex))
	defer o.joining.Delete(id)
	lock.(*sync.Mutex).Lock()
	defer lock.(*sync.Mutex).Unlock()
	c, row, err := o.upload(ctx, by, id)
	if errors.Is(err, ErrNotFound) && by.Draft != "" {
		return UploadView{ID: id, Whole: true}, nil // it stands in the draft
	}
	if err != nil || len(c.Files) > 0 || row.Arrived < row.Length {
		return uploadView(id, c, row), err
	}
	whole := &content{o: o, pieces: c.Pieces}
	take := o.evidence.TakeLarge
	if by.Import != 0 {
		take = o.evidence.TakePaper
	}
	f, err := take(ctx, c.Name, whole)
	err = errors.Join(err, whole.Close())
	var no *evidence.Unacceptable
	if errors.As(err, &no) {
		return UploadView{}, errors.Join(BadFields{c.Field: unacceptable(by.Reader.Lang, c.Name, no)}, o.DropUpload(ctx, by, id))
	}
	if errors.Is(err, evidence.ErrScanner) {
		slog.Error("evidence", "fault", err)
		return UploadView{}, ErrUnscanned // all of it is here, and waits
	}
	if err != nil {
		return UploadView{}, fmt.Errorf("office: join upload: %w", full(err))
	}
	c.Files = filesOf(f)
	if by.Import != 0 {
		c.Paper = o.readPaper(ctx, c)
	}
	old, err := o.keepJoined(ctx, by, id, c)
	if err != nil {
		for _, f := range c.Files {
			err = errors.Join(err, o.blobs.Remove(f.Blob))
		}
		return UploadView{}, err
	}
	return uploadView(id, c, row), o.discard(true, old...)
}

// keepJoined notes the whole file in the place of its pieces, and gives the pieces to be removed.
func (o *Office) keepJoined(ctx context.Context, by Sender, id string, c upload) (old []string, err error) {
	c.Pieces = nil
	err = o.db.Write(ctx, func(tx *store.Tx) error {
		row, err := tx.Upload(ctx, uploadKey(id), o.now())
		if err != nil {
			return notFound(err)
		}
		if before, _, err := o.openUpload(row); err != nil || len(before.Files) > 0 {
			return errors.Join(err, ErrOffset) // another server joined it
		}
		if old, err = tx.UploadBlobs(ctx, row.ID); err != nil {
			return err
		}
		if by.Draft != "" {
			kept := false
			_, err := o.redraft(ctx, tx, by.Draft, func(d *draftContent) error {
				d.Files, kept = append(d.Files, draftFile{Key: c.Files[0].Blob, Files: c.Files}), true
				return nil
			})
			if err == nil && !kept { // filed meanwhile
				err = ErrNotFound
			}
			return errors.Join(notFound(err), tx.DropUpload(ctx, row.ID))
		}
		if row.Sealed, err = o.sealUpload(id, c); err != nil {
			return err
		}
		if err := errors.Join(tx.PutUpload(ctx, row), tx.ClearUploadBlobs(ctx, row.ID)); err != nil {
			return err
		}
		for _, f := range c.Files {
			if err := tx.PutUploadBlob(ctx, row.ID, f.Blob); err != nil {
				return err
			}
		}
		return nil
	})
	return old, err
}
