package demo

import (
	"bytes"
	_ "embed"
	"fmt"
	"image"
	"image/color"
	"image/jpeg"
	"slices"
	"strings"

	"yifa/internal/office"
	"yifa/internal/procedure/worked"
)

//go:embed texts.yaml
var textsYAML []byte

// telling is one set of words for a kind of problem.
type telling struct {
	Title   string `yaml:"title"`
	Summary string `yaml:"summary"`
	Account string `yaml:"account"`
	Wish    string `yaml:"wish"`
	Place   string `yaml:"place"`
	Outcome string `yaml:"outcome"`
}

// words gives a story other words than its worked case, if there are some for its kind of problem.
// The first telling keeps the case's own.
func (c *City) words(one worked.Case, i int) func(field, text string) string {
	problem := ""
	for _, l := range one.Lines {
		if l.Step != nil && len(l.Step.Fields["problem"]) > 0 && problem == "" {
			problem, _, _ = strings.Cut(l.Step.Fields["problem"][0], ",")
		}
	}
	pool := c.texts[problem]
	if len(pool) == 0 {
		return nil
	}
	t := pool[i%len(pool)]
	own := map[string]string{"title": t.Title, "summary": t.Summary, "account": t.Account, "wish": t.Wish, "place": t.Place, "outcome": t.Outcome}
	return func(field, text string) string {
		if w := own[field]; w != "" {
			return w
		}
		return text
	}
}

// readTexts reads texts.yaml.
func (c *City) readTexts() error {
	var f struct {
		Schema int                  `yaml:"schema"`
		Texts  map[string][]telling `yaml:"texts"`
	}
	if err := strict(textsYAML, &f); err != nil {
		return fmt.Errorf("demo: texts: %w", err)
	}
	c.texts = f.Texts
	return nil
}

// uploads are small pictures under the names of a step's files.
func uploads(files map[string][]string) map[string][]office.Upload {
	out := map[string][]office.Upload{}
	for field, names := range files {
		for _, name := range slices.Sorted(slices.Values(names)) {
			out[field] = append(out[field], office.Upload{Name: name, Body: bytes.NewReader(picture(len(name)))})
		}
	}
	return out
}

// picture is a small plain photograph, told apart by its shade.
func picture(seed int) []byte {
	img := image.NewRGBA(image.Rect(0, 0, 240, 160))
	for y := range 160 {
		for x := range 240 {
			img.Set(x, y, color.RGBA{uint8(60 + seed*5%120), uint8(90 + y/2), uint8(110 + x/3), 255})
		}
	}
	var b bytes.Buffer
	_ = jpeg.Encode(&b, img, nil) // writing to memory does not fail
	return b.Bytes()
}
