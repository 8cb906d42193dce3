package portal

import (
	"encoding/json"
	"errors"
	"maps"
	"net/http"
	"strconv"
	"strings"

	"yifa/internal/i18n"
	"yifa/internal/office"
	"yifa/internal/web"
)

// verifyView is the page that checks a receipt in the browser.
type verifyView struct {
	Key   string // of this site's log
	Words string // JSON: what the script says

	Place web.Field       // of the log, asked for
	Line  *office.LogLine // what the log holds there
}

// verifyWords are said by the script, by the names under which it asks for them; it fills in what stands in braces.
var verifyWords = map[string]string{
	"entry": "verify.entry", "matter": "verify.matter", "recorded": "verify.recorded", "file": "verify.file", "hidden": "verify.hidden",
	"proven": "verify.proven", "promised": "verify.promised", "key": "verify.key", "good": "verify.good", "good_promised": "verify.good_promised",
	"bad": "verify.bad", "newer_good": "verify.newer_good", "newer_bad": "verify.newer_bad", "newer_ask": "verify.newer_ask", "newer_hint": "verify.newer_hint",
	"other_key": "verify.other_key", "no_receipt": "verify.no_receipt", "no_browser": "verify.no_browser", "sm2_unchecked": "verify.sm2_unchecked", "colon": "web.colon", "file_good": "verify.file_good", "file_bad": "verify.file_bad",
}

// verify serves GET /verify. The file is checked where it lies and never sent.
func (p *Portal) verify(w http.ResponseWriter, r *http.Request) error {
	keys, err := p.Office.LedgerKeys(r.Context())
	if err != nil {
		return err
	}
	words := maps.Clone(p.Office.ReceiptWords(langOf(r)))
	for name, message := range verifyWords {
		words[name] = i18n.T(langOf(r), message)
	}
	text, err := json.Marshal(words)
	if err != nil {
		return err
	}
	view := verifyView{Key: keys[0], Words: string(text)}
	status, err := p.logLine(r, &view)
	if err != nil {
		return err
	}
	page := newPage(r, web.T(r.Context(), "verify.title"))
	page.Scripts, page.Help = []string{"verify.js"}, helpOn(r)
	if status == http.StatusOK {
		web.Public(w, 60)
	}
	return web.Render(w, r, status, page, verifyPage(view))
}

// logLine looks up the place of the log that stands in the block of a signature.
func (p *Portal) logLine(r *http.Request, v *verifyView) (status int, err error) {
	asked := strings.TrimSpace(r.URL.Query().Get("place"))
	v.Place = web.Field{Name: "place", Label: i18n.T(langOf(r), "verify.place"), Hint: i18n.T(langOf(r), "verify.place_hint"), Value: asked, InputMode: "numeric", Width: 10}
	if asked == "" {
		return http.StatusOK, nil
	}
	place, err := strconv.ParseInt(asked, 10, 64)
	if err != nil {
		v.Place.Error = i18n.T(langOf(r), "verify.place_wrong")
		return http.StatusUnprocessableEntity, nil
	}
	line, err := p.Office.LogLine(r.Context(), place)
	if errors.Is(err, office.ErrNotFound) {
		v.Place.Error = i18n.T(langOf(r), "verify.place_none", "n", strconv.FormatInt(line.Size, 10))
		return http.StatusUnprocessableEntity, nil
	}
	v.Line = &line
	return http.StatusOK, err
}
