package procedure

import (
	"strings"
	"testing"
)

// Lines are read as they are typed, as they are copied from a table, and as they are not to be.
func TestRows(t *testing.T) {
	f := &Field{Type: "rows", Columns: []*Column{
		{Name: "name", Label: "姓名", Required: true, Known: true},
		{Name: "kind", Label: "种类", Options: []*Option{{Value: "natural", Label: "自然人"}, {Value: "organisation", Label: "单位"}}},
		{Name: "address", Label: "地址"},
	}}
	rows, key, _ := f.rows("\n 陈阿妹 | 自然人 | 紫茶路 8 号\n江门某公司\torganisation\n李大明｜\n")
	if key != "" || len(rows) != 3 {
		t.Fatalf("%v %s", rows, key)
	}
	for i, want := range []map[string]string{
		{"name": "陈阿妹", "kind": "natural", "address": "紫茶路 8 号"}, {"name": "江门某公司", "kind": "organisation", "address": ""}, {"name": "李大明", "kind": "", "address": ""},
	} {
		for column, v := range want {
			if rows[i][column] != v {
				t.Errorf("line %d: %s is %q, want %q", i, column, rows[i][column], v)
			}
		}
	}
	for text, want := range map[string]string{
		"陈阿妹|自然人\n|单位": "row_short 2", "陈阿妹|个人": "row_option 1", "陈阿妹|自然人|路|多": "row_long 1", strings.Repeat("甲|单位\n", rowsMost+1): "too_many ",
	} {
		if _, key, args := f.rows(text); key+" "+args["line"] != want {
			t.Errorf("%.20q: %s %v, want %s", text, key, args, want)
		}
	}
}
