package bench

import (
	"context"
	"fmt"
	"path/filepath"
	"time"

	"yifa/internal/demo"
	"yifa/internal/i18n"
	"yifa/internal/installation"
	"yifa/internal/matter"
	"yifa/internal/office"
	"yifa/internal/vault"
)

// Whose matters are looked at: the head of supervision of the county that holds half of them.
const (
	county    = "440703"
	head      = "zhen-ruotang"
	login     = "zhenruotang"
	procedure = "supervision.complaint"
)

// city is an open data folder.
type city struct {
	*size
	*installation.Installation
	clock *demo.Clock
	shut  bool
}

// open opens the folder, for filling without waiting for the disk: a folder half filled when the
// machine stops is filled anew. Papers are typeset when somebody looks at one: acts are measured, not typesetting.
func (s *size) open(ctx context.Context, filling bool) (*city, error) {
	clock := &demo.Clock{}
	clock.Start(time.Now())
	address := s.Database
	if address == "" && filling {
		address = "sqlite:" + filepath.Join(s.dir, installation.DatabaseFile) + "?_pragma=synchronous(0)"
	}
	i, err := installation.Open(ctx, installation.Options{Dir: s.dir, Database: address, Law: s.Law, Now: clock.Now, MakeKey: true, LazyPapers: true})
	if err != nil {
		return nil, err
	}
	return &city{size: s, Installation: i, clock: clock}, nil
}

func (c *city) close() {
	if !c.shut {
		c.shut = true
		_ = c.Close() // nothing is asked of it any more
	}
}

// work does every job that waits.
func (c *city) work(ctx context.Context) error { return c.Office.Work(ctx) }

// signIn signs the official in who looks.
func (c *city) signIn(ctx context.Context, p *plan) (err error) {
	signed, err := c.Office.SignIn(ctx, login, demo.Password, office.From{})
	if err != nil {
		return fmt.Errorf("sign in: %w", err)
	}
	p.token = signed.Token
	p.reader, err = c.Office.ReaderOf(ctx, p.token, i18n.ZhHans)
	return err
}

// plan is what the measuring asks for.
type plan struct {
	open   []matter.ID // unfinished matters to look at
	acted  []matter.ID // unfinished matters to act in
	deep   string      // cursor of a deep page of the list of all
	page   int         // its number
	filed  []matter.ID // reports filed by the run itself, with one entry each
	fresh  []matter.ID // others, to write notes in
	reader office.Reader
	token  string   // the reader's session
	drafts []string // reports written and not yet filed
	cookie []byte   // key under which the portal signs its forms
}

// deepPage is the page that stands for a long list; a shorter list has its last full one.
const deepPage = 500

// draftsPerSecond is for how many reports a second drafts are prepared.
const draftsPerSecond = 2500

// prepare finds what to look at and writes the reports that will be filed.
func (c *city) prepare(ctx context.Context) (*plan, error) {
	p := &plan{cookie: c.Vault.MAC(vault.Session, []byte("portal cookie"))}
	if err := c.signIn(ctx, p); err != nil {
		return nil, err
	}
	if err := c.choose(ctx, p); err != nil {
		return nil, err
	}
	if err := c.deepen(ctx, p); err != nil {
		return nil, err
	}
	want := int(3*c.Each.Seconds()*draftsPerSecond) + 1
	p.drafts = make([]string, want)
	return p, parallel(want, 64, func(i int) error {
		d, err := c.Office.NewDraft(ctx)
		if err != nil {
			return err
		}
		p.drafts[i] = d.ID
		_, err = c.Office.SaveDraft(ctx, d.ID, report(dice(-i), county))
		return err
	})
}

// choose takes unfinished matters: the odd ones to act in, the even ones to look at.
func (c *city) choose(ctx context.Context, p *plan) error {
	f := office.Filter{Stage: "sorted"}
	for range 8 {
		l, err := c.Office.List(ctx, p.reader, f)
		if err != nil {
			return err
		}
		for i, row := range l.Rows {
			if i%2 == 0 {
				p.open = append(p.open, row.ID)
			} else {
				p.acted = append(p.acted, row.ID)
			}
		}
		if f.After = l.Next; l.Next == "" {
			break
		}
	}
	if len(p.open) == 0 || len(p.acted) == 0 {
		return fmt.Errorf("the reader sees no unfinished matters in %s: it was filled under another law; remove it and fill anew", c.dir)
	}
	return nil
}

// deepen walks the list of all matters to a deep page, as a person would by its links.
func (c *city) deepen(ctx context.Context, p *plan) error {
	f := office.Filter{Closed: "all"}
	for p.page = 1; p.page < deepPage; p.page++ {
		l, err := c.Office.List(ctx, p.reader, f)
		if err != nil {
			return err
		}
		if l.Next == "" {
			break
		}
		p.deep, f.After = l.Next, l.Next
	}
	return nil
}
