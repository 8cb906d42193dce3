package document

// Measures in points. GB/T 9704: A4, 37 mm above and 28 mm left of the type area of 156 × 225 mm, in it 22 lines of 28
// characters.
const (
	mm         = 72 / 25.4
	pageWidth  = 210 * mm
	pageHeight = 297 * mm
	left       = 28 * mm
	top        = 37 * mm
	width      = 156 * mm
	height     = 225 * mm
	lineCount  = 22
	lineMost   = 25         // where that saves a page with little on it
	bodySize   = width / 28 // 三号
	titleSize  = 22.0       // 二号
	pageSize   = 14.0       // 四号, of page numbers
	noteSize   = 8.0
	noteTop    = 281 * mm
	sheetTop   = 22 * mm
	sheetRows  = 24
	plainTop   = 25 * mm
	plainRows  = 2 // more than on a page of GB/T 9704
	indent     = 2 * bodySize
	dayRight   = 4 * bodySize // free at the right of the day
	ascent     = 0.86         // of the size: from the top of a line of the font's own height to its baseline
)

// ink is a colour.
type ink struct{ r, g, b uint8 }

var (
	black = ink{}
	red   = ink{230, 0, 18}
	grey  = ink{90, 90, 90}
)

// mark is a piece of text of one font at its place; y is its baseline from the page's upper edge.
type mark struct {
	font   *font
	text   string
	x, y   float64
	size   float64
	spread float64 // between its characters
	ink    ink
}

// pen is how a line is drawn.
type pen struct {
	thick float64
	ink   ink
}

// rule is a straight line.
type rule struct {
	x, y, x2, y2 float64
	pen
}

// level is a level line.
func level(x, y, width float64, pen pen) rule { return rule{x, y, x + width, y, pen} }

// sheet is one page.
type sheet struct {
	marks []mark
	rules []rule
}

// layout sets a paper line by line on a grid of lines.
type layout struct {
	fonts  *Fonts
	sheets []*sheet
	rows   int // lines of a page
	row    int // the next free line of the last sheet
	foot   int // lines at the foot of each page that are kept free
	top    float64
	height float64
	seal   seal
	ended  int  // lines that what the paper says takes of its last page
	signed bool // the block of the signature has a page of its own
}

// seal is where the organ's seal belongs: it presses the signer and the day (GB/T 9704 7.3.5.1).
type seal struct {
	page int     // from 0
	x, y float64 // its middle; 0, 0: nobody signs at the end
}

func (l *layout) pitch() float64 { return l.height / float64(l.rows) }

// lay sets a whole paper. Where the last page would hold little more than the signature, lines are set closer, as
// GB/T 9704 5.2.3 lets them be, if that saves the page.
func (f *Fonts) lay(p Paper) (*layout, error) {
	l, err := f.laid(p, lineCount)
	if err != nil || len(l.sheets) == 1 || l.ended > lineCount/2 || p.form() == Sheet || p.form() == Record {
		return l, err
	}
	for rows := lineCount + 1; rows <= lineMost; rows++ {
		if closer, err := f.laid(p, rows); err != nil || len(closer.sheets) < len(l.sheets) {
			return closer, err
		}
	}
	return l, nil
}

// laid sets a paper with so many lines to a page.
func (f *Fonts) laid(p Paper, rows int) (*layout, error) {
	l := &layout{fonts: f, sheets: []*sheet{{}}, rows: rows, foot: len(p.PageFoot), top: top, height: height}
	switch p.form() { // no standard binds what is not 公文: it takes what a page has
	case Sheet:
		l.top, l.height, l.rows = sheetTop, top+height-sheetTop, sheetRows
	case Plain, Record:
		l.top, l.height, l.rows = plainTop, top+height-plainTop, rows+plainRows
	}
	for _, step := range []func(Paper) error{l.head, l.text, l.sign, l.annexes, l.imprint, l.signature, l.numbers, l.pageFoot, l.note} {
		if err := step(p); err != nil {
			return nil, err
		}
	}
	return l, nil
}

func (l *layout) last() *sheet { return l.sheets[len(l.sheets)-1] }

// end is how many lines of a page the text may take.
func (l *layout) end() int { return l.rows - l.foot }

// style is how a line of its own is set.
type style struct {
	order []*font
	size  float64
	ink   ink
}

func (l *layout) body() style { return style{l.fonts.body, bodySize, black} }

// one measures a line that is not broken.
func (l *layout) one(s style, text string) ([]cluster, error) {
	return l.fonts.clusters(s.order, text, s.size)
}

// narrow measures a line that is not broken, smaller where it is wider than its room.
func (l *layout) narrow(s style, text string, room float64) (style, []cluster, error) {
	all, err := l.one(s, text)
	if w := widthOf(all); err == nil && w > room {
		s.size *= room / w
		all, err = l.one(s, text)
	}
	return s, all, err
}

// base is the baseline of the next free line.
func (l *layout) base() float64 {
	return l.top + float64(l.row)*l.pitch() + (l.pitch()-bodySize)/2 + bodySize*ascent
}

// next begins a new page where the last one is full.
func (l *layout) next() {
	if l.row >= l.end() {
		l.page()
	}
}

// page begins a new page.
func (l *layout) page() { l.sheets, l.row = append(l.sheets, &sheet{}), 0 }

// at sets a line of its own, not broken, at a place that its width decides.
func (l *layout) at(s style, text string, x func(wide float64) float64) error {
	all, err := l.one(s, text)
	if err != nil {
		return err
	}
	l.last().put(s, line{clusters: all}, x(widthOf(all)), l.base())
	return nil
}

// Places of a line of its own.
func middle(wide float64) float64   { return left + (width-wide)/2 } // of the type area, not of the page
func atRight(wide float64) float64  { return left + width - wide }
func oneRight(wide float64) float64 { return left + width - wide - bodySize }
func flush(float64) float64         { return left }
func oneLeft(float64) float64       { return left + bodySize }

// put sets a line at its place, in as few marks as its fonts and gaps allow.
func (p *sheet) put(s style, l line, x, y float64) {
	for i, c := range l.clusters {
		opened := 0.0
		if i+1 < len(l.clusters) && opens(c, l.clusters[i+1]) {
			opened = l.gap
		}
		n := len(p.marks)
		// A run goes on while the gap after each of its characters is the same, so that one spread serves all of it.
		if i > 0 && p.marks[n-1].font == c.font && l.clusters[i-1].wide == c.wide && l.clusters[i-1].room == c.room && (c.wide || !c.space && !l.clusters[i-1].space) && len([]rune(c.text)) == 1 {
			p.marks[n-1].text += c.text
		} else {
			spread := c.room
			if c.wide {
				spread += l.gap
			}
			p.marks = append(p.marks, mark{c.font, c.text, x + c.room/2, y, s.size, spread, s.ink})
		}
		x += c.width + opened
	}
}
