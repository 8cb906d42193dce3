package office

import (
	"context"
	"maps"
	"slices"
	"strings"

	"yifa/internal/calendar"
	"yifa/internal/i18n"
	"yifa/internal/matter"
	"yifa/internal/procedure"
	"yifa/internal/store"
)

// This file lists published results for everybody: by a projection that follows from the matters of publishing and holds
// nothing but what their pages show.

// outcomesAs is the rule by which the projection is made; another one has it made again.
const outcomesAs = "outcomes 1"

// outcomeMark stands, as a token no query can ask for, in the index of the text of a published result: what is looked
// for among results is not looked for in everything else first.
const outcomeMark = "\x00outcome"

// noticed are the acts of publishing by which what everybody sees changes.
var noticed = []string{publishIt, withdrawIt, chooseIt, unchooseIt}

// changedAt is when what everybody sees of a result last changed; of an act whose hour is not known, the first minute of
// its day, as lists keep it.
func changedAt(st matter.State) (at calendar.Moment) {
	for _, d := range st.Done {
		if slices.Contains(noticed, d.Act) {
			at = calendar.Moment{Day: d.On.Day, Minute: max(d.On.Minute, 0)}
		}
	}
	return at
}

// listedOutcome is what lists know of a matter of publishing; nil of any other, of one that was never published, and of
// one whose public text was destroyed.
func listedOutcome(st matter.State) *store.Outcome {
	id, _, _ := strings.Cut(st.Procedure, "@")
	first := slices.IndexFunc(st.Done, func(d matter.Done) bool { return d.Act == publishIt })
	if id != disclosureOf || first < 0 {
		return nil
	}
	last, _ := st.LastOf(publishIt)
	if st.IsGone(matter.PartName(last.Seq, matter.Public, "")) {
		return nil
	}
	return &store.Outcome{Day: st.Done[first].On.Day, Changed: changedAt(st), Kinds: st.Facts.List(problemField), Organ: st.Facts.Text("complained_organ"),
		Place: countyCode(st.Facts.Text("division")), Result: st.Facts.Text("result"), Typical: st.Facts.Bool("typical"), Withdrawn: st.Stage == withdrawn}
}

// publish writes the row of a result as it stands.
func (b *batch) publish(ctx context.Context, st matter.State, p *procedure.Procedure) error {
	if p.ID != disclosureOf {
		return nil
	}
	before, now := listedOutcome(b.before[st.ID]), listedOutcome(st)
	if !same(now, before) {
		if err := b.tx.PutOutcome(ctx, st.ID, now); err != nil {
			return err
		}
	}
	if same(now, before) && timesNoticed(st) == timesNoticed(b.before[st.ID]) {
		return nil
	}
	return b.noteOutcome(ctx, st.ID)
}

// timesNoticed counts the acts by which what everybody sees changed: two in one minute leave the same row.
func timesNoticed(st matter.State) (n int) {
	for _, d := range st.Done {
		if slices.Contains(noticed, d.Act) {
			n++
		}
	}
	return n
}

func putOutcomes(ctx context.Context, tx *store.Tx, listed map[matter.ID]*store.Outcome) error {
	for _, id := range slices.Sorted(maps.Keys(listed)) {
		if err := tx.PutOutcome(ctx, id, listed[id]); err != nil {
			return err
		}
	}
	return nil
}

// Outcomes is a page of results made public that fit a filter, the latest first.
func (o *Office) Outcomes(ctx context.Context, lang i18n.Lang, f OutcomeFilter) (OutcomesView, error) {
	var v OutcomesView
	err := o.db.Read(ctx, func(q *store.Query) error {
		organs, err := q.OutcomeOrgans(ctx)
		if err != nil {
			return err
		}
		v = o.outcomeChoices(lang, organs, f)
		want := o.outcomeFilter(lang, v.Filter)
		want.After, want.Limit = placeIn(v.Filter.After).Cursor, listPage+1
		places, total, err := outcomePage(ctx, q, want)
		if err != nil {
			return err
		}
		v.Total = total
		v.More = v.Total == countedOutcomes
		if len(places) > listPage {
			places = places[:listPage]
			last := places[listPage-1]
			v.Next = placeText(listPlace{Cursor: store.Cursor{Day: last.Day, ID: last.ID}})
		}
		v.Rows, err = o.outcomesAt(ctx, q, lang, places)
		return err
	})
	return v, err
}

// outcomePage is the places of a page, one more where there is another page, and how many there are in all. Where words
// are looked for, the text index is asked once for both: to go through what it finds is what costs.
func outcomePage(ctx context.Context, q *store.Query, want store.OutcomeFilter) ([]store.OutcomePlace, int, error) {
	if len(want.Text) > 0 {
		all := want
		all.After, all.Limit = store.Cursor{}, countedOutcomes
		places, err := q.Outcomes(ctx, all)
		from := 0
		if want.After != (store.Cursor{}) {
			from = slices.IndexFunc(places, func(p store.OutcomePlace) bool {
				return p.Day < want.After.Day || p.Day == want.After.Day && p.ID < want.After.ID
			})
		}
		if err != nil || from < 0 {
			return nil, len(places), err
		}
		return places[from:min(from+want.Limit, len(places))], len(places), nil
	}
	places, err := q.Outcomes(ctx, want)
	if err != nil || len(places) < want.Limit && want.After == (store.Cursor{}) { // then the page is all there is
		return places, len(places), err
	}
	want.Limit = countedOutcomes
	total, err := q.CountOutcomes(ctx, want)
	return places, total, err
}

// countedOutcomes is up to how many results of a filter are counted.
const countedOutcomes = 10000

// LatestOutcomes are the results that changed last, of those that fit a filter, the last one first: what a feed holds.
// ErrNotFound where the filter asks for what there is not.
func (o *Office) LatestOutcomes(ctx context.Context, lang i18n.Lang, f OutcomeFilter, limit int) (OutcomesView, error) {
	var v OutcomesView
	f.After, f.Words = "", strings.Join(strings.Fields(f.Words), " ")
	err := o.db.Read(ctx, func(q *store.Query) error {
		organs, err := q.OutcomeOrgans(ctx)
		if err != nil {
			return err
		}
		if v = o.outcomeChoices(lang, organs, f); v.Filter != f {
			return ErrNotFound // a feed of something else would be followed without anybody noticing
		}
		want := o.outcomeFilter(lang, v.Filter)
		want.Changed, want.Limit = true, limit
		places, err := q.Outcomes(ctx, want)
		if err != nil {
			return err
		}
		v.Rows, err = o.outcomesAt(ctx, q, lang, places)
		return err
	})
	return v, err
}

func (o *Office) outcomesAt(ctx context.Context, q *store.Query, lang i18n.Lang, places []store.OutcomePlace) ([]Outcome, error) {
	if len(places) == 0 {
		return nil, nil
	}
	ids := make([]matter.ID, len(places))
	for i, p := range places {
		ids[i] = p.ID
	}
	return o.outcomes(ctx, q, lang, ids)
}

// outcomeFilter is a filter that was understood, as the store takes it.
func (o *Office) outcomeFilter(lang i18n.Lang, f OutcomeFilter) store.OutcomeFilter {
	out := store.OutcomeFilter{Kind: f.Kind, Organ: f.Organ, Place: f.Place, Result: f.Result, Typical: f.Only == onlyTypical}
	if f.Period != "" {
		p := o.Period(lang, f.Period)
		out.From, out.To = p.From, p.To
	}
	if words := o.phrases(f.Words); len(words) > 0 {
		words = words[:min(len(words), maxPhrases-1)]
		out.Text = append(words, store.Phrase{Char: o.vault.SearchToken(outcomeMark)})
	}
	return out
}

// onlyTypical asks for typical cases alone.
const onlyTypical = "typical"

// understood leaves of a filter what there is.
func (v OutcomesView) understood(f OutcomeFilter) OutcomeFilter {
	for _, c := range []struct {
		value   *string
		choices []Choice
	}{{&f.Organ, v.Organs}, {&f.Place, v.Places}, {&f.Kind, v.Kinds}, {&f.Result, v.Results}, {&f.Period, v.Periods}} {
		if !slices.ContainsFunc(c.choices, func(x Choice) bool { return x.Value == *c.value }) {
			*c.value = ""
		}
	}
	if f.Only != onlyTypical {
		f.Only = ""
	}
	return f
}

// outcomeChoices are what may be asked (organs of which anything was published, counties, kinds of problem, findings,
// periods), and what of a filter is.
func (o *Office) outcomeChoices(lang i18n.Lang, organs []string, f OutcomeFilter) (v OutcomesView) {
	if asked := f.Organ; !slices.Contains(organs, asked) && o.organName(lang, asked) != "" {
		organs = append(organs, asked) // nothing was published of it yet
	}
	for _, key := range organs {
		v.Organs = append(v.Organs, Choice{key, o.organName(lang, key)})
	}
	slices.SortFunc(v.Organs, func(a, b Choice) int { return strings.Compare(a.Label, b.Label) })
	for _, d := range o.places.All() {
		if d.Formal && len(d.Code) == countyDigits && !strings.HasSuffix(d.Code, "00") { // GB/T 2260: a city ends in 00
			v.Places = append(v.Places, Choice{d.Code, o.divisionName(lang, d.Code)})
		}
	}
	for _, period := range o.Periods(lang) {
		v.Periods = append(v.Periods, Choice{period.Key, period.Label})
	}
	if p, err := o.law.Procedure(disclosureOf, o.Today()); err == nil {
		w := words{o, p, lang}
		for _, k := range p.Facts.Get(problemField).Options {
			v.Kinds = append(v.Kinds, Choice{k, w.value(problemField, k)})
		}
		for _, k := range p.Facts.Get("result").Options {
			v.Results = append(v.Results, Choice{k, w.value("result", k)})
		}
	}
	if f.Words = strings.Join(strings.Fields(f.Words), " "); !isText(f.Words) || len(o.phrases(f.Words)) == 0 {
		f.Words = ""
	}
	v.Filter = v.understood(f)
	return v
}

// Said is what a list of published results is narrowed to, in words; nothing where it is not.
func (v OutcomesView) Said(lang i18n.Lang) (said []string) {
	if v.Filter.Words != "" {
		said = append(said, i18n.T(lang, "portal.outcomes_with", "words", v.Filter.Words))
	}
	for _, c := range []struct {
		value   string
		choices []Choice
	}{{v.Filter.Organ, v.Organs}, {v.Filter.Place, v.Places}, {v.Filter.Kind, v.Kinds}, {v.Filter.Result, v.Results}, {v.Filter.Period, v.Periods}} {
		if i := slices.IndexFunc(c.choices, func(x Choice) bool { return c.value != "" && x.Value == c.value }); i >= 0 {
			said = append(said, c.choices[i].Label)
		}
	}
	if v.Filter.Only != "" {
		said = append(said, i18n.T(lang, "portal.outcome_typical"))
	}
	return said
}
