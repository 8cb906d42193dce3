package desk

import (
	"errors"
	"time"

	"yifa/internal/office"
	"yifa/internal/web"
)

// errFilesLost: a form that waited while somebody signed in had files, which no page can keep. It is shown again.
var errFilesLost = errors.New("desk: chosen files are to be chosen again")

// proofView asks in the form of an act who sends it.
type proofView struct {
	Ways     office.Ways
	Minutes  int    // how long that counts
	Error    string // what was wrong with it
	Provider string // where to show it elsewhere
	Back     string // the form, to come back to
}

// askProof puts into a form what shows who sends it, where the act asks for that.
func (d *Desk) askProof(v visit, f *formView) error {
	ways, err := d.waysOf(v)
	if err != nil {
		return err
	}
	f.Proof = &proofView{Ways: ways, Minutes: int(d.Office.Rules().Prove / time.Minute), Error: v.unsure, Back: v.URL.Path}
	if ways.Provider {
		f.Proof.Provider = d.providerName(v)
	}
	return nil
}

// asked says that an act was sent without what shows who sends it, or long after.
func (v visit) asked(f *formView) {
	if f.Proof.Error == "" {
		f.Proof.Error = v.t("desk.proof_missing", "minutes", f.Proof.Minutes)
	}
	f.Errors = append(f.Errors, web.FieldError{Field: f.Proof.field(), Text: f.Proof.Error})
}

// onlyWithout is what was wrong, where it is not said at the password already.
func onlyWithout(password bool, wrong string) string {
	if password {
		return ""
	}
	return wrong
}

// field is where the first thing asked stands.
func (p *proofView) field() string {
	switch {
	case p.Ways.Password:
		return proveField
	case p.Ways.Codes:
		return proveCodeField
	}
	return "proof"
}

// waysOf are the ways in which the reader can show who he is at this address.
func (d *Desk) waysOf(v visit) (office.Ways, error) {
	ways, err := d.Office.Ways(v.Context(), v.reader)
	ways.Passkeys = ways.Passkeys && office.PasskeysAt(d.origin(v.Request))
	ways.Provider = d.Provider != nil && v.reader.ByProvider()
	return ways, missing(err)
}
