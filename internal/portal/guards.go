package portal

import (
	"log/slog"
	"net/http"
	"time"

	"yifa/internal/office"
	"yifa/internal/web"
	"yifa/internal/web/pow"
	"yifa/internal/web/turn"
)

// The classes of requests that are held to limits.
const (
	classStart  web.Class = "start"  // a new draft
	classReport web.Class = "report" // a report filed
	classRenew  web.Class = "renew"  // a draft begun anew, since the old one had run out
	classSave   web.Class = "save"   // a page of a draft saved, by one line
	classDraft  web.Class = "draft"  // the same, of one draft
	classUpload web.Class = "upload"
	classCode   web.Class = "code" // a receipt code tried
	classFind   web.Class = "find" // words looked for in the law
	classLog    web.Class = "log"  // a cosignature of the log
	classSend   web.Class = "send" // a code to be sent
	classTry    web.Class = "try"  // a code that was sent, tried; a sign-in by a provider
	classLink   web.Class = "link" // what belongs to the link to a paper, tried
	classCSP    web.Class = "csp"  // reports of browsers about the content security policy
)

// DefaultLimits let a family or a small office behind one line work undisturbed and a machine not.
var DefaultLimits = map[web.Class]web.Rule{
	classStart:  {Every: 20 * time.Second, Burst: 20, Global: 60, Spare: 300},
	classReport: {Every: time.Minute, Burst: 10, Global: 20, Spare: 100},
	classRenew:  {Every: 20 * time.Second, Burst: 20, Global: 10, Spare: 50},
	classSave:   {Every: 200 * time.Millisecond, Burst: 300},
	classDraft:  {Every: 2 * time.Second, Burst: 60},
	classUpload: {Every: 6 * time.Second, Burst: 30, Global: 10, Spare: 50},
	classCode:   {Every: 15 * time.Second, Burst: 10, Global: 20, Spare: 100},
	classLog:    {Every: time.Second, Burst: 30, Global: 5, Spare: 30},
	classFind:   {Every: 2 * time.Second, Burst: 40, Global: 20, Spare: 100},
	classSend:   {Every: 2 * time.Minute, Burst: 6, Global: 1, Spare: 60},
	classTry:    {Every: 15 * time.Second, Burst: 10, Global: 10, Spare: 50},
	classLink:   {Every: 15 * time.Second, Burst: 20, Global: 10, Spare: 100},
	classCSP:    {Every: 10 * time.Second, Burst: 10, Global: 1, Spare: 30},
}

// What a proof asks for: parts of so many zero bits each. A report asks for some half a second of a desk and some five of
// a cheap phone while it is quiet, and for four times as much at most; a new draft for nothing while it is quiet.
const (
	powBits     = 14
	quietReport = 8
	mostReport  = 32
	quietStart  = 0
	mostStart   = 12
)

// A report without a found number counts as so many, since waiting costs a machine nothing.
const waitedCounts = 3

// How a waiting place is given and kept: see package turn.
const (
	plainShare = 3 // without a proof it goes so many times slower
	behind     = 10 * time.Minute
	perLine    = 10
	placesHeld = 20_000
)

// uploadsAtOnce bounds the memory files take on their way in.
const uploadsAtOnce = 6

// piecesAtOnce bounds the connections over which files come piece by piece; these are streamed and take little memory.
const piecesAtOnce = 64

// guards keep floods off the pages that need no account. None of them ever asks who somebody is.
type guards struct {
	limits  *web.Limiter
	issuer  *pow.Issuer
	bits    int // of each part of a proof
	tickets turn.Signer
	starts  *turn.Hall // who wait to begin a report
	reports *turn.Hall // who wait to file one
	uploads chan struct{}
	pieces  chan struct{}
}

func newGuards(c Config) guards {
	rules := c.Limits
	if rules == nil {
		rules = DefaultLimits
	}
	bits := c.ProofBits
	if bits == 0 {
		bits = powBits
	}
	return guards{
		bits:    bits,
		limits:  &web.Limiter{Rules: rules, Now: c.Now, Client: c.Client},
		issuer:  &pow.Issuer{Key: c.Key, Now: c.Now},
		tickets: turn.Signer{Key: c.Key, Now: c.Now},
		starts:  hall(c, rules[classStart], 1),
		reports: hall(c, rules[classReport], waitedCounts),
		uploads: make(chan struct{}, uploadsAtOnce),
		pieces:  make(chan struct{}, piecesAtOnce),
	}
}

// hall is where those wait who are more than a rule lets through; without a rule nobody does.
func hall(c Config, rule web.Rule, unasked int) *turn.Hall {
	rate := float64(rule.Global)
	return &turn.Hall{Now: c.Now, Rule: turn.Rule{Every: rule.Every, Burst: rule.Burst, Rate: rate, Plain: rate / plainShare, Spare: rule.Spare,
		Behind: behind, PerLine: perLine, Places: placesHeld, Unasked: unasked}}
}

func (g guards) renew(r *http.Request) error      { return g.limits.Allow(r, classRenew) }
func (g guards) tryCode(r *http.Request) error    { return g.limits.Allow(r, classCode) }
func (g guards) sendCode(r *http.Request) error   { return g.limits.Allow(r, classSend) }
func (g guards) tryContact(r *http.Request) error { return g.limits.Allow(r, classTry) }
func (g guards) tryLink(r *http.Request) error    { return g.limits.Allow(r, classLink) }
func (g guards) find(r *http.Request) error       { return g.limits.Allow(r, classFind) }

// upload takes one of the places for files on their way in.
func (g guards) upload(r *http.Request) (release func(), err error) {
	if err := g.limits.Allow(r, classUpload); err != nil {
		return nil, err
	}
	return place(r, g.uploads)
}

// piece takes one of the places for pieces of files on their way in.
func (g guards) piece(r *http.Request) (release func(), err error) { return place(r, g.pieces) }

// placeWait is how long a file on its way in waits for one of the places before it is asked to come again.
const placeWait = 8 * time.Second

func place(r *http.Request, places chan struct{}) (release func(), err error) {
	give := time.NewTimer(placeWait)
	defer give.Stop()
	select {
	case places <- struct{}{}:
		return func() { <-places }, nil
	case <-give.C:
	case <-r.Context().Done():
	}
	const soon = 10
	return nil, web.TooMany(soon)
}

// save lets one page of a draft be kept. Who began it has waited her turn, so that others do not stand in her way.
func (g guards) save(r *http.Request, draft string) error {
	if err := g.limits.Allow(r, classSave); err != nil {
		return err
	}
	return g.limits.AllowOf(draft, classDraft)
}

// follow holds the halls to how reports are taken now (ptsd/224). Whoever begins while only proofs are taken is asked for the
// hardest one but let in without: a browser that cannot compute is told before the first question, and may write a draft.
func (p *Portal) follow() office.Intake {
	in := p.Office.Intake()
	begin, file := turn.Normal, turn.Normal
	if in.ProofsOnly {
		begin, file = turn.Strict, turn.ProofOnly
	}
	p.guards.starts.Set(begin)
	if p.guards.reports.Set(file) {
		slog.Info("turns", "mode", string(file), "matter", in.Matter)
	}
	return in
}

// proof gives the hidden proof of a report about to be shown.
func (g guards) proof(r *http.Request) proofView {
	return g.asks(g.reports.Parts(g.limits.Line(r), quietReport, mostReport), quietReport)
}

// startProof gives that of a draft about to be begun: none while it is quiet.
func (g guards) startProof(r *http.Request) proofView {
	return g.asks(g.starts.Parts(g.limits.Line(r), quietStart, mostStart), quietStart)
}

func (g guards) asks(parts, quiet int) proofView {
	if parts == 0 {
		return proofView{}
	}
	return proofView{Token: g.issuer.NewFor(pow.Work{Bits: g.bits, Parts: parts}), Bits: g.bits, Parts: parts, More: parts > quiet}
}

// proofView is the hidden proof of a form.
type proofView struct {
	Token       string // empty: none is asked for
	Bits, Parts int
	More        bool // more than in quiet times: a person is told why it takes a moment
	Only        bool // without it nothing is taken just now
}
