package open311

import (
	"context"
	"net/http"
	"strings"
	"testing"

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
