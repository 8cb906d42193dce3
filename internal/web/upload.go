package web

import (
	"net/url"

	"yifa/internal/i18n"
)

// Uploads are the files of one field that come piece by piece, where JavaScript runs: where to send them, and those that
// are on their way or have arrived already.
type Uploads struct {
	Path    string // POST here begins one; the address of one is below
	Page    string // where it is asked for; empty: Path says it
	Folders bool   // whole folders are taken as well, and Page shows what arrived
	Reload  bool   // the page shows what arrived after it is loaded again; otherwise it is ticked here and sent with the form
	Lines   []UploadLine
}

// UploadLine is one file on its way.
type UploadLine struct {
	ID, Name, Print string
	Size, Arrived   int64
	Whole           bool
}

// ArrivedField is the name of the form values that carry the uploads of a field.
func ArrivedField(field string) string { return "arrived." + field }

func (u Uploads) begin() string {
	if u.Page == "" || u.Folders {
		return u.Path
	}
	return u.Path + "?for=" + url.QueryEscape(u.Page)
}

func (l UploadLine) percent() string { return itoa(int(100 * l.Arrived / max(l.Size, 1))) }

func (u Uploads) done() string {
	if u.Reload {
		return "reload"
	}
	return ""
}

func (l UploadLine) size() string { return i18n.Size(l.Size) }
