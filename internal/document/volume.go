package document

import (
	"bytes"
	"fmt"
	"io"
	"strconv"

	"github.com/pdfcpu/pdfcpu/pkg/api"
	"github.com/pdfcpu/pdfcpu/pkg/pdfcpu"
	"github.com/pdfcpu/pdfcpu/pkg/pdfcpu/model"
)

// Volume is the file of a matter as it goes to the archive: a cover, a list of what is in it with the page each begins
// on, the pieces, and a note at the end.
type Volume struct {
	Cover  Paper
	Pieces []Piece
	Last   Paper // 备考表
}

// Piece is one thing in a volume.
type Piece struct {
	Number string // of a document; empty: none
	By     string // whose it is
	Title  string
	On     string // day
	Remark string
	PDF    []byte // its pages
}

// Bind puts a volume into one PDF with bookmarks. The pieces' pages are numbered through, at their outer upper corner;
// cover, list and note are not, as is usual. Seals in it can be checked in the originals alone: a copy in a volume is
// another file.
func (f *Fonts) Bind(v Volume) ([]byte, error) {
	conf := pdfRules()
	from, next := make([]int, len(v.Pieces)), 1
	for i, p := range v.Pieces {
		n, err := api.PageCount(bytes.NewReader(p.PDF), conf)
		if err != nil {
			return nil, fmt.Errorf("document: %s: %w", p.Title, err)
		}
		from[i], next = next, next+n
	}
	var parts []io.ReadSeeker
	before := 0
	for _, paper := range []Paper{v.Cover, index(v, from)} {
		pdf, err := f.PDF(paper)
		if err != nil {
			return nil, err
		}
		n, err := api.PageCount(bytes.NewReader(pdf), conf)
		if err != nil {
			return nil, fmt.Errorf("document: %s: %w", paper.Title, err)
		}
		parts, before = append(parts, bytes.NewReader(pdf)), before+n
	}
	for _, p := range v.Pieces {
		parts = append(parts, bytes.NewReader(p.PDF))
	}
	last, err := f.PDF(v.Last)
	if err != nil {
		return nil, err
	}
	var merged bytes.Buffer
	if err := api.MergeRaw(append(parts, bytes.NewReader(last)), &merged, false, conf); err != nil {
		return nil, fmt.Errorf("document: bind: %w", err)
	}
	return v.finish(merged.Bytes(), before, append(from, next))
}

// pdfRules is how PDFs of others are read: as long as a reader would show them.
func pdfRules() *model.Configuration {
	conf := model.NewDefaultConfiguration()
	conf.ValidationMode, conf.Offline = model.ValidationRelaxed, true
	return conf
}

// finish numbers the pages of the pieces, of which `before` others stand in front, and marks where each begins.
func (v Volume) finish(pdf []byte, before int, from []int) ([]byte, error) {
	conf := pdfRules()
	end := from[len(from)-1]
	numbers := map[int]*model.Watermark{}
	for n := 1; n < end; n++ {
		corner := "tr, off:-40 -28"
		if n%2 == 0 {
			corner = "tl, off:40 -28"
		}
		mark, err := api.TextWatermark(strconv.Itoa(n), "font:Helvetica, points:11, rot:0, scale:1 abs, fillc:#000000, pos:"+corner, true, false, 0)
		if err != nil {
			return nil, fmt.Errorf("document: bind: %w", err)
		}
		numbers[before+n] = mark
	}
	var numbered, out bytes.Buffer
	if len(numbers) == 0 {
		numbered.Write(pdf)
	} else if err := api.AddWatermarksMap(bytes.NewReader(pdf), &numbered, numbers, conf); err != nil {
		return nil, fmt.Errorf("document: bind: %w", err)
	}
	marks := []pdfcpu.Bookmark{{Title: v.Cover.Title, PageFrom: 1}, {Title: indexTitle, PageFrom: 2}}
	for i, p := range v.Pieces {
		marks = append(marks, pdfcpu.Bookmark{Title: p.Title, PageFrom: before + from[i]})
	}
	marks = append(marks, pdfcpu.Bookmark{Title: v.Last.Title, PageFrom: before + end})
	if err := api.AddBookmarks(bytes.NewReader(numbered.Bytes()), &out, marks, true, conf); err != nil {
		return nil, fmt.Errorf("document: bind: %w", err)
	}
	return out.Bytes(), nil
}

const indexTitle = "卷内文件目录"

// index lists what is in a volume.
func index(v Volume, from []int) Paper {
	cell := func(text string, label bool) Cell { return Cell{Text: text, Label: label, Span: 1, Down: 1} }
	t := &Table{Columns: []float64{0.07, 0.18, 0.16, 0.26, 0.15, 0.07, 0.11}}
	head := Row{Head: true}
	for _, name := range []string{"序号", "文号", "责任者", "题名", "日期", "页号", "备注"} {
		head.Cells = append(head.Cells, cell(name, true))
	}
	t.Rows = append(t.Rows, head)
	for i, p := range v.Pieces {
		t.Rows = append(t.Rows, Row{Cells: []Cell{cell(strconv.Itoa(i+1), true), cell(p.Number, false), cell(p.By, false), cell(p.Title, false),
			cell(p.On, false), cell(strconv.Itoa(from[i]), true), cell(p.Remark, false)}})
	}
	return Paper{Form: Sheet, Issuer: v.Cover.Issuer, Title: indexTitle, Number: v.Cover.Number, Body: []Block{{Table: t}}}
}
