package desk

import (
	"net/url"

	"yifa/internal/office"
)

// What the page of the master keys leads to.
const (
	keyProcedure = "register.key"
	actAsk       = "ask"
	keyStandby   = "standby"
)

// keys serves GET /desk/keys: the master keys, and how far a change of them is. Administrators alone find it.
func (d *Desk) keys(v visit) error {
	list, err := d.Office.Keys(v.Context(), v.reader)
	if err != nil {
		return missing(err)
	}
	return v.show(page{title: v.t("key.title"), nav: v.URL.Path, content: keysPage(list)})
}

// askFor is where a key that stands by is asked for.
func askFor(k office.KeyView) string {
	return "/desk/new/" + keyProcedure + "/" + actAsk + "?" + url.Values{"key": {k.ID}}.Encode()
}

// keyTags colour the states of a key.
var keyTags = map[string]string{"active": "green", keyStandby: "blue", "former": "yellow", "closing": "yellow", "retired": "grey"}
