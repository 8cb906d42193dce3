package portal

import (
	"net/http"
	"net/url"
	"strings"
	"testing"
)

// A poster's code brings organ, place and kind of problem into the report; the filer sees them first. What nobody knows
// is left out, and a kind that belongs elsewhere is not chosen for her.
func TestPoster(t *testing.T) {
	s := open(t, noLimits)
	v := s.visitor()
	const asked = "organ=440703-cgzf&division=440703&problem=too_many_inspections"
	v.Get("/poster?"+asked).Is(t, http.StatusOK, "蓬江区城市管理和综合执法局", "检查太多太频繁", "/report?division=440703&organ=440703-cgzf&problem=too_many_inspections")
	page := v.Get("/report?"+asked).Is(t, http.StatusOK, "已经替您填好", "蓬江区城市管理和综合执法局")
	if got := page.Hidden(t, "organ"); got != "440703-cgzf" {
		t.Errorf("the form sends organ %q on", got)
	}
	draft := strings.TrimSuffix(v.Post("/report", url.Values{"organ": {"440703-cgzf"}, "division": {"440703"}, "problem": {"too_many_inspections"}}).Leads(t, "/what").To, "what")
	what := v.Get(draft+"what").Is(t, http.StatusOK)
	if !strings.Contains(what.Body, `value="too_many_inspections" checked`) {
		t.Error("the kind of problem is not chosen")
	}
	v.Get(draft+"organ").Is(t, http.StatusOK, "蓬江区城市管理和综合执法局")
	for _, nothing := range []string{"organ=nobody", "division=999999", "problem=consumer_dispute", "problem=%3Cscript%3E", "account=x", "identity=named"} {
		if body := v.Get("/report?"+nothing).Is(t, http.StatusOK).Body; strings.Contains(body, "已经替您填好") {
			t.Errorf("%s is filled in", nothing)
		}
	}
}
