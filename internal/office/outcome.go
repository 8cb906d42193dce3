package office

import (
	"context"
	"maps"
	"slices"
	"strings"

	"yifa/internal/disclosure"
	"yifa/internal/i18n"
	"yifa/internal/matter"
	"yifa/internal/store"
)

// published is the key under which published outcomes are open to everybody: their public part only.
const published = "public"

// Outcome is one published result, or ErrNotFound.
func (o *Office) Outcome(ctx context.Context, lang i18n.Lang, id matter.ID) (Outcome, error) {
	var out []Outcome
	err := o.db.Read(ctx, func(q *store.Query) error {
		rights, err := q.May(ctx, id, o.accessReader([]string{published}))
		if err != nil {
			return err
		}
		if !rights.Read {
			return ErrNotFound
		}
		out, err = o.outcomes(ctx, q, lang, []matter.ID{id})
		return err
	})
	if err == nil && len(out) == 0 {
		err = ErrNotFound
	}
	if err != nil {
		return Outcome{}, notFound(err)
	}
	return out[0], nil
}

// outcomes reads nothing but clear facts and the public parts that stand: of the last act of publishing, and of the
// head's comment while the case is a typical one. Of what was withdrawn it reads no text.
func (o *Office) outcomes(ctx context.Context, q *store.Query, lang i18n.Lang, ids []matter.ID) ([]Outcome, error) {
	states, err := q.StatesOf(ctx, ids)
	if err != nil {
		return nil, err
	}
	texts := map[matter.ID]map[string]string{}
	err = q.EachPartOf(ctx, ids, []matter.Class{matter.Public}, func(p store.StoredPart) error {
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
	v := Outcome{ID: st.ID, On: st.Done[first].On.Day, At: st.Done[first].On, Place: o.countyName(lang, st.Facts.Text("division")), OrganKey: st.Facts.Text("complained_organ"),
		FindingIs: st.Facts.Text("result"), Title: t["public_title"], Summary: t["public_summary"], Result: t["public_outcome"], Did: t["public_did"], Comment: t["comment"]}
	v.Organ = o.organName(lang, v.OrganKey)
	if v.FindingIs != "" {
		v.Finding = w.value("result", v.FindingIs)
	}
	for _, k := range st.Facts.List(problemField) {
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

// countyName is a place no finer than its county: a street may tell who complained.
func (o *Office) countyName(lang i18n.Lang, code string) string {
	if len(code) > 6 {
		code = code[:6]
	}
	return o.divisionName(lang, code)
}
