package arch

import (
	"io/fs"
	"path"
	"regexp"
	"slices"
	"strings"
)

// mostArticles is how many lines of a file may begin as articles do. Tests invent statutes shorter than that.
const mostArticles = 10

var articleLine = regexp.MustCompile(`(?m)^[#*> \t　]*第[零〇一二三四五六七八九十百千0-9]{1,6}条\*{0,2}[ \t　]`)

// checkStatutes finds texts of statutes: they belong into the database of an installation (yifa law import), never into
// the repository, not among the inputs of tests either.
func checkStatutes(root fs.FS) ([]Fault, error) {
	var faults []Fault
	err := fs.WalkDir(root, ".", func(name string, entry fs.DirEntry, err error) error {
		base, kind := path.Base(name), path.Ext(name)
		switch {
		case err != nil:
			return err
		case entry.IsDir():
			if base != "." && strings.HasPrefix(base, ".") || base == "node_modules" {
				return fs.SkipDir
			}
			return nil
		case kind == ".docx" || kind == ".doc":
			faults = append(faults, Fault{"statute", name, 0, "is a document of Word: tests make theirs themselves, and texts of statutes are imported, never kept here"})
			return nil
		case !slices.Contains([]string{".md", ".markdown", ".txt", ".html", ".json", ".yaml", ".go"}, kind):
			return nil
		}
		text, err := fs.ReadFile(root, name)
		if err == nil && len(articleLine.FindAllIndex(text, mostArticles+1)) > mostArticles {
			faults = append(faults, Fault{"statute", name, 0, "holds the text of a statute: texts are imported into a database, never kept here"})
		}
		return err
	})
	return faults, err
}
