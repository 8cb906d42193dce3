package browser

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
)

// The categories of Lighthouse that do not depend on how busy the machine is.
const (
	Accessibility = "accessibility"
	BestPractices = "best-practices"
	SEO           = "seo"
)

// A LighthousePage is a page that Lighthouse looks at as a phone does.
type LighthousePage struct {
	Name       string   `json:"name"`
	URL        string   `json:"url"`
	Cookie     string   `json:"cookie"` // header to be sent; may be empty
	Categories []string `json:"categories"`
}

// A Lighthouse is what it found on one page.
type Lighthouse struct {
	Name   string
	Scores map[string]int // of each category, 0 to 100
	Faults []string       // what takes points away
	Fast   *Visit         // the line Lighthouse simulates for its score; nil: not measured
	Slow   *Visit         // 400 kbit/s, 400 ms
}

// A Visit is the median of several first visits over one line. Times are milliseconds, Weight bytes as sent.
type Visit struct {
	Score, FirstPaint, LargestPaint, Usable, Blocked, Weight int
}

// Lighthouse looks at pages with the Chromium of the tests, and measures each runs times over two slow lines where runs
// is not 0. Times are worth something only on a machine that does nothing else. Where it is not installed the test is
// skipped with a message, or fails if YIFA_TEST_ALL is set.
func (b *Browser) Lighthouse(runs int, pages []LighthousePage) []Lighthouse {
	b.t.Helper()
	found, err := lighthouse(runs, pages)
	if errors.Is(err, os.ErrNotExist) && os.Getenv(requireAll) == "" {
		b.t.Skip("browser: Lighthouse is not installed (scripts/install.sh installs it): ", err)
	}
	if err != nil {
		b.t.Fatal(err)
	}
	return found
}

func lighthouse(runs int, pages []LighthousePage) ([]Lighthouse, error) {
	chromium, err := findChromium()
	if err != nil {
		return nil, err
	}
	root, err := repoRoot()
	if err != nil {
		return nil, err
	}
	modules := filepath.Join(root, "web/node_modules")
	if _, err := os.Stat(filepath.Join(modules, "lighthouse")); err != nil {
		return nil, fmt.Errorf("browser: lighthouse: %w", err)
	}
	in, err := json.Marshal(map[string]any{"chromium": chromium, "modules": modules, "runs": runs, "pages": pages})
	if err != nil {
		return nil, fmt.Errorf("browser: %w", err)
	}
	cmd := exec.Command("node", filepath.Join(root, "internal/browser/lighthouse.mjs"))
	var stdout, stderr bytes.Buffer
	cmd.Stdin, cmd.Stdout, cmd.Stderr = bytes.NewReader(in), &stdout, &stderr
	if err := cmd.Run(); err != nil {
		return nil, fmt.Errorf("browser: lighthouse: %w\n%s", err, stderr.String())
	}
	var found []Lighthouse
	if err := json.Unmarshal(stdout.Bytes(), &found); err != nil {
		return nil, fmt.Errorf("browser: lighthouse's report: %w\n%s", err, stdout.String())
	}
	if len(found) != len(pages) {
		return nil, fmt.Errorf("browser: lighthouse looked at %d of %d pages", len(found), len(pages))
	}
	return found, nil
}
