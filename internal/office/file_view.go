package office

import (
	"context"
	"encoding/hex"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"yifa/internal/matter"
	"yifa/internal/store"
)

// WatchView is a file beside what the record says of it.
type WatchView struct {
	Matter      Brief
	File        FileView
	SHA256, SM3 string // of the copy that is shown, in hex
	Points      []Point
	Cover       string         // the open act that paints places of it over; "" where there is none
	Pages       PagesView      // of a PDF
	Custody     []TimelineItem // by whom it came, and who had the thing in what state since, oldest first
}

// Point is an entry that points at a place of a film or recording.
type Point struct {
	Seconds int
	At      string // as it was written
	Says    string
	Seq     int
}

// Watch is a file the reader may open, with the points made on it. ErrNotFound as OpenFile.
func (o *Office) Watch(ctx context.Context, r Reader, id matter.ID, ref FileRef) (WatchView, error) {
	var v WatchView
	var d *dossier
	var f matter.File
	err := o.db.Read(ctx, func(q *store.Query) (err error) {
		if d, err = o.open(ctx, q, r, id); err != nil {
			return err
		}
		for _, f := range d.files(ref.Seq) {
			if f.Openable && f.Class == ref.Class && f.Index == ref.Index {
				v.File = f
			}
		}
		if v.File.Name == "" {
			return ErrNotFound
		}
		for _, p := range d.parts[ref.Seq] {
			if p.Class == ref.Class {
				f = p.Files[ref.Index]
				v.SHA256, v.SM3 = hex.EncodeToString(f.SHA256), hex.EncodeToString(f.SM3)
			}
		}
		if v.File.Coverable() {
			for _, c := range d.choices() {
				if c.Open && d.w.p.Form(c.Act).Covers() != nil {
					v.Cover = c.Act.Name
				}
			}
		}
		v.Matter, v.Points, v.Custody = d.view().Brief, d.points(), d.custody(ref.Seq)
		return nil
	})
	if err == nil && v.File.PDF() {
		v.Pages, err = o.pagesOf(ctx, f)
	}
	return v, notFound(err)
}

// custody is the entry that brought a file, and those that tell who has the thing it is of.
func (d *dossier) custody(seq int) []TimelineItem {
	var out []TimelineItem
	for _, s := range d.entries {
		def := d.w.definition(s.Entry.Act)
		if s.Entry.Seq != seq && (def == nil || !def.Custody) {
			continue
		}
		if item, shown := d.item(s.Entry); shown {
			item.Files = nil
			out = append(out, item)
		}
	}
	return out
}

// timeCode is how a place in a film is written: 01:23 or 1:02:03, with the colon of either script.
var timeCode = regexp.MustCompile(`^(?:(\d{1,2})[:：])?(\d{1,3})[:：](\d{2})$`)

// points are the entries one of whose answers is a time code: what the others say is said of that place.
func (d *dossier) points() []Point {
	var out []Point
	for _, s := range d.entries {
		e := s.Entry
		if slices.ContainsFunc(d.entries, func(x store.StoredEntry) bool { return x.Entry.Voids == e.Seq && e.Seq > 0 }) {
			continue
		}
		p := Point{Seq: e.Seq, Seconds: -1}
		var says []string
		for _, part := range d.parts[e.Seq] {
			for _, name := range sortedKeys(part.Fields) {
				text := strings.TrimSpace(part.Fields[name])
				if at, is := secondsOf(text); is && p.Seconds < 0 {
					p.Seconds, p.At = at, text
				} else if text != "" {
					says = append(says, text)
				}
			}
		}
		if p.Seconds >= 0 {
			p.Says = strings.Join(says, "\n")
			out = append(out, p)
		}
	}
	slices.SortStableFunc(out, func(a, b Point) int { return a.Seconds - b.Seconds })
	return out
}

func secondsOf(text string) (int, bool) {
	m := timeCode.FindStringSubmatch(text)
	if m == nil {
		return 0, false
	}
	h, _ := strconv.Atoi(m[1]) // empty where it has no hours
	minutes, _ := strconv.Atoi(m[2])
	s, _ := strconv.Atoi(m[3])
	return (h*60+minutes)*60 + s, s < 60
}
