package bench

import (
	"fmt"
	"math/rand/v2"
	"strings"
)

// place is a county and who leads its supervision.
type place struct{ county, head string }

// places of the demo city; half of all matters are in the first.
var places = []place{{county, head}, {"440704", "wu-jiahe"}, {"440705", "tan-heming"}, {"440781", "tang-siqi"},
	{"440783", "feng-baishuo"}, {"440784", "deng-zhiyuan"}, {"440785", "liu-shaoqing"}}

// bodyLength is how many characters an account has: that of the systems compared with.
const bodyLength = 300

// What is searched for. The rare words stand in so many matters, the common ones in many.
const (
	rare2, rare4     = "鹞鳐", "鼋鼍鹳鹮"
	common2, common4 = "检查", "没有出示"
	rareHits         = 20
)

var clauses = strings.Fields(`那天上午我正在店里招呼客人 来了几个人说要检查 没有出示证件就进了后厨 问他们是哪个单位的也不回答 把桌椅和阳伞都搬上了车
当时街坊邻居都看见了 后来去办公室问了两次 窗口的人让我回去等电话 到现在已经过了半个多月 单子上没有写清楚依据的是哪一条
我把收据和照片都留着 希望有人来看一看现场 旁边的铺位情况一样却没有人管 打了好几次热线都说会转给有关单位 转来转去又回到原来的地方
老人家腿脚不便走了很远的路 孩子上学的时候路口都堵满了车 夜里的噪声一直到凌晨才停 水渠里的水一连几天发黑发臭 楼道里堆的杂物挡住了消防通道
合同上写的和实际收的不一样 退货的时候说要扣一半的钱 商家不肯给发票 广告里说的功能根本没有 换了两次还是坏的 请把处理的结果告诉我
说明为什么同样的事处理得不一样 如果确实是我不对我愿意改 只是想弄明白应该找谁 谢谢你们抽时间看这封信`)

var streets = strings.Fields(`河堤路 北门市场 文昌路 新圩村口 南堤路口 沿江夜市 迎宾路 中山路 港口路 东湖花园 江边工业园 东成路 跃进路 石湾旧街 环城北路 白石大道 龙湾工业区 高新区 大塘村 北苑`)

// characters that vary: what makes texts of different people differ. About as many as a newspaper uses.
const firstHan, varied = 0x4e00, 2500

// prose is text of about n characters.
func prose(d *rand.Rand, n int) string {
	var b strings.Builder
	for long := 0; long < n; {
		s := clauses[d.IntN(len(clauses))]
		if d.IntN(4) == 0 {
			s = fmt.Sprintf("%s%d号的%c%c%c%c说", streets[d.IntN(len(streets))], d.IntN(300), han(d), han(d), han(d), han(d))
		}
		b.WriteString(s + "，")
		long += len([]rune(s)) + 1
	}
	return b.String() + "。"
}

func han(d *rand.Rand) rune { return rune(firstHan + d.IntN(varied)*7) }

func title(d *rand.Rand) string {
	return fmt.Sprintf("%s%d号%c%c的事", streets[d.IntN(len(streets))], d.IntN(300), han(d), han(d))
}

// report is what a member of the public writes.
func report(d *rand.Rand, county string) map[string][]string {
	return map[string][]string{"problem": {"consumer_dispute"}, "organ": {county + "-scjg"}, "division": {county}, "place": {title(d)},
		"account": {prose(d, bodyLength)}, "wish": {prose(d, 30)}, "identity": {"anonymous"}, "lang": {"zh-Hans"}}
}

// reportOf is the report of matter i of n; a few in the first county hold the rare words.
func reportOf(i, n int, d *rand.Rand, county string) map[string][]string {
	r := report(d, county)
	if i%max(2, n/rareHits/2*2) == 0 {
		r["account"][0] += rare2 + "，" + rare4 + "。"
	}
	return r
}
