package document

// annexes sets each annex on a page of its own (GB/T 9704 7.3.7): its mark in 黑体 at the left of the first line, the
// title in the middle of the third.
func (l *layout) annexes(p Paper) error {
	for i, a := range p.Annexes {
		l.page()
		s := style{l.fonts.heading, bodySize, black}
		if err := l.at(s, p.AnnexMark(i), flush); err != nil {
			return err
		}
		l.row += 2
		if err := l.title(a.Title); err != nil {
			return err
		}
		all, err := l.blocks(a.Body)
		if err != nil {
			return err
		}
		for _, one := range all {
			if err := l.set(one); err != nil {
				return err
			}
		}
	}
	return nil
}

// docxAnnex is how an annex begins in a word processor.
func docxAnnex(mark, title string) []par {
	blank := par{font: fangSong, size: 16, at: "left"}
	return []par{{text: mark, font: heiTi, size: 16, at: "left", breakBefore: true}, blank,
		{text: title, font: songTi, size: titleSize, bold: true, at: "center", line: 32}, blank}
}
