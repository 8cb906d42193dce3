package office

import (
	"context"
	"encoding/hex"
	"fmt"
	"slices"
	"strings"

	"yifa/internal/calendar"
	"yifa/internal/i18n"
	"yifa/internal/matter"
	"yifa/internal/procedure"
	"yifa/internal/store"
)

// Matter is the page of one matter for an official, with the forms of those acts named that are open.
func (o *Office) Matter(ctx context.Context, r Reader, id matter.ID, forms ...string) (MatterView, error) {
	var v MatterView
	var d *dossier
	err := o.db.Read(ctx, func(q *store.Query) (err error) {
		if d, err = o.open(ctx, q, r, id); err != nil {
			return err
		}
		v = d.view()
		v.Links, v.Parts, v.Slip = d.links(), d.partPapers(), !d.outside && d.mayCollect()
		if v.PartTables, err = d.partTables(ctx, q); err != nil {
			return err
		}
		if s, serves, err := d.servedPaper(ctx, q); err != nil {
			return err
		} else if serves {
			v.Served = &s.view
		}
		for _, c := range d.choices() {
			if c.Open && slices.Contains(forms, c.Act.Name) {
				v.Forms = append(v.Forms, d.form(c, v.Brief, nil))
			}
		}
		if v.Sorting, err = d.sorting(ctx, q); err != nil {
			return err
		}
		if v.Unsolved, err = d.unsolved(ctx, q); err != nil {
			return err
		}
		v.Unseen, err = q.HasNotice(ctx, r.Person, id)
		return err
	})
	if err == nil {
		err = o.noteTexts(ctx, d)
	}
	if err != nil {
		return MatterView{}, notFound(err)
	}
	return v, nil
}

// Record is the whole record of a matter, oldest entry first, and which matter it is of.
func (o *Office) Record(ctx context.Context, r Reader, id matter.ID) (Brief, []EntryView, error) {
	var of Brief
	var out []EntryView
	err := o.db.Read(ctx, func(q *store.Query) error {
		d, err := o.open(ctx, q, r, id)
		if err != nil {
			return err
		}
		of, out = d.view().Brief, d.record()
		return nil
	})
	return of, out, notFound(err)
}

func (d *dossier) view() MatterView {
	v := MatterView{Brief: d.o.brief(d.w, d.st, d.row, d.names), Identity: d.mayKnowFiler(), Filer: d.anonymity(), Fields: d.reported(), Clocks: d.clocks(),
		Acts: d.acts(), Timeline: d.timeline(), Entries: len(d.record()), Messages: d.messages(), Notes: d.notes(),
		Documents: d.documents(), Files: d.allFiles(), Existing: d.existing(), Today: d.o.Today()}
	if d.r.Filer != 0 {
		v.Brief = d.o.seenBrief(d.w, d.st, v.Brief)
	}
	v.Title, v.Place = d.title(), d.place()
	v.About, v.AboutAs = d.about(), d.w.text("facts.complained_organ.label")
	v.Office, v.Talk = d.o.organName(d.r.Lang, d.st.Holder), len(d.w.p.Acts(messageFiler)) > 0
	v.Own = slices.ContainsFunc(d.r.posts, func(p procedure.Post) bool { return p.Organ == d.st.Holder })
	v.Publishing = d.disclosure()
	v.Beside, v.Gone = d.beside(), d.goneLines()
	v.Drafted = !d.outside && d.r.Official() && fillingField(d.w.p) != ""
	v.Booked = d.st.Booking != nil && !d.st.Booking.Off
	if d.outside {
		v.Brief = d.o.briefOutside(d.w, d.st, v.Brief)
		v.Opened = calendar.Moment{}
		if e, known := d.told(); known {
			v.Opened = e.Happened
		}
	}
	for _, a := range v.Acts {
		if a.Open {
			v.Next, v.NextAct = a.Label, a.Act
			break
		}
	}
	return v
}

// beside are the persons assigned in roles other than the handler's, by role, and the facts that the procedure shows.
func (d *dossier) beside() []PartyField {
	if d.outside || !d.r.Official() { // to the filer and to parties an office has no names
		return nil
	}
	var out []PartyField
	for _, role := range d.w.p.Roles.Names {
		var names []string
		for _, person := range d.st.Assigned[role] {
			names = append(names, d.o.nameOf(d.names, person))
		}
		if role != "handler" && len(names) > 0 {
			out = append(out, PartyField{Label: d.w.role(role), Value: strings.Join(names, i18n.T(d.r.Lang, "office.list_comma"))})
		}
	}
	for name, def := range d.w.p.Facts.Each {
		if value := d.fact(name); def.Shown && value != "" {
			out = append(out, PartyField{Label: d.w.text("facts." + name + ".label"), Value: value})
		}
	}
	return out
}

// fact words a fact as it stands; "" where it is not known, or not so.
func (d *dossier) fact(name string) string {
	if d.st.Facts.Bool(name) {
		return i18n.T(d.r.Lang, "web.yes")
	}
	values := d.st.Facts.List(name)
	if len(values) == 1 && d.w.p.Facts.Get(name).Says.Get(values[0]) != nil {
		return d.w.text("facts." + name + ".says." + values[0])
	}
	return d.w.list(name, values)
}

// about is whom the matter is about: what the sorter linked, else what the filer named.
func (d *dossier) about() string {
	if d.st.Facts.Text("target") == "unknown" {
		return i18n.T(d.r.Lang, "office.unknown_organ")
	}
	for _, fact := range []string{"complained_organ", "organ"} {
		if organ, known := d.o.organ(d.st.Facts.Text(fact)); known {
			return d.o.nameIn(d.r.Lang, organ.Name)
		}
	}
	return i18n.T(d.r.Lang, "office.not_linked")
}

func (d *dossier) place() string {
	return strings.TrimSpace(d.o.divisionName(d.r.Lang, d.st.Facts.Text("division")) + " " + d.text("place"))
}

// reported are the answers of the entry that opened the matter.
func (d *dossier) reported() []PartyField {
	first, known := d.entry(1)
	if !known || d.outside { // what was reported is not for whom it is about
		return nil
	}
	def := d.w.definition(first.Act)
	if def == nil || d.w.p.Form(def) == nil || d.r.Filer != 0 && def.Brought(d.w.p) { // nobody told her words to it
		return nil
	}
	form := d.w.p.Form(def)
	var out []PartyField
	for _, f := range form.Fields {
		if f.Type == "files" || f.Class == matter.Sealed || d.r.Filer != 0 && namesPersons(f) {
			continue // she is told no names of staff
		}
		if f.Unasked && f.Type == "text_id" && def.Brought(d.w.p) {
			continue // a name of the law for itself
		}
		if f.Unasked && f.Type == "matter" {
			continue // it stands among the links, for whoever may read it
		}
		value := d.textOf(1, f.Name)
		class := f.Class
		if f.Class == procedure.Clear {
			value, class = d.given(f, first.Given.List(f.Name)), matter.Staff
		}
		if value == "" && f.Required && f.Show == "" {
			value = d.gone(1, f.Class)
		}
		if value != "" {
			out = append(out, PartyField{Label: d.asked(form, f), Value: value, Class: class})
		}
	}
	return out
}

// given words clear answers, persons by their names.
func (d *dossier) given(f *procedure.Field, values []string) string {
	if f.Type == "matter" {
		values = d.numbersOf(values)
	}
	if namesPersons(f) {
		named := make([]string, len(values))
		for i, v := range values {
			named[i] = d.o.nameOf(d.names, v)
		}
		values = named
	}
	return d.w.list(f.Name, values)
}

func namesPersons(f *procedure.Field) bool { return f.Type == "person" || f.Type == "officer" }

// asked is the label of a question as the reader should hear it: the public's form speaks to the
// filer, staff read the words in which they themselves take a report down.
func (d *dossier) asked(form *procedure.Form, f *procedure.Field) string {
	for _, a := range d.w.p.Acts(recordReport) {
		own := d.w.p.Form(a)
		if same := own.Field(f.Name); d.r.Filer == 0 && same != nil {
			return d.w.fieldLabel(own, same)
		}
	}
	return d.w.fieldLabel(form, f)
}

func (w words) list(field string, values []string) string {
	var out []string
	for _, v := range values {
		out = append(out, w.value(field, v))
	}
	return strings.Join(out, i18n.T(w.lang, "office.list_items"))
}

// acts are what the reader can do now, likeliest first, then what he cannot, with the reason. Acts
// of others are listed only where the reader's own role waits for them: their refusal is not about
// who he is.
func (d *dossier) acts() []ActView {
	var out []ActView
	for _, c := range d.choices() {
		if !c.Open && (d.outside && c.Refusal.Reason == procedure.Recused || c.Refusal.Reason == procedure.NotYourAct || c.Refusal.Reason == procedure.WrongStage || c.Refusal.Reason == procedure.NotYourOrgan) {
			continue
		}
		out = append(out, d.actView(c))
	}
	return out
}

func (d *dossier) actView(c procedure.Choice) ActView {
	v := ActView{Act: c.Act.Name, Label: d.w.act(c.Act.Name), Note: d.w.actNote(c.Act.Name), Open: c.Open, Likely: c.Act.Likely,
		Cites: d.o.cites(d.r.Lang, c.Act.Cite, d.o.Today()), Form: d.w.p.Form(c.Act) != nil, Imports: c.Act.Imports.Takes()}
	for _, cite := range v.Cites {
		v.Unsaid = v.Unsaid || cite.Unsaid
	}
	if !c.Open {
		refusal := d.o.refusalView(d.w, c.Refusal)
		v.Refusal, v.Late, v.Way = &refusal, d.mayComeLate(c), d.wayTo(c)
	}
	return v
}

// brief is a matter's line in a list, as far as its state tells.
func (o *Office) brief(w words, st matter.State, row store.Row, names map[string]string) Brief {
	b := Brief{ID: st.ID, Rev: st.Rev, Title: o.kindTitle(w, st), Number: st.Number("matter"), Procedure: w.title(), StageKey: st.Stage,
		Organ: o.organName(w.lang, row.Organ), Place: o.divisionName(w.lang, st.Facts.Text("division")), Opened: st.Opened, Due: o.due(w, st), Closed: row.Closed}
	b.Stage, _ = w.stage(st.Stage)
	for _, person := range st.Assigned["handler"] {
		b.Handlers = append(b.Handlers, o.nameOf(names, person))
	}
	if b.Due != nil && !b.Due.Mine {
		b.Waiting = true
	}
	return b
}

// lawNow is the law counted with the calendar in force.
func (o *Office) lawNow() *procedure.Law { return o.law.WithCalendar(o.calendar()) }

// FileRef names a file in a matter.
type FileRef struct {
	Seq   int
	Class matter.Class
	Index int
}

// String is the file as an answer names it: entry, class and number.
func (f FileRef) String() string { return fmt.Sprintf("%d/%s/%d", f.Seq, f.Class, f.Index) }

func hexOf(h [32]byte) string { return hex.EncodeToString(h[:]) }
