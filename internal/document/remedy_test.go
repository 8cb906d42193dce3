package document_test

import (
	"errors"
	"io/fs"
	"maps"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"yifa/internal/calendar"
	"yifa/internal/document"
	"yifa/internal/statute"
	"yifa/law"
)

// loaded is the catalogue of the law folder.
func loaded(t testing.TB) *document.Catalogue {
	t.Helper()
	return load(t, law.FS)
}

func load(t testing.TB, fsys fs.FS) *document.Catalogue {
	t.Helper()
	book, faults := statute.Load(law.FS)
	if len(faults) > 0 {
		t.Fatal(faults[0])
	}
	c, faults := document.LoadCatalogue(fsys, book)
	for _, f := range faults {
		t.Error(f)
	}
	return c
}

// said is a paper's text in one piece.
func said(p document.Paper) string {
	var b strings.Builder
	for _, block := range p.Body {
		b.WriteString(block.Text + "\n")
		if block.Table != nil {
			for _, row := range block.Table.Rows {
				for _, c := range row.Cells {
					b.WriteString(c.Text + "\n" + c.Foot + "\n")
				}
			}
		}
	}
	return b.String()
}

// TestRemedies: the facts choose what a party is told, and the day which length it is told.
func TestRemedies(t *testing.T) {
	c := loaded(t)
	day := calendar.New(2026, 3, 5)
	for _, test := range []struct {
		family, id string
		facts      map[string]string
		says       []string
	}{
		{"relief", "ordinary", nil, []string{"六十日内向甲政府申请行政复议", "六个月内直接向乙法院提起行政诉讼", "不停止执行"}},
		{"relief", "on_the_spot", map[string]string{"procedure": "on_the_spot"}, []string{"六十日内，先向甲政府申请行政复议", "十五日内向乙法院"}},
		{"relief", "review_first", map[string]string{"review_first": "yes"}, []string{"先向甲政府申请行政复议", "十五日内向乙法院"}},
		{"relief", "land_demolition", map[string]string{"subject": "land_demolition"}, []string{"十五日内向乙法院起诉", "申请人民法院强制执行", "六十日内向甲政府"}},
		{"after_reconsideration", "after_reconsideration", nil, []string{"十五日内向乙法院提起行政诉讼"}},
		{"penalty_notice", "notice", nil, []string{"五个工作日内", "不因陈述、申辩加重处罚"}},
		{"penalty_notice", "notice_agriculture", map[string]string{"sector": "agriculture"}, []string{"三个工作日内"}},
		{"penalty_notice", "notice_housing", map[string]string{"sector": "housing"}, []string{"五个工作日内"}},
		{"penalty_notice", "notice_market", map[string]string{"sector": "market"}, []string{"五个工作日内"}},
		{"hearing_right", "hearing_right", nil, []string{"五个工作日内", "寄出的日期为准", "不承担听证的费用"}},
		{"hearing_panel", "hearing_panel", nil, []string{"回避"}},
		{"payment", "payment", nil, []string{"十五日内", "百分之三", "分期"}},
		{"payment", "no_fine", map[string]string{"fine": "none"}, []string{"没有罚款"}},
		{"urging", "urging", nil, []string{"十个工作日内", "申请人民法院强制执行"}},
		{"urging", "urging_own", map[string]string{"power": "own"}, []string{"依法强制执行"}},
		{"supervision_recheck", "supervision_recheck", nil, []string{"三十日内整改", "十五日内"}},
		{"review_objection", "review_objection", nil, []string{"十个工作日内"}},
	} {
		r, err := c.Remedy(test.family, day, test.facts)
		if err != nil || r.ID != test.id {
			t.Errorf("%s %v: %s %v, want %s", test.family, test.facts, r.ID, err, test.id)
			continue
		}
		text := c.Words(r, day, func(name, _ string) string {
			return map[string]string{"review_body": "甲政府", "court": "乙法院", "urged_by": "7月20日"}[name]
		})
		for _, want := range test.says {
			if !strings.Contains(text, want) {
				t.Errorf("%s says %q, not %q", test.id, text, want)
			}
		}
	}
	for family, facts := range map[string]map[string]string{"relief": {"procedure": "summary"}, "payment": {"weather": "fine"}} {
		if _, err := c.Remedy(family, day, facts); !errors.Is(err, document.ErrFact) {
			t.Errorf("%s %v: %v", family, facts, err)
		}
	}
	if _, err := c.Remedy("relief", calendar.New(2020, 1, 1), nil); !errors.Is(err, document.ErrNoRemedy) {
		t.Errorf("before the act was in force: %v", err)
	}
	if _, err := c.Remedy("none", day, nil); !errors.Is(err, document.ErrNoRemedy) {
		t.Errorf("an unknown family: %v", err)
	}
}

// TestIssue: a decision without what a party must be told, or without whom to turn to, cannot be issued.
func TestIssue(t *testing.T) {
	c := loaded(t)
	k, found := c.Kind("penalty_decision", calendar.New(2026, 3, 5))
	if !found {
		t.Fatal("there is no penalty decision")
	}
	f := k.Example()
	if p, err := k.Issue(f); err != nil || !strings.Contains(said(p), "六十日内向江门市蓬江区人民政府申请行政复议") {
		t.Errorf("%v: %s", err, said(p))
	}
	for name, want := range map[string]string{"court": "court", "facts": "违法事实", "payee": "代收机构的名称和地址"} {
		lacking := f
		lacking.Value = func(asked, of string) string {
			if asked == name {
				return ""
			}
			return f.Value(asked, of)
		}
		if _, err := k.Issue(lacking); !errors.Is(err, document.ErrMissing) || !strings.Contains(err.Error(), want) {
			t.Errorf("without %s: %v", name, err)
		}
	}
	early := f
	early.Day = calendar.New(2019, 1, 1)
	if missing := k.Missing(early); !slices.Contains(missing, "remedy:relief") {
		t.Errorf("on a day without a remedy nothing but %v is missing", missing)
	}
	wrong := f
	wrong.Facts = map[string]string{"sector": "weather"}
	if missing := k.Missing(wrong); !slices.Contains(missing, "remedy:relief") {
		t.Errorf("with an unknown fact nothing but %v is missing", missing)
	}
	spot, _ := c.Kind("spot_penalty", f.Day)
	g := spot.Example()
	g.Facts = map[string]string{"procedure": "", "subject": "land_demolition"}
	if text := said(spot.Fill(g)); !strings.Contains(text, "起诉") && !strings.Contains(text, "先向") {
		t.Errorf("an on-the-spot penalty says %s", text)
	}
}

const paperHead = "---\nschema: 1\nno: 1\ntitle: 甲\nform: plain\nfrom: 2026-02-01\nreader: party\nbasis: [xzcf/59]\nseries: \"{short}甲〔{year}〕{n}号\"\ndrafts: handler\nsigns: head\n"

// TestCatalogueFaults: what is wrong with a paper is said before anybody issues one.
func TestCatalogueFaults(t *testing.T) {
	good := paperHead + "---\n{organ}\n甲\n{document_number}\n\n自收到之日起{term:rel-01}内申请。\n\n{organ}\n{day}\n"
	shared := map[string]string{"fields.yaml": "schema: 1\nfields:\n  a: {label: 甲, example: 乙}\n", "blocks.yaml": "schema: 1\nblocks:\n  b: |-\n    {a}\n",
		"remedies.yaml": "schema: 1\nfacts:\n  f: {label: 甲, values: {v: 乙}}\nremedies:\n  - {id: r1, family: r, when: {f: v}, from: 2024-01-01, basis: [xzcf/59], text: 甲}\n  - {id: r2, family: r, from: 2024-01-01, basis: [xzcf/59], text: '{term:rel-01}'}\n"}
	used := strings.Replace(good, "申请。", "申请。\n{{b}}\n{remedy:r}", 1)
	used = strings.Replace(used, "signs: head\n", "signs: head\nremedy: [r]\n", 1)
	for name, test := range map[string]struct{ file, from, to, want string }{
		"unknown term":      {"p", "{term:rel-01}", "{term:rel-99}", `there is no term "rel-99"`},
		"typed length":      {"p", "{term:rel-01}", "六十日", `says "六十日内" itself`},
		"unknown block":     {"p", "{{b}}", "{{c}}", "there is no block c"},
		"unknown remedy":    {"p", "{remedy:r}", "{remedy:s}", "bears a remedy r that stands nowhere"},
		"remedy not named":  {"p", "remedy: [r]\n", "", "is not what it must bear"},
		"series form":       {"p", "〔{year}〕", "[{year}]", "write {short}…〔{year}〕{n}号"},
		"no series":         {"p", "series: \"{short}甲〔{year}〕{n}号\"\n", "", "{document_number} in the text and series"},
		"undeclared field":  {"p", "申请。", "申请{x}。", "the field x is not declared"},
		"given elsewhere":   {"p", "remedy: [r]", "remedy: [r]\ngiven: {x: 甲}", "no field x is given by the platform"},
		"unknown fact":      {"p", "remedy: [r]", "remedy: [r]\nfacts: {f: w}", "name a fact of remedies.yaml"},
		"unused field":      {"fields.yaml", "乙}\n", "乙}\n  z: {label: 甲, example: 乙}\n", "no paper has the field z"},
		"unused block":      {"blocks.yaml", "    {a}\n", "    {a}\n  z: 甲\n", "no paper has the block z"},
		"remedy's term":     {"remedies.yaml", "{term:rel-01}", "{term:rel-99}", `there is no term "rel-99"`},
		"remedy's length":   {"remedies.yaml", "text: 甲", "text: 十五日内起诉", `says "十五日内" itself`},
		"remedy's basis":    {"remedies.yaml", "basis: [xzcf/59], text: 甲", "basis: [xzcf/999], text: 甲", "rests on what is not in the book"},
		"remedy's fact":     {"remedies.yaml", "when: {f: v}", "when: {f: w}", "declare it in facts"},
		"never reached":     {"remedies.yaml", "when: {f: v}, ", "", "is never reached"},
		"no text otherwise": {"remedies.yaml", "id: r2, family: r,", "id: r2, family: r, when: {f: v},", "has no text for all other cases"},
	} {
		t.Run(name, func(t *testing.T) {
			files := maps.Clone(shared)
			files["p"] = used
			if !strings.Contains(files[test.file], test.from) {
				t.Fatalf("%s does not hold %q", test.file, test.from)
			}
			files[test.file] = strings.Replace(files[test.file], test.from, test.to, 1)
			fsys := fstest.MapFS{"documents/p/2026-02-01.md": {Data: []byte(files["p"])}}
			for file := range shared {
				fsys["documents/"+file] = &fstest.MapFile{Data: []byte(files[file])}
			}
			book, _ := statute.Load(law.FS)
			_, faults := document.LoadCatalogue(fsys, book)
			for _, f := range faults {
				if strings.Contains(f.Error(), test.want) {
					return
				}
			}
			t.Errorf("%v, want %s", faults, test.want)
		})
	}
	fsys := fstest.MapFS{"documents/p/2026-02-01.md": {Data: []byte(used)}}
	for file, text := range shared {
		fsys["documents/"+file] = &fstest.MapFile{Data: []byte(text)}
	}
	load(t, fsys) // the paper that was spoilt is sound
}
