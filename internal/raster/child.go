package raster

import (
	"bufio"
	"bytes"
	"compress/gzip"
	"context"
	_ "embed"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"

	"github.com/klippa-app/go-pdfium"
	pdferrors "github.com/klippa-app/go-pdfium/errors"
	"github.com/klippa-app/go-pdfium/references"
	"github.com/klippa-app/go-pdfium/requests"
	"github.com/klippa-app/go-pdfium/webassembly"
	"github.com/tetratelabs/wazero"
	"github.com/tetratelabs/wazero/api"
	"github.com/tetratelabs/wazero/experimental"
)

// IsChild says whether this program was started to draw pages: then Child is all it does.
func IsChild() bool {
	return len(os.Args) == 3 && os.Args[1] == Command
}

// Child is what a child does: one order from its standard input, the answers to its standard output.
func Child() {
	if err := serve(os.Stdin, os.Stdout, os.Args[2]); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	os.Exit(0)
}

// wasmPages bounds the memory PDFium sees: pages of 64 KiB.
const wasmPages = 6144

func serve(in io.Reader, out io.Writer, cache string) error {
	if err := bound(); err != nil {
		return fmt.Errorf("raster: bounds: %w", err)
	}
	from := bufio.NewReader(in)
	line, err := from.ReadBytes('\n')
	if err != nil {
		return fmt.Errorf("raster: order: %w", err)
	}
	c := &child{out: bufio.NewWriter(out)}
	if err := json.Unmarshal(line, &c.order); err != nil {
		return fmt.Errorf("raster: order: %w", err)
	}
	if c.pdf, err = io.ReadAll(io.LimitReader(from, maxBytes+1)); err != nil {
		return fmt.Errorf("raster: file: %w", err)
	}
	if len(c.pdf) > maxBytes {
		return errors.Join(c.fault(ErrTooMuch), c.out.Flush())
	}
	pool, err := parser(cache)
	if err != nil {
		return err
	}
	if c.lib, err = pool.GetInstance(most); err != nil {
		return fmt.Errorf("raster: %w", err)
	}
	err = c.run()
	if name := faultName(err); name != "" {
		err = c.fault(err)
	}
	return errors.Join(err, c.out.Flush())
}

//go:embed pdfium.wasm.gz
var packed []byte // by scripts/pdfium.sh

func unpacked() ([]byte, error) {
	z, err := gzip.NewReader(bytes.NewReader(packed))
	if err != nil {
		return nil, fmt.Errorf("raster: %w", err)
	}
	code, err := io.ReadAll(z)
	if err != nil {
		return nil, fmt.Errorf("raster: %w", err)
	}
	return code, nil
}

// parser is PDFium with no files and no network: the code it runs in offers neither.
func parser(cache string) (pdfium.Pool, error) {
	conf := wazero.NewRuntimeConfig().WithCoreFeatures(api.CoreFeaturesV2 | experimental.CoreFeaturesExceptionHandling).WithMemoryLimitPages(wasmPages)
	if err := os.MkdirAll(cache, 0o700); err == nil {
		if kept, err := wazero.NewCompilationCacheWithDir(cache); err == nil { // without, it is compiled each time
			conf = conf.WithCompilationCache(kept)
		}
	}
	code, err := unpacked()
	if err != nil {
		return nil, err
	}
	pool, err := webassembly.InitWithWASM(webassembly.Config{WASM: code, Context: context.Background(), MaxIdle: 1, MaxTotal: 1, RuntimeConfig: conf,
		FSConfig: wazero.NewFSConfig(), Stdout: io.Discard, Stderr: io.Discard})
	if err != nil {
		return nil, fmt.Errorf("raster: %w", err)
	}
	return pool, nil
}

// child is one order while it is carried out.
type child struct {
	order order
	pdf   []byte
	lib   pdfium.Pdfium
	doc   references.FPDF_DOCUMENT
	pages int
	out   *bufio.Writer
}

func faultName(err error) string {
	for name, is := range faults {
		if errors.Is(err, is) {
			return name
		}
	}
	return ""
}

func (c *child) fault(err error) error { return c.answer(frame{Fault: faultName(err)}, nil) }

func (c *child) answer(f frame, body []byte) error {
	f.Bytes = len(body)
	line, err := json.Marshal(f)
	if err != nil {
		return fmt.Errorf("raster: %w", err)
	}
	if _, err = c.out.Write(append(line, '\n')); err == nil {
		_, err = c.out.Write(body)
	}
	if err != nil {
		return fmt.Errorf("raster: answer: %w", err)
	}
	return nil
}

// run opens the file and does what is ordered.
func (c *child) run() (err error) {
	defer func() {
		if p := recover(); p != nil { // the parser gave up inside: this file is not shown
			err = fmt.Errorf("%w: %v", ErrBroken, p)
		}
	}()
	doc, err := c.lib.OpenDocument(&requests.OpenDocument{File: &c.pdf})
	switch {
	case errors.Is(err, pdferrors.ErrPassword), errors.Is(err, pdferrors.ErrSecurity):
		return ErrLocked
	case err != nil:
		return brokenBy(err)
	}
	c.doc = doc.Document
	n, err := c.lib.FPDF_GetPageCount(&requests.FPDF_GetPageCount{Document: c.doc})
	if err != nil {
		return brokenBy(err)
	}
	if c.pages = n.PageCount; c.pages < 1 {
		return ErrBroken
	}
	if c.pages > MaxPages {
		return ErrTooMany
	}
	do := map[string]func() error{"look": c.look, "draw": c.drawSome, "read": c.readAll, "cover": c.coverAll}[c.order.Ask]
	if do == nil {
		return fmt.Errorf("raster: order %q", c.order.Ask)
	}
	if err := do(); err != nil {
		return err
	}
	return c.answer(frame{Done: true}, nil)
}

// brokenBy is what the parser says of a file that is not as it should be. Out of memory is told apart.
func brokenBy(err error) error {
	if strings.Contains(err.Error(), "memory") {
		return fmt.Errorf("%w: %w", ErrTooMuch, err)
	}
	return fmt.Errorf("%w: %w", ErrBroken, err)
}

func (c *child) page(n int) requests.Page {
	return requests.Page{ByIndex: &requests.PageByIndex{Document: c.doc, Index: n - 1}}
}

// look answers the sizes of all pages.
func (c *child) look() error {
	out := make([]Size, c.pages)
	for i := range out {
		s, err := c.size(i + 1)
		if err != nil {
			return err
		}
		out[i] = s
	}
	body, err := json.Marshal(out)
	if err != nil {
		return fmt.Errorf("raster: %w", err)
	}
	return c.answer(frame{}, body)
}

// size is a page's; one that has none is taken for A4, as readers do.
func (c *child) size(n int) (Size, error) {
	s, err := c.lib.FPDF_GetPageSizeByIndex(&requests.FPDF_GetPageSizeByIndex{Document: c.doc, Index: n - 1})
	if err != nil {
		return Size{}, brokenBy(err)
	}
	const widest = 14400 // points, ISO 32000-1, annex C
	if !(s.Width > 0 && s.Height > 0 && s.Width <= widest && s.Height <= widest) {
		return Size{595, 842}, nil
	}
	return Size{s.Width, s.Height}, nil
}
