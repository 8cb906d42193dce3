package office

import (
	"crypto/sha256"
	"encoding/hex"
	"slices"
	"strings"

	"yifa/internal/calendar"
	"yifa/internal/lawtext"
	"yifa/internal/statute"
)

// withinYear is how long after its adoption a statute is looked for among our versions, where the text does not say
// when it takes effect. Statutes of China do within a year.
const withinYear = 366

// titleKey is what two titles must share to be of one statute: 行政处罚法 and 中华人民共和国行政处罚法 do.
func titleKey(title string) string {
	title = strings.NewReplacer("〈", "", "〉", "", "<", "", ">", "", "“", "", "”", "", "\"", "", "(", "（", ")", "）", "－", "-", "—", "-").Replace(lawtext.CleanTitle(title))
	return strings.TrimPrefix(strings.TrimPrefix(title, "中华人民共和国"), "中華人民共和國")
}

// ownKey is the key of a statute that law/statutes does not hold: x and twelve hexadecimal digits.
func ownKey(title string) string {
	sum := sha256.Sum256([]byte(titleKey(title)))
	return "x" + hex.EncodeToString(sum[:6])
}

// standsUnder says under which key and day a text stands, and whether that is the day it took effect.
func standsUnder(all []statute.Statute, t lawtext.Text) (key string, day calendar.Date, effective bool) {
	day, effective = t.From, t.From != 0
	if !effective {
		day = t.Adopted
	}
	var same []statute.Statute
	for _, s := range all {
		if titleKey(s.Title) == titleKey(t.Title) || titleKey(s.Short) == titleKey(t.Title) {
			same = append(same, s)
		}
	}
	if len(same) == 0 {
		return ownKey(t.Title), day, effective
	}
	for _, s := range same { // one of our versions itself
		for _, v := range s.Versions {
			if effective && v.From == day || !effective && v.From >= t.Adopted && v.From <= t.Adopted.AddDays(withinYear) && t.Adopted != 0 {
				return s.Key, v.From, true
			}
		}
	}
	// Two keys may share a title, the old text and the new: it is of the one that had begun last.
	slices.SortFunc(same, func(a, b statute.Statute) int { return int(a.Versions[0].From - b.Versions[0].From) })
	key = same[0].Key
	for _, s := range same {
		if s.Versions[0].From <= day {
			key = s.Key
		}
	}
	return key, day, effective
}
