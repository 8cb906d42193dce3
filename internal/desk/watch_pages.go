package desk

import (
	"context"
	"net/http"
	"net/url"
	"slices"
	"strconv"

	"yifa/internal/office"
	"yifa/internal/web"
)

// How a picture or the pages of a PDF are looked at.
var (
	zooms = []int{50, 100, 150, 200, 300} // in hundredths of the room there is
	turns = []int{0, 90, 180, 270}        // degrees, to the right
)

const sheetsShown = 20 // pages on one page of ours

// look is how a file is looked at, as the address says.
type look struct {
	Zoom, Turn int
	From, To   int // pages shown, from 1
	Of         int // pages
	path       string
}

// lookOf reads how a file is looked at; what the address does not say well is as at first.
func lookOf(v visit, pages int) look {
	l := look{Zoom: 100, From: 1, Of: pages, path: v.URL.Path}
	q := v.URL.Query()
	if n, err := strconv.Atoi(q.Get("zoom")); err == nil && slices.Contains(zooms, n) {
		l.Zoom = n
	}
	if n, err := strconv.Atoi(q.Get("turn")); err == nil && slices.Contains(turns, n) {
		l.Turn = n
	}
	if n, err := strconv.Atoi(q.Get("page")); err == nil && n >= 1 && n <= pages {
		l.From = n - (n-1)%sheetsShown
	}
	l.To = min(l.From+sheetsShown-1, pages)
	return l
}

// with is the address of the same file looked at otherwise.
func (l look) with(zoom, turn, page int) string {
	q := url.Values{}
	if zoom != 100 {
		q.Set("zoom", strconv.Itoa(zoom))
	}
	if turn != 0 {
		q.Set("turn", strconv.Itoa(turn))
	}
	if page > 1 {
		q.Set("page", strconv.Itoa(page))
	}
	at := l.path
	if len(q) > 0 {
		at += "?" + q.Encode()
	}
	return at
}

// nearer and farther are the addresses one step closer and one farther away; "" at the end.
func (l look) nearer() string { return l.step(1) }

func (l look) farther() string { return l.step(-1) }

func (l look) step(by int) string {
	i := slices.Index(zooms, l.Zoom) + by
	if i < 0 || i >= len(zooms) {
		return ""
	}
	return l.with(zooms[i], l.Turn, l.From) + "#look"
}

// turned is the address of the same a quarter to the right, or to the left.
func (l look) turned(by int) string { return l.with(l.Zoom, (l.Turn+by+360)%360, l.From) + "#look" }

// firsts are the first pages of the pieces a long file is shown in.
func (l look) firsts() []int {
	var out []int
	for n := 1; n <= l.Of; n += sheetsShown {
		out = append(out, n)
	}
	return out
}

// classes are how it looks.
func (l look) classes() string {
	out := "yifa-zoom--" + strconv.Itoa(l.Zoom)
	if l.Turn != 0 {
		out += " yifa-turn yifa-turn--" + strconv.Itoa(l.Turn)
	}
	return out
}

// whyNot is why the pages of a PDF are not shown.
func (v watchView) whyNot(ctx context.Context) string {
	switch v.Pages.Why {
	case "encrypted":
		return web.T(ctx, "desk.watch_why_encrypted")
	case "damaged":
		return web.T(ctx, "desk.watch_why_damaged")
	case "long":
		return web.T(ctx, "desk.watch_why_long")
	case "much":
		return web.T(ctx, "desk.watch_why_much")
	}
	return web.T(ctx, "desk.watch_why_none")
}

// coverPath is where places of the file are painted over.
func (v watchView) coverPath() string {
	ref := office.FileRef{Seq: v.File.Seq, Class: v.File.Class, Index: v.File.Index}
	return matterPath(v.Matter.ID) + "/acts/" + v.Cover + "?file=" + ref.String()
}

// sheet is the address of the picture of a page.
func (v watchView) sheet(n int) string {
	at := v.Save + "/pages/" + strconv.Itoa(n)
	if v.Look.Zoom > 100 {
		at += "?fine=1"
	}
	return at
}

// sheet serves GET /desk/matters/{id}/files/{seq}/{class}/{n}/pages/{sheet}: a page of a PDF as a picture.
func (d *Desk) sheet(v visit) error {
	id, ref, err := v.file()
	if err != nil {
		return err
	}
	n, err := strconv.Atoi(v.PathValue("sheet"))
	if err != nil {
		return web.NotFound
	}
	p, err := d.Office.FilePage(v.Context(), v.reader, id, office.PageRef{FileRef: ref, Page: n, Fine: v.URL.Query().Get("fine") != ""})
	if err != nil {
		return missing(err)
	}
	h := v.w.Header()
	h.Set("Content-Type", p.Media)
	h.Set("Content-Length", strconv.Itoa(len(p.Bytes)))
	h.Set("Content-Disposition", "inline")
	h.Set("X-Content-Type-Options", "nosniff")
	h.Set("Content-Security-Policy", "sandbox; default-src 'none'")
	web.Secret(v.w)
	if v.Method == http.MethodHead {
		return nil
	}
	_, err = v.w.Write(p.Bytes)
	return err
}
