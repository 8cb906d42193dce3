package main

import (
	"bytes"
	"crypto/sha256"
	"encoding/base64"
	"encoding/binary"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"runtime"
	"strconv"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"yifa/internal/installation"
	"yifa/internal/matter"
	"yifa/internal/office"
	"yifa/internal/office/officetest"
)

// uploader speaks tus 1.0.0 to a server that may be another one at every request.
type uploader struct {
	*officetest.City
	t    *testing.T
	url  string
	site atomic.Pointer[http.Handler]
}

func newUploader(t *testing.T) *uploader {
	u := &uploader{City: officetest.New(t), t: t}
	u.serve()
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { (*u.site.Load()).ServeHTTP(w, r) }))
	t.Cleanup(s.Close)
	u.url = s.URL
	return u
}

func (u *uploader) serve() {
	h, err := site(u.Installation, siteOptions{Now: u.Clock.Now})
	must(u.t, err)
	u.site.Store(&h)
}

// ask sends one request of the protocol; headers are name, value.
func (u *uploader) ask(method, path string, body io.Reader, headers ...string) (*http.Response, error) {
	u.t.Helper()
	req, err := http.NewRequest(method, u.url+path, body)
	must(u.t, err)
	req.Header.Set("Tus-Resumable", "1.0.0")
	for i := 0; i < len(headers); i += 2 {
		if headers[i+1] == "" {
			req.Header.Del(headers[i])
		} else {
			req.Header.Set(headers[i], headers[i+1])
		}
	}
	res, err := http.DefaultClient.Do(req)
	if err != nil {
		return nil, err
	}
	said, err := io.ReadAll(res.Body)
	must(u.t, errors.Join(err, res.Body.Close()))
	res.Body = io.NopCloser(bytes.NewReader(said))
	return res, nil
}

// want asks and holds the answer to a status.
func (u *uploader) want(status int, method, path string, body io.Reader, headers ...string) *http.Response {
	u.t.Helper()
	res, err := u.ask(method, path, body, headers...)
	must(u.t, err)
	if res.StatusCode != status {
		said, _ := io.ReadAll(res.Body)
		u.t.Fatalf("%s %s: %d, want %d: %s", method, path, res.StatusCode, status, said)
	}
	if v := res.Header.Get("Tus-Resumable"); v != "1.0.0" && status < 500 {
		u.t.Errorf("%s %s: Tus-Resumable %q", method, path, v)
	}
	return res
}

func said(pairs ...string) string {
	var list []string
	for i := 0; i < len(pairs); i += 2 {
		list = append(list, pairs[i]+" "+base64.StdEncoding.EncodeToString([]byte(pairs[i+1])))
	}
	return strings.Join(list, ",")
}

func (u *uploader) begin(path, name string, size int64) string {
	u.t.Helper()
	res := u.want(http.StatusCreated, "POST", path, nil, "Upload-Length", strconv.FormatInt(size, 10), "Upload-Metadata", said("filename", name, "field", "files"))
	return res.Header.Get("Location")
}

func (u *uploader) offset(at string) int64 {
	u.t.Helper()
	n, err := strconv.ParseInt(u.want(http.StatusOK, "HEAD", at, nil).Header.Get("Upload-Offset"), 10, 64)
	must(u.t, err)
	return n
}

func (u *uploader) patch(at string, offset int64, body io.Reader) (*http.Response, error) {
	u.t.Helper()
	return u.ask("PATCH", at, body, "Upload-Offset", strconv.FormatInt(offset, 10), "Content-Type", "application/offset+octet-stream")
}

// sound is a recording of so many bytes: a header, then what seed makes, which no hash finds equal to a shifted self.
type sound struct {
	size, at int64
	seed     uint64
}

func (s *sound) Read(p []byte) (int, error) {
	if s.at >= s.size {
		return 0, io.EOF
	}
	p = p[:min(int64(len(p)), s.size-s.at)]
	head := soundHead(s.size)
	for i := range p {
		if at := s.at + int64(i); at < int64(len(head)) {
			p[i] = head[at]
		} else {
			x := (uint64(at) + s.seed) * 0x9E3779B97F4A7C15
			p[i] = byte(x >> 56)
		}
	}
	s.at += int64(len(p))
	return len(p), nil
}

func soundHead(size int64) []byte {
	var b bytes.Buffer
	le := func(v any) { _ = binary.Write(&b, binary.LittleEndian, v) }
	b.WriteString("RIFF")
	le(uint32(size - 8))
	b.WriteString("WAVEfmt ")
	le(uint32(16))
	le([]uint16{1, 1})
	le([]uint32{8000, 8000})
	le([]uint16{1, 8})
	b.WriteString("data")
	le(uint32(size - 44))
	return b.Bytes()
}

// cut breaks off after so many bytes, as a telephone does in a tunnel.
type cut struct {
	r    io.Reader
	left int64
}

var errCut = errors.New("the line is cut")

func (c *cut) Read(p []byte) (int, error) {
	if c.left <= 0 {
		return 0, errCut
	}
	n, err := c.r.Read(p[:min(int64(len(p)), c.left)])
	c.left -= int64(n)
	return n, err
}

// uploadBytes is how much TestUploadInterrupted sends: little by default, 1 GB with YIFA_UPLOAD_BYTES=1000000000.
func uploadBytes(t *testing.T) int64 {
	if text := os.Getenv("YIFA_UPLOAD_BYTES"); text != "" {
		n, err := strconv.ParseInt(text, 10, 64)
		must(t, err)
		return n
	}
	return 40_000_000
}

// A recording that is cut off three times, once because the server goes, arrives whole; nothing of it is on the disk in the
// clear meanwhile, and the memory taken does not grow with it.
func TestUploadInterrupted(t *testing.T) {
	u, size := newUploader(t), uploadBytes(t)
	draft := u.Draft(officetest.Report())
	at := u.begin("/report/u/"+draft, "执法现场.wav", size)
	var most atomic.Uint64
	runtime.GC()
	var left runtime.MemStats // by the tests before it
	runtime.ReadMemStats(&left)
	stop := watchHeap(&most)
	began := time.Now()
	for i, share := range []float64{0.21, 0.37, 0.11} {
		from := u.settled(at)
		src := &sound{size: size, at: from}
		if _, err := u.patch(at, from, &cut{src, int64(share * float64(size))}); err == nil {
			t.Fatal("the line was not cut")
		}
		got := eventually(t, func() (int64, bool) { n := u.offset(at); return n, n > from })
		t.Logf("cut %d: at %d of %d", i+1, got, size)
		if i == 1 {
			u.Reopen()
			u.serve()
		}
	}
	from := u.settled(at)
	res, err := u.patch(at, from, &sound{size: size, at: from})
	must(t, err)
	if res.StatusCode != http.StatusNoContent || res.Header.Get("Upload-Offset") != strconv.FormatInt(size, 10) {
		t.Fatalf("%d, offset %s", res.StatusCode, res.Header.Get("Upload-Offset"))
	}
	took := time.Since(began)
	stop()
	t.Logf("%d bytes in %v, heap at most %d MB, %d MB of them before", size, took.Round(time.Millisecond), most.Load()>>20, left.HeapInuse>>20)
	if most.Load() > left.HeapInuse+200<<20 {
		t.Errorf("the heap grew from %d to %d MB", left.HeapInuse>>20, most.Load()>>20)
	}
	u.want(http.StatusNotFound, "HEAD", at, nil) // it stands in the draft now

	r := u.FileDraft(draft)
	file, body, err := u.Office.OpenFile(t.Context(), u.Filer(r.ID), r.ID, office.FileRef{Seq: 1, Class: matter.Filer, Index: 0})
	must(t, err)
	defer func() { must(t, body.Close()) }()
	want, got := sha256.New(), sha256.New()
	_, err1 := io.Copy(want, &sound{size: size})
	_, err2 := io.Copy(got, body)
	must(t, errors.Join(err1, err2))
	if file.Size != size || !bytes.Equal(got.Sum(nil), want.Sum(nil)) {
		t.Fatalf("%+v is not what was sent", file)
	}
	blobs, err := filepath.Glob(filepath.Join(u.Dir, installation.EvidenceDir, "??", "*"))
	must(t, err)
	if len(blobs) != 2 { // the original and its clean copy
		t.Errorf("%d blobs are left", len(blobs))
	}
}

// settled is how far an upload came once the last piece of a request that was cut has come to rest.
func (u *uploader) settled(at string) int64 {
	u.t.Helper()
	return eventually(u.t, func() (int64, bool) {
		a := u.offset(at)
		time.Sleep(300 * time.Millisecond)
		return a, a == u.offset(at)
	})
}

// watchHeap notes how large the heap gets until stop.
func watchHeap(most *atomic.Uint64) (stop func()) {
	end := make(chan struct{})
	go func() {
		for {
			select {
			case <-end:
				return
			case <-time.After(50 * time.Millisecond):
				var m runtime.MemStats
				runtime.ReadMemStats(&m)
				most.Store(max(most.Load(), m.HeapInuse))
			}
		}
	}()
	return func() { close(end) }
}

func eventually[T any](t *testing.T, try func() (T, bool)) T {
	t.Helper()
	for range 100 {
		if v, ok := try(); ok {
			return v
		}
		time.Sleep(50 * time.Millisecond)
	}
	t.Fatal("it did not come to pass")
	panic("unreachable")
}

// The points of the protocol, each as its text has it.
func TestUploadConformance(t *testing.T) {
	u := newUploader(t)
	draft := u.Draft(officetest.Report())
	path := "/report/u/" + draft
	body := func(n int64) io.Reader { return &sound{size: n} }
	patch := []string{"Content-Type", "application/offset+octet-stream", "Upload-Offset"}

	// 412 and Tus-Version for a version not spoken, without doing anything.
	for _, version := range []string{"", "0.2.1"} {
		res, err := u.ask("POST", path, nil, "Tus-Resumable", version, "Upload-Length", "5")
		must(t, err)
		if res.StatusCode != http.StatusPreconditionFailed || res.Header.Get("Tus-Version") != "1.0.0" {
			t.Errorf("version %q: %d %v", version, res.StatusCode, res.Header)
		}
	}
	at := u.begin(path, "a.wav", 1000)
	res := u.want(http.StatusOK, "HEAD", at, nil)
	if res.Header.Get("Upload-Offset") != "0" || res.Header.Get("Upload-Length") != "1000" || res.Header.Get("Cache-Control") != "no-store" {
		t.Errorf("HEAD: %v", res.Header)
	}
	if _, err := http.ParseTime(res.Header.Get("Upload-Expires")); err != nil {
		t.Errorf("expiration: %v", err)
	}
	u.want(http.StatusUnsupportedMediaType, "PATCH", at, body(1000), "Content-Type", "application/octet-stream", "Upload-Offset", "0")
	u.want(http.StatusConflict, "PATCH", at, body(1000), append(patch, "7")...)
	if u.offset(at) != 0 {
		t.Error("a refused piece was taken")
	}
	u.want(http.StatusBadRequest, "PATCH", at, body(1000), append(patch, "-1")...)
	res = u.want(http.StatusNoContent, "PATCH", at, io.LimitReader(body(1000), 400), append(patch, "0")...)
	if res.Header.Get("Upload-Offset") != "400" {
		t.Errorf("PATCH: %v", res.Header)
	}
	u.want(http.StatusConflict, "PATCH", at, body(1000), append(patch, "0")...)
	// Where PATCH is not let through, POST carries it.
	u.want(http.StatusNoContent, "POST", at, &sound{size: 1000, at: 400}, append(patch, "400", "X-HTTP-Method-Override", "PATCH")...)
	u.want(http.StatusNotFound, "HEAD", at, nil)

	other := u.begin(path, "b.wav", 1000)
	u.want(http.StatusNoContent, "DELETE", other, nil)
	u.want(http.StatusNotFound, "HEAD", other, nil)
	u.want(http.StatusNotFound, "PATCH", other, body(1000), append(patch, "0")...)
	u.want(http.StatusRequestEntityTooLarge, "POST", path, nil, "Upload-Length", "3000000000", "Upload-Metadata", said("filename", "x", "field", "files"))
	u.want(http.StatusRequestEntityTooLarge, "POST", path, nil, "Upload-Length", "0", "Upload-Metadata", said("filename", "x", "field", "files"))

	// Another draft's address opens nothing.
	mine := u.begin(path, "c.wav", 1000)
	theirs := strings.Replace(mine, draft, u.Draft(officetest.Report()), 1)
	u.want(http.StatusNotFound, "HEAD", theirs, nil)
	u.want(http.StatusNotFound, "DELETE", theirs, nil)

	// A kind that is not taken is refused with the first piece, and given up.
	res = u.want(http.StatusRequestEntityTooLarge, "PATCH", mine, strings.NewReader(strings.Repeat("MZ not a picture ", 100)[:1000]), append(patch, "0")...)
	words, _ := io.ReadAll(res.Body)
	if !strings.Contains(string(words), "c.wav") {
		t.Errorf("refused without words: %q", words)
	}
	u.want(http.StatusNotFound, "HEAD", mine, nil)
}

// What nobody goes on with goes after its day, bytes and all.
func TestUploadExpires(t *testing.T) {
	u := newUploader(t)
	draft := u.Draft(officetest.Report())
	at := u.begin("/report/u/"+draft, "a.wav", 1_000_000)
	_, err := u.patch(at, 0, &cut{&sound{size: 1_000_000}, 500_000})
	if err == nil {
		t.Fatal("the line was not cut")
	}
	eventually(t, func() (int64, bool) { n := u.offset(at); return n, n > 0 })
	blobs := func() int {
		list, err := filepath.Glob(filepath.Join(u.Dir, installation.EvidenceDir, "??", "*"))
		must(t, err)
		return len(list)
	}
	if blobs() == 0 {
		t.Fatal("nothing was kept")
	}
	u.Clock.Set(u.Clock.Now().Add(25 * time.Hour))
	must(t, u.Office.Prune(t.Context()))
	if n := blobs(); n != 0 {
		t.Errorf("%d blobs are left", n)
	}
	u.want(http.StatusNotFound, "HEAD", at, nil)
}

// An official's file comes piece by piece and is given to the record by the act; a second act cannot have it.
func TestUploadAtTheDesk(t *testing.T) {
	u := newUploader(t)
	id, _ := u.Accepted()
	me := u.As("he-yuning")
	by := office.Sender{Reader: me, Page: "/desk/matters/x"}
	up, err := u.Office.BeginUpload(t.Context(), by, office.NewUpload{Name: "现场.wav", Size: 5000, Field: "files"})
	must(t, err)
	got, err := u.Office.AddToUpload(t.Context(), by, up.ID, 0, &sound{size: 5000})
	if err != nil || !got.Whole {
		t.Fatalf("%+v: %v", got, err)
	}
	if list, err := u.Office.Uploads(t.Context(), by); err != nil || len(list) != 1 {
		t.Fatalf("%v: %v", list, err)
	}
	act := office.Act{Matter: id, Act: "add_files", Key: "one", Fields: map[string][]string{"about": {"录音"}}, Arrived: map[string][]string{"files": {up.ID}}}
	other := act
	other.Key = "two"
	var bad office.BadFields
	if _, err := u.Office.Perform(t.Context(), u.As("ou-xiaozhang"), other); err == nil {
		t.Error("a colleague used it")
	}
	done, err := u.Office.Perform(t.Context(), me, act)
	must(t, err)
	again, err := u.Office.Perform(t.Context(), me, act)
	if err != nil || again.Seq != done.Seq {
		t.Errorf("sent again: %+v: %v", again, err)
	}
	if _, err := u.Office.Perform(t.Context(), me, other); !errors.As(err, &bad) {
		t.Errorf("used twice: %v", err)
	}
	if list, err := u.Office.Uploads(t.Context(), by); err != nil || len(list) != 0 {
		t.Errorf("%v: %v", list, err)
	}
	u.Clock.Set(u.Clock.Now().AddDate(0, 0, 10))
	must(t, u.Office.Prune(t.Context()))
	found := false
	for _, class := range []matter.Class{matter.Filer} {
		_, body, err := u.Office.OpenFile(t.Context(), me, id, office.FileRef{Seq: done.Seq, Class: class, Index: 0})
		if err == nil {
			found = true
			must(t, body.Close())
		}
	}
	if !found {
		t.Errorf("entry %d has no file", done.Seq)
	}
}
