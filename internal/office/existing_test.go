package office_test

import (
	"archive/zip"
	"bytes"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"testing"
	"time"

	"yifa/internal/matter"
	"yifa/internal/office"
	"yifa/internal/office/officetest"
)

// wordFile is a Word document of some lines.
func wordFile(t testing.TB, lines ...string) []byte {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	body := ""
	for _, l := range lines {
		body += "<w:p><w:r><w:t>" + l + "</w:t></w:r></w:p>"
	}
	for _, part := range [][2]string{
		{"[Content_Types].xml", `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>`},
		{"_rels/.rels", `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/></Relationships>`},
		{"word/document.xml", `<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>` + body + `</w:body></w:document>`},
	} {
		w, err := z.Create(part[0])
		if err == nil {
			_, err = io.WriteString(w, part[1])
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

func fileFrom(name string, content []byte) office.Upload {
	return office.Upload{Name: name, Body: bytes.NewReader(content)}
}

// TestExistingPapers: what was there before comes in many at a time; what is bad is named and the others are taken; what
// the program reads is a suggestion; nothing is taken while something is missing; each piece is an entry of its own, keeps
// the number it bears, stands in its volume by its own day, and is found by its text. The same file is taken once.
func TestExistingPapers(t *testing.T) {
	c, ctx := officetest.New(t), t.Context()
	id, _ := c.Accepted()
	officer := c.As(officetest.Officer)
	record := wordFile(t, "现 场 笔 录", "蓬城执笔〔2026〕12号", "当事人堆放渣土一堆，约八立方米。", "蓬江区城市管理和综合执法局", "二〇二六年一月十二日")
	picture, err := io.ReadAll(photo(5))
	wantIs(t, "picture", err, nil)
	bad, err := c.Office.AddExisting(ctx, officer, id, []office.Upload{
		fileFrom("正卷/2 笔录.docx", record), fileFrom("正卷/10 照片.png", picture), fileFrom("副卷/立案请示.docx", wordFile(t, "关于立案的请示", "内部意见不公开。")),
		fileFrom("重复/又一份.docx", record), fileFrom("扫描.tif", append([]byte("II*\x00"), make([]byte, 200)...)), fileFrom("空.pdf", nil), fileFrom("表.docx", []byte("PK\x03\x04 no archive at all"))})
	if err != nil || len(bad) != 3 || !strings.Contains(bad[0], "TIFF") || !strings.Contains(bad[1], "空.pdf") {
		t.Fatalf("%q %v", bad, err)
	}
	v, err := c.Office.Existing(ctx, officer, id, true)
	if err != nil || len(v.Rows) != 4 || v.Ready != 3 || len(v.Volumes) != 2 {
		t.Fatalf("%+v %v", v, err)
	}
	by := map[string]office.ExistingRow{}
	for _, row := range v.Rows {
		by[row.Name] = row
	}
	got := by["2 笔录.docx"]
	if got.Said[office.SaidAct] != "import_paper" || got.Said[office.SaidSort] != "paper" || got.Said[office.SaidKind] != "scene_record" || got.Said[office.SaidTitle] != "现场笔录" ||
		got.Said[office.SaidNumber] != "蓬城执笔〔2026〕12号" || got.Said[office.SaidDated] != "2026-01-12" || got.Said[office.SaidMaker] != "蓬江区城市管理和综合执法局" || got.Hints[office.SaidTitle] == "" || !got.Read {
		t.Errorf("suggested: %+v", got)
	}
	if by["立案请示.docx"].Said[office.SaidAct] != "import_inside" || by["又一份.docx"].Twice == "" {
		t.Errorf("%+v %+v", by["立案请示.docx"], by["又一份.docx"])
	}
	if by["10 照片.png"].Errors[office.SaidSort] == "" {
		t.Errorf("nobody said what the picture is: %+v", by["10 照片.png"])
	}
	if _, err := c.Office.TakeExisting(ctx, officer, id); !errors.Is(err, office.ErrUnsorted) {
		t.Fatalf("taken unsorted: %v", err)
	}
	picID := by["10 照片.png"].ID
	wantIs(t, "sort", c.Office.SortExisting(ctx, officer, id, map[string]map[string]string{picID: {office.SaidAct: "import_paper", office.SaidSort: "documentary", office.SaidTitle: "现场照片", office.SaidNumber: "江蓬执监诉(2026)1号", office.SaidPlace: "1"}}, ""), nil)
	v, err = c.Office.Existing(ctx, officer, id, true)
	if err != nil || v.Rows[0].ID != picID || !v.Rows[0].Ours || len(v.Rows[0].Errors) > 0 || v.Rows[0].Said[office.SaidTitle] != "现场照片" {
		t.Fatalf("kept: %+v %v", v.Rows[0], err)
	}
	takenTogether(t, c, id, 3)
	checkTaken(t, c, id)
	if v, err = c.Office.Existing(ctx, officer, id, true); err != nil || len(v.Rows) != 1 || !strings.Contains(v.Rows[0].Twice, "现场笔录") || v.Ready != 0 {
		t.Errorf("left: %+v %v", v.Rows, err)
	}
	for who, r := range map[string]office.Reader{"a head who does not handle it": c.As(officetest.Head), "another county": c.As(officetest.Stranger), "who is complained of": c.As(officetest.Complained), "the filer": c.Filer(id)} {
		if _, err := c.Office.Existing(ctx, r, id, false); !errors.Is(err, office.ErrNotFound) {
			t.Errorf("%s: %v", who, err)
		}
	}
	c.Sound()
}

// takenTogether takes the table in and does the order.
func takenTogether(t *testing.T, c *officetest.City, id matter.ID, want int) {
	t.Helper()
	ctx, officer := t.Context(), c.As(officetest.Officer)
	name, err := c.Office.TakeExisting(ctx, officer, id)
	wantIs(t, "take", err, nil)
	if _, err := c.Office.TakeExisting(ctx, officer, id); !errors.Is(err, office.ErrUnsorted) {
		t.Errorf("a second time: %v", err)
	}
	wantIs(t, "work", c.Office.Work(ctx), nil)
	order, err := c.Office.Order(ctx, officer, name)
	if err != nil || order.Done != want || order.Failed != 0 || order.State != office.OrderDone {
		t.Fatalf("%+v %v", order, err)
	}
}

// checkTaken looks at the papers of TestExistingPapers where they are now: page, volumes, search, the filer's page.
func checkTaken(t *testing.T, c *officetest.City, id matter.ID) {
	t.Helper()
	ctx, officer := t.Context(), c.As(officetest.Officer)
	m, err := c.Office.Matter(ctx, officer, id)
	if err != nil || len(m.Existing) != 3 {
		t.Fatalf("%+v %v", m.Existing, err)
	}
	x := m.Existing[2]
	if m.Existing[0].Title != "现场照片" || x.No != 3 || x.Title != "现场笔录" || x.Number != "蓬城执笔〔2026〕12号" || x.Sort != "现场笔录" || x.Dated.String() != "2026-01-12" || x.Taken != c.Office.Today() || !strings.Contains(x.Read, "渣土") {
		t.Errorf("%+v", x)
	}
	if slices.ContainsFunc(m.Files, func(f office.FileView) bool { return strings.Contains(f.Name, "笔录") }) {
		t.Error("it is listed twice")
	}
	if n := strings.Count(fmt.Sprint(m.Timeline), "导入已有材料"); n != 1 || !strings.Contains(fmt.Sprint(m.Timeline), "导入已有材料：3 件") {
		t.Errorf("%d lines in the timeline for three papers: %v", n, m.Timeline)
	}
	volume, err := c.Office.Volume(ctx, officer, id, office.VolumeMain)
	if err != nil || !strings.Contains(fmt.Sprint(volume.Pieces), "现场笔录 蓬城执笔〔2026〕12号 蓬江区城市管理和综合执法局 2026-01-12") {
		t.Errorf("main volume: %+v %v", volume.Pieces, err)
	}
	inside, err := c.Office.Volume(ctx, officer, id, office.VolumeInside)
	if err != nil || len(inside.Pieces) != 1 || inside.Pieces[0].Title != "关于立案的请示" {
		t.Errorf("internal volume: %+v %v", inside.Pieces, err)
	}
	for _, q := range []string{"渣土一堆", "内部意见", "现场照片"} {
		if list, err := c.Office.List(ctx, officer, office.Filter{Query: q}); err != nil || len(list.Rows) != 1 {
			t.Errorf("%s: %+v %v", q, list, err)
		}
	}
	track, err := c.Office.Track(ctx, c.Filer(id))
	if err != nil || strings.Contains(fmt.Sprintf("%+v", track), "内部意见") || strings.Contains(fmt.Sprintf("%+v", track), "立案的请示") {
		t.Errorf("the filer: %+v %v", track, err)
	}
}

// TestExistingMany: two hundred files of mixed kinds come in, each once, in their order.
func TestExistingMany(t *testing.T) {
	c, ctx := officetest.New(t), t.Context()
	id, _ := c.Accepted()
	officer := c.As(officetest.Officer)
	const many = 200
	begun := time.Now()
	for i := range many {
		file := fileFrom(fmt.Sprintf("案卷/%d 询问笔录第%d次.docx", i+1, i+1), wordFile(t, "询问笔录", fmt.Sprintf("第%d次询问，问答如下。", i+1)))
		if i%3 == 0 {
			file = office.Upload{Name: fmt.Sprintf("案卷/%d 证据照片.png", i+1), Body: photo(uint8(i))}
		}
		if bad, err := c.Office.AddExisting(ctx, officer, id, []office.Upload{file}); err != nil || len(bad) > 0 {
			t.Fatal(bad, err)
		}
	}
	sent := time.Since(begun)
	v, err := c.Office.Existing(ctx, officer, id, false)
	if err != nil || len(v.Rows) != many {
		t.Fatal(len(v.Rows), err)
	}
	answers := map[string]map[string]string{}
	for i, row := range v.Rows {
		if row.Name != fmt.Sprintf("%d 询问笔录第%d次.docx", i+1, i+1) && row.Name != fmt.Sprintf("%d 证据照片.png", i+1) {
			t.Fatalf("place %d: %s", i+1, row.Name)
		}
		if row.Said[office.SaidSort] == "" {
			answers[row.ID] = map[string]string{office.SaidSort: "documentary"}
		}
	}
	wantIs(t, "sort", c.Office.SortExisting(ctx, officer, id, answers, "import_paper"), nil)
	begun = time.Now()
	takenTogether(t, c, id, many)
	took := time.Since(begun)
	begun = time.Now()
	m, err := c.Office.Matter(ctx, officer, id)
	if err != nil || len(m.Existing) != many {
		t.Fatal(len(m.Existing), err)
	}
	for i, x := range m.Existing {
		if x.No != i+1 || x.Title == "" || len(x.Files) == 0 {
			t.Fatalf("%d: %+v", i, x)
		}
	}
	t.Logf("%d files received in %s, taken in in %s, page of the matter read in %s", many, sent, took, time.Since(begun))
	c.Sound()
}
