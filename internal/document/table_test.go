package document_test

import (
	"strings"
	"testing"

	"yifa/internal/document"
)

const list = `---
form: table
---
{organ}
物品清单
{document_number}

|= 3 12 8 5
h| 序号 | 名称 | 规格 | 数量 |
*| {no} | {name} | {size} | {count} |
3| 备注 || {remark} >> {who} // {day} ||

_ 当事人（签名）：
`

// filledList is a list of so many things.
func filledList(t *testing.T, n int, remark string) document.Paper {
	t.Helper()
	parsed, err := document.Parse(list)
	if err != nil {
		t.Fatal(err)
	}
	values := map[string]string{"organ": "江门市司法局", "document_number": "江执清〔2026〕1号", "name": strings.Repeat("餐桌\n", n), "size": strings.Repeat("长一米二、宽六十厘米的木制折叠餐桌\n", n),
		"count": strings.Repeat("2\n", n), "remark": remark, "who": "梁某", "day": "2026年3月5日"}
	return parsed.Fill(func(name, _ string) string { return values[name] })
}

// TestLongTable: a table goes on over ten pages, its head and the places to sign stand on each, and no row is lost.
func TestLongTable(t *testing.T) {
	pdf, err := fonts(t).PDF(filledList(t, 300, "无"))
	if err != nil {
		t.Fatal(err)
	}
	pages := pagesOf(t, pdf)
	if len(pages) < 10 {
		t.Errorf("%d pages", len(pages))
	}
	tables := 0
	for i, page := range pages {
		text := ""
		for _, w := range page {
			text += w.Text
			if w.Text == "餐桌" {
				tables++
			}
			if w.Bottom > 297*mm || w.Right > (28+156+1)*mm {
				t.Errorf("page %d: %q reaches to %.0f, %.0f mm", i+1, w.Text, w.Right/mm, w.Bottom/mm)
			}
		}
		for _, want := range []string{"序号", "数量", "当事人（签名）"} {
			if !strings.Contains(text, want) {
				t.Errorf("page %d lacks %s", i+1, want)
			}
		}
	}
	if tables != 300 {
		t.Errorf("%d rows", tables)
	}
}

// TestTallRow: one cell of many pages is torn, not lost, and says on each page but the last that it goes on.
func TestTallRow(t *testing.T) {
	pdf, err := fonts(t).PDF(filledList(t, 1, strings.Repeat("情况说明。", 3000)+"完"))
	if err != nil {
		t.Fatal(err)
	}
	text := textOf(t, pdf)
	if pages := len(pagesOf(t, pdf)); strings.Count(text, "（接下页）") != pages-1 {
		t.Errorf("%d marks that a row goes on, on %d pages", strings.Count(text, "（接下页）"), pages)
	}
	if strings.Count(text, "情况说明。") < 2900 || !strings.Contains(text, "完") || !strings.Contains(text, "梁某") {
		t.Errorf("%d of 3,000 sentences are left", strings.Count(text, "情况说明。"))
	}
}

// TestGrid: what is wrong with a table is said by its row.
func TestGrid(t *testing.T) {
	for row, want := range map[string]string{
		"| 甲 | {a} |":               "2 columns, the table 4",
		"| 甲 | {a} ||":              "3 columns, the table 4",
		"| 甲 | {a} | 乙 | {b}":       "is no row of a table",
		"甲 | {a} | 乙 | {b} |":       "is no row of a table",
		"| ^ | {a} | 乙 | {b} |":     "no cell stands above column 1",
		"| 甲 | {a} | 乙 | {b} | 丙 |": "5 columns, the table 4",
	} {
		_, err := document.Parse("---\nform: table\n---\n{organ}\n表\n\n|= 1 1 1 1\n" + row + "\n")
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v, want %s", row, err, want)
		}
	}
	if _, err := document.Parse("---\nform: tabel\n---\n{organ}\n表\n\n文\n"); err == nil {
		t.Error("an unknown form is taken")
	}
	if _, err := document.Parse("---\nforms: table\n---\n{organ}\n表\n\n文\n"); err == nil {
		t.Error("an unknown key is taken")
	}
}

// TestReaching: a cell that reaches over rows stands once; the cells below it begin beside it.
func TestReaching(t *testing.T) {
	parsed, err := document.Parse("---\nform: table\n---\n{organ}\n表\n\n|= 1 1 2\n| 当事人 | 名称 | {a} |\n| ^ | 住所 | {b} |\n| 案由 || {c} |\n")
	if err != nil {
		t.Fatal(err)
	}
	p := parsed.Fill(func(name, _ string) string { return name })
	rows := p.Body[0].Table.Rows
	if rows[0].Cells[0].Down != 2 || rows[1].Cells[0].Down != 0 || rows[2].Cells[0].Span != 2 || rows[1].Cells[2].Text != "b" {
		t.Errorf("%+v", rows)
	}
}
