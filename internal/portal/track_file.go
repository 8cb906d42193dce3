package portal

import (
	"errors"
	"net/http"
	"strconv"

	"yifa/internal/door"
	"yifa/internal/matter"
	"yifa/internal/office"
	"yifa/internal/web"
)

// trackFile serves GET /track/files/{seq}/{class}/{n}: always as something to save, never as a page of ours.
func (p *Portal) trackFile(w http.ResponseWriter, r *http.Request) error {
	reader, found, err := p.reader(w, r)
	if err != nil {
		return err
	}
	if !found {
		return redirect(w, r, "/track?said=ended")
	}
	seq, err1 := strconv.Atoi(r.PathValue("seq"))
	n, err2 := strconv.Atoi(r.PathValue("n"))
	if err1 != nil || err2 != nil {
		return web.NotFound
	}
	file, body, err := p.Office.OpenFile(r.Context(), reader, reader.Filer, office.FileRef{Seq: seq, Class: matter.Class(r.PathValue("class")), Index: n})
	if errors.Is(err, office.ErrNotFound) {
		return web.NotFound
	}
	if err != nil {
		return err
	}
	return door.SendFile(w, file, body)
}
