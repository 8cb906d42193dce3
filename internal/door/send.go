package door

import (
	"io"
	"net/http"

	"yifa/internal/evidence"
	"yifa/internal/office"
	"yifa/internal/web"
)

// SendFile gives a file of a matter as something to save, never as a page of ours: whatever somebody put into it, it
// cannot act for the reader on this site. It closes body.
func SendFile(w http.ResponseWriter, f office.FileView, body io.ReadCloser) error {
	defer func() { _ = body.Close() }() // read only: nothing can be lost
	Attach(w, f.Name, f.Media)
	_, err := io.Copy(w, body)
	return err
}

// Attach says that what follows is to be saved under a name, and kept by nobody on the way.
func Attach(w http.ResponseWriter, name, media string) {
	h := w.Header()
	h.Set("Content-Type", media)
	h.Set("Content-Disposition", evidence.Disposition(name))
	h.Set("X-Content-Type-Options", "nosniff")
	h.Set("Content-Security-Policy", "sandbox; default-src 'none'")
	web.Secret(w)
}
