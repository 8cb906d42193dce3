package open311

import (
	"bytes"
	"errors"
	"io"
	"mime/multipart"
	"net/http"
	"net/url"

	"yifa/internal/door"
	"yifa/internal/office"
	"yifa/internal/web"
)

// What one report may bring. Files are held in memory until they are sealed, never in a temporary file.
const (
	maxText  = 1 << 20
	maxFiles = 3 * door.MaxFileBytes
)

// mediaFields are the names under which a file is taken: the specification has none, these are in use.
var mediaFields = map[string]bool{"media": true, "media[]": true, "file": true, "files": true, "photo": true}

// sent is what came in, with the app that sent it.
type sent struct {
	app    App
	values url.Values
	files  []office.Upload
}

// read reads a report. Nobody is read past his key: it has to stand before the first file.
func (d *Door) read(w http.ResponseWriter, r *http.Request) (sent, error) {
	s := sent{}
	if door.WithFiles(r) {
		return d.readParts(w, r)
	}
	if err := door.ReadText(r); err != nil {
		return s, err
	}
	s.values = r.PostForm
	var err error
	s.app, err = d.admit(r, s.values.Get("api_key"))
	return s, err
}

func (d *Door) readParts(w http.ResponseWriter, r *http.Request) (s sent, err error) {
	web.AllowBody(w, r, maxFiles+maxText)
	parts, err := r.MultipartReader()
	if err != nil {
		return s, web.BadInput("", "")
	}
	s.values = url.Values{}
	text, room, known := 0, maxFiles, false
	for {
		part, err := parts.NextPart()
		switch {
		case errors.Is(err, io.EOF) && known:
			return s, nil
		case errors.Is(err, io.EOF):
			s.app, err = d.admit(r, s.values.Get("api_key"))
			return s, err
		case err != nil:
			return s, cut(err)
		}
		if part.FileName() == "" {
			value, err := io.ReadAll(io.LimitReader(part, maxText+1))
			if err != nil {
				return s, cut(err)
			}
			if text += len(value); text > maxText {
				return s, web.TooLarge
			}
			s.values.Add(part.FormName(), string(value))
			continue
		}
		if !known {
			if s.app, err = d.admit(r, s.values.Get("api_key")); err != nil {
				return s, err
			}
			release, err := d.upload()
			if err != nil {
				return s, err
			}
			defer release()
			known = true
		}
		if err := s.file(r, part, &room); err != nil {
			return s, err
		}
	}
}

// file takes one file.
func (s *sent) file(r *http.Request, part *multipart.Part, room *int) error {
	if !mediaFields[part.FormName()] {
		return said(http.StatusBadRequest, web.T(r.Context(), "open311.unknown_file", "name", clip(part.FormName())))
	}
	content, err := io.ReadAll(io.LimitReader(part, door.MaxFileBytes+1))
	if err != nil {
		return cut(err)
	}
	if *room -= len(content); len(content) > door.MaxFileBytes || *room < 0 {
		return web.TooLarge
	}
	s.files = append(s.files, office.Upload{Name: part.FileName(), Body: bytes.NewReader(content)})
	return nil
}

// upload takes one of the places for files on their way in.
func (d *Door) upload() (release func(), err error) {
	select {
	case d.uploads <- struct{}{}:
		return func() { <-d.uploads }, nil
	default:
		const soon = 10
		return nil, web.TooMany(soon)
	}
}

// cut tells a body that is too large or ends early from a fault of ours.
func cut(err error) error {
	var tooLarge *http.MaxBytesError
	if errors.As(err, &tooLarge) {
		return err
	}
	return web.BadInput("", "")
}
