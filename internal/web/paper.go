package web

import (
	"yifa/internal/calendar"
	"yifa/internal/document"
)

// Paper is an official paper as a page, and its bytes as they were filed.
type Paper struct {
	document.Paper
	Path    string // of its PDF
	Proof   string // of the file that proves it
	Filed   *PaperFile
	Making  bool   // the PDF is being made without being asked for
	Within  bool   // stands in a page that has a heading of its own
	Missing string // the character no font has, with its number; told to staff only
}

// PaperFile is a filed PDF.
type PaperFile struct {
	At          calendar.Moment
	Size        int64
	SHA256, SM3 string // hex, in groups that can be compared by eye
	Seal        string // SHA-256 of the certificate it is sealed with, in groups; empty: not sealed
}
