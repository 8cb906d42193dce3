package guide

import (
	"bytes"
	"errors"
	"fmt"
	"image/png"
	"path"
	"strings"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/extension"
	"github.com/yuin/goldmark/text"

	"yifa/internal/i18n"
)

// markdown is CommonMark with tables. HTML in the text is left out.
var markdown = goldmark.New(goldmark.WithExtensions(extension.Table))

// errTitle: a page begins with its one heading of the first level.
var errTitle = errors.New("it does not begin with one # heading")

// place is where a page is shown.
type place struct {
	reader Reader
	lang   i18n.Lang
}

// render makes the title and the HTML of a page.
func render(raw []byte, at place) (title, html string, err error) {
	doc := markdown.Parser().Parse(text.NewReader(raw))
	head, ok := doc.FirstChild().(*ast.Heading)
	if !ok || head.Level != 1 {
		return "", "", errTitle
	}
	title = words(head, raw)
	doc.RemoveChild(doc, head)
	err = ast.Walk(doc, func(n ast.Node, entering bool) (ast.WalkStatus, error) {
		if !entering {
			return ast.WalkContinue, nil
		}
		switch n := n.(type) {
		case *ast.Link:
			n.Destination = []byte(at.link(string(n.Destination)))
		case *ast.Image:
			return ast.WalkContinue, picture(n)
		}
		return ast.WalkContinue, nil
	})
	if err != nil {
		return "", "", err
	}
	var out bytes.Buffer
	if err := markdown.Renderer().Render(&out, raw, doc); err != nil {
		return "", "", err
	}
	return title, out.String(), nil
}

// words are the letters of a node.
func words(n ast.Node, raw []byte) string {
	var b strings.Builder
	for c := n.FirstChild(); c != nil; c = c.NextSibling() {
		if t, ok := c.(*ast.Text); ok {
			b.Write(t.Segment.Value(raw))
		} else {
			b.WriteString(words(c, raw))
		}
	}
	return b.String()
}

// link is where a link of a page leads in the product: to another page of the guides (other.md,
// ../reader/other.md, with or without its language), to a page of the site in the same language, or out.
func (at place) link(to string) string {
	if strings.HasPrefix(to, "/") {
		return at.lang.Prefix() + to
	}
	to, fragment, _ := strings.Cut(to, "#")
	name, found := strings.CutSuffix(to, ".md")
	if !found {
		return to + withHash(fragment)
	}
	full := path.Join(string(at.reader), name) // reader/name, ../ resolved
	reader, name := Reader(path.Dir(full)), path.Base(full)
	name, _, _ = strings.Cut(name, ".")
	address := at.lang.Prefix() + reader.Path()
	if name != contents {
		address += "/" + name
	}
	return address + withHash(fragment)
}

func withHash(fragment string) string {
	if fragment == "" {
		return ""
	}
	return "#" + fragment
}

// picture gives an image its address in the product and its size, so that the text does not jump when it comes.
func picture(n *ast.Image) error {
	name := path.Base(string(n.Destination))
	raw, found := Picture(name)
	if !found {
		return fmt.Errorf("there is no picture %s", n.Destination)
	}
	size, err := png.DecodeConfig(bytes.NewReader(raw))
	if err != nil {
		return fmt.Errorf("%s: %w", name, err)
	}
	n.Destination = []byte(Pictures + name)
	n.SetAttributeString("width", fmt.Sprint(size.Width))
	n.SetAttributeString("height", fmt.Sprint(size.Height))
	n.SetAttributeString("loading", "lazy")
	return nil
}
