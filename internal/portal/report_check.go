package portal

import (
	"errors"
	"net/http"
	"strings"

	"yifa/internal/calendar"
	"yifa/internal/door"
	"yifa/internal/i18n"
	"yifa/internal/office"
	"yifa/internal/web"
	"yifa/internal/web/turn"
)

// checkView is the page on which everything typed is read once more.
type checkView struct {
	reportView
	What, Files, Who []web.SummaryRow
	Missing          []web.Crumb // what must still be answered, each with the page that asks it
	Fault            string      // why the last attempt to submit did not work
	Proof            proofView
	Confirm          bool // there is a contact that could be confirmed
	Other            []remedyView
	Intake           intakeNote
}

// reportCheck serves GET /report/d/{draft}/check.
func (p *Portal) reportCheck(w http.ResponseWriter, r *http.Request) error {
	d, done, err := p.draft(w, r)
	if err != nil || done {
		return err
	}
	return p.showCheck(w, r, http.StatusOK, d, "")
}

func (p *Portal) showCheck(w http.ResponseWriter, r *http.Request, status int, d office.Draft, fault string) error {
	ctx := r.Context()
	all, err := p.Office.ReportFields(ctx, d, i18n.From(ctx), true)
	if err != nil {
		return err
	}
	at, _ := stepNamed("check")
	v := checkView{reportView: p.view(r, at, d, nil), Fault: fault}
	v.Intake = noteOf(p.follow())
	v.Proof = p.guards.proof(r)
	v.Proof.Only = v.Intake.on()
	v.Confirm = chosen(d, "identity", "named") && (p.Provider != nil || len(d.Contacts) > 0 && len(p.Office.Confirmable()) > 0)
	v.Other = remediesOf(p.Office.DraftRemedies(i18n.From(ctx), d))
	if v.Before, err = p.before(r, d); err != nil {
		return err
	}
	if v.Before != nil {
		v.What = append(v.What, web.SummaryRow{Key: web.T(ctx, "portal.goes_on"), Values: []string{v.Before.Title}, Change: draftPath(d.ID, "what") + "?from=check"})
	}
	for i, s := range steps {
		for _, name := range s.fields {
			f, ok := all[name]
			if !ok || !f.Asked {
				continue
			}
			row := p.summaryRow(r, d, f, steps[i].name)
			switch {
			case s.name == "files":
				v.Files = append(v.Files, row)
			case s.name == "who":
				v.Who = append(v.Who, row)
			default:
				v.What = append(v.What, row)
			}
			if f.Error != "" {
				v.Missing = append(v.Missing, web.Crumb{Path: row.Change + "#" + door.Anchor(f), Text: i18n.Labelled(langOf(r), f.Label, f.Error)})
			}
		}
	}
	return show(w, r, status, v.Title, reportCheckPage(v))
}

// summaryRow is one answer in words.
func (p *Portal) summaryRow(r *http.Request, d office.Draft, f office.FieldView, step string) web.SummaryRow {
	ctx := r.Context()
	row := web.SummaryRow{Key: f.Label, Change: draftPath(d.ID, step) + "?from=check"}
	switch f.Type {
	case "files":
		for _, file := range d.Files {
			row.Values = append(row.Values, file.Name)
		}
		if len(d.Files) > 0 {
			row.Note = web.T(ctx, "portal.files_sealed")
		}
	case "organ":
		row.Values = []string{p.organName(r, f.Value)}
	case "date":
		row.Values = []string{dayText(i18n.From(ctx), f.Value)}
	default:
		row.Values = labels(f)
	}
	if strings.Join(row.Values, "") == "" {
		row.Values = []string{web.T(ctx, "portal.not_given")}
	}
	return row
}

func (p *Portal) organName(r *http.Request, value []string) string {
	if len(value) == 0 || value[0] == "" {
		return web.T(r.Context(), "portal.organ_unknown")
	}
	if name := p.Office.OrganName(i18n.From(r.Context()), value[0]); name != "" {
		return name
	}
	return web.T(r.Context(), "portal.organ_unknown")
}

func dayText(l i18n.Lang, value []string) string {
	if len(value) == 0 {
		return ""
	}
	day, err := calendar.Parse(value[0])
	if err != nil {
		return value[0]
	}
	return i18n.DateFull(l, day)
}

// labels are the chosen options in words, or the text as it was typed.
func labels(f office.FieldView) []string {
	if len(f.Options) == 0 {
		return f.Value
	}
	var list []string
	for _, o := range f.Options {
		for _, v := range f.Value {
			if o.Value == v {
				list = append(list, o.Label)
			}
		}
	}
	return list
}

// fileReport serves POST /report/d/{draft}/check. Done twice, from two tabs or by a second tap, it gives the same receipt.
func (p *Portal) fileReport(w http.ResponseWriter, r *http.Request) error {
	d, done, err := p.draft(w, r)
	if err != nil || done {
		return err
	}
	if err := door.ReadText(r); err != nil {
		return err
	}
	all, err := p.Office.ReportFields(r.Context(), d, i18n.From(r.Context()), true)
	if err != nil {
		return err
	}
	for _, f := range all {
		if f.Error != "" { // told before anybody waits for nothing
			return p.showCheck(w, r, http.StatusUnprocessableEntity, d, "")
		}
	}
	t, err := p.ticket(r, d.ID)
	var why unproved
	if errors.As(err, &why) {
		return p.showCheck(w, r, http.StatusUnprocessableEntity, d, web.T(r.Context(), string(why)))
	}
	return p.send(w, r, d, t)
}

// reportWait serves GET /report/d/{draft}/wait: a report that was sent and waits is filed as soon as it is its turn.
func (p *Portal) reportWait(w http.ResponseWriter, r *http.Request) error {
	d, done, err := p.draft(w, r)
	if err != nil || done {
		return err
	}
	t, good := p.guards.tickets.Read(r.URL.Query().Get("turn"), d.ID)
	if !good {
		return redirect(w, r, draftPath(d.ID, "check"))
	}
	return p.send(w, r, d, t)
}

// send files a report where it is the turn of its ticket.
func (p *Portal) send(w http.ResponseWriter, r *http.Request, d office.Draft, t turn.Ticket) error {
	in := p.follow()
	a := p.guards.reports.Ask(t, p.guards.limits.Line(r))
	if a.Left { // for a proof found meanwhile, in the same page
		return redirect(w, r, draftPath(d.ID, "check"))
	}
	if !a.Open && !a.Again { // again: a second tab, or the first time failed after its turn
		return p.wait(w, r, waitView{answer: a, of: d.ID, ticket: t, path: draftPath(d.ID, "wait"), draft: d.ID, Intake: noteOf(in)})
	}
	_, err := p.Office.FileReport(r.Context(), d.ID, i18n.From(r.Context()), p.spent(r, t))
	var why unproved
	var bad office.BadFields
	var refused *office.Refused
	switch {
	case errors.As(err, &why):
		return p.showCheck(w, r, http.StatusUnprocessableEntity, d, web.T(r.Context(), string(why)))
	case errors.As(err, &bad):
		return p.showCheck(w, r, http.StatusUnprocessableEntity, d, "")
	case errors.As(err, &refused):
		return p.showCheck(w, r, http.StatusUnprocessableEntity, d, refused.View.Said())
	case err != nil:
		return err
	}
	return redirect(w, r, draftPath(d.ID, "receipt"))
}
