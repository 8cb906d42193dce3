package desk

import (
	"errors"
	"strings"

	"yifa/internal/matter"
	"yifa/internal/office"
	"yifa/internal/web"
)

// What the pages of records past their term lead to.
const (
	archivePath  = "/desk/archive"
	holdPath     = "/desk/new/register.hold/hold"
	actClear     = "clear"
	actKeep      = "keep"
	keepReason   = "keep_reason"
	fieldMatters = "matters"
)

// archiveView is the page of records past their term.
type archiveView struct {
	office.ArchiveView
	Nothing bool // a list was asked for, and nothing could be put on it
}

// archive serves GET /desk/archive: what is past its term, lists of destruction, and what is on hold.
func (d *Desk) archive(v visit) error {
	list, err := d.Office.Archive(v.Context(), v.reader)
	if err != nil {
		return missing(err)
	}
	out := archiveView{list, v.URL.Query().Get("said") == "nothing"}
	return v.show(page{title: v.t("archive.title"), nav: archivePath, content: archivePage(out)})
}

// drawUp serves POST /desk/archive: it puts what has been past its term for longest on a list.
func (d *Desk) drawUp(v visit) error {
	of := office.ExpiredView{Organ: v.PostForm.Get("organ"), Kind: v.PostForm.Get("kind"), Scope: v.PostForm.Get("scope")}
	done, err := d.Office.DrawUp(v.Context(), v.reader, of, v.PostForm.Get("key"))
	if errors.Is(err, office.ErrNothingDue) {
		return v.redirect(archivePath + "?said=nothing")
	}
	if err != nil {
		return missing(err)
	}
	return v.redirect(archiveListPath(done.Matter))
}

func archiveListPath(id matter.ID) string { return archivePath + "/" + id.String() }

// archiveListView is the page of one list.
type archiveListView struct {
	office.ArchiveList
	Path  string
	Open  []web.Act
	Error string // what is missing for what was sent
}

// archiveList serves GET /desk/archive/{id}.
func (d *Desk) archiveList(v visit) error { return d.showArchiveList(v, "") }

func (d *Desk) showArchiveList(v visit, wrong string) error {
	id, err := matter.ParseID(v.PathValue("id"))
	if err != nil {
		return web.NotFound
	}
	list, err := d.Office.ArchiveList(v.Context(), v.reader, id)
	if err != nil {
		return missing(err)
	}
	out := archiveListView{ArchiveList: list, Path: archiveListPath(id), Error: wrong}
	for _, a := range list.Acts {
		if a.Open && a.Act != actClear && (a.Act != actKeep || !list.Judges) {
			out.Open = append(out.Open, actOf(id, a))
		}
	}
	return v.show(page{title: v.t("archive.list_title"), nav: archivePath, content: archiveListPage(out)})
}

// appraise serves POST /desk/archive/{id}: it says of the matters chosen that they may be destroyed or are kept.
func (d *Desk) appraise(v visit) error {
	id, err := matter.ParseID(v.PathValue("id"))
	if err != nil {
		return web.NotFound
	}
	if _, err := d.Office.ArchiveList(v.Context(), v.reader, id); err != nil {
		return missing(err)
	}
	act := actClear
	fields := map[string][]string{fieldMatters: v.PostForm[fieldMatters]}
	if v.PostForm.Get("do") == actKeep {
		act, fields[keepReason] = actKeep, []string{v.PostForm.Get(keepReason)}
	}
	_, err = d.Office.Perform(v.Context(), v.reader, office.Act{Matter: id, Act: act, Fields: fields, Key: v.PostForm.Get("key")})
	var refused *office.Refused
	var bad office.BadFields
	switch {
	case errors.As(err, &refused):
		return d.showArchiveList(v, refused.View.Said())
	case errors.As(err, &bad):
		var said []string
		for _, text := range bad {
			said = append(said, text)
		}
		return d.showArchiveList(v, strings.Join(said, " "))
	case err != nil:
		return missing(err)
	}
	return v.redirect(archiveListPath(id))
}

// archiveTags colour what came of a line.
var archiveTags = map[string]string{"waiting": "blue", "cleared": "yellow", "kept": "green", "destroyed": "grey", "left_out": "green"}
