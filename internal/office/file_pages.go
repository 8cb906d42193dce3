package office

import (
	"context"
	"errors"
	"io"
	"strconv"
	"strings"
	"sync"
	"time"

	"yifa/internal/evidence"
	"yifa/internal/matter"
	"yifa/internal/raster"
)

// How finely pages are drawn, in dots to an inch.
const (
	sheetDPI = 110 // to be read
	fineDPI  = 220 // to be looked at closely
)

// How pages that were drawn are kept: in memory, for whoever turns back a page, and by nobody else. What is destroyed is
// gone with the program or sooner, and nobody who may not open the file comes here.
const (
	sheetsAtOnce = 4 // pages drawn in one go
	sheetsKept   = 32 << 20
	sheetsFor    = 2 * time.Minute
)

// PagesView is a PDF as it is looked at: its pages, or why they are not shown.
type PagesView struct {
	Sizes []raster.Size
	Why   string // encrypted, damaged, long, much or none; "" where they are shown
}

// sheets are answers of the renderer by what was asked, each with when it came. A question already asked is waited for.
type sheets struct {
	sync.Mutex
	held map[string]*drawnSheet
	size int
}

type drawnSheet struct {
	ready chan struct{}
	at    time.Time
	sizes []raster.Size
	drawn []raster.Picture
	bytes int
	err   error
}

// get gives what was asked a short while ago, or has it made.
func (s *sheets) get(ctx context.Context, key string, ask func(context.Context) ([]raster.Size, []raster.Picture, error)) (*drawnSheet, error) {
	s.Lock()
	if s.held == nil {
		s.held = map[string]*drawnSheet{}
	}
	one, known := s.held[key]
	if known && (one.at.IsZero() || time.Since(one.at) < sheetsFor) {
		s.Unlock()
		select {
		case <-one.ready:
			return one, one.err
		case <-ctx.Done():
			return nil, ctx.Err()
		}
	}
	if known {
		s.size -= one.bytes
	}
	one = &drawnSheet{ready: make(chan struct{})}
	s.held[key] = one
	s.Unlock()
	// Others may wait for the same page: whoever asked first and went away does not end it for them.
	sizes, drawn, err := ask(context.WithoutCancel(ctx))
	s.Lock()
	defer s.Unlock()
	one.sizes, one.drawn, one.err, one.at = sizes, drawn, err, time.Now()
	for _, p := range drawn {
		one.bytes += len(p.Bytes)
	}
	s.size += one.bytes
	close(one.ready)
	if err != nil && !isOutcome(err) {
		delete(s.held, key)
	}
	s.forget()
	time.AfterFunc(sheetsFor, func() {
		s.Lock()
		defer s.Unlock()
		s.forget()
	})
	return one, err
}

// forget drops what is old, and the oldest while there is too much.
func (s *sheets) forget() {
	for {
		oldest, when := "", time.Time{}
		for key, one := range s.held {
			if !one.at.IsZero() && (oldest == "" || one.at.Before(when)) {
				oldest, when = key, one.at
			}
		}
		if oldest == "" || s.size <= sheetsKept && time.Since(when) < sheetsFor {
			return
		}
		s.size -= s.held[oldest].bytes
		delete(s.held, oldest)
	}
}

// reasonsNotShown are why a PDF is not shown, as pages word them.
var reasonsNotShown = []struct {
	err error
	why string
}{{raster.ErrLocked, "encrypted"}, {raster.ErrBroken, "damaged"}, {raster.ErrTooMany, "long"}, {raster.ErrTooMuch, "much"}, {raster.ErrNoRenderer, "none"}}

func isOutcome(err error) bool { return whyNotShown(err) != "" || errors.Is(err, raster.ErrNoPage) }

func whyNotShown(err error) string {
	for _, r := range reasonsNotShown {
		if errors.Is(err, r.err) {
			return r.why
		}
	}
	return ""
}

// pagesOf is how a PDF is looked at.
func (o *Office) pagesOf(ctx context.Context, f matter.File) (PagesView, error) {
	got, err := o.sheets.get(ctx, f.Blob, func(ctx context.Context) ([]raster.Size, []raster.Picture, error) {
		var out []raster.Size
		err := o.reading(f, func(pdf io.Reader) (err error) { out, err = o.raster.Look(ctx, pdf); return err })
		return out, nil, err
	})
	if why := whyNotShown(err); why != "" {
		return PagesView{Why: why}, nil
	}
	if err != nil {
		return PagesView{}, err
	}
	return PagesView{Sizes: got.sizes}, nil
}

// reading opens the bytes of a file.
func (o *Office) reading(f matter.File, do func(io.Reader) error) error {
	body, err := o.blobs.Open(f.Blob, f.Key)
	if err != nil {
		return err
	}
	return errors.Join(do(body), body.Close())
}

// PDF says whether the pages of a file can be drawn.
func (v FileView) PDF() bool { return v.Media == string(evidence.PDF) }

// PageRef is a page of a PDF, from 1.
type PageRef struct {
	FileRef
	Page int
	Fine bool // for a closer look
}

// FilePage is a page of a PDF the reader may open, drawn. ErrNotFound as OpenFile, and where there is no such page or it
// cannot be drawn.
func (o *Office) FilePage(ctx context.Context, r Reader, id matter.ID, ref PageRef) (raster.Picture, error) {
	f, err := o.opened(ctx, r, id, ref.FileRef)
	if err != nil {
		return raster.Picture{}, err
	}
	n := ref.Page
	if f.Media != string(evidence.PDF) || n < 1 || n > raster.MaxPages {
		return raster.Picture{}, ErrNotFound
	}
	dpi, first := float64(sheetDPI), n-(n-1)%sheetsAtOnce
	last := first + sheetsAtOnce - 1
	if ref.Fine {
		dpi, first, last = fineDPI, n, n
	}
	got, err := o.sheets.get(ctx, strings.Join([]string{f.Blob, strconv.Itoa(first), strconv.Itoa(int(dpi))}, " "), func(ctx context.Context) ([]raster.Size, []raster.Picture, error) {
		var out []raster.Picture
		err := o.reading(f, func(pdf io.Reader) (err error) { out, err = o.raster.Draw(ctx, pdf, first, last, dpi); return err })
		return nil, out, err
	})
	if isOutcome(err) {
		return raster.Picture{}, ErrNotFound
	}
	if err != nil {
		return raster.Picture{}, err
	}
	for _, p := range got.drawn {
		if p.Page == n {
			return p, nil
		}
	}
	return raster.Picture{}, ErrNotFound
}
