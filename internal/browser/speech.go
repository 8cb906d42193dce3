package browser

import (
	"fmt"
	"os/exec"
	"path/filepath"
	"sync"

	"github.com/chromedp/chromedp"
)

// Speech is what a screen reader says of a page.
type Speech struct {
	Focus string   // what has the focus once the page is there; "document" where nothing asked for it
	Read  []string // the whole page, phrase by phrase from its top
}

// speak reads the page from top to bottom; a page without end would be one that changes while it is read.
const speak = `(async () => {
  const { virtual } = screenReader;
  const at = document.activeElement === document.body ? null : document.activeElement;
  const most = 3000, read = [];
  let focus = 'document';
  if (at) {
    await virtual.start({container: at});
    focus = await virtual.lastSpokenPhrase();
    await virtual.stop();
  }
  await virtual.start({container: document.body});
  for (let i = 0; i < most && await virtual.lastSpokenPhrase() !== 'end of document'; i++) await virtual.next();
  read.push(...await virtual.spokenPhraseLog());
  await virtual.stop();
  return {Focus: focus, Read: read};
})()`

// Spoken reads the page aloud with a simulated screen reader (Guidepup's, which follows the accessibility tree as the
// standards define it). It says what is there to be heard; it is no proof that a real one on a real phone says the same.
func (p *Page) Spoken() Speech {
	p.t.Helper()
	source, err := screenReader()
	if err != nil {
		p.t.Fatal(err)
	}
	// A script of the inspector is not subject to the page's content security policy.
	_, err = runStep(p, chromedp.Evaluate[chromedp.Void](source))
	p.must(err, "load the screen reader")
	return Evaluate[Speech](p, speak)
}

// screenReader is the simulated screen reader as one script, bundled once.
var screenReader = sync.OnceValues(func() (string, error) {
	root, err := repoRoot()
	if err != nil {
		return "", err
	}
	modules := filepath.Join(root, "web/node_modules")
	script, err := exec.Command(filepath.Join(modules, ".bin/esbuild"), filepath.Join(modules, "@guidepup/virtual-screen-reader/lib/esm/index.browser.js"),
		"--bundle", "--format=iife", "--global-name=screenReader", "--log-level=error").Output()
	if err != nil {
		return "", fmt.Errorf("browser: bundle the screen reader (scripts/install.sh installs it): %w", err)
	}
	return string(script), nil
})
