package demo

import (
	_ "embed"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"yifa/internal/calendar"
	"yifa/internal/procedure/worked"
)

//go:embed texts.yaml
var textsYAML []byte

// telling is one set of words for a kind of problem.
type telling struct {
	Organs  []string `yaml:"organs"` // kinds of organ it can be about, best first
	Months  []int    `yaml:"months"` // when it is mostly heard of; empty: always
	In      []string `yaml:"in"`     // counties it can be in; empty: every one
	Title   string   `yaml:"title"`
	Summary string   `yaml:"summary"`
	Account string   `yaml:"account"`
	Wish    string   `yaml:"wish"`
	Place   string   `yaml:"place"`
	Found   string   `yaml:"found"`
	Done    string   `yaml:"done"`

	kind string // of problem
	last int    // the story it was last used for
	near map[string]int
}

// teller finds the words of stories.
type teller struct {
	Schema  int                   `yaml:"schema"`
	Texts   map[string][]*telling `yaml:"texts"`
	Acts    map[string][]string   `yaml:"acts"`
	Grounds map[string]string     `yaml:"grounds"`

	about map[string]bool // the procedures whose title and summary are the telling's; parts of a matter keep their own
	told  int
}

// readTexts reads texts.yaml for stories told by these procedures.
func readTexts(usual map[string]map[string]int) (*teller, error) {
	t := &teller{about: map[string]bool{}}
	for id := range usual {
		t.about[id] = true
	}
	if err := strict(textsYAML, t); err != nil {
		return nil, fmt.Errorf("demo: texts: %w", err)
	}
	for kind, pool := range t.Texts {
		for _, one := range pool {
			one.kind, one.near = kind, map[string]int{}
		}
	}
	return t, nil
}

// apart are the kinds of problem that take another way than the rest: their stories keep their kind.
var apart = []string{"praise", "consumer_dispute", "violation_report", "petition", "emergency"}

// choose is the telling that was used longest ago in a county, of those that suit the case and the month.
func (t *teller) choose(x plot) telling {
	kind := problem(x.one)
	var best *telling
	old := func(one *telling) int {
		age := 3*(t.told-one.near[x.county]) + t.told - one.last
		if one.near[x.county] == 0 {
			age += 1000
		}
		if slices.Contains(one.Months, int(monthOf(x.begin))) {
			age += 40
		} else if len(one.Months) > 0 {
			age -= 400
		}
		return age
	}
	for _, k := range sortedKinds(t.Texts) {
		if k != kind && (slices.Contains(apart, kind) || slices.Contains(apart, k)) {
			continue
		}
		for _, one := range t.Texts[k] {
			fits := len(one.In) == 0 || slices.Contains(one.In, x.county)
			if x.organ != "" {
				fits = fits && slices.Contains(one.Organs, x.organ)
			}
			if fits && (best == nil || old(one) > old(best)) {
				best = one
			}
		}
	}
	if best == nil {
		return telling{}
	}
	t.told++
	best.last, best.near[x.county] = t.told, t.told
	return *best
}

func monthOf(d calendar.Date) time.Month {
	_, m, _ := d.YMD()
	return m
}

func sortedKinds(m map[string][]*telling) []string {
	var out []string
	for k := range m {
		out = append(out, k)
	}
	slices.Sort(out)
	return out
}

// problem is the first kind of problem a case names.
func problem(one worked.Case) string {
	for _, l := range one.Lines {
		if l.Step != nil && len(l.Step.Fields["problem"]) > 0 {
			return l.Step.Fields["problem"][0]
		}
	}
	return ""
}

// speaker words the texts of one story. Where the telling or the acts say nothing, the case keeps its own words.
func (t *teller) speaker(x plot, one telling, n int) func(s worked.Step, field, text string) string {
	if x.own || one.Title == "" {
		return nil
	}
	ground := t.Grounds[one.kind]
	if ground == "" {
		ground = t.Grounds["any"]
	}
	fill := strings.NewReplacer("{title}", one.Title, "{summary}", one.Summary, "{place}", one.Place, "{found}", one.Found,
		"{done}", one.Done, "{grounds}", ground, "{n}", strconv.Itoa(n))
	own := map[string]string{"title": one.Title, "summary": one.Summary, "account": one.Account, "wish": one.Wish, "place": one.Place}
	return func(s worked.Step, field, text string) string {
		key := s.Act + "." + field
		if w := own[field]; w != "" && t.about[s.Procedure.ID] && len(t.Acts[key]) == 0 {
			return w
		}
		said := t.Acts[key]
		for _, of := range []string{outcome(x.one, s.Today()), first(s.Fields["result"]), first(s.Fields["measure"]), first(s.Fields["finding"]), first(s.Fields["score"])} {
			if special := t.Acts[key+"/"+of]; len(special) > 0 && of != "" {
				said = special
			}
		}
		if len(said) == 0 {
			return text
		}
		return fill.Replace(said[n%len(said)])
	}
}

// outcome is the last result or finding of a case up to a day, or the first one after it.
func outcome(one worked.Case, on calendar.Date) string {
	out := ""
	for _, l := range one.Lines {
		if l.Step == nil || l.Step.Refused != nil {
			continue
		}
		for _, field := range []string{"result", "finding"} {
			if v := first(l.Step.Fields[field]); v != "" && (out == "" || l.Step.Today() <= on) {
				out = v
			}
		}
		if l.Step.Act == "conclude_unrectified" && l.Step.Today() <= on {
			out = "unrectified"
		}
	}
	return out
}

func first(list []string) string {
	if len(list) == 0 {
		return ""
	}
	return list[0]
}
