package document

// Measures in points. GB/T 9704: A4, 37 mm above and 28 mm left of the type area of 156 × 225 mm, in it 22 lines of 28
// characters; the head is that of a letter (10.1), 30 mm below the edge.
const (
	mm         = 72 / 25.4
	pageWidth  = 210 * mm
	left       = 28 * mm
	top        = 37 * mm
	width      = 156 * mm
	height     = 225 * mm
	lineCount  = 22
	lineMost   = 25         // where that saves a page with little on it
	bodySize   = width / 28 // 三号
	titleSize  = 22.0       // 二号
	issuerSize = 36.0       // 小初, smaller for a long name
	issuerTop  = 30 * mm
	ruleWidth  = 170 * mm
	pageSize   = 14.0 // 四号, of page numbers
	noteSize   = 9.0
	noteTop    = 281 * mm
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

// rule is a level line.
type rule struct {
	x, y, width, thick float64
	ink                ink
}

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
}

func (l *layout) pitch() float64 { return height / float64(l.rows) }

// lay sets a whole paper. Where the last page would hold little more than the signature, lines are set closer, as
// GB/T 9704 5.2.3 lets them be, if that saves the page.
func (f *Fonts) lay(p Paper) (*layout, error) {
	l, err := f.laid(p, lineCount)
	if err != nil || len(l.sheets) == 1 || l.row > lineCount/2 {
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
	l := &layout{fonts: f, sheets: []*sheet{{}}, rows: rows}
	for _, step := range []func(Paper) error{l.head, l.text, l.foot} {
		if err := step(p); err != nil {
			return nil, err
		}
	}
	return l, nil
}

func (l *layout) last() *sheet { return l.sheets[len(l.sheets)-1] }

// style is how a line of its own is set.
type style struct {
	order []*font
	size  float64
	ink   ink
}

// one measures a line that is not broken.
func (l *layout) one(s style, text string) ([]cluster, error) {
	return l.fonts.clusters(s.order, text, s.size)
}

// head sets the organ in red over its rule, the number below it at the right, and the title.
func (l *layout) head(p Paper) error {
	s := style{l.fonts.title, issuerSize, red}
	name, err := l.one(s, p.Issuer)
	if err != nil {
		return err
	}
	if w := widthOf(name); w > width {
		for i := range name {
			name[i].width *= width / w
		}
		s.size *= width / w
	}
	page := l.last()
	base := issuerTop + s.size*ascent
	page.put(s, line{clusters: name}, (pageWidth-widthOf(name))/2, base)
	below := issuerTop + s.size*1.1 + 4*mm
	page.rules = append(page.rules, rule{(pageWidth - ruleWidth) / 2, below, ruleWidth, 2, red}, rule{(pageWidth - ruleWidth) / 2, below + 2.6, ruleWidth, 0.6, red})
	l.row = int((below-top)/l.pitch()) + 1
	body := style{l.fonts.body, bodySize, black}
	if p.Number != "" {
		number, err := l.one(body, p.Number)
		if err != nil {
			return err
		}
		page.put(body, line{clusters: number}, left+width-widthOf(number), l.base())
		l.row++
	}
	l.row++
	return l.title(p.Title)
}

// title sets the title in the middle, in lines of about the same length.
func (l *layout) title(text string) error {
	s := style{l.fonts.title, titleSize, black}
	all, err := l.one(s, text)
	if err != nil {
		return err
	}
	room := width - 2*titleSize
	if lines := int(widthOf(all)/room) + 1; lines > 1 {
		room = widthOf(all)/float64(lines) + titleSize
	}
	for _, one := range breakLines(all, titleSize, room, 0) {
		l.next()
		l.last().put(s, line{clusters: one.clusters}, left+(width-widthOf(one.clusters))/2, l.base()+3)
		l.row++
	}
	l.row++
	return nil
}

// base is the baseline of the next free line.
func (l *layout) base() float64 {
	return top + float64(l.row)*l.pitch() + (l.pitch()-bodySize)/2 + bodySize*ascent
}

// next begins a new page where the last one is full.
func (l *layout) next() {
	if l.row >= l.rows {
		l.sheets, l.row = append(l.sheets, &sheet{}), 0
	}
}

// text sets the addressee and the body. The last lines go with the signature, which never stands alone on a page.
func (l *layout) text(p Paper) error {
	body, bold := style{l.fonts.body, bodySize, black}, style{l.fonts.title, bodySize, black}
	var lines []line
	var styles []style
	headings := map[int]bool{}
	add := func(s style, text string, first float64) error {
		all, err := l.one(s, text)
		if err != nil {
			return err
		}
		for _, one := range breakLines(all, bodySize, width, first) {
			lines, styles = append(lines, one), append(styles, s)
		}
		return nil
	}
	if err := add(body, p.Addressee, 0); err != nil {
		return err
	}
	for _, para := range p.Body {
		s := body
		if para.Heading {
			s, headings[len(lines)] = bold, true
		}
		if err := add(s, para.Text, indent); err != nil {
			return err
		}
	}
	for i, one := range lines {
		l.next()
		if headings[i] && l.row == l.rows-1 { // a heading stays with what it heads
			l.sheets, l.row = append(l.sheets, &sheet{}), 0
		}
		if rest := len(lines) - i; rest == min(kept, len(lines)) && l.row > 0 && l.row+rest+signRows > l.rows {
			l.sheets, l.row = append(l.sheets, &sheet{}), 0
		}
		l.last().put(styles[i], one, left+one.indent, l.base())
		l.row++
	}
	return nil
}

// What the signature takes: two free lines, the organ, the day; and how many lines of the body stay with it.
const (
	signRows = 4
	kept     = 2
)
