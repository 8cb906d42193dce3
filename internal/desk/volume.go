package desk

import (
	"bytes"
	"errors"
	"io"
	"net/url"

	"yifa/internal/calendar"
	"yifa/internal/document"
	"yifa/internal/door"
	"yifa/internal/matter"
	"yifa/internal/office"
	"yifa/internal/web"
)

// volumeView is a volume of a matter as it goes to the archive.
type volumeView struct {
	Brief   office.Brief
	Path    string // of the matter
	Here    string // of this volume
	Parts   []volumePart
	Places  []volumePlace
	Needs   []volumeNeed
	Missing string // the character no font has
}

type volumePart struct {
	Text, Path string
	Here       bool
}

// volumePlace is what a volume holds of one kind.
type volumePlace struct {
	Name   string
	Pieces []volumePiece
}

// volumePiece is one thing in it, and where it is opened.
type volumePiece struct {
	Title, Number, By, Path string
	On                      calendar.Moment
	Size                    int64 // 0: not made yet
}

// volumeNeed is one thing required of the file, how it stands, and where it is mended.
type volumeNeed struct {
	Label, Note string
	Tag         web.Tag
	Cite        *web.Cite
	Paths       []web.Crumb
}

// need lays out one thing required of the file.
func (v visit) need(id matter.ID, n office.NeedView) volumeNeed {
	out := volumeNeed{Label: n.Label, Note: n.Why, Cite: door.FirstCite(n.Cite), Tag: web.Tag{Text: v.t("desk.need." + n.State), Kind: needKinds[n.State]}}
	if n.Act != "" {
		out.Paths = append(out.Paths, web.Crumb{Path: matterPath(id) + "/acts/" + n.Act, Text: v.t("desk.need_mend")})
	}
	for _, p := range n.Parts {
		out.Paths = append(out.Paths, web.Crumb{Path: matterPath(p.Brief.ID), Text: p.Brief.Title})
	}
	return out
}

var needKinds = map[string]string{"there": "green", "missing": "red", "not_needed": "grey", "not_yet": "grey"}

func volumePath(id matter.ID, part string) string { return matterPath(id) + "/volume/" + part }

// volume serves GET /desk/matters/{id}/volume and /desk/matters/{id}/volume/{part}.
func (d *Desk) volume(v visit) error {
	id, err := matter.ParseID(v.PathValue("id"))
	if err != nil {
		return web.NotFound
	}
	part := v.PathValue("part")
	if part == "" {
		part = office.VolumeMain
	}
	return d.showVolume(v, id, part, "")
}

func (d *Desk) showVolume(v visit, id matter.ID, part, missingGlyph string) error {
	made, err := d.Office.Volume(v.Context(), v.reader, id, part)
	if err != nil {
		return missing(err)
	}
	out := volumeView{Brief: made.Brief, Path: matterPath(id), Here: volumePath(id, part), Missing: missingGlyph}
	for _, other := range office.Volumes {
		out.Parts = append(out.Parts, volumePart{Text: v.t("office.volume." + other), Path: volumePath(id, other), Here: other == part})
	}
	for _, p := range made.Pieces {
		in := id
		if p.In != 0 {
			in = p.In
		}
		row := volumePiece{Title: p.Title, Number: p.Number, By: p.By, On: p.On, Path: documentPath(in, p.Seq)}
		switch {
		case p.File != nil:
			row.Path, row.Size = matterPath(in)+"/files/"+itoa(p.Seq)+"/"+url.PathEscape(string(p.File.Class))+"/"+itoa(p.File.Index), p.File.Size
		case p.Filed != nil:
			row.Size = p.Filed.Size
		}
		if n := len(out.Places); n == 0 || out.Places[n-1].Name != p.Place {
			out.Places = append(out.Places, volumePlace{Name: p.Place})
		}
		at := &out.Places[len(out.Places)-1]
		at.Pieces = append(at.Pieces, row)
	}
	for _, n := range made.Needs {
		out.Needs = append(out.Needs, v.need(id, n))
	}
	return v.show(page{title: v.t("desk.volume"), nav: "/desk/matters", content: volumePage(out)})
}

// volumeFile serves GET /desk/matters/{id}/volume/{part}/file: the volume as one PDF.
func (d *Desk) volumeFile(v visit) error {
	id, err := matter.ParseID(v.PathValue("id"))
	if err != nil {
		return web.NotFound
	}
	name, pdf, err := d.Office.BindVolume(v.Context(), v.reader, id, v.PathValue("part"))
	var glyph *document.MissingGlyph
	if errors.As(err, &glyph) {
		return d.showVolume(v, id, v.PathValue("part"), glyph.Text+" "+glyph.Code())
	}
	if err != nil {
		return missing(err)
	}
	return door.SendFile(v.w, office.FileView{Name: name, Media: "application/pdf", Size: int64(len(pdf))}, io.NopCloser(bytes.NewReader(pdf)))
}

// volumeOriginals serves GET /desk/matters/{id}/volume/{part}/originals: every piece as it is kept, with fingerprints.
func (d *Desk) volumeOriginals(v visit) error {
	id, err := matter.ParseID(v.PathValue("id"))
	if err != nil {
		return web.NotFound
	}
	part := v.PathValue("part")
	made, err := d.Office.Volume(v.Context(), v.reader, id, part)
	if err != nil {
		return missing(err)
	}
	door.Attach(v.w, made.Name()+".zip", "application/zip")
	return d.Office.VolumeFiles(v.Context(), v.reader, id, part, v.w)
}
