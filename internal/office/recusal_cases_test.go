package office_test

import (
	"encoding/json"
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"yifa/internal/calendar"
	"yifa/internal/demo"
	"yifa/internal/i18n"
	"yifa/internal/matter"
	"yifa/internal/office"
	"yifa/internal/office/officetest"
	"yifa/internal/procedure"
	"yifa/internal/procedure/worked"
)

// TestRecusedOfEveryProcedure: whoever a decided recusal, or being complained of, keeps away from a matter of any
// procedure finds it nowhere: on no page, in no form, paper, list, count, search, figure, deadline or feed; and every act
// of the law is answered him like one in a matter that does not exist.
func TestRecusedOfEveryProcedure(t *testing.T) {
	t.Parallel()
	law := officetest.New(t).Law
	all, _ := worked.Load(law)
	found := map[string]int{}
	for _, one := range all {
		if one.Procedure.ID != "recusal" || !slices.ContainsFunc([]string{"organ-granted", "split-and-case", "colleague-granted", "filer-granted", "self-granted", "leader-by-higher"}, func(n string) bool { return strings.Contains(one.File, n) }) {
			continue
		}
		c := officetest.New(t)
		c.Clock.Set(demo.Begin.Midnight().Add(8 * time.Hour))
		people(t, c, one)
		_, faults := worked.Play(t.Context(), c.Law, one, performer{c})
		for _, f := range faults {
			t.Error(f)
		}
		must(t, c.Office.Work(t.Context()))
		for _, id := range everyMatter(t, c) {
			st := c.State(id)
			p, err := c.Law.ByKey(st.Procedure)
			must(t, err)
			for person := range p.Barred(st.Facts) {
				if len(c.Office.Posts(person)) > 0 {
					found[p.ID]++
					keptAway(t, c, p, id, person)
				}
			}
		}
	}
	for _, p := range []string{"supervision.complaint", "supervision.case", "recusal"} {
		if found[p] == 0 {
			t.Errorf("nobody was kept away from a matter of %s", p)
		}
	}
}

// keptAway looks for a matter in everything the office tells somebody.
func keptAway(t *testing.T, c *officetest.City, p *procedure.Procedure, id matter.ID, person string) {
	t.Helper()
	r := c.As(person)
	token, err := c.Office.MakeFeed(t.Context(), r)
	must(t, err)
	feed, _, err := c.Office.Feed(t.Context(), token, i18n.ZhHans)
	must(t, err)
	deadlines, err := c.Office.Deadlines(t.Context(), r, office.DeadlineFilter{Whose: "all"})
	must(t, err)
	month, err := c.Office.DeadlineMonth(t.Context(), r, office.DeadlineFilter{Whose: "all"}, calendar.New(2026, 3, 1))
	must(t, err)
	said, err := json.Marshal([]any{feed, deadlines, month})
	must(t, err)
	if all := everything(t, c, r, id) + string(said); strings.Contains(all, id.String()) {
		t.Errorf("%s is told of %s, a %s", person, id, p.ID)
	}
	for _, a := range p.AllActs() {
		_, err := c.Office.Perform(t.Context(), r, office.Act{Matter: id, Act: a.Name})
		if !errors.Is(err, office.ErrNotFound) {
			t.Errorf("%s does %s in %s: %v", person, a.Name, id, err)
		}
	}
}
