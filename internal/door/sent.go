package door

import (
	"bytes"
	"errors"
	"io"
	"mime"
	"mime/multipart"
	"net/http"
	"net/url"

	"yifa/internal/office"
	"yifa/internal/web"
)

// MaxFileBytes is the size of one file: the office refuses larger ones, this bounds what is kept at all.
const MaxFileBytes = 20 << 20

// What one form may bring along. Files are held in memory until the office has sealed them, never in a temporary file.
const (
	maxFormFiles = 3 * MaxFileBytes  // kept
	maxFormBytes = 15 * MaxFileBytes // read at all, so that a person who sends too much still gets the form back
	maxFormText  = 1 << 20
)

// Sent is what a form brought beside its text, which is in PostForm.
type Sent struct {
	Uploads  map[string][]office.Upload
	TooLarge string // field whose files were more than can be taken
}

// WithFiles tells whether a form is of the kind that carries files.
func WithFiles(r *http.Request) bool {
	kind, _, err := mime.ParseMediaType(r.Header.Get("Content-Type"))
	return err == nil && kind == "multipart/form-data"
}

// ReadText reads a form without files.
func ReadText(r *http.Request) error { return formFault(r.ParseForm()) }

// ReadSent reads a form with or without files. Only where files are taken from this sender is more read than a page of text.
func ReadSent(w http.ResponseWriter, r *http.Request, files bool) (Sent, error) {
	var s Sent
	if !WithFiles(r) {
		return s, ReadText(r)
	}
	if files {
		web.AllowBody(w, r, maxFormBytes)
	}
	return s, formFault(s.readParts(r))
}

func (s *Sent) readParts(r *http.Request) error {
	parts, err := r.MultipartReader()
	if err != nil {
		return err
	}
	r.PostForm, r.Form = url.Values{}, url.Values{}
	s.Uploads = map[string][]office.Upload{}
	text, files := 0, 0
	for {
		part, err := parts.NextPart()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return err
		}
		if part.FileName() != "" {
			if err := s.readFile(part, &files); err != nil {
				return err
			}
			continue
		}
		value, err := io.ReadAll(io.LimitReader(part, maxFormText+1))
		if err != nil {
			return err
		}
		if text += len(value); text > maxFormText {
			return web.TooLarge
		}
		r.PostForm.Add(part.FormName(), string(value))
	}
}

// readFile keeps one file, or only the name of its field once there is too much.
func (s *Sent) readFile(part *multipart.Part, files *int) error {
	content, err := io.ReadAll(io.LimitReader(part, MaxFileBytes+1))
	if err != nil {
		return err
	}
	if *files += len(content); len(content) > MaxFileBytes || *files > maxFormFiles || s.TooLarge != "" {
		s.TooLarge, s.Uploads = part.FormName(), map[string][]office.Upload{}
		return nil
	}
	s.Uploads[part.FormName()] = append(s.Uploads[part.FormName()], office.Upload{Name: part.FileName(), Body: bytes.NewReader(content)})
	return nil
}

// formFault tells a body that is too large or cut off from a fault of ours.
func formFault(err error) error {
	var tooLarge *http.MaxBytesError
	var problem *web.Problem
	if err == nil || errors.As(err, &tooLarge) || errors.As(err, &problem) {
		return err
	}
	return web.BadInput("", "")
}
