package disclosure

import (
	"regexp"
	"slices"
	"strings"
)

var (
	// 12号, 88 號之一 203 房, 3栋2单元501, A12档, 十二号铺
	door = regexp.MustCompile(`(?:[A-Za-z]?-?[0-9]{1,5}|[一二三四五六七八九十百]{1,4})(?:-[0-9]{1,4})? ?(?:号|號|栋|棟|幢|座|单元|單元|楼|樓|层|層|室|房|铺|舖|鋪|档|檔)(?:(?:之[一二三四五六七八九十0-9]{1,2})|(?:[A-Za-z]?[0-9]{1,5} ?(?:号|號|栋|棟|幢|座|单元|單元|楼|樓|层|層|室|房|铺|舖|鋪|档|檔)?)|铺|舖|鋪|档|檔|楼|樓|首层|首層)*`)
	// What stands before a door number and belongs to it.
	street = regexp.MustCompile(`[\p{Han}A-Za-z0-9]{1,8}(?:路|街|道|巷|里|村|坊|社区|社區|大道|横|橫|组|組|队|隊)(?:[东西南北中東]|[一二三四五六七八九十]{1,2}(?:巷|横|橫|街))?$`)
	estate = regexp.MustCompile(`[\p{Han}]{2,8}?(?:小区|小區|花园|花園|花苑|大厦|大廈|公寓|豪庭|华庭|華庭|新村|新邨|商场|商場|宿舍|工业园|工業園|市场|市場)`)
	group  = regexp.MustCompile(`[\p{Han}]{1,4}村[\p{Han}]{0,4}?(?:第?[0-9一二三四五六七八九十]{1,3}(?:组|組|队|隊)|[\p{Han}]{1,3}(?:村民小组|村民小組))`)
	lane   = regexp.MustCompile(`[\p{Han}]{1,5}(?:胡同|[一二三四五六七八九十0-9]{1,2}巷|巷[0-9]+)`)
)

// notDoors is what a number before 号 or 楼 often is besides a door.
var notDoors = regexp.MustCompile(`(?:第|月|月份|年|文|令|公告|线|線|近|约|約|共|〕|\]|\)|］)$`)

// doors finds door numbers. The street before them stays: that tells nobody apart.
func doors(t text) []Mark {
	var out []Mark
	t.each(door, func(from, to int) {
		if from > 0 && isWord(t.runes[from-1]) {
			return
		}
		before := t.before(from, 14)
		if notDoors.MatchString(strings.TrimSpace(before)) {
			return
		}
		whole := string(t.runes[from:to])
		if numbered.MatchString(whole) && !street.MatchString(before) && !strings.ContainsAny(t.after(to, 1), "铺舖鋪店档檔房室楼樓") {
			return // 一楼, 三层: which floor, of a building nobody named
		}
		out = append(out, t.mark(Address, ByPlace, from, to))
	})
	return out
}

var numbered = regexp.MustCompile(`^[一二三四五六七八九十1-9]{1,2}(?:楼|樓|层|層)$`)

// estates finds places finer than a street by their names.
func estates(t text) []Mark {
	var out []Mark
	for _, re := range []*regexp.Regexp{estate, group, lane} {
		t.each(re, func(from, to int) {
			from += afterStop(t, from, to)
			if strings.HasPrefix(t.after(to, 1), "监") || strings.HasPrefix(t.after(to, 1), "監") {
				return // 市场监督管理局
			}
			if name := string(t.runes[from:to]); !generic(name, estateEndings) {
				out = append(out, t.mark(Address, ByPlace, from, to))
			}
		})
	}
	return out
}

var estateEndings = []string{"小区", "小區", "花园", "花園", "花苑", "大厦", "大廈", "公寓", "新村", "新邨", "商场", "商場", "宿舍", "工业园", "工業園", "市场", "市場", "豪庭", "华庭", "華庭"}

var (
	shop = regexp.MustCompile(`[\p{Han}A-Za-z0-9·]{1,18}?(?:有限责任公司|有限責任公司|有限公司|分公司|公司|合作社|工作室|经营部|經營部|服务部|服務部|便利店|专卖店|專賣店|火锅店|早餐店|饭店|飯店|酒店|药店|藥店|书店|書店|商店|店|档|檔|餐厅|餐廳|酒家|酒楼|酒樓|茶楼|茶樓|茶餐厅|茶餐廳|食府|餐馆|餐館|饭馆|飯館|宾馆|賓館|旅馆|旅館|发廊|髮廊|理发馆|美容院|商行|超市|士多|药房|藥房|诊所|診所|工厂|工廠|厂|廠|网吧|網吧|民宿|大排档|大排檔|麻辣烫|烧腊|燒臘|幼儿园|幼兒園)`)
	// Words a name never goes across: what stands before them is not part of it.
	stops = []string{"反映的", "检查的", "檢查的", "经营的", "經營的", "在", "的", "是", "到", "由", "被", "对", "對", "把", "向", "和", "与", "與", "给", "給", "了", "从", "從", "及", "称", "稱", "说", "說", "经过", "經過", "附近", "路", "街", "号", "號", "没收", "沒收", "责令", "責令", "处罚", "處罰", "反映", "举报", "舉報", "投诉", "投訴", "要求", "通知", "进入", "進入", "路过", "路過", "关于", "關於", "涉及", "检查", "檢查"}
	// What is no name before such an ending.
	commonWords = []string{"", "该", "該", "本", "某", "其", "去", "查", "进", "開", "开", "关", "關", "为", "為", "于", "於", "一家", "这家", "這家", "那家", "两家", "兩家", "几家", "幾家", "多家", "某家", "每家", "各家", "三家", "一间", "一間", "这间", "這間", "两间", "兩間", "小", "商", "门", "門", "饮食", "飲食", "餐饮", "餐飲", "饮", "早餐", "快餐", "路边", "路邊", "沿街", "附近", "个体", "個體", "大", "新", "全部", "整个", "整個", "有关", "有關", "相关", "相關", "其他", "当事", "當事", "企业", "企業", "同类", "同類", "周边", "周邊", "各", "多个", "多個", "一个", "一個", "归", "歸", "存", "卷", "建", "网", "網", "自己", "自家", "他", "她", "我", "我们", "我們", "您", "农贸", "農貿", "集贸", "集貿", "批发", "批發", "夜", "劳务", "勞務", "农产品", "農產品", "住宅", "工业", "工業", "老旧", "老舊", "住", "所有", "全市", "市场", "市場", "国内", "國內", "二手", "加工", "食品", "服装", "服裝", "水果", "日用品", "供电", "供水", "药", "藥", "酒", "茶", "面", "麵", "杂货", "雜貨", "夜市", "大排", "摊", "攤", "摊位", "攤位", "跨", "升", "调", "調", "低", "高", "中", "搭", "入"}
)

// shops finds names of shops and companies by how they end.
func shops(t text) []Mark {
	var out []Mark
	t.each(shop, func(from, to int) {
		from += afterStop(t, from, to)
		if from >= to {
			return
		}
		name := string(t.runes[from:to])
		if !generic(name, shopEndings) && !counted.MatchString(name) && !endsElse(t, to) {
			out = append(out, t.mark(Shop, ByEnding, from, to))
		}
	})
	return out
}

// counted is how many there were, and no name.
var counted = regexp.MustCompile(`[一二两兩三四五六七八九十几幾多数數同三][家间間类類方]\p{Han}{0,2}[店档檔厂廠司馆館]$`)

// endsElse says whether a short ending is in truth within another word, or a number of a stall, or where somebody went in.
func endsElse(t text, to int) bool {
	last, next := string(t.runes[to-1]), t.after(to, 1)
	return strings.ContainsAny(last, "店档檔厂廠") && (next != "" && strings.Contains("家主铺鋪舖员員案房里裡次", next) || isWord(t.runes[to-2]) || strings.ContainsRune("进進入", t.runes[to-2]))
}

var shopEndings = []string{"有限责任公司", "有限責任公司", "有限公司", "分公司", "公司", "合作社", "工作室", "经营部", "經營部", "服务部", "服務部", "便利店", "专卖店", "專賣店", "早餐店", "火锅店", "饭店", "飯店", "酒店", "药店", "藥店", "书店", "書店", "商店", "餐厅", "餐廳", "酒家", "酒楼", "酒樓", "茶楼", "茶樓", "茶餐厅", "茶餐廳", "食府", "餐馆", "餐館", "饭馆", "飯館", "宾馆", "賓館", "旅馆", "旅館", "发廊", "髮廊", "理发馆", "美容院", "商行", "超市", "士多", "药房", "藥房", "诊所", "診所", "工厂", "工廠", "网吧", "網吧", "民宿", "大排档", "大排檔", "麻辣烫", "烧腊", "燒臘", "幼儿园", "幼兒園", "店", "档", "檔", "厂", "廠"}

// generic says whether a name is nothing but a common word before its ending.
func generic(name string, endings []string) bool {
	for _, e := range endings {
		if rest, is := strings.CutSuffix(name, e); is && slices.Contains(commonWords, rest) {
			return true
		}
	}
	return false
}

// afterStop is how many characters of a place lie before its name: up to the last word no name goes across.
func afterStop(t text, from, to int) int {
	name, cut := string(t.runes[from:to]), 0
	for _, s := range stops {
		if i := strings.LastIndex(name, s); i >= 0 {
			if n := len([]rune(name[:i+len(s)])); n > cut && n < to-from {
				cut = n
			}
		}
	}
	return cut
}
