package office

import (
	"cmp"
	"context"
	"encoding/hex"
	"errors"
	"slices"

	"yifa/internal/document"
	"yifa/internal/i18n"
	"yifa/internal/matter"
	"yifa/internal/store"
)

// lies is by what a piece finds its place in a volume.
type lies struct {
	volume    string // main or inside
	procedure string // id of that of the matter it lies in
	in        matter.ID
	part      bool        // that matter is part of another
	act       string      // that brought it
	opens     bool        // which opened the matter
	paper     string      // of the procedure's documents; empty: a file
	kind      string      // of the catalogue, of a matter about such a paper
	sort      string      // what a paper taken in is said to be
	behind    store.Place // the paper it lies behind; zero: none
}

// pieces are what lies in the matter itself, in the order of the record.
func (d *dossier) pieces() []VolumePiece {
	var out []VolumePiece
	issuer, copies := d.o.organName(i18n.ZhHans, d.st.Holder), d.copies()
	for _, s := range d.entries {
		e := s.Entry
		if paper, made := d.document(e); made {
			p := VolumePiece{Title: paper.Label, Number: paper.Number, By: issuer, On: e.Happened, Filed: paper.Filed, Seq: e.Seq, lies: d.lies(e, paper.Class)}
			p.lies.paper = paper.Name
			if paper.Filed != nil {
				p.size, p.sha256, p.sm3 = paper.Filed.Size, paper.Filed.SHA256, paper.Filed.SM3
			}
			out = append(out, p)
		}
		for _, f := range d.files(e.Seq) {
			if !f.Openable || volumeOf(f.Class) == "" {
				continue
			}
			p := VolumePiece{Title: f.Name, By: d.who(e.Actor), On: e.Happened, File: &f, Seq: e.Seq, size: f.Size, lies: d.lies(e, f.Class)}
			p.lies.volume = volumeOfFile(f, copies)
			for _, one := range d.parts[e.Seq] {
				if one.Class == f.Class && f.Index < len(one.Files) {
					p.sha256, p.sm3 = hex.EncodeToString(one.Files[f.Index].SHA256), hex.EncodeToString(one.Files[f.Index].SM3)
				}
			}
			if x, is := d.takenIn(e); is {
				p.asTakenIn(x)
			}
			out = append(out, p)
		}
	}
	return out
}

// lies tells of what an entry brought where it lies.
func (d *dossier) lies(e matter.Entry, class matter.Class) lies {
	l := lies{volume: volumeOf(class), procedure: d.w.p.ID, in: d.st.ID, act: e.Act, opens: e.Seq == 1}
	if fact := d.w.p.PaperFact(); fact != "" {
		l.kind = d.st.Facts.Text(fact)
	}
	for _, link := range d.st.Links {
		l.part = l.part || link.Kind == "part_of"
	}
	return l
}

// allPieces are what lies in a matter, in its parts and in theirs, in no order. Parts that the reader may not know of are
// left out.
func (d *dossier) allPieces(ctx context.Context, q *store.Query) ([]VolumePiece, error) {
	out := d.pieces()
	for _, l := range d.st.Links {
		if l.Kind != "has_part" {
			continue
		}
		in, err := d.o.open(ctx, q, d.r, l.To)
		if errors.Is(err, ErrNotFound) || err == nil && in.outside {
			continue
		}
		if err != nil {
			return nil, err
		}
		of, err := in.allPieces(ctx, q)
		if err != nil {
			return nil, err
		}
		if err := in.putBehind(of, d.st.ID); err != nil {
			return nil, err
		}
		for _, p := range of {
			if p.In == 0 {
				p.In = l.To
			}
			out = append(out, p)
		}
	}
	return out, nil
}

// putBehind notes which files of a part lie behind a paper of the matter it is part of.
func (d *dossier) putBehind(pieces []VolumePiece, whole matter.ID) error {
	papers, err := d.o.catalogue()
	if err != nil {
		return err
	}
	for _, b := range papers.Arrangement().Behind {
		seq, known := d.st.Facts[b.Paper].(int64)
		if !known || b.Procedure != d.w.p.ID {
			continue
		}
		for i, p := range pieces {
			if p.lies.in == d.st.ID && slices.Contains(b.Acts, p.lies.act) {
				pieces[i].lies.behind = store.Place{Matter: whole, Seq: int(seq)}
			}
		}
	}
	return nil
}

// arranged are the pieces of one volume in the order of the law: by their place, within it by day, and what lies behind a
// paper directly behind it, in the volume of that paper.
func (d *dossier) arranged(all []VolumePiece, part string) ([]VolumePiece, error) {
	papers, err := d.o.catalogue()
	if err != nil {
		return nil, err
	}
	order := papers.Arrangement()
	isPaper, behind := map[store.Place]bool{}, map[store.Place][]VolumePiece{}
	for _, p := range all {
		isPaper[store.Place{Matter: p.lies.in, Seq: p.Seq}] = p.lies.paper != ""
	}
	var first, out []VolumePiece
	for _, p := range all {
		if isPaper[p.lies.behind] {
			behind[p.lies.behind] = append(behind[p.lies.behind], p)
		} else if p.lies.volume == part {
			first = append(first, p)
		}
	}
	byDay := func(a, b VolumePiece) int { return cmp.Or(int(a.On.Day-b.On.Day), a.On.Minute-b.On.Minute) }
	slices.SortStableFunc(first, func(a, b VolumePiece) int { return cmp.Or(a.lies.place(order)-b.lies.place(order), byDay(a, b)) })
	for _, p := range first {
		p.Place = d.placeName(order, p.lies.place(order))
		out = append(out, p)
		after := behind[store.Place{Matter: p.lies.in, Seq: p.Seq}]
		slices.SortStableFunc(after, byDay)
		for _, one := range after {
			one.Place = p.Place
			out = append(out, one)
		}
	}
	return out, nil
}

// place is the number of the place in an order: as a paper by its name, else by the part it lies in, else as a file.
func (l lies) place(order document.Arrangement) int {
	for _, test := range []func(document.Place) bool{
		func(p document.Place) bool { return l.kind != "" && slices.Contains(p.Kinds, l.kind) },
		func(p document.Place) bool {
			return l.paper != "" && slices.Contains(p.Documents, l.procedure+"/"+l.paper)
		},
		func(p document.Place) bool { return l.sort != "" && slices.Contains(p.Sorts, l.sort) },
		func(p document.Place) bool { return slices.Contains(p.Parts, l.procedure) },
		func(p document.Place) bool { return l.paper == "" && !l.part && l.opens && p.Opens },
		func(p document.Place) bool { return l.paper == "" && !l.part && p.Files },
	} {
		if i := slices.IndexFunc(order.Places, test); i >= 0 {
			return i
		}
	}
	return max(0, len(order.Places)-1)
}

// placeName names a place in the reader's language.
func (d *dossier) placeName(order document.Arrangement, n int) string {
	if n >= len(order.Places) {
		return ""
	}
	p := order.Places[n]
	switch d.r.Lang {
	case i18n.ZhHant:
		return p.Hant
	case i18n.En:
		return p.En
	}
	return p.Label
}

// of is the matter a piece lies in, of the volume of another.
func (p VolumePiece) of(whole matter.ID) matter.ID {
	if p.In != 0 {
		return p.In
	}
	return whole
}
