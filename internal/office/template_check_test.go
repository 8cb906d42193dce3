package office_test

import (
	"strings"
	"testing"

	"yifa/internal/document"
	"yifa/internal/office"
)

// TestCheckPapers: a template of a procedure that cannot be read, or names what nothing gives, in its text, a table, an
// annex or the places to sign, is found with its line; those of the law are sound.
func TestCheckPapers(t *testing.T) {
	notice := "procedures/hearing/2026-02-01/documents/announcement.md"
	for name, one := range map[string]struct {
		from, to, want string
	}{
		"sound":       {"旁听：", "旁听：", ""},
		"field":       {"旁听：{visitors}", "旁听：{visitor_x}", "announcement.md:13: nothing gives the field {visitor_x}"},
		"clock":       {"旁听：{visitors}", "旁听：{due:hear_by}", "nothing gives the field {due:hear_by}"},
		"act":         {"旁听：{visitors}", "旁听：{day:announce_it}", "nothing gives the field {day:announce_it}"},
		"of an act":   {"旁听：{visitors}", "旁听：{visitor:sign_pages}", "nothing gives the field {visitor:sign_pages}"},
		"in an annex": {"{organ}\n{day}\n", "{organ}\n{day}\n\n=== 名单\n{visitor_list}\n", "nothing gives the field {visitor_list}"},
		"annex title": {"{organ}\n{day}\n", "{organ}\n{day}\n\n=== {list_title}\n名单\n", "nothing gives the field {list_title}"},
		"in a table":  {"五、旁听：{visitors}", "\n|= 1 1\n| 旁听 | {visitor_list} |\n", "nothing gives the field {visitor_list}"},
		"to sign":     {"五、旁听：{visitors}", "五、旁听：{visitors}\n_ 签名：{visitor_name}", "nothing gives the field {visitor_name}"},
		"broken grid": {"五、旁听：{visitors}", "\n|= 1 1\n| 旁听 | {visitors}\n", "is no row of a table"},
		"unsigned":    {"{organ}\n{day}\n", "", "a template has a head"},
		"unknown key": {"form: plain", "forms: plain", "what a template says of itself"},
	} {
		t.Run(name, func(t *testing.T) {
			var said []string
			for _, f := range office.CheckPapers(lawWith(t, map[string][]string{notice: {one.from, one.to}}), document.Arrangement{}) {
				said = append(said, f.Error())
			}
			switch all := strings.Join(said, "\n"); {
			case one.want == "" && all != "":
				t.Errorf("the law's own: %s", all)
			case one.want != "" && (len(said) != 1 || !strings.Contains(all, one.want)):
				t.Errorf("%q, want %s", said, one.want)
			}
		})
	}
}
