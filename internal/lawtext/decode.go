package lawtext

import (
	"bytes"
	"errors"
	"fmt"
	"html"
	"path"
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/simplifiedchinese"
	xunicode "golang.org/x/text/encoding/unicode"
)

// Bounds of what is read. The longest code of the country has 1,260 articles and some 300 kB of text.
const (
	MaxFile  = 16 << 20 // bytes of a file
	maxText  = 8 << 20  // bytes of its text
	maxLines = 100_000
)

// Reasons a file is not read. Each says what to do, where something can be done.
var (
	ErrKind      = errors.New("is not Markdown, plain text or DOCX")
	ErrOldWord   = errors.New("is in the old format of Word: save it as DOCX")
	ErrLarge     = errors.New("is too large to be the text of a statute")
	ErrEncoding  = errors.New("is not text in UTF-8, UTF-16 or GB 18030")
	ErrNoArticle = errors.New("holds no article: is it the text of a statute?")
	ErrNoTitle   = errors.New("holds no title before its first article")
)

// Read reads one file. name is its path, of which only the last part is looked at: its ending says what kind of
// file it is, a day in it stands in for one the text does not say. The error says why it was not read, and begins
// with a verb.
func Read(name string, data []byte) (Text, error) {
	if len(data) > MaxFile {
		return Text{}, ErrLarge
	}
	var lines []string
	var err error
	switch kind := strings.ToLower(path.Ext(name)); kind {
	case ".docx":
		lines, err = docx(data)
	case ".md", ".markdown", ".txt":
		var text string
		if text, err = decode(data); err == nil {
			lines, err = plain(text, kind != ".txt")
		}
	case ".doc", ".wps":
		return Text{}, ErrOldWord
	default:
		return Text{}, ErrKind
	}
	if err != nil {
		return Text{}, err
	}
	return parse(path.Base(name), lines)
}

// Kind reports whether a file's name ends as one of those that Read reads.
func Kind(name string) bool {
	switch strings.ToLower(path.Ext(name)) {
	case ".docx", ".md", ".markdown", ".txt", ".doc", ".wps":
		return true
	}
	return false
}

// decode is a text in UTF-8, whichever of the three it was written in.
func decode(data []byte) (string, error) {
	var from encoding.Encoding
	switch {
	case bytes.HasPrefix(data, []byte{0xff, 0xfe}), bytes.HasPrefix(data, []byte{0xfe, 0xff}):
		from = xunicode.UTF16(xunicode.LittleEndian, xunicode.UseBOM)
	case utf8.Valid(data):
		return string(bytes.TrimPrefix(data, []byte("\ufeff"))), nil
	default:
		from = simplifiedchinese.GB18030
	}
	out, err := from.NewDecoder().Bytes(data)
	if err != nil || bytes.ContainsRune(out, utf8.RuneError) {
		return "", ErrEncoding
	}
	return string(out), nil
}

var (
	comment  = regexp.MustCompile(`(?s)<!--.*?-->`)
	tag      = regexp.MustCompile(`</?[a-zA-Z][^<>]*>`)
	breaks   = regexp.MustCompile(`(?i)<br\s*/?>`)
	link     = regexp.MustCompile(`!?\[([^\[\]]*)\]\([^()]*\)`)
	escape   = regexp.MustCompile(`\\([\\*_#>\[\]().\-+!` + "`" + `])`)
	emphasis = strings.NewReplacer("**", "", "__", "")
	bullet   = regexp.MustCompile(`^[-*+]\s+`)
)

// plain cuts a text into lines without empty ones; marked takes the marks of Markdown off.
func plain(text string, marked bool) ([]string, error) {
	if len(text) > maxText {
		return nil, ErrLarge
	}
	text = strings.NewReplacer("\r\n", "\n", "\r", "\n", "\f", "\n", "\u2028", "\n", "\u2029", "\n").Replace(text)
	if marked {
		text = comment.ReplaceAllString(withoutFront(text), "")
		text = breaks.ReplaceAllString(text, "\n")
	}
	var lines []string
	for line := range strings.Lines(text) {
		if marked {
			line = unmark(line)
		}
		if line = tidy(line); line == "" {
			continue
		}
		if lines = append(lines, line); len(lines) > maxLines {
			return nil, ErrLarge
		}
	}
	return lines, nil
}

// withoutFront takes off the block of settings that some collections begin a file with.
func withoutFront(text string) string {
	rest, ok := strings.CutPrefix(text, "---\n")
	if !ok {
		return text
	}
	if i := strings.Index(rest, "\n---\n"); i >= 0 {
		return rest[i+len("\n---\n"):]
	}
	return text
}

// unmark takes the marks of Markdown off a line: headings, quotes, lists, emphasis, links, tags.
func unmark(line string) string {
	line = strings.TrimLeft(strings.TrimSpace(line), "#> ")
	line = bullet.ReplaceAllString(line, "")
	line = tag.ReplaceAllString(link.ReplaceAllString(line, "$1"), "")
	line = escape.ReplaceAllString(emphasis.Replace(line), "$1")
	return html.UnescapeString(strings.TrimSuffix(strings.TrimSpace(line), `\`))
}

// tidy makes every run of white space one space, and takes out what is not seen: control characters, marks of
// direction, characters without width.
func tidy(line string) string {
	var b strings.Builder
	space := false
	for _, r := range line {
		switch {
		case unicode.IsSpace(r):
			space = b.Len() > 0
		case unicode.In(r, unicode.Cc, unicode.Cf, unicode.Co, unicode.Cs), r == utf8.RuneError:
		default:
			if space {
				b.WriteByte(' ')
				space = false
			}
			b.WriteRune(r)
		}
	}
	return b.String()
}

// broken words what is wrong with a file's inside.
func broken(what string, err error) error {
	if err == nil {
		return fmt.Errorf("is broken: %s", what)
	}
	return fmt.Errorf("is broken: %s: %w", what, err)
}
