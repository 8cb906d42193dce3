package web

import (
	"compress/gzip"
	"io"
	"net/http"
	"strings"
	"sync"
)

var zippers = sync.Pool{New: func() any { return gzip.NewWriter(io.Discard) }}

// compress gzips text for readers on slow lines, except where Secret said identity.
func compress(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		z := &gzipWriter{ResponseWriter: w, plain: !acceptsGzip(r) || r.Method == http.MethodHead}
		defer z.close()
		next.ServeHTTP(z, r)
	})
}

// gzipWriter decides at the first byte, when the type of the answer is known.
type gzipWriter struct {
	http.ResponseWriter
	zip     *gzip.Writer
	plain   bool // the reader cannot take gzip
	decided bool
}

func (w *gzipWriter) WriteHeader(code int) {
	if !w.decided && code >= 200 {
		w.decide(code)
	}
	w.ResponseWriter.WriteHeader(code)
}

func (w *gzipWriter) decide(code int) {
	w.decided = true
	h := w.Header()
	switch {
	case h.Get("Content-Encoding") == "identity":
		h.Del("Content-Encoding")
	case w.plain || h.Get("Content-Encoding") != "" || code == http.StatusNoContent || code == http.StatusNotModified:
	case strings.HasPrefix(h.Get("Content-Type"), "text/"), strings.HasPrefix(h.Get("Content-Type"), "application/json"):
		h.Del("Content-Length")
		h.Set("Content-Encoding", "gzip")
		h.Add("Vary", "Accept-Encoding")
		w.zip = zippers.Get().(*gzip.Writer)
		w.zip.Reset(w.ResponseWriter)
	}
}

func (w *gzipWriter) Write(b []byte) (int, error) {
	if !w.decided {
		w.decide(http.StatusOK)
	}
	if w.zip != nil {
		return w.zip.Write(b)
	}
	return w.ResponseWriter.Write(b)
}

func (w *gzipWriter) close() {
	if w.zip == nil {
		return
	}
	_ = w.zip.Close() // the reader went away
	w.zip.Reset(io.Discard)
	zippers.Put(w.zip)
}

// Unwrap lets http.ResponseController reach the connection.
func (w *gzipWriter) Unwrap() http.ResponseWriter { return w.ResponseWriter }
