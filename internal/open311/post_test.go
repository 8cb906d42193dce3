package open311

import (
	"context"
	"net/http"
	"strings"
	"testing"
	"time"

	"yifa/internal/i18n"
)

// A report of an app is one like any other: the receipt code opens it, the record says which app it was, the number
// tells how far it is and not what it is about.
func TestPost(t *testing.T) {
	s := open(t, nil)
	number, code := s.file("media_url", "http://farm3.static.flickr.com/2002/2212426634_5ed477a060.jpg")
	r, err := s.city.Office.ByCode(context.Background(), code, i18n.ZhHans)
	must(t, err)
	st := s.city.State(r.Filer)
	for name, want := range map[string]string{"channel": "app", "app": "jmt", "identity": "anonymous", "division": "440703002", "organ": "440703002-zhzf"} {
		if got := st.Facts.Text(name); got != want {
			t.Errorf("%s is %q, want %q", name, got, want)
		}
	}
	if strings.Contains(number, r.Filer.String()) || len(number) != 26 {
		t.Errorf("the number %s tells of the matter %s", number, r.Filer)
	}
	s.Track(code).Is(t, http.StatusOK, "他们没有出示证件", "没有打开：http://farm3", "应用程序", "jmt", "37.76524078")
	one := s.decoded(s.Get("/open311/v2/requests/"+number+".json").Is(t, http.StatusOK))[0]
	if one["status"] != "open" || one["service_code"] != "no_identification" || one["requested_datetime"] != "2026-09-23T20:14:00+08:00" || one["expected_datetime"] != nil || one["agency_responsible"] != "蓬江区司法局" {
		t.Errorf("got %v", one)
	}
	if text := jsonOf(t, one); strings.Contains(text, "折叠桌") || strings.Contains(text, "榕荫路") || strings.Contains(text, strings.ReplaceAll(code, " ", "")) {
		t.Errorf("the number opens what was written: %s", text)
	}
}

// The app of the hotline gives the number of its order; the same order sent again is answered with the same request, days
// later too, and no other app may give one.
func TestHotline(t *testing.T) {
	s := open(t, nil)
	s.Post("/open311/v2/requests.json", report("handed_number", "JM-9")).Is(t, http.StatusBadRequest, "只有热线的应用")
	s.write(App{ID: "jmt", Key: Hash(goodKey), PerMinute: 1000, Hotline: true})
	s.later(time.Minute)
	s.Post("/open311/v2/requests.json", report()).Is(t, http.StatusBadRequest, "handed_number")
	number, _ := s.file("handed_number", "JM-9")
	s.later(72 * time.Hour)
	a := s.Post("/open311/v2/requests.json", report("handed_number", " jm-9", "description", "热线改了几个字。")).Is(t, http.StatusOK, "已经登记过")
	if s.decoded(a)[0]["service_request_id"] != number {
		t.Errorf("%s, want %s", a.Body, number)
	}
	holds(t, schemas(t)["posted"], a, http.StatusOK)
	s.city.Sound()
}
