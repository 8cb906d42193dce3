package desk

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"yifa/internal/office/officetest"
	"yifa/internal/store"
)

// budget is how many statements a page of the desk may send to the database, that of who is signed in
// included.
const budget = 12

// No page of the desk asks the database more the more there is to show.
func TestQueryBudget(t *testing.T) {
	s := openDesk(t)
	var ids []string
	for range 3 {
		id, _ := s.city.Accepted()
		s.city.Do(s.city.Filer(id), id, "message_staff", map[string][]string{"message": {"在吗"}})
		ids = append(ids, matterPath(id))
	}
	fresh := officetest.Report()
	fresh["account"] = []string{"给过我江蓬执监诉〔2026〕1号的通知。"}
	unsorted := matterPath(s.city.File(fresh).ID)
	published, outcome := s.city.Published()
	goesOn := officetest.Report()
	goesOn["continues"] = []string{outcome.String()}
	onwards := matterPath(s.city.File(goesOn).ID)
	must(t, s.city.Office.Work(t.Context()))
	for _, person := range []string{officetest.Officer, officetest.Head, officetest.Leader, registrar} {
		v := s.as(person)
		for _, path := range []string{"/desk", "/desk/matters", "/desk/matters?closed=all", "/desk/matters?due=late", "/desk/matters?stage=accepted",
			"/desk/matters?q=%E8%AF%81%E4%BB%B6", "/desk/matters?scope=mine", "/desk/leader", ids[0], ids[1], unsorted, onwards, matterPath(outcome), matterPath(published),
			"/desk/matters?due=soon", "/desk/matters?order=new", "/desk/matters?figure=received&period=12m", "/desk/matters?figure=late_now&period=12m&order=new",
			"/desk/statistics", "/desk/statistics?period=2026", "/desk/statistics?of=mine", "/desk/statistics/figures.csv?period=2026-09",
			ids[0] + "/record", "/desk/calendar", "/desk/calendar/2027", "/desk/deadlines", "/desk/deadlines/2026-10", "/desk/account", "/desk/account/password", "/desk/account/security", "/desk/account/sign-ins", "/desk/tour", "/desk/help", "/desk/help/officer", "/desk/help/officer/cannot",
			"/desk/organs", "/desk/organs?on=2026-03-01", "/desk/organs/440703-sfj", "/desk/people", "/desk/people/" + person, "/desk/accounts", "/desk/accounts/" + officetest.Head, "/desk/work", "/desk/work/" + person} {
			if strings.HasPrefix(path, "/desk/work") && person != officetest.Head {
				continue
			}
			if register := strings.HasPrefix(path, "/desk/organs") || strings.HasPrefix(path, "/desk/accounts") || path == "/desk/people"; register != (person == registrar) && (register || !strings.HasPrefix(path, "/desk/people/")) {
				continue
			}
			ctx := store.Counting(t.Context())
			r := httptest.NewRequest(http.MethodGet, s.URL+path, nil).WithContext(ctx)
			for _, c := range v.Client.Jar.Cookies(r.URL) {
				r.AddCookie(c)
			}
			w := httptest.NewRecorder()
			s.Config.Handler.ServeHTTP(w, r)
			if w.Code != http.StatusOK && (path != "/desk/leader" || person != officetest.Officer) {
				t.Errorf("%s: %s: %d", person, path, w.Code)
			}
			if n := store.Count(ctx); n > budget || n == 0 {
				t.Errorf("%s: %s sends %d statements to the database, the budget is %d", person, path, n, budget)
			}
		}
	}
}
