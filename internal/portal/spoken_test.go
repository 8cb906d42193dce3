package portal

import (
	"flag"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"yifa/internal/browser"
)

var update = flag.Bool("update", false, "accept what is spoken now")

// heard gathers what a screen reader says on the way.
type heard struct {
	t    *testing.T
	page *browser.Page
	text strings.Builder
}

// A thing to act on that has no name is read as its role alone. What needs none is left out: a form that is no landmark,
// and the group that <details> is, whose summary is read next.
var unnamed = []string{"link", "button", "textbox", "searchbox", "radio", "checkbox", "combobox", "spinbutton", "listbox", "img", "image", "region", "navigation", "heading"}

// What differs from one report to the next.
var varies = regexp.MustCompile(`^\d{4}$|^([0-9a-f]{4} ){4}[0-9a-f]{4}$`)

// phoneReady waits, at most five seconds, until the page has looked for a draft on the device and offers to keep one.
const phoneReady = `(async () => {
  for (let i = 0; i < 250 && document.querySelector('[data-phone=step][hidden]'); i++) await new Promise((on) => setTimeout(on, 20));
  return true;
})()`

// hear reads the page aloud and holds it to what every page must be to somebody who does not see it.
func (h *heard) hear(name string) browser.Speech {
	h.t.Helper()
	browser.Evaluate[bool](h.page, phoneReady)
	s := h.page.Spoken()
	h.text.WriteString("# " + name + "\n焦点: " + varies.ReplaceAllString(s.Focus, "…") + "\n")
	firsts := 0
	for _, phrase := range s.Read {
		h.text.WriteString(varies.ReplaceAllString(phrase, "…") + "\n")
		if strings.HasPrefix(phrase, "heading, ") && strings.HasSuffix(phrase, ", level 1") {
			firsts++
		}
		if slices.Contains(unnamed, phrase) {
			h.t.Errorf("%s: a %s without a name", name, phrase)
		}
	}
	if firsts != 1 {
		h.t.Errorf("%s: %d first headings", name, firsts)
	}
	for _, landmark := range []string{"banner", "main", "contentinfo", "navigation, 主导航"} {
		if !slices.Contains(s.Read, landmark) {
			h.t.Errorf("%s: no landmark %q", name, landmark)
		}
	}
	if first := s.Read[1]; !strings.HasPrefix(first, "link, 跳到主要内容") {
		h.t.Errorf("%s: what is read first is %q", name, first)
	}
	h.text.WriteByte('\n')
	return s
}

// must say a phrase with these words in it: a label with its hint, an error with its field.
func (h *heard) says(s browser.Speech, words ...string) {
	h.t.Helper()
	if !slices.ContainsFunc(s.Read, func(phrase string) bool {
		return !slices.ContainsFunc(words, func(w string) bool { return !strings.Contains(phrase, w) })
	}) {
		h.t.Errorf("nothing says %q in one breath:\n%s", words, strings.Join(s.Read, "\n"))
	}
}

// TestSpoken: an anonymous report from the first page to the receipt, heard and not seen. What is said stands in
// testdata/spoken.txt, to be read by people (-update accepts it).
func TestSpoken(t *testing.T) {
	s := open(t, noLimits)
	h := &heard{t: t, page: browser.New(t).Page(browser.Phone)}
	p := h.page
	const on = "form[data-autosave] .govuk-button"
	p.Goto(s.URL + "/")
	h.hear("首页")
	p.Click(".yifa-hero .govuk-button--start")
	h.hear("开始")
	p.Click("main form .govuk-button--start")
	h.says(h.hear("哪一类"), "checkbox", "没有出示证件", "执法时没有给您看执法证")
	p.Click(on)
	wrong := h.hear("哪一类，没有选")
	if !strings.HasPrefix(wrong.Focus, "alert, 还有 1 处") {
		t.Errorf("an error is not where the reader is: %q", wrong.Focus)
	}
	p.Press("input[value=no_identification]")
	p.Click(on)
	h.hear("哪个单位")
	p.Fill("#q", "蓬江 城市管理")
	p.Click("form[role=search] button")
	h.hear("哪个单位，找到了")
	p.Press("#organ")
	p.Click(on)
	h.hear("什么时候，什么地方")
	p.Fill("#happened_on-y", "2026")
	p.Fill("#happened_on-m", "13")
	p.Fill("#happened_on-d", "22")
	p.Click(on)
	wrong = h.hear("什么时候，日期不对")
	h.says(wrong, "group, 哪一天发生的", "记不清的不用填", "错误", "请写年、月、日")
	h.says(wrong, "combobox, 在哪个镇或者街道", "错误", "请选择", "invalid")
	p.Fill("#happened_on-m", "9")
	p.Fill("#division", "440703")
	p.Fill("#place", "榕荫路 18 号")
	p.Click(on)
	h.hear("经过")
	p.Fill("#account", "没有出示证件。")
	p.Click(on)
	h.hear("材料")
	p.Click("form:not([enctype]) .govuk-button-group .govuk-button")
	h.says(h.hear("姓名"), "radio, 匿名", "只凭回执码查询和补充")
	p.Press("input[value=anonymous]")
	p.Click(on)
	h.hear("检查")
	s.later(10 * time.Second)
	p.Click("main form .govuk-button")
	h.hear("回执")
	golden(t, filepath.Join("testdata", "spoken.txt"), h.text.String())
}

func golden(t *testing.T, file, got string) {
	t.Helper()
	if *update {
		must(t, os.MkdirAll(filepath.Dir(file), 0o755))
		must(t, os.WriteFile(file, []byte(got), 0o644))
		return
	}
	want, err := os.ReadFile(file)
	must(t, err)
	if string(want) == got {
		return
	}
	a, b := strings.Split(string(want), "\n"), strings.Split(got, "\n")
	for i := range min(len(a), len(b)) {
		if a[i] != b[i] {
			t.Fatalf("%s, line %d: said %q, now %q (look, then -update)", file, i+1, a[i], b[i])
		}
	}
	t.Fatalf("%s has %d lines, now %d (look, then -update)", file, len(a), len(b))
}
