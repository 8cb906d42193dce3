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
		if one.table != nil {
			if err := l.table(one.table); err != nil {
				return err
			}
			continue
		}
		l.next()
		if one.heading && l.row == l.end()-1 { // a heading stays with what it heads
			l.page()
		}
		if rest := len(all) - i; p.Signer != "" && rest == min(kept, len(all)) && l.row > 0 && l.row+rest+l.signRows(p) > l.end() {
			l.page()
		}
		l.last().put(one.style, one.line, left+one.indent, l.base())
		l.row++
	}
	return nil
}

// lines cuts the addressee, the body and the list of what is attached into lines.
func (l *layout) lines(p Paper) ([]set, error) {
	var out []set
	add := func(s style, text string, first float64, heading bool) error {
		all, err := l.one(s, text)
		if err != nil {
			return err
		}
		for _, one := range breakLines(all, bodySize, width, first) {
			out = append(out, set{line: one, style: s, heading: heading})
		}
		return nil
	}
	if err := add(l.body(), p.Addressee, 0, false); err != nil {
		return nil, err
	}
	for _, b := range p.Body {
		if b.Table != nil {
			out = append(out, set{table: b.Table})
			continue
		}
		if err := add(l.heading(b.Level), b.Text, indent, b.Level > 0); err != nil {
			return nil, err
		}
	}
	for i, name := range p.AttachmentLines() {
		if i == 0 {
			out = append(out, set{style: l.body()}) // a free line (7.3.4)
		}
		if err := add(l.body(), name, indent, false); err != nil {
			return nil, err
		}
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
