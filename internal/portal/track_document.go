package portal

import (
	"errors"
	"net/http"
	"strconv"

	"yifa/internal/office"
	"yifa/internal/web"
)

// documentsOf lists the letters a filer was sent, newest first.
func documentsOf(list []office.DocumentView) []web.File {
	var files []web.File
	for _, d := range list {
		files = append(files, web.File{Icon: "draft", Name: d.Label, Path: "/track/documents/" + strconv.Itoa(d.Seq),
			On: d.On, Meta: []string{d.Number}})
	}
	return files
}

// trackDocument serves GET /track/documents/{seq}: a letter to the filer, to be read and printed.
func (p *Portal) trackDocument(w http.ResponseWriter, r *http.Request) error {
	reader, found, err := p.reader(w, r)
	if err != nil {
		return err
	}
	if !found {
		return redirect(w, r, "/track?said=ended")
	}
	seq, err := strconv.Atoi(r.PathValue("seq"))
	if err != nil {
		return web.NotFound
	}
	v, err := p.Office.Document(r.Context(), reader, reader.Filer, seq)
	if errors.Is(err, office.ErrNotFound) {
		return web.NotFound
	}
	if err != nil {
		return err
	}
	web.Secret(w)
	return show(w, r, http.StatusOK, v.Label, trackDocumentPage(v))
}
