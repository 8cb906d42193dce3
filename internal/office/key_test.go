package office_test

import (
	"errors"
	"testing"
	"time"

	"yifa/internal/calendar"
	"yifa/internal/i18n"
	"yifa/internal/office"
	"yifa/internal/office/officetest"
)

// The same key with the same body is the same act, done once; with another body it is refused.
func TestKeys(t *testing.T) {
	c := officetest.New(t)
	id, _ := c.Sorted()
	rev, officer := c.State(id).Rev, c.As(officetest.Officer)
	act := office.Act{Matter: id, Act: "accept", Rev: rev, Key: "k1", Fields: map[string][]string{"scope": {"证件。"}}}
	answers := make([]office.Done, writers)
	atOnce(writers, func(i int) {
		var err error
		if answers[i], err = c.Office.Perform(t.Context(), officer, act); err != nil {
			t.Error(err)
		}
	})
	for _, a := range answers {
		if a.Matter != id || a.Seq != rev+1 || len(a.Opened) != 0 {
			t.Errorf("answered %+v", a)
		}
	}
	c.Clock.Set(officetest.Start.Add(2 * time.Hour)) // a later try is the same act still
	if done, err := c.Office.Perform(t.Context(), officer, act); err != nil || done.Seq != rev+1 {
		t.Errorf("later: %+v, %v", done, err)
	}
	for name, change := range map[string]func(*office.Act){
		"other words":  func(a *office.Act) { a.Fields = map[string][]string{"scope": {"别的。"}} },
		"other act":    func(a *office.Act) { a.Act = "note" },
		"other page":   func(a *office.Act) { a.Rev++ },
		"other day":    func(a *office.Act) { a.Happened = calendar.DayOnly(calendar.New(2026, 9, 21)) },
		"other matter": func(a *office.Act) { a.Matter = c.File(officetest.Report()).ID },
		"with a file": func(a *office.Act) {
			a.Uploads = map[string][]office.Upload{"files": {{Name: "a.png", Body: photo(1)}}}
		},
	} {
		other := act
		change(&other)
		if _, err := c.Office.Perform(t.Context(), officer, other); !errors.Is(err, office.ErrKeyReused) {
			t.Errorf("%s: %v, want ErrKeyReused", name, err)
		}
	}
	// Somebody else's key is his own.
	if _, err := c.Office.Perform(t.Context(), c.As(officetest.Officer2), office.Act{Matter: id, Act: "note", Key: "k1", Fields: map[string][]string{"note": {"看过"}}}); err != nil {
		t.Error(err)
	}
	if rev := c.State(id).Rev; rev != act.Rev+2 {
		t.Errorf("rev %d", rev)
	}
	c.Sound()
}

// The same file sent twice under one key is one file in the record.
func TestKeyWithFile(t *testing.T) {
	c := officetest.New(t)
	id, _ := c.Sorted()
	for range 2 {
		a := office.Act{Matter: id, Act: "add_files", Key: "f1", Uploads: map[string][]office.Upload{"files": {{Name: "a.png", Body: photo(1)}}}}
		if _, err := c.Office.Perform(t.Context(), c.Filer(id), a); err != nil {
			t.Fatal(err)
		}
	}
	a := office.Act{Matter: id, Act: "add_files", Key: "f1", Uploads: map[string][]office.Upload{"files": {{Name: "a.png", Body: photo(2)}}}}
	if _, err := c.Office.Perform(t.Context(), c.Filer(id), a); !errors.Is(err, office.ErrKeyReused) {
		t.Errorf("another file: %v", err)
	}
	v, err := c.Office.Track(t.Context(), c.Filer(id))
	if err != nil || v.Entries != 5 {
		t.Errorf("%d entries: %v", v.Entries, err)
	}
}

func TestTwoTabs(t *testing.T) {
	t.Parallel()
	twoTabs(t, officetest.New(t))
}

func TestTwoTabsPostgres(t *testing.T) {
	t.Parallel()
	twoTabs(t, officetest.Postgres(t))
}

// Two tabs that file one draft make one matter and get one receipt.
func twoTabs(t *testing.T, c *officetest.City) {
	nodes := []*office.Office{c.Office, c.Beside().Office}
	matters := c.Sound().Matters
	for round := range 5 {
		draft := c.Draft(officetest.Report())
		receipts := make([]office.Receipt, 8)
		atOnce(len(receipts), func(i int) {
			var err error
			if receipts[i], err = nodes[i%2].FileReport(t.Context(), draft, i18n.ZhHans, nil); err != nil {
				t.Error(err)
			}
		})
		for _, r := range receipts {
			if r.ID != receipts[0].ID || r.Code != receipts[0].Code || r.Proof != receipts[0].Proof || !r.At.Equal(receipts[0].At) || len(r.Code) != 16 {
				t.Errorf("round %d: %+v and %+v", round, receipts[0], r)
			}
		}
	}
	if v := c.Sound(); v.Matters != matters+5 {
		t.Errorf("%d matters were made of 5 drafts", v.Matters-matters)
	}
}
