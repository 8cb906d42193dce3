package office

import (
	"context"
	"maps"
	"slices"
	"strings"

	"yifa/internal/access"
	"yifa/internal/disclosure"
	"yifa/internal/i18n"
	"yifa/internal/matter"
	"yifa/internal/store"
)

// published is the key under which published outcomes are open to everybody: their public part only.
const published = "public"

// Outcome is one published result, or ErrNotFound.
func (o *Office) Outcome(ctx context.Context, lang i18n.Lang, id matter.ID) (Outcome, error) {
	var out *Outcome
	err := o.db.Read(ctx, func(q *store.Query) (err error) {
		out, err = o.outcomeOf(ctx, q, lang, id)
		return err
	})
	if err == nil && out == nil {
		err = ErrNotFound
	}
	if err != nil {
		return Outcome{}, notFound(err)
	}
	return *out, nil
}

// outcomeOf is one published result; nil where the matter publishes none.
func (o *Office) outcomeOf(ctx context.Context, q *store.Query, lang i18n.Lang, id matter.ID) (*Outcome, error) {
	states, err := o.openTo(ctx, q, []matter.ID{id})
	if err != nil || len(states) == 0 {
		return nil, err
	}
	list, err := o.worded(ctx, q, lang, []matter.ID{id}, states)
	if err != nil || len(list) == 0 {
		return nil, err
	}
	return &list[0], nil
}

// openTo are those of some matters that are open to everybody.
func (o *Office) openTo(ctx context.Context, q *store.Query, ids []matter.ID) (map[matter.ID]matter.State, error) {
	out := map[matter.ID]matter.State{}
	if len(ids) == 0 {
		return out, nil
	}
	states, err := q.StatesOf(ctx, ids)
	for id, st := range states {
		if p := o.procedureOf(st); p != nil && access.To(project(st, p).Access, o.accessReader([]string{published})).Read {
			out[id] = st
		}
	}
	return out, err
}

// outcomes words the results of matters, in their order; of those that publish nothing, none.
func (o *Office) outcomes(ctx context.Context, q *store.Query, lang i18n.Lang, ids []matter.ID) ([]Outcome, error) {
	states, err := q.StatesOf(ctx, ids)
	if err != nil {
		return nil, err
	}
	return o.worded(ctx, q, lang, ids, states)
}

// worded reads nothing but clear facts and the public parts that stand: of the last act of publishing, and of the
// head's comment while the case is a typical one. Of what was withdrawn it reads no text.
func (o *Office) worded(ctx context.Context, q *store.Query, lang i18n.Lang, ids []matter.ID, states map[matter.ID]matter.State) ([]Outcome, error) {
	texts := map[matter.ID]map[string]string{}
	err := q.EachPartOf(ctx, ids, []matter.Class{matter.Public}, func(p store.StoredPart) error {
		if !slices.Contains(publicNow(states[p.Matter]), p.Seq) {
			return nil
		}
		part, err := o.unseal(p.Matter, p.Seq, sealedOf(p))
		if texts[p.Matter] == nil {
			texts[p.Matter] = map[string]string{}
		}
		maps.Copy(texts[p.Matter], part.Fields)
		return err
	})
	if err != nil {
		return nil, err
	}
	var out []Outcome
	for _, id := range ids {
		if v, shown := o.outcome(lang, states[id], texts[id]); shown {
			out = append(out, v)
		}
	}
	return out, nil
}

// publicNow are the entries whose public texts everybody may read as a matter of publishing stands.
func publicNow(st matter.State) []int {
	if st.Stage == withdrawn {
		return nil
	}
	var out []int
	if done, any := st.LastOf(publishIt); any {
		out = append(out, done.Seq)
	}
	if done, any := st.LastOf(chooseIt); any && st.Facts.Bool("typical") {
		out = append(out, done.Seq)
	}
	return out
}

func (o *Office) outcome(lang i18n.Lang, st matter.State, t map[string]string) (Outcome, bool) {
	p := o.procedureOf(st)
	first := slices.IndexFunc(st.Done, func(d matter.Done) bool { return d.Act == publishIt })
	if p == nil || p.ID != disclosureOf || first < 0 {
		return Outcome{}, false
	}
	w := words{o, p, lang}
	v := Outcome{ID: st.ID, On: st.Done[first].On.Day, At: st.Done[first].On, PlaceKey: publicPlace(st.Facts.Text("division")), KindKeys: st.Facts.List(problemField), OrganKey: st.Facts.Text("complained_organ"),
		FindingIs: st.Facts.Text("result"), Title: t["public_title"], Summary: t["public_summary"], Result: t["public_outcome"], Did: t["public_did"], Comment: t["comment"]}
	v.Organ, v.Place = o.organName(lang, v.OrganKey), o.divisionName(lang, v.PlaceKey)
	if v.FindingIs != "" {
		v.Finding = w.value("result", v.FindingIs)
	}
	for _, k := range v.KindKeys {
		v.Kinds = append(v.Kinds, w.value(problemField, k))
	}
	v.Changed = changedAt(st)
	last, _ := st.LastOf(publishIt)
	if last.Seq != st.Done[first].Seq {
		v.Corrected = last.On.Day
	}
	if done, any := st.LastOf(withdrawIt); any && st.Stage == withdrawn {
		v.Withdrawn = &WithdrawnView{On: done.On.Day, Why: w.value("withdrawn_for", st.Facts.Text("withdrawn_for"))}
		v.Title, v.Corrected = i18n.T(lang, "office.disclosure.withdrawn"), 0
		return v, true
	}
	v.Hidden = o.hiddenIn(lang, v.Title, v.Summary, v.Result, v.Did)
	return v, v.Title != ""
}

// hiddenIn counts the marks in published texts by kind.
func (o *Office) hiddenIn(lang i18n.Lang, texts ...string) []HiddenView {
	var out []HiddenView
	all := strings.Join(texts, "\n")
	for _, k := range disclosure.Kinds {
		if n := strings.Count(all, o.markOf(k)); n > 0 {
			out = append(out, HiddenView{Kind: i18n.T(lang, "office.disclosure.kind."+string(k)), Times: n})
		}
	}
	return out
}

// publicPlace is a place no finer than its county: a street may tell who complained.
func publicPlace(code string) string { return code[:min(county, len(code))] }
