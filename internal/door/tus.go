package door

import (
	"encoding/base64"
	"errors"
	"net/http"
	"strconv"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"yifa/internal/office"
	"yifa/internal/web"
)

// What is spoken of the protocol for uploads that can be resumed: tus 1.0.0 (tus.io/protocols/resumable-upload), its core
// and three extensions.
const (
	tusVersion    = "1.0.0"
	tusExtensions = "creation,expiration,termination"
	tusBody       = "application/offset+octet-stream"
)

// MaxUploadBytes is the size of one file that comes piece by piece.
const MaxUploadBytes = 2 << 30

// pieceTime is how long one request may go on sending: whoever is slower goes on with the next.
const pieceTime = 30 * time.Minute

// BeginUpload serves the creation of an upload. path makes its address of its id. A refusal is answered in words, for the
// script that sends shows them to a person.
func BeginUpload(w http.ResponseWriter, r *http.Request, o *office.Office, by office.Sender, path func(id string) string) error {
	if !tusSpoken(w, r) {
		return nil
	}
	size, err := strconv.ParseInt(r.Header.Get("Upload-Length"), 10, 64)
	said := metadata(r.Header.Get("Upload-Metadata"))
	if err != nil || size < 0 || said["field"] == "" || len(r.Header.Get("Upload-Metadata")) > 4096 {
		return web.BadInput("files", "")
	}
	up, err := o.BeginUpload(r.Context(), by, office.NewUpload{Name: said["filename"], Size: size, Field: said["field"], Print: said["print"], Path: chosenPath(said["path"])})
	if err != nil {
		return tusFault(w, r, err)
	}
	w.Header().Set("Location", path(up.ID))
	tusState(w, up)
	w.WriteHeader(http.StatusCreated)
	return nil
}

// GoOnUpload serves the address of an upload: HEAD tells how far it came, PATCH adds to it, DELETE gives it up. Where a
// proxy lets no such method through, POST carries it in X-HTTP-Method-Override.
func GoOnUpload(w http.ResponseWriter, r *http.Request, o *office.Office, by office.Sender) error {
	if !tusSpoken(w, r) {
		return nil
	}
	method := r.Method
	if over := r.Header.Get("X-HTTP-Method-Override"); over != "" && method == http.MethodPost {
		method = over
	}
	id := r.PathValue("upload")
	switch method {
	case http.MethodHead:
		up, err := o.Upload(r.Context(), by, id)
		if err != nil {
			return tusFault(w, r, err)
		}
		tusState(w, up)
		w.Header().Set("Upload-Length", strconv.FormatInt(up.Size, 10))
		w.WriteHeader(http.StatusOK)
		return nil
	case http.MethodPatch:
		return patchUpload(w, r, o, by)
	case http.MethodDelete:
		if err := o.DropUpload(r.Context(), by, id); err != nil {
			return tusFault(w, r, err)
		}
		w.WriteHeader(http.StatusNoContent)
		return nil
	}
	return &web.Problem{Status: http.StatusMethodNotAllowed}
}

func patchUpload(w http.ResponseWriter, r *http.Request, o *office.Office, by office.Sender) error {
	if r.Header.Get("Content-Type") != tusBody {
		return tusSay(w, http.StatusUnsupportedMediaType, "Content-Type: "+tusBody)
	}
	offset, err := strconv.ParseInt(r.Header.Get("Upload-Offset"), 10, 64)
	if err != nil || offset < 0 {
		return web.BadInput("files", "")
	}
	web.AllowBody(w, r, MaxUploadBytes)
	c := http.NewResponseController(w)
	_ = c.SetReadDeadline(time.Now().Add(pieceTime)) // what has no connection has no end either
	up, err := o.AddToUpload(r.Context(), by, r.PathValue("upload"), offset, r.Body)
	if err != nil {
		return tusFault(w, r, err)
	}
	tusState(w, up)
	w.WriteHeader(http.StatusNoContent)
	return nil
}

// tusSpoken answers a request that does not speak the protocol, and says on every answer that we do.
func tusSpoken(w http.ResponseWriter, r *http.Request) bool {
	h := w.Header()
	h.Set("Tus-Resumable", tusVersion)
	web.Secret(w)
	if r.Header.Get("Tus-Resumable") == tusVersion {
		return true
	}
	h.Set("Tus-Version", tusVersion)
	w.WriteHeader(http.StatusPreconditionFailed)
	return false
}

// TusOptions serves OPTIONS: what is spoken here.
func TusOptions(w http.ResponseWriter) error {
	h := w.Header()
	h.Set("Tus-Resumable", tusVersion)
	h.Set("Tus-Version", tusVersion)
	h.Set("Tus-Extension", tusExtensions)
	h.Set("Tus-Max-Size", strconv.Itoa(MaxUploadBytes))
	w.WriteHeader(http.StatusNoContent)
	return nil
}

func tusState(w http.ResponseWriter, up office.UploadView) {
	h := w.Header()
	h.Set("Upload-Offset", strconv.FormatInt(up.Arrived, 10))
	if !up.Expires.IsZero() {
		h.Set("Upload-Expires", up.Expires.UTC().Format(http.TimeFormat))
	}
}

// tusFault answers what went wrong in a line of words.
func tusFault(w http.ResponseWriter, r *http.Request, err error) error {
	var bad office.BadFields
	switch {
	case errors.Is(err, office.ErrNotFound):
		return tusSay(w, http.StatusNotFound, web.T(r.Context(), "web.upload_gone"))
	case errors.Is(err, office.ErrOffset):
		return tusSay(w, http.StatusConflict, web.T(r.Context(), "web.upload_elsewhere"))
	case errors.Is(err, office.ErrUnscanned):
		w.Header().Set("Retry-After", "30")
		return tusSay(w, http.StatusServiceUnavailable, web.T(r.Context(), "web.upload_unscanned"))
	case errors.Is(err, office.ErrFull):
		return tusSay(w, http.StatusInsufficientStorage, web.T(r.Context(), "web.upload_full"))
	case errors.As(err, &bad):
		for _, words := range bad {
			return tusSay(w, http.StatusRequestEntityTooLarge, words)
		}
	}
	return err
}

func tusSay(w http.ResponseWriter, status int, words string) error {
	w.Header().Set("Content-Type", "text/plain; charset=utf-8")
	w.WriteHeader(status)
	_, err := w.Write([]byte(words))
	return err
}

// chosenPath is the path a file was chosen with; one that leads anywhere is none.
func chosenPath(said string) string {
	if !utf8.ValidString(said) || len(said) > 1000 || strings.ContainsFunc(said, unicode.IsControl) || strings.Contains(said, "..") {
		return ""
	}
	return strings.TrimPrefix(said, "/")
}

// metadata reads Upload-Metadata: names and values in base64, with commas between.
func metadata(text string) map[string]string {
	out := map[string]string{}
	for one := range strings.SplitSeq(text, ",") {
		name, value, _ := strings.Cut(strings.TrimSpace(one), " ")
		if plain, err := base64.StdEncoding.DecodeString(value); err == nil && name != "" {
			out[name] = string(plain)
		}
	}
	return out
}
