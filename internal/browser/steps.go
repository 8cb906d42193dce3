package browser

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

// How a step names an element, wherever a target is asked for:
//
//	text:下一步     the visible link, button or summary with this text
//	label:姓名      the field with this label (for a radio or checkbox, its own label)
//	#id, .class …  anything else is a CSS selector

// find is a script that evaluates to a function from such a name to the element or null.
const find = `(name => {
  const squash = s => (s || '').replace(/\s+/g, ' ').trim();
  const shown = e => e.getClientRects().length > 0;
  const pick = (all, want, text) => all.find(e => text(e) === want) || all.find(e => text(e).includes(want)) || null;
  if (name.startsWith('text:')) {
    const all = [...document.querySelectorAll('a[href],button,summary,input[type=submit],input[type=button],[role=button]')];
    return pick(all.filter(shown), squash(name.slice(5)), e => squash(e.innerText || e.value || e.getAttribute('aria-label')));
  }
  if (name.startsWith('label:')) {
    const all = [...document.querySelectorAll('label')].filter(shown);
    const label = pick(all, squash(name.slice(6)), e => squash(e.innerText));
    return label && label.control;
  }
  return document.querySelector(name);
})`

// element is the element a target names.
func element(target string) chromedp.JSPath {
	return chromedp.JSPath(find + "(" + quote(target) + ")")
}

// quote writes s as a JavaScript string.
func quote(s string) string {
	b, err := json.Marshal(s)
	if err != nil {
		return `""` // a string always encodes
	}
	return string(b)
}

// runStep runs one action with the time a step may take.
func runStep[T any](p *Page, action chromedp.Action[T]) (T, error) {
	ctx, cancel := context.WithTimeout(p.ctx, stepTimeout)
	defer cancel()
	return chromedp.Run(ctx, action)
}

// must fails the test with what the page shows, if a step did not succeed.
func (p *Page) must(err error, format string, args ...any) {
	p.t.Helper()
	if err == nil {
		return
	}
	seen, _ := runStep(p, chromedp.Evaluate[string](`document.body ? document.body.innerText.slice(0, 2000) : ""`))
	p.t.Fatalf("browser: %s at %s (%d): %v\nThe page shows:\n%s", fmt.Sprintf(format, args...), p.URL(), p.Status(), err, seen)
}

// Goto opens an address and waits until the page is loaded. The status it came with is Status.
func (p *Page) Goto(url string) {
	p.t.Helper()
	_, err := runStep(p, chromedp.NavigateResponse(url))
	p.must(err, "open %s", url)
}

// Click clicks a link or button that leads to another page, and waits until that is loaded.
func (p *Page) Click(target string) {
	p.t.Helper()
	p.exists(target)
	ctx, cancel := context.WithTimeout(p.ctx, stepTimeout)
	defer cancel()
	_, err := chromedp.RunResponse(ctx, chromedp.Click(element(target)))
	p.must(err, "click %q and wait for the next page", target)
}

// Press clicks something that stays on this page: a radio, a checkbox, a summary, a button of a script.
func (p *Page) Press(target string) {
	p.t.Helper()
	p.exists(target)
	// The radios of the style sheet are transparent under what is drawn over them, so the element is
	// clicked by itself, as its label does it.
	_, err := runStep(p, chromedp.Evaluate[chromedp.Void](string(element(target))+".click()"))
	p.must(err, "press %q", target)
}

// Fill replaces what a field holds, as typing would. In a select it picks the option with this value or text.
func (p *Page) Fill(target, value string) {
	p.t.Helper()
	p.exists(target)
	const fill = `((field, value) => {
  field.focus();
  if (field.tagName === 'SELECT') {
    const option = [...field.options].find(o => o.value === value || o.text.trim() === value);
    if (!option) throw new Error('no option ' + value);
    field.value = option.value;
  } else {
    field.value = value;
  }
  field.dispatchEvent(new Event('input', {bubbles: true}));
  field.dispatchEvent(new Event('change', {bubbles: true}));
})`
	_, err := runStep(p, chromedp.Evaluate[chromedp.Void](fill+"("+string(element(target))+","+quote(value)+")"))
	p.must(err, "fill %q", target)
}

// Upload puts files into a file field.
func (p *Page) Upload(target string, files ...string) {
	p.t.Helper()
	p.exists(target)
	_, err := runStep(p, chromedp.SetUploadFiles(element(target), files))
	p.must(err, "upload %v to %q", files, target)
}

// Enter sends the form that has the focus with the Enter key, and waits until the next page is loaded.
func (p *Page) Enter() {
	p.t.Helper()
	ctx, cancel := context.WithTimeout(p.ctx, stepTimeout)
	defer cancel()
	_, err := chromedp.RunResponse(ctx, chromedp.KeyEvent(kb.Enter))
	p.must(err, "press Enter and wait for the next page")
}

// Key types one key to whatever has the focus: a character, or Tab, Enter, Space, Escape, Up or Down. It does not
// wait for a next page: see Enter.
func (p *Page) Key(key string) {
	p.t.Helper()
	named := map[string]string{"Tab": kb.Tab, "Enter": kb.Enter, "Space": " ", "Escape": kb.Escape, "Up": kb.ArrowUp, "Down": kb.ArrowDown}
	if k, ok := named[key]; ok {
		key = k
	}
	_, err := runStep(p, chromedp.KeyEvent(key))
	p.must(err, "type the key %q", key)
}

// Text returns the text a person sees in an element.
func (p *Page) Text(target string) string {
	p.t.Helper()
	p.exists(target)
	text, err := runStep(p, chromedp.Evaluate[string](string(element(target))+".innerText"))
	p.must(err, "read %q", target)
	return strings.TrimSpace(text)
}

// Value returns what a field holds.
func (p *Page) Value(target string) string {
	p.t.Helper()
	p.exists(target)
	value, err := runStep(p, chromedp.Evaluate[string](string(element(target))+".value"))
	p.must(err, "read the field %q", target)
	return value
}

// Has reports whether the page has such an element now.
func (p *Page) Has(target string) bool {
	p.t.Helper()
	found, err := runStep(p, chromedp.Evaluate[bool](string(element(target))+" !== null"))
	p.must(err, "look for %q", target)
	return found
}

// Shows says whether the page shows a text now; a page that is just going says no.
func (p *Page) Shows(text string) bool {
	p.t.Helper()
	quoted, err := json.Marshal(text)
	p.must(err, "quote %q", text)
	found, err := runStep(p, chromedp.Evaluate[bool]("!!document.body && document.body.innerText.includes("+string(quoted)+")"))
	p.must(err, "look for the text %q", text)
	return found
}

// Sees fails the test unless the page shows each text.
func (p *Page) Sees(texts ...string) {
	p.t.Helper()
	shown := p.Text("body")
	for _, text := range texts {
		if !strings.Contains(shown, text) {
			p.t.Fatalf("browser: %s (%d) does not show %q but:\n%s", p.URL(), p.Status(), text, shown)
		}
	}
}

// exists fails the test at once, rather than at the step's timeout, when the page lacks an element.
func (p *Page) exists(target string) {
	p.t.Helper()
	if !p.Has(target) {
		p.must(fmt.Errorf("no element %q", target), "look")
	}
}

// Evaluate runs a script in the page and returns its value as JSON decodes it.
func Evaluate[T any](p *Page, script string) T {
	p.t.Helper()
	value, err := runStep(p, chromedp.Evaluate[T](script, chromedp.EvalAwaitPromise))
	p.must(err, "evaluate %s", script)
	return value
}

// Shot writes a picture of the whole page, for people to look at, to the folder YIFA_SHOTS names. Its name
// gets the view behind it. Without the variable it does nothing.
func (p *Page) Shot(name string) {
	p.t.Helper()
	p.shoot(name+"-"+p.view.Name, chromedp.FullScreenshot(100))
}

// ShotOf is Shot of one element, or of what the window shows where target is empty; name is the whole name of the file.
func (p *Page) ShotOf(name, target string) {
	p.t.Helper()
	if target == "" {
		p.shoot(name, chromedp.CaptureScreenshot())
		return
	}
	p.exists(target)
	p.shoot(name, chromedp.Screenshot(element(target)))
}

func (p *Page) shoot(name string, take chromedp.Action[[]byte]) {
	p.t.Helper()
	dir := os.Getenv("YIFA_SHOTS")
	if dir == "" {
		return
	}
	png, err := runStep(p, take)
	p.must(err, "take a picture")
	if err := os.MkdirAll(dir, 0o755); err != nil {
		p.t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(dir, name+".png"), png, 0o644); err != nil {
		p.t.Fatal(err)
	}
}
