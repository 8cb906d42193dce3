package office

import (
	"context"
	"strings"

	"yifa/internal/i18n"
	"yifa/internal/store"
)

// organHits is how many organs a search offers.
const organHits = 12

// FindOrgans finds organs of which every word typed stands in the name or the place. Whoever types a
// certificate or case number is told to go on without: such a number is passed to the staff.
func (o *Office) FindOrgans(ctx context.Context, typed string, lang i18n.Lang) ([]OrganHit, error) {
	var reg *register
	err := o.db.Read(ctx, func(q *store.Query) (err error) {
		reg, err = o.registers(ctx, q)
		return err
	})
	if err != nil {
		return nil, err
	}
	words := strings.Fields(typed)
	var out []OrganHit
	for _, key := range sortedKeys(reg.InForce) {
		organ := reg.InForce[key]
		place := o.divisionName(lang, organ.Division)
		if len(words) == 0 || !hasAll(organ.Name+" "+o.nameIn(lang, organ.Name)+" "+place+" "+key, words) {
			continue
		}
		out = append(out, OrganHit{Key: key, Name: o.nameIn(lang, organ.Name), Hint: place, Kind: "organ"})
		if len(out) == organHits {
			break
		}
	}
	return out, nil
}

// hasAll looks for each word, or for the characters of a word in order: 白沙城管 finds 白沙街道城管.
func hasAll(text string, words []string) bool {
	for _, w := range words {
		if !strings.Contains(text, w) && !inOrder(text, w) {
			return false
		}
	}
	return true
}

func inOrder(text, word string) bool {
	rest := text
	for _, r := range word {
		i := strings.IndexRune(rest, r)
		if i < 0 {
			return false
		}
		rest = rest[i+len(string(r)):]
	}
	return true
}

// OrganName is the name of an organ, or "" where there is none.
func (o *Office) OrganName(lang i18n.Lang, key string) string { return o.organName(lang, key) }
