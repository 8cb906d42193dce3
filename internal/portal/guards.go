package portal

import (
	"errors"
	"net/http"
	"time"

	"yifa/internal/office"
	"yifa/internal/web"
	"yifa/internal/web/pow"
)

// The classes of requests that are held to limits.
const (
	classStart  web.Class = "start"  // a new draft
	classReport web.Class = "report" // a report filed
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
	classStart:  {Every: 20 * time.Second, Burst: 20, Global: 20, Spare: 100},
	classReport: {Every: time.Minute, Burst: 10, Global: 10, Spare: 50},
	classUpload: {Every: 6 * time.Second, Burst: 30, Global: 10, Spare: 50},
	classCode:   {Every: 15 * time.Second, Burst: 10, Global: 20, Spare: 100},
	classLog:    {Every: time.Second, Burst: 30, Global: 5, Spare: 30},
	classFind:   {Every: 2 * time.Second, Burst: 40, Global: 20, Spare: 100},
	classSend:   {Every: 2 * time.Minute, Burst: 6, Global: 1, Spare: 60},
	classTry:    {Every: 15 * time.Second, Burst: 10, Global: 10, Spare: 50},
	classLink:   {Every: 15 * time.Second, Burst: 20, Global: 10, Spare: 100},
	classCSP:    {Every: 10 * time.Second, Burst: 10, Global: 1, Spare: 30},
}

// A report without a found number counts as so many, since waiting costs a machine nothing.
const waitedCounts = 3

// uploadsAtOnce bounds the memory files take on their way in.
const uploadsAtOnce = 6

// piecesAtOnce bounds the connections over which files come piece by piece; these are streamed and take little memory.
const piecesAtOnce = 64

// guards keep floods off the pages that need no account. None of them ever asks who somebody is.
type guards struct {
	limits  *web.Limiter
	issuer  *pow.Issuer
	uploads chan struct{}
	pieces  chan struct{}
}

func newGuards(c Config) guards {
	rules := c.Limits
	if rules == nil {
		rules = DefaultLimits
	}
	return guards{
		limits:  &web.Limiter{Rules: rules, Now: c.Now, Client: c.Client},
		issuer:  &pow.Issuer{Key: c.Key, Bits: 17, Now: c.Now},
		uploads: make(chan struct{}, uploadsAtOnce),
		pieces:  make(chan struct{}, piecesAtOnce),
	}
}

func (g guards) start(r *http.Request) error      { return g.limits.Allow(r, classStart) }
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
	select {
	case g.uploads <- struct{}{}:
		return func() { <-g.uploads }, nil
	default:
		const soon = 10
		return nil, web.TooMany(soon)
	}
}

// piece takes one of the places for pieces of files on their way in.
func (g guards) piece() (release func(), err error) {
	select {
	case g.pieces <- struct{}{}:
		return func() { <-g.pieces }, nil
	default:
		const soon = 10
		return nil, web.TooMany(soon)
	}
}

// proof gives the hidden proof of a form about to be shown: its token and how many zero bits are asked for.
func (g guards) proof() (token string, bits int) { return g.issuer.New(), g.issuer.Bits }

// unproved is the key of what to tell a person whose proof did not do.
type unproved string

func (u unproved) Error() string { return "portal: " + string(u) }

// submit checks the proof of a form, spends it and counts the report. It fails with unproved where the person may send
// again with another proof.
func (g guards) submit(r *http.Request, spend office.Spend) error {
	issuer := *g.issuer
	issuer.Spend = spend
	proof, err := issuer.Check(r.Context(), r.PostForm.Get("pow"), r.PostForm.Get("pow_nonce"))
	switch {
	case errors.Is(err, pow.ErrTooSoon):
		return unproved("portal.pow_soon")
	case errors.Is(err, pow.ErrSpent), errors.Is(err, pow.ErrExpired), errors.Is(err, pow.ErrForged), errors.Is(err, pow.ErrWrong):
		return unproved("portal.pow_again")
	case err != nil:
		return err
	}
	n := 1
	if proof == pow.Waited {
		n = waitedCounts
	}
	return g.limits.AllowN(r, classReport, n)
}
