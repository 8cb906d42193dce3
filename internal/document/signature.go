package document

import "strings"

// Signature is by whom a paper was signed with an account of the platform, and what in the record shows it. It is no part
// of what the paper says, and a picture of a seal is none.
type Signature struct {
	By     string // name and post, or the post alone where readers are told no names of staff; empty: nobody signed
	At     string // to the minute, Asia/Shanghai: 2026年3月10日 9时30分
	Proved string // by what the signer showed who he is; empty: he was not asked
	Entry  string // the entry of the record: 第9条
	Log    string // the public log's name
	Place  string // in that log: 第48213位; empty: it was not there yet when the paper was made
	Print  string // what the log holds of that entry, in hex
}

// Lines are the block of the signature as it stands on a paper; none where nobody signed.
func (s Signature) Lines() []string {
	if s.By == "" {
		return nil
	}
	who := "电子签名：" + s.By + "　" + s.At + "签发"
	if s.Proved != "" {
		who += "　本人核验：" + s.Proved
	}
	where := "记录位置：办理记录" + s.Entry
	if s.Log != "" {
		where += "　公共日志 " + s.Log + s.Place
	}
	out := []string{who, where}
	if s.Print != "" {
		out = append(out, "记录指纹："+s.Print)
	}
	return out
}

// Measures of what stands below the type area of the last page, above the edge a printer reaches: the block of the
// signature, and the small print below it.
const (
	footTop    = 275.2 * mm // below the number of the page
	footBottom = 293.5 * mm
	footPitch  = noteSize * 1.3
	footGap    = 0.8 * mm // of the rule above the first line
)

// signedTitle heads the page of a signature that has no room below the type area.
const signedTitle = "电子签名页"

// small cuts lines of small print.
func (l *layout) small(texts []string) ([]line, error) {
	var out []line
	for _, text := range texts {
		all, err := l.one(style{l.fonts.body, noteSize, grey}, text)
		if err != nil {
			return nil, err
		}
		out = append(out, breakLines(all, noteSize, width, 0)...)
	}
	return out, nil
}

// signature puts the block of the signature on a page of its own where it has no room below the type area of the last
// page: GB/T 9704 knows no place for one, and the imprint stays the last of what the paper says.
func (l *layout) signature(p Paper) error {
	l.ended = l.row
	lines := p.Signature.Lines()
	foot, err := l.small(append(append([]string{}, lines...), p.Note))
	if err != nil || len(lines) == 0 || footTop+float64(len(foot))*footPitch <= footBottom {
		return err
	}
	l.page()
	if err := l.title(signedTitle); err != nil {
		return err
	}
	for _, text := range lines {
		set, err := l.lined(l.body(), text, 0)
		if err != nil {
			return err
		}
		for _, one := range set {
			one.gap = 0
			if err := l.set(one); err != nil {
				return err
			}
		}
	}
	l.signed = true
	return nil
}

// note sets what stands below the type area of the last page.
func (l *layout) note(p Paper) error {
	texts := []string{p.Note}
	if !l.signed {
		texts = append(p.Signature.Lines(), p.Note)
	}
	if strings.TrimSpace(strings.Join(texts, "")) == "" {
		return nil
	}
	lines, err := l.small(texts)
	if err != nil {
		return err
	}
	y := min(noteTop, footBottom-float64(len(lines))*footPitch)
	l.last().rules = append(l.last().rules, level(left, y-footGap, width, pen{0.4, grey}))
	for i, one := range lines {
		l.last().put(style{l.fonts.body, noteSize, grey}, one, left, y+noteSize*ascent+float64(i)*footPitch)
	}
	return nil
}
