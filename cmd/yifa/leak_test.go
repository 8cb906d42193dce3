package main

import (
	"context"
	"errors"
	"net/http"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"yifa/internal/desk"
	"yifa/internal/i18n"
	"yifa/internal/matter"
	"yifa/internal/office"
	"yifa/internal/office/officetest"
	"yifa/internal/open311"
	"yifa/internal/portal"
)

// A canary is a word that stands in one place only, so that finding it elsewhere tells of a leak. Its matter is
// a (anonymous, answered and published) or b (named, not answered).
type canary struct{ matter, name, class string }

func (c canary) String() string { return "qz" + c.matter + "-" + c.name + "-qz" }

// part finds a matter by search without being the canary: pages repeat what was searched for.
func (c canary) part() string { return "qz" + c.matter + " " + c.name }

// Beside the classes of the law: what a filer wrote for staff stays hers to read; what she wrote of an officer
// is for those who decide on it; nobody ever sees hidden.
const (
	told     = "told"     // class staff, written by the filer
	deciders = "deciders" // class filer, in a request for recusal
	hidden   = "hidden"   // in the EXIF of a photo; the name of a file of an anonymous filer
)

var canaries = []canary{
	{"a", "title", "public"}, {"a", "summary", "public"}, {"a", "outcome", "public"},
	{"a", "account", told}, {"a", "wish", told}, {"a", "place", told}, {"a", "hint", told}, {"a", "about", told},
	{"a", "file", hidden}, {"a", "message", "filer"}, {"a", "scope", "filer"}, {"a", "found", "filer"}, {"a", "done", "filer"}, {"a", "reply", "filer"}, {"a", "words", "filer"},
	{"a", "basis", "staff"}, {"a", "reason", "staff"}, {"a", "note", "staff"}, {"a", "notefile", "staff"}, {"a", "findings", "staff"}, {"a", "opinion", "staff"}, {"a", "decision", "staff"},
	{"a", "recusal", deciders}, {"a", "exif", hidden}, {"a", "noteexif", hidden},
	{"b", "title", "public"}, {"b", "file", "filer"}, {"b", "exif", hidden}, {"b", "summary", "public"}, {"b", "account", told}, {"b", "scope", "filer"}, {"b", "asked", "staff"}, {"b", "opened", "filer"},
	{"b", "name", "sealed"}, {"b", "phone", "sealed"}, {"b", "email", "sealed"},
}

// insiders belong to the office that holds both matters.
var insiders = map[string]bool{"handler": true, "colleague": true, "head": true, "leader": true}

// may says whether a reader may meet a canary behind one of the two doors.
func (c canary) may(reader string, atDesk bool) bool {
	filer := reader == "filer" && c.matter == "a" || (reader == "filerB" || reader == "finder") && c.matter == "b"
	switch {
	case c.class == "sealed" || c.class == hidden:
		return false
	case c.class == deciders: // her own page of it has an address only within her session
		return atDesk && (reader == "head" || reader == "leader")
	case atDesk:
		return insiders[reader]
	case c.class == "public" && c.matter == "a":
		return true
	case c.class == "staff":
		return false
	}
	return filer
}

// leaks is a town with the canaries in it.
type leaks struct {
	walked
	ids     map[string]matter.ID
	secrets map[string]string // codes and addresses of drafts, by what they are
}

func word(m, name string) string { return canary{matter: m, name: name}.String() }

func newLeaks(t *testing.T) leaks {
	l := leaks{walked{town: open(t), readers: map[string]*visitor{}, things: map[string]string{}}, map[string]matter.ID{}, map[string]string{}}
	for name, person := range officials {
		l.readers[name] = l.official(person)
	}
	l.readers["ended"].Post("/desk/sign-out", nil)
	l.readers["nobody"] = l.visitor()
	form := complaintForm()
	for field, name := range map[string]string{"account": "account", "wish": "wish", "place": "place", "officer_hint": "hint", "happened_about": "about"} {
		form.Set(field, "那天"+word("a", name)+"，就这样。")
	}
	l.file("a", "filer", form, map[string][]byte{word("a", "file") + ".jpg": photo(t, word("a", "exif"))})
	form = with(complaintForm(), "identity", "named", "account", word("b", "account"))
	for _, name := range []string{"name", "phone", "email"} {
		form.Set(name, word("b", name))
	}
	form.Set("email", word("b", "email")+"@example.org")
	l.file("b", "filerB", form, map[string][]byte{word("b", "file") + ".jpg": photo(t, word("b", "exif"))})
	l.handle()
	l.readers["finder"] = l.finder()
	feed, err := l.Office.MakeFeed(t.Context(), l.As("he-yuning"))
	must(t, err)
	l.things["feed"], l.secrets["address of the feed of a"] = feed, feed
	must(t, l.Office.Work(context.Background()))
	l.logged()
	return l
}

func (l leaks) file(name, reader string, form url.Values, files map[string][]byte) {
	l.t.Helper()
	v := l.visitor()
	draft := v.write(form, files)
	if name == "b" {
		l.confirmB(v, draft)
	}
	id, code := v.send(draft)
	v.Track(code)
	l.readers[reader], l.ids[name] = v, id
	l.things[name], l.things["draft-"+name] = id.String(), strings.Split(draft, "/")[3]
	l.things["number-"+name] = l.Office.RequestNumber(id)
	l.secrets["code of "+name], l.secrets["grouped code of "+name] = code, code[:4]+" "+code[4:8]+" "+code[8:12]+" "+code[12:]
	l.secrets["draft of "+name] = l.things["draft-"+name]
	r, err := l.Office.ByCode(l.t.Context(), code, i18n.ZhHans)
	must(l.t, err)
	news, err := l.Office.NewsOf(r)
	must(l.t, err)
	l.secrets["key to news of "+name], l.secrets["mark of "+name] = news.Key, news.Marks[1].Mark
}

// handle takes both matters through the forms of the desk.
func (l leaks) handle() {
	handler, head, filer := l.readers["handler"], l.readers["head"], l.readers["filer"]
	done := func(v *visitor, name, act string, given url.Values) {
		l.t.Helper()
		v.act(l.ids[name], act, given).Leads(l.t, "")
	}
	for _, name := range []string{"a", "b"} {
		done(handler, name, "link_target", url.Values{"target": {"known"}, "complained_organ": {"440703-scjg"}, "officer_known": {"true"}, "complained_of": {"shi-yunfan"}, "basis": {word("a", "basis")}})
		sorted := url.Values{"stream": {"about_enforcement"}, "title": {word(name, "title")}, "summary": {word(name, "summary")}}
		if name == "a" {
			sorted.Set("reason", word("a", "reason"))
		}
		done(handler, name, "sort", sorted)
		done(handler, name, "claim", nil)
		done(handler, name, "accept", url.Values{"scope": {word(name, "scope")}})
	}
	for _, name := range []string{"a", "b"} {
		l.Recuse(l.ids[name], officials["recused"])
	}
	filer.Post("/track/acts/ask_recusal", url.Values{"whom": {"handler"}, "ground": {"kinship"}, "recusal_reason": {word("a", "recusal")}}).Leads(l.t, "#top")
	links := l.State(l.ids["a"]).Links
	l.ids["r"] = links[len(links)-1].To
	l.things["r"] = l.ids["r"].String()
	done(handler, "a", "message_filer", url.Values{"message": {word("a", "reply")}})
	handler.actWith(l.ids["a"], "note", url.Values{"note": {word("a", "note")}}, map[string][]byte{word("a", "notefile") + ".jpg": photo(l.t, word("a", "noteexif"))}).Leads(l.t, "#notes")
	form := filer.Get("/track/acts/message_staff").Is(l.t, http.StatusOK)
	filer.Post("/track/acts/message_staff", url.Values{"rev": {form.Hidden(l.t, "rev")}, "key": {form.Hidden(l.t, "key")}, "message": {word("a", "message")}}).Leads(l.t, "#top")
	done(handler, "a", "record_verification", url.Values{"method": {"file_review"}, "heard_organ": {"true"}, "findings": {word("a", "findings")}})
	done(handler, "a", "propose_handling", url.Values{"result": {"substantiated"}, "opinion": {word("a", "opinion")}})
	done(head, "a", "decide_handling", url.Values{"result": {"substantiated"}, "measure": {"reminded"}, "decision": {word("a", "decision")}})
	done(handler, "a", "answer", url.Values{"unchecked": {"这里只看别的。"}, "found": {word("a", "found")}, "done": {word("a", "done")}, "remedies": {"reopening"}, "outcome": {word("a", "outcome")}})
	l.things["published"] = l.Publish(l.ids["a"], officetest.Public{Title: word("a", "title"), Summary: word("a", "summary"), Outcome: word("a", "outcome"), Did: "已提醒。"}).String()
	filer.Post("/track/acts/rate", url.Values{"score": {"two"}, "words": {word("a", "words")}}).Leads(l.t, "#top")
	done(handler, "b", "ask_identity", url.Values{"reason": {word("b", "asked")}})
	done(head, "b", "open_identity", url.Values{"reason": {word("b", "opened")}})
}

// TestLeaks asks every address as every reader and looks for words where they do not belong: in pages, titles, files,
// names of files, headers, redirects, the log and on the disk.
func TestLeaks(t *testing.T) {
	from, fromJSON := len(logged.String()), len(loggedJSON.String())
	l := newLeaks(t)
	seen := map[string]bool{}
	for name, v := range l.readers {
		for _, path := range l.addresses() {
			l.read(name, v, path, seen)
		}
	}
	for _, c := range canaries {
		for _, reader := range []string{"nobody", "filer", "filerB", "finder", "handler", "head", "leader"} {
			met := c.may(reader, true) || c.may(reader, false) && !(c.class == "public" && c.name != "title" && c.matter == "b")
			if met && !seen[reader+" "+c.String()] {
				t.Errorf("%s never met %s: no page shows it to its readers", reader, c)
			}
		}
	}
	l.identity()
	l.search()
	l.folder(l.Dir)
	l.around(from, fromJSON)
}

// read asks for one address and judges what came back.
func (l leaks) read(reader string, v *visitor, path string, seen map[string]bool) {
	l.t.Helper()
	a := v.Get(path)
	if a.Status >= http.StatusInternalServerError {
		l.t.Errorf("%s %s: %d", reader, path, a.Status)
	}
	all := a.Body
	if a.Header.Get("Content-Type") == "application/pdf" {
		all += pdfText(l.t, a.Body)
	}
	for name, values := range a.Header {
		all += "\n" + name + ": " + strings.Join(values, "\n")
	}
	if unescaped, err := url.QueryUnescape(all); err == nil {
		all += unescaped
	}
	atDesk := strings.Contains(path, "/desk")
	for _, c := range canaries {
		if !strings.Contains(all, c.String()) {
			continue
		}
		seen[reader+" "+c.String()] = true
		if !c.may(reader, atDesk) {
			l.t.Errorf("%s finds %s (%s) at %s", reader, c, c.class, path)
		}
	}
	for what, secret := range l.secrets {
		own := strings.HasSuffix(path, "/track/news") && (reader == "filer" && strings.HasSuffix(what, "a") || reader == "filerB" && strings.HasSuffix(what, "b"))
		if strings.Contains(all, secret) && !own && !strings.Contains(path, "/report/d/"+l.things["draft-"+what[len(what)-1:]]) {
			l.t.Errorf("%s finds the %s at %s", reader, what, path)
		}
	}
	holds := strings.Contains(path, l.things["feed"]) // whoever has that address is taken for the one it was made for
	if atDesk && !insiders[reader] && !holds && !strings.Contains(path, "?to=") {
		for name, id := range l.ids {
			if text := strings.ReplaceAll(all, path, ""); strings.Contains(text, id.String()) && a.Status == http.StatusOK {
				l.t.Errorf("%s learns of matter %s at %s", reader, name, path)
			}
		}
	}
}

// pdfText is what can be copied out of a PDF, without white space.
func pdfText(t *testing.T, pdf string) string {
	t.Helper()
	if _, err := exec.LookPath("pdftotext"); err != nil {
		t.Skip("pdftotext is not installed")
	}
	name := filepath.Join(t.TempDir(), "a.pdf")
	must(t, os.WriteFile(name, []byte(pdf), 0o600))
	out, err := exec.Command("pdftotext", "-raw", name, "-").Output()
	must(t, err)
	return strings.Join(strings.Fields(string(out)), "")
}

// fillings are what the variable of a pattern is filled with: things are the ids, drafts and secret addresses there are.
func fillings(t *testing.T, name string, things map[string]string) []string {
	t.Helper()
	numbers := func(n int) (list []string) {
		for i := range n {
			list = append(list, strconv.Itoa(i))
		}
		return list
	}
	switch name {
	case "id":
		return []string{things["a"], things["b"], things["r"], things["published"]}
	case "seq":
		return numbers(21)
	case "n":
		return numbers(2)
	case "part":
		return []string{"main", "inside"}
	case "upload":
		return []string{"nothing"}
	case "class":
		return []string{"public", "parties", "filer", "staff", "sealed"}
	case "act":
		return []string{"note", "message_filer", "message_staff", "rate", "answer", "resort", "sort", "ask_supplement", "hand_over", "correct", "record_report", "close_identity", "withdraw", "grant", "recuse_self", "propose_recusal"}
	case "draft":
		return []string{things["draft-a"], things["draft-b"]}
	case "step":
		return []string{"what", "organ", "when", "story", "who"}
	case "procedure":
		return []string{"supervision.complaint", "register.post"}
	case "roster":
		return []string{"liaison", "supervisor"}
	case "statute":
		return []string{"xzcf", "ptsd"}
	case "article":
		return []string{"1", "64"}
	case "name":
		return []string{"track.png", "nothing.png"}
	case "reader":
		return []string{"officer", "leader"}
	case "sheet":
		return []string{"1", "2"}
	case "page":
		return []string{"cannot", "nothing"}
	case "year":
		return []string{"2026", "1900"}
	case "month":
		return []string{"2026-09", "2026-10", "2026-11"}
	case "token":
		return []string{things["feed"], "nothing"}
	case "organ":
		return []string{"440703-sfj", "nothing"}
	case "person":
		return []string{"he-yuning", "nothing"}
	case "size":
		return []string{"0", "1"}
	case "path":
		return []string{"0/000.p/1", "entries/000.p/1", "entries/000.p/9"}
	case "order":
		return []string{"nothing"}
	case "ticket", "link":
		return []string{"00"}
	case "kind":
		return []string{"people", "nothing"}
	case "service":
		return []string{"supervision.complaint.json", "emergency.xml", "nothing.json"}
	case "request":
		return []string{things["a"] + ".json", things["b"] + ".xml", things["published"] + ".json", things["number-a"] + ".json", things["number-b"] + ".xml"}
	case "sending":
		return []string{things["number-a"] + ".json", "nothing.xml"}
	case "format":
		return []string{"pdf", "docx", "nothing"}
	case "topic":
		return []string{"protection", "accessibility", "platform"}
	}
	t.Fatalf("say what to try for {%s}", name)
	return nil
}

var variable = regexp.MustCompile(`\{(\w+)(?:\.\.\.)?\}`)

// addresses are all addresses of all routes that answer to GET.
func (l leaks) addresses() []string {
	var patterns, list []string
	for _, r := range portal.Routes() {
		if r.Method == http.MethodGet {
			patterns = append(patterns, strings.TrimSuffix(r.Pattern, "{$}"))
		}
	}
	for _, r := range desk.Routes() {
		if r.Method == http.MethodGet {
			patterns = append(patterns, r.Pattern)
		}
	}
	for _, r := range open311.Routes() {
		if r.Method == http.MethodGet {
			patterns = append(patterns, r.Pattern)
		}
	}
	for len(patterns) > 0 {
		p := patterns[0]
		patterns = patterns[1:]
		m := variable.FindStringSubmatch(p)
		if m == nil {
			list = append(list, p)
			continue
		}
		for _, value := range fillings(l.t, m[1], l.things) {
			patterns = append(patterns, strings.Replace(p, m[0], value, 1))
		}
	}
	for _, prefix := range []string{"/en", "/zh-hant"} {
		list = append(list, prefix+"/desk/matters/"+l.things["a"], prefix+"/track/matter", prefix+"/outcomes/"+l.things["published"])
	}
	return append(list, "/desk/matters?closed=all", "/desk/matters?closed=closed", "/desk/matters?scope=pool", "/desk/matters?organ=440703-sfj&closed=all",
		"/desk/sign-in?to=/desk/matters/"+l.things["a"], "/track/matter?done=answer", "/nothing", "/desk/nothing")
}

// identity is shown to two people in the answer to a form, once they have opened it, and to nobody else.
func (l leaks) identity() {
	for name, v := range l.readers {
		a := v.Post("/desk/matters/"+l.things["b"]+"/identity", url.Values{"why": {"contact"}})
		shown := strings.Contains(a.Body, word("b", "name"))
		if want := name == "handler" || name == "head"; shown != want {
			l.t.Errorf("%s sees who filed: %v", name, shown)
		}
		if shown && a.Header.Get("Cache-Control") != "no-store" {
			l.t.Error("the identity may be stored")
		}
	}
}

// search finds a matter by what staff and public may read of it, never by what is sealed or the filer's own, and only
// for those who may know of it.
func (l leaks) search() {
	for _, c := range canaries {
		for name, v := range l.readers {
			a := v.Get("/desk/matters?closed=all&q=" + url.QueryEscape(c.part()))
			found := strings.Contains(a.Body, l.things[c.matter])
			if found && !insiders[name] {
				l.t.Errorf("%s finds a matter by %s", name, c)
			}
			indexed := c.class == "public" || c.class == told || c.class == "staff"
			if name == "handler" && found && !indexed {
				l.t.Errorf("a matter is found by %s, which is %s", c, c.class)
			}
			if name == "handler" && !found && indexed && c.name != "notefile" { // names of files are not searched
				l.t.Errorf("a matter is not found by %s", c)
			}
		}
	}
}

// traces are all words that must not be left behind.
func (l leaks) traces() map[string]string {
	all := map[string]string{}
	for _, c := range canaries {
		all[c.class+" "+c.name] = c.String()
	}
	for what, secret := range l.secrets {
		all[what] = secret
	}
	for name, id := range l.ids {
		all["the address of matter "+name] = id.String()
	}
	return all
}

// folder: what lies in a folder of data is sealed. Letters on their way out are looked at by themselves.
func (l leaks) folder(dir string) {
	l.t.Helper()
	must(l.t, filepath.WalkDir(dir, func(path string, d os.DirEntry, err error) error {
		if err != nil || d.IsDir() || strings.Contains(path, "outgoing") {
			return err
		}
		content, err := os.ReadFile(path)
		for what, secret := range l.traces() {
			if !strings.HasPrefix(what, "the address") && strings.Contains(string(content), secret) {
				l.t.Errorf("%s holds %s in the clear", filepath.Base(path), what)
			}
		}
		return err
	}))
}

// TestCodeOpensOneMatter: a code shows its own matter and none beside it, whatever address is asked.
func TestCodeOpensOneMatter(t *testing.T) {
	s := open(t)
	_, code := s.visitor().file(complaintForm(), nil)
	_, other := s.visitor().file(complaintForm(), nil)
	mine, err := s.Office.ByCode(context.Background(), code, i18n.ZhHans)
	must(t, err)
	theirs, err := s.Office.ByCode(context.Background(), other, i18n.ZhHans)
	must(t, err)
	if _, err := s.Office.Matter(context.Background(), mine, theirs.Filer); !errors.Is(err, office.ErrNotFound) {
		t.Errorf("a filer reads another's matter: %v", err)
	}
	v := s.visitor()
	v.Track(code)
	v.Post("/track/of", url.Values{"matter": {theirs.Filer.String()}}).Is(t, http.StatusNotFound)
}
