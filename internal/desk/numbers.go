package desk

import (
	"net/url"
	"strconv"

	"yifa/internal/office"
	"yifa/internal/store"
	"yifa/internal/web"
)

const numbersPath = "/desk/numbers"

// numbersView is the page of the numbers of papers.
type numbersView struct {
	office.NumbersView
	Older string // address of the numbers below; empty: none
}

// numbers serves GET /desk/numbers: the series of one's organs, and what became of each number of one of them.
func (d *Desk) numbers(v visit) error {
	asked := v.URL.Query()
	year, _ := strconv.Atoi(asked.Get("year"))
	below, _ := strconv.Atoi(asked.Get("below"))
	made, err := d.Office.Numbers(v.Context(), v.reader, store.Counter{Series: asked.Get("series"), Organ: asked.Get("organ"), Year: year}, max(below, 0))
	if err != nil {
		return missing(err)
	}
	out := numbersView{NumbersView: made}
	if made.Older > 0 {
		out.Older = seriesPath(made.Of) + "&below=" + strconv.Itoa(made.Older)
	}
	return v.show(page{title: v.t("numbers.title"), nav: numbersPath, content: numbersPage(out)})
}

// seriesPath is the address of a series.
func seriesPath(s office.SeriesView) string {
	return numbersPath + "?" + url.Values{"series": {s.Series}, "organ": {s.Organ}, "year": {strconv.Itoa(s.Year)}}.Encode()
}

var numberKinds = map[string]string{office.NumberUsed: "green", office.NumberReserved: "blue", office.NumberVoided: "grey"}

// numberTag says what became of a number.
func numberTag(text string, state string) web.Tag {
	return web.Tag{Text: text, Kind: numberKinds[state]}
}
