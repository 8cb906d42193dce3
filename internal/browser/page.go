package browser

import (
	"context"
	"encoding/json"
	"errors"
	"strings"
	"sync"
	"testing"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/log"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"
)

// A View is how a person looks at the site.
type View struct {
	Name          string // in the names of screenshots
	Width, Height int64  // CSS pixels
	Mobile        bool   // a touch screen with overlay scrollbars
	Dark          bool   // prefers-color-scheme: dark
	NoScript      bool   // scripts switched off
}

// The views every page is tried in. Narrow is the width that WCAG 2.2 (1.4.10, reflow) asks for.
var (
	Phone   = View{Name: "phone", Width: 390, Height: 844, Mobile: true}
	Narrow  = View{Name: "narrow", Width: 320, Height: 640, Mobile: true}
	Desktop = View{Name: "desktop", Width: 1280, Height: 900}
)

// InDark returns the view with a dark colour scheme.
func (v View) InDark() View { v.Name += "-dark"; v.Dark = true; return v }

// WithoutScript returns the view with scripts switched off.
func (v View) WithoutScript() View { v.Name += "-noscript"; v.NoScript = true; return v }

// A Page is one tab. It is not safe for use by several goroutines.
type Page struct {
	t    testing.TB
	b    *Browser
	ctx  context.Context
	view View
	kill context.CancelFunc

	mu       sync.Mutex
	document network.RequestID // of the page shown now
	url      string            // the address it answered at, without its fragment
	status   int64             // the HTTP status it came with
	console  []string          // errors the page wrote, not yet read
}

// Page opens an empty tab for a new person: no cookies, nothing stored. A console error that the test does
// not read with ConsoleErrors fails it at its end.
func (b *Browser) Page(view View) *Page {
	b.t.Helper()
	return b.open(view, b.chrome, chromedp.WithNewBrowserContext())
}

// Tab opens a second tab for the same person: cookies and storage are shared with p.
func (p *Page) Tab() *Page {
	p.t.Helper()
	own := chromedp.FromContext(p.ctx).BrowserContextID
	return p.b.open(p.view, p.b.chrome, chromedp.WithExistingBrowserContext(own))
}

// Kill closes a second tab at once, as a telephone does that needs the memory: the page is not asked.
func (p *Page) Kill() { p.kill() }

func (b *Browser) open(view View, parent context.Context, where chromedp.ContextOption) *Page {
	b.t.Helper()
	p := &Page{t: b.t, b: b, view: view}
	ctx, cancel := chromedp.NewContext(parent, where, chromedp.WithListener(p.hear))
	b.t.Cleanup(cancel)
	b.t.Cleanup(func() {
		for _, line := range p.ConsoleErrors() {
			b.t.Errorf("browser: the console of %s says: %s", p.URL(), line)
		}
	})
	p.ctx, p.kill = ctx, cancel
	if err := chromedp.Do(ctx, setUp(view)); err != nil { // no timeout: the tab lives as long as this context
		b.t.Fatalf("browser: open a tab: %v", err)
	}
	return p
}

// setUp makes a new tab look at pages the way the view says.
func setUp(v View) chromedp.Action[chromedp.Void] {
	return chromedp.Func(func(ctx context.Context, t *chromedp.Target) error {
		_, err := cdp.Call(ctx, t, emulation.SetDeviceMetricsOverride, emulation.SetDeviceMetricsOverrideParams{
			Width: v.Width, Height: v.Height, DeviceScaleFactor: 1, Mobile: v.Mobile})
		_, errTouch := cdp.Call(ctx, t, emulation.SetTouchEmulationEnabled, emulation.SetTouchEmulationEnabledParams{Enabled: v.Mobile})
		_, errScript := setScript(v.NoScript)(ctx, t)
		scheme := &emulation.MediaFeature{Name: "prefers-color-scheme", Value: "light"}
		if v.Dark {
			scheme.Value = "dark"
		}
		_, errMedia := cdp.Call(ctx, t, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{Features: []*emulation.MediaFeature{scheme}})
		return errors.Join(err, errTouch, errScript, errMedia)
	})
}

// setScript switches the scripts of the tab off, or on again.
func setScript(disabled bool) chromedp.Action[chromedp.Void] {
	return func(ctx context.Context, t *chromedp.Target) (chromedp.Void, error) {
		_, err := cdp.Call(ctx, t, emulation.SetScriptExecutionDisabled, emulation.SetScriptExecutionDisabledParams{Value: disabled})
		return chromedp.Void{}, err
	}
}

// hear notes what the tab reports. It runs on the goroutine that reads the browser's messages.
func (p *Page) hear(event any) {
	p.mu.Lock()
	defer p.mu.Unlock()
	switch e := event.(type) {
	case *network.EventResponseReceived:
		if e.Type == network.ResourceTypeDocument {
			p.document, p.url, p.status = e.RequestID, e.Response.URL, e.Response.Status
		}
	case *runtime.EventExceptionThrown:
		p.console = append(p.console, exceptionText(e.ExceptionDetails))
	case *runtime.EventConsoleAPICalled:
		if e.Type == runtime.ConsoleAPICalledTypeError {
			p.console = append(p.console, argumentsText(e.Args))
		}
	case *log.EventEntryAdded:
		// Chromium logs every answer of 400 and above. For the page itself that is the answer the test
		// asked for and looks at (a refusal is 422); for a file of the page it is a fault.
		itself := e.Entry.Source == log.EntrySourceNetwork && e.Entry.URL == p.url
		if e.Entry.Level == log.EntryLevelError && !itself {
			p.console = append(p.console, strings.TrimSpace(e.Entry.Text+" "+e.Entry.URL))
		}
	}
}

func exceptionText(d *runtime.ExceptionDetails) string {
	if d.Exception != nil && d.Exception.Description != "" {
		return d.Exception.Description
	}
	return d.Text
}

func argumentsText(args []*runtime.RemoteObject) string {
	var words []string
	for _, a := range args {
		var text string
		switch {
		case a.Description != "":
			words = append(words, a.Description)
		case json.Unmarshal(a.Value, &text) == nil:
			words = append(words, text)
		default:
			words = append(words, string(a.Value))
		}
	}
	return strings.Join(words, " ")
}

// Source returns the page as the server sent it, before any script touched it.
func (p *Page) Source() string {
	p.t.Helper()
	p.mu.Lock()
	id := p.document
	p.mu.Unlock()
	body, err := runStep(p, func(ctx context.Context, t *chromedp.Target) (string, error) {
		got, err := cdp.Call(ctx, t, network.GetResponseBody, network.GetResponseBodyParams{RequestID: id})
		return string(got.Body), err
	})
	p.must(err, "read the source")
	return body
}

// URL returns the address the page shown came from.
func (p *Page) URL() string {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.url
}

// Status returns the HTTP status the page shown came with.
func (p *Page) Status() int {
	p.mu.Lock()
	defer p.mu.Unlock()
	return int(p.status)
}

// ConsoleErrors returns the errors the console shows since it was last asked, and forgets them.
func (p *Page) ConsoleErrors() []string {
	p.mu.Lock()
	defer p.mu.Unlock()
	lines := p.console
	p.console = nil
	return lines
}
