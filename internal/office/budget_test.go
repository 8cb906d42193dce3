package office_test

import (
	"context"
	"fmt"
	"testing"
	"time"

	"yifa/internal/demo"
	"yifa/internal/i18n"
	"yifa/internal/office"
	"yifa/internal/office/officetest"
	"yifa/internal/store"
)

// budget is how many statements a page may send to the database, however much it shows.
const budget = 12

// No page asks the database more the more there is to show.
func TestBudget(t *testing.T) {
	c := officetest.New(t)
	asked := map[string][]int{}
	var reader office.Reader
	look := func(pages map[string]func(ctx context.Context) error) {
		t.Helper()
		for name, page := range pages {
			ctx := store.Counting(t.Context())
			if err := page(ctx); err != nil {
				t.Errorf("%s: %v", name, err)
			}
			asked[name] = append(asked[name], store.Count(ctx))
		}
	}
	for round := range 2 {
		id, receipt := c.Answered()
		c.Publish(id, officetest.Public{Title: "标题", Summary: "反映。", Outcome: "属实。", Did: "已提醒。"})
		if round == 1 {
			for range 12 { // much of everything
				c.Accepted()
				c.Do(c.Filer(id), id, "message_staff", map[string][]string{"message": {"在吗"}})
				c.Do(c.As(officetest.Officer), id, "note", map[string][]string{"note": {"在。"}})
				other, _ := c.Accepted()
				c.Do(c.As(officetest.Officer), other, "split", map[string][]string{"split_problem": {"inaction"}, "account": {"另一件。"}})
				c.Do(c.As(officetest.Officer), other, "split", map[string][]string{"split_problem": {"inaction"}, "account": {"又一件。"}})
				c.Do(c.As(officetest.Officer), other, "split", map[string][]string{"split_problem": {"inaction"}, "account": {"再一件。"}})
				c.Do(c.Filer(other), other, "report_retaliation", map[string][]string{"what": {"有人打电话来。"}})
				id, receipt = other, office.Receipt{Code: receipt.Code}
			}
			if err := c.Office.Work(t.Context()); err != nil {
				t.Fatal(err)
			}
			c.Clock.Set(c.Clock.Now().Add(2 * time.Minute)) // figures are kept a minute
		}
		signed, err := c.Office.SignIn(t.Context(), "zhenruotang", demo.Password, office.From{})
		if err != nil {
			t.Fatal(err)
		}
		if reader, err = c.Office.ReaderOf(t.Context(), signed.Token, i18n.ZhHans); err != nil {
			t.Fatal(err)
		}
		look(map[string]func(ctx context.Context) error{
			"matter": func(ctx context.Context) error { _, err := c.Office.Matter(ctx, reader, id); return err },
			"record": func(ctx context.Context) error { _, _, err := c.Office.Record(ctx, reader, id); return err },
			"form":   func(ctx context.Context) error { _, err := c.Office.Form(ctx, reader, id, "note", nil); return err },
			"list":   func(ctx context.Context) error { _, err := c.Office.List(ctx, reader, office.Filter{}); return err },
			"search": func(ctx context.Context) error {
				_, err := c.Office.List(ctx, reader, office.Filter{Query: "证件"})
				return err
			},
			"today":  func(ctx context.Context) error { _, err := c.Office.TodayPage(ctx, reader); return err },
			"leader": func(ctx context.Context) error { _, err := c.Office.Leader(ctx, reader); return err },
			"track":  func(ctx context.Context) error { _, err := c.Office.Track(ctx, c.Filer(id)); return err },
			"code":   func(ctx context.Context) error { _, err := c.Office.ByCode(ctx, receipt.Code, i18n.ZhHans); return err },
			"session": func(ctx context.Context) error {
				_, err := c.Office.ReaderOf(ctx, signed.Token, i18n.ZhHans)
				return err
			},
			"due": func(ctx context.Context) error {
				_, err := c.Office.List(ctx, reader, office.Filter{Due: "soon"})
				return err
			},
			"figures": func(ctx context.Context) error { _, err := c.Office.Statistics(ctx, reader, "2026", false); return err },
			"public figures": func(ctx context.Context) error {
				_, err := c.Office.PublicStatistics(ctx, i18n.ZhHans, "2026")
				return err
			},
			"figure": func(ctx context.Context) error {
				_, err := c.Office.List(ctx, reader, office.Filter{Figure: "received", Period: "2026"})
				return err
			},
			"results": func(ctx context.Context) error {
				_, err := c.Office.Outcomes(ctx, i18n.ZhHans, office.OutcomeFilter{})
				return err
			},
		})
	}
	for name, n := range asked {
		if n[1] > budget || n[0] < 1 {
			t.Errorf("%s sends %d statements to the database, the budget is %d", name, n[1], budget)
		}
	}
	t.Log(fmt.Sprint(asked))
}
