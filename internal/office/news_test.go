package office_test

import (
	"bytes"
	"encoding/hex"
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"golang.org/x/mod/sumdb/note"

	"yifa/internal/i18n"
	"yifa/internal/office"
	"yifa/internal/office/officetest"
)

// TestNews: who holds a code finds her news in the lists that everybody reads, and nobody else finds or counts anything.
func TestNews(t *testing.T) {
	t.Parallel()
	news(t, officetest.New(t))
}

func TestNewsPostgres(t *testing.T) {
	t.Parallel()
	news(t, officetest.Postgres(t))
}

func news(t *testing.T, c *officetest.City) {
	receipt := c.File(officetest.Report())
	r, err := c.Office.ByCode(t.Context(), receipt.Code, i18n.ZhHans)
	must(t, err)
	own, err := c.Office.NewsOf(r)
	must(t, err)
	key, err := hex.DecodeString(own.Key)
	must(t, err)
	if strings.Contains(own.Key, receipt.Code) || own.Marks[0].On != c.Office.Today() || len(slices.Compact(own.Marks)) != len(own.Marks) {
		t.Errorf("%+v", own)
	}
	if _, err := c.Office.NewsOf(c.As(officetest.Officer)); !errors.Is(err, office.ErrNotFound) {
		t.Errorf("an official has a key: %v", err)
	}
	minute, lines := newsOfMinute(t, c)
	if slices.Contains(lines, office.NewsTag(key, minute, c.Office.Today())) {
		t.Error("her own report is news to her")
	}
	c.Sort(receipt.ID)
	if _, again := newsOfMinute(t, c); !slices.Equal(again, lines) {
		t.Error("the list changed within its minute")
	}
	c.Clock.Set(c.Clock.Now().AddDate(0, 0, 1))
	sorted := c.Office.Today().AddDays(-1)
	minute, next := newsOfMinute(t, c)
	if !slices.Contains(next, office.NewsTag(key, minute, sorted)) || slices.Contains(next, office.NewsTag(key, minute, c.Office.Today())) {
		t.Error("news of yesterday do not stand under yesterday")
	}
	if len(next) != len(lines) || slices.ContainsFunc(next, func(l string) bool { return slices.Contains(lines, l) }) {
		t.Errorf("lists of %d and %d lines share some", len(lines), len(next))
	}
	c.Clock.Set(c.Clock.Now().Add(time.Minute))
	later, after := newsOfMinute(t, c)
	if later == minute || slices.ContainsFunc(after, func(l string) bool { return slices.Contains(next, l) }) {
		t.Error("a line of one minute stands in the next: who looks twice can follow a matter")
	}
	on, marks, err := c.Office.NewsMarks(t.Context())
	must(t, err)
	if !slices.Contains(marks, own.Marks[1].Mark) || own.Marks[1].On != on || len(marks) != 64 || !slices.IsSorted(marks) {
		t.Errorf("%s: %q among %d marks", on, own.Marks[1].Mark, len(marks))
	}
	c.Clock.Set(c.Clock.Now().AddDate(0, 0, 31))
	if minute, lines = newsOfMinute(t, c); slices.Contains(lines, office.NewsTag(key, minute, sorted)) {
		t.Error("news of a month ago are news")
	}
	c.Sound()
}

// newsOfMinute is the list of the minute, whose signature a library not of ours checks.
func newsOfMinute(t *testing.T, c *officetest.City) (minute string, lines []string) {
	t.Helper()
	signed, err := c.Office.NewsList(t.Context())
	must(t, err)
	vkey, err := c.Office.NewsVerifier()
	must(t, err)
	verifier, err := note.NewVerifier(vkey)
	must(t, err)
	n, err := note.Open(signed, note.VerifierList(verifier))
	must(t, err)
	if _, err := note.Open(bytes.Replace(signed, []byte("yifa news"), []byte("yifa olds"), 1), note.VerifierList(verifier)); err == nil {
		t.Error("a changed list is not found out")
	}
	all := strings.Split(strings.TrimSuffix(n.Text, "\n"), "\n")
	if all[0] != "yifa news 1" || len(all) != 66 || !slices.IsSorted(all[2:]) {
		t.Errorf("%d lines, the first %q", len(all), all[0])
	}
	return all[1], all[2:]
}
