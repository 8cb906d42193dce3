package office

import (
	"context"
	"strings"

	"yifa/internal/access"
	"yifa/internal/matter"
	"yifa/internal/procedure"
	"yifa/internal/search"
	"yifa/internal/store"
)

// listPage is how many rows a page of a list has.
const listPage = 25

// List is one page of the matters a reader may see.
func (o *Office) List(ctx context.Context, r Reader, f Filter) (ListView, error) {
	var v ListView
	err := o.db.Read(ctx, func(q *store.Query) error {
		if _, err := o.registersFor(ctx, q, r); err != nil {
			return err
		}
		filter := o.filter(r, f)
		rows, next, err := pageOf(ctx, q, filter, f)
		if err != nil {
			return err
		}
		v.Next, v.Order = next, orderWord(filter.Order)
		if filter.Limit, filter.After = countedUpTo, (store.Cursor{}); len(filter.Text) > 0 {
			filter.Limit = foundUpTo
		}
		if v.Total = len(rows); next != "" || f.After != "" { // else the page is the whole list
			if v.Total, err = q.CountMatters(ctx, filter); err != nil {
				return err
			}
		}
		v.More = v.Total >= filter.Limit
		shown, err := o.shelf(ctx, q, r, idsOf(rows))
		if err != nil {
			return err
		}
		v.Rows, v.Few = shown.briefs(rows), o.visits(r)
		if v.Chips, err = o.chips(ctx, q, r, f); err == nil && filter.Measured == nil {
			v.Within, err = o.withinWords(ctx, q, r, f)
		}
		if err != nil {
			return err
		}
		return o.choices(r, &v)
	})
	return v, err
}

// How far a list counts its rows, and a search what it found; beyond it says "or more". To count by a
// common word means to look at each.
const countedUpTo, foundUpTo = 1000, 100

// filter makes the query string of a list page what the store asks for. Everything unknown in it
// narrows nothing.
func (o *Office) filter(r Reader, f Filter) store.Filter {
	f.Organ = o.organKey(f.Organ)
	for _, s := range []*string{&f.Procedure, &f.Stage, &f.Organ, &f.Holder, &f.Area, &f.Handler, &f.Kind, &f.County, &f.Problem, &f.Channel} {
		if !isText(*s) {
			*s = ""
		}
	}
	if o.visits(r) {
		f.Stage, f.Due = "", "" // neither an inner step of the office nor its lateness is to be found out by asking
	}
	measured := o.measuredBy(f)
	if measured != nil {
		f.Organ, f.Holder, f.Area, f.Handler = "", "", "", "" // they narrow the figure
	}
	out := store.Filter{Measured: measured, Reader: o.accessReader(r.keys), Procedure: f.Procedure, Stage: f.Stage, Organ: f.Organ, Assignee: f.Handler, Limit: listPage + 1,
		Cases: f.Procedure == ""} // registers have pages of their own
	today := o.Today()
	switch {
	case f.Holder != "":
		out.Holders = []string{f.Holder}
	case f.Area != "":
		out.Holders = append(o.organsWithin(f.Area), f.Area) // a place without organs finds nothing
	}
	switch f.Scope {
	case "mine":
		out.Assignee, out.Assignees = r.Person, r.handles()
	case "pool":
		out.Unassigned, out.Stages = true, o.claimed()
	}
	switch f.Due {
	case "late":
		out.DueBefore, out.Order = today, store.DueFirst
	case "today":
		out.DueFrom, out.DueBy, out.Order = today, today, store.DueFirst
	case "soon":
		soon, _ := o.calendar().AddWorkdays(today, soonDays)
		out.DueFrom, out.DueBy, out.Order = today.AddDays(1), soon, store.DueFirst
	}
	switch {
	case f.Closed == "closed":
		out.Closed = true
	case f.Closed == "all", f.Closed == "" && measured != nil:
	default:
		out.Open = true
		if f.Order != "new" && !o.visits(r) {
			out.Order = store.DueFirst
		}
	}
	if q := strings.TrimSpace(f.Query); q != "" {
		out.Open, out.Closed = f.Closed == "" && measured == nil, f.Closed == "closed"
		out.Order = store.Newest
		out.Text = o.phrases(q)
		out.Classes = access.Searched
	}
	out.After = placeIn(f.After).Cursor
	return out
}

// phrases are the words of a query, hashed.
func (o *Office) phrases(query string) []store.Phrase { return phrasesOf(query, o.vault.SearchToken) }

// phrasesOf are the words of a query, as token writes their grams.
func phrasesOf(query string, token func(string) string) []store.Phrase {
	var out []store.Phrase
	for _, p := range search.Query(query, token) {
		switch {
		case len(out) == maxPhrases:
		case p.Single:
			out = append(out, store.Phrase{Char: p.Tokens[0]})
		default:
			out = append(out, store.Phrase{Grams: p.Tokens})
		}
	}
	return out
}

// maxPhrases is how many words of a query are looked for.
const maxPhrases = 8

// soonDays is how many working days ahead counts as soon on the desk; a convenience, no term of law.
const soonDays = 3

// nextAct is the likeliest act of the stage, and who does it where that is not the reader.
func (o *Office) nextAct(w words, st matter.State, r Reader) (label, act, who string) {
	a := likeliest(w.p, st.Stage)
	if a == nil {
		return "", "", ""
	}
	return w.act(a.Name), a.Name, whose(w, st, a, r)
}

// whose is the role that does an act, where it is not the reader's: of several the first, which for an act of a party is
// the party, though staff may enter it from paper.
func whose(w words, st matter.State, a *procedure.Act, r Reader) string {
	for i, name := range a.By {
		if w.p.Plays(w.o.law, name, st, procedure.Candidate{Person: r.Person, Posts: r.posts}) {
			return ""
		}
		if i == 0 && strings.HasPrefix(w.p.Roles.Get(name).At, "organ:") {
			break
		}
	}
	if len(a.By) == 0 {
		return ""
	}
	label, _, _ := strings.Cut(w.role(a.By[0]), "（") // what a role is not, is for the list of roles
	label, _, _ = strings.Cut(label, " (")
	return label
}

// likeliest is the act that comes next in a stage as a rule; nil where none is marked.
func likeliest(p *procedure.Procedure, stage string) *procedure.Act {
	var best *procedure.Act
	for _, a := range p.ActsIn(stage) {
		if a.Likely > 0 && (best == nil || a.Likely < best.Likely) {
			best = a
		}
	}
	return best
}

// titles are the titles that staff gave: for the public, or for the parties of a matter, who are
// everybody who may read it.
func (o *Office) titles(ctx context.Context, q *store.Query, ids []matter.ID) (map[matter.ID]string, error) {
	out := map[matter.ID]string{}
	err := q.EachPartOf(ctx, ids, []matter.Class{matter.Parties, matter.Public}, func(p store.StoredPart) error {
		part, err := o.unseal(p.Matter, p.Seq, sealedOf(p))
		for _, name := range []string{"title", "public_title"} {
			if err == nil && part.Fields[name] != "" {
				out[p.Matter] = part.Fields[name]
			}
		}
		return err
	})
	return out, err
}
