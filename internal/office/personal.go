package office

import (
	"context"
	"errors"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"yifa/internal/i18n"
	"yifa/internal/identity"
	"yifa/internal/matter"
	"yifa/internal/procedure"
	"yifa/internal/store"
)

// Kinds of personal data, as forms name them.
const (
	personalName  = "name"
	personalPhone = "phone"
	personalEmail = "email"
	personalID    = "id_number"
	creditCode    = "credit_code" // of a firm or a shop: public, but who deals with which office is not
	handedNumber  = "handed_number"
)

// lastShown is how many characters at the end of a number a mask leaves.
const lastShown = 4

// masked is personal data as it shows without a reason: enough to tell one person from another on the telephone, not
// enough to find him.
func masked(kind, value string) string {
	r := []rune(value)
	switch kind {
	case personalName:
		if len(r) > 1 {
			return string(r[:1]) + strings.Repeat("*", len(r)-1)
		}
	case personalEmail:
		if at := strings.LastIndexByte(value, '@'); at > 0 {
			_, size := utf8.DecodeRuneInString(value)
			return value[:size] + "***" + value[at:]
		}
	case personalPhone, personalID, creditCode:
		if len(r) > 2*lastShown {
			return strings.Repeat("*", len(r)-lastShown) + string(r[len(r)-lastShown:])
		}
	}
	return strings.Repeat("*", max(len(r), lastShown))
}

// Lengths of numbers.
const (
	idNumberLength  = 18
	shortestPhone   = 7
	longestPhone    = 15
	chinaPhoneStart = "86"
	mobileLength    = 11
)

// plainNumber is a number as it is looked up: digits in ASCII, the last letter of an identity number large, without
// the prefix of China. "" where it is none of the kind.
func plainNumber(kind, value string) string {
	switch kind {
	case creditCode:
		code, _ := identity.ParseCreditCode(value)
		return code
	case handedNumber:
		return plainReference(value)
	}
	var b strings.Builder
	for _, c := range value {
		switch {
		case c >= '０' && c <= '９':
			c -= '０' - '0'
		case c == 'x' || c == 'Ｘ' || c == 'ｘ':
			c = 'X'
		}
		if c >= '0' && c <= '9' || c == 'X' {
			b.WriteRune(c)
		}
	}
	n := b.String()
	switch kind {
	case personalID:
		if len(n) == idNumberLength && !strings.Contains(n[:idNumberLength-1], "X") {
			return n
		}
	case personalPhone:
		n = strings.TrimLeft(n, "0")
		if rest, found := strings.CutPrefix(n, chinaPhoneStart); found && len(rest) == mobileLength {
			n = rest
		}
		if len(n) >= shortestPhone && len(n) <= longestPhone && !strings.Contains(n, "X") {
			return n
		}
	}
	return ""
}

// plainReference is a reference of another organ as it is compared: narrow, large, without spaces.
func plainReference(value string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsSpace(r) {
			return -1
		}
		return r
	}, strings.ToUpper(norm.NFKC.String(value)))
}

// blinds are the keyed hashes by which an entry lets its matter be found.
func (o *Office) blinds(form *procedure.Form, seq int, parts []matter.Part) []store.Personal {
	if form == nil {
		return nil
	}
	var out []store.Personal
	for _, part := range parts {
		for _, f := range form.Fields {
			if n := plainNumber(f.Personal, part.Fields[f.Name]); n != "" && f.Class == part.Class {
				out = append(out, store.Personal{Blind: o.vault.BlindIndex(f.Personal, n), Seq: seq})
			}
		}
	}
	return out
}

// formOf is the form an entry was answered by, nil where it had none.
func (o *Office) formOf(e matter.Entry) *procedure.Form {
	p, _ := o.law.ByHash(e.Hash)
	if p == nil || e.Kind == matter.KindDocument {
		return nil
	}
	if acts := p.Acts(e.Act); len(acts) > 0 {
		return p.Form(acts[0])
	}
	return nil
}

// foundMost is how many matters one number is looked through for.
const foundMost = 200

// FindPerson finds, by a whole telephone or identity number, the matters whose filer's identity is open to the reader,
// newest last. Each one found is a line of the read log. What is not open to him is not there.
func (o *Office) FindPerson(ctx context.Context, r Reader, number, why string) ([]Brief, error) {
	bad := BadFields{}
	if plainNumber(personalPhone, number) == "" && plainNumber(personalID, number) == "" {
		bad["number"] = i18n.T(r.Lang, "personal.number_bad")
	}
	if !slices.Contains(Purposes, why) {
		bad["why"] = i18n.T(r.Lang, "personal.why_bad")
	}
	if len(bad) > 0 {
		return nil, bad
	}
	var ids []matter.ID
	err := o.db.Read(ctx, func(q *store.Query) error {
		for _, kind := range []string{personalPhone, personalID} {
			n := plainNumber(kind, number)
			if n == "" {
				continue
			}
			some, err := q.FindPersonal(ctx, o.vault.BlindIndex(kind, n), foundMost)
			if err != nil {
				return err
			}
			ids = append(ids, some...)
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	var out []Brief
	for _, id := range ids {
		var b Brief
		err := o.db.Write(ctx, func(tx *store.Tx) error {
			d, err := o.open(ctx, &tx.Query, r, id)
			if err != nil {
				return err
			}
			if !d.mayKnowFiler() {
				return ErrNotFound
			}
			b = d.view().Brief
			return o.noteRead(ctx, tx, d, readNote{Seq: 1, Class: matter.Sealed, What: "found", Why: why})
		})
		if errors.Is(notFound(err), ErrNotFound) {
			continue
		}
		if err != nil {
			return nil, err
		}
		out = append(out, b)
	}
	return out, nil
}

// personal holds the numbers a matter is found by to those its parts give.
func (v *verifier) personal(ctx context.Context, id matter.ID, found []store.Personal) error {
	stored, err := v.q.PersonalOf(ctx, id)
	if err != nil {
		return err
	}
	if !sameSet(stored, found) {
		return v.differ("matter %s: the numbers it is found by are not those of its record", id)
	}
	return nil
}
