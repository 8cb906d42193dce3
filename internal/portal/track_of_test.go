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
	s.act(officetest.Officer, id, "split", fields{"problem": {"inaction"}, "account": {"还有一件：夜间施工没人管。"}})
	v.look(code)
	page := v.get("/track/matter").is(t, http.StatusOK, "分开办理的事")
	child := page.hidden(t, "matter")
	v.post("/track/of", url.Values{"matter": {child}}).leads(t, "/track/matter")
	v.get("/track/matter").is(t, http.StatusOK, "夜间施工没人管", "回到原来那件")
	v.post("/track/of", url.Values{}).leads(t, "/track/matter")
	v.get("/track/matter").is(t, http.StatusOK, "分开办理的事")

	other := s.visitor()
	other.look(other.file())
	other.post("/track/of", url.Values{"matter": {child}}).is(t, http.StatusNotFound)
}
