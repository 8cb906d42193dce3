package office_test

import (
	"context"
	"errors"
	"strings"
	"testing"
	"time"

	"yifa/internal/i18n"
	"yifa/internal/matter"
	"yifa/internal/office"
	"yifa/internal/office/officetest"
	"yifa/internal/store"
)

func named() map[string][]string {
	report := officetest.Report()
	report["identity"], report["name"], report["phone"], report["email"] = []string{"named"}, []string{"陈某"}, []string{"+86 138 0000 1111"}, []string{"Chen@Example.org"}
	return report
}

// confirmed files a report whose telephone is confirmed by the code that was sent.
func confirmed(t *testing.T, c *officetest.City, report map[string][]string) office.Receipt {
	t.Helper()
	ctx, draft := context.Background(), c.Draft(report)
	must(t, c.Office.SendDraftCode(ctx, draft, office.ContactPhone, i18n.ZhHans))
	must(t, c.Office.CheckDraftCode(ctx, draft, office.ContactPhone, c.Code()))
	return c.FileDraft(draft)
}

// TestContact: a filer who gives her name confirms her telephone; the handler sees that, and not the number; she is told
// that there is news, finds the matter by the number again, and after ninety days no more.
func TestContact(t *testing.T) {
	t.Parallel()
	contact(t, officetest.New(t))
}

func TestContactPostgres(t *testing.T) {
	t.Parallel()
	contact(t, officetest.Postgres(t))
}

func contact(t *testing.T, c *officetest.City) {
	ctx := t.Context()
	filed := confirmed(t, c, named())
	if got := c.State(filed.ID).Facts.List("confirmed"); len(got) != 1 || got[0] != office.ContactPhone {
		t.Errorf("confirmed: %v", got)
	}
	seen, err := c.Office.Matter(ctx, c.As(officetest.Officer), filed.ID)
	must(t, err)
	said := ""
	for _, f := range seen.Fields {
		said += f.Label + f.Value + "\n"
	}
	if !strings.Contains(said, "手机号码已核实") || strings.Contains(said, "1380000") {
		t.Errorf("the handler reads:\n%s", said)
	}
	toldOfNews(t, c, filed.ID)
	list, at := find(t, c, "13800001111"), c.Clock.Now()
	if len(list) != 1 || list[0].ID != filed.ID {
		t.Errorf("found %v", list)
	}
	if again := find(t, c, "chen@example.org"); len(again) != 0 {
		t.Errorf("found by an address that was never confirmed: %v", again)
	}
	c.Clock.Set(at.Add(89 * 24 * time.Hour))
	if list = find(t, c, "13800001111"); len(list) != 1 {
		t.Error("gone before ninety days")
	}
	c.Clock.Set(c.Clock.Now().Add(91 * 24 * time.Hour)) // finding it had confirmed it again
	if list = find(t, c, "13800001111"); len(list) != 0 {
		t.Error("there after ninety days without being confirmed")
	}
	must(t, c.Office.Prune(ctx))
	must(t, c.DB.Read(ctx, func(q *store.Query) error {
		all, err := q.AllContacts(ctx)
		if len(all) != 0 {
			t.Errorf("%d contacts are kept after their day", len(all))
		}
		return err
	}))
	c.Sound()
}

// find confirms a contact once more and gives what is found by it.
func find(t *testing.T, c *officetest.City, typed string) []office.Brief {
	t.Helper()
	ctx := t.Context()
	ticket, err := c.Office.SendCode(ctx, office.KindOf(typed), typed, i18n.ZhHans)
	must(t, err)
	who, err := c.Office.CheckCode(ctx, ticket, c.Code())
	must(t, err)
	list, err := c.Office.MattersOf(ctx, who, i18n.ZhHans)
	must(t, err)
	for _, b := range list {
		if _, err := c.Office.ByContact(ctx, who, b.ID, i18n.ZhHans); err != nil {
			t.Errorf("listed and not opened: %v", err)
		}
	}
	return list
}

// toldOfNews: several acts within ten minutes make one message, which names neither matter nor act.
func toldOfNews(t *testing.T, c *officetest.City, id matter.ID) {
	t.Helper()
	ctx := t.Context()
	c.Sort(id)
	c.Do(c.As(officetest.Officer), id, "note", map[string][]string{"note": {"只给内部看"}})
	must(t, c.Office.Work(ctx))
	if n := len(c.Letters()); n != 0 {
		t.Errorf("%d messages at once", n)
	}
	c.Clock.Set(c.Clock.Now().Add(10 * time.Minute))
	must(t, c.Office.Work(ctx))
	must(t, c.Office.Work(ctx))
	if list := c.Letters(); len(list) != 1 || list[0] != "To: 13800001111\nSubject: 有新进展\n\n您提交的一件事项有新进展，请到平台查看。\n" {
		t.Errorf("messages: %q", list)
	}
	c.Burn()
	c.Do(c.As(officetest.Officer), id, "note", map[string][]string{"note": {"只给内部看"}})
	c.Do(c.Filer(id), id, "message_staff", map[string][]string{"message": {"我自己写的"}})
	c.Clock.Set(c.Clock.Now().Add(20 * time.Minute))
	must(t, c.Office.Work(ctx))
	if list := c.Letters(); len(list) != 0 {
		t.Errorf("told of a note of staff, or of what she wrote herself: %q", list)
	}
}

// An anonymous report has no contact, whatever was confirmed while it was written, and what was changed afterwards is not
// confirmed.
func TestContactNotOfAnonymous(t *testing.T) {
	t.Parallel()
	c := officetest.New(t)
	ctx := t.Context()
	for name, change := range map[string]map[string][]string{
		"anonymous": {"identity": {"anonymous"}}, "changed": {"phone": {"13800002222"}}, "said so": {"phone": {"13800002222"}, "confirmed": {"phone", "email"}}} {
		draft := c.Draft(named())
		must(t, c.Office.SendDraftCode(ctx, draft, office.ContactPhone, i18n.ZhHans))
		must(t, c.Office.CheckDraftCode(ctx, draft, office.ContactPhone, c.Code()))
		must(t, c.Office.ConfirmDraftAccount(ctx, draft, "number-1"))
		_, err := c.Office.SaveDraft(ctx, draft, change)
		must(t, err)
		filed := c.FileDraft(draft)
		got := strings.Join(c.State(filed.ID).Facts.List("confirmed"), " ")
		if want := map[string]string{"anonymous": "", "changed": "account", "said so": "account"}[name]; got != want {
			t.Errorf("%s: confirmed %q, want %q", name, got, want)
		}
		list, err := c.Office.MattersOf(ctx, c.Office.ContactOfAccount("number-1"), i18n.ZhHans)
		must(t, err)
		for _, b := range list {
			if name == "anonymous" && b.ID == filed.ID {
				t.Error("an anonymous report is found by an account")
			}
		}
	}
	c.Clock.Set(c.Clock.Now().Add(time.Hour)) // three codes have gone out
	if list := find(t, c, "13800001111"); len(list) != 0 {
		t.Errorf("found %v", list)
	}
}

// A code serves once, for ten minutes and five attempts; beyond three an hour and six a day none goes out, and what comes
// back is the same.
func TestCodeLimits(t *testing.T) {
	t.Parallel()
	c := officetest.New(t)
	ctx := t.Context()
	send := func() string {
		t.Helper()
		ticket, err := c.Office.SendCode(ctx, office.ContactPhone, "13800001111", i18n.En)
		must(t, err)
		return ticket
	}
	check := func(ticket, code string, want error) {
		t.Helper()
		if _, err := c.Office.CheckCode(ctx, ticket, code); !errors.Is(err, want) {
			t.Errorf("%v, want %v", err, want)
		}
	}
	ticket := send()
	code := c.Code()
	wrong := "000000"
	if code == wrong {
		wrong = "000001"
	}
	check(ticket, wrong, office.ErrCode)
	check(ticket, " "+code[:3]+" "+code[3:], nil)
	check(ticket, code, office.ErrCodeOver)
	check("nothing", code, office.ErrCodeOver)
	ticket = send()
	code = c.Code()
	for range 5 {
		check(ticket, wrong, office.ErrCode)
	}
	check(ticket, code, office.ErrCodeOver)
	ticket = send()
	code = c.Code()
	c.Clock.Set(c.Clock.Now().Add(10 * time.Minute))
	check(ticket, code, office.ErrCodeOver)
	if ticket = send(); len(ticket) != 48 || len(c.Letters()) != 0 {
		t.Errorf("a fourth within the hour: ticket %q, %d letters", ticket, len(c.Letters()))
	}
	sent := 3
	for range 6 {
		c.Clock.Set(c.Clock.Now().Add(61 * time.Minute))
		send()
		sent += len(c.Letters())
		c.Burn()
	}
	if sent != 6 {
		t.Errorf("%d codes within a day", sent)
	}
	var bad office.BadFields
	for _, value := range []string{"", "1380000", "+85261234567", "a@", "陈 <a@b.org>"} {
		if _, err := c.Office.SendCode(ctx, office.KindOf(value), value, i18n.En); !errors.As(err, &bad) {
			t.Errorf("%q: %v", value, err)
		}
	}
}
