package portal

import (
	"context"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"testing/fstest"

	"yifa/internal/i18n"
	"yifa/internal/statute"
	"yifa/internal/web/webtest"
	"yifa/law"
)

func TestStatutes(t *testing.T) {
	s := open(t, noLimits)
	v := s.visitor()
	v.Get("/law").Is(t, http.StatusOK, "法律", "中华人民共和国行政处罚法", "2021年7月15日起施行", "平台规则")
	v.Get("/en/law").Is(t, http.StatusOK, "Administrative Penalty Law of the People’s Republic of China", "In force from 15 July 2021")
	v.Get("/law/xzcf").Is(t, http.StatusOK, "第六十四条第一项", "算这个期限：要求听证（5 个工作日）", "/calculator?term=pen-07", "是工作日，其余的“日”按自然日算")
	v.Get("/law/hjbh").Is(t, http.StatusOK, "2026年8月15日起不再施行", "生态环境法典")
	if body := v.Get("/zh-hant/law/ptsd").Is(t, http.StatusOK).Body; strings.Index(body, "at-66") > strings.Index(body, "at-70") || strings.Index(body, "at-109") > strings.Index(body, "at-140") {
		t.Error("the articles do not follow each other")
	}
	v.Get("/law/nothing").Told(t, http.StatusNotFound)
	v.Get("/calculator?term=pen-07&from=2026-09-24").Is(t, http.StatusOK, "/law/xzcf/64#at-64-1-1")
}

// Where nothing was imported, the page of an article gives its gist and says that there is no more.
func TestArticleWithoutText(t *testing.T) {
	s := open(t, noLimits)
	v := s.visitor()
	holds(t, v.Get("/law/xzcf/64").Is(t, http.StatusOK, "没有收录它的原文", "大意，以公布的文本为准", "/calculator?term=pen-07"), `id="at-64-1-1"`)
	holds(t, v.Get("/en/law/xzcf/64").Is(t, http.StatusOK, "not held here"), "<h1 class=\"govuk-heading-xl\">Article 64")
	v.Get("/law?q=%E5%90%AC%E8%AF%81").Is(t, http.StatusOK, "还没有收录法规原文", "平台引用的条文")
	for _, path := range []string{"/law/xzcf/999", "/law/xzcf/64.1", "/law/xzcf@2021-07-15/64", "/law/nothing/1", "/law/XZCF/64", "/law/%00/1", "/law?q=a&in=%27"} {
		v.Get(path).Told(t, http.StatusNotFound)
	}
}

// The words are invented; only the titles of the first two are real.
var inventedStatutes = fstest.MapFS{
	"a.md": &fstest.MapFile{Data: []byte("# 中华人民共和国行政处罚法\n\n2021年1月22日编造的会议通过\n\n## 第一章 总则\n\n**第一条**　编造的条文，石凳不罚。\n\n## 第五章 石凳\n\n### 第四节 听证\n\n" +
		"**第六十四条**　编造的听证规定<script>：\n\n（一）石凳要平；\n\n（一）又是一；\n\n1.石凳要稳。\n\n编造的第二款。\n\n**第八十六条**　本法自2021年7月15日起施行。\n")},
	"b.md":  &fstest.MapFile{Data: []byte("# 行政处罚法（2009年修正）\n2009年8月27日编造的修正\n第一条 编造的条文，石凳不罚。\n第六十四条之一 编造的旧条。\n第六十四条之二 旧石凳。\n")},
	"c.txt": &fstest.MapFile{Data: []byte("青溪市街巷石凳条例\n2019年3月2日编造的会议通过\n第一条 石凳要擦，听证要开。\n第二条 本条例自2019年7月1日起施行。\n附件：样式\n")},
	"d.txt": &fstest.MapFile{Data: []byte("中华人民共和国环境保护法\n2014年4月24日编造的修订\n第一条 编造的环境条文。\n第二条 本法自2015年1月1日起施行。\n")},
	"f.txt": &fstest.MapFile{Data: []byte("行政诉讼法\n2014年11月1日编造的修正\n第一条 编造的诉讼条文。\n")},
	"e.txt": &fstest.MapFile{Data: []byte("明年的石凳条例\n2026年9月1日编造的会议通过\n第一条 明年的石凳。\n第二条 本条例自2027年1月1日起施行。\n")},
}

func (s *site) importStatutes() {
	s.t.Helper()
	did, err := s.city.Office.ImportStatutes(context.Background(), inventedStatutes, func(int, int, string) {})
	must(s.t, err)
	if did.Versions != 6 || len(did.Unread) > 0 {
		s.t.Fatalf("imported %+v", did)
	}
}

func TestImportedStatute(t *testing.T) {
	s := open(t, noLimits)
	s.importStatutes()
	v := s.visitor()
	v.Get("/law").Is(t, http.StatusOK, "有原文", "另外收录的法规", "青溪市街巷石凳条例", "2027年1月1日起施行，还没有施行")
	page := holds(t, v.Get("/law/xzcf").Is(t, http.StatusOK, "现行有效", "第五章 石凳", "第四节 听证", "看这一版原文", "第六十四条第一项"), `href="/law/xzcf/64"`)
	if strings.Contains(page.Body, "编造的听证规定") {
		t.Error("the contents hold the words")
	}
	v.Get("/law/xzcf?text=all").Is(t, http.StatusOK, "编造的听证规定", "只看目录")
	old := holds(t, v.Get("/law/xzcf?on=2015-01-01").Is(t, http.StatusOK, "那一天有效", "2009年8月27日通过或者公布", "文本没有写从哪一天起施行", "您看的是2015年1月1日", "2021年7月15日起换成新的文本", "第六十四条之一"), `href="/law/xzcf/64-1?on=2015-01-01"`)
	if strings.Contains(old.Body, `href="/law/xzcf/64"`) {
		t.Error("the old version leads to the new")
	}
	own := v.Get("/law?q=%E9%9D%92%E6%BA%AA").Is(t, http.StatusOK, "青溪市街巷石凳条例")
	key := inside(own.Body, `href="/law/`, `"`)
	v.Get("/law/"+key).Is(t, http.StatusOK, "另外收录的法规", "现行有效", "第二条")
	v.Get("/law/"+key+"?text=all").Is(t, http.StatusOK, "附件：样式")
	v.Get("/en/law/"+key+"/1").Is(t, http.StatusOK, "Article 1", "石凳要擦", "The text is in Chinese")
	v.Get("/law/hjbh").Is(t, http.StatusOK, "不再施行", "2026年8月15日起不再施行，这是最后的文本")
	v.Get("/law/hjbh?on=2020-01-01").Is(t, http.StatusOK, "那一天有效", "到2026年8月15日不再施行")
	v.Get("/law/xzss").Is(t, http.StatusOK, "旧文本", "2017年7月1日起有新的文本，这里没有收录")
}

func TestArticle(t *testing.T) {
	s := open(t, noLimits)
	s.importStatutes()
	v := s.visitor()
	a := holds(t, v.Get("/law/xzcf/64").Is(t, http.StatusOK, "现行有效", "2021年7月15日起施行", "第五章 石凳", "（一）石凳要平；", "/calculator?term=pen-07", "没有这一条"), `<article class="yifa-statute" lang="zh-Hans" id="at-64"`, `id="at-64-1"`, `id="at-64-1-1"`, `id="at-64-2"`, `id="gist-at-64-1-1"`, `href="/law/xzcf/1"`, `href="/law/xzcf/86"`)
	if strings.Count(a.Body, `id="at-64-1-1"`) != 1 || strings.Contains(a.Body, "<script>：") {
		t.Error("a place is named twice, or a tag of the text is one of the page")
	}
	// As of a day: the version that held then, and what the gist is of.
	v.Get("/law/xzcf/1?on=2015-01-01").Is(t, http.StatusOK, "那一天有效", "文字相同", "您看的是2015年1月1日")
	holds(t, v.Get("/law/xzcf/64-1?on=2015-01-01").Is(t, http.StatusOK, "编造的旧条", "上面就是"), `href="/law/xzcf/64-2?on=2015-01-01"`)
	v.Get("/law/xzcf/64-1").Is(t, http.StatusOK, "这个版本里没有这一条", "文字不同，看一看")
	holds(t, v.Get("/law/xzcf/64?on=2015-01-01").Is(t, http.StatusOK, "这个版本里没有这一条", "大意是按2021年7月15日起施行的文本写的"), `id="at-64-1-1"`)
	v.Get("/law/xzcf/64?on-y=2015&on-m=1&on-d=2").Leads(t, "/law/xzcf/64?on=2015-01-02")
	v.Get("/law/xzcf?on-y=2015&on-m=1&on-d=2&text=all").Leads(t, "/law/xzcf?on=2015-01-02&text=all")
	v.Get("/law/xzcf/64?on-y=2015&on-m=13&on-d=2").Is(t, http.StatusUnprocessableEntity, "请写一个日期")
	v.Get("/law/xzcf/64?on=nonsense").Is(t, http.StatusUnprocessableEntity, "请写一个日期", "编造的听证规定")
	// A citation of another time leads to the law of then.
	holds(t, v.Get("/calculator?term=zc-02&from=2025-03-03").Is(t, http.StatusOK), `href="/law/zcf17/56?on=2018-01-01#at-56"`)
	v.Get("/law/xzcf/64?on=1990-01-01").Is(t, http.StatusOK, "还没有施行")
}

func TestStatuteSearch(t *testing.T) {
	s := open(t, noLimits)
	s.importStatutes()
	v := s.visitor()
	found := holds(t, v.Get("/law?q=%E7%9F%B3%E5%87%B3").Is(t, http.StatusOK, "现行的原文", "青溪市街巷石凳条例 第一条"), `<mark class="yifa-hit">石凳</mark>`)
	if strings.Contains(found.Body, "旧石凳") || strings.Contains(found.Body, "明年的石凳。") {
		t.Error("a version that does not hold today was found")
	}
	v.Get("/law?q=%E7%9F%B3%E5%87%B3&in=xzcf").Is(t, http.StatusOK, "在《中华人民共和国行政处罚法》里找", "在全部法规里找", "/law/xzcf/64#at-64")
	holds(t, v.Get("/law?q=%E8%A1%8C%E6%94%BF%E5%A4%84%E7%BD%9A%E6%B3%95%E7%AC%AC%E5%85%AD%E5%8D%81%E5%9B%9B%E6%9D%A1").Is(t, http.StatusOK), `href="/law/xzcf/64"`)
	holds(t, v.Get("/zh-hant/law?q="+url.QueryEscape("行政處罰法第六十條")).Is(t, http.StatusOK), `href="/zh-hant/law/xzcf/60"`)
	v.Get("/law?q=%E6%B2%A1%E6%9C%89%E8%BF%99%E4%B8%AA%E8%AF%8D").Is(t, http.StatusOK, "没有找到")
	for _, q := range []string{"", "+", "%00", "%FF", "%22*(%27%5B", "a+b+c+d+e+f+g+h+i+j", strings.Repeat("%E6%B3%95", 500), "%25_", "x&after=nonsense", "x&after=0.%27.1"} {
		if a := v.Get("/law?q=" + q); a.Status != http.StatusOK {
			t.Errorf("q=%s: %d", q, a.Status)
		}
	}
	v.Get("/en/law?q=hearing").Is(t, http.StatusOK, "Provisions cited here")
}

// Every provision that law/statutes cites has its page, where citations lead, with and without words.
func TestCitationsLead(t *testing.T) {
	s := open(t, noLimits)
	v := s.visitor()
	book, faults := statute.Load(law.FS)
	if len(faults) > 0 {
		t.Fatal(faults)
	}
	seen := map[string]bool{}
	for _, st := range book.Statutes() {
		for _, p := range st.Provisions {
			article, _, _ := strings.Cut(p.At, ".")
			path := "/law/" + st.Key + "/" + article
			if !seen[path] {
				seen[path] = true
				v.Get(path).Is(t, http.StatusOK)
			}
			on := p.Version
			if on == "" {
				on = st.Versions[len(st.Versions)-1].ID
			}
			if len(seen)%50 == 1 {
				v.Get(i18n.En.Prefix()+path+"?on="+on).Is(t, http.StatusOK)
			}
		}
	}
	if len(seen) < 500 {
		t.Errorf("only %d articles are cited", len(seen))
	}
}

// inside is the text between two marks, the first time they stand there.
func inside(text, start, end string) string {
	_, rest, _ := strings.Cut(text[strings.Index(text, "<main"):], "<h2")
	_, rest, _ = strings.Cut(rest, start)
	found, _, _ := strings.Cut(rest, end)
	return found
}

// holds fails the test unless the source of a page holds each part.
func holds(t *testing.T, a webtest.Answer, parts ...string) webtest.Answer {
	t.Helper()
	for _, part := range parts {
		if !strings.Contains(a.Body, part) {
			t.Errorf("holds no %s:\n%s", part, a.Text())
		}
	}
	return a
}
