package main

import (
	"context"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"yifa/internal/browser"
	"yifa/internal/calendar"
	"yifa/internal/demo"
	"yifa/internal/i18n"
	"yifa/internal/matter"
	"yifa/internal/office"
)

// TestCaseJourney: a complaint becomes a supervision case and comes back as an answer. The filer, the sorter, two
// investigators, the head, the leader who signs, the supervised organ and the reviewer above each do their part in a
// browser of their own; at every step the pages show what they must and never what they must not. It is played in the
// language YIFA_LANGUAGE names, in Simplified Chinese where it names none: what the pages must show is said in that one.
func TestCaseJourney(t *testing.T) {
	j := newJourney(t)
	j.report()
	j.sort()
	j.openCase()
	j.notify()
	j.explain()
	j.investigate()
	j.sign()
	j.recheck()
	j.rectify()
	j.answer()
	j.rate()
}

// journey is the people of one case, each with a browser of their own.
type journey struct {
	*town
	b          *browser.Browser
	tabs       map[string]*browser.Page
	lang       i18n.Lang
	at         string // address of the site in that language
	code       string
	complaint  matter.ID
	supervised matter.ID // the case
	files      string
}

// What only the filer, or only staff, may ever read.
const (
	itsFiler = "区阿婆"
	itsPhone = "13800000001"
	itsWords = "我在白沙市场东门卖莲藕，那天下午被罚了两百"
	itsPlace = "白沙市场东门第三档"
	itsNote  = "线人说摊档还有两家也一样"
	findings = "罚没收入里没有这一笔，存根缺号"
)

// secrets are what no page of the supervised organ may hold. (The gist of the provision on recusal, behind its
// name, speaks of filers in general.)
func (j *journey) secrets() []string {
	return []string{itsFiler, itsPhone, "卖莲藕", itsPlace, itsNote, findings, j.complaint.String(), j.code, "投诉举报", "和提交人对话", "匿名", "实名"}
}

func newJourney(t *testing.T) *journey {
	j := &journey{town: open(t), b: browser.New(t), tabs: map[string]*browser.Page{}, lang: i18n.ZhHans, files: t.TempDir()}
	if named := i18n.Lang(os.Getenv("YIFA_LANGUAGE")); named != "" {
		if !slices.Contains(i18n.Langs, named) {
			t.Fatalf("YIFA_LANGUAGE: no language %q", named)
		}
		j.lang = named
	}
	j.at = j.url + j.lang.Prefix()
	for person, view := range map[string]browser.View{
		"ou-xiaozhang": browser.Desktop, "he-yuning": browser.Desktop, "zhen-ruotang": browser.Desktop.InDark(),
		"song-zhiwen": browser.Desktop, "zhong-lingyun": browser.Desktop, "liang-yuebai": browser.Desktop,
	} {
		must(t, j.Office.PutPerson(t.Context(), office.Person{ID: person, Login: person, Name: j.nameOf(person), Password: demo.Password}))
		j.tabs[person] = j.b.Page(view)
	}
	return j
}

// on moves the clock to an hour of a day and lets what runs beside the acts catch up.
func (j *journey) on(month time.Month, day, hour int) {
	j.t.Helper()
	j.Clock.Set(calendar.New(2026, month, day).Midnight().Add(time.Duration(hour) * time.Hour))
	j.work()
}

func (j *journey) work() {
	j.t.Helper()
	must(j.t, j.Office.Sweep(context.Background()))
	must(j.t, j.Office.Work(context.Background()))
}

// as opens a page of the desk as somebody, who signs in where the session has ended.
func (j *journey) as(person, path string) *browser.Page {
	j.t.Helper()
	p := j.tabs[person]
	p.Goto(j.at + path)
	if p.Has("#desk-password") {
		p.Fill("#desk-login", person)
		p.Fill("#desk-password", demo.Password)
		p.Click("main form button")
		p.Goto(j.at + path)
	}
	return p
}

func deskPath(id matter.ID) string { return "/desk/matters/" + id.String() }

// does an act through its form: each answer is "field=value", and the last page is the matter.
func (j *journey) does(person string, id matter.ID, act string, answers ...string) *browser.Page {
	j.t.Helper()
	p := j.as(person, deskPath(id)+"/acts/"+act)
	for _, a := range answers {
		name, value, _ := strings.Cut(a, "=")
		switch one := `input[name="` + name + `"][value="` + strings.ReplaceAll(value, "\n", " ") + `"]`; {
		case p.Has(one):
			p.Press(one)
		case p.Has(`input[type=file][name="` + name + `"]`):
			p.Upload("#"+name, j.file(value))
		default:
			p.Fill("#"+strings.ReplaceAll(name, ".", `\.`), value)
		}
	}
	p.Check("case-act-" + act)
	p.Click("main form .govuk-button-group .govuk-button")
	if !strings.Contains(p.URL(), "done="+act) {
		j.t.Fatalf("%s by %s: %s (%d):\n%s", act, person, p.URL(), p.Status(), p.Text("main"))
	}
	j.work()
	return p
}

func (j *journey) file(name string) string {
	path := filepath.Join(j.files, name)
	must(j.t, os.WriteFile(path, photo(j.t, ""), 0o600))
	return path
}

// shows fails the test, and goes on, unless the page shows each text. The texts are those of Simplified Chinese.
func (j *journey) shows(p *browser.Page, texts ...string) {
	j.t.Helper()
	if j.lang != i18n.ZhHans {
		return
	}
	shown := p.Text("body")
	for _, s := range texts {
		if !strings.Contains(shown, s) {
			j.t.Errorf("%s does not show %q", p.URL(), s)
		}
	}
}

// hides fails the test if the page, its source included, holds any of the texts.
func (j *journey) hides(p *browser.Page, texts ...string) {
	j.t.Helper()
	source := p.Source()
	for _, s := range texts {
		if strings.Contains(source, s) {
			j.t.Errorf("%s shows %q", p.URL(), s)
		}
	}
}

// organ opens a page as the supervised organ: whatever it is, it holds nothing of the complaint.
func (j *journey) organ(path, picture string) *browser.Page {
	j.t.Helper()
	p := j.as("zhong-lingyun", path)
	p.Check("case-organ-" + picture)
	j.hides(p, j.secrets()...)
	return p
}

func (j *journey) report() {
	p := j.b.Page(browser.Phone)
	j.tabs["filer"] = p
	const on = "form[data-autosave] .govuk-button"
	p.Goto(j.at + "/report")
	p.Click("main form .govuk-button--start")
	p.Press("input[value=arbitrary_fine]")
	p.Press("input[value=no_notice_or_receipt]")
	p.Click(on)
	p.Fill("#q", "蓬江 市场监督")
	p.Click("form[role=search] button")
	p.Press("#organ")
	p.Click(on)
	p.Fill("#division", "440703002")
	p.Fill("#place", itsPlace)
	p.Click(on)
	p.Fill("#account", itsWords+"，没有给票。")
	p.Click(on)
	p.Click("form:not([enctype]) .govuk-button-group .govuk-button")
	p.Press("input[value=named]")
	p.Fill("#name", itsFiler)
	p.Fill("#phone", itsPhone)
	p.Click(on)
	p.Check("case-filer-check")
	p.Click("main form .govuk-button")
	if p.Has(".govuk-error-summary") { // a busy machine has not found the proof of work yet
		time.Sleep(5 * time.Second)
		p.Click("main form .govuk-button")
		p.ConsoleErrors()
	}
	p.Check("case-filer-receipt")
	j.code = strings.NewReplacer(" ", "", "\n", "").Replace(p.Text("[data-receipt-code]"))
	r, err := j.Office.ByCode(j.t.Context(), j.code, i18n.ZhHans)
	must(j.t, err)
	j.complaint = r.Filer
}

// track is the filer looking the report up.
func (j *journey) track(picture string) *browser.Page {
	j.t.Helper()
	p := j.tabs["filer"]
	p.Goto(j.at + "/track/matter")
	if p.Has("#code") {
		p.Fill("#code", j.code)
		p.Click("main form .govuk-button")
	}
	p.Check("case-filer-" + picture)
	j.hides(p, itsFiler, itsPhone, findings, itsNote, j.supervised.String(), "何予宁", "区晓樟")
	return p
}

func (j *journey) sort() {
	j.on(9, 21, 14)
	j.as("ou-xiaozhang", "/desk").Check("case-sorter-today")
	j.does("ou-xiaozhang", j.complaint, "link_target", "target=known", "complained_organ=440703-scjg", "officer_known=false", "basis=提交人写明了单位。")
	j.does("ou-xiaozhang", j.complaint, "sort", "stream=about_enforcement", "title=当场罚款没有给票据", "summary=反映市场检查时当场罚款，没有给票据。")
	j.on(9, 22, 9)
	j.does("he-yuning", j.complaint, "claim")
	j.does("he-yuning", j.complaint, "accept", "scope=罚款有没有依据，给没给票据。")
}

func (j *journey) openCase() {
	p := j.does("he-yuning", j.complaint, "open_case", "case_problem=arbitrary_fine", "case_problem=no_notice_or_receipt",
		"case_title=市场检查当场罚款没有给票据", "case_summary=反映 9 月市场检查时当场罚款，没有给票据。")
	p.Check("case-complaint-linked")
	st := j.State(j.complaint)
	j.supervised = st.Links[len(st.Links)-1].To
	j.track("case-opened")
	j.as("he-yuning", "/desk/matters").Check("case-list")
	j.as("he-yuning", deskPath(j.supervised)).Check("case-clue")
	j.does("he-yuning", j.supervised, "claim")
	j.does("he-yuning", j.supervised, "note", "note="+itsNote)
	j.does("he-yuning", j.supervised, "check_clue", "elsewhere=none", "findings=看了来件和公开的执法信息，有违法的迹象。")
	if p := j.as("zhong-lingyun", deskPath(j.supervised)); p.Status() != 404 {
		j.t.Errorf("before the notice the organ opens the case: %d", p.Status())
	}
	j.tabs["zhong-lingyun"].ConsoleErrors()
	j.on(9, 23, 9)
	p = j.as("zhen-ruotang", "/desk")
	p.Check("case-head-today")
	j.shows(p, "市场检查当场罚款没有给票据", "立案监督")
	j.as("zhen-ruotang", deskPath(j.supervised)).Check("case-head-checked")
	j.does("zhen-ruotang", j.supervised, "file_case", "decision=立案监督。").Check("case-filed")
}

func (j *journey) notify() {
	j.on(9, 24, 9)
	j.sends("notify", "supervision_notice", "zhen-ruotang", "called=蓬江区市场监督管理局", "called_what=市场检查当场罚款没有给票据", "called_points=9 月在白沙片区市场检查时的当场罚款。",
		"called_files=当场处罚决定书存根、罚款票据存根、执法记录仪录像。", "called_by=何予宁、区晓樟", "contact=何予宁", "contact_phone=（演示）", "office_address=蓬江区（演示）")
	p := j.as("he-yuning", deskPath(j.supervised))
	p.Check("case-notified")
	j.shows(p, "行政执法监督通知书", "已发出，等回执")
	p = j.organ("/desk", "today")
	j.shows(p, "签收文书")
	p = j.organ("/desk/matters", "list")
	j.shows(p, "市场检查当场罚款没有给票据")
	p = j.organ(deskPath(j.supervised), "matter")
	j.shows(p, "行政执法监督通知书", "市场检查当场罚款没有给票据")
	j.receive(p, "notice")
	p = j.organ(deskPath(j.supervised), "matter-received")
	j.shows(p, "书面说明", "收到文书")
	j.organ(deskPath(j.supervised)+"/record", "record")
}

// sends has a paper drafted, checked and signed, and sends it out by the act that waits for it.
func (j *journey) sends(act, kind, signer string, filled ...string) {
	j.t.Helper()
	p := j.as("he-yuning", deskPath(j.supervised))
	p.Check("case-waits-" + act)
	j.does("he-yuning", j.supervised, "draft_paper", "kind="+kind)
	st := j.State(j.supervised)
	paper := st.Links[len(st.Links)-1].To
	for i, a := range filled {
		filled[i] = "content." + a
	}
	j.does("he-yuning", paper, "submit", filled...)
	j.does("ou-xiaozhang", paper, "pass_check")
	j.does(signer, paper, "sign")
	j.as("he-yuning", deskPath(j.supervised)).Check("case-signed-" + act)
	j.does("he-yuning", j.supervised, act)
}

// receive is the supervised organ receiving the paper that its page of the case leads to, and opening it.
func (j *journey) receive(p *browser.Page, picture string) {
	j.t.Helper()
	if p.Has(`#papers a[href$="/paper"]`) {
		j.t.Error("the organ can open a paper that it has not received")
	}
	st := j.State(j.supervised)
	paper := j.State(st.Links[len(st.Links)-1].To)
	service := paper.Links[len(paper.Links)-1].To
	j.organ(deskPath(service), picture+"-waiting")
	j.does("zhong-lingyun", service, "receive")
	q := j.organ(deskPath(service), picture+"-received")
	if !q.Has(`#papers a[href$="/paper"]`) {
		j.t.Errorf("the organ received a paper and finds none:\n%s", q.Text("main"))
	}
}

// paper is the address of the newest paper of the matter shown.
func (j *journey) paper(p *browser.Page) string {
	return strings.TrimPrefix(browser.Evaluate[string](p, `document.querySelector('#papers a[href*="/documents/"]').href`), j.at)
}

func (j *journey) explain() {
	j.on(9, 28, 10)
	j.does("zhong-lingyun", j.supervised, "explain", "explanation=当天两人检查，票据用完了，没有补给。", "files=存根.jpg")
	j.organ(deskPath(j.supervised), "explained")
	p := j.as("he-yuning", "/desk")
	p.Check("case-handler-today")
	j.shows(p, "市场检查当场罚款没有给票据", "登记调查情况")
}

func (j *journey) investigate() {
	j.on(9, 29, 9)
	j.does("he-yuning", j.supervised, "investigate", "method=file_review", "method=interview", "second=ou-xiaozhang", "findings="+findings+"。")
	p := j.as("ou-xiaozhang", "/desk")
	p.Check("case-second-today")
	j.shows(p, "登记调查情况")
	p = j.as("ou-xiaozhang", deskPath(j.supervised))
	p.Check("case-second-matter")
	j.shows(p, "一同办理的监督人员", "添加材料")
	j.does("he-yuning", j.supervised, "propose", "finding=unlawful", "opinion=当场收缴罚款没有给票据，建议发意见书。",
		"draft_found=9 月 12 日当场收缴罚款，没有给票据。", "draft_grounds=行政处罚法第七十条。", "draft_measures=一、补给票据；\n二、清查三个月的当场罚款。").Check("case-proposed")
	j.organ(deskPath(j.supervised), "proposed")
	j.shows(j.tabs["zhong-lingyun"], "调查中")
	j.on(9, 30, 9)
	p = j.as("zhen-ruotang", "/desk")
	p.Check("case-head-today-proposed")
	j.shows(p, "市场检查当场罚款没有给票据", "同意发监督意见书")
	j.as("zhen-ruotang", deskPath(j.supervised)).Check("case-head-proposed")
	j.does("zhen-ruotang", j.supervised, "submit_opinion", "decision=同意，送签。")
}

func (j *journey) sign() {
	j.on(9, 30, 15)
	p := j.as("song-zhiwen", "/desk")
	p.Check("case-leader-today")
	j.shows(p, "市场检查当场罚款没有给票据")
	j.as("song-zhiwen", deskPath(j.supervised)).Check("case-leader-matter")
	j.sends("issue_opinion", "supervision_opinion", "song-zhiwen", "advised=蓬江区市场监督管理局", "advised_what=市场检查当场罚款没有给票据", "higher_supervisor=江门市司法局")
	j.as("he-yuning", deskPath(j.supervised)).Check("case-opinion-issued")
	j.receive(j.organ(deskPath(j.supervised), "opinion-sent"), "opinion")
	p = j.organ("/desk", "today-opinion")
	j.shows(p, "申请复查", "报送整改情况", "10月15日", "10月30日")
	p = j.organ(deskPath(j.supervised), "opinion-matter")
	j.shows(p, "监督意见书", "申请复查", "报送整改情况", "为什么是这一天")
	j.track("case-opinion")
}

func (j *journey) recheck() {
	j.on(10, 9, 9)
	j.does("zhong-lingyun", j.supervised, "ask_recheck", "objection=只有一笔没有给票据，清查三个月没有必要。", "files=说明.jpg")
	j.organ(deskPath(j.supervised), "recheck-asked")
	j.as("liang-yuebai", "/desk").Check("case-reviewer-today")
	p := j.as("liang-yuebai", deskPath(j.supervised))
	p.Check("case-reviewer-matter")
	j.shows(p, "复查维持", "只有一笔没有给票据")
	j.hides(p, itsFiler, itsPhone, "卖莲藕", itsPlace, j.complaint.String())
	j.on(10, 15, 9)
	j.does("liang-yuebai", j.supervised, "uphold_opinion", "reason=票据缺号不止一张，清查是必要的。")
	p = j.organ(deskPath(j.supervised), "upheld")
	j.organ(j.paper(p), "upheld-decision")
}

func (j *journey) rectify() {
	j.on(10, 26, 9)
	j.organ("/desk", "today-rectify")
	j.does("zhong-lingyun", j.supervised, "report_rectification", "done=一、补给票据 14 张；二、清查完毕。", "files=清单.jpg")
	j.organ(deskPath(j.supervised), "reported")
	j.on(10, 28, 9)
	j.does("he-yuning", j.supervised, "pass_verification", "second=ou-xiaozhang", "verified=抽查 5 张票据，都已补给。").Check("case-verified")
	j.on(10, 29, 9)
	j.does("he-yuning", j.supervised, "give_feedback", "told=当场罚款没有给票据，已补给票据 14 张，清查三个月的当场罚款。").Check("case-feedback")
	j.does("zhen-ruotang", j.supervised, "close").Check("case-closed")
	j.organ(deskPath(j.supervised), "closed")
}

func (j *journey) answer() {
	j.on(10, 30, 9)
	j.does("he-yuning", j.complaint, "record_verification", "method=file_review", "heard_organ=true", "findings=见监督案件卷宗。")
	j.does("he-yuning", j.complaint, "propose_handling", "result=substantiated", "opinion=当场罚款没有给票据。")
	j.does("zhen-ruotang", j.complaint, "decide_handling", "result=substantiated", "measure=single_case", "decision=已经立案监督。")
	p := j.as("he-yuning", deskPath(j.complaint)+"/acts/answer")
	for field, told := range map[string]string{"#found": "9 月 12 日当场收缴罚款，没有给票据。", "#done": "已补给票据 14 张"} {
		if begins := p.Value(field); !strings.Contains(begins, told) {
			j.t.Errorf("%s of the answer begins with %q", field, begins)
		}
	}
	j.does("he-yuning", j.complaint, "answer", "checked=each_point", "checked=how_found", "checked=basis", "checked=who_when", "checked=other_ways", "checked=nobody_else", "checked=plain", "found=反映属实：当场罚款没有给票据。", "remedies=reconsideration", "remedies=reopening", "outcome=当场罚款没有给票据，已补给。").Check("case-answered")
	j.organ("/desk/matters?closed=all", "list-end")
}

func (j *journey) rate() {
	p := j.track("answered")
	j.shows(p, "已补给票据 14 张", "评价")
	p.Goto(j.at + "/track/acts/rate")
	p.Press("input[value=five]")
	p.Fill("#words", "票据收到了。")
	p.Click("main form .govuk-button")
	p.Check("case-filer-rated")
	if !slices.Contains([]string{"rated", "archived"}, j.State(j.complaint).Stage) {
		j.t.Errorf("the complaint stands at %s", j.State(j.complaint).Stage)
	}
}
