// Package web is what portal and desk share: the frame of a page, the components of the look, the answer to an error,
// the middleware around every route, the limits on strangers, and the built style sheet and script.
// It never decides what the law allows, never opens a database, and knows no route of its own but /static/.
//
// # A handler
//
//	mux.Handle("GET /track", web.Handle(p.track))              // nil, *web.Problem, or a fault
//	page := web.NewPage(r, web.Portal, web.T(r.Context(), "portal.track_title"))
//	page.Current = "/track"                                    // marks the entry of the navigation
//	return web.Render(w, r, http.StatusOK, page, trackPage(view))
//
// Pages are not stored by browsers unless web.Public(w, seconds) is called; web.Secret(w) is for pages with a receipt
// code. web.AllowBody(w, r, bytes) before reading an upload. mux.Handle("/", web.NotFoundPage()) last.
// web.Stack(mux, web.Options{Site: …, Classify: …}) goes around all routes; Classify turns refusals and conflicts of
// the layers below into problems: web.NotFound, web.Conflict. Routes are written without language prefix: Stack strips it.
//
// # In a template (templ gives ctx)
//
//	{ web.T(ctx, "portal.hello", "name", n) }    a message in the reader's language
//	href={ web.L(ctx, "/track") }                an address in the reader's language
//	@web.Day(d) @web.DayWeek(d) @web.DayFull(d) @web.At(moment) @web.AtFull(moment)      always <time>
//
// # Components (each takes the struct of view.go, clock.go or field.go; texts in it are already in the reader's language)
//
//	@web.ClockBar(web.Clock{Title, Face, Unit, Total, Used, Left, From, Due, Today, Pauses, Ledger, Why})
//	@web.WhyFold(web.Why{Lines}) @web.WhyList(lines)       为什么是这一天, folded or open
//	@web.Acts(open, closed)                                two panels of the desk; @web.ActList(acts) one list
//	@web.CiteRef(web.Cite{Key, Label, Title, Gist, InForce})   its card is set at the foot of the page by Layout
//	@web.Timeline(items) @web.Messages(messages) @web.Files(files) @web.Facts(facts)
//	@web.Slip(web.Receipt{Code, Facts, QR}); web.NewQR(address + "#" + code)
//	@web.Sees(web.SeenByFiler) @web.Unverified() @web.TagOf(web.Tag{Text, Kind}) @web.Icon("lock") @web.Sep() @web.Meta(parts)
//	@web.Summary(rows) inside @web.Group(id, title, sees) { … }        check page
//	@web.Panel(id, title) { … } @web.Head(id, title, sees) @web.Notes(id, title, notes) @web.Inset(title, text) { }
//	@web.Details(summary, open) { … } @web.Step(web.StepView{Journey, Name, N, Of})
//	@web.Figures(figures) @web.Sums(sums) @web.TwoWeeks(days) @web.Tasks(tasks) @web.TaskRow(task) @web.Pages(web.PagesView{Prev, Next})
//	@web.Refused(web.Refusal{…}) @web.Empty(title, text, crumb) @web.BackLink(path, text) @web.Breadcrumbs(crumbs)
//
// # Forms
//
//	@web.Errors(web.FieldErrors(fields)) @web.Ask(field) @web.AskAll(fields) @web.Button(text)
//	@web.PrintButton(text) @web.CopyButton(text, done)
//	@web.Proof(token, bits)        hidden proof of work or of time of an anonymous form (package web/pow: names pow, pow_nonce)
//	d, typed, err := web.ReadDate(r, "day")
//
// <form method="post" { web.Keep(ctx, "report")... }> keeps what was typed in this tab when the line drops;
// data-autosave="path" posts it there while writing. Field.Code is for receipt codes: filled from the fragment of the QR
// code's address, never kept. All this only where JavaScript runs; every page works without.
//
// Classes for plain markup: govuk-heading-xl (the one h1) -l (h2) -m (h3), govuk-body, yifa-small, yifa-quiet, yifa-stack,
// yifa-stack--l, govuk-grid-row with govuk-grid-row--main-aside, --half or --matter (desk), yifa-journey (text column), yifa-panel,
// yifa-panel__head, govuk-button (one a page), --secondary, --start, --warning, govuk-button-group, yifa-noprint, and of
// the mock screens yifa-hero, yifa-section, yifa-cards, yifa-card, yifa-steps, yifa-rows, yifa-status, yifa-nextdays,
// yifa-mhead, yifa-aside, yifa-area-clocks, yifa-two, yifa-note, yifa-sech, yifa-answer, yifa-calc.
package web
