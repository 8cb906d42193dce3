package portal

import (
	"errors"
	"net/http"
	"strconv"

	"yifa/internal/document"
	"yifa/internal/door"
	"yifa/internal/office"
	"yifa/internal/web"
)

// documentsOf lists the letters a filer was sent, newest first.
func documentsOf(list []office.DocumentView) []web.File {
	var files []web.File
	for _, d := range list {
		files = append(files, web.File{Icon: "draft", Name: d.Label, Path: letterPath(d.Seq),
			On: d.On, Meta: []string{d.Number, d.Gone}})
	}
	return files
}

// trackDocument serves GET /track/documents/{seq}: a letter to the filer, to be read and printed.
func (p *Portal) trackDocument(w http.ResponseWriter, r *http.Request) error {
	reader, seq, err := p.letter(w, r)
	if err != nil || seq == 0 {
		return err
	}
	v, err := p.Office.Document(r.Context(), reader, reader.Filer, seq)
	if errors.Is(err, office.ErrNotFound) {
		return web.NotFound
	}
	if err != nil {
		return err
	}
	v.Missing = "" // which character it is helps only those who can add a font
	web.Secret(w)
	return show(w, r, http.StatusOK, v.Label, trackDocumentPage(door.Paper(v, letterPath(seq))))
}

// trackPDF serves GET /track/documents/{seq}/pdf: the letter's bytes as they were filed.
func (p *Portal) trackPDF(w http.ResponseWriter, r *http.Request) error {
	reader, seq, err := p.letter(w, r)
	if err != nil || seq == 0 {
		return err
	}
	file, body, err := p.Office.OpenDocument(r.Context(), reader, reader.Filer, seq)
	var glyph *document.MissingGlyph
	switch {
	case errors.As(err, &glyph):
		return redirect(w, r, letterPath(seq)) // it can be read there; staff are told what is missing
	case errors.Is(err, office.ErrNotFound):
		return web.NotFound
	case err != nil:
		return err
	}
	return door.SendFile(w, file, body)
}

// trackProof serves GET /track/documents/{seq}/proof: the file that proves the letter to a stranger.
func (p *Portal) trackProof(w http.ResponseWriter, r *http.Request) error {
	reader, seq, err := p.letter(w, r)
	if err != nil || seq == 0 {
		return err
	}
	file, err := p.Office.PaperProof(r.Context(), reader, reader.Filer, seq)
	var glyph *document.MissingGlyph
	if errors.As(err, &glyph) {
		return redirect(w, r, letterPath(seq))
	}
	if errors.Is(err, office.ErrNotFound) {
		return web.NotFound
	}
	if err != nil {
		return err
	}
	return door.SendProof(w, file)
}

// letter reads who asks for which letter; 0 where the answer was given, because nobody is signed in.
func (p *Portal) letter(w http.ResponseWriter, r *http.Request) (office.Reader, int, error) {
	reader, found, err := p.reader(w, r)
	if err != nil {
		return reader, 0, err
	}
	if !found {
		return reader, 0, redirect(w, r, "/track?said=ended")
	}
	seq, err := strconv.Atoi(r.PathValue("seq"))
	if err != nil || seq < 1 {
		return reader, 0, web.NotFound
	}
	return reader, seq, nil
}

func letterPath(seq int) string { return "/track/documents/" + strconv.Itoa(seq) }
