package office_test

import (
	"errors"
	"fmt"
	"io"
	"regexp"
	"strings"
	"testing"
	"time"

	"yifa/internal/i18n"
	"yifa/internal/matter"
	"yifa/internal/office"
	"yifa/internal/office/officetest"
)

// link is the token of the only letter there is, which is thrown away.
func link(t *testing.T, c *officetest.City) string {
	t.Helper()
	list := c.Letters()
	if len(list) != 1 {
		t.Fatalf("%d letters:\n%q", len(list), list)
	}
	for _, secret := range []string{"陈", "241", "监意", "紫茶"} {
		if strings.Contains(list[0], secret) {
			t.Errorf("the letter says %s:\n%s", secret, list[0])
		}
	}
	c.Burn()
	return regexp.MustCompile(`/collect/([a-z0-9]+)`).FindStringSubmatch(list[0])[1]
}

// TestServe: a paper is served electronically on a party who agreed; the message that reached her is the day of service,
// her own days run from it, she opens it once with what only she knows, reads it, and comes back with a code.
func TestServe(t *testing.T) {
	t.Parallel()
	served(t, officetest.New(t))
}

func TestServePostgres(t *testing.T) {
	t.Parallel()
	served(t, officetest.Postgres(t))
}

func served(t *testing.T, c *officetest.City) {
	ctx := t.Context()
	paper := c.Issued()
	id := c.Serve(paper, "陈阿妹|自然人|紫茶路 8 号|13800001111")[0]
	c.Consent(id)
	c.Do(c.As("he-yuning"), id, "send_link", nil)
	must(t, c.Office.Work(ctx))
	st := c.State(id)
	if st.Stage != "served" || st.Facts.Text("served_on") != c.Office.Today().String() || st.Clocks["reconsider"].Due.IsZero() {
		t.Fatalf("%s %v %v", st.Stage, st.Facts, st.Clocks)
	}
	if told, is := c.State(paper).LastOf("enter_served"); !is || told.By.Person != matter.PersonSystem {
		t.Errorf("the paper knows of it by %+v", told)
	}
	token := link(t, c)
	must(t, c.Office.LinkStands(ctx, token))
	if err := c.Office.LinkStands(ctx, token+"x"); !errors.Is(err, office.ErrNotFound) {
		t.Errorf("an invented link: %v", err)
	}
	if _, err := c.Office.OpenLink(ctx, token, "0000", i18n.ZhHans); !errors.Is(err, office.ErrLinkCheck) {
		t.Errorf("with another number: %v", err)
	}
	code, err := c.Office.OpenLink(ctx, token, "２４１X", i18n.ZhHans)
	must(t, err)
	if _, err := c.Office.OpenLink(ctx, token, "241X", i18n.ZhHans); !errors.Is(err, office.ErrLinkUsed) {
		t.Errorf("a second time: %v", err)
	}
	seenBack(t, c, code)
	if _, is := c.State(id).LastOf("read_paper"); !is {
		t.Error("that she opened it is no entry")
	}
	c.Sound()
}

// seenBack: with the code she sees her paper and her days, and nothing of the matter it was made in.
func seenBack(t *testing.T, c *officetest.City, code string) {
	t.Helper()
	ctx := t.Context()
	r, err := c.Office.ByCode(ctx, code, i18n.ZhHans)
	must(t, err)
	v, err := c.Office.Track(ctx, r)
	must(t, err)
	if v.Paper == nil || !strings.Contains(v.Paper.Number, "监意") || len(v.Next) != 2 || len(v.Next[0].Why) == 0 || len(v.Links) != 0 {
		t.Errorf("she sees %+v, next %+v, links %v", v.Paper, v.Next, v.Links)
	}
	_, body, err := c.Office.OpenServed(ctx, r, r.Filer)
	must(t, err)
	pdf, err := io.ReadAll(body)
	must(t, errors.Join(err, body.Close()))
	if !strings.HasPrefix(string(pdf), "%PDF-") {
		t.Error("it is no PDF")
	}
}

// TestServeLinkEnds: five wrong answers end a link, its days do, and taking the service back does; each says so.
func TestServeLinkEnds(t *testing.T) {
	t.Parallel()
	c := officetest.New(t)
	ctx := t.Context()
	ids := c.Serve(c.Issued(), "陈阿妹|自然人", "李大明|自然人")
	var tokens []string
	for _, id := range ids {
		c.Consent(id)
		c.Do(c.As("he-yuning"), id, "hand_link", nil)
		slip, err := c.Office.LinkSlip(ctx, c.As("he-yuning"), id)
		must(t, err)
		tokens = append(tokens, strings.TrimPrefix(slip.Path, "/collect/"))
	}
	for n := range 5 {
		want := office.ErrLinkCheck
		if n == 4 {
			want = office.ErrLinkOver
		}
		if _, err := c.Office.OpenLink(ctx, tokens[0], "9999", i18n.ZhHans); !errors.Is(err, want) {
			t.Errorf("try %d: %v", n, err)
		}
	}
	if _, err := c.Office.OpenLink(ctx, tokens[0], "241X", i18n.ZhHans); !errors.Is(err, office.ErrLinkOver) {
		t.Errorf("the right one after five wrong ones: %v", err)
	}
	c.Do(c.As("he-yuning"), ids[1], "take_back", map[string][]string{"reason": {"丢了。"}})
	if _, err := c.Office.OpenLink(ctx, tokens[1], "241X", i18n.ZhHans); !errors.Is(err, office.ErrLinkOver) {
		t.Errorf("taken back: %v", err)
	}
	c.Do(c.As("he-yuning"), ids[1], "hand_link", nil)
	slip, err := c.Office.LinkSlip(ctx, c.As("he-yuning"), ids[1])
	must(t, err)
	if _, err := c.Office.LinkSlip(ctx, c.As(officetest.Stranger), ids[1]); !errors.Is(err, office.ErrNotFound) {
		t.Errorf("a stranger prints a slip: %v", err)
	}
	token := strings.TrimPrefix(slip.Path, "/collect/")
	c.Clock.Set(c.Clock.Now().Add(8 * 24 * time.Hour))
	if _, err := c.Office.OpenLink(ctx, token, "241X", i18n.ZhHans); !errors.Is(err, office.ErrLinkOver) {
		t.Errorf("after its days: %v", err)
	}
	if st := c.State(ids[1]); st.Stage != "sent" {
		t.Errorf("stage %s", st.Stage)
	}
}

// TestServeForty: one paper to forty parties is forty services with clocks of their own; nobody is served twice.
func TestServeForty(t *testing.T) {
	t.Parallel()
	c := officetest.New(t)
	var lines []string
	for n := range 40 {
		lines = append(lines, fmt.Sprintf("当事人%02d|自然人|白沙街道 %d 号", n, n))
	}
	paper := c.Issued()
	ids := c.Serve(paper, lines...)
	if len(ids) != 40 {
		t.Fatalf("%d services", len(ids))
	}
	_, err := c.Office.Perform(t.Context(), c.As("he-yuning"), office.Act{Matter: paper, Act: "serve_paper",
		Fields: map[string][]string{"recipients": {"新来的|自然人\n当事人07|自然人"}, "remedy": {"general"}}})
	var bad office.BadFields
	if !errors.As(err, &bad) || !strings.Contains(bad["recipients"], "第 2 行") {
		t.Errorf("served twice: %v", err)
	}
	v, err := c.Office.Matter(t.Context(), c.As("he-yuning"), paper)
	must(t, err)
	parts := 0
	for _, p := range v.PartTables {
		parts += len(p.Rows)
	}
	if parts != 40 {
		t.Errorf("the page of the paper lists %d services", parts)
	}
	aliases := map[string]bool{}
	for _, id := range ids {
		st := c.State(id)
		aliases[st.Facts.Text("party")] = true
		if st.Stage != "to_serve" || st.Clocks["deliver"].Due.IsZero() {
			t.Fatalf("%s %v", st.Stage, st.Clocks)
		}
	}
	if len(aliases) != 40 {
		t.Errorf("%d aliases", len(aliases))
	}
	c.Sound()
}
