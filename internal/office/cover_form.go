package office

import (
	"context"
	"io"
	"maps"
	"regexp"
	"slices"
	"strings"

	"yifa/internal/matter"
	"yifa/internal/procedure"
	"yifa/internal/raster"
	"yifa/internal/store"
)

// CoverView is what the form of an act needs that paints places of a file over.
type CoverView struct {
	File  FileView
	Pages PagesView // of a PDF
	Marks []procedure.Mark
	Found []string   // what stands in the file and looks personal
	Files []FileView // that can be painted over, where none is chosen yet
}

// looksPersonal are numbers by which somebody can be known: mobile telephone, identity number, electronic mail, plate.
var looksPersonal = []*regexp.Regexp{
	regexp.MustCompile(`\b1[3-9]\d[- ]?\d{4}[- ]?\d{4}\b`),
	regexp.MustCompile(`\b[1-9]\d{5}(?:19|20)\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{3}[\dXx]\b`),
	regexp.MustCompile(`[\w.+-]+@[\w-]+(?:\.[\w-]+)+`),
	regexp.MustCompile(`[京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼][A-HJ-NP-Z][·• ]?[A-HJ-NP-Z0-9]{5,6}`),
}

const mostFound = 30

// CoverForm is what an answer of type cover is given on: of the file that `answer` names, with what is marked already. Where
// the answer marks nothing, the marks of the copy that counts are the beginning. ErrNotFound as OpenFile.
func (o *Office) CoverForm(ctx context.Context, r Reader, id matter.ID, act, answer string) (CoverView, error) {
	var v CoverView
	var f matter.File
	err := o.db.Read(ctx, func(q *store.Query) error {
		d, err := o.open(ctx, q, r, id)
		if err != nil {
			return err
		}
		field := d.coverField(act)
		if field == nil {
			return ErrNotFound
		}
		c, key, _ := field.ParseCover(answer)
		v.Marks = c.Marks
		if key == "cover_file" || c.Seq == 0 {
			v.Files = d.coverable()
			return nil
		}
		v.File, f = d.file(FileRef{c.Seq, c.Class, c.Index})
		if f.Blob == "" {
			return ErrNotFound
		}
		if key != "" && len(v.Marks) == 0 {
			v.Marks = d.markedBefore(field, FileRef{c.Seq, c.Class, c.Index})
		}
		return nil
	})
	if err != nil || f.Blob == "" || !v.File.PDF() {
		return v, notFound(err)
	}
	if v.Pages, err = o.pagesOf(ctx, f); err != nil || v.Pages.Why != "" {
		return v, err
	}
	v.Found, err = o.looksPersonal(ctx, f)
	return v, err
}

// coverField is the field of an act that asks what is painted over, or nil.
func (d *dossier) coverField(act string) *procedure.Field {
	for _, a := range d.w.p.Acts(act) {
		if f := d.w.p.Form(a).Covers(); f != nil {
			return f
		}
	}
	return nil
}

// file is a file the reader may open; the zero value where he may not.
func (d *dossier) file(ref FileRef) (FileView, matter.File) {
	for _, v := range d.files(ref.Seq) {
		if v.Openable && v.Class == ref.Class && v.Index == ref.Index {
			for _, p := range d.parts[ref.Seq] {
				if p.Class == ref.Class {
					return v, p.Files[ref.Index]
				}
			}
		}
	}
	return FileView{}, matter.File{}
}

// coverable are the files that can be painted over.
func (d *dossier) coverable() []FileView {
	return slices.DeleteFunc(d.allFiles(), func(f FileView) bool { return !f.Coverable() })
}

// Coverable says whether places of a file can be painted over.
func (v FileView) Coverable() bool {
	return v.Openable && v.Of == "" && (v.PDF() || strings.HasPrefix(v.Media, "image/"))
}

// markedBefore are the places of the newest copy of a file, each found text by itself.
func (d *dossier) markedBefore(field *procedure.Field, ref FileRef) []procedure.Mark {
	newest, known := d.copies()[ref.String()]
	if !known {
		return nil
	}
	c, _, _ := field.ParseCover(d.textOf(newest.Seq, field.Name))
	return slices.DeleteFunc(c.Marks, func(m procedure.Mark) bool { return m.Text != "" })
}

// looksPersonal lists what stands in a PDF and looks like what somebody can be known by, each once.
func (o *Office) looksPersonal(ctx context.Context, f matter.File) ([]string, error) {
	var letters map[int][]raster.Letter
	err := o.reading(f, func(pdf io.Reader) (err error) { letters, err = o.raster.Read(ctx, pdf); return err })
	if whyNotShown(err) != "" {
		return nil, nil
	}
	var out []string
	for _, n := range slices.Sorted(maps.Keys(letters)) {
		var text strings.Builder
		for _, l := range letters[n] {
			text.WriteRune(l.R)
		}
		for _, form := range looksPersonal {
			for _, hit := range form.FindAllString(text.String(), mostFound) {
				if !slices.Contains(out, hit) && len(out) < mostFound {
					out = append(out, hit)
				}
			}
		}
	}
	return out, err
}
