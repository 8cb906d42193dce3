package office

import (
	"slices"
	"strings"

	"yifa/internal/i18n"
)

// divisionName is a place with its county: 蓬江区白沙街道.
func (o *Office) divisionName(lang i18n.Lang, code string) string {
	d, known := o.places.Of(code)
	if !known {
		return ""
	}
	if len(code) > 6 {
		if county, known := o.places.Of(code[:6]); known {
			return county.Words(string(lang)) + gap(lang) + d.Words(string(lang))
		}
	}
	return d.Words(string(lang))
}

// townName is a place without its county: 白沙街道.
func (o *Office) townName(lang i18n.Lang, code string) string {
	d, known := o.places.Of(code)
	if !known {
		return ""
	}
	return d.Words(string(lang))
}

// divisionOptions are the city, its counties and their towns and streets.
func (o *Office) divisionOptions(lang i18n.Lang) []OptionView {
	var out []OptionView
	for _, d := range o.places.All() {
		if len(d.Code) <= 9 && d.Formal {
			out = append(out, OptionView{Value: d.Code, Label: o.divisionName(lang, d.Code)})
		}
	}
	slices.SortStableFunc(out, func(a, b OptionView) int { return strings.Compare(a.Value, b.Value) })
	return out
}

// gap stands between two names in languages that write words apart.
func gap(lang i18n.Lang) string {
	if lang == i18n.En {
		return " "
	}
	return ""
}

// countyCode is the county in which a place lies, or the city; "" of no place.
func countyCode(code string) string {
	const county = 6 // digits of the code of a county (GB/T 2260)
	if len(code) > county {
		return code[:county]
	}
	return code
}
