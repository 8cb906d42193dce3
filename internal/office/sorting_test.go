package office_test

import (
	"fmt"
	"strings"
	"testing"

	"yifa/internal/office"
	"yifa/internal/office/officetest"
	"yifa/internal/store"
)

// Whoever sorts a report is told what in it speaks for what, in words, and nothing of what he may not see.
func TestSorting(t *testing.T) {
	t.Parallel()
	c := officetest.New(t)
	hidden := officetest.Report()
	hidden["division"], hidden["organ"] = []string{"440705"}, []string{"440705-scjg"}
	for _, fields := range []map[string][]string{officetest.Report(), hidden} {
		fields["account"] = []string{"白沙街道夜市每个摊位收 200 元清洁费，不给票据。"}
		c.File(fields)
	}
	lead, _ := c.Accepted()
	number := c.State(lead).Number("matter")
	fields := officetest.Report()
	delete(fields, "organ")
	fields["identity"], fields["name"], fields["phone"] = []string{"named"}, []string{"鹤山城管"}, []string{"13800000159"}
	fields["account"] = []string{"夜市里每个摊位收了 200 元清洁费，没有票据。蓬江城管知道，给过我" + number + "。"}
	id := c.File(fields).ID
	v, err := c.Office.Matter(t.Context(), c.As(officetest.Officer), id)
	if err != nil {
		t.Fatal(err)
	}
	if v.Sorting == nil || len(v.Sorting.Twins) != 1 || len(v.Sorting.Organs) != 2 || len(v.Sorting.Places) != 1 || len(v.Sorting.Named) != 1 {
		t.Fatalf("got %+v", v.Sorting)
	}
	organ, twin := v.Sorting.Organs[0], v.Sorting.Twins[0]
	if organ.Label != "蓬江区城市管理和综合执法局" || organ.Why[0] != "提交人写了“蓬江城管”" || organ.Act != "link_target" || organ.Fields["complained_organ"] != "440703-cgzf" {
		t.Errorf("organ %+v", organ)
	}
	if why := strings.Join(twin.Why, "；"); !strings.HasPrefix(why, "同一个地方；同一天；写法有 ") || !strings.Contains(why, "清洁费") || twin.Act != "" {
		t.Errorf("twin %+v", twin)
	}
	if shown := fmt.Sprint(v.Sorting); strings.Contains(shown, "鹤山") || strings.Contains(shown, "13800000159") {
		t.Errorf("a sealed name is used: %s", shown)
	}
	c.Do(c.As(officetest.Officer), id, "link_target", map[string][]string{"target": {"known"}, "complained_organ": {"440703002-zhzf"}, "officer_known": {"false"}})
	if v, err = c.Office.Matter(t.Context(), c.As(officetest.Officer), id); err != nil || v.Sorting.Twins[0].Act != "join" || len(v.Sorting.Organs) != 0 {
		t.Errorf("once the organ is linked: %+v, %v", v.Sorting, err)
	}
	for _, who := range []office.Reader{c.As(officetest.Leader), c.As(officetest.Intake)} {
		if v, err := c.Office.Matter(t.Context(), who, id); err == nil && v.Sorting != nil {
			t.Errorf("%s, who does not sort, is helped with it", who.Person)
		}
	}
	ctx := store.Counting(t.Context())
	if _, err := c.Office.Matter(ctx, c.As(officetest.Officer), id); err != nil || store.Count(ctx) > budget {
		t.Errorf("the page sends %d statements, %v", store.Count(ctx), err)
	}
}
