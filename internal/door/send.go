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
	h := w.Header()
	h.Set("Content-Type", f.Media)
	h.Set("Content-Disposition", evidence.Disposition(f.Name))
	h.Set("X-Content-Type-Options", "nosniff")
	h.Set("Content-Security-Policy", "sandbox; default-src 'none'")
	web.Secret(w)
	_, err := io.Copy(w, body)
	return err
}
