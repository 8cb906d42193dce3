package desk

import (
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"

	"yifa/internal/matter"
	"yifa/internal/office"
	"yifa/internal/web"
)

func watchRoutes() []route {
	const file = "/desk/matters/{id}/files/{seq}/{class}/{n}"
	sample := "/desk/matters/" + sampleMatter + "/files/1/filer/0"
	return []route{
		{get(file+"/view", sample+"/view"), (*Desk).watch},
		{get(file+"/media", sample+"/media"), (*Desk).media},
		{get(file+"/pages/{sheet}", sample+"/pages/1"), (*Desk).sheet},
	}
}

// shownHere are the media types a browser shows by itself and that can run nothing.
var shownHere = []string{"image/jpeg", "image/png", "audio/", "video/"}

func showsHere(media string) bool {
	for _, kind := range shownHere {
		if strings.HasPrefix(media, kind) {
			return true
		}
	}
	return false
}

// watchView is the page of one file.
type watchView struct {
	office.WatchView
	Media, Save, Page string
	Start             int // second to begin at
	Look              look
	Items             []web.TimelineItem
}

func (v visit) file() (matter.ID, office.FileRef, error) {
	id, seq, err := v.entry()
	if err != nil {
		return id, office.FileRef{}, err
	}
	n, err := strconv.Atoi(v.PathValue("n"))
	if err != nil {
		return id, office.FileRef{}, web.NotFound
	}
	return id, office.FileRef{Seq: seq, Class: matter.Class(v.PathValue("class")), Index: n}, nil
}

// watch serves GET /desk/matters/{id}/files/{seq}/{class}/{n}/view: a file in the page, with its fingerprints and the points
// made on it and who had it. ?t= begins at a second, ?page= at a page; ?zoom= and ?turn= say how it is looked at.
func (d *Desk) watch(v visit) error {
	id, ref, err := v.file()
	if err != nil {
		return err
	}
	w, err := d.Office.Watch(v.Context(), v.reader, id, ref)
	if err != nil {
		return missing(err)
	}
	at := strings.TrimSuffix(v.URL.Path, "/view")
	out := watchView{WatchView: w, Media: at + "/media", Save: at, Page: v.URL.Path, Look: lookOf(v, len(w.Pages.Sizes)), Items: timelineOf(v.Context(), w.Custody)}
	if s, err := strconv.Atoi(v.URL.Query().Get("t")); err == nil && s > 0 {
		out.Start = s
		out.Media += "#t=" + url.QueryEscape(strconv.Itoa(s))
	}
	h := v.w.Header()
	h.Set("Content-Security-Policy", h.Get("Content-Security-Policy")+"; media-src 'self'")
	return v.show(page{title: w.File.Name, nav: "/desk/matters", content: watchPage(out)})
}

// media serves GET /desk/matters/{id}/files/{seq}/{class}/{n}/media: the bytes of a picture, film or recording, any part of
// them. Opened by itself it is in a sandbox and can run nothing.
func (d *Desk) media(v visit) error {
	id, ref, err := v.file()
	if err != nil {
		return err
	}
	file, body, err := d.Office.OpenFile(v.Context(), v.reader, id, ref)
	if err != nil {
		return missing(err)
	}
	defer func() { _ = body.Close() }() // read only: nothing can be lost
	if !showsHere(file.Media) {
		return web.NotFound
	}
	h := v.w.Header()
	h.Set("Content-Type", file.Media)
	h.Set("Content-Disposition", "inline")
	h.Set("X-Content-Type-Options", "nosniff")
	h.Set("Content-Security-Policy", "sandbox; default-src 'none'")
	web.Secret(v.w)
	http.ServeContent(v.w, v.Request, "", time.Time{}, body)
	return nil
}
