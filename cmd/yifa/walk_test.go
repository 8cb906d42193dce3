package main

import (
	"net/http"
	"net/url"
	"os"
	"strconv"
	"strings"
	"testing"

	"yifa/internal/matter"
	"yifa/internal/web/webtest"
)

// walked is what the table testdata/permissions.txt speaks of: readers by the name of their column, things by
// the name in an address.
type walked struct {
	*town
	readers map[string]*visitor
	things  map[string]string
}

// readers of the desk, each of another kind; every matter of the walk but three is held by 440703-sfj.
var officials = map[string]string{
	"handler": "he-yuning", "colleague": "ou-xiaozhang", "head": "zhen-ruotang", "intake": "huang-shuyi", "leader": "song-zhiwen",
	"admin": "luo-jingyi", "stranger": "lu-jingwen", "above": "feng-zhiqiu", "accused": "shi-yunfan", "contact": "zhong-lingyun",
	"mayor": "he-tianyou", "enforcer": "du-ruoxi", "recused": "lv-ruoshui", "ended": "lin-zhaohui",
}

func newWalk(t *testing.T) walked {
	w := walked{town: open(t), readers: map[string]*visitor{}, things: map[string]string{}}
	for name, person := range officials {
		w.readers[name] = w.official(person)
	}
	ended := w.readers["ended"].Client.Jar.Cookies(mustURL(t, w.url+"/desk"))
	w.readers["ended"].Post("/desk/sign-out", nil).Leads(t, "out=1")
	w.readers["ended"].Client.Jar.SetCookies(mustURL(t, w.url+"/desk"), ended) // the browser kept the token
	about := fields{"target": {"known"}, "complained_organ": {"440703-scjg"}, "officer_known": {"true"}, "complained_of": {"shi-yunfan"}}

	w.readers["nobody"] = w.visitor()
	filer := w.visitor()
	held, code := filer.file(complaintForm(), map[string][]byte{"门口.jpg": photo(t, ""), "附页.pdf": sheets("13800138000", "2")})
	filer.Track(code)
	w.readers["filer"] = filer
	w.sorted(held, "he-yuning", about)
	w.Do(w.As("he-yuning"), held, "accept", fields{"scope": {"有没有出示证件。"}})

	other := w.visitor()
	theirs, code := other.file(with(complaintForm(), "organ", "440705-scjg", "division", "440705"), nil)
	other.Track(code)
	w.readers["other"] = other
	w.sorted(theirs, "lu-jingwen", fields{"target": {"known"}, "complained_organ": {"440705-scjg"}})

	sealed, _ := w.visitor().file(with(complaintForm(), "identity", "named", "name", "黎某", "phone", "13800000000"), nil)
	w.sorted(sealed, "he-yuning", about)
	w.Do(w.As("he-yuning"), sealed, "ask_identity", fields{"reason": {"要核对。"}})
	w.Do(w.As("zhen-ruotang"), sealed, "open_identity", fields{"reason": {"同意。"}})

	bureau, _ := w.visitor().file(with(complaintForm(), "organ", "440703-sfj"), nil)
	w.sorted(bureau, "feng-zhiqiu", fields{"target": {"known"}, "complained_organ": {"440703-sfj"}, "officer_known": {"true"}, "complained_of": {"he-yuning"}})

	public, published := w.Published()
	fresh := w.File(fields(complaintForm())).ID
	for name, id := range map[string]matter.ID{"held": held, "theirs": theirs, "sealed": sealed, "bureau": bureau, "public": public, "published": published, "fresh": fresh, "unknown": held + 1024} {
		w.things[name] = id.String()
	}
	for _, id := range []matter.ID{held, sealed, public, fresh} {
		w.Recuse(id, "lv-ruoshui")
	}
	w.things["paper"] = w.drafted(held).String()
	w.logged()
	w.things["malformed"] = "!!!"
	draft := w.visitor().write(complaintForm(), nil)
	w.things["draft"] = strings.TrimSuffix(strings.TrimPrefix(draft, "/report/d/"), "/")
	w.things["draft-a"], w.things["draft-b"], w.things["feed"] = w.things["draft"], w.things["draft"], "nothing"
	w.things["number-a"], w.things["number-b"] = w.Office.RequestNumber(held), w.Office.RequestNumber(theirs)
	w.things["nodraft"] = strings.Repeat("a", 32)
	return w
}

// drafted drafts a paper in a matter that he-yuning handles, and says all it has to.
func (w walked) drafted(id matter.ID) matter.ID {
	w.t.Helper()
	made := w.Do(w.As("he-yuning"), id, "draft_paper", fields{"kind": {"complaint_registration"}}).Go
	for _, what := range []string{"检查没有出示证件", "检查时没有出示执法证件"} {
		filled := fields{}
		form, err := w.Office.Form(w.t.Context(), w.As("he-yuning"), made, "save_draft", nil)
		must(w.t, err)
		for _, f := range form.Fields {
			if f.Required {
				filled[f.Name] = []string{what}
			}
		}
		w.Do(w.As("he-yuning"), made, "save_draft", filled)
	}
	return made
}

// logged brings into the log what may enter it.
func (w walked) logged() {
	w.t.Helper()
	_, err := w.Office.Ledger().Step(w.t.Context()) // making a paper brought in some already
	must(w.t, err)
}

// with changes some fields of a form: name, value, name, value.
func with(form url.Values, pairs ...string) url.Values {
	for i := 0; i < len(pairs); i += 2 {
		form.Set(pairs[i], pairs[i+1])
	}
	return form
}

func mustURL(t *testing.T, text string) *url.URL {
	t.Helper()
	u, err := url.Parse(text)
	must(t, err)
	return u
}

// TestPermissions walks every route as every kind of reader. The table says what each must get: a status, or `in`
// for the sign-in page. A route that the table does not name fails. What is denied answers word for word as what
// does not exist.
func TestPermissions(t *testing.T) {
	w := newWalk(t)
	raw, err := os.ReadFile("testdata/permissions.txt")
	must(t, err)
	var columns []string
	named := map[string]bool{}
	for line := range strings.Lines(string(raw)) {
		line = strings.TrimSpace(line)
		switch {
		case line == "" || strings.HasPrefix(line, "#"):
		case columns == nil:
			columns = strings.Fields(line)[2:]
		default:
			cells := strings.Fields(line)
			named[cells[0]+" "+patternOf(cells[1])] = true
			if len(cells) != len(columns)+2 {
				t.Fatalf("%d cells in: %s", len(cells), line)
			}
			for i, want := range cells[2:] {
				w.step(columns[i], cells[0], cells[1], want)
			}
		}
	}
	for _, r := range everyRoute() {
		if !named[r.Method+" "+r.Pattern] {
			t.Errorf("no line for %s %s", r.Method, r.Pattern)
		}
	}
}

// patternOf is the pattern of the route of an address of the table: `{id=held}` stands for {id} filled with held.
func patternOf(address string) string {
	parts := strings.Split(address, "/")
	for i, p := range parts {
		if name, _, found := strings.Cut(p, "="); found && p[0] == '{' {
			parts[i] = name + "}"
		}
	}
	return strings.Join(parts, "/")
}

func (w walked) fill(address string) string {
	parts := strings.Split(strings.TrimSuffix(address, "{$}"), "/")
	for i, p := range parts {
		if _, value, found := strings.Cut(p, "="); found && p[0] == '{' {
			value, query, _ := strings.Cut(value, "}")
			if thing, ok := w.things[value]; ok {
				value = thing
			}
			parts[i] = value + query
		}
	}
	return strings.Join(parts, "/")
}

// step asks for one address as one reader. Forms are empty, or say what no form of ours would say, so that a walk
// changes nothing.
func (w walked) step(reader, method, address, want string) {
	w.t.Helper()
	v, path := w.readers[reader], w.fill(address)
	a := v.ask(method, path)
	got := short(a)
	if got != want {
		w.t.Errorf("%-9s %s %s: %s, want %s", reader, method, address, got, want)
	}
	if a.Status != http.StatusNotFound {
		return
	}
	nothing := w.fill(strings.NewReplacer("=held", "=unknown", "=theirs", "=unknown", "=sealed", "=unknown", "=bureau", "=unknown", "=public", "=unknown", "=fresh", "=unknown").Replace(address))
	w.same(reader, method+" "+address, a, path, v.ask(method, nothing), nothing)
}

// same holds an answer to that for something that does not exist: word for word but for the address asked.
func (w walked) same(reader, what string, a webtest.Answer, path string, b webtest.Answer, nothing string) {
	w.t.Helper()
	same := func(text, path string) string {
		return strings.ReplaceAll(strings.ReplaceAll(text, path, "ADDRESS"), url.QueryEscape(path), "ADDRESS")
	}
	if b.Status != a.Status || same(a.Body, path) != same(b.Body, nothing) {
		w.t.Errorf("%s %s is told apart from what does not exist: %d and %d", reader, what, a.Status, b.Status)
	}
	for name := range a.Header {
		if name != "Date" && name != "Set-Cookie" && same(a.Header.Get(name), path) != same(b.Header.Get(name), nothing) {
			w.t.Errorf("%s %s is told apart by %s: %q and %q", reader, what, name, a.Header.Get(name), b.Header.Get(name))
		}
	}
	for name := range b.Header {
		if _, both := a.Header[name]; !both && name != "Set-Cookie" {
			w.t.Errorf("%s %s is told apart by %s, which only the other has", reader, what, name)
		}
	}
}

func (v *visitor) ask(method, path string) webtest.Answer {
	v.t.Helper()
	if method == http.MethodGet {
		return v.Get(path)
	}
	if method != http.MethodPost {
		return v.Ask(method, path)
	}
	form := url.Values{"message": {""}}
	if strings.HasSuffix(path, "/sign-in") {
		form.Set("to", "/desk")
	}
	return v.Post(path, form)
}

// short is what the table says of an answer.
func short(a webtest.Answer) string {
	const page = "desk-password"
	if a.Status == http.StatusSeeOther && strings.Contains(a.To, "/desk/sign-in?to=") || a.Status == http.StatusUnauthorized && strings.Contains(a.Body, page) {
		return "in"
	}
	return strconv.Itoa(a.Status)
}
