package document_test

import (
	"slices"
	"strings"
	"testing"

	"yifa/internal/document"
)

// TestRedline: what came in and what went out is told by the character, paragraph by paragraph.
func TestRedline(t *testing.T) {
	before := document.Paper{Title: "监督意见书", Body: []document.Block{{Text: "检查时没有出示证件。"}, {Text: "限期改正。"}}}
	after := document.Paper{Title: "监督意见书", Body: []document.Block{{Text: "3月2日检查时没有出示执法证件。"}, {Text: "限期改正。"}, {Text: "组织培训。"}}}
	var said [][]string
	for _, line := range document.Redline(before, after) {
		var one []string
		for _, s := range line {
			one = append(one, map[document.Change]string{document.Same: "", document.Added: "+", document.Removed: "-"}[s.Change]+s.Text)
		}
		said = append(said, one)
	}
	want := [][]string{{"监督意见书"}, {"+3月2日", "检查时没有出示", "+执法", "证件。"}, {"限期改正。"}, {"+组织培训。"}}
	if !slices.EqualFunc(said, want, slices.Equal) {
		t.Errorf("%q", said)
	}
}

// TestBody: a text written by hand keeps its headings, and still has to say what the law demands of the paper.
func TestBody(t *testing.T) {
	var k document.Kind
	for _, one := range catalogue(t) {
		if one.ID == "supervision_opinion" {
			k = one
		}
	}
	f := k.Example()
	text := k.Body(f)
	p := k.Sample().WithBody(text)
	if !k.Free() || !slices.EqualFunc(p.Body, k.Sample().Body, func(a, b document.Block) bool { return a == b }) {
		t.Errorf("the text does not come back: %q", text)
	}
	if left := k.Unsaid(f, text); len(left) > 0 {
		t.Errorf("its own text leaves out %v", left)
	}
	cut := strings.ReplaceAll(text, "三十日", "三天")
	cut = strings.ReplaceAll(cut, "没有审批", "")
	if left := k.Unsaid(f, cut); !slices.Equal(left, []string{"advised_facts", "remedy:supervision_recheck"}) {
		t.Errorf("leaves out %v", left)
	}
}
