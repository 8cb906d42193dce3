// Package officetest gives tests a real office over a real database, with the organs and people of
// the demo city and a clock they set. It is for tests only and is linked into no program.
package officetest

import (
	"context"
	"testing"
	"time"

	"yifa/internal/calendar"
	"yifa/internal/demo"
	"yifa/internal/i18n"
	"yifa/internal/installation"
	"yifa/internal/matter"
	"yifa/internal/office"
	"yifa/law"
)

// Start is the instant a new city stands at: a Monday morning, 21 September 2026, 09:00 in Jiangmen.
var Start = calendar.New(2026, time.September, 21).Midnight().Add(9 * time.Hour)

// City is a founded city without matters.
type City struct {
	*installation.Installation
	Clock *demo.Clock
	Dir   string
	t     testing.TB
}

// New founds a city on SQLite in a folder of the test's own.
func New(t testing.TB) *City { return Open(t, installation.Options{Dir: t.TempDir()}) }

// Open founds a city where opt says: another database, a failing connection.
func Open(t testing.TB, opt installation.Options) *City {
	t.Helper()
	c := &City{Clock: &demo.Clock{}, Dir: opt.Dir, t: t}
	c.Clock.Set(demo.Begin.Midnight().Add(8 * time.Hour))
	opt.Law, opt.Now, opt.MakeKey = law.FS, c.Clock.Now, true
	var err error
	if c.Installation, err = installation.Open(context.Background(), opt); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = c.Close() })
	city := &demo.City{Office: c.Office, Law: c.Law, LawFS: law.FS, Clock: c.Clock}
	if err := city.Found(context.Background()); err != nil {
		t.Fatal(err)
	}
	c.Clock.Set(Start)
	return c
}

// People of the city whom tests call by name.
const (
	Officer  = "he-yuning"    // supervision officer, 440703-sfj
	Officer2 = "ou-xiaozhang" // another one there
	Head     = "zhen-ruotang" // head of supervision there
	Intake   = "huang-shuyi"  // intake clerk there
	Stranger = "lu-jingwen"   // supervision officer of another county, 440705-sfj
)

// As is the reader of a person.
func (c *City) As(person string) office.Reader { return c.Office.ReaderFor(person, 0) }

// Filer is who filed a matter.
func (c *City) Filer(id matter.ID) office.Reader { return c.Office.ReaderFor("", id) }

// Report is a plausible complaint, to be changed field by field.
func Report() map[string][]string {
	return map[string][]string{"problem": {"no_identification"}, "organ": {"440703002-zhzf"}, "division": {"440703002"},
		"account": {"他们没有出示证件，搬走了三张折叠桌。"}, "wish": {"退还物品"}, "identity": {"anonymous"}, "lang": {"zh-Hans"}}
}

// File files a report through a draft, as the portal does, and returns its receipt.
func (c *City) File(fields map[string][]string) office.Receipt {
	c.t.Helper()
	ctx := context.Background()
	d, err := c.Office.NewDraft(ctx)
	if err != nil {
		c.t.Fatal(err)
	}
	if _, err := c.Office.SaveDraft(ctx, d.ID, fields); err != nil {
		c.t.Fatal(err)
	}
	r, err := c.Office.FileReport(ctx, d.ID, i18n.ZhHans)
	if err != nil {
		c.t.Fatal(err)
	}
	return r
}

// Do does an act as somebody, who must be let.
func (c *City) Do(r office.Reader, id matter.ID, act string, fields map[string][]string) office.Done {
	c.t.Helper()
	done, err := c.Office.Perform(context.Background(), r, office.Act{Matter: id, Act: act, Fields: fields})
	if err != nil {
		c.t.Fatalf("%s: %v", act, err)
	}
	return done
}

// Accepted files a report and brings it to the stage accepted, handled by Officer.
func (c *City) Accepted() (matter.ID, office.Receipt) {
	c.t.Helper()
	receipt := c.File(Report())
	id, officer := receipt.ID, c.As(Officer)
	c.Do(officer, id, "link_target", map[string][]string{"target": {"known"}, "complained_organ": {"440703002-zhzf"}, "officer_known": {"false"}, "basis": {"车身单位名称"}})
	c.Do(officer, id, "sort", map[string][]string{"stream": {"about_enforcement"}, "title": {"搬走桌椅没有出示证件"}, "summary": {"反映搬走桌椅时没有出示证件。"}})
	c.Do(officer, id, "claim", nil)
	c.Do(officer, id, "accept", map[string][]string{"scope": {"有没有出示证件。"}})
	return id, receipt
}
