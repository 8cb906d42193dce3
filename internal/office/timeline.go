package office

import (
	"cmp"
	"slices"
	"strings"

	"yifa/internal/calendar"
	"yifa/internal/i18n"
	"yifa/internal/matter"
	"yifa/internal/procedure"
)

// Acts that are dialogue and notes: they stand in their own places, not in the timeline.
const (
	messageFiler = "message_filer" // staff to filer
	messageStaff = "message_staff" // filer to staff
	noteAct      = "note"
)

// timeline is what happened, newest first, with what is waited for now at its head.
func (d *dossier) timeline() []TimelineItem {
	var out []TimelineItem
	for _, s := range slices.Backward(d.entries) {
		e := s.Entry
		if slices.Contains(procedure.Dialogue, e.Act) {
			continue
		}
		if item, shown := d.item(e); shown {
			out = append(out, item)
		}
	}
	return append(d.ahead(), d.gathered(out)...)
}

// item is one entry in the register of wording of the reader.
func (d *dossier) item(e matter.Entry) (TimelineItem, bool) {
	if e.Act == recountAct {
		return TimelineItem{Seq: e.Seq, State: "done", Title: i18n.T(d.r.Lang, "office.recount"), On: e.Happened, By: d.who(e.Actor),
			Cites: d.o.cites(d.r.Lang, e.Cite, e.Happened.Day)}, true
	}
	if e.Kind == matter.KindDestroy {
		return d.destroyedItem(e), true
	}
	def := d.w.definition(e.Act)
	if def == nil {
		return TimelineItem{}, false
	}
	visible := def.Visible
	if d.outside && !forParties(def) {
		return TimelineItem{}, false
	}
	if d.r.Filer != 0 && visible == "staff" {
		return TimelineItem{}, false
	}
	_, voided := d.st.Voided[e.Seq]
	if voided && d.r.Filer != 0 {
		return TimelineItem{}, false
	}
	item := TimelineItem{Seq: e.Seq, State: "done", Title: d.w.act(e.Act), On: e.Happened, By: d.who(e.Actor), Voided: voided}
	item.Late = e.Happened.Day < calendarDay(e)
	if d.r.Filer != 0 || d.outside && d.w.actPublic(e.Act) != "" {
		item.Title = strings.TrimRight(d.w.actPublic(e.Act), "。.")
	}
	for _, n := range e.Delta.Numbers {
		item.Number = n.Text
	}
	if d.r.Filer == 0 {
		item.Cites = d.o.cites(d.r.Lang, e.Cite, e.Happened.Day)
	}
	shown := ""
	// What the act says: a head reads here what is proposed before deciding on it. What the reader may not open is empty.
	for _, name := range procedure.Noted {
		if name == "summary" && d.r.Filer != 0 {
			continue // the filer knows what was reported
		}
		if t := d.textOf(e.Seq, name); t != "" && item.Note == "" {
			item.Note = t
			shown = name
		}
	}
	if item.Note == "" {
		item.Note = d.gone(e.Seq, "")
	}
	item.Said = d.said(e, def, shown)
	item.Files = d.files(e.Seq)
	return item, true
}

// said are the answers of an act beside the one already shown, for officials of the office that holds the matter, who
// work with them: each only where its class is open to them. What opened the matter is shown whole elsewhere.
func (d *dossier) said(e matter.Entry, def *procedure.Act, shown string) []PartyField {
	form := d.w.p.Form(def)
	if form == nil || e.Seq == 1 || d.outside || !d.r.Official() {
		return nil
	}
	var out []PartyField
	for _, f := range form.Fields {
		if f.Name == shown || f.Type == "files" || f.Reads != "" || f.Class == matter.Sealed {
			continue
		}
		value, class := d.textOf(e.Seq, f.Name), f.Class
		if f.Class == procedure.Clear {
			value, class = d.given(f, e.Given.List(f.Name)), matter.Staff
			if f.Type == "bool" && e.Given.Bool(f.Name) {
				value = i18n.T(d.r.Lang, "web.yes")
			}
		}
		if f.Type == "cover" && value != "" {
			value = d.saidCover(form, f, value)
		}
		if value != "" {
			one := PartyField{Label: d.w.fieldLabel(form, f), Value: value, Class: class}
			if m, err := calendar.ParseMoment(e.Given.Text(f.Name)); err == nil && (f.Type == "date" || f.Type == "moment") {
				one.Day = m.Day
			}
			out = append(out, one)
		}
	}
	return out
}

// forParties says whether an act is told to those who only read.
func forParties(def *procedure.Act) bool { return def.Visible == "parties" || def.Visible == "public" }

// ahead is what is waited for, and what comes after it.
func (d *dossier) ahead() []TimelineItem {
	stage := d.w.p.Stages.Get(d.st.Stage)
	if stage == nil || stage.Final {
		return nil
	}
	var out []TimelineItem
	name := d.st.Stage
	if d.outside || d.r.Filer != 0 {
		name = seenStage(d.w.p, name)
	}
	label, public := d.w.stage(name)
	if next := d.w.stageNext(name); next != "" && d.r.Filer != 0 {
		out = append(out, TimelineItem{State: "next", Title: strings.TrimRight(next, "。.")})
	}
	now := TimelineItem{State: "now", Title: label}
	if d.r.Filer != 0 {
		now.Note = public
	}
	return append(out, now)
}

// messages are the dialogue, oldest first.
func (d *dossier) messages() []Message {
	var out []Message
	for _, s := range d.entries {
		e := s.Entry
		if form := d.o.formOf(e); form == nil || form.Field("message") == nil {
			continue
		}
		fromFiler := e.Actor.Person == matter.PersonFiler
		out = append(out, Message{Seq: e.Seq, Mine: fromFiler == (d.r.Filer != 0), From: d.who(e.Actor), On: e.Happened,
			Text: cmp.Or(d.textOf(e.Seq, "message"), d.gone(e.Seq, "")), Files: d.files(e.Seq)})
	}
	if n := len(out); n > 0 && !out[n-1].Mine {
		out[n-1].New = true
	}
	return out
}

// notes are internal notes, oldest first; a filer sees none.
func (d *dossier) notes() []Message {
	if d.r.Filer != 0 || d.outside {
		return nil
	}
	var out []Message
	for _, s := range d.entries {
		if e := s.Entry; e.Act == noteAct {
			out = append(out, Message{Seq: e.Seq, From: d.who(e.Actor), On: e.Happened, Text: cmp.Or(d.textOf(e.Seq, "note"), d.gone(e.Seq, "")), Files: d.files(e.Seq)})
		}
	}
	return out
}

// files are the files of one entry the reader may know of. A sealed original is listed to staff,
// and opens for nobody alone.
func (d *dossier) files(seq int) []FileView {
	var out []FileView
	copies := map[string]FileRef{}
	if slices.ContainsFunc(d.parts[seq], func(p matter.Part) bool {
		return slices.ContainsFunc(p.Files, func(f matter.File) bool { return f.Of != "" })
	}) {
		copies = d.copies()
	}
	if e, _ := d.entry(seq); e.Kind == matter.KindDocument {
		return nil // a paper is shown and opened as a document
	}
	for _, p := range d.parts[seq] {
		for i, f := range p.Files {
			v := fileView(seq, p.Class, i, f)
			v.Openable = f.Blob != ""
			if v.Former = f.Of != "" && copies[f.Of] != (FileRef{seq, p.Class, i}); v.Former && !v.Openable {
				continue
			}
			out = append(out, v)
		}
	}
	return out
}

// allFiles are the files of the whole matter, newest entry first, but existing papers, which stand in a list of their own.
func (d *dossier) allFiles() []FileView {
	var out []FileView
	for _, e := range slices.Backward(d.entries) {
		if _, listed := d.takenIn(e.Entry); !listed {
			out = append(out, d.files(e.Entry.Seq)...)
		}
	}
	return out
}

// record is the whole record, oldest first: what stands in the entries, without the parts.
func (d *dossier) record() []EntryView {
	var out []EntryView
	for _, s := range d.entries {
		e := s.Entry
		if def := d.w.definition(e.Act); d.outside && (def == nil || !forParties(def)) {
			continue
		}
		v := EntryView{Seq: e.Seq, Act: e.Act, Label: d.actLabel(e.Act), Happened: e.Happened, Recorded: e.Recorded, By: d.who(e.Actor),
			Cites: d.o.cites(d.r.Lang, e.Cite, e.Happened.Day), Hash: hexOf(s.Hash), Prev: hexOf(s.Prev), Voids: e.Voids}
		if stage := e.Delta.Stage; stage != "" {
			if d.outside || d.r.Filer != 0 {
				stage = seenStage(d.w.p, stage)
			}
			v.Stage, _ = d.w.stage(stage)
		}
		if e.Proved != nil && e.Proved.How != matter.ProofPlayed && !d.outside && d.r.Official() {
			v.Proved = e.Proved
		}
		for _, p := range e.Parts {
			v.Classes = append(v.Classes, p.Class)
			if x, is := d.st.Gone(e.Seq, p.Class); is {
				v.Gone = d.goneText(x)
			}
		}
		if e.Kind == matter.KindVoid && e.Delta.Undone != nil {
			v.Stage, _ = d.w.stage(e.Delta.Undone.Stage)
		}
		out = append(out, v)
	}
	return out
}

// actLabel is what an act is called; the system's own acts stand in no procedure.
func (d *dossier) actLabel(act string) string {
	switch act {
	case recountAct:
		return i18n.T(d.r.Lang, "office.recount")
	case procedure.DestroyAct:
		return i18n.T(d.r.Lang, "archive.act")
	case procedure.FileAct:
		return i18n.T(d.r.Lang, "office.file_document")
	}
	return d.w.act(act)
}

// anonymity words how the filer is known: never who it is.
func (d *dossier) anonymity() string {
	if x, is := d.st.Gone(1, matter.Sealed); is && d.st.Facts.Text("identity") == "named" {
		return d.goneText(x)
	}
	if d.st.Facts.Text("identity") == "named" {
		return i18n.T(d.r.Lang, "office.named_sealed")
	}
	return i18n.T(d.r.Lang, "office.anonymous")
}
