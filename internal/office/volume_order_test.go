package office_test

import (
	"bytes"
	"slices"
	"strings"
	"testing"

	"yifa/internal/document"
	"yifa/internal/i18n"
	"yifa/internal/matter"
	"yifa/internal/office"
	"yifa/internal/office/officetest"
)

// with does an act that brings a file.
func with(t *testing.T, c *officetest.City, id matter.ID, act string, fields map[string][]string, name string) office.Done {
	t.Helper()
	done, err := c.Office.Perform(t.Context(), c.As("he-yuning"), office.Act{Matter: id, Act: act, Fields: fields,
		Uploads: map[string][]office.Upload{"files": {{Name: name, Body: photo(uint8(len(name)))}}}})
	must(t, err)
	return done
}

// TestVolumeOrder: what lies in a volume lies in the order of the law and not of its day: decisions before what was issued
// before them, proof of service directly behind the paper served and in its volume, what was noted about the service in
// neither place, evidence behind the papers. The places are named, and so it is bound and packed.
func TestVolumeOrder(t *testing.T) {
	c := officetest.New(t)
	whole := caseOf(t, c)
	with(t, c, whole, "add_evidence", map[string][]string{"evidence_kind": {"electronic"}, "title": {"执法记录仪视频"}, "proves": {"没有出示证件"}, "how": {"supplied"},
		"source": {"蓬江区城市管理和综合执法局"}, "got_on": {c.Office.Today().String()}, "got_by": {"两人"}, "original": {"original"}}, "video.png")
	issued := map[string]matter.ID{}
	for _, kind := range []string{"supervision_notice", "supervision_opinion"} {
		id := draft(t, c, whole, kind)
		fields, signer := opinion(), "song-zhiwen"
		if kind == "supervision_notice" {
			fields, signer = filling(t, c, whole, kind), "zhen-ruotang"
		}
		c.Do(c.As("he-yuning"), id, "submit", fields)
		c.Do(c.As("ou-xiaozhang"), id, "pass_check", nil)
		c.Do(c.As(signer), id, "sign", nil)
		issued[kind] = id
	}
	services := c.Serve(issued["supervision_notice"], "陈阿妹|自然人|紫茶路 8 号|13800001111")
	with(t, c, services[0], "note", map[string][]string{"note": {"她上午在家。"}}, "noted.png")
	with(t, c, services[0], "serve_directly", map[string][]string{"second": {"ou-xiaozhang"}, "place": {"紫茶路 8 号"}, "receiver": {"self"}, "receiver_name": {"陈阿妹"}}, "receipt.png")
	for part, want := range map[string][]string{
		office.VolumeMain:   {"决定书、意见书、答复书 行政执法监督意见书", "制发的其他文书 行政执法监督通知书", "制发的其他文书 receipt.png"},
		office.VolumeInside: {"证据材料 video.png", "其他材料 noted.png"},
	} {
		v, err := c.Office.Volume(t.Context(), c.As("he-yuning"), whole, part)
		must(t, err)
		var got []string
		for _, p := range v.Pieces {
			got = append(got, p.Place+" "+p.Title)
		}
		if !slices.Equal(got, want) {
			t.Errorf("%s:\n%s\nwant\n%s", part, strings.Join(got, "\n"), strings.Join(want, "\n"))
		}
		_, pdf, err := c.Office.BindVolume(t.Context(), c.As("he-yuning"), whole, part)
		must(t, err)
		at, text := 0, pdfText(t, pdf)
		for _, one := range want {
			_, title, _ := strings.Cut(one, " ")
			i := strings.Index(text[at:], title)
			if i < 0 {
				t.Fatalf("%s does not follow in the list of %s: %s", title, part, text)
			}
			at += i
		}
		var z bytes.Buffer
		must(t, c.Office.VolumeFiles(t.Context(), c.As("he-yuning"), whole, part, &z))
	}
	english := c.As("he-yuning")
	english.Lang = i18n.En
	if v, err := c.Office.Volume(t.Context(), english, whole, office.VolumeMain); err != nil || v.Pieces[0].Place != "Decisions, opinions and answers" {
		t.Errorf("in English: %+v, %v", v.Pieces, err)
	}
	c.Sound()
}

// TestCheckOrder: the order of volumes names what there is, and each paper once.
func TestCheckOrder(t *testing.T) {
	sound := document.Arrangement{Places: []document.Place{{Documents: []string{"hearing/notice"}}}}
	for want, edit := range map[string]func(*document.Arrangement){
		"there is no paper hearing/notices":             func(a *document.Arrangement) { a.Places[0].Documents[0] = "hearing/notices" },
		"the paper hearing/record has no place, or two": func(*document.Arrangement) {},
		"the paper hearing/notice has no place, or two": func(a *document.Arrangement) { a.Places = append(a.Places, sound.Places[0]) },
		"there is no hearings":                          func(a *document.Arrangement) { a.Places[0].Parts = []string{"hearings"} },
		"there is no service/serve": func(a *document.Arrangement) {
			a.Behind = []document.Behind{{Procedure: "service", Acts: []string{"serve"}, Paper: "paper_seq"}}
		},
		"there is no service/paper_no": func(a *document.Arrangement) { a.Behind = []document.Behind{{Procedure: "service", Paper: "paper_no"}} },
	} {
		a := document.Arrangement{Places: []document.Place{{Documents: slices.Clone(sound.Places[0].Documents)}}}
		edit(&a)
		found := false
		for _, f := range office.CheckPapers(lawWith(t, nil), a) {
			found = found || strings.Contains(f.Error(), want)
		}
		if !found {
			t.Errorf("nothing says %q", want)
		}
	}
}

// TestShortName: a file whose name holds a party of 300 characters can be saved; the cut is marked, its kind stays.
func TestShortName(t *testing.T) {
	long := strings.Repeat("江门市某公司", 50)
	for name, want := range map[string]string{"江司〔2026〕1号 通知.pdf": "江司〔2026〕1号 通知.pdf", long + ".pdf": "….pdf", long: "…", "a." + long: "…"} {
		got := office.ShortName(name)
		if !strings.HasSuffix(got, want) || len(got) > 255 || len([]rune(got)) > 72 {
			t.Errorf("%s is saved as %s", name, got)
		}
	}
}
