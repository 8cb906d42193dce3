package portal

import (
	"errors"
	"io"
	"net/http"
	"strconv"

	"yifa/internal/door"
	"yifa/internal/i18n"
	"yifa/internal/office"
	"yifa/internal/web"
)

// reportFiles serves GET /report/d/{draft}/files.
func (p *Portal) reportFiles(w http.ResponseWriter, r *http.Request) error {
	d, done, err := p.draft(w, r)
	if err != nil || done {
		return err
	}
	return p.showFiles(w, r, http.StatusOK, d, "")
}

func (p *Portal) showFiles(w http.ResponseWriter, r *http.Request, status int, d office.Draft, fault string) error {
	at, _ := stepNamed("files")
	all, err := p.Office.ReportFields(r.Context(), d, i18n.From(r.Context()), false)
	if err != nil {
		return err
	}
	if f, ok := all["files"]; ok {
		f.Error = fault
		all["files"] = f
	}
	v := p.view(r, at, d, all)
	if err := door.Uploads(r.Context(), p.Office, p.draftSender(r), draftUploads(d.ID), pointers(v.Fields)); err != nil {
		return err
	}
	return render(w, r, toShow{status, web.T(r.Context(), steps[at].title), reportFilesPage(v), []string{door.UploadScript, deviceScript}, nil})
}

func pointers(fields []web.Field) []*web.Field {
	list := make([]*web.Field, len(fields))
	for i := range fields {
		list[i] = &fields[i]
	}
	return list
}

// addFiles serves POST /report/d/{draft}/files: adds files, takes one away, or goes on. Each file is sealed as it comes
// in; none is kept in the clear on the way.
func (p *Portal) addFiles(w http.ResponseWriter, r *http.Request) error {
	d, done, err := p.draft(w, r)
	if err != nil || done {
		return err
	}
	if !door.WithFiles(r) {
		return p.filesForm(w, r, d)
	}
	release, err := p.guards.upload(r)
	if err != nil {
		return err
	}
	defer release()
	web.AllowBody(w, r, maxFiles*door.MaxFileBytes+1<<20)
	d, fault, err := p.takeFiles(r, d)
	var tooLarge *http.MaxBytesError
	switch {
	case errors.As(err, &tooLarge):
		return p.showFiles(w, r, http.StatusRequestEntityTooLarge, d, web.T(r.Context(), "portal.files_too_large", "size", i18n.Size(door.MaxFileBytes), "n", maxFiles))
	case err != nil:
		return err
	case fault != "":
		return p.showFiles(w, r, http.StatusUnprocessableEntity, d, fault)
	}
	return redirect(w, r, withCheck(draftPath(d.ID, "files"), r.URL.Query().Get("from") == "check"))
}

// filesForm is the part of the page without files: take one away, or go on.
func (p *Portal) filesForm(w http.ResponseWriter, r *http.Request, d office.Draft) error {
	if err := door.ReadText(r); err != nil {
		return err
	}
	check := r.PostForm.Get("from") == "check"
	if drop := r.PostForm.Get("drop"); drop != "" {
		index, err := strconv.Atoi(drop)
		if err != nil || index < 0 || index >= len(d.Files) {
			return redirect(w, r, draftPath(d.ID, "files")) // taken away in another tab
		}
		if _, err := p.Office.DropDraftFile(r.Context(), d.ID, index); err != nil {
			return err
		}
		return redirect(w, r, withCheck(draftPath(d.ID, "files"), check))
	}
	at, _ := stepNamed("files")
	return redirect(w, r, next(d, at, check))
}

func withCheck(path string, check bool) string {
	if check {
		return path + "?from=check"
	}
	return path
}

// takeFiles streams each file of the request to the office. fault is what to say at the field; files before the one at
// fault are kept.
func (p *Portal) takeFiles(r *http.Request, d office.Draft) (office.Draft, string, error) {
	parts, err := r.MultipartReader()
	if err != nil {
		return d, "", web.BadInput("files", "")
	}
	got := 0
	for {
		part, err := parts.NextPart()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return d, "", broken(err)
		}
		if part.FileName() == "" {
			continue
		}
		got++
		after, err := p.Office.AddDraftFile(r.Context(), d.ID, p.Office.Public(langOf(r)), office.Upload{Name: part.FileName(), Body: part})
		var bad office.BadFields
		if errors.As(err, &bad) {
			// Read on to the end: a browser still sending would show a broken connection instead of our words.
			_, _ = io.Copy(io.Discard, r.Body)
			return d, bad["files"], nil
		}
		if err != nil {
			return d, "", broken(err)
		}
		d = after
	}
	if got == 0 {
		return d, web.T(r.Context(), "portal.files_none"), nil
	}
	return d, "", nil
}

// broken tells a request cut off on its way from a fault of ours.
func broken(err error) error {
	if errors.Is(err, io.ErrUnexpectedEOF) {
		return web.BadInput("files", "")
	}
	return err
}
