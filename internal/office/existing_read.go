package office

import (
	"bytes"
	"context"
	"errors"
	"io"
	"log/slog"
	"regexp"
	"slices"
	"strings"
	"time"

	"yifa/internal/document"
	"yifa/internal/evidence"
	"yifa/internal/lawtext"
	"yifa/internal/matter"
	"yifa/internal/raster"
	"yifa/internal/reading"
)

// This file reads what a paper that was there before seems to say of itself, once it has arrived whole.

// What is read of one file, and how much of it goes into the record, to be found there.
const (
	readBytes   = 32 << 20
	readRunes   = 4000
	readAtMost  = 20 * time.Second
	importKept  = 30 * 24 * time.Hour
	importMost  = 500 // files of one person waiting to be taken into one matter
	importField = "file"
)

// sortedPaper is what is kept of a file among existing papers, sealed with its upload.
type sortedPaper struct {
	Guess   reading.Guess
	Reading string            `json:",omitempty"` // its text, as far as it goes into the record
	Pages   int               `json:",omitempty"` // 0: not known
	Answers map[string]string `json:",omitempty"` // as somebody left them; nil: nobody did
	Place   int               `json:",omitempty"` // in the order; 0: not placed
	Order   string            `json:",omitempty"` // that is taking it in
	Why     string            `json:",omitempty"` // it was not taken in the last time
}

// readPaper looks at a file that has arrived. Whatever is wrong with it, somebody can still say what it is: nothing read is
// no fault.
func (o *Office) readPaper(ctx context.Context, c upload) *sortedPaper {
	p := &sortedPaper{}
	original, shown := c.Files[0], c.Files[len(c.Files)-1]
	var lines []string
	if shown.Clean && shown.Size <= readBytes {
		ctx, cancel := context.WithTimeout(ctx, readAtMost)
		defer cancel()
		var err error
		if lines, p.Pages, err = o.linesOf(ctx, shown); err != nil {
			slog.Warn("existing paper", "unread", err)
		}
	}
	if strings.HasPrefix(original.Media, "image/") {
		p.Pages = 1
	}
	p.Reading = readable(lines)
	at := c.Path
	if at == "" {
		at = c.Name
	}
	p.Guess = reading.Of(reading.Paper{Path: at, Media: original.Media, Lines: lines}, o.kindTitles(), o.Today())
	return p
}

// linesOf are the lines of a paper from its top, and its pages where they can be counted.
func (o *Office) linesOf(ctx context.Context, f matter.File) (lines []string, pages int, err error) {
	if f.Media != string(evidence.DOCX) && f.Media != string(evidence.PDF) {
		return nil, 0, nil
	}
	body, err := o.blobs.Open(f.Blob, f.Key)
	if err != nil {
		return nil, 0, err
	}
	raw, err := io.ReadAll(body)
	if closed := body.Close(); err == nil {
		err = closed
	}
	if err != nil {
		return nil, 0, err
	}
	if f.Media == string(evidence.DOCX) {
		lines, err = lawtext.Lines(raw)
		return lines, 0, err
	}
	if lines, err = o.linesOfPDF(ctx, raw); errors.Is(err, raster.ErrNoRenderer) {
		err = nil
	}
	return lines, document.Pages(raw), err
}

// pagesRead is how many pages of a PDF are read: what a paper says of itself stands in front, and no more goes into the
// record.
const pagesRead = 3

// linesOfPDF are the lines of the first pages of a PDF that has text: letters that stand side by side, from the left.
func (o *Office) linesOfPDF(ctx context.Context, raw []byte) ([]string, error) {
	letters, err := o.raster.Read(ctx, bytes.NewReader(raw))
	if err != nil {
		return nil, err
	}
	var out []string
	for page := 1; page <= pagesRead; page++ {
		var line strings.Builder
		var last raster.Box
		for _, l := range letters[page] {
			below := l.Box.Y > last.Y+last.H/2 || l.Box.Y+l.Box.H < last.Y+last.H/2
			if line.Len() > 0 && l.Box.H > 0 && below || l.R == '\n' || l.R == '\r' {
				out = append(out, line.String())
				line.Reset()
			}
			if l.R >= ' ' {
				line.WriteRune(l.R)
			}
			if l.Box.H > 0 {
				last = l.Box
			}
		}
		out = append(out, line.String())
	}
	return slices.DeleteFunc(out, func(line string) bool { return strings.TrimSpace(line) == "" }), nil
}

var unreadable = regexp.MustCompile(`[\p{Cc}\x{202a}-\x{202e}\x{2066}-\x{2069}]+`)

// readable is the text of some lines as the record takes texts: bounded, without characters that are none.
func readable(lines []string) string {
	var out strings.Builder
	n := 0
	for _, line := range lines {
		for _, r := range strings.TrimSpace(unreadable.ReplaceAllString(line, " ")) + "\n" {
			if n++; n >= readRunes {
				return strings.TrimSpace(out.String())
			}
			out.WriteRune(r)
		}
	}
	return strings.TrimSpace(out.String())
}

// kindTitles are the titles of the catalogue by id.
func (o *Office) kindTitles() map[string]string {
	out := map[string]string{}
	for _, k := range o.paperKinds() {
		out[k.Value] = k.Label
	}
	return out
}

// brackets are those of numbers, one for all that people write.
var brackets = strings.NewReplacer("[", "〔", "［", "〔", "(", "〔", "（", "〔", "【", "〔", "]", "〕", "］", "〕", ")", "〕", "）", "〕", "】", "〕", " ", "")

// seriesForm matches the numbers of a series, whatever organ (its first group, if it names one), year and count.
func seriesForm(format string) *regexp.Regexp {
	text := regexp.QuoteMeta(format)
	for slot, form := range map[string]string{"short": `(\p{Han}{1,8})`, "year": `(?:19|20)\d\d`, "n": `\d{1,6}`} {
		text = strings.ReplaceAll(text, regexp.QuoteMeta("{"+slot+"}"), form)
	}
	return regexp.MustCompile("^" + text + "$")
}

// ownNumbers tells the numbers that this platform gives, of procedures and of the catalogue, from others.
type ownNumbers struct {
	forms []*regexp.Regexp
	short map[string]bool // by which organs are named in them
}

func (o *Office) ownNumbers() ownNumbers {
	own := ownNumbers{short: map[string]bool{}}
	seen := map[string]bool{"": true}
	add := func(format string) {
		if !seen[format] {
			seen[format] = true
			own.forms = append(own.forms, seriesForm(format))
		}
	}
	for _, p := range o.law.All() {
		for _, s := range p.Series.Each {
			add(s.Format)
		}
	}
	for _, k := range o.law.Papers() {
		add(k.Series)
	}
	if reg := o.register.Load(); reg != nil {
		for _, organ := range reg.InForce {
			own.short[organ.Short], own.short[organ.Symbol] = true, true
		}
	}
	return own
}

// like says whether a number looks like one of ours: of the same form, by an organ that numbers its papers here.
func (own ownNumbers) like(number string) bool {
	number = brackets.Replace(strings.TrimSpace(number))
	for _, form := range own.forms {
		if m := form.FindStringSubmatch(number); m != nil && (len(m) < 2 || own.short[m[1]]) {
			return true
		}
	}
	return false
}
