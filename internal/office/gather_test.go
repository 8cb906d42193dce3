package office_test

import (
	"context"
	"testing"
	"time"

	"yifa/internal/office"
	"yifa/internal/office/officetest"
)

// However many acts come in, what was written is found soon: work gathers and never starves.
func TestFoundWhileBusy(t *testing.T) {
	c := officetest.New(t)
	busy, _ := c.Sorted()
	ctx, stop := context.WithCancel(t.Context())
	const callers = 32
	ended := make(chan struct{}, callers+1)
	go func() { c.Office.Run(ctx); ended <- struct{}{} }()
	for range callers {
		go func() {
			for ctx.Err() == nil {
				_, _ = c.Office.Perform(ctx, c.As(officetest.Officer), office.Act{Matter: busy, Act: "note", Fields: map[string][]string{"note": {"又来一条。"}}})
			}
			ended <- struct{}{}
		}()
	}
	defer func() {
		stop()
		for range callers + 1 {
			<-ended
		}
	}()
	time.Sleep(3 * time.Second) // the work of the start is done, and acts come one upon another
	fields := officetest.Report()
	fields["account"] = []string{"蓝色雨棚下面有一辆手推车被拖走了。"}
	want := c.File(fields).ID
	for start := time.Now(); ; time.Sleep(50 * time.Millisecond) {
		l, err := c.Office.List(t.Context(), c.As(officetest.Officer), office.Filter{Query: "手推车被拖走", Closed: "all"})
		if err != nil {
			t.Fatal(err)
		}
		if len(l.Rows) == 1 && l.Rows[0].ID == want {
			return
		}
		const soon = 10 * time.Second // two on a machine that does nothing else
		if time.Since(start) > soon {
			t.Fatalf("not found %s after it was filed, among acts upon acts", soon)
		}
	}
}
