package lawtext

import (
	"archive/zip"
	"bytes"
	"errors"
	"reflect"
	"strings"
	"testing"

	"golang.org/x/text/encoding/simplifiedchinese"
	xunicode "golang.org/x/text/encoding/unicode"

	"yifa/internal/calendar"
)

// The statutes of these tests are invented: no such text, city or council exists.
const benches = `青溪市街巷石凳条例

（2019年3月2日青溪市第三届人民代表大会第一次会议通过　根据2022年5月6日《关于修改〈青溪市街巷石凳条例〉的决定》修正）

目　　录
第一编　总　则
第二编　石凳
　第一章　设置
　第二章　养护

第一编　总　则

第一条　为了让走累的人有地方坐，制定本条例。
本条例所称石凳，是指放在街巷里的凳子。
第二编　石凳
第一章　设置
第二条　石凳由街道设置，并遵守下列规定：
（一）平稳；
（二）不挡路：
1．离门口一米以上；
2．离盲道半米以上；
（二之一）不挡消防栓。
第一条所称街巷的转角，不设石凳。
第二条之一　夜里有人坐的石凳，旁边有灯。
第二章　养护
第一节　清扫
第四条　石凳每天擦一次。
第二章规定的养护，由街道负责。
第五条　本条例自2022年7月1日起施行。
附件：石凳样式
圆的、方的。
`

func wantBenches() Text {
	first := []Heading{{Book, 1, 0, "第一编", "总则"}}
	second := Heading{Book, 2, 0, "第二编", "石凳"}
	set, keep := []Heading{second, {Chapter, 1, 0, "第一章", "设置"}}, []Heading{second, {Chapter, 2, 0, "第二章", "养护"}, {Section, 1, 0, "第一节", "清扫"}}
	return Text{Title: "青溪市街巷石凳条例", Adopted: calendar.New(2022, 5, 6), From: calendar.New(2022, 7, 1), Missing: []string{"3"},
		Head: []string{"（2019年3月2日青溪市第三届人民代表大会第一次会议通过 根据2022年5月6日《关于修改〈青溪市街巷石凳条例〉的决定》修正）"},
		Articles: []Article{
			{1, 0, first, []Para{{Text: "为了让走累的人有地方坐，制定本条例。"}, {Text: "本条例所称石凳，是指放在街巷里的凳子。"}}},
			{2, 0, set, []Para{{Text: "石凳由街道设置，并遵守下列规定：", Items: []Item{{N: 1, Text: "平稳；"},
				{N: 2, Text: "不挡路：", Points: []string{"1．离门口一米以上；", "2．离盲道半米以上；"}}, {N: 2, Sub: 1, Text: "不挡消防栓。"}}}, {Text: "第一条所称街巷的转角，不设石凳。"}}},
			{2, 1, set, []Para{{Text: "夜里有人坐的石凳，旁边有灯。"}}},
			{4, 0, keep, []Para{{Text: "石凳每天擦一次。"}, {Text: "第二章规定的养护，由街道负责。"}}},
			{5, 0, keep, []Para{{Text: "本条例自2022年7月1日起施行。"}}},
		},
		Annex: []string{"附件：石凳样式", "圆的、方的。"}}
}

// The same statute in every shape it comes in is the same text.
func TestRead(t *testing.T) {
	marked := "---\nsidebar: auto\n---\n\n# " + strings.NewReplacer("第一条　为", "**第一条**　为", "第一编　总　则\n\n第", "<!-- INFO END -->\n## 第一编　总　则\n\n第", "（二）不", "- (二)不",
		"本条例所称石凳", "本条例所称[石凳](http://example.org/)", "圆的、方的。", "圆的、<b>方的</b>。<br>").Replace(benches)
	gb, err := simplifiedchinese.GB18030.NewEncoder().Bytes([]byte(benches))
	if err != nil {
		t.Fatal(err)
	}
	wide, err := xunicode.UTF16(xunicode.LittleEndian, xunicode.UseBOM).NewEncoder().Bytes([]byte(benches))
	if err != nil {
		t.Fatal(err)
	}
	want := wantBenches()
	for name, data := range map[string][]byte{"a.txt": []byte(benches), "mark.md": []byte(marked), "windows.md": []byte("\ufeff" + strings.ReplaceAll(marked, "\n", "\r\n")),
		"gb.txt": gb, "wide.txt": wide, "word.docx": docxOf(t, wordXML(benches))} {
		got, err := Read("somewhere/"+name, data)
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		if !reflect.DeepEqual(got, want) {
			t.Errorf("%s is\n%+v, want\n%+v", name, got, want)
		}
		if got.Hash() != want.Hash() {
			t.Errorf("%s has another hash", name)
		}
	}
	changed := want
	changed.Articles = append([]Article(nil), want.Articles...)
	changed.Articles[0].Paras = []Para{{Text: "别的。"}}
	if changed.Hash() == want.Hash() {
		t.Error("other words have the same hash")
	}
}

// wordXML is a document of Word with a run for each line, what was deleted, and the codes of a field.
func wordXML(text string) string {
	var b strings.Builder
	b.WriteString(`<?xml version="1.0" encoding="UTF-8" standalone="yes"?><w:document xmlns:w="w"><w:body>`)
	for line := range strings.Lines(text) {
		line = strings.NewReplacer("<", "&lt;", "\n", "").Replace(line)
		half := len([]rune(line)) / 2
		b.WriteString(`<w:p><w:pPr><w:tabs><w:tab w:pos="1"/></w:tabs></w:pPr><w:del><w:r><w:delText>旧</w:delText><w:t>旧</w:t></w:r></w:del><w:r><w:instrText>TOC</w:instrText><w:t>` +
			string([]rune(line)[:half]) + `</w:t></w:r><w:r><w:t xml:space="preserve">` + string([]rune(line)[half:]) + `</w:t></w:r></w:p>`)
	}
	return b.String() + `</w:body></w:document>`
}

func docxOf(t testing.TB, document string) []byte {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for name, content := range map[string]string{"../../etc/passwd": "no", documentName: document} {
		w, err := z.Create(name)
		if err == nil {
			_, err = w.Write([]byte(content))
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// What cannot be read is refused with a reason, and quickly.
func TestReadRefuses(t *testing.T) {
	bomb := docxOf(t, "<w:document>"+strings.Repeat(" ", maxDocument)+"</w:document>")
	if len(bomb) > 1<<20 {
		t.Fatalf("the bomb is %d bytes", len(bomb))
	}
	for name, c := range map[string]struct {
		file string
		data []byte
		want string
	}{
		"kind":         {"a.pdf", nil, ErrKind.Error()},
		"old word":     {"a.doc", nil, ErrOldWord.Error()},
		"nothing":      {"a.md", nil, ErrNoArticle.Error()},
		"a letter":     {"README.md", []byte("# 说明\n\n这里放法规。\n"), ErrNoArticle.Error()},
		"encoding":     {"a.txt", []byte{0x81, 0xff, 0x00, 0xff}, ErrEncoding.Error()},
		"huge":         {"a.txt", make([]byte, MaxFile+1), ErrLarge.Error()},
		"long":         {"a.txt", bytes.Repeat([]byte("a"), maxText+1), ErrLarge.Error()},
		"lines":        {"a.txt", bytes.Repeat([]byte("a\n"), maxLines+1), ErrLarge.Error()},
		"twice":        {"a.md", []byte("试验条例\n第一条 甲。\n第二条 乙。\n第一条 丙。\n"), "article 1 follows article 2"},
		"no archive":   {"a.docx", []byte("PK"), "it is no archive"},
		"no document":  {"a.docx", emptyZip(t), "it holds no word/document.xml"},
		"broken XML":   {"a.docx", docxOf(t, "<w:p><w:t>第一条 甲。</w:p>"), "is broken: word/document.xml"},
		"half XML":     {"a.docx", docxOf(t, "<w:document><w:p>"), "is broken: word/document.xml"},
		"entities":     {"a.docx", docxOf(t, `<!DOCTYPE a [<!ENTITY b "ha">]><a>&b;</a>`), "declares a document type"},
		"deep":         {"a.docx", docxOf(t, strings.Repeat("<a>", 1<<20)), "is nested too deep"},
		"bomb":         {"a.docx", bomb, ErrLarge.Error()},
		"lying header": {"a.docx", lying(t, bomb), "is broken"},
		"text bomb":    {"a.docx", docxOf(t, "<w:document><w:p><w:t>"+strings.Repeat("a", maxText+1)+"</w:t></w:p></w:document>"), ErrLarge.Error()},
		"line bomb":    {"a.docx", docxOf(t, "<w:document>"+strings.Repeat("<p><t>a</t></p>", maxLines+1)+"</w:document>"), ErrLarge.Error()},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := Read(c.file, c.data)
			if err == nil || !strings.Contains(err.Error(), c.want) {
				t.Errorf("told %v, want %s", err, c.want)
			}
		})
	}
}

func emptyZip(t *testing.T) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := zip.NewWriter(&b).Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// lying is an archive whose headers say its document is small.
func lying(t *testing.T, bomb []byte) []byte {
	t.Helper()
	z, err := zip.NewReader(bytes.NewReader(bomb), int64(len(bomb)))
	if err != nil {
		t.Fatal(err)
	}
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	for _, f := range z.File {
		h := f.FileHeader
		h.UncompressedSize64 = min(h.UncompressedSize64, 10)
		raw, err := w.CreateRaw(&h)
		if err != nil {
			t.Fatal(err)
		}
		r, err := f.OpenRaw()
		if err != nil {
			t.Fatal(err)
		}
		if _, err := bytes.NewBuffer(nil).ReadFrom(r); err != nil {
			t.Fatal(err)
		}
		r, _ = f.OpenRaw()
		var all bytes.Buffer
		_, _ = all.ReadFrom(r)
		if _, err := raw.Write(all.Bytes()); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// Heads tell when a text was adopted and since when it holds, or not: then the file's name does, or nothing.
func TestDays(t *testing.T) {
	for name, c := range map[string]struct{ head, last, adopted, from string }{
		"own day":       {"（2021年1月22日第一次会议通过）", "本法自2021年7月15日起施行。", "2021-01-22", "2021-07-15"},
		"amended":       {"2000年3月15日第一次会议通过\n2023年3月13日第二次会议修正", "本法自2000年7月1日起施行。", "2023-03-13", ""},
		"at once":       {"2022年4月20日市人民政府令第9号公布", "本办法自公布之日起施行。", "2022-04-20", "2022-04-20"},
		"at once then":  {"2001年7月9日公布\n2020年8月7日修订", "本规定自公布之日起施行。", "2020-08-07", ""},
		"passed later":  {"2017年6月7日会议通过\n2017年8月22日公布", "本条例自公布之日起施行。", "2017-08-22", "2017-08-22"},
		"head line":     {"2019年4月20日公布\n\n2019年9月1日 施行", "石凳要擦。", "2019-04-20", "2019-09-01"},
		"in one":        {"（2022年4月20日公布 自2022年6月1日起施行）", "石凳要擦。", "2022-04-20", "2022-06-01"},
		"Chinese":       {"（二〇二一年一月二十二日通过）", "本法自二○二一年七月十五日起施行。", "2021-01-22", "2021-07-15"},
		"full width":    {"２０２１年１月２２日通过", "石凳要擦。", "2021-01-22", ""},
		"another's day": {"2021年1月22日通过", "《别的条例》自2030年1月1日起施行。", "2021-01-22", ""},
		"no day":        {"2021年2月30日通过", "石凳要擦。", "2018-12-05", ""},
		"file name":     {"", "石凳要擦。", "2018-12-05", ""},
	} {
		t.Run(name, func(t *testing.T) {
			got, err := Read("石凳条例_20181205.md", []byte("# 石凳条例\n"+c.head+"\n第一条 石凳要平。\n第二条 "+c.last+"\n"))
			if err != nil || got.Adopted.String() != c.adopted || !got.From.IsZero() != (c.from != "") || c.from != "" && got.From.String() != c.from {
				t.Errorf("adopted %s, from %s, %v, want %s and %s", got.Adopted, got.From, err, c.adopted, c.from)
			}
		})
	}
}

// Titles come broken over lines, with their edition, or only as the name of the file.
func TestTitles(t *testing.T) {
	for text, want := range map[string]string{
		"青溪市\n街巷石凳条例\n（2019年通过）\n第一条 甲。": "青溪市街巷石凳条例", "《石凳法》（2017年修正）\n第一条 甲。": "石凳法", "石 凳 办 法（试行）\n第一条 甲。": "石凳办法（试行）",
		"第一条 甲。": "石凳规则", "关于石凳\n没有写完\n第一条 甲。": "关于石凳",
	} {
		got, err := Read("石凳规则(2019-01-02).txt", []byte(text))
		if err != nil || got.Title != want || len(got.Articles) != 1 {
			t.Errorf("%q: %q with %d articles, %v, want %q", text, got.Title, len(got.Articles), err, want)
		}
	}
	if _, err := Read("2019.txt", []byte("第一条 甲。")); !errors.Is(err, ErrNoTitle) {
		t.Errorf("without title: %v", err)
	}
}

// Policy papers have no 条: they count （一） through, or 一、.
func TestNumberings(t *testing.T) {
	through, err := Read("a.md", []byte("关于石凳的意见\n一、要求\n（一）平稳。放稳。\n二、做法\n（二）干净。\n天天擦。\n（三）够多。\n"))
	if err != nil || through.Numbering != ByBracket || len(through.Articles) != 3 || through.Articles[1].Place[0].Name != "做法" || len(through.Articles[1].Paras) != 2 {
		t.Errorf("%+v, %v", through, err)
	}
	anew, err := Read("a.md", []byte("关于石凳的意见\n一、要求。\n（一）平稳。\n（二）干净。\n二、做法。\n（一）够多。\n"))
	if err != nil || anew.Numbering != ByList || len(anew.Articles) != 2 || len(anew.Articles[0].Paras[0].Items) != 2 {
		t.Errorf("%+v, %v", anew, err)
	}
}

func TestNumber(t *testing.T) {
	for s, want := range map[string]int{"一": 1, "十": 10, "十二": 12, "二十": 20, "一百零三": 103, "一〇三": 103, "一百一十": 110, "一千二百六十": 1260, "两百": 200, "60": 60, "６０": 60, "零": 0, "99999": 0, "": 0} {
		if got := Number(s); got != want {
			t.Errorf("Number(%s) = %d, want %d", s, got, want)
		}
	}
}
