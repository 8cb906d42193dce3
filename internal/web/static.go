package web

import (
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"io/fs"
	"mime"
	"net/http"
	"path"
	"strings"
	"sync"
)

//go:embed static
var staticFiles embed.FS

// asset is one built file with its hash and its compressed form, made when it is first asked for.
type asset struct {
	body       []byte
	gzipped    func() []byte
	mime, hash string
}

// assets is read once at start: some six hundred kilobytes, most of them the charts. Keys are paths under static/.
var assets = sync.OnceValue(func() map[string]asset {
	all := map[string]asset{}
	err := fs.WalkDir(staticFiles, "static", func(p string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		body, err := staticFiles.ReadFile(p)
		if err != nil {
			return err
		}
		sum := sha256.Sum256(body)
		all[strings.TrimPrefix(p, "static/")] = asset{body, sync.OnceValue(func() []byte { return squeeze(body) }), typeOf(p), hex.EncodeToString(sum[:6])}
		return nil
	})
	if err != nil {
		panic("web: embedded files: " + err.Error()) // cannot happen with a file system inside the binary
	}
	return all
})

func typeOf(p string) string {
	if strings.HasSuffix(p, ".js") {
		return "text/javascript; charset=utf-8"
	}
	return mime.TypeByExtension(path.Ext(p))
}

func squeeze(body []byte) []byte {
	var b bytes.Buffer
	z, _ := gzip.NewWriterLevel(&b, gzip.BestCompression) // the level is valid
	_, _ = z.Write(body)                                  // a bytes.Buffer takes everything
	_ = z.Close()
	return b.Bytes()
}

// Asset is the address of a built file: /static/yifa.3fa9c2d1e0b7.css. Its content never changes under that address.
func Asset(name string) string {
	a, found := assets()[name]
	if !found {
		return "/static/" + name
	}
	ext := path.Ext(name)
	return "/static/" + strings.TrimSuffix(name, ext) + "." + a.hash + ext
}

// Built is the content of a built file, or nil. It is not to be changed.
func Built(name string) []byte { return assets()[name].body }

// withStatic answers /static/: under the hashed address for ever, under the plain one (pictures named in the style
// sheet) with an ETag.
func withStatic(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		name, found := strings.CutPrefix(r.URL.Path, "/static/")
		if !found {
			next.ServeHTTP(w, r)
			return
		}
		a, hashed, ok := findAsset(name)
		if !ok || r.Method != http.MethodGet && r.Method != http.MethodHead {
			http.NotFound(w, r)
			return
		}
		h := w.Header()
		h.Set("Content-Type", a.mime)
		h.Set("ETag", `"`+a.hash+`"`)
		h.Set("Vary", "Accept-Encoding")
		h.Set("Cache-Control", "public, max-age=3600")
		if hashed {
			h.Set("Cache-Control", "public, max-age=31536000, immutable")
		}
		if strings.Contains(r.Header.Get("If-None-Match"), a.hash) {
			w.WriteHeader(http.StatusNotModified)
			return
		}
		body := a.body
		if acceptsGzip(r) {
			if small := a.gzipped(); len(small) < len(body) {
				h.Set("Content-Encoding", "gzip")
				body = small
			}
		}
		h.Set("Content-Length", itoa(len(body)))
		if r.Method == http.MethodGet {
			_, _ = w.Write(body) // the reader went away
		}
	})
}

func findAsset(name string) (a asset, hashed, ok bool) {
	if a, ok = assets()[name]; ok {
		return a, false, true
	}
	ext := path.Ext(name)
	stem := strings.TrimSuffix(name, ext)
	dot := strings.LastIndexByte(stem, '.')
	if dot < 0 {
		return asset{}, false, false
	}
	a, ok = assets()[stem[:dot]+ext]
	return a, true, ok && a.hash == stem[dot+1:]
}

func acceptsGzip(r *http.Request) bool {
	return strings.Contains(r.Header.Get("Accept-Encoding"), "gzip")
}
