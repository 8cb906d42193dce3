package portal

import (
	"net/http"

	"yifa/internal/calendar"
	"yifa/internal/door"
	"yifa/internal/i18n"
	"yifa/internal/web"
)

// receiptView is the slip a person keeps, and what happens next.
type receiptView struct {
	Slip  web.Receipt
	Next  nextDay
	File  string // address of the receipt file
	Other []remedyView
	Days  int // a draft stays on a device
}

// reportReceipt serves GET /report/d/{draft}/receipt. It is the only page that ever shows the code, for as long as the
// draft lives.
func (p *Portal) reportReceipt(w http.ResponseWriter, r *http.Request) error {
	d, err := p.Office.Draft(r.Context(), r.PathValue("draft"))
	if err != nil {
		return gone(err)
	}
	if d.Filed == nil {
		return redirect(w, r, draftPath(d.ID, "check"))
	}
	ctx, f := r.Context(), p.Office.Receipt(langOf(r), *d.Filed)
	qr, err := web.NewQR(p.origin(r) + web.Href(langOf(r), "/track") + "#" + f.Code)
	if err != nil {
		return err
	}
	how := web.T(ctx, "portal.receipt_named")
	if f.Anonymous {
		how = web.T(ctx, "portal.receipt_anonymous")
	}
	if f.Files > 0 {
		how += web.T(ctx, "web.comma") + web.T(ctx, "portal.receipt_files", "n", f.Files)
	}
	organ := f.Organ
	if organ == "" {
		organ = web.T(ctx, "portal.organ_unknown")
	}
	v := receiptView{Days: p.Office.DraftDays(), Other: remediesOf(p.Office.DraftRemedies(i18n.From(ctx), d)), File: draftPath(d.ID, "receipt/file"), Next: nextOf(i18n.From(ctx), f.Next), Slip: web.Receipt{
		Title: web.T(ctx, "portal.receipt_slip"), Code: f.Code, QR: qr,
		Facts: []web.Fact{
			{Key: web.T(ctx, "portal.receipt_at"), At: calendar.MomentAt(f.At)},
			{Key: web.T(ctx, "portal.receipt_organ"), Value: organ},
			{Key: web.T(ctx, "portal.receipt_office"), Value: f.Office},
			{Key: web.T(ctx, "portal.receipt_how"), Value: how},
			{Key: web.T(ctx, "portal.receipt_check"), Value: door.Short(f.Proof)},
		},
	}}
	before, err := p.before(r, d)
	if err != nil {
		return err
	}
	if before != nil {
		v.Slip.Facts = append(v.Slip.Facts, web.Fact{Key: web.T(ctx, "portal.goes_on"), Value: before.Title})
	}
	web.Secret(w)
	return render(w, r, toShow{http.StatusOK, web.T(ctx, "portal.receipt_title"), reportReceiptPage(v), []string{deviceScript}, nil})
}

// laterView says where a report that is not finished is found again.
type laterView struct {
	Address string
	Until   calendar.Moment
	Back    string
}

// reportLater serves GET /report/d/{draft}/later.
func (p *Portal) reportLater(w http.ResponseWriter, r *http.Request) error {
	d, done, err := p.draft(w, r)
	if err != nil || done {
		return err
	}
	back := r.URL.Query().Get("at")
	if _, known := stepNamed(back); !known {
		back = steps[0].name
	}
	v := laterView{Address: p.origin(r) + web.Href(langOf(r), draftPath(d.ID, back)), Until: calendar.MomentAt(d.Expires), Back: draftPath(d.ID, back)}
	web.Secret(w)
	return show(w, r, http.StatusOK, web.T(r.Context(), "portal.later_title"), reportLaterPage(v))
}
