package document

// set is one line of the body that waits for its place, or a table.
type set struct {
	line
	style   style
	heading bool
	table   *Table
}

// text sets the addressee and the body. The last lines go with the signature, which never stands alone on a page.
func (l *layout) text(p Paper) error {
	all, err := l.lines(p)
	if err != nil {
		return err
	}
	for i, one := range all {
		if rest := len(all) - i; one.table == nil && p.Signer != "" && rest == min(kept, len(all)) && l.row > 0 && l.row+rest+l.signRows(p) > l.end() {
			l.page()
		}
		if err := l.set(one); err != nil {
			return err
		}
	}
	return nil
}

// set sets a line in the next free place, or a table.
func (l *layout) set(one set) error {
	if one.table != nil {
		return l.table(one.table)
	}
	l.next()
	if one.heading && l.row == l.end()-1 { // a heading stays with what it heads
		l.page()
	}
	l.last().put(one.style, one.line, left+one.indent, l.base())
	l.row++
	return nil
}

// lines cuts the addressee, the body and the list of what is attached into lines.
func (l *layout) lines(p Paper) ([]set, error) {
	out, err := l.lined(l.body(), p.Addressee, 0)
	if err != nil {
		return nil, err
	}
	body, err := l.blocks(p.Body)
	if err != nil {
		return nil, err
	}
	out = append(out, body...)
	for i, name := range p.AttachmentLines() {
		if i == 0 {
			out = append(out, set{style: l.body()}) // a free line (7.3.4)
		}
		one, err := l.lined(l.body(), name, indent)
		if err != nil {
			return nil, err
		}
		out = append(out, one...)
	}
	return out, nil
}

// blocks cuts pieces of a body into lines.
func (l *layout) blocks(body []Block) ([]set, error) {
	var out []set
	for _, b := range body {
		if b.Table != nil {
			out = append(out, set{table: b.Table})
			continue
		}
		lines, err := l.lined(l.heading(b.Level), b.Text, indent)
		if err != nil {
			return nil, err
		}
		for i := range lines {
			lines[i].heading = b.Level > 0
		}
		out = append(out, lines...)
	}
	return out, nil
}

// lined cuts a paragraph into lines.
func (l *layout) lined(s style, text string, first float64) ([]set, error) {
	all, err := l.one(s, text)
	if err != nil {
		return nil, err
	}
	var out []set
	for _, one := range breakLines(all, bodySize, width, first) {
		out = append(out, set{line: one, style: s})
	}
	return out, nil
}

// heading is how a heading of a level is set (7.3.3): 黑体, 楷体, then as the text.
func (l *layout) heading(level int) style {
	s := l.body()
	switch level {
	case 1:
		s.order = l.fonts.heading
	case 2:
		s.order = l.fonts.kai
	}
	return s
}

// kept is how many lines of the body stay with the signature.
const kept = 2
