package desk

import (
	"net/http"
	"testing"

	"yifa/internal/browser"
	"yifa/internal/office/officetest"
)

// An officer sees from which published outcome a report goes on, and at that outcome and its report who says that it is
// not solved.
func TestUnsolved(t *testing.T) {
	s := openDesk(t)
	first, outcome := s.city.Published()
	fields := officetest.Report()
	fields["continues"] = []string{outcome.String()}
	again := s.city.File(fields).ID
	v := s.as(officetest.Officer)
	v.Get(matterPath(again)).Is(t, http.StatusOK, "接着公开的结果反映", "/outcomes/"+outcome.String(), "看公开的内容", matterPath(outcome), matterPath(first), "提交人说，这件公开的结果还没有解决")
	w := &walk{Page: browser.New(t).Page(browser.Narrow.WithoutScript()), s: s, noScript: true}
	w.enter(officetest.Officer)
	for _, id := range []string{matterPath(first), matterPath(outcome)} {
		v.Get(id).Is(t, http.StatusOK, "有人说还没有解决（1 件）", matterPath(again))
		w.open(id)
		w.Sees("有人说还没有解决（1 件）")
		w.Check("unsolved")
	}
	w.open(matterPath(again))
	w.Check("goes-on")
}
