package portal

import (
	"errors"
	"net/http"
	"net/url"
	"strconv"
	"time"

	"yifa/internal/calendar"
	"yifa/internal/i18n"
	"yifa/internal/office"
	"yifa/internal/web"
	"yifa/internal/web/pow"
	"yifa/internal/web/turn"
)

// waitView is somebody whose turn it is not yet.
type waitView struct {
	answer turn.Answer
	of     string // what the ticket is good for
	ticket turn.Ticket
	path   string              // where it is looked whether her turn has come
	draft  string              // empty: she has not begun
	fields map[string][]string // what the address brought into the report

	Title, Left string
	Here        string // the address that keeps the place
	Every       int    // seconds until the page looks again
	Proof       proofView
	Action      string // where a proof found meanwhile goes
	Ticket      string
	Intake      intakeNote
}

// intakeNote is until when only reports with a proof of work are taken; zero while they are taken as usual.
type intakeNote struct{ Until calendar.Moment }

func noteOf(in office.Intake) intakeNote {
	if !in.ProofsOnly {
		return intakeNote{}
	}
	return intakeNote{calendar.MomentAt(in.Until)}
}

// on says whether it is so.
func (n intakeNote) on() bool { return !n.Until.Day.IsZero() }

// wait shows the place of a ticket. A POST leads to the address that keeps it.
func (p *Portal) wait(w http.ResponseWriter, r *http.Request, v waitView) error {
	v.ticket.Tag = v.answer.Tag
	v.Ticket = p.guards.tickets.Sign(v.ticket, v.of)
	v.Here = v.path + "?turn=" + url.QueryEscape(v.Ticket) + queryOf(v.fields, "&")
	if r.Method != http.MethodGet {
		return redirect(w, r, v.Here)
	}
	ctx := r.Context()
	v.Title = web.T(ctx, "portal.wait_title")
	v.Left = waitLeft(i18n.From(ctx), v.answer)
	if v.answer.Bare {
		v.Title, v.Left = web.T(ctx, "portal.proofs_wait"), web.T(ctx, "portal.proofs_left", "time", i18n.MomentFull(i18n.From(ctx), v.Intake.Until))
	}
	v.Every = max(int(v.answer.Every/time.Second), 1)
	if v.draft != "" && v.ticket.Parts == 0 {
		v.Proof, v.Action = p.guards.proof(r), draftPath(v.draft, "check")
	}
	w.Header().Set("Retry-After", strconv.Itoa(v.Every))
	page := web.NewPage(r, web.Portal, v.Title)
	page.Refresh, page.Current, page.Help = v.Every, "/report", helpOn(r)
	return web.Render(w, r, http.StatusOK, page, waitPage(v))
}

// waitLeft says about how long it takes, roughly: what is not known exactly is not said exactly.
func waitLeft(l i18n.Lang, a turn.Answer) string {
	if a.Full {
		return i18n.T(l, "portal.wait_full")
	}
	minutes := int((a.Wait + time.Minute - 1) / time.Minute)
	if minutes <= 1 {
		return i18n.T(l, "portal.wait_soon")
	}
	return i18n.T(l, "portal.wait_left", "n", minutes)
}

// unproved is the key of what to tell a person whose proof did not do.
type unproved string

func (u unproved) Error() string { return "portal: " + string(u) }

// unprovedBy is what to tell of a proof that was refused.
func unprovedBy(err error) unproved {
	if errors.Is(err, pow.ErrTooSoon) {
		return "portal.pow_soon"
	}
	return "portal.pow_again"
}

// ticket is that of a report about to be sent: by the proof of its form, and by the place it had before.
func (p *Portal) ticket(r *http.Request, draft string) (turn.Ticket, error) {
	sent, err := p.guards.issuer.Look(r.PostForm.Get("pow"), r.PostForm.Get("pow_nonce"))
	before, had := p.guards.tickets.Read(r.PostForm.Get("turn"), draft)
	switch {
	case had && (err != nil || sent.Proof != pow.Worked):
		return before, nil // the page in which she waits, sent again
	case err != nil:
		return turn.Ticket{}, unprovedBy(err)
	}
	t := turn.Ticket{ID: sent.ID, Parts: sent.Parts, Until: sent.Until}
	if had {
		t.Tag = before.Tag
		p.guards.reports.Leave(before.ID)
	}
	return t, nil
}

// spent notes the proof of a ticket as used, within the transaction that files.
func (p *Portal) spent(r *http.Request, t turn.Ticket) func(office.Spend) error {
	return func(spend office.Spend) error {
		fresh, err := spend(r.Context(), t.ID, t.Until)
		if err == nil && !fresh {
			err = unproved("portal.pow_again")
		}
		return err
	}
}
