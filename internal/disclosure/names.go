package disclosure

import (
	"regexp"
	"slices"
	"strings"
)

// surnames are those of nine in ten people, and those common in Guangdong, in both scripts.
const surnames = "王李张張刘劉陈陳杨楊黄黃赵趙吴吳周徐孙孫马馬朱胡郭何高林罗羅郑鄭梁谢謝宋唐许許韩韓冯馮邓鄧曹彭曾肖蕭萧田董袁潘于蒋蔣蔡余杜叶葉程苏蘇魏吕呂丁任沈姚卢盧姜崔钟鍾谭譚陆陸汪范金石廖贾賈夏韦韋付方白邹鄒孟熊秦邱江尹薛闫閻段雷侯龙龍史陶黎贺賀顾顧毛郝龚龔邵万萬钱錢严嚴覃武戴莫孔向汤湯温溫康施文牛樊葛邢安齐齊易乔喬伍庞龐颜顏倪庄莊聂聶章鲁魯岳翟殷詹申欧歐耿关關兰蘭焦俞左柳甘祝包宁寧尚符舒阮柯纪紀梅童凌毕畢单單季裴霍涂成苗谷盛曲翁冉骆駱蓝藍路游辛靳管柴蒙鲍鮑华華喻祁蒲房滕屈饶饒解牟艾尤阳陽时時穆农農司卓古吉缪繆简簡车車项項连連芦蘆麦麥褚娄婁窦竇戚岑景党宫宮费費卜冷晏席卫衛米柏宗瞿桂全佟应應臧闵閔苟邬鄔边邊卞姬师師仇栾欒隋商刁沙荣榮巫寇桑郎甄丛叢仲虞敖巩鞏明佘池查麻苑迟遲邝鄺区區冼容植"

var compound = []string{"欧阳", "歐陽", "司徒", "司马", "司馬", "上官", "诸葛", "諸葛", "东方", "東方", "皇甫", "尉迟", "公孙", "公孫", "慕容", "令狐", "夏侯"}

// What stands after a name when somebody is spoken of, longest first.
const titles = `先生|女士|小姐|太太|同志|师傅|師傅|老板|老闆|老师|老師|队长|隊長|科长|科長|股长|股長|局长|局長|所长|所長|主任|主席|书记|書記|镇长|鎮長|站长|站長|警官|警员|警員|干部|幹部|经理|經理|店长|店長|会计|會計|医生|醫生|律师|律師|阿姨|阿婆|阿伯|大爷|大爺|大妈|大媽|大姐|大哥|叔叔|伯伯|婆婆|生|太|姨|叔|伯|婶|嬸|哥|姐|总|總|工|队|隊|科|局|所|某人`

var (
	titledName = regexp.MustCompile(`(?:[` + surnames + `]|` + strings.Join(compound, "|") + `)\p{Han}{0,2}?(?:` + titles + `)`)
	afterLabel = regexp.MustCompile(`(?:姓名|名叫|名字叫|叫做|名为|名為|姓|联系人|聯絡人|聯繫人|负责人|負責人|法定代表人|法人代表|经营者|經營者|当事人|當事人|投诉人|投訴人|举报人|舉報人|反映人|提交人|业主|業主|户主|戶主|店主|摊主|攤主|车主|車主|执法人员|執法人員|执法队员|執法隊員|工作人员|工作人員|协管员|協管員|办案人员|辦案人員|承办人|承辦人|居民|村民|市民|司机|司機|收款人|户名|戶名)(?:[:： ]|是|为|為|叫|即)?(?P<it>(?:` + strings.Join(compound, "|") + `|[` + surnames + `])[\p{Han}]{1,2})`)
	latinName  = regexp.MustCompile(`\b(?:Mr|Mrs|Ms|Miss|Dr|Prof)\.? ?[A-Z][A-Za-z'-]+(?: [A-Z][A-Za-z'-]+){0,2}`)
	bareName   = regexp.MustCompile(`(?:` + strings.Join(compound, "|") + `|[` + surnames + `])[\p{Han}]{2}`)
	shortName  = regexp.MustCompile(`(?:^|[^\p{Han}])(?P<it>[` + surnames + `][\p{Han}])(?:$|[^\p{Han}]|[说說称稱于於被向把])`)
)

// titled finds a surname before a title, also with 老, 小 and 阿.
func titled(t text) []Mark {
	var out []Mark
	t.each(titledName, func(from, to int) {
		if name := string(t.runes[from:to]); !startsCommon(name) && !short(name, t.after(to, 1)) {
			out = append(out, t.mark(Name, ByTitle, from, to))
		}
	})
	for i := range t.runes { // 老陈, 小李, 阿强
		if i+2 > len(t.runes) || !edge(t, i, i+2) || !isHan(t.runes[i+1]) {
			continue
		}
		name := string(t.runes[i : i+2])
		called := t.runes[i] == '阿' || strings.ContainsRune("老小", t.runes[i]) && strings.ContainsRune(surnames, t.runes[i+1])
		if called && !slices.Contains(notCalled, name) {
			out = append(out, t.mark(Name, BySurname, i, i+2))
		}
	}
	return append(out, t.matches(latinName, Name, ByTitle)...)
}

var notCalled = []string{"小区", "小區", "小车", "小車", "小米", "小时", "小時", "小路", "小石", "小农", "小農", "老路", "老区", "老區", "老师", "老師", "老房", "小房", "小包", "小单", "小單", "小商", "老农", "老農", "小党", "老党"}

// short says whether a one-character title is in truth the beginning of another word: 王生产, 李工作.
func short(name, next string) bool {
	r := []rune(name)
	last := string(r[len(r)-1])
	if !strings.Contains("生太姨叔伯婶嬸哥姐总總工队隊科局所", last) || strings.HasSuffix(name, "先生") {
		return false
	}
	if strings.Contains("队隊科局所", last) && len(r) > 2 || len(r) == 2 && slices.Contains(notTitled, name) {
		return true // 城管局, 文化科: no surname at all
	}
	return next != "" && isHan([]rune(next)[0]) && !strings.Contains(afterName, next)
}

var notTitled = []string{"关局", "万局", "商科", "文科", "施工", "农工", "農工", "全局", "时局", "时总", "和局", "石工", "师生", "師生", "发生", "华工", "華工", "车工", "車工", "管工", "单生", "于所", "全所", "安工", "安生", "市局", "区局", "區局", "区所", "區所", "宁局", "华生", "卫生", "衛生", "方太", "米太", "解局", "全科", "农科", "農科", "车队", "車隊", "连队", "連隊", "农生", "单总", "任总", "安所", "管所", "管局", "管科", "管队", "管隊", "路局", "路所", "党总", "季总", "应总", "成总", "解总"}

// labelled finds what follows a word that names a person.
func labelled(t text) []Mark {
	var out []Mark
	t.each(afterLabel, func(from, to int) {
		for to-from > 2 && strings.ContainsRune(afterName, t.runes[to-1]) { // 当事人王强在…
			to--
		}
		if name := string(t.runes[from:to]); !startsCommon(name) && !strings.ContainsRune(name, '某') {
			out = append(out, t.mark(Name, ByWord, from, to))
		}
	})
	return out
}

// What stands around a name that no word announces.
const (
	beforeName = "的和与與及由向被叫给給把是对對让讓请請找跟同为為经經、"
	afterName  = "反投举舉都说說称稱的和与與被把向来來去到在是也就又先没沒不于於因对對从從给給等已未将將要经經拿收带帶有交未曾"
)

// fullNames finds a surname with two more characters, or with one, between what stands around names. It takes many a word
// for a name: the list of words that begin like a surname keeps the most common ones out.
func fullNames(t text) []Mark {
	var out []Mark
	found := func(from, to int) {
		name := string(t.runes[from:to])
		if !startsCommon(name) && !strings.ContainsRune(name, '某') && !strings.ContainsAny(name[len("王"):], notInNames) {
			out = append(out, t.mark(Name, BySurname, from, to))
		}
	}
	for i := range t.runes { // at every place: the pattern would skip those within one another
		size := 3
		if i+3 <= len(t.runes) && slices.Contains(compound, string(t.runes[i:i+2])) && i+4 <= len(t.runes) && edge(t, i, i+4) {
			size = 4
		}
		if i+size <= len(t.runes) && bareName.MatchString(string(t.runes[i:i+size])) && edge(t, i, i+size) && allHan(t.runes[i:i+size]) {
			found(i, i+size)
		}
	}
	t.each(shortName, found)
	return out
}

// edge says whether a name may begin and end at these places.
func edge(t text, from, to int) bool {
	begins := from == 0 || !isHan(t.runes[from-1]) || strings.ContainsRune(beforeName, t.runes[from-1])
	ends := to == len(t.runes) || !isHan(t.runes[to]) || strings.ContainsRune(afterName, t.runes[to])
	return begins && ends
}

func allHan(list []rune) bool {
	return !slices.ContainsFunc(list, func(r rune) bool { return !isHan(r) })
}

// Characters that stand in next to no name.
const notInNames = "的了是在不没沒被把向到从從给給这這那哪什么麼吗嗎呢吧啊个個们們你我他她它您次件处處罚罰款项項查检檢执執收费費票据據证證局所队隊员員店铺铺舖路街镇鎮区區县縣市村号號点點分年月日时時元万萬约約案规規"

// startsCommon says whether what looks like a name begins with an everyday word.
func startsCommon(name string) bool {
	return slices.ContainsFunc(everyday, func(w string) bool { return strings.HasPrefix(name, w) })
}
