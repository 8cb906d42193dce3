package office

import (
	"archive/zip"
	"context"
	"crypto/sha256"
	"encoding/csv"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"path"
	"strings"
	"time"

	"github.com/emmansun/gmsm/sm3"

	"yifa/internal/calendar"
	"yifa/internal/document"
	"yifa/internal/i18n"
	"yifa/internal/matter"
	"yifa/internal/store"
)

// The two volumes of a matter: what those concerned may see (正卷), and what stays inside (副卷).
const (
	VolumeMain   = "main"
	VolumeInside = "inside"
)

// Volumes are the volumes a matter has.
var Volumes = []string{VolumeMain, VolumeInside}

// VolumePiece is one thing in a volume: a paper that was issued, or a file that was handed in.
type VolumePiece struct {
	Title  string
	Number string // of a paper
	By     string
	On     calendar.Moment
	Filed  *FiledView // a paper's bytes; nil: not made yet
	File   *FileView  // not nil: a file
	Seq    int
	In     matter.ID     // the part of the matter it lies in; zero: in the matter itself
	Taken  calendar.Date // of a paper that was there before: the day it was taken in; On is the day it bears, if it bears one
	Place  string        // in the order of the volume, in the reader's language

	size        int64
	sha256, sm3 string
	lies        lies
}

// VolumeView is what a volume holds.
type VolumeView struct {
	Brief  Brief
	Part   string
	Pieces []VolumePiece
	Needs  []NeedView // what the procedure requires of the file

	record []EntryView
	notes  []Message
	issuer string
	ended  calendar.Date // of the last stage a closed matter came to
}

// Volume lists a volume of a matter for an official who reads it as those who handle it do.
func (o *Office) Volume(ctx context.Context, r Reader, id matter.ID, part string) (VolumeView, error) {
	var v VolumeView
	err := o.db.Read(ctx, func(q *store.Query) error {
		d, err := o.open(ctx, q, r, id)
		if err != nil {
			return err
		}
		if d.outside || !r.Official() || part != VolumeMain && part != VolumeInside {
			return ErrNotFound
		}
		v = d.volume(part)
		if v.Needs, err = d.needs(); err != nil {
			return err
		}
		all, err := d.allPieces(ctx, q)
		if err == nil {
			v.Pieces, err = d.arranged(all, part)
		}
		return err
	})
	return v, notFound(err)
}

// volume is a volume without its pieces.
func (d *dossier) volume(part string) VolumeView {
	v := VolumeView{Brief: d.o.brief(d.w, d.st, d.row, d.names), Part: part, issuer: d.o.organName(i18n.ZhHans, d.st.Holder), notes: d.notes()}
	for _, s := range d.entries {
		if s.Entry.Delta.Stage != "" {
			v.ended = s.Entry.Happened.Day
		}
	}
	if part == VolumeMain {
		v.record = d.record()
	}
	return v
}

// volumeOf is the volume for what a class may read: what only staff may, stays inside. Sealed parts are in none.
func volumeOf(c matter.Class) string {
	switch c {
	case matter.Sealed:
		return ""
	case matter.Staff:
		return VolumeInside
	}
	return VolumeMain
}

// What one file may take to be printed, and all together: more lies in the electronic volume alone.
const (
	printedFile   = 32 << 20
	printedVolume = 256 << 20
)

// BindVolume puts a volume into one PDF. Papers that were not made yet are made now. It fails with
// *document.MissingGlyph where a character of a name is in no font.
func (o *Office) BindVolume(ctx context.Context, r Reader, id matter.ID, part string) (name string, pdf []byte, err error) {
	r.Lang = i18n.ZhHans // as the archive is, whatever language the reader has
	v, err := o.Volume(ctx, r, id, part)
	if err != nil {
		return "", nil, err
	}
	bound := document.Volume{Cover: v.cover(), Last: v.last(o.Today())}
	left := int64(printedVolume)
	for _, p := range v.Pieces {
		piece := document.Piece{Number: p.Number, By: p.By, Title: p.Title, On: p.On.Day.String()}
		if piece.PDF, err = o.pages(ctx, r, id, p, &left); err != nil {
			return "", nil, err
		}
		if piece.PDF == nil {
			piece.Remark = "电子原件"
			if piece.PDF, err = o.fonts.PDF(document.Leaf(v.issuer, piece, p.known())); err != nil {
				return "", nil, err
			}
		}
		bound.Pieces = append(bound.Pieces, piece)
	}
	for _, list := range v.lists() {
		made, err := o.fonts.PDF(list)
		if err != nil {
			return "", nil, err
		}
		bound.Pieces = append(bound.Pieces, document.Piece{By: v.issuer, Title: list.Title, On: o.Today().String(), PDF: made})
	}
	pdf, err = o.fonts.Bind(bound)
	return v.Name() + ".pdf", pdf, err
}

// pages are the pages of one piece; nil where it cannot be printed.
func (o *Office) pages(ctx context.Context, r Reader, id matter.ID, p VolumePiece, left *int64) ([]byte, error) {
	if p.File != nil && (p.size > printedFile || p.size > *left) {
		return nil, nil
	}
	_, body, err := o.openPiece(ctx, r, id, p)
	if err != nil {
		return nil, err
	}
	raw, err := io.ReadAll(io.LimitReader(body, printedFile))
	if err := body.Close(); err != nil {
		return nil, err
	}
	if err != nil {
		return nil, fmt.Errorf("office: volume of %s: %w", id, err)
	}
	if *left -= int64(len(raw)); p.File == nil {
		return raw, nil
	}
	switch {
	case strings.HasPrefix(p.File.Media, "image/"):
		if page, ok := document.Picture(raw); ok {
			return page, nil
		}
	case p.File.PDF():
		if page, ok := document.Printable(raw); ok {
			return page, nil
		}
	}
	return nil, nil
}

// openPiece opens the bytes of a piece.
func (o *Office) openPiece(ctx context.Context, r Reader, id matter.ID, p VolumePiece) (FileView, io.ReadSeekCloser, error) {
	if p.File != nil {
		return o.OpenFile(ctx, r, p.of(id), FileRef{Seq: p.Seq, Class: p.File.Class, Index: p.File.Index})
	}
	return o.OpenDocument(ctx, r, p.of(id), p.Seq)
}

// VolumeFiles writes the originals of a volume as a ZIP, with a list of their fingerprints and the proofs of papers: sealed
// papers byte for byte, files as they are kept.
func (o *Office) VolumeFiles(ctx context.Context, r Reader, id matter.ID, part string, w io.Writer) error {
	r.Lang = i18n.ZhHans
	v, err := o.Volume(ctx, r, id, part)
	if err != nil {
		return err
	}
	z := zip.NewWriter(w)
	list := [][]string{{"序号", "文件", "题名", "文号", "责任者", "日期", "字节", "SHA-256", "SM3", "证明文件"}}
	for i, p := range v.Pieces {
		file, body, err := o.openPiece(ctx, r, id, p)
		if err != nil {
			return err
		}
		name := fmt.Sprintf("%03d %s", i+1, shortName(path.Base(strings.ReplaceAll(file.Name, "/", "_"))))
		sums, err := original(z, &zip.FileHeader{Name: name, Method: zip.Store, Modified: p.On.Day.Midnight().Add(noon)}, body)
		if err == nil && p.sha256 != "" && sums[0] != p.sha256 {
			err = fmt.Errorf("%s is not what was filed", name)
		}
		if err != nil {
			return fmt.Errorf("office: volume of %s: %w", id, err)
		}
		proof, err := o.proofIn(ctx, z, taken{r, id, i + 1}, p)
		if err != nil {
			return err
		}
		list = append(list, []string{fmt.Sprint(i + 1), name, p.Title, p.Number, p.By, p.On.Day.String(), fmt.Sprint(file.Size), sums[0], sums[1], proof})
	}
	to, err := z.CreateHeader(&zip.FileHeader{Name: "目录.csv", Method: zip.Store, Modified: o.Today().Midnight().Add(noon)})
	if err != nil {
		return err
	}
	if _, err := io.WriteString(to, "\ufeff"); err != nil { // so that a spreadsheet takes it for UTF-8
		return err
	}
	if err := csv.NewWriter(to).WriteAll(list); err != nil {
		return err
	}
	return z.Close()
}

// noon is far enough from midnight for a ZIP, which knows no time zone, to show the day.
const noon = 12 * time.Hour

// proofIn puts beside a paper what proves it to a stranger (`yifa verify --receipt`), and names it. Files that were handed
// in are proved by the receipt of who handed them in.
func (o *Office) proofIn(ctx context.Context, z *zip.Writer, of taken, p VolumePiece) (string, error) {
	if p.File != nil {
		return "", nil
	}
	proof, err := o.PaperProof(ctx, of.r, p.of(of.id), p.Seq)
	if err != nil {
		return "", err
	}
	name := fmt.Sprintf("%03d 证明.json", of.n)
	to, err := z.CreateHeader(&zip.FileHeader{Name: name, Method: zip.Deflate, Modified: p.On.Day.Midnight().Add(noon)})
	if err == nil {
		_, err = to.Write(proof)
	}
	return name, err
}

// original copies one piece into a ZIP and closes it; it gives its SHA-256 and SM3 in hex.
func original(z *zip.Writer, h *zip.FileHeader, body io.ReadCloser) (sums [2]string, err error) {
	defer func() { err = errors.Join(err, body.Close()) }()
	to, err := z.CreateHeader(h)
	if err != nil {
		return sums, err
	}
	hash, national := sha256.New(), sm3.New()
	if _, err := io.Copy(io.MultiWriter(to, hash, national), body); err != nil {
		return sums, err
	}
	return [2]string{hex.EncodeToString(hash.Sum(nil)), hex.EncodeToString(national.Sum(nil))}, nil
}

// taken is who takes out which matter's volume, and the number of a piece in it.
type taken struct {
	r  Reader
	id matter.ID
	n  int
}
