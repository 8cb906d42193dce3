package office_test

import (
	"errors"
	"strings"
	"testing"

	"yifa/internal/office"
	"yifa/internal/office/officetest"
	"yifa/internal/store"
)

// TestNumbersPage: a series of an organ and year lists each of its numbers, without a gap: the used, the reserved, and the voided
// with who voided it and why. A head who may not read a matter sees that its number is drawn and nothing of it; whoever has
// no business with numbers sees none.
func TestNumbersPage(t *testing.T) { numbered(t, officetest.New(t)) }

func TestNumbersPagePostgres(t *testing.T) { numbered(t, officetest.Postgres(t)) }

func numbered(t *testing.T, c *officetest.City) {
	c.Issued() // 1, used
	whole := caseOf(t, c)
	reserve := func() office.Done {
		at := draft(t, c, whole, "supervision_opinion")
		return c.Do(c.As("he-yuning"), at, "reserve_number", nil)
	}
	dropped := reserve() // 2, voided
	c.Do(c.As("he-yuning"), dropped.Matter, "withdraw", map[string][]string{"reason": {"改用通报。"}})
	later := reserve() // 3, used later than drawn
	c.Issued()         // 4
	c.Do(c.As("he-yuning"), later.Matter, "submit", opinion())
	c.Do(c.As("ou-xiaozhang"), later.Matter, "pass_check", nil)
	c.Do(c.As("song-zhiwen"), later.Matter, "sign", nil)
	reserve() // 5, reserved

	head := c.As(officetest.Head)
	all, err := c.Office.Numbers(t.Context(), head, store.Counter{}, 0)
	must(t, err)
	var of store.Counter
	for _, s := range all.All {
		if s.Organ != "440703-sfj" {
			t.Errorf("a series of %s", s.Organ)
		}
		if strings.Contains(s.Name, "司监意") {
			of = s.Counter
		}
	}
	v, err := c.Office.Numbers(t.Context(), head, of, 0)
	must(t, err)
	want := []string{"reserved", "used", "used", "voided", "used"}
	if len(v.Rows) != len(want) || v.Of.Last != len(want) || v.Older != 0 {
		t.Fatalf("%d rows up to %d: %+v", len(v.Rows), v.Of.Last, v.Rows)
	}
	for i, row := range v.Rows {
		if row.N != len(want)-i || row.State != want[i] || !strings.Contains(row.Text, "监意〔2026〕") || row.By == "" {
			t.Errorf("number %d: %+v", len(want)-i, row)
		}
	}
	if gone := v.Rows[3]; gone.Why != "改用通报。" || gone.Act != "撤回文书" || gone.Matter != dropped.Matter {
		t.Errorf("the voided number: %+v", gone)
	}
	if used := v.Rows[2]; used.Act != "签发" || used.Matter != later.Matter {
		t.Errorf("the number used later: %+v", used)
	}
	if v, err = c.Office.Numbers(t.Context(), head, of, 3); err != nil || len(v.Rows) != 2 || v.Rows[0].N != 2 {
		t.Errorf("below 3: %+v, %v", v.Rows, err)
	}
	for _, who := range []string{officetest.Officer, officetest.Complained} {
		if _, err := c.Office.Numbers(t.Context(), c.As(who), of, 0); !errors.Is(err, office.ErrNotFound) {
			t.Errorf("%s: %v", who, err)
		}
	}
	other := of
	other.Organ = "440705-sfj"
	if _, err := c.Office.Numbers(t.Context(), head, other, 0); !errors.Is(err, office.ErrNotFound) {
		t.Errorf("another organ's: %v", err)
	}
	clerk, err := c.Office.Numbers(t.Context(), c.As(officetest.Intake), of, 0)
	if err != nil || len(clerk.Rows) != len(want) || clerk.Rows[0].State != "" || clerk.Rows[0].Matter != 0 || clerk.Rows[0].Title != "" || clerk.Rows[0].Text == "" {
		t.Errorf("the clerk, who may not read these papers: %+v, %v", clerk.Rows, err)
	}
	c.Sound()
}
