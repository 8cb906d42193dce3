package procedure

import (
	"fmt"
	"html"
	"slices"
	"strings"
)

// arrow is an act that leads from one place to another. From is "" for the start and "*" for any
// unfinished stage.
type arrow struct{ from, to, label string }

// arrows lists what leads from stage to stage, in the order of the file; acts that stay are left out.
func (p *Procedure) arrows(lang string) []arrow {
	var out []arrow
	add := func(from string, acts []*Act) {
		for _, a := range acts {
			if a.To != "" && a.To != from {
				out = append(out, arrow{from, a.To, p.Text(lang, "acts."+a.Name+".label")})
			}
		}
	}
	add("", p.Open)
	for name, s := range p.Stages.Each {
		add(name, s.Acts)
	}
	add("*", p.Any)
	return out
}

// Mermaid draws the stages as a Mermaid state diagram.
func (p *Procedure) Mermaid(lang string) string {
	var out strings.Builder
	out.WriteString("stateDiagram-v2\n")
	quoted := func(s string) string { return strings.NewReplacer(`"`, "'", ":", "：", ";", "；").Replace(s) }
	for name := range p.Stages.Each {
		fmt.Fprintf(&out, "  state \"%s\" as %s\n", quoted(p.Text(lang, "stages."+name+".label")), name)
	}
	arrows := p.arrows(lang)
	if slices.ContainsFunc(arrows, func(a arrow) bool { return a.from == "*" }) {
		fmt.Fprintf(&out, "  state \"%s\" as any_stage\n", quoted(builtin["show.any"]["what"][lang]))
	}
	for _, a := range arrows {
		from := map[string]string{"": "[*]", "*": "any_stage"}[a.from]
		fmt.Fprintf(&out, "  %s --> %s: %s\n", orElse(from, a.from), a.to, quoted(a.label))
	}
	for name, s := range p.Stages.Each {
		if s.Final {
			fmt.Fprintf(&out, "  %s --> [*]\n", name)
		}
	}
	return out.String()
}

// Sizes of the drawing, in pixels.
const (
	boxX, boxWidth   = 24, 190
	rowGap           = 26
	portGap, portTop = 24, 30
	laneGap          = 18
	labelSize        = 14
)

// drawn is a box: a stage, the start, or "any stage", with a port for each act that leaves it.
type drawn struct {
	name, label string
	final       bool
	y, height   int
	out         []arrow
}

// SVG draws the stages in one column, from the start down; each act leaves its stage to the right
// and runs into the lane of the stage it leads to. Colours are the tokens of the look, with
// values for when the picture stands alone.
func (p *Procedure) SVG(lang string) string {
	boxes := p.boxes(lang)
	lanes, labelWidth := []string{}, 0
	for _, b := range boxes {
		for _, a := range b.out {
			labelWidth = max(labelWidth, textWidth(a.label))
		}
	}
	for _, b := range boxes { // lanes in the order of their stages
		if slices.ContainsFunc(p.arrows(lang), func(a arrow) bool { return a.to == b.name }) {
			lanes = append(lanes, b.name)
		}
	}
	laneX := func(to string) int { return boxX + boxWidth + labelWidth + 36 + slices.Index(lanes, to)*laneGap }
	last := boxes[len(boxes)-1]
	width, height := laneX(lanes[len(lanes)-1])+24, last.y+last.height+24
	var out strings.Builder
	fmt.Fprintf(&out, `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %d %d" width="%d" height="%d" role="img" aria-labelledby="yf-diagram-title yf-diagram-desc" font-family="var(--yf-font,'PingFang SC','Microsoft YaHei','Noto Sans CJK SC',sans-serif)" color="var(--yf-ink,#17262d)">`+"\n", width, height, width, height)
	fmt.Fprintf(&out, "<title id=\"yf-diagram-title\">%s</title>\n<desc id=\"yf-diagram-desc\">%s</desc>\n", html.EscapeString(p.Text(lang, "title")), html.EscapeString(p.told(boxes)))
	out.WriteString(`<defs><marker id="yf-arrow" viewBox="0 0 8 8" refX="8" refY="4" markerWidth="8" markerHeight="8" orient="auto"><path d="M0 0L8 4L0 8z" fill="var(--yf-brand,#0e5a6b)"/></marker></defs>` + "\n")
	for _, to := range lanes {
		drawLane(&out, boxes, to, laneX(to))
	}
	for _, b := range boxes {
		b.draw(&out)
	}
	out.WriteString("</svg>\n")
	return out.String()
}

// boxes places every box, stages in the order of the file, which is that of the story.
func (p *Procedure) boxes(lang string) []drawn {
	arrows := p.arrows(lang)
	order := append([]string{""}, p.Stages.Names...)
	if slices.ContainsFunc(arrows, func(a arrow) bool { return a.from == "*" }) {
		order = append(order, "*")
	}
	var out []drawn
	y := 24
	for _, name := range order {
		b := drawn{name: name, label: p.Text(lang, "stages."+name+".label"), y: y}
		switch name {
		case "":
			b.label = builtin["show.start"]["what"][lang]
		case "*":
			b.label = builtin["show.any"]["what"][lang]
		default:
			b.final = p.Stages.Get(name).Final
		}
		for _, a := range arrows {
			if a.from == name {
				b.out = append(b.out, a)
			}
		}
		b.height = max(48, portTop+len(b.out)*portGap+8)
		y += b.height + rowGap
		out = append(out, b)
	}
	return out
}

// drawLane draws the lines of all acts that lead to a stage: one arrow into it, and a dot where
// each line joins, so that lines that only cross are told apart.
func drawLane(out *strings.Builder, boxes []drawn, to string, x int) {
	i := slices.IndexFunc(boxes, func(b drawn) bool { return b.name == to })
	entry := boxes[i].y + 16
	top, bottom := entry, entry
	right := boxX + boxWidth
	for _, b := range boxes {
		for n, a := range b.out {
			if a.to != to {
				continue
			}
			y := b.port(n)
			top, bottom = min(top, y), max(bottom, y)
			fmt.Fprintf(out, `<path d="M%d %dH%d" fill="none" stroke="var(--yf-brand,#0e5a6b)" stroke-width="1.25"/><circle cx="%d" cy="%d" r="3" fill="var(--yf-brand,#0e5a6b)"/>`+"\n", right, y, x, x, y)
			fmt.Fprintf(out, `<text x="%d" y="%d" font-size="%d" fill="currentColor">%s</text>`+"\n", right+10, y-5, labelSize, html.EscapeString(a.label))
		}
	}
	fmt.Fprintf(out, `<path d="M%d %dV%d" fill="none" stroke="var(--yf-brand,#0e5a6b)" stroke-width="1.25"/><path d="M%d %dH%d" fill="none" stroke="var(--yf-brand,#0e5a6b)" stroke-width="1.25" marker-end="url(#yf-arrow)"/>`+"\n", x, top, bottom, x, entry, right+2)
}

// port is the height at which the nth act leaves the box.
func (b drawn) port(n int) int { return b.y + portTop + n*portGap + portGap/2 }

func (b drawn) draw(out *strings.Builder) {
	fill, stroke, dash, radius := "var(--yf-brand-soft,#e9f2f3)", "var(--yf-brand,#0e5a6b)", "", 8
	switch {
	case b.name == "":
		radius = b.height / 2
	case b.name == "*":
		dash = ` stroke-dasharray="5 4"`
		fill = "none"
	case b.final:
		fill = "var(--yf-quiet-soft,#eef2f3)"
	}
	fmt.Fprintf(out, `<rect x="%d" y="%d" width="%d" height="%d" rx="%d" fill="%s" stroke="%s" stroke-width="1.5"%s/>`+"\n", boxX, b.y, boxWidth, b.height, min(radius, 24), fill, stroke, dash)
	if b.final {
		fmt.Fprintf(out, `<rect x="%d" y="%d" width="%d" height="%d" rx="5" fill="none" stroke="%s"/>`+"\n", boxX+4, b.y+4, boxWidth-8, b.height-8, stroke)
	}
	lines := wrap(b.label, boxWidth-24)
	for i, text := range lines {
		fmt.Fprintf(out, `<text x="%d" y="%d" font-size="16" font-weight="600" text-anchor="middle" fill="currentColor">%s</text>`+"\n",
			boxX+boxWidth/2, b.y+b.height/2+6+i*20-(len(lines)-1)*10, html.EscapeString(text))
	}
}

// told is the drawing in words, for who cannot see it.
func (p *Procedure) told(boxes []drawn) string {
	label := map[string]string{}
	for _, b := range boxes {
		label[b.name] = b.label
	}
	var out []string
	for _, b := range boxes {
		for _, a := range b.out {
			out = append(out, b.label+" → "+a.label+" → "+label[a.to])
		}
	}
	return strings.Join(out, "; ")
}

// textWidth guesses a width: a Chinese character is as wide as it is high, a letter about half.
func textWidth(s string) int {
	w := 0.0
	for _, r := range s {
		if r < 0x2e80 {
			w += 0.56
		} else {
			w++
		}
	}
	return int(w*labelSize) + 12
}

// wrap breaks a label into lines that fit: between words, or anywhere in Chinese.
func wrap(s string, width int) []string {
	var lines []string
	line := ""
	flush := func(next string) {
		lines = append(lines, strings.TrimSpace(line))
		line = next
	}
	for _, word := range words(s) {
		if line != "" && textWidth(line+word)*16/labelSize > width {
			flush("")
		}
		line += word
	}
	flush("")
	return lines
}

// words splits after spaces and after each Chinese character.
func words(s string) []string {
	var out []string
	word := ""
	for _, r := range s {
		word += string(r)
		if r == ' ' || r >= 0x2e80 {
			out = append(out, word)
			word = ""
		}
	}
	return append(out, word)
}
