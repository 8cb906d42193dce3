package office_test

import (
	"errors"
	"testing"

	"yifa/internal/i18n"
	"yifa/internal/office"
	"yifa/internal/office/officetest"
)

// notified is an inspection up to its notice, and what the notice gave.
func notified(t *testing.T, c *officetest.City, code string) office.Done {
	t.Helper()
	perform := func(person string, a office.Act) office.Done {
		t.Helper()
		a.Key = office.NewKey()
		done, err := c.Office.Perform(t.Context(), c.As(person), a)
		if err != nil {
			t.Fatalf("%s by %s: %v", a.Act, person, err)
		}
		return done
	}
	id := perform("shi-yunfan", office.Act{Procedure: "inspection", Act: "plan", Fields: map[string][]string{"kind": {"routine"}, "items": {"卫生"}, "listed": {"true"},
		"used": {"0"}, "cap": {"2"}, "subject_name": {"好味餐馆"}, "credit_code": {code}, "division": {"440703002"}, "place": {"建设二路8号"},
		"day": {c.Office.Today().String()}, "ahead": {"true"}}}).Matter
	perform("cen-weiye", office.Act{Matter: id, Act: "approve"})
	return perform("shi-yunfan", office.Act{Matter: id, Act: "notify", Fields: map[string][]string{"paper_number": {"12号"}, "how": {"sent"}}})
}

// rated is what whoever holds a rating code answers.
func rated(score string) map[string][]string {
	return map[string][]string{"carded": {"yes"}, "told": {"yes"}, "kept": {"yes"}, "clean": {"yes"}, "score": {score}, "words": {"进门先亮证。"}}
}

// The code that comes with a notice rates once. Then it opens nothing, whoever holds it is told that it was used, and
// who rated goes on with a new one. The organ that inspected never sees the rating; the supervision office does.
func TestRatingCode(t *testing.T) {
	t.Parallel()
	c := officetest.New(t)
	ctx := t.Context()
	done := notified(t, c, "92440703MA4XEXMP12")
	if done.Code == "" || done.Coded == done.Matter {
		t.Fatalf("the notice gave code %q of %s", done.Code, done.Coded)
	}
	rating := done.Coded
	for _, person := range []string{"shi-yunfan", "lin-jiahui", "cen-weiye", "zhong-lingyun"} {
		if _, err := c.Office.Matter(ctx, c.As(person), rating); !errors.Is(err, office.ErrNotFound) {
			t.Errorf("%s of the organ that inspected finds the rating: %v", person, err)
		}
	}
	filer, err := c.Office.ByCode(ctx, done.Code, i18n.ZhHans)
	if err != nil || filer.Filer != rating {
		t.Fatalf("the code opens %s: %v", filer.Filer, err)
	}
	act := office.Act{Matter: rating, Act: "rate", Key: "once", Fields: rated("five")}
	first, err := c.Office.Perform(ctx, filer, act)
	if err != nil || first.Code == "" || first.Code == done.Code {
		t.Fatalf("rating gave code %q: %v", first.Code, err)
	}
	if _, err := c.Office.ByCode(ctx, done.Code, i18n.ZhHans); !errors.Is(err, office.ErrCodeUsed) {
		t.Errorf("the code of the notice still opens: %v", err)
	}
	if again, err := c.Office.CodeAfter(ctx, done.Code, "once"); err != nil || again != first.Code {
		t.Errorf("sent again, the form tells %q: %v", again, err)
	}
	if _, err := c.Office.CodeAfter(ctx, done.Code, "guessed"); !errors.Is(err, office.ErrNotFound) {
		t.Errorf("another form tells the new code: %v", err)
	}
	after, err := c.Office.ByCode(ctx, first.Code, i18n.ZhHans)
	if err != nil || after.Filer != rating {
		t.Fatalf("the new code opens %s: %v", after.Filer, err)
	}
	if _, err := c.Office.Matter(ctx, c.As(officetest.Officer), rating); err != nil {
		t.Errorf("the supervision office does not find the rating: %v", err)
	}
	if _, err := c.Office.Matter(ctx, c.As(officetest.Stranger), rating); !errors.Is(err, office.ErrNotFound) {
		t.Errorf("another county's office finds the rating: %v", err)
	}
}

// An inspection that is cancelled takes its code back.
func TestCancelledInspection(t *testing.T) {
	t.Parallel()
	c := officetest.New(t)
	done := notified(t, c, "92440703MA4XEXMP12")
	c.Do(c.As("shi-yunfan"), done.Matter, "cancel", map[string][]string{"reason": {"合并检查。"}})
	filer := c.Filer(done.Coded)
	if _, err := c.Office.Perform(t.Context(), filer, office.Act{Matter: done.Coded, Act: "rate", Key: "late", Fields: rated("one")}); !errors.As(err, new(*office.Refused)) {
		t.Errorf("a cancelled inspection was rated: %v", err)
	}
}
