package disclosure

import (
	"slices"
	"strings"
	"testing"
	"unicode/utf8"
)

// Each text is written as it should come out: what is to be found stands in braces, with its kind.
var found = []string{
	"2026年3月2日，{name:陈志强}向我们反映，当场罚款没有给票据。",
	"2026年3月2日，{name:陳志強}向我們反映，當場罰款沒有給票據。",
	"{name:王先生}说，{name:李秀英}的摊位被收走。",
	"{name:歐陽小姐}稱，{name:司徒建國}在場。",
	"当事人{name:黄国华}经营的小店",
	"联系人：{name:谭敏}，电话{phone:13800138000}",
	"聯絡人：{name:譚敏}，電話{phone:138-0013-8000}",
	"店主叫{name:区伟}，住在建设路{address:88号之二203房}。",
	"执法人员{name:冯队长}收走了折叠桌",
	"{name:老陈}和{name:阿强}都看到了",
	"Reported by {name:Mr. Chan Tai Man} on 2026-03-02",
	"身份证号{id_number:11010519491231002X}",
	"身份证号{id_number:110105194912310021}（抄错了一位）",
	"{id_number:１１０１０５１９４９１２３１００２Ｘ}",
	"旧证{id_number:110105491231002}",
	"统一社会信用代码{credit_code:91350100M000100Y43}",
	"统一社会信用代码{credit_code:91440700MA4UABCD1X}",
	"车牌{plate:粤J12345}、{plate:粵J·D12345}、{plate:粤Z1234港}",
	"卡号{bank_card:6222 0212 3456 7890 123}，转给他",
	"办公电话{phone:0750-3221234}，{phone:3221234}，客服{phone:400-820-8820}，香港{phone:+852 9123 4567}",
	"请发到{email:chen.zq@example.com}，微信号{account:chen_zq88}",
	"执法证号{certificate:J0703012}",
	"他出示护照{certificate:E12345678}，香港身份证{certificate:A123456(7)}",
	"处罚决定书{case_number:江新城管罚〔2026〕12号}",
	"他是{birth:1985年3月2日出生}的",
	"手机{number:一三八〇〇一三八〇〇〇}",
	"快递单{number:12345678901234}",
	"检查的是{shop:阿强茶餐厅}和{shop:新联五金商行}",
	"{shop:江门市鸿运食品有限公司}被罚",
	"檢查的是{shop:阿強茶餐廳}",
	"建设路{address:12号}{shop:好运来饭店}",
	"在{address:金汇小区}{address:3栋2单元501}",
	"住在{address:东胜花园}，{address:石头村第三组}",
	"圩顶{address:A12档}，{address:十二号铺}",
}

// What no mark should stand in: words that look like names, sums, days, laws.
var plainTexts = []string{
	"反映投诉超过两个月没有答复。已立案监督，督促区司法局办理。",
	"当场罚款没有给票据，已补给，金额200元，2026年8月17日前退还。",
	"執法人員沒有出示證件，程序不當，已要求退還物品。",
	"依据《中华人民共和国行政处罚法》第五十二条第一款，罚款1234567元。",
	"反映检查太频繁，一个月查了四次。经核查，部分属实，单位已改正，安排联合检查。",
	"江门市蓬江区城市管理和综合执法局已向有关单位发出监督意见书。",
	"反映人说，任何人都可以申请行政复议，时间是2026-08-17，20260817。",
	"该单位高度重视，马上成立专班，查封、扣押清单已补送达。",
	"小店、饭店、超市、批发市场都查了，一楼也查了。",
	"网上办理的，三个工作日内答复，第12号公告，5月9日，8月17号。",
	"全部单位、常年顾问、何时退还、应当说明、许多商户、连续三天、付款方式。",
}

func TestFind(t *testing.T) {
	for _, want := range found {
		text, marked := "", ""
		for rest := want; rest != ""; {
			before, after, more := strings.Cut(rest, "{")
			text, marked = text+before, marked+before
			if !more {
				break
			}
			inside, tail, _ := strings.Cut(after, "}")
			_, words, _ := strings.Cut(inside, ":")
			text, marked, rest = text+words, marked+"{"+inside+"}", tail
		}
		if got := show(text, Find(text)); got != marked {
			t.Errorf("\n got %s\nwant %s", got, marked)
		}
	}
}

func TestFindsNothing(t *testing.T) {
	for _, text := range plainTexts {
		if got := show(text, Find(text)); got != text {
			t.Errorf("too much: %s", got)
		}
	}
}

func TestFindWith(t *testing.T) {
	text := "陈志强在圩顶市场，陈志强说，阿强的旧名是红砖屋。"
	got := show(text, FindWith(text, []Wish{{Words: "红砖屋", Kind: Other}, {Words: "圩顶市场"}}))
	if want := "{name:陈志强}在圩顶市场，{name:陈志强}说，{name:阿强}的旧名是{other:红砖屋}。"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
	got = show(text, FindWith(text, []Wish{{Words: "强在圩顶市场", Kind: Address}}))
	if !strings.HasPrefix(got, "{name:陈志强}在") && strings.Contains(got, "陈志{address") {
		t.Errorf("a mark was cut in two: %s", got)
	}
	for _, m := range FindWith(text, []Wish{{Words: "陈志强"}}) {
		if m.Text == "陈志强" {
			t.Error("kept words were marked")
		}
	}
}

func TestHide(t *testing.T) {
	text := "电话13800138000，请找陈志强。"
	got := Hide(text, Find(text), func(k Kind) string { return "〔" + string(k) + "〕" })
	if want := "电话〔phone〕，请找〔name〕。"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
	if again := Find(got); len(again) != 0 {
		t.Errorf("something is left: %v", again)
	}
}

func show(text string, marks []Mark) string {
	var b strings.Builder
	at := 0
	for _, m := range marks {
		b.WriteString(text[at:m.From] + "{" + string(m.Kind) + ":" + m.Text + "}")
		at = m.To
	}
	return b.String() + text[at:]
}

// Whatever the text: marks stand in order, do not overlap, begin and end with whole characters, and hold what they say.
func FuzzFind(f *testing.F) {
	for _, s := range append(slices.Clone(found), plainTexts...) {
		f.Add(s, "陈志强", "阿强")
	}
	f.Add("\xff13800138000\xfe", "\xff", "")
	f.Add("１３８００１３８０００　粤Ｊ１２３４５", "００", "Ｊ")
	f.Fuzz(func(t *testing.T, text, hide, keep string) {
		for _, marks := range [][]Mark{Find(text), FindWith(text, []Wish{{Words: hide, Kind: Other}, {Words: keep}})} {
			at := 0
			for _, m := range marks {
				if m.From < at || m.From >= m.To || m.To > len(text) || text[m.From:m.To] != m.Text {
					t.Fatalf("mark %+v of %q after %d", m, text, at)
				}
				if utf8.ValidString(text) && !utf8.ValidString(m.Text) {
					t.Fatalf("mark %+v cuts a character", m)
				}
				at = m.To
			}
			if got := Hide(text, marks, func(Kind) string { return "" }); len(got) > len(text) {
				t.Fatal("hiding added something")
			}
		}
	})
}

// Where somebody went into a works, that is no name of one.
func TestWentIn(t *testing.T) {
	if found := Find("没有通知就进厂检查"); len(found) > 0 {
		t.Errorf("marks %+v", found)
	}
}
