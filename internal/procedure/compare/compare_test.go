package compare_test

import (
	"os"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"golang.org/x/tools/txtar"

	"yifa/internal/procedure"
	"yifa/internal/procedure/compare"
)

// law is the small law of the compiler's tests, with some of its text changed: file, old, new.
func law(t *testing.T, edits ...[3]string) *procedure.Law {
	t.Helper()
	raw, err := os.ReadFile("../worked/testdata/law.txtar")
	if err != nil {
		t.Fatal(err)
	}
	files := fstest.MapFS{}
	for _, f := range txtar.Parse(raw).Files {
		files[f.Name] = &fstest.MapFile{Data: slices.Clone(f.Data)}
	}
	for _, e := range edits {
		text := string(files[e[0]].Data)
		if !strings.Contains(text, e[1]) {
			t.Fatalf("%s does not hold %q", e[0], e[1])
		}
		files[e[0]].Data = []byte(strings.Replace(text, e[1], e[2], 1))
	}
	l, faults := procedure.Load(files, nil)
	if len(faults) > 0 {
		t.Fatal(faults)
	}
	return l
}

func TestLaws(t *testing.T) {
	if same := compare.Laws(law(t), law(t)); len(same) > 0 {
		t.Errorf("a law differs from itself: %v", same)
	}
	const notice = "procedures/repair.notice/2026-01-01/"
	for _, x := range []struct {
		edit [3]string
		want []string
	}{
		{[3]string{"terms/repair.yaml", "length: 5 工作日", "length: 7 工作日"},
			[]string{"期限 rep-01 决定是否受理 | 期限：原为“5 工作日”，改为“7 工作日”", "期限 rep-01 决定是否受理 | 例如 2026-09-24 起算：原来是 2026-10-08，现在是 2026-10-10"}},
		{[3]string{"terms/repair.yaml", "length: 15 日, by: head", "length: 20 日, by: head"},
			[]string{"期限 rep-02 办完 | 延长：不再有“head，最多 15 日，1 次（hrc/3）”", "期限 rep-02 办完 | 延长：新增“head，最多 20 日，1 次（hrc/3）”"}},
		{[3]string{"terms/repair.yaml", "    roll: none\n", "    roll: none\n    service: true\n"}, []string{"从送达起算：原为“不是”，改为“是”"}},
		{[3]string{"terms/repair.yaml", "    roll: none\n", "    roll: none\n    after: [rep-02]\n"}, []string{"等到届满的期限：新增“rep-02”"}},
		{[3]string{notice + "procedure.yaml", "by: sorter, cite: hrc/7", "by: [sorter, head], cite: hrc/7"},
			[]string{"新增“head”"}},
		{[3]string{notice + "procedure.yaml", "{left: 10 日, tell", "{left: 12 日, tell"}, []string{"提醒：不再有“10 日 提醒 handler”", "提醒：新增“12 日 提醒 handler”"}},
	} {
		var got []string
		for _, c := range compare.Laws(law(t), law(t, x.edit)) {
			got = append(got, c.Where+" | "+c.What)
		}
		for _, w := range x.want {
			if !slices.ContainsFunc(got, func(g string) bool { return strings.Contains(g, w) }) {
				t.Errorf("%q: no %q in\n%s", x.edit[2], w, strings.Join(got, "\n"))
			}
		}
		if len(got) > len(x.want)+1 {
			t.Errorf("%q: says more than changed:\n%s", x.edit[2], strings.Join(got, "\n"))
		}
	}
}
