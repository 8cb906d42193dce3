// Package browser lets tests use the program as a person does: a headless Chromium with a phone's or a
// desktop's window, scripts on or off, and the checks every page must pass (axe, HTML validity, no sideways
// scrolling, a quiet console). Every step fails the test with what the page showed at that moment. It never
// reaches beyond the addresses the test gives it, and it is never imported outside tests.
package browser

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/chromedp"

	"yifa/internal/raster"
)

const (
	// requireAll is the variable with which `make test` turns a missing browser from a skip into a failure.
	requireAll = "YIFA_TEST_ALL"

	startTimeout = time.Minute
	stepTimeout  = 30 * time.Second // one step of a journey, on a busy machine
)

// A Browser opens pages for one test. All tests of a process share one Chromium.
type Browser struct {
	t      testing.TB
	html   htmlQueue
	chrome context.Context
}

// chromium is the process's browser, started by the first New. It dies with the process.
var chromium struct {
	sync.Mutex
	ctx  context.Context
	stop []context.CancelFunc
}

// New returns a browser for the test. When the test ends, the HTML of every page it checked is validated.
//
// Where no Chromium is installed the test is skipped with a message, or fails if YIFA_TEST_ALL is set.
func New(t testing.TB) *Browser {
	t.Helper()
	b := &Browser{t: t, chrome: open(t)}
	t.Cleanup(func() { b.html.validate(t) })
	return b
}

// Main runs the tests of a package and then closes the browser, if one was started. It is for TestMain:
//
//	func TestMain(m *testing.M) { os.Exit(browser.Main(m)) }
//
// Without it Chromium still dies with the process; only its folder stays in the temporary folder.
func Main(m *testing.M) int {
	if raster.IsChild() {
		raster.Child()
	}
	code := m.Run()
	chromium.Lock()
	defer chromium.Unlock()
	if chromium.ctx != nil {
		ctx, cancel := context.WithTimeout(chromium.ctx, stepTimeout)
		defer cancel()
		if err := chromedp.Cancel(ctx); err != nil {
			fmt.Fprintln(os.Stderr, "browser: close:", err)
		}
		for _, stop := range chromium.stop {
			stop()
		}
	}
	return code
}

// open returns the context of the process's Chromium, started if need be.
func open(t testing.TB) context.Context {
	t.Helper()
	chromium.Lock()
	defer chromium.Unlock()
	if chromium.ctx != nil {
		return chromium.ctx
	}
	path, err := findChromium()
	if err != nil {
		if os.Getenv(requireAll) == "" {
			t.Skip("browser: Chromium is not installed (scripts/install.sh installs it): ", err)
		}
		t.Fatal(err)
	}
	options := append(chromedp.DefaultExecAllocatorOptions[:],
		chromedp.ExecPath(path),
		chromedp.NoSandbox, // tests run as root in containers, where the sandbox cannot start
		chromedp.DisableGPU,
		chromedp.Flag("disable-quic", true),
		chromedp.Flag("disable-component-update", true),
		chromedp.Flag("lang", "zh-CN"),
		chromedp.Flag("hide-scrollbars", false), // a page that scrolls sideways must be seen to
		chromedp.WSURLReadTimeout(startTimeout),
	)
	alloc, stopAlloc := chromedp.NewExecAllocator(context.Background(), options...)
	ctx, stop := chromedp.NewContext(alloc)
	if err := chromedp.Do(ctx); err != nil {
		stop()
		stopAlloc()
		t.Fatalf("browser: start %s: %v", path, err)
	}
	chromium.ctx, chromium.stop = ctx, []context.CancelFunc{stop, stopAlloc}
	return ctx
}

// findChromium returns the browser to use: YIFA_CHROMIUM, or the first installed one.
func findChromium() (string, error) {
	if path := os.Getenv("YIFA_CHROMIUM"); path != "" {
		return exec.LookPath(path)
	}
	for _, name := range []string{"/usr/bin/chromium", "chromium", "chromium-browser", "google-chrome"} {
		if path, err := exec.LookPath(name); err == nil {
			return path, nil
		}
	}
	return "", fmt.Errorf("browser: no chromium in PATH: %w", exec.ErrNotFound)
}
