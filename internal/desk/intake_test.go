package desk

import (
	"net/http"
	"net/url"
	"testing"
	"time"

	"yifa/internal/office/officetest"
)

// An administrator sees how reports are taken, takes only those with a proof for twelve hours, and ends it; nobody else finds
// the page.
func TestIntake(t *testing.T) {
	s := openDesk(t)
	v := s.as(registrar)
	v.Get(intakePath).Is(t, http.StatusOK, "现在：正常", "还没有改过", "改成只收带计算证明的")
	form := v.Get(takeProofsPath).Is(t, http.StatusOK, "十二小时")
	v.Post(takeProofsPath, url.Values{"key": {form.Hidden(t, "key")}, "agreed_with": {"值班的人"}}).Is(t, http.StatusBadRequest, "值班的人")
	v.Post(takeProofsPath, url.Values{"key": {form.Hidden(t, "key") + "2"}, "flood_reason": {"一小时来了三千份。"}})
	v.Get(intakePath).Is(t, http.StatusOK, "现在：只收带计算证明的提交", "自动恢复", "提前恢复")
	if in := s.city.Office.Intake(); !in.ProofsOnly || in.Until.Sub(s.city.Clock.Now()) != 12*time.Hour {
		t.Errorf("taken: %+v", in)
	}
	s.city.Clock.Set(s.city.Clock.Now().Add(12 * time.Hour))
	s.as(registrar).Get(intakePath).Is(t, http.StatusOK, "现在：正常", "只收带计算证明的")
	for _, person := range []string{officetest.Officer, officetest.Head, officetest.Leader} {
		s.as(person).Get(intakePath).Is(t, http.StatusNotFound)
	}
}
