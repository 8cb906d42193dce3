package office_test

import (
	"errors"
	"strings"
	"testing"

	"yifa/internal/office"
	"yifa/internal/office/officetest"
)

// What leaves a complaint for others names nobody, or says why (ptsd/285); what was found is told at its field.
func TestNameless(t *testing.T) {
	c := officetest.New(t)
	id, _ := c.Accepted()
	officer := c.As(officetest.Officer)
	letter := func(content, naming string) error {
		fields := map[string][]string{"content": {content}}
		if naming != "" {
			fields["naming"] = []string{naming}
		}
		_, err := c.Office.Perform(t.Context(), officer, office.Act{Matter: id, Act: "ask_organ", Fields: fields})
		return err
	}
	var bad office.BadFields
	if err := letter("请说明陈志强反映的情况，他的电话13800138000，车牌粤J12345。", ""); !errors.As(err, &bad) || len(bad) != 1 ||
		!strings.Contains(bad["content"], "“13800138000”（电话）") || !strings.Contains(bad["content"], "粤J12345") {
		t.Errorf("a letter with a telephone number: %v %v", err, bad)
	}
	if got := c.State(id); got.Stage != "accepted" {
		t.Errorf("stage %s", got.Stage)
	}
	must(t, letter("请说明粤J12345执法车当天的任务。", "车牌是执法车的。"))
	must(t, letter("请说明9月22日白沙街道综合行政执法办公室扣押物品的依据和经过。", ""))
	c.Sound()
}
