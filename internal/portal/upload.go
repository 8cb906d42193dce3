package portal

import (
	"net/http"

	"yifa/internal/door"
	"yifa/internal/i18n"
	"yifa/internal/office"
	"yifa/internal/web"
)

// beginUpload serves POST /report/u/{draft}: a file is about to come piece by piece.
func (p *Portal) beginUpload(w http.ResponseWriter, r *http.Request) error {
	if err := p.guards.limits.Allow(r, classUpload); err != nil {
		return err
	}
	draft := r.PathValue("draft")
	return door.BeginUpload(w, r, p.Office, p.draftSender(r), func(id string) string {
		return web.Href(i18n.From(r.Context()), draftUploads(draft)+"/"+id)
	})
}

// goOnUpload serves HEAD, PATCH, DELETE and POST /report/u/{draft}/{upload}.
func (p *Portal) goOnUpload(w http.ResponseWriter, r *http.Request) error {
	release, err := p.guards.piece(r)
	if err != nil {
		return err
	}
	defer release()
	return door.GoOnUpload(w, r, p.Office, p.draftSender(r))
}

func (p *Portal) draftSender(r *http.Request) office.Sender {
	return office.Sender{Draft: r.PathValue("draft"), Reader: p.Office.Public(langOf(r))}
}

const trackUploads = "/track/uploads"

// beginTrackUpload serves POST /track/uploads: a filer sends a file to her matter.
func (p *Portal) beginTrackUpload(w http.ResponseWriter, r *http.Request) error {
	if err := p.guards.limits.Allow(r, classUpload); err != nil {
		return err
	}
	by, err := p.filerSender(w, r)
	if err != nil {
		return err
	}
	by.Page = r.URL.Query().Get("for")
	return door.BeginUpload(w, r, p.Office, by, func(id string) string { return web.Href(i18n.From(r.Context()), trackUploads+"/"+id) })
}

// goOnTrackUpload serves HEAD, PATCH, DELETE and POST /track/uploads/{upload}.
func (p *Portal) goOnTrackUpload(w http.ResponseWriter, r *http.Request) error {
	release, err := p.guards.piece(r)
	if err != nil {
		return err
	}
	defer release()
	by, err := p.filerSender(w, r)
	if err != nil {
		return err
	}
	return door.GoOnUpload(w, r, p.Office, by)
}

func (p *Portal) filerSender(w http.ResponseWriter, r *http.Request) (office.Sender, error) {
	reader, found, err := p.reader(w, r)
	if err == nil && !found {
		err = web.NotFound
	}
	return office.Sender{Reader: reader}, err
}

func draftUploads(draft string) string { return "/report/u/" + draft }
