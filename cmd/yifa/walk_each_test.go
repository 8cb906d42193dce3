package main

import (
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"yifa/internal/access"
	"yifa/internal/desk"
	"yifa/internal/mailin"
	"yifa/internal/matter"
	"yifa/internal/open311"
	"yifa/internal/portal"
	"yifa/internal/procedure"
	"yifa/internal/store"
)

// aRoute is an address of the whole site.
type aRoute struct{ Method, Pattern string }

// everyRoute are the addresses of all doors, so that a new one enters the walks by itself.
func everyRoute() []aRoute {
	var out []aRoute
	for _, r := range portal.Routes() {
		out = append(out, aRoute{r.Method, r.Pattern})
	}
	for _, r := range desk.Routes() {
		out = append(out, aRoute{r.Method, r.Pattern})
	}
	for _, r := range open311.Routes() {
		out = append(out, aRoute{r.Method, r.Pattern})
	}
	return append(out, aRoute{http.MethodPost, mailin.Pattern})
}

// matters are the names of the matters of the walk: one's own, one's organ's, another organ's, one whose filer was opened,
// one about one's own office, a published one and a new one. From four of them an officer was recused.
var mattersWalked = []string{"held", "theirs", "sealed", "bureau", "public", "fresh", "paper"}

// rights are what each official may do with each matter, by the rows stored and the rule of access alone.
func (w walked) rights() map[string]map[string]access.Rights {
	w.t.Helper()
	posts := map[string][]procedure.Post{}
	must(w.t, w.DB.Read(w.t.Context(), func(q *store.Query) error {
		items, err := q.Items(w.t.Context(), "post", w.Office.Today(), time.Time{})
		for _, i := range items {
			person := i.Attrs.Text("person")
			posts[person] = append(posts[person], procedure.Post{ID: i.Key, Organ: i.Attrs.Text("organ"), Role: i.Attrs.Text("role")})
		}
		return err
	}))
	out := map[string]map[string]access.Rights{}
	for name, person := range officials {
		r := access.Reader{Keys: access.Keys(person, posts[person], nil), On: w.Office.Today()}
		out[name] = map[string]access.Rights{}
		must(w.t, w.DB.Read(w.t.Context(), func(q *store.Query) error {
			for _, thing := range mattersWalked {
				id, err := matter.ParseID(w.things[thing])
				must(w.t, err)
				rows, err := q.AccessTo(w.t.Context(), id)
				must(w.t, err)
				out[name][thing] = access.To(rows, r)
			}
			return nil
		}))
	}
	return out
}

// TestEveryRoute asks every address that names a matter for every matter as every reader: whoever may not read a matter
// gets, body and headers, what he gets for one that does not exist. And no address that names none tells of a matter
// that its reader may not read. Routes and their variables come from the doors: a new one is walked by itself.
func TestEveryRoute(t *testing.T) {
	w := newWalk(t)
	rights := w.rights()
	some := map[access.Rights]int{}
	for _, of := range rights {
		for _, r := range of {
			some[r]++
		}
	}
	if len(some) < 2 || len(rights) < len(officials) {
		t.Fatalf("rights %v of %d officials: there is nothing to tell apart", some, len(rights))
	}
	for _, r := range everyRoute() {
		if r.Method == http.MethodPost && slices.Contains(changing, r.Pattern) {
			continue
		}
		address := w.filled(r.Pattern)
		for name := range w.readers {
			if strings.Contains(address, "{id}") {
				w.matterRoute(r, address, name, rights[name])
			} else {
				w.otherRoute(r, address, name, rights[name])
			}
		}
	}
}

// changing are forms that change something of the reader's own when sent empty: they end the walk of who sends them.
var changing = []string{"/desk/sign-out", "/track/leave"}

// matterRoute asks one address for every matter.
func (w walked) matterRoute(r aRoute, address, reader string, rights map[string]access.Rights) {
	w.t.Helper()
	at := func(thing string) string { return strings.ReplaceAll(address, "{id}", w.things[thing]) }
	unknown := w.readers[reader].ask(r.Method, at("unknown"))
	for _, thing := range mattersWalked {
		official := strings.HasPrefix(address, "/desk") && officials[reader] != "" && reader != "ended"
		open := official && rights[thing].Read || !strings.HasPrefix(address, "/desk") && thing == "public"
		if open {
			continue // what exactly is shown, the table and the leak matrix say
		}
		a := w.readers[reader].ask(r.Method, at(thing))
		w.same(reader, r.Method+" "+r.Pattern+" of "+thing, a, at(thing), unknown, at("unknown"))
	}
}

// otherRoute asks an address that names no matter, and looks for matters in the answer.
func (w walked) otherRoute(r aRoute, address, reader string, rights map[string]access.Rights) {
	w.t.Helper()
	a := w.readers[reader].ask(r.Method, address)
	if a.Status >= http.StatusInternalServerError {
		w.t.Errorf("%s %s %s: %d", reader, r.Method, address, a.Status)
	}
	for _, thing := range mattersWalked {
		known := rights[thing].Read && reader != "ended" || thing == "public"
		own := reader == "filer" && thing == "held" || reader == "other" && thing == "theirs"
		if !known && !own && (strings.Contains(a.Body, w.things[thing]) || strings.Contains(a.To, w.things[thing])) {
			w.t.Errorf("%s learns of %s at %s %s", reader, thing, r.Method, r.Pattern)
		}
	}
}

// filled is a pattern with every variable but {id} filled with the first value there is for it.
func (w walked) filled(pattern string) string {
	pattern = strings.TrimSuffix(pattern, "{$}")
	for _, m := range variable.FindAllStringSubmatch(pattern, -1) {
		if m[1] != "id" {
			pattern = strings.Replace(pattern, m[0], fillings(w.t, m[1], w.things)[0], 1)
		}
	}
	return pattern
}
