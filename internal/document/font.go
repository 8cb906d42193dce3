package document

import (
	"bytes"
	"compress/gzip"
	_ "embed"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"strings"
	"sync"

	"github.com/signintech/gopdf"
)

// The fonts built in: parts of Noto Serif SC and LXGW WenKai, made by scripts/fonts.sh. What is seldom needed is
// compressed and unpacked the first time a character asks for it.
var (
	//go:embed fonts/YifaSong-Regular.ttf
	songRegular []byte
	//go:embed fonts/YifaSong-Bold.ttf
	songBold []byte
	//go:embed fonts/YifaSong-Rare.ttf.gz
	songRare []byte
	//go:embed fonts/YifaKai-Rare.ttf.gz
	kaiRare []byte
)

// font is one font file, read when it is first asked for.
type font struct {
	name  string
	bytes func() ([]byte, error)

	once    sync.Once
	fault   error
	measure gopdf.SubsetFontObj // its tables are only read
}

// Fonts are the fonts papers are set in, in the order in which they are asked for a character. It is safe for use by
// many goroutines.
type Fonts struct {
	body, title, heading, kai []*font
	parsed                    gopdf.FontContainer
}

// OpenFonts gives the built-in fonts, and before them those at the top of a folder (nil: none): body*.ttf is asked
// first for the text, title*.ttf for head and titles, hei*.ttf and kai*.ttf for headings, any other *.ttf after the
// built-in ones that are not rare. A font that cannot be read, or whose maker forbids embedding, is an error.
func OpenFonts(dir fs.FS) (*Fonts, error) {
	f := &Fonts{}
	own, err := f.own(dir)
	if err != nil {
		return nil, err
	}
	plain := func(name string, raw []byte) *font {
		return &font{name: subsetTag + name, bytes: func() ([]byte, error) { return raw, nil }}
	}
	packed := func(name string, raw []byte) *font {
		return &font{name: subsetTag + name, bytes: func() ([]byte, error) { return unpack(raw) }}
	}
	f.body = append(own["body"], plain("YifaSong-Regular", songRegular))
	f.body = append(f.body, own[""]...)
	f.body = append(f.body, packed("YifaSong-Rare", songRare), packed("YifaKai-Rare", kaiRare))
	f.title = append(own["title"], plain("YifaSong-Bold", songBold))
	f.title = append(f.title, f.body...)
	f.heading = append(own["hei"], f.title...)
	f.kai = append(own["kai"], f.title...)
	return f, nil
}

// subsetTag marks the name of a font of which only the glyphs used are in the file.
const subsetTag = "YIFAAA+"

// own reads the fonts of a folder, by what they are for.
func (f *Fonts) own(dir fs.FS) (map[string][]*font, error) {
	out := map[string][]*font{}
	if dir == nil {
		return out, nil
	}
	names, err := fs.Glob(dir, "*.ttf")
	if err != nil {
		return nil, fmt.Errorf("document: fonts: %w", err)
	}
	for i, name := range names {
		one := &font{name: fmt.Sprintf("%sOwn%d", subsetTag, i+1), bytes: func() ([]byte, error) { return fs.ReadFile(dir, name) }}
		if err := f.load(one); err != nil {
			return nil, fmt.Errorf("document: %s: %w", name, err)
		}
		use := ""
		for _, u := range []string{"body", "title", "hei", "kai"} {
			if strings.HasPrefix(name, u) {
				use = u
			}
		}
		out[use] = append(out[use], one)
	}
	return out, nil
}

func unpack(raw []byte) ([]byte, error) {
	r, err := gzip.NewReader(bytes.NewReader(raw))
	if err != nil {
		return nil, err
	}
	return io.ReadAll(r)
}

// load reads a font once.
func (f *Fonts) load(one *font) error {
	one.once.Do(func() {
		raw, err := one.bytes()
		if err == nil {
			err = one.measure.SetTTFData(raw)
		}
		if err == nil && !one.measure.GetTTFParser().Embeddable {
			err = errors.New("its maker does not allow it to be embedded")
		}
		if err == nil {
			err = f.parsed.AddTTFFontData(one.name, raw)
		}
		if err != nil {
			one.fault = fmt.Errorf("font %s: %w", strings.TrimPrefix(one.name, subsetTag), err)
		}
	})
	return one.fault
}

// glyph is the number of a character's glyph, 0 where the font has none.
func (one *font) glyph(r rune) uint {
	g, err := one.measure.CharCodeToGlyphIndex(r)
	if err != nil {
		return 0
	}
	return g
}

// has says whether a font has every character of a text.
func (f *Fonts) has(one *font, text string) (bool, error) {
	if err := f.load(one); err != nil {
		return false, err
	}
	for _, r := range text {
		if one.glyph(r) == 0 {
			return false, nil
		}
	}
	return true, nil
}

// pick is the first font that has every character of a text, or *MissingGlyph.
func (f *Fonts) pick(order []*font, text string) (*font, error) {
	for _, one := range order {
		has, err := f.has(one, text)
		if err != nil {
			return nil, err
		}
		if has {
			return one, nil
		}
	}
	return nil, &MissingGlyph{Text: text}
}

// width is how wide a text is in thousandths of the font's size.
func (one *font) width(text string) float64 {
	var sum uint
	for _, r := range text {
		sum += one.measure.GlyphIndexToPdfWidth(one.glyph(r))
	}
	return float64(sum)
}

// MissingGlyph: no font has the characters of Text, which a reader would see as one. The paper is not made.
type MissingGlyph struct{ Text string }

// Error names the characters by their numbers alone, so that it may stand where no personal text may.
func (e *MissingGlyph) Error() string { return "document: no font has " + e.Code() }

// Code is the characters' numbers: U+20BB7.
func (e *MissingGlyph) Code() string {
	var out []string
	for _, r := range e.Text {
		out = append(out, fmt.Sprintf("U+%04X", r))
	}
	return strings.Join(out, " ")
}
