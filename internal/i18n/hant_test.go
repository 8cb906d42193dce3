package i18n

import (
	"io/fs"
	"os"
	"path"
	"slices"
	"strings"
	"testing"
	"unicode"

	"go.yaml.in/yaml/v3"
	"golang.org/x/text/encoding/traditionalchinese"
)

// notHant are words of the mainland that Traditional Chinese writes otherwise, with the word it has.
var notHant = map[string]string{
	"信息": "資訊", "網絡": "網路", "渠道": "管道", "添加": "新增", "查找": "搜尋", "打印": "列印", "數據": "資料", "默認": "預設", "字體": "字型",
	"短信": "簡訊", "鏈接": "連結", "登錄": "登入", "賬號": "帳號", "帳戶": "帳號", "郵箱": "電郵", "軟件": "軟體", "視頻": "影片", "屏幕": "螢幕", "公佈": "公布", "服務器": "伺服器",
}

// Every Traditional Chinese text of the pages and of the law is written in characters Big5 has, so none is simplified;
// and, but for the gists of statutes and the names of terms, which keep the statute's own words, in the words of its readers.
func TestTraditionalChinese(t *testing.T) {
	root := os.DirFS("../..")
	seen := 0
	err := fs.WalkDir(root, ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || path.Ext(name) != ".yaml" || !strings.HasPrefix(name, "law/") && !strings.HasPrefix(name, "internal/") {
			if err == nil && d.IsDir() && slices.Contains([]string{"web", ".git", ".cache"}, name) {
				return fs.SkipDir
			}
			return err
		}
		raw, err := fs.ReadFile(root, name)
		if err != nil {
			return err
		}
		var doc any
		if err := yaml.Unmarshal(raw, &doc); err != nil {
			return err
		}
		each(doc, strings.HasSuffix(name, "text.zh-Hant.yaml"), func(text string) {
			seen++
			for _, fault := range hantFaults(text, !strings.HasPrefix(name, "law/statutes/") && !strings.HasPrefix(name, "law/terms/")) {
				t.Errorf("%s: %s", name, fault)
			}
		})
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if seen < 2000 {
		t.Errorf("only %d texts were found", seen)
	}
	if n := len(hantFaults("请看网絡", true)); n != 1 {
		t.Errorf("%d faults found in planted text", n)
	}
	if n := len(hantFaults("請看網絡", true)); n != 1 {
		t.Errorf("%d faults found in a planted word", n)
	}
}

// each calls f with every text in Traditional Chinese below a node.
func each(node any, hant bool, f func(string)) {
	switch v := node.(type) {
	case map[string]any:
		for key, below := range v {
			each(below, hant || key == "zh-Hant", f)
		}
	case []any:
		for _, below := range v {
			each(below, hant, f)
		}
	case string:
		if hant {
			f(v)
		}
	}
}

func hantFaults(text string, words bool) (faults []string) {
	encoder := traditionalchinese.Big5.NewEncoder()
	for _, r := range text {
		if unicode.Is(unicode.Han, r) {
			if _, err := encoder.String(string(r)); err != nil {
				return []string{"“" + string(r) + "” is no traditional character: " + text}
			}
		}
	}
	for bad, good := range notHant {
		if words && strings.Contains(text, bad) {
			faults = append(faults, "“"+bad+"”: write "+good+": "+text)
		}
	}
	return faults
}
