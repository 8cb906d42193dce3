package document

import "fmt"

// signRows is what the signature takes: two free lines, the organ, who stood in, the day, a remark.
func (l *layout) signRows(p Paper) int {
	n := 3
	for _, text := range []string{p.Signer, p.By} {
		all, _ := l.one(l.body(), text)
		n += len(breakLines(all, bodySize, width, 0))
	}
	remark, _ := l.remark(p) // what no font has is refused when it is set
	return n + len(remark)
}

// remark is 附注 in its brackets, cut into lines.
func (l *layout) remark(p Paper) ([]line, error) {
	if p.Remark == "" {
		return nil, nil
	}
	all, err := l.one(l.body(), "（"+p.Remark+"）")
	return breakLines(all, bodySize, width-indent, 0), err
}

// sign sets who signs over the day, and notes where the seal belongs.
func (l *layout) sign(p Paper) error {
	if p.Signer == "" {
		return nil
	}
	var all [3][]cluster
	for i, text := range []string{p.Signer, p.By, p.Day} {
		var err error
		if all[i], err = l.one(l.body(), text); err != nil {
			return err
		}
	}
	if l.row += 2; l.row > l.end()-(l.signRows(p)-2) { // a paper without a body, under a title of many lines
		l.page()
	}
	day := widthOf(all[2])
	dayAt := left + width - dayRight - day
	l.seal = seal{len(l.sheets) - 1, dayAt + day/2, l.base()}
	for _, text := range all {
		for _, one := range breakLines(text, bodySize, width, 0) { // more than one of a name as wide as the page
			wide := widthOf(one.clusters)
			l.last().put(l.body(), line{clusters: one.clusters}, max(left, min(dayAt+(day-wide)/2, left+width-wide)), l.base())
			l.row++
		}
	}
	remark, err := l.remark(p)
	for _, one := range remark {
		l.next()
		l.last().put(l.body(), one, left+indent, l.base())
		l.row++
	}
	return err
}

// Rules of the imprint: the outer ones 0.35 mm, the inner one 0.25 mm (7.4).
const (
	outer        = 0.35 * mm
	inner        = 0.25 * mm
	imprintSize  = 14.0
	imprintPitch = 20.0
)

// imprint sets 版记 at the bottom of the last page's type area: to whom copies go, who printed it and when.
func (l *layout) imprint(p Paper) error {
	if p.CopyTo == "" && p.Printer == "" {
		return nil
	}
	s := style{l.fonts.body, imprintSize, black}
	var copies []line
	if p.CopyTo != "" {
		all, err := l.one(s, "抄送："+p.CopyTo+"。")
		if err != nil {
			return err
		}
		copies = breakLines(all, s.size, width-2*s.size, 0)
	}
	lines := len(copies)
	if p.Printer != "" {
		lines++
	}
	if y := top + height - float64(lines)*imprintPitch; top+float64(l.row)*l.pitch() > y {
		l.page()
	}
	y := top + height - float64(lines)*imprintPitch
	l.last().rules = append(l.last().rules, level(left, y, width, pen{outer, black}), level(left, top+height, width, pen{outer, black}))
	base := func() float64 { return y + (imprintPitch-s.size)/2 + s.size*ascent }
	for _, one := range copies {
		l.last().put(s, one, left+s.size, base())
		y += imprintPitch
	}
	l.row = l.rows
	if p.Printer == "" {
		return nil
	}
	if len(copies) > 0 {
		l.last().rules = append(l.last().rules, level(left, y, width, pen{inner, black}))
	}
	by, printer, err := l.narrow(s, p.Printer, width*0.6)
	if err != nil {
		return err
	}
	day, err := l.one(s, p.Printed+"印发")
	if err != nil {
		return err
	}
	l.last().put(by, line{clusters: printer}, left+s.size, base())
	l.last().put(s, line{clusters: day}, left+width-s.size-widthOf(day), base())
	return nil
}

// numbers sets — 1 — below the type area, at the right on odd pages, at the left on even ones (7.5); on grids and
// records, in the middle, how many pages there are, so that one taken out is missed.
func (l *layout) numbers(p Paper) error {
	s := style{l.fonts.body, pageSize, black}
	for i, page := range l.sheets {
		text, counted := fmt.Sprintf("— %d —", i+1), p.form() == Sheet || p.form() == Record
		if counted {
			text = fmt.Sprintf("第 %d 页　共 %d 页", i+1, len(l.sheets))
		}
		all, err := l.one(s, text)
		if err != nil {
			return err
		}
		x := left + width - widthOf(all) - pageSize
		switch {
		case counted:
			x = middle(widthOf(all))
		case i%2 == 1:
			x = left + pageSize
		}
		page.put(s, line{clusters: all}, x, top+height+7*mm+pageSize*ascent)
	}
	return nil
}

// pageFoot sets the lines for signatures at the bottom of every page's type area.
func (l *layout) pageFoot(p Paper) error {
	s := style{l.fonts.body, cellSize, black}
	for i, text := range p.PageFoot {
		all, err := l.one(s, text)
		if err != nil {
			return err
		}
		if w := widthOf(all); w > width {
			s.size *= width / w
			if all, err = l.one(s, text); err != nil {
				return err
			}
		}
		y := top + height - float64(len(p.PageFoot)-i-1)*l.pitch() - (l.pitch()-s.size)/2
		for _, page := range l.sheets {
			page.put(s, line{clusters: all}, left, y)
		}
	}
	return nil
}
