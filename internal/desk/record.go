package desk

import (
	"errors"
	"strconv"

	"yifa/internal/calendar"
	"yifa/internal/document"
	"yifa/internal/door"
	"yifa/internal/matter"
	"yifa/internal/office"
	"yifa/internal/web"
)

// recordView is the whole record of a matter.
type recordView struct {
	Brief   office.Brief
	Path    string
	Entries []entryRow
}

// entryRow is one entry with its two times and its place in the chain.
type entryRow struct {
	office.EntryView
	Recorded calendar.Moment
	Sees     []web.SeenBy
	Cites    []web.Cite
	Hash     string
	Prev     string
}

// record serves GET /desk/matters/{id}/record.
func (d *Desk) record(v visit) error {
	id, err := matter.ParseID(v.PathValue("id"))
	if err != nil {
		return web.NotFound
	}
	brief, entries, err := d.Office.Record(v.Context(), v.reader, id)
	if err != nil {
		return missing(err)
	}
	out := recordView{Brief: brief, Path: matterPath(id)}
	for _, e := range entries {
		row := entryRow{EntryView: e, Recorded: calendar.MomentAt(e.Recorded), Hash: door.Fours(e.Hash), Prev: door.Fours(e.Prev), Cites: door.Cites(e.Cites)}
		for _, c := range e.Classes {
			row.Sees = append(row.Sees, web.SeenBy(c))
		}
		out.Entries = append(out.Entries, row)
	}
	return v.show(page{title: v.t("desk.record"), nav: "/desk/matters", content: recordPage(out)})
}

// document serves GET /desk/matters/{id}/documents/{seq}: a paper to be read and printed.
func (d *Desk) document(v visit) error {
	id, seq, err := v.entry()
	if err != nil {
		return err
	}
	doc, err := d.Office.Document(v.Context(), v.reader, id, seq)
	if err != nil {
		return missing(err)
	}
	return v.show(page{title: doc.Label, nav: "/desk/matters", content: documentPage(id, door.Paper(doc, documentPath(id, seq)))})
}

// documentPDF serves GET /desk/matters/{id}/documents/{seq}/pdf: the paper's bytes as they were filed. Where a character
// is missing in every font there are none, and the paper's page says so.
func (d *Desk) documentPDF(v visit) error {
	id, seq, err := v.entry()
	if err != nil {
		return err
	}
	file, body, err := d.Office.OpenDocument(v.Context(), v.reader, id, seq)
	var glyph *document.MissingGlyph
	if errors.As(err, &glyph) {
		return v.redirect(documentPath(id, seq))
	}
	if err != nil {
		return missing(err)
	}
	return door.SendFile(v.w, file, body)
}

// servedPaper serves GET /desk/matters/{id}/paper: the paper that the matter serves, for whom it was meant and who serves it.
func (d *Desk) servedPaper(v visit) error {
	id, err := matter.ParseID(v.PathValue("id"))
	if err != nil {
		return web.NotFound
	}
	file, body, err := d.Office.OpenServed(v.Context(), v.reader, id)
	if err != nil {
		return missing(err)
	}
	return door.SendFile(v.w, file, body)
}

// documentProof serves GET /desk/matters/{id}/documents/{seq}/proof: the file that proves the paper to a stranger.
func (d *Desk) documentProof(v visit) error {
	id, seq, err := v.entry()
	if err != nil {
		return err
	}
	file, err := d.Office.PaperProof(v.Context(), v.reader, id, seq)
	var glyph *document.MissingGlyph
	if errors.As(err, &glyph) {
		return v.redirect(documentPath(id, seq))
	}
	if err != nil {
		return missing(err)
	}
	return door.SendProof(v.w, file)
}

func documentPath(id matter.ID, seq int) string { return matterPath(id) + "/documents/" + itoa(seq) }

// entry reads the matter and the entry an address names.
func (v visit) entry() (matter.ID, int, error) {
	id, err := matter.ParseID(v.PathValue("id"))
	seq, err2 := strconv.Atoi(v.PathValue("seq"))
	if err != nil || err2 != nil {
		return 0, 0, web.NotFound
	}
	return id, seq, nil
}

// file serves GET /desk/matters/{id}/files/{seq}/{class}/{n}: always as something to save, never as a page of ours.
func (d *Desk) file(v visit) error {
	id, ref, err := v.file()
	if err != nil {
		return err
	}
	file, body, err := d.Office.OpenFile(v.Context(), v.reader, id, ref)
	if err != nil {
		return missing(err)
	}
	return door.SendFile(v.w, file, body)
}

// identity serves POST /desk/matters/{id}/identity: who filed a matter, once two people have opened it. Every reading

// missing makes what the reader may not know of a page that was not found.
func missing(err error) error {
	if errors.Is(err, office.ErrNotFound) {
		return web.NotFound
	}
	return err
}
