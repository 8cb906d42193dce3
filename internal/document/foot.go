package document

import "fmt"

// foot sets who signs over the day, then page numbers and the small print.
func (l *layout) foot(p Paper) error {
	s := style{l.fonts.body, bodySize, black}
	signer, err := l.one(s, p.Signer)
	if err != nil {
		return err
	}
	day, err := l.one(s, p.Day)
	if err != nil {
		return err
	}
	by, err := l.one(s, p.By)
	if err != nil {
		return err
	}
	rows := 2
	if p.By != "" {
		rows++
	}
	if l.row += signRows - 2; l.row > l.rows-rows { // a paper without a body, under a title of many lines
		l.sheets, l.row = append(l.sheets, &sheet{}), 0
	}
	dayAt := left + width - dayRight - widthOf(day)
	signerAt := min(dayAt+(widthOf(day)-widthOf(signer))/2, left+width-widthOf(signer))
	l.last().put(s, line{clusters: signer}, signerAt, l.base())
	l.row++
	if p.By != "" {
		l.last().put(s, line{clusters: by}, min(dayAt+(widthOf(day)-widthOf(by))/2, left+width-widthOf(by)), l.base())
		l.row++
	}
	l.last().put(s, line{clusters: day}, dayAt, l.base())
	if err := l.numbers(); err != nil {
		return err
	}
	return l.note(p.Note)
}

// numbers sets — 1 — below the type area: at the right on odd pages, at the left on even ones.
func (l *layout) numbers() error {
	s := style{l.fonts.body, pageSize, black}
	for i, page := range l.sheets {
		all, err := l.one(s, fmt.Sprintf("— %d —", i+1))
		if err != nil {
			return err
		}
		x := left + width - widthOf(all) - pageSize
		if i%2 == 1 {
			x = left + pageSize
		}
		page.put(s, line{clusters: all}, x, top+height+7*mm+pageSize*ascent)
	}
	return nil
}

func (l *layout) note(text string) error {
	s := style{l.fonts.body, noteSize, grey}
	all, err := l.one(s, text)
	if err != nil {
		return err
	}
	for i, one := range breakLines(all, noteSize, width, 0) {
		if i == 0 {
			l.last().rules = append(l.last().rules, rule{left, noteTop - 1.5*mm, width, 0.4, grey})
		}
		l.last().put(s, one, left, noteTop+noteSize*ascent+float64(i)*noteSize*1.4)
	}
	return nil
}

// put sets a line at its place, in as few marks as its fonts and gaps allow.
func (p *sheet) put(s style, l line, x, y float64) {
	for i, c := range l.clusters {
		opened := 0.0
		if i+1 < len(l.clusters) && opens(c, l.clusters[i+1]) {
			opened = l.gap
		}
		n := len(p.marks)
		// A run goes on while the gap after each of its characters is the same, so that one spread serves all of it.
		if i > 0 && p.marks[n-1].font == c.font && l.clusters[i-1].wide == c.wide && (c.wide || !c.space && !l.clusters[i-1].space) && len([]rune(c.text)) == 1 {
			p.marks[n-1].text += c.text
		} else {
			spread := 0.0
			if c.wide {
				spread = l.gap
			}
			p.marks = append(p.marks, mark{c.font, c.text, x, y, s.size, spread, s.ink})
		}
		x += c.width + opened
	}
}
