package sheet

import (
	"archive/zip"
	"bytes"
	"compress/flate"
	"errors"
	"fmt"
	"io"
	"reflect"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"
	"golang.org/x/text/encoding/simplifiedchinese"

	"yifa/internal/calendar"
)

// book is a workbook whose first sheet holds rows; change may do more to it.
func book(t *testing.T, rows [][]any, change func(*excelize.File)) []byte {
	t.Helper()
	f := excelize.NewFile()
	for i, row := range rows {
		if err := f.SetSheetRow("Sheet1", fmt.Sprint("A", i+1), &row); err != nil {
			t.Fatal(err)
		}
	}
	if change != nil {
		change(f)
	}
	var out bytes.Buffer
	if err := f.Write(&out); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

// repacked is a workbook with parts put in the place of, or beside, its own.
func repacked(t *testing.T, data []byte, parts map[string]string) []byte {
	t.Helper()
	z, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	w := zip.NewWriter(&out)
	w.RegisterCompressor(zip.Deflate, func(o io.Writer) (io.WriteCloser, error) { return flate.NewWriter(o, flate.BestSpeed) })
	put := func(name string, from io.Reader) {
		part, err := w.Create(name)
		if err == nil {
			_, err = io.Copy(part, from)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	for _, f := range z.File {
		if _, replaced := parts[f.Name]; replaced {
			continue
		}
		body, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		put(f.Name, body)
	}
	for name, text := range parts {
		put(name, strings.NewReader(text))
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

var filled = [][]any{{"姓名", "起始日期"}, {"何予宁", "2026-03-01"}, {}, {"区晓樟", 46082}}

var want = []Row{{1, []string{"姓名", "起始日期"}}, {2, []string{"何予宁", "2026-03-01"}}, {4, []string{"区晓樟", "46082"}}}

func TestRead(t *testing.T) {
	text := "姓名,起始日期\n何予宁,2026-03-01\n\n区晓樟,46082\n"
	gb, err := simplifiedchinese.GB18030.NewEncoder().String(text)
	if err != nil {
		t.Fatal(err)
	}
	for name, data := range map[string][]byte{
		"a.xlsx": book(t, filled, nil), "a.csv": []byte(text), "bom.csv": []byte("\ufeff" + text), "gb.CSV": []byte(gb),
		"tab.csv": []byte(strings.ReplaceAll(text, ",", "\t")), "semi.csv": []byte(strings.ReplaceAll(text, ",", " ; ")),
		"linked.xlsx": book(t, filled, func(f *excelize.File) {
			if err := f.SetCellHyperLink("Sheet1", "A2", "https://example.org", "External"); err != nil {
				t.Fatal(err)
			}
		}),
	} {
		got, err := Read(name, data)
		if err != nil || !reflect.DeepEqual(got, want) {
			t.Errorf("%s: %v, %v", name, got, err)
		}
	}
}

func TestDay(t *testing.T) {
	for _, text := range []string{"2026-03-01", "2026/3/1", "2026.3.1", "2026年3月1日", "46082", "46082.0"} {
		if d, ok := Day(text); !ok || d != calendar.New(2026, 3, 1) {
			t.Errorf("%s: %s %t", text, d, ok)
		}
	}
	for _, text := range []string{"", "2026-02-30", "3/1/2026", "2026", "460820", "明天"} {
		if d, ok := Day(text); ok {
			t.Errorf("%s is taken as %s", text, d)
		}
	}
}

// What a filled-in table never has is refused by name, quickly and without unpacking it whole.
func TestHostile(t *testing.T) {
	good := book(t, filled, nil)
	cell := func(inside string) string {
		return `<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>` + inside + `</sheetData></worksheet>`
	}
	const sheet1 = "xl/worksheets/sheet1.xml"
	rels := func(kind string) string {
		return `<Relationships xmlns="x"><Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/` + kind + `" Target="http://192.0.2.1/x" TargetMode="External"/></Relationships>`
	}
	many := map[string]string{}
	for i := range maxParts {
		many[fmt.Sprint("xl/media/", i)] = "x"
	}
	for name, c := range map[string]struct {
		file string
		data []byte
		why  string
	}{
		"a bomb":             {"a.xlsx", repacked(t, good, map[string]string{"xl/sharedStrings.xml": "<sst>" + strings.Repeat(" ", 200<<20) + "</sst>"}), Packed},
		"many small parts":   {"a.xlsx", repacked(t, good, many), Packed},
		"another book":       {"a.xlsx", repacked(t, good, map[string]string{"xl/externalLinks/externalLink1.xml": "<x/>"}), Links},
		"data from a server": {"a.xlsx", repacked(t, good, map[string]string{"xl/connections.xml": "<x/>"}), Links},
		"a linked picture":   {"a.xlsx", repacked(t, good, map[string]string{"xl/drawings/_rels/d.xml.rels": rels("image")}), Links},
		"a template afar":    {"a.xlsx", repacked(t, good, map[string]string{"xl/worksheets/_rels/sheet1.xml.rels": rels("attachedTemplate")}), Links},
		"a program":          {"a.xlsx", repacked(t, good, map[string]string{"xl/vbaProject.bin": "x"}), Macro},
		"a program by name":  {"a.xlsm", good, Macro},
		"another file":       {"a.xlsx", repacked(t, good, map[string]string{"xl/embeddings/o.bin": "x"}), Macro},
		"a formula": {"a.xlsx", book(t, filled, func(f *excelize.File) {
			if err := f.SetCellFormula("Sheet1", "B2", "1+1"); err != nil {
				t.Fatal(err)
			}
		}), Formula},
		"a formula in CSV": {"a.csv", []byte("姓名\n=HYPERLINK(\"http://192.0.2.1\")\n"), Formula},
		"a row far below":  {"a.xlsx", repacked(t, good, map[string]string{sheet1: cell(`<row r="1048576"><c r="A1048576" t="inlineStr"><is><t>x</t></is></c></row>`)}), Rows},
		"a cell far out":   {"a.xlsx", repacked(t, good, map[string]string{sheet1: cell(`<row r="1"><c r="XFD1" t="inlineStr"><is><t>x</t></is></c></row>`)}), Columns},
		"too many rows":    {"a.csv", []byte(strings.Repeat("x\n", MaxRows+2)), Rows},
		"too much text":    {"a.csv", []byte("姓名\n" + strings.Repeat("字", maxCell)), Cell},
		"too large":        {"a.csv", make([]byte, MaxFile+1), Large},
		"old":              {"a.xls", append(oldFile, 0), Old},
		"locked":           {"a.xlsx", append(oldFile, 0), Old},
		"a picture":        {"a.png", []byte("\x89PNG"), Kind},
		"no zip":           {"a.xlsx", []byte("PK but nothing"), Broken},
		"cut off":          {"a.xlsx", good[:len(good)/2], Broken},
		"no text":          {"a.csv", []byte{0xff, 0xff, 0, 1}, Encoding},
		"nothing":          {"a.csv", []byte("\n,,\n"), Empty},
		"entities":         {"a.xlsx", repacked(t, good, map[string]string{sheet1: `<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]>` + cell(`<row r="1"><c r="A1" t="inlineStr"><is><t>&b;</t></is></c></row>`)}), Broken},
	} {
		t.Run(name, func(t *testing.T) {
			rows, err := Read(c.file, c.data)
			var fault *Fault
			if !errors.As(err, &fault) || fault.Why != c.why {
				t.Errorf("%v, %d rows, want %s", err, len(rows), c.why)
			}
		})
	}
}

// A dimension that promises a whole sheet costs nothing: only what is there is read.
func TestHugeDimension(t *testing.T) {
	good := book(t, filled, nil)
	data := repacked(t, good, map[string]string{"xl/worksheets/sheet1.xml": `<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><dimension ref="A1:XFD1048576"/><sheetData><row r="1"><c r="A1" t="inlineStr"><is><t>姓名</t></is></c></row></sheetData></worksheet>`})
	rows, err := Read("a.xlsx", data)
	if err != nil || !reflect.DeepEqual(rows, []Row{{1, []string{"姓名"}}}) {
		t.Errorf("%v, %v", rows, err)
	}
}

// An empty table comes back as its head.
func TestTemplate(t *testing.T) {
	data, err := Template("人员", "填写说明", "（必填）", []Column{{Head: "姓名", Required: true, Hint: "和证件一致"}, {Head: "岗位", Choices: []string{"甲", "乙"}}})
	if err != nil {
		t.Fatal(err)
	}
	rows, err := Read("t.xlsx", data)
	if err != nil || !reflect.DeepEqual(rows, []Row{{1, []string{"姓名", "岗位"}}}) {
		t.Errorf("%v, %v", rows, err)
	}
}

func FuzzRead(f *testing.F) {
	f.Add("a.csv", []byte("姓名,\"x\ny\"\n1;2\t3"))
	f.Add("a.xlsx", []byte("PK\x03\x04"))
	f.Fuzz(func(t *testing.T, name string, data []byte) {
		rows, err := Read(name, data)
		var fault *Fault
		if (err == nil) == (len(rows) == 0) || err != nil && !errors.As(err, &fault) {
			t.Errorf("%d rows, %v", len(rows), err)
		}
	})
}
