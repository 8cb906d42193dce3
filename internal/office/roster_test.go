package office_test

import (
	"errors"
	"testing"
	"time"

	"yifa/internal/i18n"
	"yifa/internal/matter"
	"yifa/internal/office"
	"yifa/internal/office/officetest"
)

// pointOf is a liaison point that is chosen, up to its signboard.
func pointOf(t *testing.T, c *officetest.City, name string) matter.ID {
	t.Helper()
	id := did(t, c, "he-yuning", 0, "propose", map[string][]string{"name": {name}, "kind": {"chamber"}, "division": {"440703"}, "address": {"建设二路 12 号"},
		"how": {"applied"}, "why": {"会员多。"}, "consents": {"true"}})
	did(t, c, "zhen-ruotang", id, "select", map[string][]string{"reason": {"会员多。"}})
	return id
}

// did does an act of a liaison point, or opens one.
func did(t *testing.T, c *officetest.City, person string, id matter.ID, act string, fields map[string][]string) matter.ID {
	t.Helper()
	a := office.Act{Matter: id, Act: act, Key: office.NewKey(), Fields: fields}
	if id == 0 {
		a.Procedure = "liaison"
	}
	done, err := c.Office.Perform(t.Context(), c.As(person), a)
	if err != nil {
		t.Fatalf("%s by %s: %v", act, person, err)
	}
	return done.Matter
}

// What stands in a public list is what an act put there and nothing has ended, with what was told last; nothing that
// waits, and no text of the matter. Two never bear one number. Corrected, it leaves the list, and verification agrees.
func TestRoster(t *testing.T) {
	t.Parallel()
	c := officetest.New(t)
	ctx, today := t.Context(), c.Office.Today().String()
	publish := func(point string) map[string][]string {
		return map[string][]string{"point": {point}, "from": {today}, "posted_at": {"公告栏"}}
	}
	names := func() (out []string) {
		t.Helper()
		v, err := c.Office.Roster(ctx, i18n.ZhHans, "liaison")
		if err != nil {
			t.Fatal(err)
		}
		for _, g := range v.Groups {
			for _, l := range g.Lines {
				out = append(out, g.Name+" "+l.Name+" "+l.Values[0])
			}
		}
		return out
	}
	first, second := pointOf(t, c, "五金行业商会"), pointOf(t, c, "水暖卫浴行业协会")
	if got := names(); len(got) != 0 {
		t.Errorf("before any signboard: %q", got)
	}
	did(t, c, "he-yuning", first, "publish", publish("pj-01"))
	_, err := c.Office.Perform(ctx, c.As("he-yuning"), office.Act{Matter: second, Act: "publish", Key: office.NewKey(), Fields: publish("pj-01")})
	var bad office.BadFields
	if !errors.As(err, &bad) || bad["point"] == "" {
		t.Errorf("the number of another point: %v", err)
	}
	did(t, c, "he-yuning", first, "change", map[string][]string{"name": {"五金商会"}, "address": {"建设二路 14 号"}, "from": {today}})
	if got := names(); len(got) != 1 || got[0] != "蓬江区 五金商会 商会" {
		t.Errorf("the list: %q", got)
	}
	did(t, c, "he-yuning", second, "publish", publish("pj-02"))
	did(t, c, "zhen-ruotang", second, "correct", map[string][]string{"voids": {"3"}, "reason": {"牌匾还没有做好。"}})
	did(t, c, "zhen-ruotang", first, "end_point", map[string][]string{"until": {c.Office.Today().AddDays(1).String()}, "reason": {"会址搬走。"}})
	if got := names(); len(got) != 1 {
		t.Errorf("one corrected away, one ending tomorrow: %q", got)
	}
	c.Clock.Set(c.Office.Today().AddDays(1).Midnight().Add(9 * time.Hour))
	if got := names(); len(got) != 0 {
		t.Errorf("the day after the end: %q", got)
	}
	report, err := c.Office.Verify(ctx)
	if err != nil || len(report.Differences) > 0 {
		t.Errorf("verify: %v %v", report.Differences, err)
	}
	if _, err := c.Office.Roster(ctx, i18n.ZhHans, "register.organ"); !errors.Is(err, office.ErrNotFound) {
		t.Errorf("a register that is no public list: %v", err)
	}
}
