package desk

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"yifa/internal/office/officetest"
)

// Somebody leaves: his post cannot be ended while he handles matters; the head hands all of them to two colleagues in one
// go, each by an act with the reason, and then the post ends.
func TestHandOverAll(t *testing.T) {
	s := openDesk(t)
	for range 3 {
		s.city.Accepted()
	}
	head, admin := s.as(officetest.Head), s.as(registrar)
	organ := admin.Get("/desk/people/"+officetest.Officer).Is(t, http.StatusOK, "免除")
	end := "/desk/matters/" + strings.Split(strings.Split(organ.Body, `/acts/end"`)[0], "/desk/matters/")[strings.Count(strings.Split(organ.Body, `/acts/end"`)[0], "/desk/matters/")] + "/acts/end"
	admin.Get(end).Is(t, http.StatusUnprocessableEntity, "这个人手上还有没有办完的事项")

	s.as(officetest.Officer).Get("/desk/work").Is(t, http.StatusNotFound)
	s.as(officetest.Officer2).Get("/desk/work/"+officetest.Officer).Is(t, http.StatusNotFound)
	head.Get("/desk/work").Is(t, http.StatusOK, "何予宁", "3 件")
	page := "/desk/work/" + officetest.Officer
	head.Get(page).Is(t, http.StatusOK, "没有办完的 3 件", "区晓樟")
	head.Post(page, url.Values{"reason": {"调离"}}).Is(t, http.StatusBadRequest, "选一选交给谁", "调离")
	head.Post(page, url.Values{"to": {"lu-jingwen"}, "reason": {"调离"}}).Is(t, http.StatusBadRequest, "选一选交给谁")
	to := head.Post(page, url.Values{"to": {officetest.Officer2}, "reason": {"何予宁调离"}})
	if to.Status != http.StatusSeeOther {
		t.Fatalf("handing over: %d", to.Status)
	}
	head.Get(to.To).Is(t, http.StatusOK, "正在办理")
	must(t, s.city.Office.Work(t.Context()))
	head.Get(to.To).Is(t, http.StatusOK, "办完了 3 项，没有办成 0 项", "何予宁调离")
	s.as(officetest.Leader).Get(to.To).Is(t, http.StatusNotFound)
	head.Get("/desk/work").Is(t, http.StatusOK, "区晓樟", "3 件")
	head.Get(page).Is(t, http.StatusOK, "手上没有没办完的事项")
	form := admin.Get(end).Is(t, http.StatusOK)
	admin.Post(end, form.ActForm(t, given("until", "2026-09-23", "reason", "调离"))).Leads(t, "?done=end")
	s.city.Sound()
}
