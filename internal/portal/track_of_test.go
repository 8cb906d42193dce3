package portal

import (
	"net/http"
	"net/url"
	"testing"

	"yifa/internal/office/officetest"
)

// Who reported several things at once follows each of them with her one code, and nobody else's.
func TestSplitOff(t *testing.T) {
	s := open(t, nil)
	v := s.visitor()
	code := v.file()
	id := s.idOf(code)
	s.act(officetest.Officer, id, "link_target", fields{"target": {"known"}, "complained_organ": {"440703-cgzf"}, "officer_known": {"false"}, "basis": {"来件写明"}})
	s.act(officetest.Officer, id, "split", fields{"split_problem": {"inaction"}, "account": {"还有一件：夜间施工没人管。"}})
	v.Track(code)
	page := v.Get("/track/matter").Is(t, http.StatusOK, "分开办理的事")
	child := page.Hidden(t, "matter")
	v.Post("/track/of", url.Values{"matter": {child}}).Leads(t, "/track/matter")
	v.Get("/track/matter").Is(t, http.StatusOK, "夜间施工没人管", "回到原来那件")
	v.Post("/track/of", url.Values{}).Leads(t, "/track/matter")
	v.Get("/track/matter").Is(t, http.StatusOK, "分开办理的事")

	other := s.visitor()
	other.Track(other.file())
	other.Post("/track/of", url.Values{"matter": {child}}).Is(t, http.StatusNotFound)
}
