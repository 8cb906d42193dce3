package desk

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"yifa/internal/browser"
	"yifa/internal/office/officetest"
)

// Two administrators, and the days of the notice that is entered: 28 September becomes a day of rest.
const (
	registrar, comparer = "luo-jingyi", "zeng-guangyao"
	enterNotice         = "/desk/new/register.calendar/enter"
)

func noticeForm() url.Values {
	return url.Values{"year": {"2026"}, "notice": {"关于调整中秋节假期的通知"}, "number": {"演示〔2026〕1号"}, "from-y": {"2026"}, "from-m": {"9"}, "from-d": {"23"},
		"rest": {"中秋节：9月25日（周五）至28日（周一）放假，共4天。\n国庆节 2026-10-01..2026-10-07 班 2026-09-20 2026-10-10"}, "link": {"https://www.gov.cn/演示"}, "reason": {"通知延长了中秋假期。"}}
}

// An administrator sees what a notice would move before it is entered, the other one before it comes into force; whoever may
// not read a matter sees it counted and not named.
func TestCalendar(t *testing.T) {
	s := openDesk(t)
	id, _ := s.city.Sorted()
	first, second := s.as(registrar), s.as(comparer)
	s.as(officetest.Officer).Get("/desk/calendar").Is(t, http.StatusOK, "2026 年放假和调休", "国务院办公厅关于2026年部分节假日安排的通知")
	s.as(officetest.Officer).Get("/desk/calendar/forecast?year=2026&rest=x").Is(t, http.StatusNotFound)
	first.Get("/desk/calendar/1900").Is(t, http.StatusNotFound)
	first.Get("/desk/calendar/2026").Is(t, http.StatusOK, "登记 2026 年放假安排", enterNotice+"?year=2026")
	form := first.Get(enterNotice+"?year=2026").Is(t, http.StatusOK, "先看会改动哪些期限", "元旦 2026-01-01..2026-01-03 班 2026-01-04")
	wrong := noticeForm()
	wrong.Set("rest", "中秋节 2026-09-25..2026-09-28 班 2026-09-29")
	wrong.Set("forecast", "1")
	first.Post(enterNotice, form.ActForm(t, wrong)).Is(t, http.StatusUnprocessableEntity, "2026-09-29 不是星期六或者星期日", "关于调整中秋节假期的通知", "通知延长了中秋假期。")
	ask := noticeForm()
	ask.Set("forecast", "1")
	shown := first.Post(enterNotice, form.ActForm(t, ask)).Is(t, http.StatusOK, "改为放假（中秋节）", "会改动 1 个，涉及 1 件", "是否受理", "这些事项您无权查看", "通知延长了中秋假期。", "蓬江区司法局")
	if strings.Contains(shown.Body, id.String()) {
		t.Error("a matter the administrator may not read is named")
	}
	entered := first.Post(enterNotice, shown.ActForm(t, noticeForm()))
	if entered.Status != http.StatusSeeOther {
		t.Fatalf("entering: %d", entered.Status)
	}
	path := strings.TrimSuffix(entered.To, "?done=enter")
	first.Get("/desk/calendar/2026").Is(t, http.StatusOK, "关于调整中秋节假期的通知", "待核对")
	confirm := second.Get(path+"/acts/confirm").Is(t, http.StatusOK, "会改动 1 个，涉及 1 件")
	due := s.city.State(id).Clocks["accept"].Due
	second.Post(path+"/acts/confirm", confirm.ActForm(t, url.Values{"compared": {"true"}})).Leads(t, "?done=confirm")
	must(t, s.city.Office.Work(t.Context()))
	if now := s.city.State(id).Clocks["accept"].Due; now <= due {
		t.Errorf("due %s before the notice, %s after it", due, now)
	}
	first.Get("/desk/calendar/2026").Is(t, http.StatusOK, "改了 1 件", "演示〔2026〕1号", "https://www.gov.cn/")
	amendments(t, first, second, path)
}

// amendments: two administrators change the same year at once, and the second is told.
func amendments(t *testing.T, first, second *visitor, path string) {
	t.Helper()
	values := noticeForm()
	values.Del("year")
	one, two := first.Get(path+"/acts/amend").Is(t, http.StatusOK, "中秋节 2026-09-25..2026-09-28"), second.Get(path+"/acts/amend").Is(t, http.StatusOK)
	first.Post(path+"/acts/amend", one.ActForm(t, values)).Leads(t, "?done=amend")
	second.Post(path+"/acts/amend", two.ActForm(t, values)).Is(t, http.StatusConflict, "有别人办过这件", "通知延长了中秋假期。")
}

// Without JavaScript, on the narrowest screen and a phone in the dark: the year, the form that comes back with what it would
// move, and the page of moves are pages we may publish.
func TestCalendarPages(t *testing.T) {
	for _, j := range []struct {
		view   browser.View
		prefix string
	}{{browser.Desktop, ""}, {browser.Narrow.WithoutScript(), "/en"}, {browser.Phone.InDark(), "/zh-hant"}} {
		t.Run(j.view.Name, func(t *testing.T) {
			s := openDesk(t)
			for range 3 {
				s.city.Sorted()
			}
			w := &walk{Page: browser.New(t).Page(j.view), s: s, prefix: j.prefix, noScript: j.view.NoScript}
			w.signIn(registrar)
			w.open("/desk/calendar")
			w.Check("calendar")
			w.open(enterNotice + "?year=2026")
			w.Fill("#rest", "中秋节 2026-09-25..2026-09-28; 国庆节 2026-10-01..2026-10-07 班 2026-09-20 2026-10-10")
			w.Click("button[name=forecast]")
			w.Check("calendar-forecast")
			if w.Value("#year") != "2026" {
				t.Error("the year typed is lost")
			}
		})
	}
}
