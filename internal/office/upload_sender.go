package office

import (
	"crypto/sha256"
	"time"

	"yifa/internal/matter"
)

// Sender is who sends a file piece by piece: whoever writes a draft, a filer in her matter, or an official.
type Sender struct {
	Draft  string
	Reader Reader
	Page   string    // of no draft: where he was asked for it
	Import matter.ID // of an official: takes existing papers into this matter
}

// NewUpload is a file about to be sent.
type NewUpload struct {
	Name  string
	Size  int64
	Field string // of the form
	Print string // of its ends, so that the same file is known again when it is chosen again; may be empty
	Path  string `json:",omitempty"` // with the folders it was chosen with; for an import
}

// key is what is stored of whose an upload is.
func (s Sender) key() []byte {
	whose := "person\n" + s.Reader.Person
	if s.Reader.Filer != 0 {
		whose = "filer\n" + s.Reader.Filer.String()
	}
	if s.Draft != "" {
		whose = "draft\n" + s.Draft
	}
	if s.Import != 0 {
		whose += "\nimport\n" + s.Import.String()
	}
	h := sha256.Sum256([]byte("yifa upload holder 1\n" + whose))
	return h[:]
}

// kept is how long what an official sends is kept unused.
func (s Sender) kept() time.Duration {
	if s.Import != 0 {
		return importKept
	}
	return uploadKept
}
