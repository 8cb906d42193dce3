package reading

import (
	"strings"
	"testing"
	"unicode/utf8"

	"yifa/internal/calendar"
)

var kinds = map[string]string{"scene_record": "现场笔录", "inquiry_record": "询问笔录", "inspection_notice": "行政检查通知书", "supervision_notice": "行政执法监督通知书"}

// TestOf: each suggestion says where it was read; what is not told is left empty.
func TestOf(t *testing.T) {
	today := calendar.New(2026, 11, 23)
	red := []string{"江门市蓬江区城市管理和综合执法局文件", "蓬城执〔2026〕12号", "关于对某大道违法建设情况", "进行核查的报告", "蓬江区人民政府：", "我局于2026年1月8日核查。", "江门市蓬江区城市管理和综合执法局", "二〇二六年一月十二日"}
	for name, x := range map[string]struct {
		paper Paper
		want  Guess
	}{
		"a red-headed paper": {Paper{"正卷/03 扫描件(1).docx", "", red}, Guess{
			Sort: Said{SortPaper, ByText}, Title: Said{"关于对某大道违法建设情况进行核查的报告", ByText}, Number: Said{"蓬城执〔2026〕12号", ByText},
			Maker: Said{"江门市蓬江区城市管理和综合执法局", ByText}, Dated: Said{"2026-01-12", ByText}, Inside: Said{"false", ByFolder}}},
		"a record with spread letters": {Paper{"a.pdf", "", []string{"现 场 笔 录", "检查时间：2026年1月12日20时35分"}}, Guess{
			Sort: Said{SortPaper, ByText}, Kind: Said{"scene_record", ByText}, Title: Said{"现场笔录", ByText}, Dated: Said{"2026-01-12", ByText}}},
		"by its name alone": {Paper{"002、询问笔录-黄某 2026.1.13.jpg", "image/jpeg", nil}, Guess{
			Sort: Said{SortPaper, ByName}, Kind: Said{"inquiry_record", ByName}, Title: Said{"002、询问笔录-黄某 2026.1.13", ByName}, Dated: Said{"2026-01-13", ByName}}},
		"a number in the name": {Paper{"蓬府函[2025]8号复函.pdf", "", nil}, Guess{
			Sort: Said{SortPaper, ByName}, Title: Said{"复函", ByName}, Number: Said{"蓬府函[2025]8号", ByName}}},
		"a recording":   {Paper{"副卷/VID_20260112_203501.mp4", "video/mp4", nil}, Guess{Sort: Said{SortAudiovisual, ByMedia}, Title: Said{"VID_20260112_203501", ByName}, Dated: Said{"2026-01-12", ByName}, Inside: Said{"true", ByFolder}}},
		"internal":      {Paper{"1-立案请示 - 副本.docx", "", nil}, Guess{Sort: Said{SortInside, ByName}, Title: Said{"立案请示", ByName}}},
		"nothing told":  {Paper{"IMG_0001.jpg", "image/jpeg", nil}, Guess{Title: Said{"IMG_0001", ByName}}},
		"a day to come": {Paper{"通知.pdf", "", []string{"2027年1月1日"}}, Guess{Title: Said{"通知", ByName}}},
		"no such day":   {Paper{"表.pdf", "", []string{"2026年13月1日", "2026年2月30日"}}, Guess{Title: Said{"表", ByName}}},
		"no day at all": {Paper{"收据13800138000.png", "", nil}, Guess{Sort: Said{"documentary", ByName}, Title: Said{"收据13800138000", ByName}}},
		"a sentence":    {Paper{"x.docx", "", []string{"请你局于三日内报送情况说明。", "情况说明"}}, Guess{Sort: Said{"statement", ByText}, Title: Said{"情况说明", ByText}}},
		"long name":     {Paper{strings.Repeat("长", 100) + ".pdf", "", nil}, Guess{Title: Said{strings.Repeat("长", 80), ByName}}},
	} {
		if got := Of(x.paper, kinds, today); got != x.want {
			t.Errorf("%s:\n got %+v\nwant %+v", name, got, x.want)
		}
	}
}

func FuzzOf(f *testing.F) {
	f.Add("正卷/01 关于X的通知（2026）3号.docx", "关于\n对的报告\n二〇二六年一月十二日")
	f.Add("a/../b/..", "询 问 笔 录\n2026-1-1")
	f.Fuzz(func(t *testing.T, name, text string) {
		g := Of(Paper{Path: name, Lines: strings.Split(text, "\n")}, kinds, calendar.New(2026, 11, 23))
		if utf8.RuneCountInString(g.Title.Value) > mostTitle || utf8.RuneCountInString(g.Number.Value) > mostNumber {
			t.Fatalf("%+v", g)
		}
		if d := g.Dated.Value; d != "" {
			if on, err := calendar.Parse(d); err != nil || on > calendar.New(2026, 11, 23) {
				t.Fatal(d)
			}
		}
	})
}
