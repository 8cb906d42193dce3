package portal

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/xml"
	"errors"
	"net/http"
	"strings"

	"github.com/google/uuid"

	"yifa/internal/calendar"
	"yifa/internal/i18n"
	"yifa/internal/office"
	"yifa/internal/web"
)

// This file is the Atom feed of published results (RFC 4287). It holds what their pages show and nothing else.

const (
	feedPath = "/feeds/disclosures.atom"
	atomType = "application/atom+xml"
	// feedEntries is how many results a feed holds, those that changed last; feedKept how many seconds it may be kept.
	feedEntries, feedKept = 50, 300
)

// feedSpace names feeds and entries (RFC 9562, version 5): an id never changes, whatever host the city moves to.
var feedSpace = uuid.MustParse("6d0b8b35-6f0e-4f0c-9a55-0f3f0c0f5a11")

type atomLink struct {
	Rel  string `xml:"rel,attr"`
	Type string `xml:"type,attr"`
	Href string `xml:"href,attr"`
}

// atomText is plain text, in a language of its own where it has one.
type atomText struct {
	Lang string `xml:"xml:lang,attr,omitempty"`
	Text string `xml:",chardata"`
}

type atomFeed struct {
	XMLName  xml.Name    `xml:"http://www.w3.org/2005/Atom feed"`
	Lang     string      `xml:"xml:lang,attr"`
	ID       string      `xml:"id"`
	Title    string      `xml:"title"`
	Subtitle string      `xml:"subtitle"`
	Updated  string      `xml:"updated"`
	Author   string      `xml:"author>name"`
	Links    []atomLink  `xml:"link"`
	Entries  []atomEntry `xml:"entry"`
}

type atomCategory struct {
	Term string `xml:"term,attr"`
}

type atomEntry struct {
	ID         string         `xml:"id"`
	Title      atomText       `xml:"title"`
	Published  string         `xml:"published"`
	Updated    string         `xml:"updated"`
	Link       atomLink       `xml:"link"`
	Categories []atomCategory `xml:"category"`
	Summary    string         `xml:"summary"`
	Content    *atomText      `xml:"content,omitempty"`
}

// outcomesFeed serves GET /feeds/disclosures.atom: the results that changed last, narrowed as /outcomes is. What asks for
// something there is not is not found.
func (p *Portal) outcomesFeed(w http.ResponseWriter, r *http.Request) error {
	list, err := p.Office.LatestOutcomes(r.Context(), langOf(r), outcomeFilter(r.URL.Query()), feedEntries)
	if errors.Is(err, office.ErrNotFound) {
		return web.NotFound
	}
	if err != nil {
		return err
	}
	latest := calendar.Moment{Day: p.Office.Today()}
	if len(list.Rows) > 0 {
		latest = list.Rows[0].Changed
	}
	body, err := xml.MarshalIndent(p.feed(r, list, latest), "", " ")
	if err != nil {
		return err
	}
	body = append([]byte(xml.Header), body...)
	sum := sha256.Sum256(body)
	web.Public(w, feedKept)
	w.Header().Set("Content-Type", atomType+"; charset=utf-8")
	w.Header().Set("ETag", `"`+hex.EncodeToString(sum[:16])+`"`)
	http.ServeContent(w, r, "", latest.Instant(), bytes.NewReader(body))
	return nil
}

func (p *Portal) feed(r *http.Request, list office.OutcomesView, latest calendar.Moment) atomFeed {
	ctx, lang := r.Context(), langOf(r)
	at := func(path string) string { return p.origin(r) + web.Href(lang, path) }
	v := layOutcomes(ctx, list)
	f := atomFeed{Lang: string(lang), ID: feedID("feed " + string(lang) + " " + v.feedAt()), Title: feedTitle(ctx, v), Subtitle: web.T(ctx, "portal.outcomes_lead"),
		Updated: stamp(latest), Author: web.NewPage(r, web.Portal, "").Site.Host.In(lang),
		Links: []atomLink{{"self", atomType, at(v.feedAt())}, {"alternate", "text/html", at(outcomesAt(list.Filter))}}}
	for _, o := range list.Rows {
		f.Entries = append(f.Entries, entryOf(ctx, o, at(outcomesPath+"/"+o.ID.String())))
	}
	return f
}

func entryOf(ctx context.Context, o office.Outcome, page string) atomEntry {
	e := atomEntry{ID: feedID("outcome " + o.ID.String()), Title: atomText{Text: o.Title}, Published: stamp(o.At), Updated: stamp(o.Changed),
		Link: atomLink{"alternate", "text/html", page}}
	if o.Withdrawn != nil {
		e.Summary = web.T(ctx, "portal.feed_withdrawn", "why", o.Withdrawn.Why)
		return e
	}
	e.Title.Lang = string(i18n.ZhHans)
	facts := []string{o.Place, o.Organ, strings.Join(o.Kinds, web.T(ctx, "office.list_items")), o.Finding}
	if !o.Corrected.IsZero() {
		facts = append(facts, web.T(ctx, "portal.feed_corrected", "day", i18n.Date(i18n.From(ctx), o.Corrected)))
	}
	if o.Comment != "" {
		facts = append(facts, web.T(ctx, "portal.outcome_typical"))
	}
	e.Summary = joined(facts, " · ")
	for _, k := range o.Kinds {
		e.Categories = append(e.Categories, atomCategory{k})
	}
	e.Content = &atomText{string(i18n.ZhHans), joined([]string{o.Summary, o.Result, o.Did, o.Comment}, "\n\n")}
	return e
}

// joined leaves out what is empty.
func joined(texts []string, between string) string {
	var said []string
	for _, t := range texts {
		if t != "" {
			said = append(said, t)
		}
	}
	return strings.Join(said, between)
}

func feedID(name string) string { return uuid.NewSHA1(feedSpace, []byte(name)).URN() }

// feedTitle is what the list is called with what it is narrowed to.
func feedTitle(ctx context.Context, v outcomesView) string {
	return joined(append([]string{web.T(ctx, "portal.outcomes_title")}, v.Asked...), " · ")
}

// feedAt is the address of the feed of what the list is narrowed to.
func (v outcomesView) feedAt() string {
	f := v.Filter
	f.After = ""
	return feedPath + outcomeQuery(f)
}

// stamp is a civil minute in Asia/Shanghai as Atom writes it.
func stamp(m calendar.Moment) string { return m.Instant().Format("2006-01-02T15:04:05-07:00") }
