package main

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"yifa/internal/matter"
)

// Places of a file are painted over from its page, without scripts too: what looks personal is offered, a text and a place
// are written down, what is wrong is said at the field with everything typed, and the copy is shown in the page.
func TestRedactInThePage(t *testing.T) {
	w := open(t)
	me := w.official("he-yuning")
	held, _ := w.Accepted()
	piece := w.piece(held, "台账.pdf", sheets("Tel 13800138000", "Chen"))
	at := deskPath(piece) + "/files/1/" + string(matter.Staff) + "/0"
	form := deskPath(piece) + "/acts/redact?file=1/staff/0"
	if view := me.Get(at+"/view").Is(t, http.StatusOK, "遮盖一部分再给别人看"); !strings.Contains(view.Body, form) {
		t.Error("the page of the file does not lead to redacting it")
	}
	me.Get(deskPath(piece)+"/acts/redact").Is(t, http.StatusOK, "先选一份文件", "台账.pdf")
	asked := me.Get(form).Is(t, http.StatusOK, "像个人信息", "13800138000", "按位置遮盖")
	if n := strings.Count(asked.Body, "data-cover-page="); n != 2 {
		t.Errorf("%d pages to paint on", n)
	}
	typed := url.Values{"cover.file": {"1/staff/0"}, "cover.found": {"13800138000"}, "cover.found_reason": {"personal"},
		"cover.text": {"Nobody", ""}, "cover.text_reason": {"filer", "filer"},
		"cover.reason": {"other", "other"}, "cover.page": {"2", "1"}, "cover.x": {"10", ""}, "cover.y": {"10", ""}, "cover.w": {"50", ""}, "cover.h": {"10", ""}}
	path := deskPath(piece) + "/acts/redact"
	bad := me.Post(path, typed)
	if bad.Status != http.StatusBadRequest || !strings.Contains(bad.Text(), "没有找到“Nobody”") || !strings.Contains(bad.Body, `value="50"`) {
		t.Errorf("%d: what is not there is not said, or what was typed is lost", bad.Status)
	}
	typed.Set("cover.text", "")
	me.Post(path, typed).Leads(t, "done=redact")
	page := me.Get(deskPath(piece)).Is(t, http.StatusOK, "遮盖副本.pdf", "能认出个人的信息 1 处（第 1 页）", "其他不宜出示的内容 1 处（第 2 页）")
	copyAt := deskPath(piece) + "/files/2/" + string(matter.Parties) + "/0"
	if !strings.Contains(page.Body, copyAt+"/view") {
		t.Error("the page does not lead to the copy")
	}
	view := me.Get(copyAt+"/view").Is(t, http.StatusOK, "这是遮盖副本")
	if n := strings.Count(view.Body, "/pages/"); n != 3 || strings.Contains(view.Body, "acts/redact") {
		t.Errorf("%d pages, or a copy is redacted once more", n)
	}
	again := me.Get(form).Is(t, http.StatusOK)
	if !strings.Contains(again.Body, `value="50"`) {
		t.Error("what is covered already is not where the next one begins")
	}
	w.official("lu-jingwen").Get(form).Is(t, http.StatusNotFound)
}
