package document_test

import (
	"strings"
	"testing"

	"yifa/internal/document"
)

const annexed = `江门市人民政府
关于调整职权的公告

现公告如下：

江门市人民政府
{day}

=== {list}
|= 4 24
h| 序号 | 事项 |
*| {no} | {item} |

=== {map}
见图。
`

// TestAnnex: an annex begins on a page of its own after the signature, with its mark at the left of the first line and
// its title in the middle of the third (GB/T 9704 7.3.7); one without a title is left out, and the paper names them.
func TestAnnex(t *testing.T) {
	template, err := document.Parse(annexed)
	if err != nil {
		t.Fatal(err)
	}
	fill := func(with map[string]string) document.Paper {
		return template.Fill(func(name, _ string) string { return with[name] })
	}
	values := map[string]string{"day": "2026年5月20日", "list": "职权目录", "item": "甲\n乙"}
	p := fill(values)
	if got := strings.Join(p.AttachmentLines(), "|"); got != "附件：职权目录" || p.AnnexMark(0) != "附件" {
		t.Errorf("one annex: %q, %s", got, p.AnnexMark(0))
	}
	values["map"] = "辖区图"
	p = fill(values)
	if got := strings.Join(p.AttachmentLines(), "|"); got != "附件：1. 职权目录|　　　2. 辖区图" || p.AnnexMark(1) != "附件2" {
		t.Errorf("two annexes: %q, %s", got, p.AnnexMark(1))
	}
	pdf, err := fonts(t).PDF(p)
	if err != nil {
		t.Fatal(err)
	}
	pages := pagesOf(t, pdf)
	if len(pages) != 3 {
		t.Fatalf("%d pages", len(pages))
	}
	mark, title := pages[1][0], pages[1][1]
	pitch := 225 * mm / 22
	if mark.Text != "附件1" || !near(mark.Left, 28*mm, 0.5) || title.Text != "职权目录" || !near((title.Left+title.Right)/2, (28+78)*mm, 1) || !near((title.Top+title.Bottom)/2-(mark.Top+mark.Bottom)/2, 2*pitch, 5) {
		t.Errorf("the annex begins with %v and %v", mark, title)
	}
}
