package browser

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync"

	"github.com/chromedp/chromedp"
)

// Check fails the test unless the page shown is one we may publish: axe finds nothing, it does not scroll
// sideways, no text lies on other text, and (at the end of the test) its HTML is valid. It also takes a picture under this name.
func (p *Page) Check(name string) {
	p.t.Helper()
	p.Shot(name)
	p.b.html.add(name+" "+p.view.Name, p.Source())
	if wide := p.SidewaysScroll(); wide != "" {
		p.t.Errorf("browser: %s in %s scrolls sideways: %s", p.URL(), p.view.Name, wide)
	}
	if over := p.Overlaps(); over != "" {
		p.t.Errorf("browser: %s in %s: %s", p.URL(), p.view.Name, over)
	}
	for _, v := range p.Axe() {
		p.t.Errorf("browser: axe on %s in %s: %s", p.URL(), p.view.Name, v)
	}
}

// SidewaysScroll tells what makes the page wider than its window, or "".
func (p *Page) SidewaysScroll() string {
	p.t.Helper()
	return Evaluate[string](p, `(() => {
  const room = document.documentElement.clientWidth;
  const wide = Math.max(document.documentElement.scrollWidth, document.body.scrollWidth);
  if (wide <= room) return '';
  const scrolls = e => e && e !== document.body && (getComputedStyle(e).overflowX !== 'visible' || scrolls(e.parentElement));
  const over = [...document.body.querySelectorAll('*')].filter(e => e.getBoundingClientRect().right > room + 1 && !scrolls(e));
  return wide + ' px of ' + room + ': ' + over.slice(0, 5).map(e => e.outerHTML.slice(0, 120)).join(' … ');
})()`)
}

// A Violation is one rule of axe that the page breaks.
type Violation struct {
	ID     string   `json:"id"`
	Impact string   `json:"impact"`
	Help   string   `json:"help"`
	Nodes  []string `json:"nodes"` // each: the element, and what axe says about it
}

// String writes the violation for a test's output.
func (v Violation) String() string {
	return fmt.Sprintf("%s (%s): %s\n    %s", v.ID, v.Impact, v.Help, strings.Join(v.Nodes, "\n    "))
}

// axeRun asks for WCAG 2.2 AA and axe's best practices.
const axeRun = `axe.run(document, {resultTypes: ['violations'], runOnly: {type: 'tag', values:
  ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22a', 'wcag22aa', 'best-practice']}})
  .then(r => r.violations.map(v => ({id: v.id, impact: v.impact || '', help: v.help,
    nodes: v.nodes.slice(0, 5).map(n => n.target.join(' ') + '  ' + n.html.slice(0, 160) + '  ' + n.failureSummary.replace(/\s+/g, ' '))})))`

// Axe returns what axe-core finds wrong with the page shown, with scripts on or off.
func (p *Page) Axe() []Violation {
	p.t.Helper()
	source, err := axeSource()
	if err != nil {
		p.t.Fatal(err)
	}
	if p.view.NoScript {
		// axe itself is a script. Switching them on now does not run those of the page.
		p.must(p.allowScript(true), "switch scripts on for axe")
		defer func() { p.must(p.allowScript(false), "switch scripts off after axe") }()
	}
	// A script of the inspector is not subject to the page's content security policy.
	_, err = runStep(p, chromedp.Evaluate[chromedp.Void](source))
	p.must(err, "load axe")
	return Evaluate[[]Violation](p, axeRun)
}

// allowScript switches the scripts of the tab on or off.
func (p *Page) allowScript(on bool) error {
	_, err := runStep(p, setScript(!on))
	return err
}

// axeSource is axe-core as npm installed it, read once.
var axeSource = sync.OnceValues(func() (string, error) {
	root, err := repoRoot()
	if err != nil {
		return "", err
	}
	source, err := os.ReadFile(filepath.Join(root, "web/node_modules/axe-core/axe.min.js"))
	if err != nil {
		return "", fmt.Errorf("browser: axe-core (scripts/install.sh installs it): %w", err)
	}
	return string(source), nil
})

// repoRoot is the folder with go.mod above the test's folder.
func repoRoot() (string, error) {
	dir, err := os.Getwd()
	if err != nil {
		return "", fmt.Errorf("browser: %w", err)
	}
	for {
		if _, err := os.Stat(filepath.Join(dir, "go.mod")); err == nil {
			return dir, nil
		}
		if dir == filepath.Dir(dir) {
			return "", fmt.Errorf("browser: no go.mod above %s", dir)
		}
		dir = filepath.Dir(dir)
	}
}
