package open311

import (
	"net/http"
	"slices"
	"strings"
	"testing"

	"yifa/internal/door"
	"yifa/internal/i18n"
)

// The services are the options of the form, and their questions its fields: each is asked once, as an argument of the
// specification or as an attribute. Nothing is typed twice.
func TestServicesAreTheForm(t *testing.T) {
	s := open(t, nil)
	for _, l := range i18n.Langs {
		law, err := s.city.Office.ReportForm(t.Context(), l)
		must(t, err)
		got := s.decoded(s.Get(l.Prefix() + "/open311/v2/services.json"))
		kind, _ := form{law}.field(kindField)
		if len(got) != len(kind.Options)+1 || got[0]["service_code"] != law.Procedure || got[0]["service_name"] != law.Title {
			t.Fatalf("%s: %d services for %d kinds: %v", l, len(got), len(kind.Options), got[0])
		}
		for i, o := range kind.Options {
			v := got[i+1]
			if v["service_code"] != o.Value || v["service_name"] != o.Label || (o.Stops != "") != (v["type"] == "blackbox") {
				t.Errorf("%s: service %v of option %+v", l, v, o)
			}
		}
	}
	law, err := s.city.Office.ReportForm(t.Context(), i18n.ZhHans)
	must(t, err)
	definition := s.Get("/open311/v2/services/praise.json").Body
	for _, q := range law.Fields {
		_, argued := arguments[q.Name]
		if asked := strings.Contains(definition, `"code":"`+q.Name+`"`); asked == argued {
			t.Errorf("%s is asked as an attribute: %v, as an argument: %v", q.Name, asked, argued)
		}
	}
	for name := range arguments {
		if _, known := (form{law}).field(name); !known {
			t.Errorf("an argument answers %s, which the form does not ask", name)
		}
	}
	for _, hidden := range []string{"confirmed", "channel", `"app"`} {
		if strings.Contains(definition, hidden) {
			t.Errorf("the definition asks %s, which the office answers itself", hidden)
		}
	}
}

// A kind that belongs elsewhere says where to go, and is not filed.
func TestElsewhere(t *testing.T) {
	s := open(t, nil)
	for code, a := range door.Advices {
		text := i18n.T(i18n.En, a.Text)
		s.Get("/en/open311/v2/services/"+code+".xml").Is(t, http.StatusOK)
		if got := s.Get("/en/open311/v2/services/" + code + ".json").Body; !strings.Contains(got, jsonOf(t, text)[1:len(jsonOf(t, text))-1]) || strings.Contains(got, `"variable":true`) {
			t.Errorf("%s does not say where to go: %s", code, got)
		}
		v := s.decoded(s.Post("/en/open311/v2/requests.json", report("service_code", code)))
		if v[0]["code"] != 400.0 || !strings.Contains(v[0]["description"].(string), text) {
			t.Errorf("%s: %v", code, v)
		}
		v = s.decoded(s.Post("/open311/v2/requests.json", report("service_code", "supervision.complaint", "attribute[problem]", code)))
		if v[0]["code"] != 400.0 {
			t.Errorf("%s as one of several: %v", code, v)
		}
	}
}

// The reader's language is that of the prefix, else the one asked for.
func TestLanguages(t *testing.T) {
	s := open(t, nil)
	for accept, want := range map[string]string{"": "表扬", "en-GB,en;q=0.9": "Praise", "zh-TW": "表揚", "zh-HK,zh;q=0.8": "表揚", "fr": "表扬", "de, en;q=0.5": "Praise", "!!": "表扬"} {
		r, err := http.NewRequestWithContext(t.Context(), http.MethodGet, s.Server.URL+"/open311/v2/services.json", nil)
		must(t, err)
		r.Header.Set("Accept-Language", accept)
		a := s.Send(r)
		if !strings.Contains(a.Body, `"service_name":"`+want+`"`) || !slices.Contains(a.Header.Values("Vary"), "Accept-Language") {
			t.Errorf("%q: not %s, Vary %q", accept, want, a.Header.Values("Vary"))
		}
	}
	for path, want := range map[string]string{"/open311/v2/nothing.json": "no such address", "/open311/v2/services/praise": "no such address", "/open311/v2/services/nothing.json": "was not found"} {
		r, err := http.NewRequestWithContext(t.Context(), http.MethodGet, s.Server.URL+path, nil)
		must(t, err)
		r.Header.Set("Accept-Language", "en")
		if a := s.Send(r); a.Status != http.StatusNotFound || !strings.Contains(a.Body, want) || a.Header.Get("Content-Language") != "en" {
			t.Errorf("%s: %d %s in %s", path, a.Status, a.Body, a.Header.Get("Content-Language"))
		}
	}
}

// A place is found in an address where its name is there and means one place only.
func TestPlaceIn(t *testing.T) {
	s := open(t, nil)
	for _, l := range i18n.Langs {
		law, err := s.city.Office.ReportForm(t.Context(), l)
		must(t, err)
		q, _ := form{law}.field(placeField)
		for _, o := range q.Options {
			if strings.HasSuffix(o.Value, "00") {
				continue // more than a county is the whole city, whose name stands in every address
			}
			if got := placeIn(q.Options, "18, "+o.Label+", 江门"); got != o.Value {
				t.Errorf("%s: %s is found as %s, not %s", l, o.Label, got, o.Value)
			}
		}
	}
	law, err := s.city.Office.ReportForm(t.Context(), i18n.ZhHans)
	must(t, err)
	q, _ := form{law}.field(placeField)
	for address, want := range map[string]string{"": "440700", "某条路": "440700", "榕荫路 18 号，白沙街道，蓬江区": "440703002", "白沙街道": "440703002", "蓬江区某路": "440703"} {
		if got := placeIn(q.Options, address); got != want {
			t.Errorf("%q is %s, not %s", address, got, want)
		}
	}
}
