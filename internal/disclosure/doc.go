// Package disclosure finds in a text that is to be published what may tell who somebody is, says of each place what it
// looks like and why, and hides it behind a mark that everybody sees. It would rather mark too much: a person says what
// may stay, and why. It opens no matter, knows no language of pages and asks nobody; its answers depend on the text alone.
package disclosure

import (
	"cmp"
	"slices"
	"strings"
)

// Kind is what a marked place looks like.
type Kind string

// Kinds, the surest first: where two claim the same place, the longer one has it, then the one that stands earlier here.
const (
	Email       Kind = "email"
	IDNumber    Kind = "id_number"
	CreditCode  Kind = "credit_code"
	Plate       Kind = "plate"
	Phone       Kind = "phone"
	BankCard    Kind = "bank_card"
	Certificate Kind = "certificate"
	Account     Kind = "account"
	CaseNumber  Kind = "case_number"
	Birth       Kind = "birth"
	Shop        Kind = "shop"
	Address     Kind = "address"
	Name        Kind = "name"
	Number      Kind = "number"
	Other       Kind = "other" // marked by a person
)

// Kinds lists them all.
var Kinds = []Kind{Email, IDNumber, CreditCode, Plate, Phone, BankCard, Certificate, Account, CaseNumber, Birth, Shop, Address, Name, Number, Other}

// Why is the rule by which a place was marked.
type Why string

// Reasons.
const (
	ByShape   Why = "shape"    // it is written like one
	ByCheck   Why = "check"    // its check digit is right
	ByWord    Why = "word"     // a word beside it says so
	BySurname Why = "surname"  // a surname, and what stands around it
	ByTitle   Why = "title"    // a surname before a title
	ByEnding  Why = "ending"   // it ends as names of shops and companies do
	ByPerson  Why = "by_hand"  // somebody marked it
	ByLength  Why = "digits"   // so many digits in a row tell one thing apart
	ByPlace   Why = "building" // finer than a street
)

// Mark is one place of a text: bytes From to To.
type Mark struct {
	Kind     Kind
	Why      Why
	From, To int
	Text     string
}

// Find marks a text, from left to right; marks never overlap.
func Find(text string) []Mark {
	t := plain(text)
	var all []Mark
	for _, rule := range rules {
		all = append(all, rule(t)...)
	}
	return t.settle(all)
}

// Wish is what a person says of words: to hide them wherever they stand, or that they may stay.
type Wish struct {
	Words string
	Kind  Kind // of what is hidden; empty: the words stay
}

// FindWith marks a text as Find does, hides what persons want hidden, and leaves what they want to keep.
func FindWith(text string, wishes []Wish) []Mark {
	var own []Mark
	for _, w := range wishes {
		for at := 0; w.Kind != "" && w.Words != ""; {
			i := strings.Index(text[at:], w.Words)
			if i < 0 {
				break
			}
			own = append(own, Mark{Kind: w.Kind, Why: ByPerson, From: at + i, To: at + i + len(w.Words), Text: w.Words})
			at += i + len(w.Words)
		}
	}
	for _, m := range Find(text) {
		kept := slices.ContainsFunc(wishes, func(w Wish) bool { return w.Kind == "" && w.Words == m.Text })
		if !kept {
			own = append(own, m)
		}
	}
	slices.SortStableFunc(own, func(a, b Mark) int { return cmp.Or(cmp.Compare(a.From, b.From), cmp.Compare(b.To, a.To)) })
	return apart(own)
}

func (m Mark) meets(other Mark) bool { return m.From < other.To && other.From < m.To }

// apart takes out marks that begin within the one before them, and lengthens that one to hold them.
func apart(marks []Mark) []Mark {
	var out []Mark
	for _, m := range marks {
		if n := len(out); n > 0 && m.From < out[n-1].To {
			if m.To > out[n-1].To {
				out[n-1].Text += m.Text[len(m.Text)-(m.To-out[n-1].To):]
				out[n-1].To = m.To
			}
			continue
		}
		out = append(out, m)
	}
	return out
}

// Hide puts a visible mark in the place of each thing marked.
func Hide(text string, marks []Mark, mark func(Kind) string) string {
	var b strings.Builder
	at := 0
	for _, m := range marks {
		b.WriteString(text[at:m.From])
		b.WriteString(mark(m.Kind))
		at = m.To
	}
	b.WriteString(text[at:])
	return b.String()
}
