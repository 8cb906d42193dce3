package officetest

import (
	"bytes"
	"context"
	"image"
	"image/jpeg"

	"yifa/internal/i18n"
	"yifa/internal/matter"
	"yifa/internal/office"
)

// Archivist draws up lists of what is past its term, 440703-sfj.
const Archivist = "gu-wenlan"

// Refused files a named report with a picture and brings it to its end: it is not accepted.
func (c *City) Refused() matter.ID {
	c.t.Helper()
	fields := Report()
	fields["identity"], fields["name"], fields["phone"] = []string{"named"}, []string{"关淑贞"}, []string{"13802345678"}
	return c.RefusedAs(fields)
}

// RefusedAs is Refused for a report of these answers.
func (c *City) RefusedAs(fields map[string][]string) matter.ID {
	c.t.Helper()
	draft := c.Draft(fields)
	var picture bytes.Buffer
	if err := jpeg.Encode(&picture, image.NewGray(image.Rect(0, 0, 16, 16)), nil); err != nil {
		c.t.Fatal(err)
	}
	if _, err := c.Office.AddDraftFile(context.Background(), draft, c.Office.Public(i18n.ZhHans), office.Upload{Name: "现场.jpg", Body: &picture}); err != nil {
		c.t.Fatal(err)
	}
	id := c.FileDraft(draft).ID
	c.Sort(id)
	c.Do(c.As(Head), id, "refuse", map[string][]string{"ground": {"no_facts"}, "explain": {"没有具体的事实。"}, "remedies": {"hotline"}})
	return id
}

// Approved has a list of matters drawn up, appraised as such that may be destroyed, and approved.
func (c *City) Approved(scope string, ids ...matter.ID) (list matter.ID) {
	c.t.Helper()
	names := make([]string, len(ids))
	for i, id := range ids {
		names[i] = id.String()
	}
	done, err := c.Office.Perform(context.Background(), c.As(Archivist), office.Act{Procedure: "register.destruction", Act: "draw_up",
		Fields: map[string][]string{"kind": {"supervision.complaint"}, "scope": {scope}, "listed": names}})
	if err != nil {
		c.t.Fatal(err)
	}
	c.Do(c.As(Archivist), done.Matter, "clear", map[string][]string{"matters": names})
	c.Do(c.As(Archivist), done.Matter, "submit", nil)
	c.Do(c.As(Head), done.Matter, "approve", map[string][]string{"seen": {"true"}})
	return done.Matter
}

// Destroyed has what was approved destroyed, down to the certificate.
func (c *City) Destroyed(scope string, ids ...matter.ID) (list matter.ID) {
	c.t.Helper()
	list = c.Approved(scope, ids...)
	c.Do(c.As(Archivist), list, "carry_out", map[string][]string{"sure": {"true"}})
	if err := c.Office.Work(context.Background()); err != nil {
		c.t.Fatal(err)
	}
	if st := c.State(list); st.Stage != "destroyed" {
		c.t.Fatalf("the list stands at %s", st.Stage)
	}
	return list
}
