package office

import (
	"fmt"
	"strings"

	"yifa/internal/calendar"
	"yifa/internal/document"
	"yifa/internal/i18n"
)

// title is which of the two volumes it is.
func (v VolumeView) title() string { return i18n.T(i18n.ZhHans, "office.volume."+v.Part) }

// Name is what the volume is saved as: number and kind, which name nobody.
func (v VolumeView) Name() string { return strings.TrimSpace(v.Brief.Number + " " + v.title()) }

// rows are a table of two columns: what it says, and what was filled in.
func rows(lines [][2]string) *document.Table {
	t := &document.Table{Columns: []float64{0.25, 0.75}}
	for _, l := range lines {
		t.Rows = append(t.Rows, document.Row{Lines: 2, Cells: []document.Cell{{Text: l[0], Label: true, Span: 1, Down: 1}, {Text: l[1], Span: 1, Down: 1}}})
	}
	return t
}

// cover is the volume's first page. The title of a matter may say what a filer wrote, so it stands on the cover of what
// is kept with it.
func (v VolumeView) cover() document.Paper {
	b := v.Brief
	ended := ""
	if b.Closed {
		ended = i18n.DateYear(i18n.ZhHans, v.ended)
	}
	return document.Paper{Form: document.Sheet, Issuer: v.issuer, Title: b.Procedure + "案卷", Number: b.Number, Body: []document.Block{{Table: rows([][2]string{
		{"题名", b.Title}, {"编号", b.Number}, {"卷别", v.title()}, {"立卷机关", v.issuer}, {"收到日期", i18n.DateYear(i18n.ZhHans, b.Opened.Day)}, {"办结日期", ended},
		{"现在的环节", b.Stage}, {"承办人", strings.Join(b.Handlers, "、")}, {"件数", fmt.Sprintf("%d 件", len(v.Pieces))},
	})}}}
}

// last is 备考表: what is to be known of the volume, and who made it.
func (v VolumeView) last(today calendar.Date) document.Paper {
	said := "本卷由平台按照办理记录生成，件按案卷的顺序排列，同一种按日期排列，送达凭证排在所送达的文书后面。盖有电子印章的文书以电子原件为准。"
	return document.Paper{Form: document.Sheet, Issuer: v.issuer, Title: "备考表", Number: v.Brief.Number, Body: []document.Block{{Table: rows([][2]string{
		{"本卷情况说明", said}, {"立卷人", ""}, {"检查人", ""}, {"立卷日期", i18n.DateYear(i18n.ZhHans, today)},
	})}}}
}

// known is by what a file is known again.
func (p VolumePiece) known() [][2]string {
	out := [][2]string{{"题名", p.Title}, {"提交日期", p.On.Day.String()}}
	if p.File != nil {
		out = append(out, [2]string{"格式", p.File.Media})
	}
	return append(out, [2]string{"大小", fmt.Sprintf("%d 字节", p.size)}, [2]string{"SHA-256", p.sha256}, [2]string{"SM3", p.sm3})
}

// lists are the pages made for the volume: what was done when, and what staff noted.
func (v VolumeView) lists() []document.Paper {
	var out []document.Paper
	sheet := func(title string, columns []float64, heads []string, lines [][]string) {
		if len(lines) == 0 {
			return
		}
		t := &document.Table{Columns: columns}
		for i, line := range append([][]string{heads}, lines...) {
			row := document.Row{Head: i == 0}
			for _, text := range line {
				row.Cells = append(row.Cells, document.Cell{Text: text, Label: i == 0, Span: 1, Down: 1})
			}
			t.Rows = append(t.Rows, row)
		}
		out = append(out, document.Paper{Form: document.Sheet, Issuer: v.issuer, Title: title, Number: v.Brief.Number, Body: []document.Block{{Table: t}}})
	}
	var done, noted [][]string
	for _, e := range v.record {
		done = append(done, []string{fmt.Sprint(e.Seq), i18n.DateYear(i18n.ZhHans, e.Happened.Day), e.Label, e.By, e.Hash})
	}
	if v.Part == VolumeInside {
		for _, n := range v.notes {
			noted = append(noted, []string{i18n.DateYear(i18n.ZhHans, n.On.Day), n.From, n.Text})
		}
	}
	sheet("办理经过", []float64{0.07, 0.17, 0.26, 0.2, 0.3}, []string{"序号", "日期", "办理动作", "谁", "记录指纹"}, done)
	sheet("内部记录", []float64{0.17, 0.2, 0.63}, []string{"日期", "谁", "内容"}, noted)
	return out
}
