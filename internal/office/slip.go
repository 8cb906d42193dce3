package office

import (
	"encoding/hex"
	"time"

	"yifa/internal/i18n"
	"yifa/internal/matter"
	"yifa/internal/procedure"
)

// Slip is a receipt as a draft keeps it: what was said and promised when the report was filed, without words, so that
// it is read in any language.
type Slip struct {
	Code      string // 16 digits
	ID        matter.ID
	At        time.Time
	Organ     string // key of the organ reported; empty: not known
	Office    string // key of the organ that handles it
	Anonymous bool
	Files     int
	Proof     string // hash of the entry, hex
	Procedure string // hash of the version that gave the next day
	Next      matter.Clock
}

// giveReceipt makes the receipt of a report just entered.
func (b *batch) giveReceipt(f *draftFiling, try procedure.Attempt, done Done) {
	st, hash := b.states[done.Matter], b.last[done.Matter]
	r := &f.slip
	r.ID, r.At, r.Proof = done.Matter, b.o.recordedAt(st, procedure.Decision{}, try), hex.EncodeToString(hash[:])
	r.Anonymous = st.Facts.Text("identity") == "anonymous"
	r.Organ, r.Office = st.Facts.Text("organ"), st.Holder
	if next := b.o.nextClocks(st); len(next) > 0 {
		r.Procedure, r.Next = st.Hash, next[0]
	}
}

// Receipt words a slip in a language. The days in it are those told when the report was filed.
func (o *Office) Receipt(lang i18n.Lang, s Slip) Receipt {
	r := Receipt{Code: s.Code, ID: s.ID, At: s.At, Organ: o.organName(lang, s.Organ), Office: o.organName(lang, s.Office),
		Anonymous: s.Anonymous, Files: s.Files, Proof: s.Proof}
	if p, err := o.law.ByHash(s.Procedure); err == nil {
		r.Next = o.nextDay(words{o, p, lang}, s.Next)
	}
	return r
}
