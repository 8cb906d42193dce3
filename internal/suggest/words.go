package suggest

// tellingWords are words by which people tell a kind of problem.
var tellingWords = map[string][]string{
	"rough_or_discriminatory": {"骂", "推搡", "推了", "打人", "态度恶劣", "态度粗暴", "吼", "外地人"},
	"no_identification":       {"没有出示", "没出示", "不出示", "没有亮证", "执法证", "没给我看证", "没有给我看证"},
	"arbitrary_fine":          {"罚款", "罚了", "罚得"},
	"arbitrary_fee":           {"收费", "清洁费", "卫生费", "管理费", "赞助费", "工本费"},
	"arbitrary_seizure":       {"扣押", "查封", "扣走", "搬走", "没收", "暂扣", "拉走"},
	"too_many_inspections":    {"又来查", "反复检查", "天天来查", "轮流来", "多次检查", "第三次", "第四次"},
	"inaction":                {"没人管", "没有人管", "不管", "推诿", "互相推", "没有处理", "没有答复"},
	"no_notice_or_receipt":    {"票据", "收据", "发票", "没有清单", "没给清单", "决定书"},
	"selective":               {"只罚", "别人不罚", "隔壁没有", "只查我"},
	"procedural_fault":        {"没有告知", "听证", "陈述", "申辩", "一个人来"},
	"corruption_sign":         {"红包", "好处费", "回扣", "请吃饭", "送礼"},
	"praise":                  {"表扬", "感谢", "点赞", "锦旗"},
}

// aliases are what people call organs of a kind.
var aliases = map[string][]string{
	"urban":            {"城管"},
	"market":           {"市场监管", "市监局", "工商"},
	"transport":        {"交通局", "交通执法", "运管"},
	"ecology":          {"生态环境", "环保"},
	"police":           {"公安", "派出所", "交警", "警察"},
	"town_enforcement": {"综合执法", "综合行政执法", "执法办", "执法队", "城管"},
	"agriculture":      {"农业局", "农业农村", "渔政"},
	"emergency":        {"应急管理", "安监"},
	"health":           {"卫健", "卫生监督"},
	"housing":          {"住建", "房管"},
	"labour":           {"人社", "劳动监察"},
	"resources":        {"自然资源", "国土"},
	"culture":          {"文广旅", "文化执法"},
	"tax":              {"税务"},
}
