package document

import "strings"

// A title is broken where its words end and into lines of about the same length (GB/T 9704 7.3.1). Without a dictionary
// of words, these are marks after which one ends or before which one begins, and such that belong to what is before.
const (
	wordEnds   = "于的和与及对、》）】」”局府院厅委会部处所队站市省县区镇案"
	wordBegins = "《（【「“关对和与及案"
	belongs    = "的了等们书案局府"
)

// neverCut are words of official titles inside which none is broken.
var neverCut = strings.Fields(`行政 执法 监督 人员 企业 单位 公司 有限 有限公司 检查 处罚 处理 强制 措施 决定 意见 通知 通报 公告 公示 报告 请示 复函
	案件 案卷 评查 情况 情形 问题 整改 工作 专项 方案 制度 办法 规定 办理 管辖 争议 移送 涉嫌 犯罪 复议 诉讼 申请 听证 调查 核查 许可 备案 经营 生产 使用 出示
	证件 混合 运输 车辆 道路 交通 环境 生态 安全 管理 综合 城市 农业 农村 市场 文化 卫生 应急 食品 药品 建筑 垃圾 工程 渣土 有关 关于 存在 没有 未经 擅自 违法 不当 违反`)

// Costs of a break, in the square of characters by which a line is longer or shorter than the others.
const (
	insideWord  = 6
	insideKnown = 18 // inside one of neverCut
	insideTitle = 20 // between 《 and 》
)

// titleLines breaks a title into as few lines as hold it; one longer than three lines as a paragraph is.
func titleLines(all []cluster, room float64) [][]cluster {
	n := int(widthOf(all)/room) + 1
	if n == 1 {
		return [][]cluster{all}
	}
	for lines := n; lines <= 3; lines++ {
		if cost, ends := cheapest(all, lines, room); cost < never {
			return cut(all, ends)
		}
	}
	var out [][]cluster
	for _, one := range breakLines(all, titleSize, room, 0) {
		out = append(out, one.clusters)
	}
	return out
}

// never is the cost of what cannot be.
const never = 1e9

// cheapest finds after how many clusters each of so many lines ends.
func cheapest(all []cluster, lines int, room float64) (float64, []int) {
	even := widthOf(all) / titleSize // of this and all lines after it
	if lines == 1 {
		if widthOf(all) > room+0.01 {
			return never, nil
		}
		return 0, []int{len(all)}
	}
	least, best := float64(never), []int(nil)
	long := 0.0
	for i := 1; i < len(all); i++ {
		if long += all[i-1].width; long > room+0.01 {
			break
		}
		if !all[i-1].ends {
			continue
		}
		rest, ends := cheapest(all[i:], lines-1, room)
		off := long/titleSize - even/float64(lines)
		if cost := off*off + breakCost(all, i) + rest; rest < never && cost < least {
			least, best = cost, append([]int{i}, ends...)
		}
	}
	return least, best
}

// breakCost is what a break before cluster i costs.
func breakCost(all []cluster, i int) float64 {
	cost := 0.0
	if !strings.Contains(wordEnds, all[i-1].text) && !strings.Contains(wordBegins, all[i].text) {
		cost = insideWord
	}
	if strings.Contains(belongs, all[i].text) {
		cost += insideWord
	}
	if cutsWord(all, i) {
		cost += insideKnown
	}
	open := 0
	for _, c := range all[:i] {
		open += strings.Count(c.text, "《") - strings.Count(c.text, "》")
	}
	if open > 0 {
		cost += insideTitle
	}
	return cost
}

// cutsWord says whether a break before cluster i goes through one of neverCut.
func cutsWord(all []cluster, i int) bool {
	text := func(of []cluster) string {
		var b strings.Builder
		for _, c := range of {
			b.WriteString(c.text)
		}
		return b.String()
	}
	const longest = 4 // characters of a word
	before, after := text(all[max(i-longest, 0):i]), text(all[i:min(i+longest, len(all))])
	for _, word := range neverCut {
		for at := range word {
			if at > 0 && strings.HasSuffix(before, word[:at]) && strings.HasPrefix(after, word[at:]) {
				return true
			}
		}
	}
	return false
}

// cut gives the lines that end after so many clusters each.
func cut(all []cluster, ends []int) [][]cluster {
	var out [][]cluster
	for _, n := range ends {
		out = append(out, all[:n])
		all = all[n:]
	}
	return out
}
