// Package office holds the use cases of Yifa and is the only writer of matters: every door calls it,
// it asks the law, and stores what the law decided in one transaction. It knows no HTTP, writes no
// SQL, words no law and never computes a day itself.
package office

import (
	"context"
	"fmt"
	"slices"
	"sync"
	"sync/atomic"
	"time"

	"yifa/internal/access"
	"yifa/internal/calendar"
	"yifa/internal/division"
	"yifa/internal/document"
	"yifa/internal/evidence"
	"yifa/internal/i18n"
	"yifa/internal/identity"
	"yifa/internal/indicator"
	"yifa/internal/ledger"
	"yifa/internal/matter"
	"yifa/internal/procedure"
	"yifa/internal/raster"
	"yifa/internal/store"
	"yifa/internal/vault"
)

// Config is what an office works with. What may be empty says so.
type Config struct {
	DB       *store.DB
	Law      *procedure.Law
	Measured *indicator.Set // what is measured, and what of it is published
	Vault    *vault.Vault
	Evidence *evidence.Intake
	Blobs    evidence.Store
	Places   *division.Tree
	Names    map[string]i18n.Text // organs' names in other languages, by their legal name
	Now      func() time.Time     // the instant; civil days are taken from it in Asia/Shanghai
	Fonts    *document.Fonts      // papers are set in
	Seals    document.Seals       // papers are sealed with; an organ without one sends them unsealed
	Demo     []DemoAccount        // accounts to print on the sign-in page of the demo city
	Rules    identity.Rules       // what those who sign in are asked; the zero value: identity.DefaultRules

	// LazyPapers leaves papers to be made when they are first asked for, not as soon as an act has made them.
	LazyPapers bool
	Destroyed  string   // file that lists what was destroyed, for restores of older backups; empty: none is kept
	Witnesses  []string // verifier keys of those whose cosignatures of the log are taken
	Courier    Courier  // carries messages to filers who gave an address; nil: nobody can confirm one
	Origin     string   // https://host of the site, for messages; empty: they name none

	Raster *raster.Renderer // draws the pages of PDFs; nil: they are only saved
}

// DemoAccount is an account whose password is no secret, in the demo city only. Post is the key of the role there.
type DemoAccount struct{ Login, Password, Name, Organ, Post, Try string }

// Office is the use cases. It is safe for use by many goroutines.
type Office struct {
	db         *store.DB
	law        *procedure.Law
	indicators *indicator.Set
	vault      *vault.Vault
	evidence   *evidence.Intake
	blobs      evidence.Store
	fonts      *document.Fonts
	seals      document.Seals
	lazyPapers bool
	destroyed  string // file that lists what was destroyed
	places     *division.Tree
	translated map[string]i18n.Text
	hasher     *identity.Hasher
	rules      identity.Rules
	unknown    *identity.Tally // wrong passwords of names without an account
	now        func() time.Time
	demo       []DemoAccount
	ladder     int      // days ahead that a sweep looks
	quiet      []string // clocks a sweep passes over

	ctx         context.Context // of the writer: ends when the office is closed
	cancel      context.CancelFunc
	requests    chan *request
	quit        chan struct{}
	stopped     chan struct{}
	nudge       chan struct{} // something was stored: work may wait
	untidy      atomic.Bool   // the text index may have pieces to join
	acted       atomic.Int64  // requests done by the writer, to see how busy it is
	register    atomic.Pointer[register]
	known       atomic.Pointer[known]
	figuresLock sync.Mutex // of the figures last counted
	figures     map[string]*counting
	forecasts   forecasts
	newsLists   newsLists
	readToday   readings
	sweeping    sync.Mutex // held while a sweep goes through the matters
	scrubbing   func()     // is told of every file a scrub reads: for tests
	joining     sync.Map   // upload → *sync.Mutex
	kept        sync.Map   // hashes of procedure texts known to be stored
	drawings    sync.Map   // drawing → func() string
	ledger      *ledger.Log
	courier     Courier
	origin      string
	catalogue   func() (*document.Catalogue, error) // of papers; read when it is first asked for
	carrying    chan struct{}                       // places for messages on their way
	posted      sync.WaitGroup                      // messages on their way
	raster      *raster.Renderer
	sheets      sheets // pages drawn a short while ago
}

// New opens an office and starts its writer. Close ends it.
func New(c Config) (*Office, error) {
	if c.DB == nil || c.Law == nil || c.Measured == nil || c.Vault == nil || c.Evidence == nil || c.Blobs == nil || c.Places == nil || c.Fonts == nil || c.Now == nil {
		return nil, fmt.Errorf("office: database, law, indicators, vault, evidence, blobs, places, fonts and clock are all needed")
	}
	if c.Rules.Idle == 0 {
		c.Rules = identity.DefaultRules
	}
	o := &Office{rules: c.Rules, unknown: &identity.Tally{Policy: identity.SignInPolicy, Now: c.Now}, db: c.DB, law: c.Law, indicators: c.Measured, vault: c.Vault, evidence: c.Evidence, blobs: c.Blobs, fonts: c.Fonts, seals: c.Seals, lazyPapers: c.LazyPapers, destroyed: c.Destroyed, places: c.Places, translated: c.Names, hasher: identity.NewHasher(identity.DefaultCost, 2), now: c.Now, demo: c.Demo, ladder: ladderDays(c.Law), quiet: quietClocks(c.Law),
		requests: make(chan *request, batchMax), quit: make(chan struct{}), stopped: make(chan struct{}),
		nudge: make(chan struct{}, 1), ledger: ledger.New(c.DB, c.Vault, time.Now),
		courier: c.Courier, origin: c.Origin, carrying: make(chan struct{}, carryAtOnce), raster: c.Raster}
	o.catalogue = sync.OnceValues(func() (*document.Catalogue, error) {
		catalogue, faults := document.LoadCatalogue(o.law.FS, o.law.Book)
		if len(faults) > 0 {
			return nil, fmt.Errorf("office: papers: %w", faults[0])
		}
		return catalogue, nil
	})
	if err := o.ledger.Trust(c.Witnesses); err != nil {
		return nil, err
	}
	o.ctx, o.cancel = context.WithCancel(context.Background())
	go o.write()
	return o, nil
}

// Ledger is the log of entries.
func (o *Office) Ledger() *ledger.Log { return o.ledger }

// Close stops the writer after the batch at hand, and signs the last checkpoint of the log. Acts still waiting get an
// error and are not stored.
func (o *Office) Close() {
	close(o.quit)
	<-o.stopped
	o.ledger.Close()
	o.cancel()
	o.posted.Wait()
}

// Today is the office's civil day in Asia/Shanghai.
func (o *Office) Today() calendar.Date { return calendar.On(o.now()) }

// DemoAccounts are the accounts of the demo city, organ and post in words of the language; a real city has none.
func (o *Office) DemoAccounts(lang i18n.Lang) []DemoAccount {
	list := slices.Clone(o.demo)
	for i, a := range list {
		list[i].Organ, list[i].Post = o.nameIn(lang, a.Organ), i18n.T(lang, "office.post."+a.Post)
	}
	return list
}

// Public is the reader who is nobody in particular.
func (o *Office) Public(lang i18n.Lang) Reader { return Reader{Lang: lang} }

// wake tells Run that work may wait.
func (o *Office) wake() {
	select {
	case o.nudge <- struct{}{}:
	default:
	}
}

// actOf finds the procedure that governs an attempt, and its act; nil where there is none.
func (o *Office) actOf(st matter.State, try procedure.Attempt) (*procedure.Procedure, *procedure.Act) {
	p := o.procedureOf(st)
	if st.ID == 0 {
		p, _ = o.law.Find(try.Procedure, try.Happened.Day)
	}
	if p == nil {
		return nil, nil
	}
	acts := p.Acts(try.Act)
	if len(acts) == 0 {
		return p, nil
	}
	return p, acts[0]
}

// procedureOf is the very version a matter is decided under, nil where the law does not hold it.
func (o *Office) procedureOf(st matter.State) *procedure.Procedure {
	p, _ := o.law.ByHash(st.Hash)
	return p
}

// accessReader is who holds the keys today.
func (o *Office) accessReader(keys []string) access.Reader {
	return access.Reader{Keys: keys, On: o.Today()}
}
