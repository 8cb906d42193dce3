package office

import (
	"bytes"
	"context"
	"image"
	"image/draw"
	"io"
	"strconv"
	"strings"

	"yifa/internal/document"
	"yifa/internal/evidence"
	"yifa/internal/i18n"
	"yifa/internal/procedure"
	"yifa/internal/raster"
)

// painted is the copy. why says, in the reader's language, what has to be mended instead.
func (o *Office) painted(ctx context.Context, lang i18n.Lang, c *covering) (pdf []byte, why string, err error) {
	var sheets []document.PageSheet
	switch {
	case c.file.Media == string(evidence.PDF):
		sheets, why, err = o.paintedPages(ctx, lang, c)
	case strings.HasPrefix(c.file.Media, "image/"):
		sheets, why, err = o.paintedPicture(lang, c)
	default:
		return nil, i18n.T(lang, "office.cover.kind"), nil
	}
	if reason := whyNotShown(err); reason != "" {
		return nil, i18n.T(lang, "office.cover.unreadable"), nil
	}
	if err != nil || why != "" {
		return nil, why, err
	}
	legend, err := o.legend(ctx, c)
	if err != nil {
		return nil, "", err
	}
	pdf, err = document.Sheets(append(sheets, legend...))
	return pdf, "", err
}

// hidden are the marks by page, each with the number of its reason.
func (c *covering) hidden() []raster.Hidden {
	var out []raster.Hidden
	at := map[int]int{}
	for _, m := range c.cover.Marks {
		if m.Text != "" {
			continue
		}
		i, known := at[m.Page]
		if !known {
			i = len(out)
			at[m.Page] = i
			out = append(out, raster.Hidden{Page: m.Page})
		}
		out[i].Boxes = append(out[i].Boxes, raster.Box{X: m.X / 100, Y: m.Y / 100, W: m.W / 100, H: m.H / 100})
		out[i].Marks = append(out[i].Marks, c.number(m.Reason))
	}
	return out
}

// number is what a reason is called on the copy: its place among the reasons there are.
func (c *covering) number(reason string) string {
	for i, o := range c.field.Options {
		if o.Value == reason {
			return strconv.Itoa(i + 1)
		}
	}
	return ""
}

func (o *Office) paintedPages(ctx context.Context, lang i18n.Lang, c *covering) (sheets []document.PageSheet, why string, err error) {
	sizes, err := o.pagesOf(ctx, c.file)
	if err != nil {
		return nil, "", err
	}
	if sizes.Why != "" {
		return nil, i18n.T(lang, "office.cover.unreadable"), nil
	}
	if len(sizes.Sizes) > coverPages {
		return nil, i18n.T(lang, "office.cover.long", "n", strconv.Itoa(coverPages)), nil
	}
	if why, err := o.placeTexts(ctx, lang, c, len(sizes.Sizes)); err != nil || why != "" {
		return nil, why, err
	}
	total := 0
	err = o.reading(c.file, func(pdf io.Reader) error {
		return o.raster.Cover(ctx, pdf, c.hidden(), coverDPI, func(p raster.Picture) error {
			size := sizes.Sizes[p.Page-1]
			if total += len(p.Bytes); total > coverBytes {
				return raster.ErrTooMuch
			}
			sheets = append(sheets, document.PageSheet{Picture: p.Bytes, Width: size.Width, Height: size.Height})
			return nil
		})
	})
	return sheets, "", err
}

// placeTexts finds every place of the texts that are to be painted over.
func (o *Office) placeTexts(ctx context.Context, lang i18n.Lang, c *covering, pages int) (why string, err error) {
	var letters map[int][]raster.Letter
	for _, m := range c.cover.Marks {
		if m.Page > pages {
			return i18n.T(lang, "office.cover.page", "n", strconv.Itoa(m.Page), "of", strconv.Itoa(pages)), nil
		}
		if m.Text == "" {
			continue
		}
		if letters == nil {
			if err := o.reading(c.file, func(pdf io.Reader) (err error) { letters, err = o.raster.Read(ctx, pdf); return err }); err != nil {
				return "", err
			}
		}
		found := 0
		for n := 1; n <= pages; n++ {
			for _, b := range raster.Find(letters[n], m.Text) {
				found++
				c.cover.Marks = append(c.cover.Marks, procedure.Mark{Reason: m.Reason, Page: n, X: 100 * b.X, Y: 100 * b.Y, W: 100 * b.W, H: 100 * b.H})
			}
		}
		if found == 0 {
			return i18n.T(lang, "office.cover.not_found", "text", m.Text), nil
		}
	}
	return "", nil
}

func (o *Office) paintedPicture(lang i18n.Lang, c *covering) (sheets []document.PageSheet, why string, err error) {
	for _, m := range c.cover.Marks {
		if m.Text != "" {
			return nil, i18n.T(lang, "office.cover.no_text"), nil
		}
		if m.Page != 1 {
			return nil, i18n.T(lang, "office.cover.page", "n", strconv.Itoa(m.Page), "of", "1"), nil
		}
	}
	var src image.Image
	err = o.reading(c.file, func(r io.Reader) error {
		raw, err := io.ReadAll(r)
		if err != nil {
			return err
		}
		shape, _, err := image.DecodeConfig(bytes.NewReader(raw))
		if err != nil || shape.Width < 1 || shape.Height < 1 || shape.Width > coverPixel/shape.Height {
			return raster.ErrTooMuch
		}
		src, _, err = image.Decode(bytes.NewReader(raw))
		return err
	})
	if err != nil {
		return nil, "", err
	}
	b := src.Bounds()
	pic := image.NewRGBA(image.Rect(0, 0, b.Dx(), b.Dy()))
	draw.Draw(pic, pic.Bounds(), image.White, image.Point{}, draw.Src)
	draw.Draw(pic, pic.Bounds(), src, b.Min, draw.Over)
	for _, h := range c.hidden() {
		raster.Paint(pic, h.Boxes, h.Marks)
	}
	body, _, err := raster.Encode(pic)
	// As large as a page of paper: a picture of ten thousand dots is no page of three metres.
	scale := min(595/float64(b.Dx()), 842/float64(b.Dy()))
	return []document.PageSheet{{Picture: body, Width: float64(b.Dx()) * scale, Height: float64(b.Dy()) * scale}}, "", err
}

// legend says what each number on the copy means, by how many places; it names nothing that was painted over. It is made of
// pictures, as the copy is.
func (o *Office) legend(ctx context.Context, c *covering) ([]document.PageSheet, error) {
	w := words{o, c.p, i18n.ZhHans}
	count := map[string]int{}
	for _, m := range c.cover.Marks {
		if m.Text == "" {
			count[m.Reason]++
		}
	}
	t := &document.Table{Columns: []float64{0.12, 0.38, 0.38, 0.12}}
	row := func(head bool, cells ...string) {
		out := document.Row{Head: head}
		for _, text := range cells {
			out.Cells = append(out.Cells, document.Cell{Text: text, Label: head, Span: 1, Down: 1})
		}
		t.Rows = append(t.Rows, out)
	}
	row(true, "编号", "遮盖的理由", "依据", "处数")
	for i, option := range c.field.Options {
		if n := count[option.Value]; n > 0 {
			var cites []string
			for _, one := range o.cites(i18n.ZhHans, option.Cite, o.Today()) {
				cites = append(cites, one.Text)
			}
			row(false, strconv.Itoa(i+1), w.option(c.form, c.field, option).Label, strings.Join(cites, "、"), strconv.Itoa(n))
		}
	}
	pdf, err := o.fonts.PDF(document.Paper{Form: document.Sheet, Issuer: o.organName(i18n.ZhHans, c.st.Holder), Title: "遮盖说明",
		Body: []document.Block{{Text: "这是供查看的副本。涂黑的地方已经遮盖，上面的数字是理由的编号。原件封存，没有改动。"}, {Table: t},
			{Text: "遮盖日期：" + i18n.DateYear(i18n.ZhHans, o.Today())}}})
	if err != nil {
		return nil, err
	}
	drawn, err := o.raster.Draw(ctx, bytes.NewReader(pdf), 1, raster.MaxPages, coverDPI)
	if err != nil {
		return nil, err
	}
	var out []document.PageSheet
	for _, p := range drawn {
		out = append(out, document.PageSheet{Picture: p.Bytes, Width: float64(p.Width) * 72 / coverDPI, Height: float64(p.Height) * 72 / coverDPI})
	}
	return out, nil
}
