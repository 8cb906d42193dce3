package office

import (
	"context"
	"maps"
	"slices"
	"strings"

	"yifa/internal/access"
	"yifa/internal/calendar"
	"yifa/internal/i18n"
	"yifa/internal/matter"
	"yifa/internal/store"
	"yifa/internal/suggest"
)

// Acts by which what is suggested is taken over.
const (
	sortAct       = "sort"
	linkTargetAct = "link_target"
	passOnAct     = "pass_on"
	splitAct      = "split"
	joinAct       = "join"
)

// sortedSeen is how many sorted reports of an office, the newest, and how many days back words are counted in (ptsd/250).
const (
	sortedSeen = 120
	yearBack   = 365
	twinDays   = 30
)

// county is how many digits of the code of a division say its county.
const county = 6

// SortingView is what in a report speaks for an organ, a place, a kind of problem, or for its being the same as another.
// It is help beside an act: nothing of it is done by itself.
type SortingView struct {
	Organs, Places, Kinds []SuggestionView
	Twins                 []TwinView
	Named                 []Brief   // matters whose numbers stand in the text
	Continues             matter.ID // published outcome from which the filer reports on; 0: none
	JoinLater             bool      // one of Twins could be joined to, once the organ is linked
}

// SuggestionView is one suggestion: what, why, and the act whose form a link opens with it filled in, where that is open.
type SuggestionView struct {
	Label, Act string
	Fields     map[string]string
	Why        []string
}

// TwinView is another report that may be of the same thing.
type TwinView struct {
	Brief  Brief
	Why    []string
	Over   bool   // it is done with: nothing can be joined to it
	Act    string // join, where that is open
	Fields map[string]string
}

// sorting makes the help for whoever may sort the matter now; nil for others, and once it is sorted.
func (d *dossier) sorting(ctx context.Context, q *store.Query) (*SortingView, error) {
	choice, known := d.choice(linkTargetAct)
	if _, sorted := d.st.LastOf(sortAct); sorted || !known || !choice.Open || d.w.p.ID != complaint || d.outside {
		return nil, nil //nolint:nilnil // there is no help then
	}
	beside, err := d.others(ctx, q)
	if err != nil {
		return nil, err
	}
	r := d.asReport(d.st, d.text("account")+"\n"+d.text("wish")+"\n"+d.text("officer_hint"), d.text("place"))
	r.Organ = d.st.Facts.Text("organ") // what is linked already is no suggestion
	out := &SortingView{Continues: d.continuing()}
	if d.st.Facts.Text("target") != "known" {
		for _, s := range suggest.Organs(r, suggest.Known{Organs: d.o.organsNamed(), Places: d.o.placesNamed(), Past: beside.past, Numbered: d.numbered(r.Account)}) {
			out.Organs = append(out.Organs, d.suggestion(s, d.o.organName(d.r.Lang, s.Value), linkTargetAct, map[string]string{"target": "known", "complained_organ": s.Value}))
		}
	}
	for _, s := range suggest.Places(r, d.o.placesNamed()) {
		act := passOnAct
		if own := d.st.Facts.Text("division"); len(own) >= county && len(s.Value) >= county && own[:county] == s.Value[:county] {
			act = "" // the same office handles it
		}
		out.Places = append(out.Places, d.suggestion(s, d.o.divisionName(d.r.Lang, s.Value), act, map[string]string{"division": s.Value}))
	}
	for _, s := range suggest.Kinds(r, beside.past) {
		act := splitAct
		if slices.Contains(r.Kinds, s.Value) {
			act = ""
		}
		out.Kinds = append(out.Kinds, d.suggestion(s, d.w.value("problem", s.Value), act, map[string]string{"split_problem": s.Value}))
	}
	r = d.asReport(d.st, r.Account, r.Place)
	out.Named = beside.namedIn(r.Account)
	first, err := d.goesOnFrom(ctx, q, beside)
	if err != nil {
		return nil, err
	}
	if first != nil {
		out.Twins = append(out.Twins, *first)
	}
	for _, t := range suggest.Twins(r, beside.reports) {
		if st := beside.states[t.N]; first == nil || st.ID != first.Brief.ID {
			out.Twins = append(out.Twins, d.twinOf(st, d.why(t.Reasons)))
		}
	}
	out.JoinLater = slices.ContainsFunc(out.Twins, func(t TwinView) bool { return !t.Over && t.Act == "" })
	return out, nil
}

// suggestion words one suggestion. The link to its act is there only while the act is open to the reader.
func (d *dossier) suggestion(s suggest.Suggestion, label, act string, fields map[string]string) SuggestionView {
	out := SuggestionView{Label: label, Why: d.why(s.Reasons)}
	if choice, known := d.choice(act); known && choice.Open {
		out.Act, out.Fields = act, fields
	}
	return out
}

// twinOf words another report that may be of the same thing. One that is done with cannot be joined to.
func (d *dossier) twinOf(st matter.State, why []string) TwinView {
	p := d.o.procedureOf(st)
	row := project(st, p).Row
	out := TwinView{Brief: d.o.brief(words{d.o, p, d.r.Lang}, st, row, d.names), Why: why}
	if _, answered := st.LastOf("answer"); answered || row.Closed {
		out.Over = true
		return out
	}
	if choice, known := d.choice(joinAct); known && choice.Open {
		out.Act, out.Fields = joinAct, map[string]string{"join_to": st.ID.String()}
		if number := st.Number("matter"); number != "" {
			out.Fields["join_to"] = number
		}
	}
	return out
}

// why words reasons.
func (d *dossier) why(reasons []suggest.Reason) []string {
	var out []string
	for _, r := range reasons {
		var quoted []string
		for _, w := range r.Words {
			quoted = append(quoted, i18n.T(d.r.Lang, "sorting.quoted", "words", w))
		}
		key := "sorting.why." + string(r.Ground)
		if r.Ground == suggest.SameWords && len(quoted) == 0 {
			key += "_none"
		}
		out = append(out, i18n.T(d.r.Lang, key, "words", strings.Join(quoted, i18n.T(d.r.Lang, "office.list_comma")), "n", r.N, "of", r.Of))
	}
	return out
}

// asReport is a matter as suggestions read it: what officials linked counts before what the filer chose.
func (d *dossier) asReport(st matter.State, account, place string) suggest.Report {
	r := suggest.Report{Account: account, Place: place, Organ: st.Facts.Text("complained_organ"), Division: st.Facts.Text("division"),
		Kinds: st.Facts.List("problem"), Day: st.Opened.Day}
	if r.Organ == "" {
		r.Organ = st.Facts.Text("organ")
	}
	if on, err := calendar.Parse(st.Facts.Text("happened_on")); err == nil {
		r.Day = on
	}
	return r
}

// besides are the other reports of an office: those of the weeks around one, and what sorted ones were about.
type besides struct {
	reports []suggest.Report
	states  []matter.State // of reports
	past    []suggest.Sorted
	all     []matter.State // of the year
}

// others reads the other reports that the same office holds, of those only in which the reader may act: whose words he may
// read. He is shown none of their words but those that stand in this one too.
func (d *dossier) others(ctx context.Context, q *store.Query) (besides, error) {
	var out besides
	rows, err := q.List(ctx, store.Filter{Reader: d.o.accessReader(d.r.keys), Procedure: complaint, Holders: []string{d.st.Holder},
		OpenedFrom: d.o.Today().AddDays(-yearBack), Limit: sortedSeen})
	if err != nil {
		return out, err
	}
	var ids, near []matter.ID
	for _, row := range rows {
		if row.ID == d.st.ID {
			continue
		}
		joined := slices.ContainsFunc(d.st.Links, func(l matter.Link) bool { return l.To == row.ID })
		if ids = append(ids, row.ID); !joined && row.Opened >= d.st.Opened.Day.AddDays(-twinDays) && !row.Closed {
			near = append(near, row.ID)
		}
	}
	states, err := q.StatesOf(ctx, ids)
	if err != nil {
		return out, err
	}
	near = slices.DeleteFunc(near, func(id matter.ID) bool {
		return !access.To(project(states[id], d.o.procedureOf(states[id])).Access, d.o.accessReader(d.r.keys)).Act
	})
	public, told, err := d.o.textsBeside(ctx, q, ids, near)
	if err != nil {
		return out, err
	}
	for _, id := range ids {
		out.all = append(out.all, states[id])
		if t := public[id]; t["title"] != "" {
			out.past = append(out.past, suggest.Sorted{Words: t["title"] + "\n" + t["summary"], Organ: states[id].Facts.Text("complained_organ"), Kinds: states[id].Facts.List("problem")})
		}
	}
	for _, id := range near {
		t := told[id]
		out.reports = append(out.reports, d.asReport(states[id], t["account"]+"\n"+t["wish"]+"\n"+t["officer_hint"], t["place"]))
		out.states = append(out.states, states[id])
	}
	return out, err
}

// textsBeside are texts by name: the newest public ones of some matters, and of those near what they were opened with.
func (o *Office) textsBeside(ctx context.Context, q *store.Query, ids, near []matter.ID) (public, told map[matter.ID]map[string]string, err error) {
	public, told = map[matter.ID]map[string]string{}, map[matter.ID]map[string]string{}
	err = q.EachPartOf(ctx, ids, []matter.Class{matter.Public, matter.Staff}, func(p store.StoredPart) error {
		into := public
		if p.Class == matter.Staff {
			into = told
		}
		if p.Party != "" || p.Class == matter.Staff && (p.Seq != 1 || !slices.Contains(near, p.Matter)) {
			return nil
		}
		part, err := o.unseal(p.Matter, p.Seq, sealedOf(p))
		if into[p.Matter] == nil {
			into[p.Matter] = map[string]string{}
		}
		maps.Copy(into[p.Matter], part.Fields)
		return err
	})
	return public, told, err
}

// numbered are the organs of officers whose certificates are named in a text, by the number.
func (d *dossier) numbered(text string) map[string]string {
	out := map[string]string{}
	for _, n := range suggest.Numbers(text) {
		for _, c := range d.snap.Certificates {
			if n.Kind != suggest.Certificate || c.Number != n.Text {
				continue
			}
			for _, p := range d.snap.Posts {
				if p.Person == c.Person && p.Holds(d.o.Today()) && p.For == "" {
					out[n.Text] = p.Organ
				}
			}
		}
	}
	return out
}

// namedIn are those of other reports whose numbers stand in a text.
func (b besides) namedIn(text string) []Brief {
	var out []Brief
	for _, n := range suggest.Numbers(text) {
		for _, st := range b.all {
			if n.Kind == suggest.Paper && st.Number("matter") == n.Text {
				out = append(out, Brief{ID: st.ID, Number: n.Text})
			}
		}
	}
	return out
}

// organsNamed are the organs of today as suggestions know them.
func (o *Office) organsNamed() []suggest.Organ {
	reg := o.register.Load()
	if reg == nil {
		return nil
	}
	var out []suggest.Organ
	for _, key := range sortedKeys(reg.InForce) {
		organ := reg.InForce[key]
		out = append(out, suggest.Organ{Key: key, Name: organ.Name, Division: organ.Division, Kind: organ.Kind})
	}
	return out
}

// placesNamed are the counties, towns and streets; a village has a name that any sentence may hold.
func (o *Office) placesNamed() []suggest.Place {
	var out []suggest.Place
	for _, p := range o.places.All() {
		if len(p.Code) <= 9 && p.Formal {
			out = append(out, suggest.Place{Code: p.Code, Name: p.Name})
		}
	}
	return out
}
