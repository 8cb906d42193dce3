package office

import (
	"cmp"
	"strconv"
	"strings"

	"yifa/internal/calendar"
	"yifa/internal/i18n"
	"yifa/internal/matter"
)

// ExistingView is a paper that was there before its matter was kept here.
type ExistingView struct {
	No     int // in the list of the matter; 0 for those who do not see all of it
	Seq    int
	Title  string
	Sort   string // what it is, in words: its kind in the catalogue where it has one
	Number string // it bears; none of ours
	Maker  string
	Dated  calendar.Date // it bears; zero: none
	Pages  int
	Taken  calendar.Date // the day it was taken in
	By     string
	Class  matter.Class
	Files  []FileView
	Read   string // what was read of its text
	Gone   string // what says that it was destroyed; empty: it was not

	kind, sort string // as they were given
}

// takenIn is the existing paper an entry took in, if it stands and the reader may read it.
func (d *dossier) takenIn(e matter.Entry) (ExistingView, bool) {
	def := d.w.p.Import(e.Act)
	_, voided := d.st.Voided[e.Seq]
	if def == nil || voided || e.Kind == matter.KindVoid {
		return ExistingView{}, false
	}
	i := def.Imports
	v := ExistingView{Seq: e.Seq, Title: d.textOf(e.Seq, i.Title), Number: d.textOf(e.Seq, i.Number), Maker: d.textOf(e.Seq, i.Maker), Taken: e.Happened.Day, By: d.who(e.Actor),
		Class: d.w.p.Volume(def), Files: d.files(e.Seq), Gone: d.gone(e.Seq, d.w.p.Volume(def))}
	if v.Title == "" && v.Gone == "" {
		return ExistingView{}, false // it is in a volume that is not the reader's
	}
	v.kind, v.sort = e.Given.Text(i.Kind), e.Given.Text(i.Sort)
	for _, name := range []string{i.Kind, i.Sort} {
		if value := e.Given.Text(name); v.Sort == "" && name != "" && value != "" {
			v.Sort = d.w.value(name, value)
		}
	}
	v.Dated, _ = calendar.Parse(e.Given.Text(i.Dated)) // none given: zero
	if n, is := e.Given[i.Pages].(int64); is {
		v.Pages = int(n)
	}
	for _, f := range d.w.p.Form(def).Fields {
		if f.Reads != "" {
			v.Read = d.textOf(e.Seq, f.Name)
		}
	}
	return v, true
}

// existing are the papers taken in, in the order in which they were. A number is never given twice: one that was corrected
// away keeps its own.
func (d *dossier) existing() []ExistingView {
	var out []ExistingView
	n := 0
	for _, s := range d.entries {
		if d.w.p.Import(s.Entry.Act) == nil || s.Entry.Kind == matter.KindVoid {
			continue
		}
		n++
		if v, is := d.takenIn(s.Entry); is {
			if v.No = n; d.outside || d.r.Filer != 0 {
				v.No = 0
			}
			out = append(out, v)
		}
	}
	return out
}

// gathered puts papers taken in one after the other by the same person on the same day into one line.
func (d *dossier) gathered(items []TimelineItem) []TimelineItem {
	var out []TimelineItem
	count := 0
	for i, item := range items {
		e, _ := d.entry(item.Seq)
		last := len(out) - 1
		if d.w.p.Import(e.Act) == nil || item.State != "done" || item.Voided {
			out, count = append(out, item), 0
			continue
		}
		if count > 0 {
			if before, _ := d.entry(items[i-1].Seq); before.Actor == e.Actor && before.Happened.Day == e.Happened.Day {
				count++
				act := item.Title
				if d.r.Filer == 0 && !d.outside {
					act = i18n.T(d.r.Lang, "existing.title") // whichever volumes they went to
				}
				out[last] = TimelineItem{Seq: out[last].Seq, State: "done", Title: i18n.T(d.r.Lang, "existing.many", "act", act, "n", strconv.Itoa(count)), On: out[last].On, By: item.By, Cites: item.Cites}
				continue
			}
		}
		if x, is := d.takenIn(e); is { // its own list says the rest
			item.Note, item.Said, item.Files = x.Title, nil, nil
		}
		out, count = append(out, item), 1
	}
	return out
}

// asTakenIn makes a piece of a volume the existing paper it is: it says what the paper says of itself.
func (p *VolumePiece) asTakenIn(x ExistingView) {
	p.Title, p.Number, p.By, p.Taken = x.Title, x.Number, cmp.Or(strings.TrimSpace(x.Maker), p.By), x.Taken
	p.lies.kind, p.lies.sort = x.kind, x.sort
	if !x.Dated.IsZero() {
		p.On = calendar.DayOnly(x.Dated)
	}
}
