package portal

import (
	"errors"
	"net/http"
	"strings"

	"yifa/internal/door"
	"yifa/internal/identity"
	"yifa/internal/office"
	"yifa/internal/web"
)

// trackStartView is the page that asks for the receipt code.
type trackStartView struct {
	Typed   string
	Error   string
	Ended   bool // the half hour is over
	Left    bool // the person left
	Unknown bool // well formed, but nobody's
	Used    bool // good for one use, and used
}

// trackStart serves GET /track.
func (p *Portal) trackStart(w http.ResponseWriter, r *http.Request) error {
	if p.heldCode(r) != "" {
		return redirect(w, r, "/track/matter")
	}
	said := r.URL.Query().Get("said")
	return p.showTrackStart(w, r, http.StatusOK, trackStartView{Ended: said == "ended", Left: said == "left"})
}

func (p *Portal) showTrackStart(w http.ResponseWriter, r *http.Request, status int, v trackStartView) error {
	return show(w, r, status, web.T(r.Context(), "portal.track_title"), trackStartPage(v))
}

// startTrack serves POST /track: the code travels in the body, never in an address.
func (p *Portal) startTrack(w http.ResponseWriter, r *http.Request) error {
	if err := door.ReadText(r); err != nil {
		return err
	}
	code, fault, err := p.readCode(r)
	if err != nil {
		return err
	}
	if fault != "" {
		v := trackStartView{Typed: r.PostForm.Get("code"), Error: web.T(r.Context(), fault), Unknown: fault == "portal.code_unknown", Used: fault == "code.used"}
		return p.showTrackStart(w, r, http.StatusUnprocessableEntity, v)
	}
	p.keepCode(w, code)
	return redirect(w, r, "/track/matter")
}

// readCode checks the code a form brought. fault is the key of what to say at the field.
func (p *Portal) readCode(r *http.Request) (code, fault string, err error) {
	parsed, err := identity.ParseReceiptCode(r.PostForm.Get("code"))
	var bad *identity.BadCode
	switch {
	case errors.As(err, &bad) && bad.Fault == identity.CodeCheck:
		return "", "portal.code_mistyped", nil
	case err != nil:
		return "", "portal.code_length", nil
	}
	if err := p.guards.tryCode(r); err != nil {
		return "", "", err
	}
	_, err = p.Office.ByCode(r.Context(), parsed.Digits(), langOf(r))
	if errors.Is(err, office.ErrNotFound) {
		return "", "portal.code_unknown", nil
	}
	if errors.Is(err, office.ErrCodeUsed) {
		return "", "code.used", nil
	}
	return parsed.Digits(), "", err
}

// leaveTrack serves POST /track/leave: the code is forgotten.
func (p *Portal) leaveTrack(w http.ResponseWriter, r *http.Request) error {
	p.forgetCode(w)
	return redirect(w, r, "/track?said=left")
}

// reader is who looks with the code of the running look-up; found is false when there is none.
func (p *Portal) reader(w http.ResponseWriter, r *http.Request) (reader office.Reader, found bool, err error) {
	held := p.held(r)
	code, of, _ := strings.Cut(held, "/")
	if code == "" {
		return reader, false, nil
	}
	reader, err = p.readerOf(r, code)
	if errors.Is(err, office.ErrNotFound) || errors.Is(err, office.ErrCodeUsed) {
		return reader, false, nil
	}
	if err != nil {
		return reader, false, err
	}
	if id, split := parseID(of); split {
		if reader, err = p.Office.SplitOff(r.Context(), reader, id); err != nil {
			return reader, false, err
		}
	}
	p.keepCode(w, held) // half an hour from the last page
	return reader, true, nil
}
