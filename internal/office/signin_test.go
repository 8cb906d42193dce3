package office_test

import (
	"crypto/sha1"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/pquerna/otp/totp"

	"yifa/internal/demo"
	"yifa/internal/i18n"
	"yifa/internal/identity"
	"yifa/internal/installation"
	"yifa/internal/office"
	"yifa/internal/office/officetest"
)

var here = office.From{Address: "192.0.2.7", Agent: "Chrome Windows"}

const ownPassword = "竹影 清风 一壶茶 慢慢喝"

// signedIn is a session of an account of the city.
func signedIn(t *testing.T, c *officetest.City, login, password string) office.Signed {
	t.Helper()
	s, err := c.Office.SignIn(t.Context(), login, password, here)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func readerOf(t *testing.T, c *officetest.City, s office.Signed) office.Reader {
	t.Helper()
	r, err := c.Office.ReaderOf(t.Context(), s.Token, i18n.ZhHans)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func wantIs(t *testing.T, what string, err, want error) {
	t.Helper()
	if !errors.Is(err, want) {
		t.Errorf("%s: %v, want %v", what, err, want)
	}
}

// A session ends when it was not used for half an hour, and after eight hours however much it was used.
func TestSessionLimits(t *testing.T) {
	c := officetest.New(t)
	s := signedIn(t, c, "heyuning", demo.Password)
	begun := c.Clock.Now()
	for range 17 { // 7 hours 55 minutes
		c.Clock.Set(c.Clock.Now().Add(28 * time.Minute))
		readerOf(t, c, s)
	}
	c.Clock.Set(begun.Add(8 * time.Hour))
	_, err := c.Office.ReaderOf(t.Context(), s.Token, i18n.ZhHans)
	wantIs(t, "after eight hours", err, office.ErrNotFound)
	s = signedIn(t, c, "heyuning", demo.Password)
	c.Clock.Set(c.Clock.Now().Add(30 * time.Minute))
	_, err = c.Office.ReaderOf(t.Context(), s.Token, i18n.ZhHans)
	wantIs(t, "after half an hour", err, office.ErrNotFound)
}

// With a program for codes the password alone lets nobody in; a code does once, a recovery code once, and wrong ones
// make wait. The history tells each attempt.
func TestSecondFactor(t *testing.T) {
	c, ctx := officetest.New(t), t.Context()
	r := readerOf(t, c, signedIn(t, c, "heyuning", demo.Password))
	secret, err := c.Office.NewCodes(ctx, r, "依法")
	if err != nil {
		t.Fatal(err)
	}
	code := func() string {
		text, err := totp.GenerateCode(secret.Secret, c.Clock.Now())
		if err != nil {
			t.Fatal(err)
		}
		return text
	}
	_, err = c.Office.ConfirmCodes(ctx, r, "000000", here)
	wantIs(t, "wrong first code", err, office.ErrCredentials)
	if s := signedIn(t, c, "heyuning", demo.Password); s.Needs != "" {
		t.Error("a program not confirmed is asked for")
	}
	recovery, err := c.Office.ConfirmCodes(ctx, r, code(), here)
	if err != nil || len(recovery) != 10 {
		t.Fatalf("%d recovery codes, %v", len(recovery), err)
	}
	half := signedIn(t, c, "heyuning", demo.Password)
	if half.Needs != identity.NeedFactor {
		t.Fatalf("needs %q", half.Needs)
	}
	_, err = c.Office.ReaderOf(ctx, half.Token, i18n.ZhHans)
	wantIs(t, "half a session", err, office.ErrNotFound)
	_, err = c.Office.SecondFactor(ctx, half.Token, code(), here)
	wantIs(t, "a code taken before", err, office.ErrCredentials)
	c.Clock.Set(c.Clock.Now().Add(time.Minute))
	whole, err := c.Office.SecondFactor(ctx, half.Token, code(), here)
	if err != nil || whole.Needs != "" || whole.Token == half.Token {
		t.Fatalf("%+v, %v", whole, err)
	}
	readerOf(t, c, whole)
	_, err = c.Office.SecondFactor(ctx, half.Token, recovery[0], here)
	wantIs(t, "the token before", err, office.ErrNotFound)
	for n, want := range []error{nil, office.ErrCredentials} {
		_, err = c.Office.SecondFactor(ctx, signedIn(t, c, "heyuning", demo.Password).Token, strings.ToUpper(recovery[3]), here)
		wantIs(t, "recovery code "+string(rune('1'+n)), err, want)
	}
	var locked *office.LockedOut
	for range 6 {
		half = signedIn(t, c, "heyuning", demo.Password)
		if _, err = c.Office.SecondFactor(ctx, half.Token, "000000", here); errors.As(err, &locked) {
			break
		}
	}
	if locked == nil || locked.Wait < 30*time.Second {
		t.Fatalf("wrong codes make nobody wait: %v", err)
	}
	_, err = c.Office.SecondFactor(ctx, half.Token, recovery[4], here)
	if !errors.As(err, &locked) {
		t.Errorf("while locked a right one is taken: %v", err)
	}
	list, err := c.Office.SignIns(ctx, r, time.Time{}, 50)
	if err != nil || len(list) < 8 || list[0].From != here {
		t.Errorf("history: %d lines, %v", len(list), err)
	}
}

// A password given out is changed before anything else; one's own is not taken twice.
func TestFirstPassword(t *testing.T) {
	c, ctx := officetest.New(t), t.Context()
	first, err := c.Office.ChangeAccount(ctx, c.As("luo-jingyi"), office.AccountChange{Login: "heyuning", Act: office.AccountReset, Reason: "忘了密码"})
	if err != nil {
		t.Fatal(err)
	}
	_, err = c.Office.SignIn(ctx, "heyuning", demo.Password, here)
	wantIs(t, "the password before", err, office.ErrCredentials)
	s := signedIn(t, c, "heyuning", first)
	if s.Needs != identity.NeedPassword {
		t.Fatalf("needs %q", s.Needs)
	}
	_, err = c.Office.ReaderOf(ctx, s.Token, i18n.ZhHans)
	wantIs(t, "before the change", err, office.ErrNotFound)
	_, err = c.Office.FirstPassword(ctx, s.Token, first)
	wantIs(t, "the same", err, office.ErrSamePassword)
	var bad *identity.BadPassword
	if _, err = c.Office.FirstPassword(ctx, s.Token, "heyuning-2026"); !errors.As(err, &bad) {
		t.Errorf("a bad one: %v", err)
	}
	s, err = c.Office.FirstPassword(ctx, s.Token, ownPassword)
	if err != nil || s.Needs != "" {
		t.Fatalf("%+v, %v", s, err)
	}
	r := readerOf(t, c, s)
	other := signedIn(t, c, "heyuning", ownPassword)
	wantIs(t, "wrong old one", c.Office.ChangePassword(ctx, r, "wrong", demo.Password, here), office.ErrCredentials)
	wantIs(t, "change", c.Office.ChangePassword(ctx, r, ownPassword, demo.Password, here), nil)
	readerOf(t, c, s)
	_, err = c.Office.ReaderOf(ctx, other.Token, i18n.ZhHans)
	wantIs(t, "another session after the change", err, office.ErrNotFound)
}

// A post that asks for a second factor gives no right until its holder has one.
func TestMustEnrol(t *testing.T) {
	rules := identity.DefaultRules
	rules.SecondFor, rules.OneSession = []string{"supervision_officer"}, true
	c, ctx := officetest.Open(t, installation.Options{Dir: t.TempDir(), Rules: rules}), t.Context()
	s := signedIn(t, c, "heyuning", demo.Password)
	r := readerOf(t, c, s)
	if !r.MustEnrol || r.Official() || r.Has("supervision_officer") {
		t.Fatalf("let in without: %+v", r)
	}
	secret, err := c.Office.NewCodes(ctx, r, "依法")
	if err != nil {
		t.Fatal(err)
	}
	code, _ := totp.GenerateCode(secret.Secret, c.Clock.Now())
	if _, err = c.Office.ConfirmCodes(ctx, r, code, here); err != nil {
		t.Fatal(err)
	}
	if r = readerOf(t, c, s); r.MustEnrol || !r.Official() {
		t.Errorf("not let in with one: %+v", r)
	}
	wantIs(t, "the last one", c.Office.DropFactor(ctx, r, "codes", here), office.ErrLastFactor)
	c.Clock.Set(c.Clock.Now().Add(11 * time.Minute))
	_, err = c.Office.NewRecovery(ctx, readerOf(t, c, s), here)
	wantIs(t, "long after the password", err, office.ErrProve)
	proved, err := c.Office.Prove(ctx, s.Token, demo.Password, here)
	if err != nil {
		t.Fatal(err)
	}
	if _, err = c.Office.NewRecovery(ctx, readerOf(t, c, proved), here); err != nil {
		t.Error(err)
	}
	head := signedIn(t, c, "zhenruotang", demo.Password)
	signedIn(t, c, "zhenruotang", demo.Password)
	_, err = c.Office.ReaderOf(ctx, head.Token, i18n.ZhHans)
	wantIs(t, "two sessions of one person", err, office.ErrNotFound)
}

// Names without an account are answered and made to wait like those with one.
func TestUnknownAccount(t *testing.T) {
	c, ctx := officetest.New(t), t.Context()
	answers := map[string][]string{}
	for _, login := range []string{"heyuning", "nobody"} {
		for range 24 {
			_, err := c.Office.SignIn(ctx, login, "wrong", here)
			var locked *office.LockedOut
			if errors.As(err, &locked) {
				answers[login] = append(answers[login], locked.Wait.Round(time.Second).String())
				c.Clock.Set(c.Clock.Now().Add(locked.Wait))
			} else {
				answers[login] = append(answers[login], err.Error())
			}
		}
	}
	if a, b := strings.Join(answers["heyuning"], " "), strings.Join(answers["nobody"], " "); a != b || !strings.Contains(a, "40s") {
		t.Errorf("known:\n%s\nunknown:\n%s", a, b)
	}
}

// Every change of an account is an act with a reason; locked and ended ones let nobody in, and an account ends with the
// last post. No password comes into the record.
func TestAccounts(t *testing.T) {
	c, ctx := officetest.New(t), t.Context()
	admin := c.As("luo-jingyi")
	change := func(act string) error {
		_, err := c.Office.ChangeAccount(ctx, admin, office.AccountChange{Login: "heyuning", Act: act, Reason: "试一试"})
		return err
	}
	s := signedIn(t, c, "heyuning", demo.Password)
	for _, x := range []struct {
		act string
		in  error
	}{{office.AccountLock, office.ErrCredentials}, {office.AccountUnlock, nil}, {office.AccountEnd, office.ErrCredentials}, {office.AccountRenew, nil}} {
		wantIs(t, x.act, change(x.act), nil)
		_, err := c.Office.ReaderOf(ctx, s.Token, i18n.ZhHans)
		wantIs(t, "session after "+x.act, err, office.ErrNotFound)
		_, err = c.Office.SignIn(ctx, "heyuning", demo.Password, here)
		wantIs(t, "sign in after "+x.act, err, x.in)
	}
	var refused *office.Refused
	if err := change(office.AccountUnlock); !errors.As(err, &refused) {
		t.Errorf("unlock what is not locked: %v", err)
	}
	if _, err := c.Office.ChangeAccount(ctx, c.As("he-yuning"), office.AccountChange{Login: "zhenruotang", Act: office.AccountLock, Reason: "试一试"}); !errors.Is(err, office.ErrNotFound) {
		t.Errorf("an officer locks the head out: %v", err)
	}
	first, err := c.Office.CreateAccount(ctx, admin, office.NewAccount{Login: "xinren", Name: "辛仁", Organ: "440703-sfj", Reason: "蓬司〔2026〕9号"})
	if err != nil || first == "" {
		t.Fatalf("create: %#v", err)
	}
	var bad office.BadFields
	if _, err = c.Office.CreateAccount(ctx, admin, office.NewAccount{Login: "Operator", Name: " ", Organ: "x"}); !errors.As(err, &bad) || len(bad) != 4 {
		t.Errorf("bad fields: %v", err)
	}
	_, err = c.Office.Perform(ctx, admin, office.Act{Procedure: "register.post", Act: "appoint", Fields: map[string][]string{"post": {"p-x"}, "person": {"xinren"}, "organ": {"440703-sfj"}, "role": {"supervision_officer"}, "from": {"2026-09-01"}, "until": {"2026-09-30"}, "basis": {"蓬司〔2026〕9号"}}})
	wantIs(t, "appoint", err, nil)
	s = signedIn(t, c, "xinren", first)
	if s, err = c.Office.FirstPassword(ctx, s.Token, ownPassword); err != nil {
		t.Fatal(err)
	}
	if r := readerOf(t, c, s); !r.Official() {
		t.Error("no post")
	}
	c.Clock.Set(time.Date(2026, 9, 30, 1, 0, 0, 0, time.UTC))
	_, err = c.Office.SignIn(ctx, "xinren", ownPassword, here)
	wantIs(t, "after the last post", err, office.ErrCredentials)
	wantIs(t, "sweep", c.Office.Sweep(ctx), nil)
	if _, err = c.Office.ChangeAccount(ctx, admin, office.AccountChange{Login: "xinren", Act: office.AccountLock, Reason: "试"}); !errors.As(err, &refused) {
		t.Errorf("lock what has ended with the post: %v", err)
	}
	v, err := c.Office.Verify(ctx)
	if err != nil || len(v.Differences) > 0 {
		t.Errorf("verify: %v %v", v.Differences, err)
	}
}

// Nobody chooses a password of the operator's list of breaches, nor one made of the name of his organ or its place.
func TestBreachedPassword(t *testing.T) {
	list := filepath.Join(t.TempDir(), "breached")
	if err := os.WriteFile(list, fmt.Appendf(nil, "%X:7\r\n", sha1.Sum([]byte(ownPassword))), 0o600); err != nil {
		t.Fatal(err)
	}
	rules := identity.DefaultRules
	var err error
	if rules.Breached, err = identity.OpenBreached(list); err != nil {
		t.Fatal(err)
	}
	c, ctx := officetest.Open(t, installation.Options{Dir: t.TempDir(), Rules: rules}), t.Context()
	r := readerOf(t, c, signedIn(t, c, "heyuning", demo.Password))
	for password, want := range map[string]identity.PasswordFault{ownPassword: identity.InBreach, "竹影蓬江区司法局清风一壶茶": identity.ContainsName, "竹影清风440703一壶茶": identity.ContainsName} {
		var bad *identity.BadPassword
		if err := c.Office.ChangePassword(ctx, r, demo.Password, password, here); !errors.As(err, &bad) || bad.Fault != want {
			t.Errorf("%s: %v, want %s", password, err, want)
		}
	}
	wantIs(t, "another", c.Office.ChangePassword(ctx, r, demo.Password, ownPassword+"！", here), nil)
}
