package document_test

import (
	"slices"
	"strings"
	"testing"

	"yifa/internal/document"
)

// TestTitleLines: a long title is broken where words end, into lines of about the same length; one of no words still
// fits.
func TestTitleLines(t *testing.T) {
	for title, want := range map[string][]string{
		"关于监督工作的通知": {"关于监督工作的通知"},
		"江门市蓬江区司法局关于对棠下镇综合行政执法办公室的监督意见书": {"江门市蓬江区司法局关于对棠下镇", "综合行政执法办公室的监督意见书"},
		"江门市人民政府关于印发《江门市行政执法监督办法》的通知":    {"江门市人民政府关于印发", "《江门市行政执法监督办法》的通知"},
		"关于移送江门市甲运输有限公司未按照规定处置建筑垃圾案的函":   {"关于移送江门市甲运输有限公司", "未按照规定处置建筑垃圾案的函"},
		"关于请求决定江门市甲运输有限公司混合运输工程渣土案管辖的请示": {"关于请求决定江门市甲运输有限公司", "混合运输工程渣土案管辖的请示"},
	} {
		if got := titleOf(t, title); !slices.Equal(got, want) {
			t.Errorf("%s: %q, want %q", title, got, want)
		}
	}
	for _, title := range []string{"字字字字字字字字字字字字字字字字字字字字字字字字字字字字字字", "ABCDEFGHIJKLMNOPQRSTUVWXYZABCDEFGHIJKLMNOPQRSTUVWXYZ"} {
		if got := titleOf(t, title); strings.Join(got, "") != title {
			t.Errorf("%s: %q", title, got)
		}
	}
}

// titleOf is the lines of a title as they stand on the page.
func titleOf(t *testing.T, title string) []string {
	t.Helper()
	pdf, err := fonts(t).PDF(document.Paper{Form: document.Official, Issuer: "红", Title: title, Signer: "署", Day: "日", Body: []document.Block{{Text: "正文。"}}})
	if err != nil {
		t.Fatal(err)
	}
	var out []string
	for _, w := range pagesOf(t, pdf)[0] {
		switch w.Text {
		case "红":
		case "正文。": // the text begins
			return out
		default:
			out = append(out, w.Text)
		}
	}
	return out
}
