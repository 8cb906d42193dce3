package door

import (
	"net/http"
	"strings"
)

// Names of the parts of an answer that says what is painted over, after the field's own name.
const (
	CoverFile       = ".file"
	CoverReason     = ".reason"
	CoverPage       = ".page"
	CoverText       = ".text"
	CoverTextReason = ".text_reason"
	CoverFound      = ".found"
	CoverFoundIs    = ".found_reason"
)

// CoverSides are the names of the four numbers of a place.
var CoverSides = []string{".x", ".y", ".w", ".h"}

// coverOf puts the parts of such an answer together, a line for each; a row left empty is none.
func coverOf(r *http.Request, name string) string {
	form := r.PostForm
	at := func(part string, i int) string {
		if list := form[name+part]; i < len(list) {
			return strings.Join(strings.Fields(strings.NewReplacer(";", " ", "；", " ").Replace(Clean(list[i]))), " ")
		}
		return ""
	}
	lines := []string{}
	if file := at(CoverFile, 0); file != "" {
		lines = append(lines, "file "+file)
	}
	for i := range form[name+CoverPage] {
		cells := []string{at(CoverPage, i)}
		for _, side := range CoverSides {
			cells = append(cells, at(side, i))
		}
		if strings.Join(cells[1:], "") == "" {
			continue
		}
		lines = append(lines, at(CoverReason, i)+" "+strings.Join(cells, " "))
	}
	for i := range form[name+CoverText] {
		if text := at(CoverText, i); text != "" {
			lines = append(lines, at(CoverTextReason, i)+" text "+text)
		}
	}
	for i := range form[name+CoverFound] {
		lines = append(lines, at(CoverFoundIs, 0)+" text "+at(CoverFound, i))
	}
	return strings.Join(lines, "\n")
}
