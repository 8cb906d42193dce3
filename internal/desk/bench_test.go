package desk

import (
	"net/http"
	"net/http/httptest"
	"testing"
	"time"

	"yifa/internal/calendar"
	"yifa/internal/demo"
	"yifa/internal/office"
	"yifa/internal/office/officetest"
	"yifa/internal/web"
)

// A page from its request to its last byte, with the session, without the network.
func BenchmarkPage(b *testing.B) {
	city := officetest.New(b)
	city.Clock.Set(calendar.New(2026, 9, 23).Midnight().Add(9 * time.Hour))
	var path string
	for range 30 {
		id, _ := city.Accepted()
		path = matterPath(id)
	}
	if err := city.Office.Work(b.Context()); err != nil {
		b.Fatal(err)
	}
	signed, err := city.Office.SignIn(b.Context(), "heyuning", demo.Password, office.From{})
	if err != nil {
		b.Fatal(err)
	}
	pages, err := New(Config{Office: city.Office, Now: city.Clock.Now, Limits: map[web.Class]web.Rule{}})
	if err != nil {
		b.Fatal(err)
	}
	h := web.Stack(pages, web.Options{Now: city.Clock.Now})
	for name, path := range map[string]string{"today": "/desk", "list": "/desk/matters", "search": "/desk/matters?q=%E8%AF%81%E4%BB%B6", "matter": path} {
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				r := httptest.NewRequest(http.MethodGet, path, nil)
				r.AddCookie(&http.Cookie{Name: sessionCookie, Value: signed.Token})
				w := httptest.NewRecorder()
				if h.ServeHTTP(w, r); w.Code != http.StatusOK {
					b.Fatalf("%s: %d", path, w.Code)
				}
			}
		})
	}
}
