package office

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/json"
	"errors"
	"fmt"
	"slices"

	"yifa/internal/matter"
	"yifa/internal/procedure"
	"yifa/internal/store"
)

// matter compares the side projections of one matter, and opens its parts.
func (v *verifier) matter(ctx context.Context, id matter.ID, st matter.State) error {
	p := v.o.procedureOf(st)
	if p == nil {
		return nil // told by row
	}
	want := project(st, p)
	clocks, err := v.q.Clocks(ctx, id)
	if err != nil {
		return err
	}
	for i := range clocks {
		clocks[i].Matter = 0
	}
	if !same(clocks, want.Clocks) {
		return v.differ("matter %s: its stored clocks are not what its record comes to", id)
	}
	access, err := v.q.AccessTo(ctx, id)
	if err != nil {
		return err
	}
	if !sameSet(access, want.Access) {
		return v.differ("matter %s: its stored rights are not what its record comes to", id)
	}
	measures, err := v.q.MeasuresOf(ctx, id)
	if err != nil {
		return err
	}
	if !sameSet(measures, v.o.measures(st, p, want.Row)) {
		return v.differ("matter %s: its stored measures are not what its record comes to", id)
	}
	links, err := v.q.Links(ctx, id)
	if err != nil {
		return err
	}
	if !sameSet(links, st.Links) {
		return v.differ("matter %s: its stored links are not what its record comes to", id)
	}
	if told, err := v.taken(ctx, id, st); told || err != nil {
		return err
	}
	kept, err := v.q.RetentionOf(ctx, id)
	if err != nil {
		return err
	}
	if !same(kept, keptRows(v.o.law, st, p)) {
		return v.differ("matter %s: how long it is kept is not what its record comes to", id)
	}
	if id.Shard() == 0 || p.Roster.Item != "" {
		if err := v.items(ctx, id, st); err != nil {
			return err
		}
	}
	return v.parts(ctx, id, st)
}

// taken compares what a matter takes up, the numbers it drew and what is listed of it as published; it says whether it told a difference.
func (v *verifier) taken(ctx context.Context, id matter.ID, st matter.State) (told bool, err error) {
	booked, err := v.q.Booking(ctx, id)
	if err != nil {
		return false, err
	}
	if !sameSet(booked, store.BookingsOf(id, st.Booking)) {
		return true, v.differ("matter %s: what it takes up is not what its record comes to", id)
	}
	drawn, err := v.q.NumbersOf(ctx, id)
	if err != nil {
		return false, err
	}
	if !sameSet(drawn, store.DrawnBy(id, st.Numbers)) {
		return true, v.differ("matter %s: its stored numbers are not what its record comes to", id)
	}
	listed, err := v.q.OutcomeRows(ctx, id)
	if err != nil {
		return false, err
	}
	if !sameSet(listed, listedOutcome(st).Rows()) {
		return true, v.differ("matter %s: what is listed of it as published is not what its record comes to", id)
	}
	return false, nil
}

// items compares what the registers hold of a matter with what its acts entered.
func (v *verifier) items(ctx context.Context, id matter.ID, st matter.State) error {
	rows, err := v.q.ItemsOf(ctx, id)
	if err != nil {
		return err
	}
	var have []matter.Item
	for _, r := range rows {
		if r.RecTo.IsZero() {
			have = append(have, r.Item)
		}
	}
	if !sameSet(have, inForce(st.Items)) {
		return v.differ("matter %s: its register items are not what its record comes to", id)
	}
	return nil
}

// inForce is what holds once each item has ended those of its key before it from its first day on.
func inForce(items []matter.Item) []matter.Item {
	var out []matter.Item
	for _, item := range items {
		for i, x := range out {
			if x.Kind == item.Kind && x.Key == item.Key && (x.To.IsZero() || x.To > item.From) {
				out[i].To = item.From
			}
		}
		out = append(out, item)
		out = slices.DeleteFunc(out, func(x matter.Item) bool { return !x.To.IsZero() && x.To <= x.From })
	}
	return out
}

// parts opens every sealed part and holds it to the commitment in its entry.
func (v *verifier) parts(ctx context.Context, id matter.ID, st matter.State) error {
	entries, err := v.q.Entries(ctx, id, 0)
	if err != nil {
		return err
	}
	if len(entries) != st.Rev {
		return v.differ("matter %s: %d of its %d entries stand under it", id, len(entries), st.Rev)
	}
	heads := map[string]matter.PartHead{}
	papers := map[int]*matter.Filed{}
	forms := map[int]*procedure.Form{}
	var found []store.Personal
	for _, e := range entries {
		forms[e.Entry.Seq], papers[e.Entry.Seq] = v.o.formOf(e.Entry), e.Entry.Delta.Filed
		for _, p := range e.Entry.Parts {
			heads[fmt.Sprintf("%d/%s/%s", e.Entry.Seq, p.Class, p.Party)] = p
		}
	}
	err = v.q.EachPart(ctx, id, func(p store.StoredPart) error {
		v.out.Parts++
		name := fmt.Sprintf("%d/%s/%s", p.Seq, p.Class, p.Party)
		want, known := heads[name]
		delete(heads, name)
		switch {
		case !known:
			return v.differ("part %s/%s: no entry names it", id, name)
		case st.IsGone(matter.PartName(p.Seq, p.Class, p.Party)):
			return v.differ("part %s/%s: was destroyed and is there again", id, name)
		case sha256.Sum256(p.Ciphertext) != p.CipherHash || !bytes.Equal(want.CipherHash, p.CipherHash[:]):
			return v.differ("part %s/%s: its sealed bytes were changed", id, name)
		case !bytes.Equal(want.Commitment, p.Commitment[:]):
			return v.differ("part %s/%s: its commitment was changed", id, name)
		}
		part, err := v.o.unseal(id, p.Seq, sealedOf(p))
		if err == nil {
			err = v.keyHolds(p.KeyID)
		}
		if err != nil {
			return v.differ("part %s/%s: %v", id, name, err)
		}
		found = append(found, v.o.blinds(forms[p.Seq], p.Seq, []matter.Part{part})...)
		if papers[p.Seq] != nil {
			return v.paper(ctx, id, papers[p.Seq], part)
		}
		return v.files(ctx, id, p.Seq, part)
	})
	if errors.Is(err, matter.ErrBrokenRecord) {
		return v.differ("matter %s: a part cannot be read: %v", id, err)
	}
	if err == nil {
		err = v.personal(ctx, id, found)
	}
	if err != nil {
		return err
	}
	return v.missing(id, st, heads)
}

// missing tells of parts that an entry names and that are not there, but for those that were destroyed.
func (v *verifier) missing(id matter.ID, st matter.State, heads map[string]matter.PartHead) error {
	for _, d := range st.Destroyed {
		for _, name := range d.Parts {
			seq, class, party, err := matter.ParsePart(name)
			key := fmt.Sprintf("%d/%s/%s", seq, class, party)
			if _, missing := heads[key]; err != nil || !missing {
				return v.differ("entry %s/%d: destroys %s, which no entry names or which is there", id, d.Seq, name)
			}
			delete(heads, key)
		}
	}
	for _, name := range sortedKeys(heads) {
		if err := v.differ("part %s/%s: is missing", id, name); err != nil {
			return err
		}
	}
	return nil
}

// same compares two values by what is stored of them.
func same(a, b any) bool {
	x, errX := json.Marshal(a)
	y, errY := json.Marshal(b)
	return errX == nil && errY == nil && (bytes.Equal(x, y) || string(x) == "null" && string(y) == "[]" || string(x) == "[]" && string(y) == "null")
}

// sameSet compares two lists whatever their order.
func sameSet[T any](a, b []T) bool {
	text := func(list []T) []string {
		out := make([]string, len(list))
		for i, x := range list {
			line, err := json.Marshal(x)
			if err != nil {
				return nil
			}
			out[i] = string(line)
		}
		slices.Sort(out)
		return slices.Compact(out)
	}
	return slices.Equal(text(a), text(b))
}

// texts holds the stored text of every procedure version in the law to the law's own files.
func (v *verifier) texts(ctx context.Context) error {
	for _, p := range v.o.law.All() {
		stored, err := v.q.ProcedureText(ctx, p.Hash)
		if errors.Is(err, store.ErrNotFound) {
			continue // nothing was ever decided under it
		}
		if err != nil {
			return v.differ("procedure %s: its stored text cannot be read: %v", p.Key(), err)
		}
		want, err := v.o.textOf(p)
		if err != nil {
			return err
		}
		if !same(stored, want) {
			return v.differ("procedure %s: its stored text is not the one that was decided under", p.Key())
		}
	}
	return nil
}
