package door

import (
	"context"
	"net/http"
	"strings"

	"yifa/internal/office"
	"yifa/internal/web"
)

// Uploads lays out how the files of a page come piece by piece, with those its sender has on their way to it. Fields that
// take no files stay as they are.
func Uploads(ctx context.Context, o *office.Office, by office.Sender, path string, fields []*web.Field) error {
	fields = filesOnly(fields)
	if len(fields) == 0 {
		return nil
	}
	have, err := o.Uploads(ctx, by)
	if err != nil {
		return err
	}
	for _, f := range fields {
		f.Uploads = &web.Uploads{Path: path, Page: by.Page, Reload: by.Draft != ""}
		for _, u := range have {
			if u.Field == f.Name {
				f.Uploads.Lines = append(f.Uploads.Lines, web.UploadLine{ID: u.ID, Name: u.Name, Print: u.Print, Size: u.Size, Arrived: u.Arrived, Whole: u.Whole})
			}
		}
	}
	return nil
}

func filesOnly(fields []*web.Field) []*web.Field {
	var list []*web.Field
	for _, f := range fields {
		if f.Kind == web.FileField {
			list = append(list, f)
		}
	}
	return list
}

// UploadScript is the script of a page with such fields.
const UploadScript = "upload.js"

// Arrived reads which files that came piece by piece a form brings along, by field.
func Arrived(r *http.Request) map[string][]string {
	out := map[string][]string{}
	for name, values := range r.PostForm {
		if field, is := strings.CutPrefix(name, web.ArrivedField("")); is {
			out[field] = values
		}
	}
	return out
}
