package desk

import (
	"bytes"
	"image"
	"image/png"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"testing"

	"yifa/internal/office/officetest"
)

// Who of the office reads what a filer wrote for it alone is in the log, once a day and again where something is new; the
// head sees it, others do not, and readings of identities stay apart.
func TestReadsOfTexts(t *testing.T) {
	s := openDesk(t)
	id, _ := s.city.Accepted()
	v, head := s.as(officetest.Officer), s.as(officetest.Head)
	lines := func(who *visitor) int {
		return strings.Count(who.Get("/desk/reads?of=texts").Is(t, http.StatusOK).Body, "看了提交人写的内容")
	}
	if n := lines(v); n != 0 {
		t.Fatalf("%d lines before anything was read", n)
	}
	for range 3 {
		v.Get(matterPath(id)).Is(t, http.StatusOK, "三张折叠桌")
	}
	if n := lines(v); n != 1 {
		t.Errorf("opened three times in a day: %d lines", n)
	}
	s.city.Do(s.city.Filer(id), id, "message_staff", map[string][]string{"message": {"还有一件事。"}})
	v.Get(matterPath(id)).Is(t, http.StatusOK, "还有一件事")
	v.Get(matterPath(id)+"/record").Is(t, http.StatusOK)
	if n := lines(head); n != 2 {
		t.Errorf("with something new: the head sees %d lines", n)
	}
	page := v.Get(matterPath(id)+"/acts/add_files").Is(t, http.StatusOK)
	v.Upload(matterPath(id)+"/acts/add_files", page.ActForm(t, url.Values{}), map[string][]byte{"a.png": picture(t)}).Leads(t, "?done=add_files")
	opened := 0
	for seq := range 10 {
		for range 2 {
			if v.Get(matterPath(id)+"/files/"+strconv.Itoa(seq)+"/filer/0").Status == http.StatusOK {
				opened++
			}
		}
	}
	if n := strings.Count(head.Get("/desk/reads?of=texts").Is(t, http.StatusOK).Body, "打开了只给办理人员看的文件"); n != 1 || opened != 2 {
		t.Errorf("%d lines of a file opened %d times", n, opened)
	}
	if strings.Contains(head.Get("/desk/reads").Is(t, http.StatusOK, "还没有记录").Body, "提交人写的内容") {
		t.Error("readings of texts stand among those of identities")
	}
	s.as(officetest.Stranger).Get("/desk/reads?of=texts").Is(t, http.StatusOK, "还没有记录")
	s.city.Sound()
}

// picture is a small photo.
func picture(t *testing.T) []byte {
	t.Helper()
	var b bytes.Buffer
	must(t, png.Encode(&b, image.NewGray(image.Rect(0, 0, 40, 30))))
	return b.Bytes()
}
