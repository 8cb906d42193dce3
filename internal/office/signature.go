package office

import (
	"context"
	"encoding/hex"
	"errors"
	"strconv"
	"strings"

	"yifa/internal/calendar"
	"yifa/internal/document"
	"yifa/internal/i18n"
	"yifa/internal/ledger"
	"yifa/internal/matter"
	"yifa/internal/store"
)

// signature is the block of who signed the paper that an entry made, as its readers may hear it, and where the public log
// has that entry; none where nobody in a post did. What it says of a person follows the registers, what it says of the
// record never changes: but for the place in the log, which an entry has a moment after it was made.
func (d *dossier) signature(ctx context.Context, q *store.Query, e matter.Entry) (document.Signature, error) {
	if e.Actor.Post == "" {
		return document.Signature{}, nil
	}
	reg, err := d.o.registers(ctx, q)
	if err != nil {
		return document.Signature{}, err
	}
	s := document.Signature{By: d.o.nameOf(d.names, e.Actor.Person), At: i18n.MomentFull(i18n.ZhHans, calendar.MomentAt(e.Recorded)),
		Entry: i18n.T(i18n.ZhHans, "office.sign.entry", "n", strconv.Itoa(e.Seq))}
	for _, item := range reg.items["post"] {
		if p := postOf(item); p.ID == e.Actor.Post {
			post := i18n.T(i18n.ZhHans, "office.post."+p.Role)
			if s.By = i18n.T(i18n.ZhHans, "office.sign.post", "name", d.who(e.Actor), "post", post); d.circle == matter.Filer || d.circle == matter.Public {
				s.By = post // who files is told no names of staff
			}
			break
		}
	}
	if e.Proved != nil && e.Proved.How != matter.ProofPlayed {
		s.Proved = HowText(i18n.ZhHans, e.Proved.How)
	}
	for _, stored := range d.entries {
		if stored.Entry.Seq == e.Seq {
			return s, d.o.logged(ctx, q, stored, &s)
		}
	}
	return s, nil
}

// logged says of a signature where the public log has its entry.
func (o *Office) logged(ctx context.Context, q *store.Query, e store.StoredEntry, s *document.Signature) error {
	at := store.Place{Matter: e.Entry.Matter, Seq: e.Entry.Seq}
	keys, err := o.ledger.Keys(ctx, q)
	if err != nil {
		return err
	}
	s.Log, _, _ = strings.Cut(keys[0], "+")
	leaf, err := q.LedgerLeaf(ctx, at)
	if errors.Is(err, store.ErrNotFound) { // it is there within the minute
		leaf.Hash = ledger.Leaf(ledger.Salt(o.vault, at), e.Header)
	} else if err != nil {
		return err
	} else {
		s.Place = i18n.T(i18n.ZhHans, "office.sign.place", "n", strconv.FormatInt(leaf.At+1, 10))
	}
	s.Print = hex.EncodeToString(leaf.Hash[:])
	return nil
}

// HowText words by what somebody signed in, or showed who he is.
func HowText(l i18n.Lang, how string) string {
	var ways []string
	for _, one := range strings.Split(how, "+") {
		if one != "" {
			ways = append(ways, i18n.T(l, "office.how."+one))
		}
	}
	return strings.Join(ways, i18n.T(l, "desk.list_sep"))
}
