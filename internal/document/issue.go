package document

import (
	"errors"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"
	"time"

	"yifa/internal/calendar"
)

// Filling is what a paper of the catalogue is filled with.
type Filling struct {
	Day   calendar.Date     // of the paper: it decides which version of a term and of a remedy holds
	Facts map[string]string // what remedies are chosen by, beside what the kind says of itself
	Value Value             // fields, those of Given too
}

// ErrMissing: a paper lacks what the law demands of it.
var ErrMissing = errors.New("document: a mandatory field is empty")

// facts are those of a filling and those that are so of every paper of the kind.
func (k Kind) facts(f Filling) map[string]string {
	all := maps.Clone(k.Facts)
	if all == nil {
		all = map[string]string{}
	}
	for name, value := range f.Facts {
		if _, fixed := k.Facts[name]; !fixed {
			all[name] = value
		}
	}
	return all
}

// Missing are the mandatory fields that have no value, by name in the order of the text, and the remedies it must bear
// but has none of ("remedy:relief"). A paper with one of them cannot be issued.
func (k Kind) Missing(f Filling) []string {
	refs := k.Template.refs()
	var out []string
	for _, family := range k.Remedy {
		if r, err := k.catalogue.Remedy(family, f.Day, k.facts(f)); err == nil {
			refs = append(refs, r.refs()...)
		} else {
			out = append(out, remedyRef+":"+family)
		}
	}
	for _, one := range refs {
		if one.name == termRef || one.name == remedyRef || slices.Contains(out, one.name) {
			continue
		}
		declared, own := k.Fields[one.name]
		if demanded := own && !declared.Optional || !own && mustKnow[one.name]; demanded && strings.TrimSpace(f.Value(one.name, one.of)) == "" {
			out = append(out, one.name)
		}
	}
	return out
}

// mustKnow are given fields without which a party is not told whom to turn to.
var mustKnow = map[string]bool{"organ": true, "government": true, "review_body": true, "court": true}

// Fill is the paper as far as it is filled in.
func (k Kind) Fill(f Filling) Paper { return k.Template.Fill(k.value(f)) }

// Issue is the paper, or ErrMissing with the labels of what it lacks.
func (k Kind) Issue(f Filling) (Paper, error) {
	missing := k.Missing(f)
	if len(missing) == 0 {
		return k.Fill(f), nil
	}
	for i, name := range missing {
		if label := k.Fields[name].Label; label != "" {
			missing[i] = label
		}
	}
	return Paper{}, fmt.Errorf("%w: %s: %s", ErrMissing, k.Title, strings.Join(missing, ", "))
}

// value gives the fields of a filling, and the words of terms and remedies.
func (k Kind) value(f Filling) Value {
	return func(name, of string) string {
		switch name {
		case termRef:
			return k.catalogue.term(of, f.Day)
		case remedyRef:
			if r, err := k.catalogue.Remedy(of, f.Day, k.facts(f)); err == nil {
				return k.catalogue.Words(r, f.Day, f.Value)
			}
			return ""
		}
		return f.Value(name, of)
	}
}

// Sample is the paper filled with its own examples.
func (k Kind) Sample() Paper {
	f := k.Example()
	p := k.Fill(f)
	if k.Signs != byParty {
		y, m, d := f.Day.YMD()
		p.Signature = Signature{By: "甄某某（负责人）", At: fmt.Sprintf("%d年%d月%d日 9时30分", y, m, d), Proved: "密码、动态口令",
			Entry: "第9条", Log: "yifa/0123456789abcdef", Place: "第48213位", Print: strings.Repeat("0123456789abcdef", 4)}
	}
	return p
}

// Example fills a paper with its own examples.
func (k Kind) Example() Filling {
	given := func(name string) string {
		if v, ok := k.Given[name]; ok {
			return v
		}
		return Given[name]
	}
	var y, m, d int
	day := k.From
	if _, err := fmt.Sscanf(given("day"), "%d年%d月%d日", &y, &m, &d); err == nil {
		day = calendar.New(y, time.Month(m), d)
	}
	number := strings.NewReplacer("{short}", given("short"), "{year}", strconv.Itoa(y), "{n}", strconv.Itoa(k.No)).Replace(k.Series)
	return Filling{Day: day, Facts: k.Facts, Value: func(name, _ string) string {
		if f, declared := k.Fields[name]; declared {
			return f.Example
		}
		if name == "document_number" && given(name) == "" {
			return number
		}
		return given(name)
	}}
}
