// Package guide holds the users' guides: one folder for each kind of reader, one short page for each
// question a person has, in Markdown, and the pictures in them. The product's help shows the same
// pages. README.md of a folder is its contents page; name.zh-Hant.md and name.en.md stand beside
// name.md where the page was written in those languages too; what the others are called in them stands in
// titles.yaml. It knows no HTTP, and nothing of the
// matters it speaks about.
package guide

import (
	"embed"
	"fmt"
	"io/fs"
	"path"
	"strings"
	"sync"

	"go.yaml.in/yaml/v3"

	"yifa/internal/i18n"
)

//go:embed public officer leader operator pictures titles.yaml
var files embed.FS

// Reader is whom a guide is written for; the name of its folder.
type Reader string

// The readers, in the order their guides are listed.
const (
	Public   Reader = "public"
	Officer  Reader = "officer"
	Leader   Reader = "leader"
	Operator Reader = "operator"
)

// Readers lists every reader.
var Readers = []Reader{Public, Officer, Leader, Operator}

// Pictures is the address under which the portal answers with the pictures.
const Pictures = "/help/pictures/"

// contents names the page that lists the others.
const contents = "README"

// Path is where the product shows a guide, without language prefix: what is for the public stands on the portal.
func (r Reader) Path() string {
	if r == Public {
		return "/help"
	}
	return "/desk/help/" + string(r)
}

// Page is one page of a guide.
type Page struct {
	Reader Reader
	Name   string // of the file, without language and ending
	Title  string // its one heading of the first level
	Called string // the title in the language of the reader, also where the page is not written in it
	Lang   i18n.Lang
	HTML   string // what follows the title; made by us from our own text, raw HTML left out
}

// Path is where the product shows the page, without language prefix.
func (p Page) Path() string {
	if p.Name == contents {
		return p.Reader.Path()
	}
	return p.Reader.Path() + "/" + p.Name
}

// titles are what pages are called in languages they are not written in, by reader and name.
var titles = sync.OnceValue(func() map[Reader]map[string]map[i18n.Lang]string {
	all := map[Reader]map[string]map[i18n.Lang]string{}
	raw, err := files.ReadFile("titles.yaml")
	if err == nil {
		err = yaml.Unmarshal(raw, &all)
	}
	if err != nil {
		panic("guide: " + err.Error()) // a file inside the binary, read by the tests
	}
	return all
})

// key is a page as a reader of one language sees it.
type key struct {
	reader Reader
	name   string
	lang   i18n.Lang
}

// pages are all of them, rendered once: links lead on in the language of the page around, which is
// why a page that stands in Chinese only is rendered for each language all the same.
var pages = sync.OnceValue(func() map[key]Page {
	all := map[key]Page{}
	for _, r := range Readers {
		for _, name := range Names(r) {
			for _, l := range i18n.Langs {
				p, err := read(r, name, l)
				if err != nil {
					panic("guide: " + err.Error()) // files inside the binary, rendered by the tests
				}
				all[key{r, name, l}] = p
			}
		}
	}
	return all
})

// Find is one page of a guide for a reader of a language; in Chinese where it was not written in that one.
func Find(r Reader, name string, l i18n.Lang) (Page, bool) {
	p, ok := pages()[key{r, name, l}]
	return p, ok && name != contents
}

// Contents is the page that lists the others of a guide.
func Contents(r Reader, l i18n.Lang) Page { return pages()[key{r, contents, l}] }

// Names lists the pages of a guide, the contents page among them, as file names without language and ending.
func Names(r Reader) []string {
	entries, err := fs.ReadDir(files, string(r))
	if err != nil {
		return nil // no such folder
	}
	var names []string
	for _, e := range entries {
		if name, found := strings.CutSuffix(e.Name(), ".md"); found && !strings.Contains(name, ".") {
			names = append(names, name)
		}
	}
	return names
}

// Picture is a picture by its file name.
func Picture(name string) ([]byte, bool) {
	if name != path.Base(name) {
		return nil, false
	}
	raw, err := files.ReadFile("pictures/" + name)
	return raw, err == nil
}

// read reads and renders one page for a reader of a language.
func read(r Reader, name string, l i18n.Lang) (Page, error) {
	raw, lang, err := source(r, name, l)
	if err != nil {
		return Page{}, err
	}
	title, html, err := render(raw, place{r, l})
	if err != nil {
		return Page{}, fmt.Errorf("%s/%s: %w", r, name, err)
	}
	called := titles()[r][name][l]
	if lang == l || called == "" {
		called = title
	}
	return Page{Reader: r, Name: name, Title: title, Called: called, Lang: lang, HTML: html}, nil
}

// source is the text of a page and the language it is written in.
func source(r Reader, name string, l i18n.Lang) ([]byte, i18n.Lang, error) {
	if l != i18n.ZhHans {
		if raw, err := files.ReadFile(string(r) + "/" + name + "." + string(l) + ".md"); err == nil {
			return raw, l, nil
		}
	}
	raw, err := files.ReadFile(string(r) + "/" + name + ".md")
	return raw, i18n.ZhHans, err
}
