package main

import (
	"bytes"
	"fmt"
	"html"
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"
	"testing/fstest"

	"yifa/internal/browser"
	"yifa/internal/demo"
	"yifa/internal/desk"
	"yifa/internal/i18n"
	"yifa/internal/office"
	"yifa/internal/portal"
	"yifa/internal/web/webtest"
)

// A shown page: who reads it, and its address with the variables of its route, as in the table of permissions.
type shown struct {
	reader, address string
	status          int  // 0: 200
	public          bool // the same for everybody: may be stored
}

var shownPages = []shown{
	{reader: "nobody", address: "/{$}", public: true}, {reader: "nobody", address: "/offline", public: true}, {reader: "nobody", address: "/report"}, {reader: "nobody", address: "/report/d/{draft=stopped}/advice"},
	{reader: "nobody", address: "/report/d/{draft=open}/later"}, {reader: "nobody", address: "/report/d/{draft=open}/check"}, {reader: "nobody", address: "/report/d/{draft=empty}/check"},
	{reader: "nobody", address: "/report/d/{draft=open}/files"}, {reader: "nobody", address: "/report/d/{draft=filed}/receipt"},
	{reader: "nobody", address: "/report/d/{draft=open}/{step=what}"}, {reader: "nobody", address: "/report/d/{draft=open}/{step=organ}"},
	{reader: "nobody", address: "/report/d/{draft=open}/{step=when}"}, {reader: "nobody", address: "/report/d/{draft=open}/{step=story}"}, {reader: "nobody", address: "/report/d/{draft=open}/{step=who}"},
	{reader: "nobody", address: "/report/d/{draft=named}/confirm"}, {reader: "nobody", address: "/report/d/{draft=open}/confirm"}, {reader: "nobody", address: "/mine"}, {reader: "nobody", address: "/mine/code/{ticket=00}"}, {reader: "nobody", address: "/collect/{link=00}", status: 404},
	{reader: "nobody", address: "/news"}, {reader: "filer", address: "/track/news"}, {reader: "nobody", address: "/track"}, {reader: "filer", address: "/track/matter"}, {reader: "filer", address: "/track/acts/{act=withdraw}"},
	{reader: "filer", address: "/track/acts/{act=message_staff}"}, {reader: "filer", address: "/track/acts/{act=report_retaliation}"}, {reader: "filer", address: "/track/acts/{act=rate}", status: 422},
	{reader: "filer", address: "/track/documents/{seq=5}"}, {reader: "nobody", address: "/how", public: true}, {reader: "nobody", address: "/how/{procedure=supervision.complaint}", public: true},
	{reader: "nobody", address: "/statistics", public: true}, {reader: "nobody", address: "/verify", public: true}, {reader: "nobody", address: "/verify?place=nonsense", status: 422}, {reader: "nobody", address: "/calculator", public: true}, {reader: "nobody", address: "/law", public: true}, {reader: "nobody", address: "/law/{statute=xzcf}", public: true}, {reader: "nobody", address: "/law/hjbh", public: true}, {reader: "nobody", address: "/law/{statute=xzcf}/{article=64}", public: true}, {reader: "nobody", address: "/law/xzcf/64?on=2015-01-01", public: true}, {reader: "nobody", address: "/law/xzcf/64?on=nonsense", status: 422},
	{reader: "nobody", address: "/law/xzcf?text=all", public: true}, {reader: "nobody", address: "/law/ptsd/1", public: true}, {reader: "nobody", address: "/law?q=%E7%9F%B3%E5%87%B3", public: true}, {reader: "nobody", address: "/law?in=xzcf&q=%E6%97%A0", public: true}, {reader: "nobody", address: "/calculator?from=2026-09-24&term=pen-07", public: true}, {reader: "nobody", address: "/calculator?extend=5&from=2026-09-24&suspend=2026-10-09..2026-10-20&term=cmp-02", public: true}, {reader: "nobody", address: "/outcomes", public: true}, {reader: "nobody", address: "/outcomes?period=2026&place=440703&q=%E6%B2%A1%E6%9C%89", public: true}, {reader: "nobody", address: "/outcomes?only=typical", public: true}, {reader: "nobody", address: "/subscribe"}, {reader: "nobody", address: "/subscribe?place=440703&q=%E6%B2%A1%E6%9C%89"}, {reader: "nobody", address: "/subscribe/{link=00}", status: 404}, {reader: "nobody", address: "/subscribe/{link=00}/leave", status: 404}, {reader: "nobody", address: "/subscribe/{link=subscription}"}, {reader: "nobody", address: "/rosters", public: true}, {reader: "nobody", address: "/rosters/{roster=liaison}", public: true}, {reader: "nobody", address: "/outcomes/{id=published}", public: true}, {reader: "nobody", address: "/help", public: true}, {reader: "nobody", address: "/help/{topic=protection}", public: true}, {reader: "nobody", address: "/poster"}, {reader: "nobody", address: "/poster?division=440703002&organ=440703-scjg"}, {reader: "nobody", address: "/report?organ=440703-scjg&problem=too_many_inspections"}, {reader: "nobody", address: "/inspections", public: true}, {reader: "nobody", address: "/inspections?period=2026", public: true}, {reader: "filer", address: "/track/inspections", status: 404},
	{reader: "nobody", address: "/calendar", public: true}, {reader: "nobody", address: "/calendar/{year=2027}", public: true}, {reader: "admin", address: "/desk/calendar"}, {reader: "handler", address: "/desk/calendar/{year=2027}"},
	{reader: "head", address: "/desk/archive"}, {reader: "head", address: "/desk/archive/{id=held}", status: 404}, {reader: "head", address: "/desk/new/register.hold/hold"},
	{reader: "admin", address: "/desk/keys"}, {reader: "admin", address: "/desk/storage"}, {reader: "admin", address: "/desk/intake"}, {reader: "admin", address: "/desk/new/register.intake/take_proofs"}, {reader: "handler", address: "/desk/find"}, {reader: "head", address: "/desk/reads"}, {reader: "handler", address: "/desk/reads"}, {reader: "admin", address: "/desk/new/register.key/ask?key=kabcdefghijklmnop"},
	{reader: "admin", address: "/desk/rights"}, {reader: "admin", address: "/desk/rights/{procedure=supervision.complaint}"}, {reader: "admin", address: "/desk/new/register.calendar/enter?year=2027"}, {reader: "admin", address: "/desk/calendar/forecast?rest=%E5%85%83%E6%97%A6+2027-01-01..2027-01-03&year=2027"},
	{reader: "nobody", address: "/help/{topic=lost-code}", public: true}, {reader: "nobody", address: "/help/{topic=report}", public: true}, {reader: "nobody", address: "/help/{topic=days}", public: true},
	{reader: "nobody", address: "/help/{topic=accessibility}", public: true}, {reader: "nobody", address: "/help/{topic=platform}", public: true}, {reader: "nobody", address: "/nothing", status: 404},
	{reader: "nobody", address: "/report/d/{draft=unknown}/{step=what}", status: 410}, {reader: "nobody", address: "/desk/sign-in"},
	{reader: "handler", address: "/desk"}, {reader: "handler", address: "/desk/matters"}, {reader: "handler", address: "/desk/matters/{id=held}"}, {reader: "handler", address: "/desk/matters/{id=public}"}, {reader: "handler", address: "/desk/matters/{id=published}"},
	{reader: "handler", address: "/desk/matters/{id=held}/acts/{act=record_verification}"}, {reader: "handler", address: "/desk/matters/{id=held}/acts/{act=claim}", status: 422},
	{reader: "head", address: "/desk/matters/{id=held}/acts/{act=assign}"}, {reader: "handler", address: "/desk/matters/{id=fresh}/acts/{act=link_target}"},
	{reader: "handler", address: "/desk/matters/{id=held}/files/{seq=1}/{class=filer}/{n=0}/view"}, {reader: "handler", address: "/desk/matters/{id=held}/files/{seq=1}/{class=filer}/{n=1}/view?turn=90&zoom=150"}, {reader: "handler", address: "/desk/matters/{id=piece}/acts/{act=redact}?file=1%2Fstaff%2F0"}, {reader: "handler", address: "/desk/matters/{id=piece}/acts/{act=redact}"},
	{reader: "handler", address: "/desk/matters/{id=held}/record"}, {reader: "handler", address: "/desk/matters/{id=held}/volume"}, {reader: "handler", address: "/desk/matters/{id=held}/volume/{part=inside}"}, {reader: "handler", address: "/desk/matters/{id=held}/documents/{seq=5}"},
	{reader: "handler", address: "/desk/matters/{id=held}/import"}, {reader: "handler", address: "/desk/matters/{id=held}/acts/{act=draft_paper}"}, {reader: "handler", address: "/desk/matters/{id=paper}"}, {reader: "handler", address: "/desk/matters/{id=paper}/acts/{act=save_draft}"},
	{reader: "handler", address: "/desk/matters/{id=paper}/draft"}, {reader: "handler", address: "/desk/matters/{id=paper}/draft/changes"}, {reader: "handler", address: "/desk/matters/{id=paper}/copies"},
	{reader: "handler", address: "/desk/new/{procedure=supervision.complaint}/{act=record_report}"}, {reader: "head", address: "/desk/leader"}, {reader: "head", address: "/desk/statistics"}, {reader: "handler", address: "/desk/statistics"}, {reader: "head", address: "/desk"},
	{reader: "admin", address: "/desk/organs"}, {reader: "admin", address: "/desk/organs?on=2026-09-01&q=%E6%A3%A0%E4%B8%8B"}, {reader: "admin", address: "/desk/organs/{organ=440703-sfj}"}, {reader: "admin", address: "/desk/people"}, {reader: "admin", address: "/desk/people/{person=zhen-ruotang}"}, {reader: "handler", address: "/desk/people/{person=he-yuning}"},
	{reader: "admin", address: "/desk/accounts"}, {reader: "admin", address: "/desk/accounts?q=x&second=with"}, {reader: "admin", address: "/desk/accounts/{person=he-yuning}"}, {reader: "admin", address: "/desk/accounts/{person=he-yuning}/acts/{act=lock}"}, {reader: "admin", address: "/desk/new/register.account/create"}, {reader: "admin", address: "/desk/import"}, {reader: "intake", address: "/desk/import"}, {reader: "admin", address: "/desk/orders/{order=table}"},
	{reader: "head", address: "/desk/work"}, {reader: "head", address: "/desk/work/{person=he-yuning}"}, {reader: "handler", address: "/desk/work/{person=he-yuning}"}, {reader: "head", address: "/desk/orders/{order=order}"},
	{reader: "admin", address: "/desk/new/register.post/appoint?organ=440703-sfj"}, {reader: "admin", address: "/desk/new/register.organ/establish"},
	{reader: "head", address: "/desk/numbers"}, {reader: "head", address: "/desk/numbers?organ=440703-sfj&series=complaint&year=2026"}, {reader: "handler", address: "/desk/rooms"}, {reader: "handler", address: "/desk/rosters"}, {reader: "head", address: "/desk/rooms?week=2026-09-28"}, {reader: "handler", address: "/desk/deadlines"}, {reader: "head", address: "/desk/deadlines"}, {reader: "head", address: "/desk/deadlines/{month=2026-10}"},
	{reader: "handler", address: "/desk/account"}, {reader: "handler", address: "/desk/account/password"}, {reader: "handler", address: "/desk/account/security"}, {reader: "handler", address: "/desk/account/sign-ins"}, {reader: "handler", address: "/desk/tour"}, {reader: "head", address: "/desk/tour"}, {reader: "handler", address: "/desk/help"}, {reader: "head", address: "/desk/help/{reader=leader}"}, {reader: "handler", address: "/desk/help/{reader=officer}/{page=why-this-day}"},
	{reader: "handler", address: "/desk/help/{reader=operator}/{page=backup}"}, {reader: "handler", address: "/desk/help/{reader=operator}/{page=install}"}, {reader: "head", address: "/desk/help/{reader=leader}/{page=late}"}, {reader: "handler", address: "/desk/nothing", status: 404},
}

// noPages are routes that answer with something other than a page.
var noPages = []string{"/desk/sign-in/provider", "/desk/sign-in/back" /* lead elsewhere, where there is a provider */, "/identify", "/identify/back", "/report/wait", "/report/d/{draft}/wait" /* lead elsewhere where nobody waits */, "/desk/calendar/forecast" /* looked at with its query */, "/desk/import/{kind}/template.xlsx", "/news/list", "/manifest.webmanifest", "/worker.js", "/feeds/disclosures.atom", "/track/files/{seq}/{class}/{n}", "/desk/matters/{id}/files/{seq}/{class}/{n}", "/desk/matters/{id}/files/{seq}/{class}/{n}/media", "/desk/matters/{id}/files/{seq}/{class}/{n}/pages/{sheet}", "/track/documents/{seq}/pdf", "/track/documents/{seq}/proof", "/desk/matters/{id}/documents/{seq}/proof", "/desk/matters/{id}/documents/{seq}/pdf", "/desk/matters/{id}/documents/{seq}/docx", "/desk/matters/{id}/draft/{format}", "/desk/matters/{id}/paper", "/desk/matters/{id}/event.ics", "/desk/matters/{id}/volume/{part}/file", "/desk/matters/{id}/volume/{part}/originals", "/log/checkpoint", "/log/cosigned", "/log/key", "/log/since/{size}", "/log/tile/{path...}", "/track/receipt", "/track/paper", "/report/d/{draft}/receipt/file", "/robots.txt", "/.well-known/security.txt", "/help/pictures/{name}", "/statistics/figures.csv", "/statistics/figures.json", "/statistics/figures.schema.json", "/inspections/figures.json", "/inspections/figures.csv", "/desk/statistics/figures.csv", "/calculator.json", "/desk/feed/{token}/deadlines.ics"}

// inventedStatute is a text with everything a text can have. Its words are invented; only its title is real.
var inventedStatute = fstest.MapFS{
	"a.md": &fstest.MapFile{Data: []byte("# 行政处罚法\n2021年1月22日编造的会议通过\n## 第一编 总则\n### 第一章 石凳\n第一条 编造的石凳。\n#### 第一节 平稳\n##### 第六十四条 编造的规定：\n（一）石凳要平：\n1. 不能晃；\n（二）石凳要稳。\n" +
		"2015年1月1日以前的石凳，" + strings.Repeat("都要擦", 60) + "。\n第六十四条之一 编造的。\n第六十五条 本法自2021年7月15日起施行。\n附件：石凳样式\n")},
	"b.md": &fstest.MapFile{Data: []byte("# 行政处罚法\n2009年8月27日编造的会议修正\n第六十四条 编造的旧石凳。\n")},
	"c.md": &fstest.MapFile{Data: []byte("# 青溪市街巷石凳条例\n2019年3月2日编造的会议通过\n第一条 石凳要擦。\n")},
}

func newShow(t *testing.T) (w walked, code string) {
	w = walked{town: open(t), readers: map[string]*visitor{}, things: map[string]string{}}
	v := w.visitor()
	_, err := w.Office.ImportStatutes(t.Context(), inventedStatute, func(int, int, string) {})
	must(t, err)
	w.readers["nobody"], w.readers["handler"], w.readers["head"] = w.visitor(), w.official("he-yuning"), w.official("zhen-ruotang")
	w.readers["admin"], w.readers["intake"] = w.official("luo-jingyi"), w.official("huang-shuyi")
	draft := func(name, address string) { w.things[name] = strings.Split(address, "/")[3] }
	draft("open", v.write(complaintForm(), map[string][]byte{"门口.jpg": photo(t, "")}))
	draft("empty", strings.TrimSuffix(v.Post("/report", nil).To, "what"))
	draft("unknown", "/report/d/"+strings.Repeat("a", 32))
	stopped := strings.TrimSuffix(v.Post("/report", nil).To, "what")
	v.Post(stopped+"what", url.Values{"problem": {"consumer_dispute"}}).Leads(t, "/advice")
	draft("stopped", stopped)
	draft("named", v.write(with(complaintForm(), "identity", "named", "name", "陈某", "phone", "13800001111", "email", "chen@example.org"), nil))
	filed := v.write(complaintForm(), map[string][]byte{"门口.jpg": photo(t, ""), "附页.pdf": sheets("13800138000", "2")})
	held, code := v.send(filed)
	draft("filed", filed)
	w.readers["filer"] = w.visitor()
	w.readers["filer"].Track(code)
	w.sorted(held, "he-yuning", fields{"target": {"known"}, "complained_organ": {"440703-scjg"}})
	w.Do(w.As("he-yuning"), held, "accept", fields{"scope": {"有没有出示证件。"}})
	w.Do(w.As("he-yuning"), held, "message_filer", fields{"message": {"请问是上午还是下午？"}})
	w.things["piece"] = w.piece(held, "台账.pdf", sheets("13800138000")).String()
	public, published := w.Published()
	must(t, w.Office.Subscribe(t.Context(), i18n.ZhHans, office.SubscriptionAsk{}, "chen@example.org", func(office.Spend) error { return nil }))
	w.things["subscription"] = regexp.MustCompile(`/subscribe/(\w+)`).FindStringSubmatch(w.Letters()[0])[1]
	must(t, w.Office.ConfirmSubscription(t.Context(), w.things["subscription"]))
	_, err = w.Office.AddExisting(t.Context(), w.As("he-yuning"), held, []office.Upload{{Name: "副卷/1 台账.png", Body: bytes.NewReader(photo(t, "台账"))}, {Name: "2 台账.png", Body: bytes.NewReader(photo(t, "台账"))}})
	must(t, err)
	_, err = w.Office.Perform(t.Context(), w.As("he-yuning"), office.Act{Matter: held, Act: "import_paper", Uploads: map[string][]office.Upload{"files": {{Name: "笔录.png", Body: bytes.NewReader(photo(t, "台账"))}}},
		Fields: fields{"paper_sort": {"paper"}, "paper_kind": {"scene_record"}, "paper_title": {"现场笔录"}, "paper_number": {"蓬城执笔〔2026〕12号"}, "paper_date": {"2026-01-12"}, "paper_pages": {"2"}, "reading": {"现场笔录 检查时间"}}})
	must(t, err)
	order, err := w.Office.HandOver(t.Context(), w.As("zhen-ruotang"), "he-yuning", []string{"ou-xiaozhang"}, "调离。") // not done here: nobody works beside
	must(t, err)
	w.things["order"] = order
	table, err := w.Office.Import(t.Context(), w.As("luo-jingyi"), office.ImportOrgans, "江府〔2026〕9号", office.Upload{Name: "机关.csv",
		Body: strings.NewReader("key,name,division,kind,parent,short,from,备注\n440703-ajs,蓬江区应急所,蓬江区,应急管理,440703-sfj,蓬应,2026-10-01\n440703-x,编造的局,没有的地方,应急管理,,,昨天\n")})
	must(t, err)
	w.things["table"] = table
	w.things["paper"] = w.drafted(held).String()
	w.things["held"], w.things["public"], w.things["published"], w.things["fresh"] = held.String(), public.String(), published.String(), w.File(fields(complaintForm())).ID.String()
	return w, code
}

// Every page, in every language, is what every page must be.
func TestPages(t *testing.T) {
	w, code := newShow(t)
	covered, sources := map[string]bool{}, map[string]string{}
	for _, p := range shownPages {
		covered[patternOf(p.address)] = true
		for _, l := range i18n.Langs {
			path := l.Prefix() + w.fill(p.address)
			a := w.readers[p.reader].Get(path)
			if want := max(p.status, http.StatusOK); a.Status != want && !(p.status == 0 && a.Status == http.StatusOK) {
				t.Errorf("%s %s: %d", p.reader, path, a.Status)
				continue
			}
			sources[p.reader+" "+path] = a.Body
			for _, fault := range append(w.faults(a, l, path), kept(a, p)...) {
				t.Errorf("%s as %s: %s", path, p.reader, fault)
			}
		}
	}
	for _, r := range portal.Routes() {
		w.mustCover(r.Method, r.Pattern, covered)
	}
	for _, r := range desk.Routes() {
		w.mustCover(r.Method, r.Pattern, covered)
	}
	browser.ValidHTML(t, sources)
	w.look(browser.New(t), code)
}

func (w walked) mustCover(method, pattern string, covered map[string]bool) {
	for _, other := range noPages {
		covered[other] = true
	}
	if method == http.MethodGet && !covered[pattern] {
		w.t.Errorf("no page of %s is looked at", pattern)
	}
}

var (
	headings = regexp.MustCompile(`<h1[ >]`)
	inline   = regexp.MustCompile(`<style|\sstyle="|\son[a-z]+="|<script(?:>| [^s])|javascript:`)
	times    = regexp.MustCompile(`(?s)<time datetime="(\d{4}-\d\d-\d\d)(T\d\d:\d\d(:\d\d)?(\+08:00)?)?"[^>]*>.*?</time>`)
	anyTime  = regexp.MustCompile(`<time[ >]`)
	// A day as pages write it, in each language.
	written = regexp.MustCompile(`(\d{4}年)?\d{1,2}月\d{1,2}日|\d{1,2} (January|February|March|April|May|June|July|August|September|October|November|December)`)
	// Where days are words of a person, a paper or a count and not a day the page tells.
	worded = regexp.MustCompile(`(?s)<p class="yifa-quote".*?</p>|<textarea.*?</textarea>|<article.*?</article>|<svg.*?</svg>|<title>.*?</title>|<ol class="yifa-why.*?</ol>|<dl class="yifa-why.*?</dl>|<span class="govuk-hint" id="[a-z_]+\.[a-z_0-9]+-hint">.*?</span>`)
)

// faults of a page as it was sent.
func (w walked) faults(a webtest.Answer, l i18n.Lang, path string) (list []string) {
	add := func(format string, args ...any) { list = append(list, fmt.Sprintf(format, args...)) }
	if n := len(headings.FindAllString(a.Body, -1)); n != 1 {
		add("%d h1", n)
	}
	if !strings.Contains(a.Body, `<html lang="`+string(l)+`"`) {
		add("not said to be in %s", l)
	}
	for _, other := range i18n.Langs {
		plainPath := strings.TrimPrefix(path, l.Prefix())
		if other != l && !strings.Contains(a.Body, `href="`+html.EscapeString(other.Prefix()+plainPath)+`"`) {
			add("does not lead to itself in %s", other)
		}
	}
	for _, m := range inline.FindAllString(a.Body, -1) {
		add("inline %q", m)
	}
	if len(times.FindAllString(a.Body, -1)) != len(anyTime.FindAllString(a.Body, -1)) {
		add("a <time> without a day")
	}
	text := webtest.WithoutTags(worded.ReplaceAllString(times.ReplaceAllString(a.Body, ""), ""), "\n")
	for _, at := range written.FindAllStringIndex(text, -1) {
		add("not in a <time>: …%s…", strings.TrimSpace(text[max(0, at[0]-60):min(len(text), at[1]+30)]))
	}
	for _, key := range regexp.MustCompile(`>\s*(portal|desk|web|office)\.[a-z_.]+\s*<`).FindAllString(a.Body, -1) {
		add("a key of the catalogue: %s", key)
	}
	for name, value := range map[string]string{"X-Content-Type-Options": "nosniff", "X-Frame-Options": "DENY", "Referrer-Policy": "same-origin", "Cross-Origin-Opener-Policy": "same-origin",
		"Cross-Origin-Embedder-Policy": "require-corp", "Cross-Origin-Resource-Policy": "same-origin", "Content-Language": string(l), "Content-Type": "text/html; charset=utf-8"} {
		if a.Header.Get(name) != value {
			add("%s: %q", name, a.Header.Get(name))
		}
	}
	if csp := a.Header.Get("Content-Security-Policy"); !strings.Contains(csp, "default-src 'none'") || strings.Contains(csp, "unsafe") || a.Header.Get("Permissions-Policy") == "" {
		add("policies %q", csp)
	}
	return list
}

// kept says what is wrong with how long a page may be stored.
func kept(a webtest.Answer, p shown) []string {
	got := a.Header.Get("Cache-Control")
	if got == "no-store" || p.public && strings.HasPrefix(got, "public, max-age=") {
		return nil
	}
	return []string{"Cache-Control " + got}
}

// look opens every page once in a real browser: portal pages on a telephone and on the narrowest one, desk pages on a
// desktop.
func (w walked) look(b *browser.Browser, code string) {
	tabs := map[string][]*browser.Page{}
	for _, p := range shownPages {
		atDesk := strings.HasPrefix(p.address, "/desk")
		if tabs[p.reader] == nil {
			tabs[p.reader] = w.tabs(b, p.reader, code)
		}
		page := tabs[p.reader][0]
		page.Goto(w.url + w.fill(p.address))
		for _, v := range page.Axe() {
			w.t.Errorf("axe on %s as %s: %s", p.address, p.reader, v)
		}
		if wide := page.SidewaysScroll(); wide != "" {
			w.t.Errorf("%s scrolls sideways: %s", p.address, wide)
		}
		if atDesk {
			continue
		}
		for _, l := range i18n.Langs {
			for n, at := range []string{"390", "320", "1280"} {
				if n == 1 && l == i18n.ZhHant { // as wide as the other Chinese
					continue
				}
				tab := tabs[p.reader][n]
				tab.Goto(w.url + l.Prefix() + w.fill(p.address))
				for _, fault := range []string{tab.SidewaysScroll(), tab.Overlaps()} {
					if fault != "" {
						w.t.Errorf("%s%s at %s: %s", l.Prefix(), p.address, at, fault)
					}
				}
			}
		}
	}
}

// tabs are the browsers of one reader; of the public a phone, a narrow one without scripts and a desktop.
func (w walked) tabs(b *browser.Browser, reader, code string) []*browser.Page {
	person, official := officials[reader]
	if official {
		page := b.Page(browser.Desktop)
		page.Goto(w.url + "/desk/sign-in")
		page.Fill("#desk-login", person)
		page.Fill("#desk-password", demo.Password)
		page.Click("main form button")
		return []*browser.Page{page}
	}
	pages := []*browser.Page{b.Page(browser.Phone), b.Page(browser.Narrow.WithoutScript()), b.Page(browser.Desktop)}
	if reader == "filer" {
		for _, page := range pages {
			page.Goto(w.url + "/track")
			page.Fill("#code", code)
			page.Click("main form button")
		}
	}
	return pages
}

// TestDelivery: text is compressed unless it holds a secret, what never changes is kept for ever, cookies are closed to
// scripts and other sites.
func TestDelivery(t *testing.T) {
	w, code := newShow(t)
	raw := func(v *visitor, path string) webtest.Answer {
		r, err := http.NewRequest(http.MethodGet, w.url+path, nil)
		must(t, err)
		r.Header.Set("Accept-Encoding", "gzip") // set by hand, the client leaves the answer packed
		return v.Send(r)
	}
	for path, want := range map[string]string{"/": "gzip", "/how/supervision.complaint": "gzip", w.fill("/report/d/{draft=filed}/receipt"): "", w.fill("/report/d/{draft=open}/{step=who}"): "gzip"} {
		if a := raw(w.readers["nobody"], path); a.Header.Get("Content-Encoding") != want {
			t.Errorf("%s is packed as %q, want %q", path, a.Header.Get("Content-Encoding"), want)
		}
	}
	if a := raw(w.readers["filer"], "/track/matter"); a.Header.Get("Content-Encoding") != "" {
		t.Error("a page with a secret is compressed")
	}
	home := w.readers["nobody"].Get("/").Body
	assets := regexp.MustCompile(`(?:href|src)="(/static/[^"]+)"`).FindAllStringSubmatch(home, -1)
	for _, m := range assets {
		a := raw(w.readers["nobody"], m[1])
		if a.Status != http.StatusOK || a.Header.Get("Cache-Control") != "public, max-age=31536000, immutable" || a.Header.Get("X-Content-Type-Options") != "nosniff" {
			t.Errorf("%s: %d, %v", m[1], a.Status, a.Header)
		}
	}
	if len(assets) < 3 {
		t.Errorf("%d static files on the first page", len(assets))
	}
	look := w.visitor().Post("/track", url.Values{"code": {code}})
	signed := w.visitor().Post("/desk/sign-in", url.Values{"desk-login": {"he-yuning"}, "desk-password": {demo.Password}})
	for _, a := range []webtest.Answer{look, signed, w.visitor().Get("/?type=large"), w.visitor().Get("/?theme=dark")} {
		cookies := a.Header.Values("Set-Cookie")
		for _, c := range cookies {
			if !strings.Contains(c, "; HttpOnly") || !strings.Contains(c, "; SameSite=") || strings.Contains(c, "SameSite=None") || !strings.Contains(c, "; Path=/") || strings.Contains(c, "Domain=") {
				t.Errorf("cookie %s", c)
			}
		}
		if len(cookies) == 0 {
			t.Errorf("no cookie: %d to %s", a.Status, a.To)
		}
	}
	if c := signed.Header.Get("Set-Cookie"); strings.Contains(c, "Max-Age=") {
		t.Errorf("a session outlives the browser: %s", c)
	}
}

// Over TLS cookies never leave it, and browsers are told to stay.
func TestOverTLS(t *testing.T) {
	s := open(t)
	h, err := site(s.Installation, siteOptions{TLS: true})
	must(t, err)
	closed := &town{City: s.City, t: t, url: served(t, h)}
	a := closed.visitor().Post("/desk/sign-in", url.Values{"desk-login": {"x"}, "desk-password": {"y"}})
	if a.Header.Get("Strict-Transport-Security") == "" {
		t.Error("no HSTS")
	}
	if c := closed.visitor().Get("/?type=large").Header.Get("Set-Cookie"); !strings.Contains(c, "; Secure") {
		t.Errorf("cookie %s", c)
	}
}
