package reading

import (
	"slices"
	"strings"
)

// SortPaper is an official paper; the other sorts are those of evidence (行政处罚法第四十六条) and two of our own.
const (
	SortPaper       = "paper"
	SortAudiovisual = "audiovisual"
	SortInside      = "inside"
)

// words tell a sort by a title or name; the first list that holds one of them counts.
var words = []struct {
	sort  string
	words []string
}{
	{SortInside, []string{"请示", "审批", "呈批", "签报", "讨论", "会议纪要", "内部", "合议", "法制审核"}},
	{"expert", []string{"鉴定", "检测报告", "检验报告", "评估报告", "认定意见"}},
	{"record", []string{"勘验", "现场笔录", "检查笔录", "现场检查"}},
	{"testimony", []string{"证人", "证言"}},
	{"statement", []string{"陈述", "申辩", "自述", "情况说明"}},
	{SortAudiovisual, []string{"录像", "视频", "录音", "音像"}},
	{"electronic", []string{"截图", "截屏", "聊天记录", "电子数据", "网页"}},
	{"documentary", []string{"复印件", "收据", "发票", "合同", "协议", "台账", "营业执照", "许可证", "身份证", "凭证", "票据", "账册", "来信", "授权委托书"}},
	{"physical", []string{"物证", "实物"}},
}

// kindOf finds the longest title of the catalogue within what the paper is called.
func kindOf(title Said, name string, kinds map[string]string) Said {
	var best Said
	size := 0
	for _, at := range []Said{title, {name, ByName}} {
		for id, called := range kinds {
			if n := len(called); n > size && strings.Contains(at.Value, called) || n == size && n > 0 && best.Value > id && strings.Contains(at.Value, called) {
				best, size = Said{id, at.By}, n
			}
		}
		if best.Value != "" {
			return best
		}
	}
	return Said{}
}

// sortOf says what sort of thing a paper is: one of the catalogue, one its words tell, a recording by its kind of file.
func sortOf(g Guess, media, name string) Said {
	if g.Kind.Value != "" {
		return Said{SortPaper, g.Kind.By}
	}
	for _, at := range []Said{g.Title, {name, ByName}} {
		for _, w := range words {
			if slices.ContainsFunc(w.words, func(word string) bool { return strings.Contains(at.Value, word) }) {
				return Said{w.sort, at.By}
			}
		}
	}
	switch {
	case strings.HasPrefix(media, "audio/"), strings.HasPrefix(media, "video/"):
		return Said{SortAudiovisual, ByMedia}
	case g.Number.Value != "":
		return Said{SortPaper, g.Number.By} // what bears a number is an official paper
	}
	return Said{}
}

// volume is what the folders say of the volume.
func volume(folders string) Said {
	switch {
	case strings.Contains(folders, "副卷"), strings.Contains(folders, "内部"):
		return Said{"true", ByFolder}
	case strings.Contains(folders, "正卷"):
		return Said{"false", ByFolder}
	}
	return Said{}
}
