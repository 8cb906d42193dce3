package portal

import (
	"net/http"
	"slices"

	"yifa/internal/door"
	"yifa/internal/web"
)

// resumeView asks for the receipt code again and carries what was typed, after the half hour of a look-up was over.
type resumeView struct {
	Act   string
	Typed []web.Field // hidden
	Error string
	Code  string
	Files bool // files came along and must be chosen again
}

// resume answers an act that came too late: with the code in the same form it goes on where it stopped.
func (p *Portal) resume(w http.ResponseWriter, r *http.Request, s door.Sent) error {
	v := resumeView{Act: r.PathValue("act"), Code: r.PostForm.Get("code"), Files: len(s.Uploads) > 0}
	if v.Code != "" {
		code, fault, err := p.readCode(r)
		if err != nil {
			return err
		}
		if fault == "" {
			p.keepCode(w, code)
			reader, err := p.Office.ByCode(r.Context(), code, langOf(r))
			if err != nil {
				return err
			}
			return p.perform(w, r, reader, s)
		}
		v.Error = web.T(r.Context(), fault)
	}
	names := make([]string, 0, len(r.PostForm))
	for name := range r.PostForm {
		if name != "code" {
			names = append(names, name)
		}
	}
	slices.Sort(names)
	for _, name := range names {
		for _, value := range r.PostForm[name] {
			v.Typed = append(v.Typed, web.Field{Kind: web.Hidden, Name: name, Value: value})
		}
	}
	web.Secret(w)
	return show(w, r, http.StatusUnprocessableEntity, web.T(r.Context(), "portal.resume_title"), trackResumePage(v))
}
