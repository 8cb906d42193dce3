package open311

import (
	"bytes"
	"encoding/json"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"

	"yifa/internal/web/webtest"
)

// schemas are what the specification says of each answer, written as JSON Schema (2020-12).
func schemas(t *testing.T) map[string]*jsonschema.Schema {
	t.Helper()
	c, out := jsonschema.NewCompiler(), map[string]*jsonschema.Schema{}
	files, err := filepath.Glob("testdata/*.schema.json")
	must(t, err)
	for _, file := range files {
		raw, err := os.ReadFile(file)
		must(t, err)
		doc, err := jsonschema.UnmarshalJSON(bytes.NewReader(raw))
		must(t, err)
		must(t, c.AddResource(file, doc))
		name := strings.TrimSuffix(filepath.Base(file), ".schema.json")
		out[name], err = c.Compile(file)
		must(t, err)
	}
	return out
}

// holds holds an answer to its schema.
func holds(t *testing.T, s *jsonschema.Schema, a webtest.Answer, status int) any {
	t.Helper()
	if a.Status != status || a.Header.Get("Content-Type") != "application/json; charset=utf-8" {
		t.Fatalf("%d %s: %s", a.Status, a.Header.Get("Content-Type"), a.Body)
	}
	doc, err := jsonschema.UnmarshalJSON(strings.NewReader(a.Body))
	must(t, err)
	if err := s.Validate(doc); err != nil {
		t.Errorf("%v in %s", err, a.Body)
	}
	return doc
}

// spark reads XML as its JSON is by the Spark convention: a container of one kind of element is an array. Names that
// hold such lists are those of the specification; every leaf is text.
func spark(t *testing.T, body string) any {
	t.Helper()
	d := xml.NewDecoder(strings.NewReader(body))
	start, err := d.Token()
	must(t, err)
	if p, is := start.(xml.ProcInst); !is || !strings.Contains(string(p.Inst), `encoding="UTF-8"`) {
		t.Fatalf("no declaration with the encoding in %.60s", body)
	}
	for {
		tok, err := d.Token()
		must(t, err)
		if e, is := tok.(xml.StartElement); is {
			return sparkOf(t, d, e)
		}
	}
}

var containers = map[string]bool{"services": true, "attributes": true, "values": true, "service_requests": true, "errors": true, "endpoints": true, "formats": true}

func sparkOf(t *testing.T, d *xml.Decoder, e xml.StartElement) any {
	t.Helper()
	if len(e.Attr) > 0 || e.Name.Space != "" {
		t.Errorf("<%s> has attributes or a namespace", e.Name.Local)
	}
	kids, array, text := map[string]any{}, []any{}, ""
	for {
		tok, err := d.Token()
		if errors.Is(err, io.EOF) {
			t.Fatal("the XML ends early")
		}
		must(t, err)
		switch x := tok.(type) {
		case xml.CharData:
			text += string(x)
		case xml.StartElement:
			v := sparkOf(t, d, x)
			kids[x.Name.Local], array = v, append(array, v)
		case xml.EndElement:
			switch {
			case containers[e.Name.Local]:
				return array
			case len(kids) > 0:
				return kids
			case text == "":
				return nil
			}
			return text
		}
	}
}

// worded makes every leaf of decoded JSON a text, as it is in XML.
func worded(v any) any {
	switch v := v.(type) {
	case map[string]any:
		out := map[string]any{}
		for k, x := range v {
			out[k] = worded(x)
		}
		return out
	case []any:
		out := []any{}
		for _, x := range v {
			out = append(out, worded(x))
		}
		return out
	case nil:
		return nil
	}
	return fmt.Sprint(v)
}

// Every answer holds to its schema in every language, and its XML says what its JSON says.
func TestEveryAnswer(t *testing.T) {
	s := open(t, nil)
	held := schemas(t)
	_, id := s.city.Published()
	number, _ := s.file()
	for _, prefix := range []string{"", "/zh-hant", "/en"} {
		p := prefix + "/open311"
		for path, c := range map[string]struct {
			schema string
			status int
		}{
			p + "/discovery":                                {"discovery", 200},
			p + "/v2/services":                              {"services", 200},
			p + "/v2/services/supervision.complaint":        {"definition", 200},
			p + "/v2/services/praise":                       {"definition", 200},
			p + "/v2/services/emergency":                    {"definition", 200},
			p + "/v2/services/033":                          {"errors", 404},
			p + "/v2/requests":                              {"requests", 200},
			p + "/v2/requests?status=open":                  {"requests", 200},
			p + "/v2/requests?status=shut&page=0":           {"errors", 400},
			p + "/v2/requests/" + number:                    {"requests", 200},
			p + "/v2/requests/" + id.String():               {"requests", 200},
			p + "/v2/requests/123456":                       {"errors", 404},
			p + "/v2/requests?service_request_id=" + number: {"requests", 200},
			p + "/v2/tokens/123456":                         {"errors", 404},
			p + "/v2/nothing":                               {"errors", 404},
		} {
			where, query, _ := strings.Cut(path, "?")
			if query != "" {
				query = "?" + query
			}
			doc := holds(t, held[c.schema], s.Get(where+".json"+query), c.status)
			a := s.Get(where + ".xml" + query)
			if a.Status != c.status || a.Header.Get("Content-Type") != "text/xml; charset=utf-8" {
				t.Errorf("%s: %d %s", path, a.Status, a.Header.Get("Content-Type"))
			}
			if got, want := spark(t, a.Body), worded(doc); !reflect.DeepEqual(got, want) {
				t.Errorf("%s: XML says %v, JSON %v", path, got, want)
			}
			if strings.Contains(a.Body, "open311.") && !strings.Contains(a.Body, "wiki.open311.org") {
				t.Errorf("%s shows a key of the catalogue: %s", path, a.Body)
			}
		}
	}
}

// The specification's example requests, with our codes, are answered as it says.
func TestExamplesOfTheSpecification(t *testing.T) {
	s := open(t, nil)
	held := schemas(t)
	form := report("email", "smit333@sfgov.edu", "first_name", "john", "last_name", "smith", "phone", "111111111", "media_url", "http://farm3.static.flickr.com/2002/2212426634_5ed477a060.jpg", "attribute[happened_on]", "2026-09-22T08:15:30-05:00")
	form["attribute[problem][]"] = []string{"arbitrary_seizure", "procedural_fault"}
	doc := holds(t, held["posted"], s.Post("/open311/v2/requests.json", form), http.StatusCreated)
	number := doc.([]any)[0].(map[string]any)["service_request_id"].(string)
	a := s.Post("/open311/v2/requests.xml", form)
	if got := spark(t, a.Body).([]any)[0].(map[string]any); a.Status != http.StatusCreated || got["account_id"] != nil || len(got["service_request_id"].(string)) != 26 {
		t.Errorf("%d %s", a.Status, a.Body)
	}
	holds(t, held["requests"], s.Get("/open311/v2/requests.json?start_date=2026-07-24T00:00:00Z&end_date=2026-09-24T00:00:00Z&status=open&jurisdiction_id=city.gov"), 200)
	holds(t, held["requests"], s.Get("/open311/v2/requests/"+number+".json?jurisdiction_id=city.gov"), 200)
	holds(t, held["services"], s.Get("/open311/v2/services.json?jurisdiction_id=city.gov"), 200)
	holds(t, held["errors"], s.Post("/open311/v2/requests.json", report("api_key", "xyz")), http.StatusForbidden)
	holds(t, held["errors"], s.Post("/open311/v2/requests.json", report("api_key", "")), http.StatusForbidden)
	holds(t, held["errors"], s.Post("/open311/v2/requests.json", report("service_code", "001")), http.StatusNotFound)
	holds(t, held["errors"], s.Post("/open311/v2/requests.json", report("service_code", "")), http.StatusBadRequest)
}

// What JSON escapes and XML escapes comes out the same.
func TestFormats(t *testing.T) {
	e := node("x", leaf("a", `<&>"'`+"\n\u2028"), leaf("b", true), leaf("c", 3), leaf("d", ""), list("values", node("value", leaf("key", "1"), leaf("name", "二"))))
	var x, j bytes.Buffer
	must(t, e.xml(&x))
	must(t, e.json(&j))
	var doc any
	must(t, json.Unmarshal(j.Bytes(), &doc))
	if got := spark(t, `<?xml version="1.0" encoding="UTF-8"?>`+x.String()); !reflect.DeepEqual(got, worded(doc)) {
		t.Errorf("%v\n%v", got, worded(doc))
	}
}
