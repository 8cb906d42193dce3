package raster

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"time"
)

// Why a file is not shown. Each is an outcome for whoever asked, no fault of ours.
var (
	ErrLocked     = errors.New("raster: locked by a password")
	ErrBroken     = errors.New("raster: does not follow its format")
	ErrTooMany    = errors.New("raster: more pages than are shown")
	ErrTooMuch    = errors.New("raster: took more memory or time than it may")
	ErrNoPage     = errors.New("raster: no such page")
	ErrNoRenderer = errors.New("raster: this program draws no pages")
)

// Bounds of what is asked of one file.
const (
	MaxPages   = 2000
	maxBytes   = 100 << 20 // of the file: it is held in memory by the child
	maxFrame   = 64 << 20  // of one answer
	most       = 45 * time.Second
	atOnce     = 2          // children
	maxPixels  = 20_000_000 // of one page
	maxLetters = 400_000    // of one file
)

// Command is the hidden command of the program under which it is a child; the folder of compiled code follows.
const Command = "pages"

// Size is a page's, in points of 1/72 inch, turned as the page says it is to be looked at.
type Size struct {
	Width  float64 `json:"w"`
	Height float64 `json:"h"`
}

// Picture is a page drawn.
type Picture struct {
	Page          int    // from 1
	Media         string // image/png or image/jpeg
	Bytes         []byte
	Width, Height int // pixels
}

// Box is a place on a page, in shares of its width and height from the upper left corner.
type Box struct {
	X, Y, W, H float64
}

// Letter is one character of a page, and its place.
type Letter struct {
	R   rune
	Box Box
}

// Renderer draws pages. Its methods may be called at once by several.
type Renderer struct {
	cache string
	slots chan struct{}
}

// New draws with children of the running program. Compiled code is kept in the folder cache, which is made.
func New(cache string) *Renderer {
	return &Renderer{cache: cache, slots: make(chan struct{}, atOnce)}
}

// SharedCache is a folder of compiled code for all programs of this user: for the demo city and for tests, whose data are
// made anew each time.
func SharedCache() string {
	at, err := os.UserCacheDir()
	if err != nil {
		at = os.TempDir()
	}
	return filepath.Join(at, "yifa", "pages")
}

// order is what a child is asked, as one line of JSON before the file.
type order struct {
	Ask  string   `json:"ask"` // look, draw, read or cover
	From int      `json:"from,omitempty"`
	To   int      `json:"to,omitempty"`
	DPI  float64  `json:"dpi,omitempty"`
	Hide []Hidden `json:"hide,omitempty"`
}

// frame is one answer of a child: a line of JSON, then so many bytes.
type frame struct {
	Page   int    `json:"page,omitempty"`
	Media  string `json:"media,omitempty"`
	Width  int    `json:"width,omitempty"`
	Height int    `json:"height,omitempty"`
	Bytes  int    `json:"bytes,omitempty"`
	Fault  string `json:"fault,omitempty"`
	Done   bool   `json:"done,omitempty"`
}

// Look tells the sizes of all pages.
func (r *Renderer) Look(ctx context.Context, pdf io.Reader) ([]Size, error) {
	var out []Size
	err := r.ask(ctx, order{Ask: "look"}, pdf, func(_ frame, body []byte) error { return json.Unmarshal(body, &out) })
	return out, err
}

// Draw draws the pages from and to, both counted from 1 and both drawn, so many dots to an inch; fewer where a page is so
// large that it would have too many.
func (r *Renderer) Draw(ctx context.Context, pdf io.Reader, from, to int, dpi float64) ([]Picture, error) {
	var out []Picture
	err := r.ask(ctx, order{Ask: "draw", From: from, To: to, DPI: dpi}, pdf, func(f frame, body []byte) error {
		out = append(out, Picture{f.Page, f.Media, body, f.Width, f.Height})
		return nil
	})
	return out, err
}

// Read tells the letters of all pages, by page from 1, in the order of the file's text.
func (r *Renderer) Read(ctx context.Context, pdf io.Reader) (map[int][]Letter, error) {
	out := map[int][]Letter{}
	err := r.ask(ctx, order{Ask: "read"}, pdf, func(f frame, body []byte) error {
		list, err := lettersOf(body)
		out[f.Page] = list
		return err
	})
	return out, err
}

// Cover draws all pages with places painted over, for each page what each is called; pixels below are gone.
func (r *Renderer) Cover(ctx context.Context, pdf io.Reader, hide []Hidden, dpi float64, each func(Picture) error) error {
	return r.ask(ctx, order{Ask: "cover", DPI: dpi, Hide: hide}, pdf, func(f frame, body []byte) error {
		return each(Picture{f.Page, f.Media, body, f.Width, f.Height})
	})
}

// ask starts a child for one order and hands over its answers.
func (r *Renderer) ask(ctx context.Context, o order, pdf io.Reader, each func(frame, []byte) error) error {
	if r == nil || IsChild() { // a child never has one of its own
		return ErrNoRenderer
	}
	program, err := os.Executable()
	if err != nil {
		return fmt.Errorf("%w: %w", ErrNoRenderer, err)
	}
	select {
	case r.slots <- struct{}{}:
		defer func() { <-r.slots }()
	case <-ctx.Done():
		return ctx.Err()
	}
	line, err := json.Marshal(o)
	if err != nil {
		return fmt.Errorf("raster: %w", err)
	}
	in, stop := context.WithTimeout(ctx, most)
	defer stop()
	c := exec.CommandContext(in, program, Command, r.cache)
	c.Env = []string{} // a file that gets the better of the parser finds no secret here
	c.Dir = "/"
	c.Stdin = io.MultiReader(bytes.NewReader(append(line, '\n')), io.LimitReader(pdf, maxBytes+1))
	var said limited
	c.Stderr = &said
	out, err := c.StdoutPipe()
	if err != nil {
		return fmt.Errorf("raster: %w", err)
	}
	if err := c.Start(); err != nil {
		return fmt.Errorf("raster: %w", err)
	}
	done, err := answers(out, each)
	stop2 := c.Wait()
	switch {
	case err != nil:
		return err
	case done:
		return nil
	case ctx.Err() != nil:
		return ctx.Err()
	case in.Err() != nil:
		return ErrTooMuch
	case strings.Contains(said.String(), "out of memory") || strings.Contains(said.String(), "cannot allocate"):
		return ErrTooMuch
	}
	return fmt.Errorf("%w: the child ended: %w: %s", ErrTooMuch, errOr(stop2), said.String())
}

func errOr(err error) error {
	if err == nil {
		return io.ErrUnexpectedEOF
	}
	return err
}

// answers reads the frames of a child, and says whether it came to its end.
func answers(out io.Reader, each func(frame, []byte) error) (done bool, err error) {
	in := bufio.NewReader(out)
	for {
		line, err := in.ReadBytes('\n')
		if err != nil {
			return false, nil //nolint:nilerr // the child ended before its end: its exit tells why
		}
		var f frame
		if err := json.Unmarshal(line, &f); err != nil || f.Bytes < 0 || f.Bytes > maxFrame {
			return false, fmt.Errorf("%w: answer %.40q", ErrTooMuch, line)
		}
		if f.Done {
			return true, nil
		}
		if f.Fault != "" {
			return false, faultOf(f.Fault)
		}
		body := make([]byte, f.Bytes)
		if _, err := io.ReadFull(in, body); err != nil {
			return false, nil //nolint:nilerr // as above
		}
		if err := each(f, body); err != nil {
			return false, err
		}
	}
}

// Faults as a child names them.
var faults = map[string]error{"locked": ErrLocked, "broken": ErrBroken, "many": ErrTooMany, "much": ErrTooMuch, "page": ErrNoPage}

func faultOf(name string) error {
	if err := faults[name]; err != nil {
		return err
	}
	return ErrBroken
}

// limited keeps the beginning of what a child says.
type limited struct{ bytes.Buffer }

func (l *limited) Write(p []byte) (int, error) {
	const kept = 2000
	if room := kept - l.Len(); room > 0 {
		l.Buffer.Write(p[:min(room, len(p))])
	}
	return len(p), nil
}
