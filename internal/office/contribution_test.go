package office_test

import (
	"bytes"
	"context"
	"errors"
	"testing"

	"yifa/internal/i18n"
	"yifa/internal/office"
	"yifa/internal/office/officetest"
)

// A program that ends between keeping and filing, or between filing and the answer, loses nothing and files nothing
// twice: what is sent again under its key is one matter with one receipt, and leaves no file behind that nobody names.
func TestContributionSentAgain(t *testing.T) {
	c := officetest.New(t)
	ctx := context.Background()
	pdf := []byte("%PDF-1.4\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n")
	keep := func(text string) (string, error) {
		fields := officetest.Report()
		fields["account"] = []string{text}
		token := c.Office.ContributionToken("jmt", "k1")
		return token, c.Office.KeepContribution(ctx, c.Office.Public(i18n.ZhHans), office.Contribution{App: "jmt", Token: token, Fields: fields, Files: []office.Upload{{Name: "a.pdf", Body: bytes.NewReader(pdf)}}})
	}
	must := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	_, err := keep("一")
	must(err)
	kept := len(blobs(t, c))
	c.Reopen() // before it was filed
	token, err := keep("一，改过。")
	must(err)
	if n := len(blobs(t, c)); n != kept {
		t.Errorf("%d files after it was sent anew, %d before", n, kept)
	}
	first, err := c.Office.FileContribution(ctx, c.Office.Public(i18n.ZhHans), token)
	must(err)
	c.Reopen() // before it was answered
	again, err := keep("一，改过。")
	must(err)
	if n := len(blobs(t, c)); again != token || n != kept {
		t.Errorf("token %s, then %s; %d files, then %d", token, again, kept, n)
	}
	second, err := c.Office.FileContribution(ctx, c.Office.Public(i18n.ZhHans), token)
	must(err)
	if second.ID != first.ID || second.Code != first.Code || second.Files != 1 {
		t.Errorf("%+v, then %+v", first, second)
	}
	if _, err := keep("另一件。"); !errors.Is(err, office.ErrKeyReused) || len(blobs(t, c)) != kept {
		t.Errorf("something else under the key: %v, %d files", err, len(blobs(t, c)))
	}
	if other := c.Office.ContributionToken("other", "k1"); other == token {
		t.Error("the key of another app is the same token")
	}
	if _, err := c.Office.FileContribution(ctx, c.Office.Public(i18n.ZhHans), "nothing"); !errors.Is(err, office.ErrNotFound) {
		t.Errorf("a token that is none: %v", err)
	}
	number := c.Office.RequestNumber(first.ID)
	c.Reopen()
	if _, err := c.Office.Follow(ctx, i18n.En, number); err != nil || c.Office.RequestNumber(first.ID) != number {
		t.Errorf("the number does not outlive the program: %v", err)
	}
	if got := c.State(c.File(officetest.Report()).ID).Facts.Text("channel"); got != "web" {
		t.Errorf("a report of our own pages came in by %q", got)
	}
	c.Sound()
}
