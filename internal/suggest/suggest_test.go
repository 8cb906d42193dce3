package suggest_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"yifa/internal/calendar"
	"yifa/internal/suggest"
)

var places = []suggest.Place{{"440700", "江门市"}, {"440703", "蓬江区"}, {"440703002", "白沙街道"}, {"440781106", "白沙镇"}, {"440784", "鹤山市"}, {"440784001", "沙坪街道"}}

var organs = []suggest.Organ{{"440784-cgzf", "鹤山市城市管理和综合执法局", "440784", "urban"}, {"440703-cgzf", "蓬江区城市管理和综合执法局", "440703", "urban"},
	{"440700-cgzf", "江门市城市管理和综合执法局", "440700", "urban"}, {"440703-scjg", "蓬江区市场监督管理局", "440703", "market"}}

// said lists suggestions as value, ground and words.
func said(list []suggest.Suggestion) string {
	var out []string
	for _, s := range list {
		for _, r := range s.Reasons {
			out = append(out, strings.TrimSpace(fmt.Sprint(s.Value, " ", r.Ground, " ", strings.Join(r.Words, "，"))))
		}
	}
	return strings.Join(out, "; ")
}

func TestPlaces(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"在鹤山沙坪的夜市": "440784001 written 沙坪",
		"在白沙街道一家店": "440703002 written 白沙街道",
		"蓬江区的一条街":  "440703 written 蓬江区",
		"没有写地方":    "",
	} {
		if got := said(suggest.Places(suggest.Report{Account: text}, places)); got != want {
			t.Errorf("%s: %q, want %q", text, got, want)
		}
	}
	if got := said(suggest.Places(suggest.Report{Account: "在沙坪", Division: "440784"}, places)); got != "440784001 written 沙坪; 440784 chosen" {
		t.Errorf("beside what she chose: %q", got)
	}
}

func TestOrgans(t *testing.T) {
	t.Parallel()
	past := []suggest.Sorted{}
	for range 4 {
		past = append(past, suggest.Sorted{Words: "夜市收清洁费", Organ: "440703-scjg"}, suggest.Sorted{Words: "扣押桌椅", Organ: "440703-cgzf"})
	}
	for text, want := range map[string]string{
		"鹤山市城管的人来了":       "440784-cgzf written 鹤山市城管",
		"蓬江区市场监督管理局没有回音":  "440703-scjg written 蓬江区市场监督管理局",
		"有人在街上收了我的清洁费":    "440703-scjg before 清洁费",
		"那天下雨":            "",
		"鹤山城管和蓬江城管互相推来推去": "440703-cgzf written 蓬江城管; 440784-cgzf written 鹤山城管",
	} {
		if got := said(suggest.Organs(suggest.Report{Account: text}, suggest.Known{Organs: organs, Places: places, Past: past, Numbered: nil})); got != want {
			t.Errorf("%s: %q, want %q", text, got, want)
		}
	}
	near := suggest.Organs(suggest.Report{Account: "城管搬走了桌子", Division: "440703002"}, suggest.Known{Organs: organs, Places: places, Past: nil, Numbered: map[string]string{"1907": "440703-scjg"}})
	if got := said(near); got != "440703-scjg numbered 1907; 440703-cgzf near 城管" {
		t.Errorf("the nearest of a kind: %q", got)
	}
}

func TestKinds(t *testing.T) {
	t.Parallel()
	r := suggest.Report{Account: "收了清洁费，没有票据。", Kinds: []string{"arbitrary_fine"}}
	want := "arbitrary_fine chosen; arbitrary_fee written 清洁费; no_notice_or_receipt written 票据"
	if got := said(suggest.Kinds(r, nil)); got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}

func TestTwins(t *testing.T) {
	t.Parallel()
	day := calendar.New(2026, 5, 10)
	r := suggest.Report{Account: "夜市每个摊位收 200 元清洁费，不给票。", Place: "幸福路", Organ: "o", Division: "440703002", Day: day}
	same := suggest.Report{Account: "每个摊位被收 200 元清洁费，没有票。", Place: "幸福路夜市", Organ: "o", Division: "440703002", Day: day.AddDays(1)}
	late, other := same, suggest.Report{Account: "检查时没有出示证件。", Organ: "o", Division: "440703002", Day: day}
	late.Day = day.AddDays(60)
	got := suggest.Twins(r, []suggest.Report{other, late, same})
	if len(got) != 1 || got[0].N != 2 || got[0].Reasons[2].N != 1 || got[0].Alike < 40 {
		t.Fatalf("got %+v", got)
	}
	if words := got[0].Reasons[3].Words; len(words) == 0 || !slices.Contains(words, "元清洁费") {
		t.Errorf("words %q", words)
	}
	if got := suggest.Twins(r, slices.Repeat([]suggest.Report{same}, 9)); len(got) != 5 {
		t.Errorf("%d twins", len(got))
	}
}

func TestNumbers(t *testing.T) {
	t.Parallel()
	got := fmt.Sprint(suggest.Numbers("他的执法证号：190700123，给了我江蓬执监诉[2026]12号的通知，说是案号江蓬执监诉〔2026〕12号。"))
	if want := "[{paper 江蓬执监诉〔2026〕12号} {certificate 190700123}]"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}

// Whatever people write, the same is suggested for it every time, and never more than is allowed.
func FuzzSuggest(f *testing.F) {
	f.Add("鹤山市城管收清洁费，执法证号 12345", "夜市")
	f.Add("\x00\xff〇𠮷", "")
	f.Fuzz(func(t *testing.T, account, words string) {
		r := suggest.Report{Account: account, Place: words, Division: "440703002", Day: 1}
		past := slices.Repeat([]suggest.Sorted{{Words: words, Organ: "o", Kinds: []string{"k"}}, {Words: "x"}}, 4)
		once, twice := suggest.Organs(r, suggest.Known{Organs: organs, Places: places, Past: past, Numbered: nil}), suggest.Organs(r, suggest.Known{Organs: organs, Places: places, Past: past, Numbered: nil})
		if said(once) != said(twice) || len(once) > 3 || len(suggest.Kinds(r, past)) > 3 || len(suggest.Places(r, places)) > 3 {
			t.Fatalf("%q: %q and %q", account, said(once), said(twice))
		}
		for _, twin := range suggest.Twins(r, []suggest.Report{r, {Account: words, Day: 2}}) {
			if twin.Alike < 0 || twin.Alike > 100 {
				t.Fatalf("%d of a hundred are the same", twin.Alike)
			}
		}
		suggest.Numbers(account)
	})
}
