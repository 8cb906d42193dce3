package desk

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

// What one form may bring along. Files are held in memory until the office has sealed them, never in a temporary file.
const (
	maxFileBytes = 20 << 20          // one file; the office refuses larger ones, this bounds what is kept at all
	maxActFiles  = 3 * maxFileBytes  // kept
	maxActBytes  = 15 * maxFileBytes // read at all, so that a person who sends too much still gets the form back
	maxActText   = 1 << 20
)

// sent is what a form brought beside its text, which is in PostForm.
type sent struct {
	uploads  map[string][]office.Upload
	tooLarge string // field whose files were more than can be taken
}

// readSent reads a form with or without files; only of officials is more read than a page of text.
func readSent(w http.ResponseWriter, r *http.Request, official bool) (sent, error) {
	var s sent
	kind, _, _ := mime.ParseMediaType(r.Header.Get("Content-Type"))
	if kind != "multipart/form-data" {
		return s, formFault(r.ParseForm())
	}
	if official {
		web.AllowBody(w, r, maxActBytes)
	}
	return s, formFault(s.readParts(r))
}

func (s *sent) readParts(r *http.Request) error {
	parts, err := r.MultipartReader()
	if err != nil {
		return err
	}
	r.PostForm, r.Form = url.Values{}, url.Values{}
	s.uploads = map[string][]office.Upload{}
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
		value, err := io.ReadAll(io.LimitReader(part, maxActText+1))
		if err != nil {
			return err
		}
		if text += len(value); text > maxActText {
			return web.TooLarge
		}
		r.PostForm.Add(part.FormName(), string(value))
	}
}

// readFile keeps one file, or only the name of its field once there is too much.
func (s *sent) readFile(part *multipart.Part, files *int) error {
	content, err := io.ReadAll(io.LimitReader(part, maxFileBytes+1))
	if err != nil {
		return err
	}
	if *files += len(content); len(content) > maxFileBytes || *files > maxActFiles || s.tooLarge != "" {
		s.tooLarge, s.uploads = part.FormName(), map[string][]office.Upload{}
		return nil
	}
	s.uploads[part.FormName()] = append(s.uploads[part.FormName()], office.Upload{Name: part.FileName(), Body: bytes.NewReader(content)})
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
