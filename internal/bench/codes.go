package bench

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"os"
	"slices"
	"time"

	"yifa/internal/i18n"
	"yifa/internal/identity"
)

// CodesReport is how long the look-up by receipt code takes with a code that is known and one that is not.
type CodesReport struct {
	Machine      Machine
	Load         string // average load of the machine before
	Matters      int
	Tries        int // of each
	Right, Wrong []time.Duration
}

// codesTold is how far apart the medians may be: nobody far away can measure less.
const codesTold = 5 * time.Millisecond

// Codes fills a folder and asks a served child POST /track with known and unknown codes in turn, tries times each.
func Codes(ctx context.Context, o Options, tries int) (*CodesReport, error) {
	r := &CodesReport{Machine: machine(o), Matters: o.Sizes[0], Tries: tries, Load: loadAverage()}
	s := &size{Options: o, n: o.Sizes[0], dir: o.Dir}
	if err := os.MkdirAll(s.dir, 0o700); err != nil {
		return r, err
	}
	c, err := s.open(ctx, true)
	if err != nil {
		return r, err
	}
	defer func() { c.close() }()
	if err := c.fill(ctx); err != nil {
		return r, err
	}
	codes, err := c.codes(ctx, tries)
	if err != nil {
		return r, err
	}
	c.close()
	k, err := s.start(ctx, "/track", s.serveArgs()...)
	if err != nil {
		return r, err
	}
	defer k.stop()
	return r, r.ask(ctx, k, codes)
}

// codes are the receipt codes of so many new reports.
func (c *city) codes(ctx context.Context, n int) ([]string, error) {
	var out []string
	for i := range n {
		d, err := c.Office.NewDraft(ctx)
		if err != nil {
			return nil, err
		}
		if _, err := c.Office.SaveDraft(ctx, d.ID, reportOf(i, n, dice(i), county)); err != nil {
			return nil, err
		}
		receipt, err := c.Office.FileReport(ctx, d.ID, i18n.ZhHans, nil)
		if err != nil {
			return nil, err
		}
		out = append(out, receipt.Code)
	}
	return out, nil
}

// ask tries the codes, a known one and an unknown one in turn, after some that are not counted.
func (r *CodesReport) ask(ctx context.Context, k *child, codes []string) error {
	const warm = 20
	try := func(code string, want int) (time.Duration, error) {
		begin := time.Now()
		err := k.ask(ctx, http.MethodPost, "/track", url.Values{"code": {code}}.Encode(), want)
		return time.Since(begin), err
	}
	for i := range warm + r.Tries {
		right, err := try(codes[i%len(codes)], http.StatusSeeOther)
		if err != nil {
			return err
		}
		wrong, err := try(identity.NewReceiptCode().Digits(), http.StatusUnprocessableEntity)
		if err != nil {
			return err
		}
		if i >= warm {
			r.Right, r.Wrong = append(r.Right, right), append(r.Wrong, wrong)
		}
	}
	slices.Sort(r.Right)
	slices.Sort(r.Wrong)
	return nil
}

// Apart is how far apart the medians are.
func (r *CodesReport) Apart() time.Duration { return (at(r.Right, 50) - at(r.Wrong, 50)).Abs() }

// Told says whether the two can be told apart.
func (r *CodesReport) Told() bool { return r.Apart() >= codesTold }

func at(sorted []time.Duration, percent int) time.Duration {
	if len(sorted) == 0 {
		return 0
	}
	return sorted[min(len(sorted)*percent/100, len(sorted)-1)]
}

// Print writes the report as Markdown.
func (r *CodesReport) Print(w io.Writer) {
	m := r.Machine
	_, _ = fmt.Fprintf(w, "%s, %d × %s, %s, %s, load before %s, %d matters, %d tries of each.\n\n", m.Day, m.Cores, m.CPU, m.Database, m.Go, r.Load, r.Matters, r.Tries)
	_, _ = fmt.Fprintf(w, "| receipt code | p10 ms | median ms | p90 ms |\n|---|--:|--:|--:|\n")
	for _, l := range []struct {
		name string
		all  []time.Duration
	}{{"known", r.Right}, {"unknown", r.Wrong}} {
		_, _ = fmt.Fprintf(w, "| %s | %.2f | %.2f | %.2f |\n", l.name, ms(at(l.all, 10)), ms(at(l.all, 50)), ms(at(l.all, 90)))
	}
	_, _ = fmt.Fprintf(w, "\nThe medians are %.2f ms apart; the aim is less than %.0f ms.\n", ms(r.Apart()), ms(codesTold))
}
