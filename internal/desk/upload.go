package desk

import (
	"net/http"

	"yifa/internal/door"
	"yifa/internal/office"
	"yifa/internal/web"
)

const uploadPath = "/desk/uploads"

func uploadRoutes() []route {
	return []route{
		{post(uploadPath, uploadPath), (*Desk).beginUpload},
		{head(uploadPath+"/{upload}", uploadPath+"/0"), (*Desk).goOnUpload},
		{patch(uploadPath+"/{upload}", uploadPath+"/0"), (*Desk).goOnUpload},
		{remove(uploadPath+"/{upload}", uploadPath+"/0"), (*Desk).goOnUpload},
		{post(uploadPath+"/{upload}", uploadPath+"/0"), (*Desk).goOnUpload},
	}
}

func head(pattern, sample string) Route {
	return Route{Method: http.MethodHead, Pattern: pattern, Sample: sample}
}

func patch(pattern, sample string) Route {
	return Route{Method: http.MethodPatch, Pattern: pattern, Sample: sample}
}

func remove(pattern, sample string) Route {
	return Route{Method: http.MethodDelete, Pattern: pattern, Sample: sample}
}

// beginUpload serves POST /desk/uploads?for={page}: a file is about to come piece by piece.
func (d *Desk) beginUpload(v visit) error {
	by := office.Sender{Reader: v.reader, Page: v.URL.Query().Get("for")}
	return door.BeginUpload(v.w, v.Request, d.Office, by, func(id string) string { return web.Href(v.lang(), uploadPath+"/"+id) })
}

// goOnUpload serves HEAD, PATCH, DELETE and POST /desk/uploads/{upload}.
func (d *Desk) goOnUpload(v visit) error {
	return door.GoOnUpload(v.w, v.Request, d.Office, office.Sender{Reader: v.reader})
}

// uploads shows in the form of an act how its files come piece by piece.
func (d *Desk) uploads(v visit, f *formView) error {
	var fields []*web.Field
	for i := range f.Fields {
		fields = append(fields, &f.Fields[i].Field)
	}
	return door.Uploads(v.Context(), d.Office, office.Sender{Reader: v.reader, Page: v.URL.Path}, uploadPath, fields)
}
