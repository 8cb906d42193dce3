package evidence

import (
	"bytes"
	"fmt"
	"mime"
	"path"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/gabriel-vasile/mimetype"
)

// Kind is a kind of file that is accepted; its text is the media type to serve it with.
type Kind string

const (
	JPEG Kind = "image/jpeg"
	PNG  Kind = "image/png"
	WebP Kind = "image/webp"
	HEIC Kind = "image/heic"
	PDF  Kind = "application/pdf"
	MP3  Kind = "audio/mpeg"
	M4A  Kind = "audio/mp4"
	WAV  Kind = "audio/wav"
	MP4  Kind = "video/mp4"
	MOV  Kind = "video/quicktime"
	WebM Kind = "video/webm"

	// DOCX is accepted of officials alone, among papers that were there before: see TakePaper.
	DOCX Kind = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
)

// kinds lists every kind with its extension and the media types the detector has for it.
var kinds = []struct {
	kind  Kind
	ext   string
	mimes []string
}{
	{JPEG, ".jpg", []string{"image/jpeg"}},
	{PNG, ".png", []string{"image/png", "image/apng"}},
	{WebP, ".webp", []string{"image/webp"}},
	{HEIC, ".heic", []string{"image/heic", "image/heif", "image/heic-sequence", "image/heif-sequence"}},
	{PDF, ".pdf", []string{"application/pdf"}},
	{MP3, ".mp3", []string{"audio/mpeg"}},
	{M4A, ".m4a", []string{"audio/x-m4a", "audio/mp4"}},
	{WAV, ".wav", []string{"audio/wav"}},
	{MP4, ".mp4", []string{"video/mp4", "video/x-m4v"}},
	{MOV, ".mov", []string{"video/quicktime"}},
	{WebM, ".webm", []string{"video/webm"}},
}

// Accepted lists the kinds in the order to show them.
func Accepted() []Kind {
	out := make([]Kind, 0, len(kinds))
	for _, k := range kinds {
		out = append(out, k.kind)
	}
	return out
}

// AcceptedPapers lists what TakePaper takes.
func AcceptedPapers() []Kind { return append([]Kind{DOCX}, Accepted()...) }

// Extension is the usual ending of a file of this kind, with the dot; "" for no kind of ours.
func (k Kind) Extension() string {
	for _, row := range kinds {
		if row.kind == k {
			return row.ext
		}
	}
	if k == DOCX {
		return ".docx"
	}
	return ""
}

// Sniffed is how many first bytes decide the kind.
const Sniffed = 3072

// kindOf tells the kind by content alone, or "" with the media type found. A mere relative of a kind
// is not that kind: to the detector AVIF is a sort of MP4.
func kindOf(head []byte) (kind Kind, found string) {
	detected := mimetype.Detect(head)
	for _, row := range kinds {
		for _, name := range row.mimes {
			if detected.Is(name) {
				return row.kind, detected.String()
			}
		}
	}
	return "", detected.String()
}

// mayBePaper says whether first bytes are those of an archive, as a Word document is one. What it is the whole tells.
func mayBePaper(head []byte) bool { return bytes.HasPrefix(head, []byte("PK\x03\x04")) }

// Why a file is not accepted.
type Why string

const (
	WrongKind Why = "wrong_kind"
	TooLarge  Why = "too_large"
	TooMany   Why = "too_many"
	Empty     Why = "empty"
)

// Unacceptable is the refusal of a file, with what the sender needs to do better.
type Unacceptable struct {
	Why      Why
	Found    string // media type found by content, for WrongKind
	Accepted []Kind // for WrongKind
	Limit    int64  // bytes for TooLarge, files for TooMany
}

func (u *Unacceptable) Error() string {
	switch u.Why {
	case WrongKind:
		return fmt.Sprintf("evidence: %s is not accepted; accepted are %v", u.Found, u.Accepted)
	case TooLarge:
		return fmt.Sprintf("evidence: larger than %d bytes", u.Limit)
	case TooMany:
		return fmt.Sprintf("evidence: more than %d files", u.Limit)
	}
	return "evidence: the file is empty"
}

// Limits are set by the operator; the zero value of a field means its default.
type Limits struct {
	FileBytes  int64 // of one file sent in one go; default 20 MiB
	LargeBytes int64 // of one file sent in pieces; default 2 GiB
	Files      int   // of one submission; default 10
	Pixels     int   // of an image for which a clean copy is made; default 50 million
}

func (l Limits) withDefaults() Limits {
	if l.FileBytes <= 0 {
		l.FileBytes = 20 << 20
	}
	if l.LargeBytes <= 0 {
		l.LargeBytes = 2 << 30
	}
	if l.Files <= 0 {
		l.Files = 10
	}
	if l.Pixels <= 0 {
		l.Pixels = 50_000_000
	}
	return l
}

// longestName is counted in bytes: file systems take 255, and some programs add to a name.
const longestName = 150

// SafeName turns a name a sender chose into one that is safe to save under on any system: no
// folders, no control or direction-changing characters, no reserved word of Windows, never hidden,
// and the extension of its real kind. What is left of it in any script is kept.
func SafeName(name string, kind Kind) string {
	name = path.Base(strings.ReplaceAll(strings.ToValidUTF8(name, ""), `\`, "/"))
	name = strings.Map(func(r rune) rune {
		switch {
		case strings.ContainsRune(`/:*?"<>|%;`, r):
			return '_'
		case unicode.IsSpace(r):
			return ' '
		case !unicode.IsGraphic(r): // control, format (direction marks, zero width), unassigned
			return -1
		}
		return r
	}, name)
	ext := kind.Extension()
	if old := path.Ext(name); isExtension(old) {
		name = strings.TrimSuffix(name, old)
	}
	name = strings.Trim(name, " .-_~")
	for len(name) > longestName {
		_, n := utf8.DecodeLastRuneInString(name)
		name = name[:len(name)-n]
	}
	first, _, _ := strings.Cut(name, ".")
	if name == "" || reserved[strings.ToUpper(strings.TrimSpace(first))] {
		name = strings.TrimSpace("file " + name)
	}
	return strings.TrimRight(name, " .") + ext
}

// isExtension tells an extension from a dot within a name such as 第3.附件.
func isExtension(ext string) bool {
	if len(ext) < 2 || len(ext) > 6 {
		return false
	}
	return strings.IndexFunc(ext[1:], func(r rune) bool { return r > unicode.MaxASCII || !unicode.IsLetter(r) && !unicode.IsDigit(r) }) < 0
}

var reserved = func() map[string]bool {
	out := map[string]bool{"CON": true, "PRN": true, "AUX": true, "NUL": true}
	for _, n := range "123456789" {
		out["COM"+string(n)], out["LPT"+string(n)] = true, true
	}
	return out
}()

// Disposition is the Content-Disposition value for saving a file under a safe name (RFC 6266).
func Disposition(safeName string) string {
	return mime.FormatMediaType("attachment", map[string]string{"filename": safeName})
}
