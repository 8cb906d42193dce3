package open311

import (
	"bytes"
	"errors"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"testing"
	"time"

	"yifa/internal/i18n"
	"yifa/internal/office"
	"yifa/internal/web"
)

// FuzzRead reads whatever bytes come as a form: it is refused in words or gives answers to questions of the form alone.
func FuzzRead(f *testing.F) {
	multi := "multipart/form-data; boundary=x"
	f.Add("application/x-www-form-urlencoded", []byte(report().Encode()))
	f.Add("application/x-www-form-urlencoded", []byte("api_key="+goodKey+"&service_code=praise&attribute[]=1&attribute[problem][]=praise&lat=1e999&long=0x1p3&%zz"))
	f.Add(multi, []byte("--x\r\nContent-Disposition: form-data; name=\"api_key\"\r\n\r\n"+goodKey+"\r\n--x\r\nContent-Disposition: form-data; name=\"media\"; filename=\"a.png\"\r\n\r\n\x89PNG\r\n--x--\r\n"))
	f.Add(multi, []byte("--x\r\nContent-Disposition: form-data; name=\"media\"; filename=\"a.png\"\r\n\r\n"))
	f.Add("text/plain", []byte("x"))
	file := filepath.Join(f.TempDir(), "apps.yaml")
	line, err := App{ID: "jmt", Key: Hash(goodKey)}.Lines()
	if err == nil {
		err = os.WriteFile(file, []byte("apps:\n"+line+"    per_minute: 10000\n"), 0o600)
	}
	if err != nil {
		f.Fatal(err)
	}
	apps, err := OpenApps(file)
	if err != nil {
		f.Fatal(err)
	}
	form := form{office.ReportForm{Procedure: "supervision.complaint", Fields: []office.FieldView{
		{Name: kindField, Type: "choices", Required: true, Options: []office.OptionView{{Value: "praise", Label: "表扬"}, {Value: "emergency", Stops: "emergency"}}},
		{Name: "happened_on", Type: "date"}, {Name: placeField, Type: "division", Options: []office.OptionView{{Value: "440000", Label: "广东省"}, {Value: "440700", Label: "江门市"}, {Value: "440703", Label: "蓬江区"}}},
		{Name: "account", Type: "longtext", Required: true}, {Name: "lang", Type: "choice", Options: []office.OptionView{{Value: "en"}}}}}}
	asked := map[string]bool{"lang": true, "identity": true, "name": true, "phone": true, "email": true, "place": true}
	for _, q := range form.Fields {
		asked[q.Name] = true
	}
	f.Fuzz(func(t *testing.T, kind string, body []byte) {
		d := &Door{Config: Config{Apps: apps, Now: func() time.Time { return time.Now().Add(time.Hour) }}, limits: &web.Limiter{}, uploads: make(chan struct{}, 1)}
		r := httptest.NewRequest(http.MethodPost, "/open311/v2/requests.json", bytes.NewReader(body))
		r.Header.Set("Content-Type", kind)
		r = r.WithContext(i18n.With(r.Context(), i18n.En))
		s, err := d.read(httptest.NewRecorder(), r)
		if len(d.uploads) > 0 {
			t.Fatal("a place for files was not given back")
		}
		var problem *web.Problem
		var told *saying
		if err != nil {
			if !errors.As(err, &problem) && !errors.As(err, &told) {
				t.Fatalf("%T %v", err, err)
			}
			return
		}
		if s.app.ID != "jmt" {
			t.Fatal("read past the key")
		}
		fields, err := form.filled(r, s.values)
		if err != nil {
			if !errors.As(err, &told) {
				t.Fatalf("%T %v", err, err)
			}
			return
		}
		for name := range fields {
			if !asked[name] {
				t.Fatalf("answers %q, which nobody asks", name)
			}
		}
		if len(fields[placeField]) != 1 || len(fields["identity"]) != 1 {
			t.Fatalf("no place or no identity: %v", fields)
		}
	})
}
