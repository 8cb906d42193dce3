package portal

import (
	"bytes"
	"errors"
	"io"
	"mime/multipart"
	"net/http"
	"net/url"

	"yifa/internal/office"
	"yifa/internal/web"
)

// What one act may bring along. Its files are held in memory until the office has sealed them, never in a temporary file.
const (
	maxActFiles = 3 * maxFileBytes  // kept
	maxActBytes = 15 * maxFileBytes // read at all, so that a person who sends too much still gets the form back
	maxActText  = 1 << 20
)

// sent is a form as it came in.
type sent struct {
	typed    map[string][]string
	uploads  map[string][]office.Upload
	tooLarge string // field whose files were more than can be taken
}

// readSent reads a form with or without files; what was typed is in r.PostForm afterwards.
func (p *Portal) readSent(w http.ResponseWriter, r *http.Request) (s sent, release func(), err error) {
	if !isMultipart(r) {
		return s, func() {}, formFault(r.ParseForm())
	}
	if release, err = p.guards.upload(r); err != nil {
		return s, nil, err
	}
	web.AllowBody(w, r, maxActBytes)
	if err := s.readParts(r); err != nil {
		release()
		return s, nil, formFault(err)
	}
	return s, release, nil
}

func (s *sent) readParts(r *http.Request) error {
	parts, err := r.MultipartReader()
	if err != nil {
		return err
	}
	r.PostForm = url.Values{}
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
	content, err := io.ReadAll(io.LimitReader(part, int64(maxFileBytes+1)))
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
