package portal

import (
	"encoding/json"
	"maps"
	"net/http"

	"yifa/internal/i18n"
	"yifa/internal/web"
)

// verifyView is the page that checks a receipt in the browser.
type verifyView struct {
	Key   string // of this site's log
	Words string // JSON: what the script says
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
	page := web.NewPage(r, web.Portal, web.T(r.Context(), "verify.title"))
	page.Scripts, page.Help = []string{"verify.js"}, helpOn(r)
	web.Public(w, 60)
	return web.Render(w, r, http.StatusOK, page, verifyPage(verifyView{Key: keys[0], Words: string(text)}))
}
