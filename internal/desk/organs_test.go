package desk

import (
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"

	"yifa/internal/browser"
	"yifa/internal/office/officetest"
	"yifa/internal/web/webtest"
)

// given are the answers of a form, a date in its three boxes.
func given(pairs ...string) url.Values {
	v := url.Values{}
	for i := 0; i < len(pairs); i += 2 {
		name, value := pairs[i], pairs[i+1]
		if parts := strings.Split(value, "-"); len(parts) == 3 && len(parts[0]) == 4 {
			v.Set(name+"-y", parts[0])
			v.Set(name+"-m", parts[1])
			v.Set(name+"-d", parts[2])
			continue
		}
		v.Set(name, value)
	}
	return v
}

// taken is the address of the matter that an act led to.
func taken(t *testing.T, a webtest.Answer) string {
	t.Helper()
	where, _, _ := strings.Cut(a.To, "?")
	if a.Status != http.StatusSeeOther || !strings.HasPrefix(where, "/desk/matters/") {
		t.Fatalf("got %d, to %q:\n%s", a.Status, a.To, a.Text())
	}
	return where
}

// typedIn is what a box of a page holds.
func typedIn(t *testing.T, a webtest.Answer, name string) string {
	t.Helper()
	m := regexp.MustCompile(`name="` + name + `" value="([^"]*)"`).FindStringSubmatch(a.Body)
	if m == nil {
		t.Fatalf("no box %s", name)
	}
	return m[1]
}

// The pages of the registers are read by administrators, who find an organ, establish one of their own, which the other
// one confirms, and appoint somebody to it by his name.
func TestOrgans(t *testing.T) {
	s := openDesk(t)
	for _, path := range []string{"/desk/organs", "/desk/organs/440703-sfj", "/desk/people", "/desk/people/" + officetest.Head} {
		s.as(officetest.Officer).Get(path).Is(t, http.StatusNotFound)
	}
	first, second := s.as(registrar), s.as(comparer)
	first.Get("/desk/organs").Is(t, http.StatusOK, "蓬江区司法局", "镇、街道", "机关人员")
	first.Get("/desk/organs?q="+url.QueryEscape("棠下")+"&kind=town_enforcement").Is(t, http.StatusOK, "棠下镇", "1 个机关")
	first.Get("/desk/organs?on=2020-01-01").Is(t, http.StatusOK, "没有找到机关")
	first.Get("/desk/organs?on=tomorrow").Is(t, http.StatusBadRequest)
	first.Get("/desk/organs/nothing").Is(t, http.StatusNotFound)
	first.Get("/desk/organs/440703-sfj").Is(t, http.StatusOK, "何予宁", "甄若棠", "免除", "指定代理", "变更", "organ=440703-sfj")

	form := first.Get("/desk/new/register.organ/establish").Is(t, http.StatusOK)
	first.Post("/desk/new/register.organ/establish", form.ActForm(t, given("key", "440703-sfj", "name", "又一个局", "division", "蓬江区", "kind", "justice", "from", "2026-09-23", "basis", "批复"))).
		Is(t, http.StatusBadRequest, "这个代码已经用过了")
	made := first.Post("/desk/new/register.organ/establish", form.ActForm(t, given("key", "440703-sfs", "name", "蓬江区司法所", "division", "440703", "kind", "justice", "parent", "蓬江区司法局", "from", "2026-09-23", "basis", "批复")))
	matter := taken(t, made)
	first.Get("/desk/organs").Is(t, http.StatusOK, "等另一名管理员复核（1）")
	confirm := second.Get(matter+"/acts/confirm").Is(t, http.StatusOK)
	second.Post(matter+"/acts/confirm", confirm.ActForm(t, nil)).Leads(t, "?done=confirm")
	first.Get("/desk/organs/440703-sfs").Is(t, http.StatusOK, "蓬江区司法所", "/desk/organs/440703-sfj")

	page := "/desk/new/register.post/appoint?organ=440703-sfs"
	form = first.Get(page).Is(t, http.StatusOK)
	if got := typedIn(t, form, "organ"); got != "蓬江区司法所" {
		t.Errorf("the form begins with the organ %q", got)
	}
	code := typedIn(t, form, "post")
	wrong := given("post", code, "person", "没有这个人", "organ", "蓬江区司法所", "role", "supervision_officer", "from", "2026-09-23", "basis", "任命通知")
	first.Post(page, form.ActForm(t, wrong)).Is(t, http.StatusBadRequest, "没有登记这个人", "任命通知")
	wrong.Set("person", "何予宁")
	taken(t, first.Post(page, form.ActForm(t, wrong)))
	first.Get("/desk/people/"+officetest.Officer).Is(t, http.StatusOK, "蓬江区司法所", "蓬江区司法局", code)
	first.Get("/desk/people/"+officetest.Officer+"?on=2026-03-01").Is(t, http.StatusOK, "还没有到")
	first.Get("/desk/people?q="+url.QueryEscape("予宁")).Is(t, http.StatusOK, "1 人", "蓬江区司法所")
	s.city.Sound()
}

// Nobody begins to stand in by himself: taking over follows from a delegation, and from nothing else.
func TestTakeOverAlone(t *testing.T) {
	s := openDesk(t)
	v := s.as(officetest.Officer)
	body := given("key", "x", "post", "p-steal", "person", officetest.Officer, "organ", "440703-sfj", "role", "administrator", "for", officetest.Head, "of", "p-1", "from", "2026-09-23", "until", "2026-10-01")
	if a := v.Post("/desk/new/register.post/take_over", body); a.Status != http.StatusNotFound && a.Status != http.StatusUnprocessableEntity {
		t.Errorf("got %d", a.Status)
	}
	v.Get("/desk/organs").Is(t, http.StatusNotFound)
}

// Without JavaScript, on the narrowest screen and a phone in the dark, the pages of the registers are pages we may publish.
func TestOrganPages(t *testing.T) {
	for _, j := range []struct {
		view   browser.View
		prefix string
	}{{browser.Desktop, ""}, {browser.Narrow.WithoutScript(), "/en"}, {browser.Phone.InDark(), "/zh-hant"}} {
		t.Run(j.view.Name, func(t *testing.T) {
			s := openDesk(t)
			w := &walk{Page: browser.New(t).Page(j.view), s: s, prefix: j.prefix, noScript: j.view.NoScript}
			w.signIn(registrar)
			for _, path := range []string{"/desk/organs", "/desk/organs/440703-sfj", "/desk/people", "/desk/people/" + officetest.Head, "/desk/new/register.post/appoint?organ=440703-sfj"} {
				w.open(path)
				w.Check(strings.ReplaceAll(strings.Trim(path, "/"), "/", "-"))
			}
		})
	}
}

// A certificate is entered on the page of its holder, shown there with its validity, and withheld.
func TestCertificates(t *testing.T) {
	s := openDesk(t)
	admin := s.as(registrar)
	page := "/desk/people/" + officetest.Officer
	admin.Get(page).Is(t, http.StatusOK, "没有登记执法证、督察证", "登记证件")
	form := admin.Get("/desk/new/register.certificate/enter?person="+officetest.Officer).Is(t, http.StatusOK)
	matter := taken(t, admin.Post("/desk/new/register.certificate/enter", form.ActForm(t, given("number", "J-0703-007", "person", "何予宁", "kind", "supervision", "organ", "蓬江区司法局", "from", "2026-09-01", "until", "2031-09-01", "basis", "核对原件"))))
	admin.Get(page).Is(t, http.StatusOK, "J-0703-007", "行政执法督察证", "暂扣")
	s.as(officetest.Officer).Get(page).Is(t, http.StatusOK, "J-0703-007")
	form = admin.Get(matter+"/acts/suspend").Is(t, http.StatusOK)
	admin.Post(matter+"/acts/suspend", form.ActForm(t, given("ended_on", "2026-09-23", "reason", "暂扣"))).Leads(t, "?done=suspend")
	admin.Get(page).Is(t, http.StatusOK, "这一天无效", "发还")
	s.city.Sound()
}
