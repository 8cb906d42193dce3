package portal

import (
	"net/http"

	"yifa/internal/door"
	"yifa/internal/office"
	"yifa/internal/web"
	"yifa/internal/web/pow"
	"yifa/internal/web/turn"
)

// startView is the page before the first question.
type startView struct {
	Proof  proofView
	Fields map[string][]string // what the address brought, as the form sends it on
	Lines  []office.BegunWith
	Intake intakeNote
	Days   int // a draft stays on a device
}

// reportStart serves GET /report: what will be asked, and who may know.
func (p *Portal) reportStart(w http.ResponseWriter, r *http.Request) error {
	fields, lines, err := p.Office.BeginWith(r.Context(), langOf(r), r.URL.Query())
	if err != nil {
		return err
	}
	note := noteOf(p.follow())
	v := startView{p.guards.startProof(r), fields, lines, note, p.Office.DraftDays()}
	return render(w, r, toShow{http.StatusOK, web.T(r.Context(), "portal.start_title"), reportStartPage(v), []string{deviceScript}, nil})
}

// ofStart is what the ticket of somebody who waits to begin is good for.
const ofStart = "start"

// startReport serves POST /report: a new draft at an address of its own, or a place among those who wait for one.
func (p *Portal) startReport(w http.ResponseWriter, r *http.Request) error {
	// Nothing is asked for in quiet times, so that what is no proof counts as none.
	sent, err := p.guards.issuer.Look(r.PostFormValue("pow"), r.PostFormValue("pow_nonce"))
	if err != nil || sent.Proof != pow.Worked {
		sent = pow.Sent{ID: turn.NewID()}
	}
	return p.begin(w, r, turn.Ticket{ID: sent.ID, Parts: sent.Parts})
}

// startWait serves GET /report/wait: whether it is her turn to begin.
func (p *Portal) startWait(w http.ResponseWriter, r *http.Request) error {
	t, good := p.guards.tickets.Read(r.URL.Query().Get("turn"), ofStart)
	if !good {
		return redirect(w, r, "/report")
	}
	return p.begin(w, r, t)
}

// begin opens a draft where it is the turn of a ticket.
func (p *Portal) begin(w http.ResponseWriter, r *http.Request, t turn.Ticket) error {
	if err := door.ReadText(r); err != nil {
		return err
	}
	fields, _, err := p.Office.BeginWith(r.Context(), langOf(r), r.Form)
	if err != nil {
		return err
	}
	p.follow()
	a := p.guards.starts.Ask(t, p.guards.limits.Line(r))
	switch {
	case a.Open:
		d, err := p.newDraft(r)
		if err == nil && len(fields) > 0 {
			d, err = p.Office.SaveDraft(r.Context(), d.ID, fields)
		}
		if err != nil {
			return err
		}
		return redirect(w, r, draftPath(d.ID, steps[0].name))
	case a.Again: // let in before: a ticket begins one report
		return redirect(w, r, "/report"+queryOf(fields, "?"))
	}
	return p.wait(w, r, waitView{answer: a, of: ofStart, ticket: t, path: "/report/wait", fields: fields})
}
