package document

import "math"

// Measures of heads. The mark of a letter stands 30 mm below the edge over a double rule of 170 mm (10.1), that of an
// official paper 35 mm below the top of the type area (7.2.4), two free lines above its number and 4 mm above a rule as
// wide as the type area (7.2.5, 7.2.7).
const (
	issuerSize   = 36.0 // 小初, smaller for a long name
	issuerTop    = 30 * mm
	officialTop  = 35 * mm // below the top of the type area
	ruleBelow    = 4 * mm
	letterRule   = 170 * mm
	officialRule = 1.5 // thick
	plainSize    = 18.0
	plainLift    = 5.0 // so that organ and title do not touch where lines are close
)

// head sets what stands above the text: whose paper it is, its number and its title.
func (l *layout) head(p Paper) error {
	switch p.form() {
	case Official:
		return l.official(p)
	case Letter:
		return l.letter(p)
	}
	return l.plain(p)
}

// issuer sets the organ's mark in red in one line, smaller where its name is long, and says how large.
func (l *layout) issuer(name string, above float64) (float64, error) {
	s := style{l.fonts.title, issuerSize, red}
	all, err := l.one(s, name)
	if err != nil {
		return 0, err
	}
	if w := widthOf(all); w > width {
		for i := range all {
			all[i].width *= width / w
		}
		s.size *= width / w
	}
	l.last().put(s, line{clusters: all}, middle(widthOf(all)), above+s.size*ascent)
	return s.size, nil
}

// letter sets the head of a letter: the number stands at the right under the rules.
func (l *layout) letter(p Paper) error {
	size, err := l.issuer(p.Issuer, issuerTop)
	if err != nil {
		return err
	}
	below := issuerTop + size*1.1 + ruleBelow
	x := (pageWidth - letterRule) / 2
	l.last().rules = append(l.last().rules, level(x, below, letterRule, pen{2, red}), level(x, below+2.6, letterRule, pen{0.6, red}))
	if p.Number != "" { // as far below the rules as 7/8 of its size (10.1)
		all, err := l.one(l.body(), p.Number)
		if err != nil {
			return err
		}
		below += bodySize * 7 / 8
		l.last().put(l.body(), line{clusters: all}, atRight(widthOf(all)), below+bodySize*ascent)
		below += bodySize
	}
	l.row = int(math.Ceil((below-top)/l.pitch())) + 1
	return l.title(p.Title)
}

// official sets the head of an official paper: the number stands in the middle, or at the left where somebody signs for
// it to a higher organ.
func (l *layout) official(p Paper) error {
	size, err := l.issuer(p.Issuer, top+officialTop)
	if err != nil {
		return err
	}
	l.row = int((officialTop+size*1.1)/l.pitch()+0.5) + 2
	if p.Signatory != "" {
		s, all, err := l.narrow(l.body(), "签发人："+p.Signatory, width*0.45)
		if err != nil {
			return err
		}
		l.last().put(s, line{clusters: all}, oneRight(widthOf(all)), l.base())
	}
	if p.Number != "" {
		place := middle
		if p.Signatory != "" {
			place = oneLeft
		}
		if err := l.at(l.body(), p.Number, place); err != nil {
			return err
		}
	}
	below := l.base() + bodySize*(1-ascent) + ruleBelow
	l.last().rules = append(l.last().rules, level(left, below, width, pen{officialRule, red}))
	l.row = int((below-top)/l.pitch()) + 3
	return l.title(p.Title)
}

// plain sets the head of a paper without red: the organ, the title below it, the number at the right.
func (l *layout) plain(p Paper) error {
	s := style{l.fonts.title, plainSize, black}
	all, err := l.one(s, p.Issuer)
	if err != nil {
		return err
	}
	for _, one := range breakLines(all, s.size, width, 0) {
		l.last().put(s, line{clusters: one.clusters}, middle(widthOf(one.clusters)), l.base()-plainLift)
		l.row++
	}
	if err := l.title(p.Title); err != nil || p.Number == "" {
		return err
	}
	l.row-- // the number takes the free line below the title
	if err := l.at(l.body(), p.Number, atRight); err != nil {
		return err
	}
	l.row++
	return nil
}

// title sets the title in the middle, in as few lines as hold it.
func (l *layout) title(text string) error {
	s := style{l.fonts.title, titleSize, black}
	all, err := l.one(s, text)
	if err != nil {
		return err
	}
	for _, one := range titleLines(all, width-2*titleSize) {
		l.next()
		l.last().put(s, line{clusters: one}, left+(width-widthOf(one))/2, l.base()+3)
		l.row++
	}
	l.row++
	return nil
}
