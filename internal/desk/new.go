package desk

import (
	"crypto/rand"
	"errors"
	"net/http"
	"strconv"
	"strings"

	"yifa/internal/calendar"
	"yifa/internal/door"
	"yifa/internal/office"
	"yifa/internal/web"
)

// newMatter serves GET /desk/new/{procedure}/{act}: an act that opens a matter.
func (d *Desk) newMatter(v visit) error {
	form, err := d.Office.OpenForm(v.Context(), v.reader, v.PathValue("procedure"), v.PathValue("act"), d.known(v))
	if err != nil {
		return missing(err)
	}
	status := http.StatusOK
	if form.Refusal != nil {
		status = http.StatusUnprocessableEntity
	}
	return d.showForm(v, status, form, formOf(v.Context(), form))
}

// newPost is a code for a post that nobody has used.
func newPost() string { return "p-" + strings.ToLower(rand.Text()[:10]) }

// known is what a form that opens a matter begins with: of a post, a code and what the page that led here knew; of a
// year's holidays, the year and what is known of it.
func (d *Desk) known(v visit) map[string][]string {
	if of := v.PathValue("procedure"); of == postProcedure || of == certificateProcedure {
		q := v.URL.Query()
		known := map[string][]string{"from": {d.Office.Today().String()}}
		if of == postProcedure {
			known["post"] = []string{newPost()}
		}
		for _, name := range []string{"organ", "person"} {
			if q.Get(name) != "" {
				known[name] = []string{q.Get(name)}
			}
		}
		return known
	}
	if key := v.URL.Query().Get("key"); v.PathValue("procedure") == keyProcedure && key != "" {
		return map[string][]string{"key": {key}}
	}
	n, err := strconv.Atoi(v.URL.Query().Get("year"))
	if v.PathValue("procedure") != calendarProcedure || err != nil {
		return nil
	}
	known := map[string][]string{"year": {strconv.Itoa(n)}}
	cal, err := d.Office.Calendar(v.Context())
	if y, ok := cal.Year(n); err == nil && ok {
		known["rest"] = []string{strings.ReplaceAll(calendar.FormatHolidays(y.Holidays), "; ", "\n")}
	}
	return known
}

// openMatter serves POST /desk/new/{procedure}/{act}. A receipt code made for the person who phoned, wrote or came is
// shown once, in the answer itself: sending the same form again shows the same code.
func (d *Desk) openMatter(v visit) error {
	name, act := v.PathValue("procedure"), v.PathValue("act")
	again := func(typed map[string][]string) (office.FormView, error) {
		return d.Office.OpenForm(v.Context(), v.reader, name, act, typed)
	}
	form, err := again(nil)
	if err != nil {
		return missing(err)
	}
	a := attempt{form: form, again: again, act: office.Act{Procedure: name, Act: act}}
	if asksForecast(v) {
		return d.showForecast(v, a)
	}
	done, err := d.try(v, &a)
	if err != nil {
		return d.again(v, a, err)
	}
	if done.Code == "" {
		return v.redirect(matterPath(done.Matter))
	}
	return d.showReceipt(v, done)
}

// receiptView is the slip for the person on whose behalf a report was recorded.
type receiptView struct {
	Slip web.Receipt
	Path string // of the matter; empty where it went to an office the reader does not belong to
}

func (d *Desk) showReceipt(v visit, done office.Done) error {
	qr, err := web.NewQR(d.origin(v.Request) + "/track#" + done.Code)
	if err != nil {
		return err
	}
	out := receiptView{Slip: web.Receipt{Title: v.t("desk.receipt"), Code: done.Code, QR: qr}}
	proof, err := d.Office.ReceiptHash(v.Context(), done.Code)
	if err != nil {
		return err
	}
	if m, err := d.Office.Matter(v.Context(), v.reader, done.Matter); err == nil {
		out.Path = matterPath(done.Matter)
		out.Slip.Facts = []web.Fact{{Key: v.t("desk.received"), At: m.Opened}, {Key: v.t("desk.about"), Value: m.About}}
	} else if err = missing(err); !errors.Is(err, web.NotFound) {
		return err
	}
	out.Slip.Facts = append(out.Slip.Facts, web.Fact{Key: v.t("desk.receipt_check"), Value: door.Short(proof)})
	web.Secret(v.w)
	return v.show(page{title: v.t("desk.receipt"), nav: v.URL.Path, content: receiptPage(out)})
}

// showHandOut shows the code of a matter an act has opened, to be handed to whom it concerns. It is shown here alone.
func (d *Desk) showHandOut(v visit, done office.Done, act string) error {
	qr, err := web.NewQR(d.origin(v.Request) + "/track#" + done.Code)
	if err != nil {
		return err
	}
	slip := web.Receipt{Title: v.t("code.hand_slip"), Code: done.Code, QR: qr, Facts: []web.Fact{{Key: v.t("code.given"), At: calendar.DayOnly(d.Office.Today())}}}
	web.Secret(v.w)
	return v.show(page{title: act, nav: "/desk/matters", content: handOutPage(slip, matterPath(done.Matter))})
}

// origin is the site's own address without a slash at the end.
func (d *Desk) origin(r *http.Request) string {
	if d.Origin != "" {
		return d.Origin
	}
	scheme := "http://"
	if d.TLS || r.TLS != nil {
		scheme = "https://"
	}
	return scheme + r.Host
}
