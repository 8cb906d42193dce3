package desk

import (
	"fmt"
	"net/http"
	"net/netip"
	"net/url"
	"strings"
	"testing"
	"time"

	"yifa/internal/office/officetest"
	"yifa/internal/web/webtest"
)

// Every route leads somebody who has not signed in to the sign-in page and back, in each language.
func TestUnsigned(t *testing.T) {
	s := openDesk(t)
	for _, r := range Routes() {
		for _, prefix := range []string{"", "/zh-hant", "/en"} {
			v := s.visitor()
			switch {
			case r.Open:
			case r.Method == http.MethodGet:
				v.Get(prefix+r.Sample).Leads(t, prefix+"/desk/sign-in?to="+url.QueryEscape(r.Sample))
			default:
				v.Post(prefix+r.Sample, url.Values{"reason": {"写了一半"}}).Is(t, http.StatusUnauthorized, "写了一半")
			}
		}
	}
}

// Every route answers an official; what is not there is 404, and nothing is a fault.
func TestRoutes(t *testing.T) {
	s := openDesk(t)
	v := s.as(officetest.Officer)
	for _, r := range Routes() {
		for _, prefix := range []string{"", "/zh-hant", "/en"} {
			if strings.HasSuffix(r.Pattern, "sign-out") {
				continue
			}
			var a webtest.Answer
			if r.Method == http.MethodGet {
				a = v.Get(prefix + r.Sample)
			} else {
				a = v.Post(prefix+r.Sample, url.Values{})
			}
			if strings.Contains(r.Sample, "/import/uploads") && a.Status == http.StatusPreconditionFailed {
				continue // no request of that protocol: it is asked nothing yet
			}
			missing := strings.HasPrefix(r.Sample, "/desk/sign-in/") || strings.Contains(r.Sample, sampleMatter) || r.Sample == "/desk/leader" || r.Sample == "/desk/calendar/forecast" || strings.HasPrefix(r.Sample, "/desk/organs") || strings.HasPrefix(r.Sample, "/desk/accounts") || strings.HasPrefix(r.Sample, importPath+"/") || r.Sample == createPath || strings.HasPrefix(r.Sample, "/desk/people") || strings.HasPrefix(r.Sample, "/desk/work") || r.Sample == "/desk/keys" || r.Sample == storagePath || r.Sample == intakePath || r.Sample == numbersPath || r.Sample == archivePath || strings.HasPrefix(r.Sample, "/desk/rights")
			if missing != (a.Status == http.StatusNotFound) || a.Status >= 500 {
				t.Errorf("%s %s%s: %d", r.Method, prefix, r.Sample, a.Status)
			}
		}
	}
	v.Get("/desk/nothing").Is(t, http.StatusNotFound, "没有找到这一页")
	v.Get("/desk/matters/0/acts/claim").Is(t, http.StatusNotFound)
	v.Get("/desk/new/supervision.complaint/nothing").Is(t, http.StatusNotFound)
	v.Get("/desk/matters?after=zzz&stage=nothing&due=never&scope=..").Is(t, http.StatusOK)
}

// The officer complained of and strangers get 404 on every address of a matter, and lists, counts and search say
// nothing of it.
func TestDenied(t *testing.T) {
	s := openDesk(t)
	id, _ := s.city.Accepted()
	path := matterPath(id)
	own := s.as(officetest.Officer)
	own.Get("/desk/matters?q="+url.QueryEscape("搬走桌椅")).Is(t, http.StatusOK)
	for _, person := range []string{officetest.Complained, officetest.Stranger} {
		v := s.as(person)
		for _, sub := range []string{"", "/acts/note", "/acts/claim", "/record", "/documents/5", "/files/1/filer/0"} {
			v.Get(path+sub).Is(t, http.StatusNotFound)
		}
		v.Post(path+"/acts/note", url.Values{"note": {"看看"}}).Is(t, http.StatusNotFound)
		v.Post(path+"/identity", nil).Is(t, http.StatusNotFound)
		v.Post("/desk/bulk", url.Values{"act": {"claim"}, "m": {id.String() + ":1"}}).Is(t, http.StatusBadRequest, "还没有选事项")
		for _, list := range []string{"/desk", "/desk/matters", "/desk/matters?closed=all", "/desk/matters?q=" + url.QueryEscape("出示证件")} {
			if a := v.Get(list).Is(t, http.StatusOK); strings.Contains(a.Body, "出示证件</a>") || strings.Contains(a.Body, id.String()) {
				t.Errorf("%s shows the matter to %s", list, person)
			}
		}
		v.Get("/desk/matters?closed=all").Is(t, http.StatusOK, "共 0 件")
	}
}

func TestSignIn(t *testing.T) {
	s := openDesk(t)
	v, a := s.visitor(), s.account(officetest.Officer)
	id := s.city.File(officetest.Report()).ID
	v.Get(matterPath(id)).Leads(t, "to="+url.QueryEscape(matterPath(id)))
	v.Post("/desk/sign-in", url.Values{loginField: {a.Login}, passwordField: {"wrong"}, "to": {matterPath(id)}}).Is(t, http.StatusUnauthorized, "账号或者密码不对", a.Login, matterPath(id))
	v.Post("/desk/sign-in", url.Values{loginField: {""}}).Is(t, http.StatusUnauthorized, "写上账号和密码")
	in := v.Post("/desk/sign-in", url.Values{loginField: {a.Login}, passwordField: {a.Password}, "to": {matterPath(id)}}).Leads(t, matterPath(id))
	for _, c := range in.Header.Values("Set-Cookie") {
		for _, want := range []string{"HttpOnly", "SameSite=Lax", "Path=/;"} {
			if !strings.Contains(c, want) {
				t.Errorf("cookie without %s: %s", want, strings.SplitN(c, "=", 2)[0])
			}
		}
	}
	v.Get("/en"+matterPath(id)).Is(t, http.StatusOK)
	v.Get("/desk/sign-in").Leads(t, "/desk")
	v.Post("/desk/sign-out", nil).Leads(t, "/desk/sign-in?out=1")
	v.Get("/desk").Leads(t, "/desk/sign-in?to=%2Fdesk")
}

// Signing in leads to pages of the desk only.
func TestBackTo(t *testing.T) {
	for to, want := range map[string]string{
		"/desk/matters?scope=mine": "/desk/matters?scope=mine", "/desk": "/desk", "/desk?a=1": "/desk?a=1",
		"": "/desk", "//evil.example/desk/": "/desk", "https://evil.example/desk/": "/desk", "/desk/../../x": "/desk/../../x", `/desk/\evil`: "/desk",
		"/deskevil": "/desk", "/track": "/desk", "/desk/sign-out": "/desk", "javascript:alert(1)": "/desk",
	} {
		if got := backTo(to); got != want {
			t.Errorf("backTo(%q) = %q, want %q", to, got, want)
		}
	}
}

// Somebody who tries a password again and again is told to wait, and no faster machine helps.
func TestLockedOut(t *testing.T) {
	s := openDesk(t)
	v, a := s.visitor(), s.account(officetest.Officer)
	for i := range 40 {
		got := v.Post("/desk/sign-in", url.Values{loginField: {a.Login}, passwordField: {fmt.Sprint("wrong", i)}})
		if strings.Contains(got.Body, "错了太多次") {
			return
		}
	}
	t.Error("forty wrong passwords and no wait")
}

// Wrong passwords from one address make that address wait, with the time said; the right one from elsewhere is let in at
// once, and here once the wait is over.
func TestLockedOutHere(t *testing.T) {
	from := "192.0.2.7"
	s := openDeskFrom(t, func(*http.Request) netip.Addr { return netip.MustParseAddr(from) })
	v, a := s.visitor(), s.account(officetest.Officer)
	try := func(password string) webtest.Answer {
		return v.Post("/desk/sign-in", url.Values{loginField: {a.Login}, passwordField: {password}})
	}
	for range 4 {
		try("wrong").Is(t, http.StatusUnauthorized, "不对")
	}
	try("wrong").Is(t, http.StatusUnauthorized, "请过 3 秒再试")
	try(a.Password).Is(t, http.StatusUnauthorized, "请过 3 秒再试")
	from = "198.51.100.9"
	try(a.Password).Leads(t, "/desk")
	from = "192.0.2.7"
	s.city.Clock.Set(s.city.Clock.Now().Add(3 * time.Second))
	try(a.Password).Leads(t, "/desk")
	try("wrong").Is(t, http.StatusUnauthorized, "不对")
}

// Only heads and leaders know of the page that says who is late.
func TestLeader(t *testing.T) {
	s := openDesk(t)
	s.city.Accepted()
	s.as(officetest.Officer).Get("/desk/leader").Is(t, http.StatusNotFound)
	s.city.Clock.Set(s.city.Clock.Now().AddDate(0, 2, 0))
	head := s.as(officetest.Head)
	head.Get("/desk/leader").Is(t, http.StatusOK, "逾期 1 件", "何予宁", "逾期 12 天")
	s.as(officetest.Leader).Get("/desk/leader").Is(t, http.StatusOK, `/desk/matters?holder=440703-sfj&due=late`)
	head.Get("/desk/matters?handler="+officetest.Officer+"&holder=440703-sfj&due=late").Is(t, http.StatusOK, "共 1 件", "何予宁")
	head.Get("/desk/matters?area=440705&due=late").Is(t, http.StatusOK, "共 0 件", "新会区")
	city := s.as("he-tianyou").Get("/desk/leader").Is(t, http.StatusOK, "按县（市、区）", "蓬江区", "能看件数，不等于能看具体事项")
	if strings.Contains(city.Body, "area=440703") || strings.Contains(city.Body, "搬走桌椅") {
		t.Error("the city's leader is led to what he may not read")
	}
	s.as("he-tianyou").Get("/desk/matters?area=440703&due=late").Is(t, http.StatusOK, "共 0 件")
}

// A list of open matters shows those due first in front unless asked otherwise, and keeps the order from page to page.
func TestOrder(t *testing.T) {
	s := openDesk(t)
	for range 30 {
		s.city.Accepted()
	}
	v := s.as(officetest.Head)
	if next := v.Get("/desk/matters?order=new").Is(t, http.StatusOK); !strings.Contains(next.Body, "order=new") {
		t.Error("the next page forgets the order")
	}
}
