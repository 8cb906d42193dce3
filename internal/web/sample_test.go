package web

import (
	"context"
	"io"
	"net/http"
	"time"

	"github.com/a-h/templ"

	"yifa/internal/calendar"
	"yifa/internal/i18n"
)

// sampleSite is an invented place with every part filled in.
var sampleSite = Site{
	Service: i18n.Text{ZhHans: "江门市行政执法监督平台", ZhHant: "江門市行政執法監督平台", En: "Jiangmen Enforcement Supervision"},
	Host:    i18n.Text{ZhHans: "江门市司法局", ZhHant: "江門市司法局", En: "Jiangmen Justice Bureau"},
	Phone:   "12345", Demo: true,
	PortalNav: []Link{{Path: "/report", Label: "web.to_do"}, {Path: "/track", Label: "web.change", Wide: true}},
	DeskNav:   []Link{{Path: "/desk", Label: "web.today"}, {Path: "/desk/matters", Label: "web.figures"}},
	Footer:    []LinkList{{Title: "web.to_do", Links: []Link{{Path: "/report", Label: "web.to_do"}, {Path: "tel:12345", Label: "web.all"}}}},
}

func day(m time.Month, d int) calendar.Date { return calendar.New(2026, m, d) }

func moment(m time.Month, d, minute int) calendar.Moment {
	return calendar.Moment{Day: day(m, d), Minute: minute}
}

var sampleCite = Cite{Key: "zfjd-gd/33", Label: "第三十三条", Title: "广东省行政执法监督条例第三十三条",
	Gist: "收到建议书后，在期限内整改并报送情况。", InForce: calendar.New(2016, 7, 1), Unverified: "文书名称已改，待核对。", Path: "/law/zfjd-gd/33"}

var sampleWhy = Why{Lines: []WhyLine{
	{From: day(9, 23), Text: "收到。当天不算", Unverified: true},
	{From: day(9, 25), To: day(9, 27), Text: "中秋节放假，不算", Source: "国务院办公厅 2026 年放假安排"},
	{Label: "算法", Text: "按工作日算", Cites: []Cite{sampleCite}},
	{From: day(10, 8), Text: "第 5 个工作日，到期", End: true},
}}

func sampleClocks() []Clock {
	base := Clock{ID: "c-answer", Title: "答复提交人", Unverified: true, Unit: Workdays, Total: 30, Used: 15, Left: 15,
		From: day(9, 29), FromLabel: "9月29日受理", Due: day(11, 18), Today: day(10, 28),
		Pauses: []Pause{{day(10, 1), day(10, 9)}}, Face: Running, Key: true, Why: &sampleWhy,
		Ledger: []LedgerRow{
			{From: day(9, 30), Counted: 1, Ground: "受理的次日起算"},
			{From: day(10, 1), To: day(10, 9), Paused: true, Ground: "等待提交人补充材料", Unverified: true, Who: "何予宁"},
			{From: day(10, 10), ToToday: true, Counted: 14, Ground: "10月10日是调休上班日，计入"},
		}}
	simple := Clock{Title: "整改", Cite: &sampleCite, Unit: Days, Total: 30, Today: day(10, 28), Level: 3}
	soon, late, paused, provisional, closed := simple, simple, simple, simple, simple
	soon.ID, soon.Face, soon.Left, soon.From, soon.Due = "c-soon", Soon, 2, day(9, 30), day(10, 30)
	late.ID, late.Face, late.Left, late.From, late.Due = "c-late", Late, 2, day(9, 26), day(10, 26)
	paused.ID, paused.Face, paused.Left, paused.Unit, paused.From = "c-paused", Suspended, 21, Workdays, day(10, 8)
	paused.Pauses = []Pause{{From: day(10, 21)}}
	provisional.ID, provisional.Face, provisional.Due, provisional.Calendar = "c-about", Provisional, calendar.New(2027, 1, 12), "2027"
	closed.ID, closed.Face, closed.Used, closed.Unit, closed.Calendar = "c-closed", Closed, 22, Workdays, "2026"
	return []Clock{base, soon, late, paused, provisional, closed}
}

// around gives a component that takes children its children.
func around(c templ.Component, parts ...templ.Component) templ.Component {
	return templ.ComponentFunc(func(ctx context.Context, w io.Writer) error {
		return c.Render(templ.WithChildren(ctx, templ.Join(parts...)), w)
	})
}

func tag(open, shut string, parts ...templ.Component) templ.Component {
	return templ.Join(append(append([]templ.Component{templ.Raw(open)}, parts...), templ.Raw(shut))...)
}

var sampleFields = []Field{
	{Kind: TextField, Name: "name", Label: "单位", Hint: "不用写全名", Value: `白沙"<b>`, Sees: SeenByStaff, InputMode: "text", Autocomplete: "off"},
	{Kind: AreaField, Name: "story", Label: "发生了什么", Error: "写一写发生了什么，一两句话也可以", Max: 500},
	{Kind: Radios, Name: "organ", Label: "哪个单位", Value: "o1", Options: []Option{{Value: "o1", Label: "白沙街道", Hint: "街道"}, {Value: "o2", Label: "我不清楚是哪个单位", Divider: true}}},
	{Kind: Checkboxes, Name: "kinds", Label: "问题类别", Error: "请选一项", Values: []string{"b"}, Options: []Option{{Value: "a", Label: "没有出示证件"}, {Value: "b", Label: "没有给清单"}}},
	{Kind: Select, Name: "what", Label: "要办什么", Value: "2", Options: []Option{{Value: "1", Label: "听证"}, {Value: "2", Label: "复议"}}},
	{Kind: DateField, Name: "day", Label: "哪一天", Value: "2026-09-04", Error: "没有这一天"},
	{Kind: FileField, Name: "photo", Label: "照片", Accept: "image/*", Multiple: true, Sees: SeenByFiler},
	{Kind: Hidden, Name: "rev", Value: "7"},
}

// samplePortal shows every component of the portal once.
func samplePortal() templ.Component {
	clocks := sampleClocks()
	qr, _ := NewQR("https://example.org/track#4827159033647718")
	clocks[0].Level, clocks[0].Ledger = 2, nil
	faces := make([]templ.Component, 0, len(clocks))
	for _, c := range clocks {
		faces = append(faces, ClockBar(c))
	}
	main := tag(`<div class="yifa-stack--l">`, `</div>`,
		tag(`<div>`, `</div>`, BackLink("/", "上一步"), Step(StepView{"我要监督", "核对并提交", 5, 6}), templ.Raw(`<h1 class="govuk-heading-xl">样张</h1>`)),
		Errors(FieldErrors(sampleFields)),
		tag(`<form class="yifa-stack" method="post" data-keep="sample">`, `</form>`, AskAll(sampleFields), Proof("v1.token", 16, 8), Button("保存并继续")),
		around(Group("g1", "发生了什么", SeenByStaff), Summary([]SummaryRow{{Key: "经过", Values: []string{"第一段", "第二段"}, Note: "已清除位置", Change: "/report/story"}, {Key: "方式", Values: []string{"匿名"}}})),
		Slip(Receipt{Title: "监督事项回执", Code: "4827159033647718", QR: qr, Proof: "20418 9f3c", Verify: "/verify",
			Facts: []Fact{{Key: "提交时间", At: moment(9, 23, 20*60+14)}, {Key: "提交方式", Value: "匿名", Sees: SeenByNone}}}),
		tag(`<div class="govuk-button-group yifa-noprint">`, `</div>`, PrintButton("打印"), CopyButton("复制回执码", "已复制")),
		WhyFold(sampleWhy), tag(`<div>`, `</div>`, faces...),
		Timeline([]TimelineItem{{State: "next", Title: "答复您", At: moment(11, 18, -1), Before: true}, {State: "now", Title: "等待街道改正", When: "现在"},
			{Title: "听取说明", At: moment(10, 12, -1), To: day(10, 15), Detail: []string{"", "何予宁"}, Cite: &sampleCite}, {Title: "收到", Note: "说明", At: moment(9, 23, 1214)}}),
		Messages([]Message{{Text: "请补充\n照片", Who: "承办人", At: moment(9, 30, 626)}, {Mine: true, Text: "传上来了", Who: "您", At: moment(10, 9, 520), Link: Crumb{"/f", "照片 2 张"}, Tag: &Tag{"新消息", "yellow"}, Sees: SeenByFiler}}),
		Refused(Refusal{Title: "现在不能报请制发决定书", Why: "整改期限还没有满。", Cites: []Cite{sampleCite}, Unverified: true, Next: "先催告。", NextLink: Crumb{"/x", "催告整改"}}),
		Empty("没有待认领的事项", "新收到的会出现在这里。", Crumb{"/desk", "看看今天到期的"}), around(Inset("没有找到这个回执码", "请核对 16 位数字。"), templ.Raw("")),
		Figures([]Figure{{Value: "214", Unit: "件", Label: "收到", Path: "/open"}, {Value: "98.1", Unit: "%", Label: "按期答复"}}),
		around(Details("怎样知道是哪个单位", false), templ.Raw("<p>看证件。</p>")), Pages(PagesView{Prev: "/a?before=1", Next: "/a?after=2"}),
		tag(`<p>`, `</p>`, DayFull(day(10, 8)), DayWeek(day(10, 8)), AtFull(moment(10, 8, 60)), TagOf(Tag{Text: "正在整改"}), Sees(SeenByAll), Sees(SeenByParties)),
	)
	return tag(`<div class="govuk-grid-row govuk-grid-row--main-aside">`, `</div>`, main,
		Notes("safe", "您可以放心", []Note{{Icon: "lock", Text: "被反映的单位看不到您是谁。"}, {Icon: "office", Title: "仅工作人员", Text: "办理这件事的人。"}}))
}

// sampleDesk is a matter and a day of the desk.
func sampleDesk() templ.Component {
	clocks := sampleClocks()
	var days []DayCell
	for d := day(10, 26); d < day(11, 9); d++ {
		wd := d.Weekday()
		days = append(days, DayCell{Day: d, Off: wd == time.Saturday || wd == time.Sunday && d != day(11, 8), Workday: d == day(11, 8), Today: d == day(10, 28), Count: int(d) % 3})
	}
	open := []Act{{Name: "登记整改情况", Path: "/desk/m/acts/x", Note: "收到材料后办理。", Cite: &sampleCite}, {Name: "延长答复期限", Path: "/desk/m/acts/y", Unverified: true}}
	closed := []Act{{Name: "答复提交人", Note: "整改还没有核验。", Unverified: true}, {Name: "评价", Note: "答复之后", Waiting: true}}
	return templ.Join(
		Breadcrumbs([]Crumb{{"/desk", "今天"}, {"", "86号"}}),
		tag(`<header class="yifa-panel yifa-mhead"><h1 class="govuk-heading-xl">扣押物品没有给清单</h1>`, `</header>`,
			Facts([]Fact{{Key: "提交人", Value: "匿名", Sees: SeenByNone}, {Key: "被反映单位", Value: "白沙街道办事处", Path: "/o"}})),
		Sums([]Sum{{1, "逾期", "#late", "late"}, {2, "今天到期", "#now", "soon"}, {4, "三个工作日内", "/a", ""}, {17, "我在办", "/b", ""}, {1205, "待认领", "/c", ""}}),
		tag(`<div class="govuk-grid-row govuk-grid-row--matter">`, `</div>`,
			tag(`<section class="yifa-panel yifa-area-clocks" aria-label="期限">`, `</section>`, Head("h-ck", "期限", ""), ClockBar(clocks[0]), ClockBar(clocks[1])),
			tag(`<aside class="yifa-aside" aria-label="办理">`, `</aside>`, Acts(open, closed), around(Panel("cal", "两周到期"), TwoWeeks(days))),
			tag(`<div class="yifa-two">`, `</div>`,
				Tasks([]Task{{Kind: "late", Due: day(10, 26), Tag: &Tag{"逾期 2 天", "red"}, Title: "荷塘镇逾期未报送", Path: "/desk/1", Meta: []string{"〔2026〕9号", "个案监督"}, Next: "催告"},
					{Kind: "soon", Today: true, Title: "罚款没有票据", Path: "/desk/2", Link: Crumb{"/desk/2/claim", "认领"}}}),
				around(Panel("docs", "文书和材料"), Files([]File{{Icon: "draft", Name: "监督意见书", Path: "/d", Meta: []string{"已送达"}, Sees: SeenByParties}, {Icon: "lock", Name: "照片原件", Sees: SeenByNone}})))),
	)
}

// sampleRoutes is a small door made of this package only.
func sampleRoutes() http.Handler {
	mux := http.NewServeMux()
	mux.Handle("GET /sample", Handle(func(w http.ResponseWriter, r *http.Request) error {
		p := NewPage(r, Portal, "样张")
		p.Current = "/track"
		return Render(w, r, http.StatusOK, p, samplePortal())
	}))
	mux.Handle("GET /desk", Handle(func(w http.ResponseWriter, r *http.Request) error {
		p := NewPage(r, Desk, "今天")
		p.User, p.Current = &User{Name: "何予宁", Post: "行政执法监督人员", Organ: "蓬江区司法局", Path: "/desk/account"}, "/desk"
		return Render(w, r, http.StatusOK, p, sampleDesk())
	}))
	mux.Handle("/", NotFoundPage())
	return mux
}
