package suggest_test

import (
	"fmt"
	"testing"

	"yifa/internal/suggest"
)

// Words that three others sent too are enough to look first; many reports about one organ in people's own words never are.
func TestWeigh(t *testing.T) {
	t.Parallel()
	said := "夜市每个摊位收 200 元清洁费，不给票据，问了还骂人。"
	alike := suggest.Report{Account: said + "！", Organ: "o"}
	var own []suggest.Report
	for i := range 40 {
		own = append(own, suggest.Report{Account: fmt.Sprintf("第%d个人：%s", i, []string{"我家摊位也被收了钱", "他们来了两个人没有出示证件", "要票据不给", "说不交就搬东西"}[i%4]), Organ: "o"})
	}
	for name, c := range map[string]struct {
		r      suggest.Report
		others []suggest.Report
		usual  int
		want   string
	}{
		"her own words":         {suggest.Report{Account: said, Organ: "o"}, nil, 0, "[] false"},
		"two others alike":      {suggest.Report{Account: said, Organ: "o"}, []suggest.Report{alike, alike}, 1, "[] false"},
		"three others alike":    {suggest.Report{Account: said, Organ: "o"}, []suggest.Report{alike, alike, alike}, 1, "[copied] true"},
		"a wave of people":      {suggest.Report{Account: said, Organ: "o"}, own, 1, "[burst] false"},
		"a busy organ":          {suggest.Report{Account: said, Organ: "o"}, own, 20, "[] false"},
		"a link":                {suggest.Report{Account: said + "见 https://a.example/1"}, nil, 0, "[links] false"},
		"links in a wave":       {suggest.Report{Account: said + "www.a.example 和 http://b.example/", Organ: "o"}, own, 1, "[links burst] true"},
		"no words":              {suggest.Report{Account: "！！1111 测测试"}, nil, 0, "[empty] false"},
		"no words but a link":   {suggest.Report{Account: "看 http://1.1/1"}, nil, 0, "[links] false"},
		"no words, in the wave": {suggest.Report{Account: "啊啊啊", Organ: "o"}, own, 1, "[empty burst] true"},
	} {
		b := suggest.Weigh(c.r, c.others, c.usual)
		if got := fmt.Sprint(b.Grounds, b.SetAside()); got != c.want {
			t.Errorf("%s: %s, want %s (%+v)", name, got, c.want, b)
		}
	}
}
