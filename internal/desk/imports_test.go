package desk

import (
	"bytes"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"yifa/internal/browser"
	"yifa/internal/i18n"
	"yifa/internal/office"
	"yifa/internal/office/officetest"
	"yifa/internal/web/webtest"
)

// table is the template of a kind, filled in.
func (v *visitor) table(kind string, rows ...[]any) []byte {
	v.t.Helper()
	a := v.Get("/desk/import/"+kind+"/template.xlsx").Is(v.t, http.StatusOK)
	f, err := excelize.OpenReader(strings.NewReader(a.Body))
	must(v.t, err)
	for i, row := range rows {
		at, err := excelize.CoordinatesToCellName(1, i+2)
		must(v.t, err)
		must(v.t, f.SetSheetRow(f.GetSheetName(0), at, &row))
	}
	var out bytes.Buffer
	must(v.t, f.Write(&out))
	return out.Bytes()
}

func (v *visitor) importing(kind, name string, data []byte) webtest.Answer {
	v.t.Helper()
	a := v.Upload("/desk/import", url.Values{"kind": {kind}, "reason": {"江府〔2026〕9号"}}, map[string][]byte{name: data})
	if a.Status != http.StatusSeeOther {
		v.t.Fatalf("%d: %s", a.Status, a.Text())
	}
	return v.Get(a.To).Is(v.t, http.StatusOK)
}

// done lets the good rows of a table be taken, and gives the page of what came of it.
func (v *visitor) done(page webtest.Answer) webtest.Answer {
	v.t.Helper()
	path := "/desk/orders/" + strings.Split(strings.Split(page.Body, `action="/desk/orders/`)[1], `"`)[0]
	v.Post(path, nil).Leads(v.t, path)
	v.Post(path, nil).Leads(v.t, path) // pressed twice
	must(v.t, v.city.Office.Work(v.t.Context()))
	return v.Get(path).Is(v.t, http.StatusOK)
}

// Organs, people with accounts, and certificates come from filled-in templates: what is wrong is told row by row, nothing is
// written before the word of the administrator, a second one confirms the organs, and the same table writes nothing twice.
func TestImport(t *testing.T) {
	s := openDesk(t)
	first, second := s.as(registrar), s.as(comparer)
	for _, path := range []string{"/desk/import", "/desk/import/organs/template.xlsx"} {
		s.as(officetest.Leader).Get(path).Is(t, http.StatusNotFound)
	}
	s.as(officetest.Officer).Get("/desk/import/organs/template.xlsx").Is(t, http.StatusNotFound)
	s.as(officetest.Leader).Upload("/desk/import", url.Values{"kind": {"organs"}, "reason": {"x"}}, map[string][]byte{"file": []byte("x")}).Is(t, http.StatusNotFound)
	first.Get("/desk/import/nothing/template.xlsx").Is(t, http.StatusNotFound)
	first.Get("/desk/import").Is(t, http.StatusOK, "机关的模板（XLSX）")

	organs := [][]any{{"440703-ajs", "蓬江区应急所", "蓬江区", "应急管理", "蓬江区司法局", "蓬应", "", "", "", "2026-09-23"},
		{"440703-bad", "编造的局", "没有的地方", "应急管理", "", "", "", "", "", "2026年13月1日"}, {"440703-sfj", "蓬江区司法局", "440703", "司法行政", "", "", "", "", "", "2026-10-01"}}
	page := first.importing("organs", "机关.xlsx", first.table("organs", organs...))
	page.Is(t, http.StatusOK, "还没有写入", "第 3 行", "没有这个行政区划", "读不出是哪一天", "写成 2026-03-01 这样")
	first.Get("/desk/organs/440703-ajs").Is(t, http.StatusNotFound)
	first.done(page).Is(t, http.StatusOK, "没有办成 0 项")
	first.importing("organs", "机关.xlsx", first.table("organs", organs[0])).Is(t, http.StatusOK, "都已经登记过")
	first.Post("/desk/organs/confirm", nil).Is(t, http.StatusNotFound)
	second.Get("/desk/organs").Is(t, http.StatusOK, "全部复核通过")
	to := second.Post("/desk/organs/confirm", nil).To
	must(t, s.city.Office.Work(t.Context()))
	second.Get(to).Is(t, http.StatusOK, "没有办成 0 项", "蓬江区应急所")
	first.Get("/desk/organs/440703-ajs").Is(t, http.StatusOK, "蓬江区应急所", "蓬江区司法局")

	people := [][]any{{"陈欣", "chenxin", "是", "", "chen-xin", "蓬江区应急所", "单位联络员", 46288, ""},
		{"陈欣", "", "", "", "chen-xin", "440703-ajs", "行政执法人员", "2026-09-23", "2027-09-23"}, {"何予宁", "", "", "", officetest.Officer, "440703-ajs", "单位联络员", "2026-09-23", ""}}
	wrong := [][]any{{"罗静宜", "", "", "", registrar, "440703-ajs", "平台管理员", "2026-09-23", ""}, {"无名", "wuming", "否", "", "", "440703-ajs", "单位联络员", "2026-09-23", ""},
		{"别名", "", "", "", officetest.Head, "440703-ajs", "单位联络员", "2026-09-23", ""}, {"", "", "", "", officetest.Officer, "440703-sfj", "行政执法监督人员", "2026-09-23", ""}}
	head := peopleHead(first)
	csv := head + rowsCSV(people) + rowsCSV(wrong)
	page = first.importing("people", "人员.csv", []byte(csv))
	page.Is(t, http.StatusOK, "不能给自己任命岗位", "名录里没有这个人", "这个代码登记的是甄若棠", "已经有这个岗位", "只导入没有问题的 3 行")
	page = first.done(page)
	page.Is(t, http.StatusOK, "办完了 4 项，没有办成 0 项", "1 个一次性密码")
	order := "/desk/orders/" + strings.Split(strings.Split(page.Body, `action="/desk/orders/`)[1], `/`)[0]
	second.Post(order+"/given", nil).Is(t, http.StatusNotFound)
	got := first.Post(order+"/given", nil).Is(t, http.StatusOK, "陈欣,chenxin,")
	first.Post(order+"/given", nil).Is(t, http.StatusNotFound)
	password := strings.TrimSpace(got.Body[strings.Index(got.Body, "chenxin,")+len("chenxin,"):])
	s.visitor().Post("/desk/sign-in", url.Values{loginField: {"chenxin"}, passwordField: {password}}).Leads(t, "/desk/sign-in?to=%2Fdesk")
	first.Get("/desk/people/chen-xin").Is(t, http.StatusOK, "陈欣", "蓬江区应急所", "单位联络员", "行政执法人员")
	first.importing("people", "人员.csv", []byte(head+rowsCSV(people))).Is(t, http.StatusOK, "都已经登记过")

	cards := [][]any{{"J-0703-007", "陈欣", "行政执法证", "蓬江区应急所", "2026-09-23", "2031-09-23"}}
	page = first.importing("certificates", "证件.xlsx", first.table("certificates", append(cards, []any{"J-0703-008", "没有的人", "行政执法证", "蓬江区应急所", "2026-09-23", "2025-09-23"})...))
	first.done(page.Is(t, http.StatusOK, "名录里没有这个人")).Is(t, http.StatusOK, "没有办成 0 项")
	first.Get("/desk/people/chen-xin").Is(t, http.StatusOK, "J-0703-007")
	first.importing("certificates", "证件.xlsx", first.table("certificates", cards...)).Is(t, http.StatusOK, "都已经登记过")
	cards[0][4], cards[0][5] = "2031-09-23", "2036-09-23"
	first.done(first.importing("certificates", "证件.xlsx", first.table("certificates", cards...))).Is(t, http.StatusOK, "没有办成 0 项")
	first.importing("certificates", "证件.xlsx", first.table("certificates", cards...)).Is(t, http.StatusOK, "都已经登记过")
	s.city.Sound()
}

func peopleHead(v *visitor) string {
	f, err := excelize.OpenReader(strings.NewReader(v.Get("/desk/import/people/template.xlsx").Is(v.t, http.StatusOK).Body))
	must(v.t, err)
	rows, err := f.GetRows(f.GetSheetName(0))
	must(v.t, err)
	return strings.Join(rows[0], ",") + "\n"
}

func rowsCSV(rows [][]any) string {
	out := ""
	for _, row := range rows {
		var cells []string
		for _, c := range row {
			cells = append(cells, strings.TrimSpace(strings.ReplaceAll(strings.Trim(strings.ReplaceAll(anyText(c), ",", "，"), `"`), "\n", " ")))
		}
		out += strings.Join(cells, ",") + "\n"
	}
	return out
}

func anyText(c any) string {
	switch c := c.(type) {
	case string:
		return c
	case int:
		return "2026-09-23" // as a program for tables counts 46288
	}
	return ""
}

// A table that cannot be read loses nothing that was typed beside it, and says what to do.
func TestImportRefused(t *testing.T) {
	s := openDesk(t)
	v := s.as(registrar)
	typed := url.Values{"kind": {"people"}, "reason": {"江府〔2026〕9号"}}
	for name, c := range map[string]struct {
		file string
		data []byte
		want string
	}{
		"no file":    {"", nil, "选一个表格文件"},
		"a picture":  {"a.png", []byte("x"), "只收 XLSX 和 CSV"},
		"a formula":  {"a.csv", []byte("姓名\n=1+1\n"), "是公式"},
		"half a zip": {"a.xlsx", []byte("PK\x03\x04"), "文件打不开"},
		"too large":  {"a.csv", make([]byte, 6<<20), "超过 5 MB"},
	} {
		files := map[string][]byte{}
		if c.file != "" {
			files[c.file] = c.data
		}
		v.Upload("/desk/import", typed, files).Is(t, http.StatusBadRequest, c.want, "江府〔2026〕9号")
		_ = name
	}
	v.Upload("/desk/import", url.Values{"kind": {"people"}}, map[string][]byte{"a.csv": []byte("姓名\nx\n")}).Is(t, http.StatusBadRequest, "写上原因", "请重新选择")
	v.importing("people", "a.csv", []byte("名字,备注\nx,y\n")).Is(t, http.StatusOK, "缺少这一列", "没有读的列", "备注", "没有一行可以导入")
}

// Without JavaScript, on the narrowest screen and a phone in the dark, the pages of an import are pages we may publish.
func TestImportPages(t *testing.T) {
	for _, j := range []struct {
		view   browser.View
		prefix string
	}{{browser.Desktop, ""}, {browser.Narrow.WithoutScript(), "/en"}, {browser.Phone.InDark(), "/zh-hant"}} {
		t.Run(j.view.Name, func(t *testing.T) {
			s := openDesk(t)
			v := s.as(registrar)
			a := v.Upload("/desk/import", url.Values{"kind": {office.ImportOrgans}, "reason": {"江府〔2026〕9号"}}, map[string][]byte{"机关.xlsx": v.table("organs",
				[]any{"440703-ajs", "蓬江区应急所", "蓬江区", "应急管理", "蓬江区司法局", "蓬应", "", "", "", "2026-09-23"}, []any{"440703-bad", "编造的局", "没有的地方", "应急管理", "", "", "", "", "", "昨天"})})
			w := &walk{Page: browser.New(t).Page(j.view), s: s, prefix: j.prefix, noScript: j.view.NoScript}
			w.signIn(registrar)
			for name, path := range map[string]string{"import": "/desk/import", "import-read": a.To} {
				w.open(path)
				w.Check(name)
			}
		})
	}
}

// What the hotline hands over comes as a table: each row a report received on the day it was handed over, no reference
// twice, whether by table or by hand, and the receipt codes told once.
func TestImportHanded(t *testing.T) {
	s := openDesk(t)
	clerk := s.as(officetest.Intake)
	clerk.Get(recordPath).Is(t, http.StatusOK, "整批转来的，上传表格")
	page := clerk.Get("/desk/import?kind=handed").Is(t, http.StatusOK, "按来件单号去重")
	if strings.Contains(page.Body, "import/people") {
		t.Error("a clerk is offered the table of people")
	}
	clerk.Get("/desk/import/people/template.xlsx").Is(t, http.StatusNotFound)
	clerk.Upload("/desk/import", url.Values{"kind": {"people"}, "reason": {"x"}}, map[string][]byte{"a.csv": []byte("name\nx\n")}).Is(t, http.StatusBadRequest, "选一选导入什么")

	csv := "来件单号,来件日期,怎样收到的,反映什么问题,来件指认的单位,在哪个镇或者街道,具体地点,发生了什么,姓名,电话\n" +
		"JM-1,2026-09-22,,乱收费；没有给文书、清单或者票据,白沙街道综合行政执法办公室,440703002,幸福路,收清洁费没有票,钟小云,13800000151\n" +
		"JM-2,2026-09-23,其他单位转来,该管不管,,440703,,三次没有人来,,\n" +
		"jm－1,2026-09-23,,乱收费,,440703,,重复的一行,,\n" +
		"JM-3,2026-09-23,,乱收钱,,440703,,类别写错,,\n" +
		"JM-4,2026-09-23,,乱收费,,440703,,只有电话,,13800000152\n" +
		"JM-5,2026-09-30,,乱收费,,440703,,还没有到的日子,,\n"
	page = clerk.importing("handed", "热线.csv", []byte(csv))
	page.Is(t, http.StatusOK, "和第 2 行说的是同一件事", "这一列不能这样写", "写了电话，没有写姓名", "只导入没有问题的 2 行")
	page = clerk.done(page)
	page.Is(t, http.StatusOK, "办完了 2 项，没有办成 0 项", "2 个回执码")
	order := "/desk/orders/" + strings.Split(strings.Split(page.Body, `action="/desk/orders/`)[1], `/`)[0]
	s.as(officetest.Officer).Post(order+"/given", nil).Is(t, http.StatusNotFound)
	codes := clerk.Post(order+"/given", nil).Is(t, http.StatusOK, "JM-1,", "JM-2,")
	clerk.Post(order+"/given", nil).Is(t, http.StatusNotFound)

	code := strings.Fields(strings.NewReplacer("\r", "", "\n", "\n ").Replace(strings.Split(codes.Body, "JM-1,")[1]))[0:4]
	r, err := s.city.Office.ByCode(t.Context(), strings.Join(code, ""), i18n.ZhHans)
	must(t, err)
	got, err := s.city.Office.Matter(t.Context(), r, r.Filer)
	must(t, err)
	if got.Opened.Day.String() != "2026-09-22" {
		t.Errorf("received on %s", got.Opened.Day)
	}
	clerk.importing("handed", "热线.csv", []byte(strings.Join(strings.Split(csv, "\n")[:3], "\n")+"\n")).Is(t, http.StatusOK, "都已经登记过")
	form := url.Values{"channel": {"hotline"}, "handed_number": {" jm-2 "}, "problem": {"inaction"}, "division": {"440703"}, "account": {"同一件。"}, "identity": {"anonymous"}, "lang": {"zh-Hans"}}
	clerk.Post(recordPath, form).Is(t, http.StatusBadRequest, "这个单号已经登记过一件", "同一件。")
	s.city.Sound()
}
