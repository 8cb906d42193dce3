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
			[]string{"期限 rep-02 办完 | 延长：不再有“负责人批准，最多 15 日，1 次（hrc/3）”", "期限 rep-02 办完 | 延长：新增“负责人批准，最多 20 日，1 次（hrc/3）”"}},
		{[3]string{"terms/repair.yaml", "    roll: none\n", "    roll: none\n    service: true\n"}, []string{"从送达起算：原为“不是”，改为“是”"}},
		{[3]string{"terms/repair.yaml", "    roll: none\n", "    roll: none\n    after: [rep-02]\n"}, []string{"等到届满的期限：新增“rep-02”"}},
		{[3]string{notice + "procedure.yaml", "by: sorter, cite: hrc/7", "by: [sorter, head], cite: hrc/7"},
			[]string{"环节 已收到 · 登记被反映的人 | 谁可以办：新增“负责人”"}},
		{[3]string{notice + "procedure.yaml", "{left: 10 日, tell", "{left: 12 日, tell"}, []string{"提醒：不再有“10 日 提醒 经办人”", "提醒：新增“12 日 提醒 经办人”"}},
		{[3]string{"terms/repair.yaml", "roll: next_workday\n    roll_cite: hrc/6", "roll: none"}, []string{"最后一日遇休息日：原为“顺延到下一个工作日”，改为“不顺延”"}},
		{[3]string{notice + "documents/acceptance.md", "受理通知\n", "受理通知\n请等候。\n"}, []string{"文书 受理通知 | 文字：新增“请等候。”"}},
		{[3]string{notice + "procedure.yaml", "{series: acceptance, title: 受理通知,", "{series: notice, title: 受理通知,"}, []string{"文书 受理通知 | 编号：原为“{short}受〔{year}〕{n}号”，改为“{short}修〔{year}〕{n}号”"}},
		{[3]string{notice + "procedure.yaml", "visible: filer, public: 期限延长。", "visible: filer, public: 期限延长了。"}, []string{"环节 已受理 · 延长 | 告诉提交人的话：原为“期限延长。”，改为“期限延长了。”"}},
		{[3]string{notice + "procedure.yaml", "else: inspect_first, cite: hrc/8", "else: major_is_taken, cite: hrc/8"}, []string{"条件：不再有“kind == 'minor' || linked('has_part', 'made')，否则：大修要先勘查。（hrc/8）”", "条件：新增“kind == 'minor' || linked('has_part', 'made')，否则：大修不能拒绝。（hrc/8）”"}},
		{[3]string{notice + "procedure.yaml", "lapse: lose_right", "lapse: release"}, []string{"时钟 object 申请复核 | 期满：原为“失去这项权利”，改为“解除”"}},
		{[3]string{notice + "procedure.yaml", "tell: [head], raise: overdue}", "tell: [head]}"}, []string{"提醒：不再有“0 日 提醒 负责人，标为逾期”", "提醒：新增“0 日 提醒 负责人”"}},
		{[3]string{notice + "procedure.yaml", "by: handler, to: accepted, cite: hrc/1, document", "by: handler, to: refused, cite: hrc/1, document"}, []string{"环节 已收到 · 受理 | 办了以后到哪个环节：原为“已受理”，改为“不予受理”"}},
		{[3]string{notice + "forms/report.yaml", "{value: minor, label: 小修}", "{value: minor, label: 小修小补}"}, []string{"立案 · 报修 · 大修还是小修 | 可选：不再有“小修”", "可选：新增“小修小补”"}},
		{[3]string{notice + "forms/report.yaml", "type: longtext, class: filer", "type: longtext, class: staff"}, []string{"立案 · 报修 · 什么坏了 | 谁看得到：原为“提交人”，改为“办理人员”"}},
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
