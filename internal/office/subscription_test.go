package office_test

import (
	"bytes"
	"context"
	"errors"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"yifa/internal/calendar"
	"yifa/internal/i18n"
	"yifa/internal/installation"
	"yifa/internal/office"
	"yifa/internal/office/officetest"
	"yifa/internal/pgtest"
	"yifa/internal/store"
)

const site = "https://yifa.example"

func freely(office.Spend) error { return nil }

// subscribers is a city whose results are followed.
type subscribers struct {
	*officetest.City
	t *testing.T
}

func subscribed(t *testing.T, database string) subscribers {
	return subscribers{officetest.Open(t, installation.Options{Dir: t.TempDir(), Database: database, Origin: site}), t}
}

var subscriptionLink = regexp.MustCompile(site + `(/en|/zh-hant)?/subscribe/([a-z2-7]{52})`)

// asks asks to follow something and gives what the link in the letter holds.
func (s subscribers) asks(a office.SubscriptionAsk, typed string) string {
	s.t.Helper()
	must(s.t, s.Office.Subscribe(s.t.Context(), i18n.ZhHans, a, typed, freely))
	list := s.Letters()
	if len(list) != 1 {
		s.t.Fatalf("%d letters: %q", len(list), list)
	}
	s.Burn()
	return subscriptionLink.FindStringSubmatch(list[0])[2]
}

func (s subscribers) follows(a office.SubscriptionAsk, typed string) string {
	s.t.Helper()
	link := s.asks(a, typed)
	must(s.t, s.Office.ConfirmSubscription(s.t.Context(), link))
	s.Clock.Set(s.Clock.Now().Add(time.Minute)) // what changes at that very instant is no news
	return link
}

// morning is the next eight o'clock; the letters it brings are read and burnt.
func (s subscribers) morning() []string {
	s.t.Helper()
	s.Clock.Set(calendar.On(s.Clock.Now()).AddDays(1).Midnight().Add(8 * time.Hour))
	return s.work()
}

func (s subscribers) work() []string {
	s.t.Helper()
	must(s.t, s.Office.Work(s.t.Context()))
	list := s.Letters()
	s.Burn()
	return list
}

func (s subscribers) all() (list []store.Subscription) {
	s.t.Helper()
	must(s.t, s.DB.Read(s.t.Context(), func(q *store.Query) (err error) { list, err = q.AllSubscriptions(s.t.Context()); return err }))
	return list
}

// TestSubscription: whoever asks gets one letter and nothing else until she confirms; then what was published, corrected or
// withdrawn is told the next morning, once; what does not fit is not; who stops is forgotten.
func TestSubscription(t *testing.T) {
	t.Parallel()
	subscription(t, subscribed(t, ""))
}

func TestSubscriptionPostgres(t *testing.T) {
	t.Parallel()
	subscription(t, subscribed(t, pgtest.DSN(t)))
}

func subscription(t *testing.T, s subscribers) {
	ctx := t.Context()
	_, before := s.Published()
	must(t, s.Office.Work(ctx))
	link := s.asks(office.SubscriptionAsk{}, " Chen@Example.org ")
	elsewhere := s.follows(office.SubscriptionAsk{Filter: office.OutcomeFilter{Place: "440783"}}, "li@example.org")
	alone := s.follows(office.SubscriptionAsk{One: before}, "wu@example.org")
	if len(s.morning()) != 0 {
		t.Error("told of what was there before")
	}
	_, published := s.Published()
	if list := s.morning(); len(list) != 0 {
		t.Errorf("told without having confirmed: %q", list)
	}
	if err := s.Office.ConfirmSubscription(ctx, link); !errors.Is(err, office.ErrNotFound) {
		t.Errorf("confirmed after its day: %v", err)
	}
	link = s.follows(office.SubscriptionAsk{}, "chen@example.org")
	s.Do(s.As(officetest.Officer), published, "withdraw", map[string][]string{"withdrawn_for": {"mistake"}, "reason": {"写错了。"}})
	_, again := s.Published()
	list := s.morning()
	if len(list) != 1 || !strings.HasPrefix(list[0], "To: chen@example.org\nSubject: 公开结果有变化：2 件\nList-Unsubscribe: <"+site+"/subscribe/"+link+"/leave>\nList-Unsubscribe-Post: List-Unsubscribe=One-Click\n\n") {
		t.Fatalf("told: %q", list)
	}
	for _, want := range []string{"（已撤下）", site + "/outcomes/" + published.String(), "搬走桌椅没有出示证件（新公开）\n   蓬江区", site + "/outcomes/" + again.String(), site + "/subscribe/" + link + "\n", "全部公开结果"} {
		if !strings.Contains(list[0], want) {
			t.Errorf("no %q in\n%s", want, list[0])
		}
	}
	if strings.Count(list[0], "搬走桌椅") != 1 {
		t.Errorf("what was withdrawn is told of in its words:\n%s", list[0])
	}
	if list := append(s.work(), s.morning()...); len(list) != 0 {
		t.Errorf("told twice: %q", list)
	}
	s.Do(s.As(officetest.Head), before, "choose_typical", map[string][]string{"comment": {"先看证件。"}})
	if list := s.morning(); len(list) != 2 || !strings.Contains(strings.Join(list, ""), "To: wu@example.org") || !strings.Contains(list[0], "（典型案例）") {
		t.Errorf("of one alone: %q", list)
	}
	for _, x := range []string{link, elsewhere, alone} {
		must(t, s.Office.EndSubscription(ctx, x))
		must(t, s.Office.EndSubscription(ctx, x))
	}
	must(t, s.Office.Prune(ctx)) // the one that was never confirmed
	if _, err := s.Office.Subscription(ctx, i18n.ZhHans, link); !errors.Is(err, office.ErrNotFound) || len(s.all()) != 0 {
		t.Errorf("after the end: %v, %d rows", err, len(s.all()))
	}
	s.Published()
	if list := s.morning(); len(list) != 0 {
		t.Errorf("told after the end: %q", list)
	}
	s.Sound()
}

// A mail the server does not take is tried again; a program that ends between noting and sending sends none twice.
func TestSubscriptionOnce(t *testing.T) {
	t.Parallel()
	s := subscribed(t, "")
	ctx := t.Context()
	s.follows(office.SubscriptionAsk{}, "chen@example.org")
	s.follows(office.SubscriptionAsk{}, "li@example.org")
	s.Published()
	folder := filepath.Join(s.Dir, "outgoing")
	must(t, os.WriteFile(folder, nil, 0o600)) // no letter can be written
	s.Clock.Set(calendar.On(s.Clock.Now()).AddDays(1).Midnight().Add(8 * time.Hour))
	must(t, s.Office.Work(ctx))
	for _, row := range s.all() {
		if !row.Since.Equal(row.Confirmed) || !row.Told.IsZero() {
			t.Errorf("not sent, and noted as told up to %s on %s", row.Since, row.Told)
		}
	}
	// Of one, another program has noted that it tells her, and ended before it did.
	taken := s.all()[0]
	must(t, s.DB.Write(ctx, func(tx *store.Tx) error {
		_, err := tx.TellSubscriber(ctx, taken, s.Clock.Now(), s.Office.Today())
		return err
	}))
	must(t, os.Remove(folder))
	s.Clock.Set(s.Clock.Now().Add(3 * time.Minute))
	if list := s.work(); len(list) != 1 {
		t.Errorf("%d letters after the server came back: %q", len(list), list)
	}
	if list := append(s.work(), s.morning()...); len(list) != 0 {
		t.Errorf("told twice: %q", list)
	}
}

// One mail a day at most, also where the machine stood still over the morning.
func TestSubscriptionDaily(t *testing.T) {
	t.Parallel()
	s := subscribed(t, "")
	s.follows(office.SubscriptionAsk{}, "chen@example.org")
	day := calendar.On(s.Clock.Now()).AddDays(1)
	s.Published()
	s.Clock.Set(day.Midnight().Add(7 * time.Hour))
	s.Published() // for the same morning
	s.Clock.Set(day.Midnight().Add(7*time.Hour + 58*time.Minute))
	_, late := s.Published() // too late for it
	s.Clock.Set(day.Midnight().Add(8 * time.Hour))
	if list := s.work(); len(list) != 1 || strings.Contains(list[0], late.String()) || !strings.Contains(list[0], "：2 件") {
		t.Fatalf("in the morning: %q", list)
	}
	s.Clock.Set(day.Midnight().Add(20 * time.Hour))
	s.Published()
	if list := s.work(); len(list) != 0 {
		t.Errorf("twice on one day: %q", list)
	}
	if list := s.morning(); len(list) != 1 || !strings.Contains(list[0], late.String()) {
		t.Errorf("the next day: %q", list)
	}
}

// What is sealed stays so: neither the address nor what is followed stands in the database, the words of letters in no
// log; nobody learns whether an address is known; nobody is asked for ever.
func TestSubscriptionTellsNobody(t *testing.T) {
	t.Parallel()
	s := subscribed(t, "")
	ctx := t.Context()
	ask := office.SubscriptionAsk{Filter: office.OutcomeFilter{Words: "没有"}}
	s.follows(ask, "kanarie@example.org")
	if again := s.follows(ask, "kanarie@example.org"); len(s.all()) != 1 {
		t.Errorf("the same twice: %d rows, %s", len(s.all()), again)
	}
	for range 10 {
		must(t, s.Office.Subscribe(ctx, i18n.En, ask, "kanarie@example.org", freely))
	}
	if n := len(s.Letters()); n != 4 { // one of the first two was joined to the other
		t.Errorf("%d more letters within a day", n)
	}
	for _, typed := range []string{"", "kanarie", "a@b@c", "Kanarie <kanarie@example.org>", "13800001111", "a@example.org\r\nBcc: b@example.org"} {
		var bad office.BadFields
		if err := s.Office.Subscribe(ctx, i18n.ZhHans, ask, typed, freely); !errors.As(err, &bad) {
			t.Errorf("%q: %v", typed, err)
		}
	}
	no := errors.New("no proof")
	if err := s.Office.Subscribe(ctx, i18n.ZhHans, ask, "other@example.org", func(office.Spend) error { return no }); !errors.Is(err, no) {
		t.Errorf("without a proof: %v", err)
	}
	if err := s.Office.Subscribe(ctx, i18n.ZhHans, office.SubscriptionAsk{Filter: office.OutcomeFilter{Organ: "nothing"}}, "other@example.org", freely); !errors.Is(err, office.ErrNotFound) {
		t.Errorf("of an organ there is not: %v", err)
	}
	s.Burn()
	s.Shut()
	err := filepath.Walk(s.Dir, func(path string, info os.FileInfo, err error) error {
		if err != nil || info.IsDir() {
			return err
		}
		text, err := os.ReadFile(path)
		if bytes.Contains(text, []byte("kanarie")) {
			t.Errorf("%s holds the address", path)
		}
		return err
	})
	must(t, err)
}

// One address follows so much and no more; a year after it was confirmed it ends, unless its owner goes on.
func TestSubscriptionEnds(t *testing.T) {
	t.Parallel()
	s := subscribed(t, "")
	ctx := t.Context()
	v, err := s.Office.SubscriptionAsked(ctx, i18n.ZhHans, office.SubscriptionAsk{})
	must(t, err)
	if v.Confirmed {
		t.Error("confirmed before anybody asked")
	}
	list, err := s.Office.Outcomes(ctx, i18n.ZhHans, office.OutcomeFilter{})
	must(t, err)
	links := []string{}
	for i := range 21 {
		if i%5 == 4 {
			s.Clock.Set(s.Clock.Now().Add(25 * time.Hour))
		}
		a := office.SubscriptionAsk{Filter: office.OutcomeFilter{Kind: list.Kinds[i%10].Value, Place: list.Places[i/10].Value}}
		link := s.asks(a, "chen@example.org")
		err := s.Office.ConfirmSubscription(ctx, link)
		if want := i == 20; errors.Is(err, office.ErrSubscriptions) != want {
			t.Errorf("the %dth: %v", i+1, err)
		}
		links = append(links, link)
	}
	s.Clock.Set(s.Clock.Now().Add(350 * 24 * time.Hour))
	must(t, s.Office.ConfirmSubscription(ctx, links[0]))
	s.Clock.Set(s.Clock.Now().Add(16 * 24 * time.Hour))
	must(t, s.Office.Prune(ctx))
	if left := s.all(); len(left) != 1 {
		t.Errorf("%d are left after a year", len(left))
	}
	if _, err := s.Office.Subscription(ctx, i18n.En, links[0]); err != nil {
		t.Errorf("gone on with: %v", err)
	}
	forged := []byte(links[0])
	forged[51] = 'a' + (forged[51]-'a'+16)%26 // its hash, but for one bit
	for _, link := range []string{"", "00", strings.Repeat("a", 52), string(forged), links[0] + "a"} {
		if err := s.Office.EndSubscription(context.Background(), link); !errors.Is(err, office.ErrNotFound) {
			t.Errorf("%q ends something: %v", link, err)
		}
	}
}
