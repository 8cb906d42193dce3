package open311

import (
	"context"
	"errors"
	"maps"
	"net/http"
	"slices"
	"time"
	"unicode/utf8"

	"yifa/internal/i18n"
	"yifa/internal/identity"
	"yifa/internal/office"
	"yifa/internal/web"
)

// keyHeader names one sending: sent again with the same value within 24 hours it is answered again and filed once.
const keyHeader = "Idempotency-Key"

// maxKey is the length of that value.
const maxKey = 255

func langOf(r *http.Request) i18n.Lang { return i18n.From(r.Context()) }

// post serves POST /v2/requests: a report is filed, and its number given back; or where filing takes long, a token for it.
func (d *Door) post(w http.ResponseWriter, r *http.Request) (reply, error) {
	s, err := d.read(w, r)
	if err != nil {
		return reply{}, err
	}
	if err := d.isOurs(r.Context(), s.values.Get("jurisdiction_id")); err != nil {
		return reply{}, err
	}
	f, err := d.form(r)
	if err != nil {
		return reply{}, err
	}
	fields, err := f.filled(r, s.values)
	if err != nil {
		return reply{}, err
	}
	number, err := handed(r, s)
	if err != nil {
		return reply{}, err
	}
	if number != "" {
		if known, err := d.Office.HandedRequest(r.Context(), number); err == nil {
			request := node("request", leaf("service_request_id", known), leaf("service_notice", web.T(r.Context(), "open311.handed_before")), leaf("account_id", nil))
			return reply{status: http.StatusOK, body: list("service_requests", request)}, nil
		} else if !errors.Is(err, office.ErrNotFound) {
			return reply{}, err
		}
	}
	key := r.Header.Get(keyHeader)
	if len(key) > maxKey {
		return reply{}, said(http.StatusBadRequest, web.T(r.Context(), "open311.long_key", "name", keyHeader, "n", maxKey))
	}
	token := d.Office.ContributionToken(s.app.ID, key)
	err = d.Office.KeepContribution(r.Context(), d.reader(r), office.Contribution{App: s.app.ID, Token: token, Number: number, Fields: fields, Files: s.files})
	if err != nil {
		return reply{}, f.worded(r, err)
	}
	return d.filed(r, f, token, http.StatusCreated)
}

// handedArgument is the argument in which the app of the hotline gives the number of an order; nobody else may.
const handedArgument = "handed_number"

// handed is the number of the hotline's order, "" from an app of anybody else.
func handed(r *http.Request, s sent) (string, error) {
	const longest = 60
	number := arg(s.values, handedArgument)
	switch {
	case s.app.Hotline && (number == "" || utf8.RuneCountInString(number) > longest):
		return "", said(http.StatusBadRequest, handedArgument+": "+web.T(r.Context(), "open311.required"))
	case !s.app.Hotline && number != "":
		return "", said(http.StatusBadRequest, handedArgument+": "+web.T(r.Context(), "open311.hotline_only"))
	}
	return number, nil
}

// token serves GET /v2/tokens/{token}: the number of a report, once it is filed.
func (d *Door) token(_ http.ResponseWriter, r *http.Request) (reply, error) {
	f, err := d.form(r)
	if err != nil {
		return reply{}, err
	}
	return d.filed(r, f, named(r, "sending"), http.StatusOK)
}

// filed files what is kept under a token, or tells that it was. It waits no longer than d.Wait: then the token alone
// is given, and what is under way goes on.
func (d *Door) filed(r *http.Request, f form, token string, status int) (reply, error) {
	type outcome struct {
		office.Receipt
		err error
	}
	done := make(chan outcome, 1)
	reader := d.reader(r)
	go func(ctx context.Context) {
		receipt, err := d.Office.FileContribution(ctx, reader, token)
		done <- outcome{receipt, err}
	}(context.WithoutCancel(r.Context()))
	asked := r.Method == http.MethodGet
	var o outcome
	select {
	case o = <-done:
	case <-time.After(d.Wait):
		return reply{status: status, body: list("service_requests", node("request", leaf("service_request_id", nil), leaf("token", token)))}, nil
	}
	switch {
	case errors.Is(o.err, office.ErrNotFound):
		return reply{}, said(http.StatusNotFound, web.T(r.Context(), "open311.unknown_token"))
	case o.err != nil:
		return reply{}, f.worded(r, o.err)
	}
	request := node("request", leaf("service_request_id", d.Office.RequestNumber(o.ID)))
	if asked {
		request.kids = append(request.kids, leaf("token", token))
	}
	request.kids = append(request.kids, leaf("service_notice", d.notice(r, o.Receipt)), leaf("account_id", nil))
	return reply{status: status, body: list("service_requests", request)}, nil
}

// notice tells the person what she needs: her receipt code, what it is for, and the next day.
func (d *Door) notice(r *http.Request, receipt office.Receipt) string {
	ctx, code := r.Context(), receipt.Code
	if c, err := identity.ParseReceiptCode(code); err == nil {
		code = c.Grouped()
	}
	said := web.T(ctx, "open311.filed", "office", receipt.Office, "code", code, "url", d.origin(r)+web.Href(langOf(r), "/track"))
	if !receipt.Next.On.IsZero() {
		said = web.Sentences(ctx, said, d.next(r, receipt.Next))
	}
	return said
}

// next is a day to come in words.
func (d *Door) next(r *http.Request, n office.NextDay) string {
	return web.T(r.Context(), "open311.next", "what", n.Text, "day", i18n.DateFull(langOf(r), n.On))
}

// worded says of fields at fault under which name they were, or could have been, sent.
func (f form) worded(r *http.Request, err error) error {
	var bad office.BadFields
	switch {
	case errors.Is(err, office.ErrKeyReused):
		return said(http.StatusBadRequest, web.T(r.Context(), "open311.key_reused", "name", keyHeader))
	case !errors.As(err, &bad):
		return err
	}
	var what []string
	for _, q := range f.Fields {
		if text, is := bad[q.Name]; is {
			what = append(what, f.atField(r, q.Name, text))
			delete(bad, q.Name)
		}
	}
	for _, name := range slices.Sorted(maps.Keys(bad)) {
		what = append(what, name+": "+bad[name])
	}
	return said(http.StatusBadRequest, what...)
}

// atField is what is wrong with the answer to a question: the name it is sent under, the question, and the fault.
func (f form) atField(r *http.Request, name, text string) string {
	q, _ := f.field(name)
	sentAs, argued := arguments[name]
	switch {
	case name == placeField:
		sentAs = "address_id"
	case !argued:
		sentAs = "attribute[" + name + "]"
	}
	return sentAs + ": " + i18n.Labelled(langOf(r), q.Label, text)
}
