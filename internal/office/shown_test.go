package office_test

import (
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"yifa/internal/office/officetest"
	"yifa/internal/procedure"
)

// procedure.Listed, by which the compiler says what is read, are the facts that the office reads by name.
func TestListedFacts(t *testing.T) {
	files, err := filepath.Glob("*.go")
	if err != nil {
		t.Fatal(err)
	}
	named := regexp.MustCompile(`Facts\.(?:Text|Bool|List)\("([a-z_]+)"\)`)
	var found []string
	for _, file := range files {
		if strings.HasSuffix(file, "_test.go") {
			continue
		}
		raw, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range named.FindAllStringSubmatch(string(raw), -1) {
			if !slices.Contains(found, m[1]) {
				found = append(found, m[1])
			}
		}
	}
	want := slices.Clone(procedure.Listed)
	slices.Sort(found)
	slices.Sort(want)
	if !slices.Equal(found, want) {
		t.Errorf("the office reads %v, procedure.Listed has %v", found, want)
	}
}

// Officials see with each act what else it was answered with, texts and choices; the filer, who reads the papers,
// and whoever only reads do not.
func TestTimelineSaysAnswers(t *testing.T) {
	c := officetest.New(t)
	id, _ := c.Accepted()
	officer := c.As(officetest.Officer)
	c.Do(officer, id, "ask_supplement", map[string][]string{"what": {"照片。"}})
	c.Do(c.Filer(id), id, "supplement", map[string][]string{"text": {"当时下着雨，只拍到车牌。"}})
	c.Do(officer, id, "record_verification", map[string][]string{"method": {"file_review"}, "heard_organ": {"true"}, "findings": {"没有出示证件。"}})
	v, err := c.Office.Matter(t.Context(), officer, id)
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, item := range v.Timeline {
		for _, f := range item.Said {
			got = append(got, item.Title+" "+f.Label+" "+f.Value)
		}
	}
	for _, want := range []string{"登记核查情况 核查方式 调阅案卷", "补充材料 补充说明 当时下着雨，只拍到车牌。", "分流 属于哪一类 执法投诉"} {
		if !slices.Contains(got, want) {
			t.Errorf("no %q in\n%s", want, strings.Join(got, "\n"))
		}
	}
	track, err := c.Office.Track(t.Context(), c.Filer(id))
	if err != nil {
		t.Fatal(err)
	}
	for _, item := range track.Timeline {
		if len(item.Said) > 0 {
			t.Errorf("the filer is told %v with %s", item.Said, item.Title)
		}
	}
}
