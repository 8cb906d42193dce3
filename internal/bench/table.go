package bench

import (
	"fmt"
	"io"
	"text/tabwriter"
	"time"
)

// Ratio is one aim and how it was met in this run.
type Ratio struct {
	Name  string
	Value float64
	Aim   float64
	Least bool   // Aim is the least that will do; otherwise the most
	Unit  string // "" for a ratio
	Met   bool
}

// line finds a line; an empty one where it was not measured.
func (s *size) line(name string, clients int) Line {
	for _, l := range s.out.Lines {
		if l.Name == name && l.Clients == clients {
			return l
		}
	}
	return Line{}
}

// ratios hold the run to its aims.
func (s *size) ratios() {
	least := func(name string, value, aim float64) {
		s.out.Ratios = append(s.out.Ratios, Ratio{Name: name, Value: value, Aim: aim, Least: true, Met: value >= aim})
	}
	most := func(name string, value, aim float64, unit string) {
		s.out.Ratios = append(s.out.Ratios, Ratio{Name: name, Value: value, Aim: aim, Unit: unit, Met: value <= aim})
	}
	over := func(a, b Line) float64 {
		if b.PerS == 0 {
			return 0
		}
		return a.PerS / b.PerS
	}
	least("report in process / raw insert, 64 callers", over(s.line(lineReport, 64), s.line(lineRaw, 64)), 0.4)
	least("final POST / raw insert, 32 clients", over(s.line(linePost, 32), s.line(lineRaw, 32)), 0.35)
	least("matter page / bare page of one row, 8 clients", over(s.line(lineMatter, 8), s.line(lineBareOne, 8)), 0.35)
	least("list page 1 / bare page of 50 rows, 8 clients", over(s.line(lineList, 8), s.line(lineBare50, 8)), 0.5)
	least("list, deep page / page 1, 8 clients", over(s.line(lineDeep, 8), s.line(lineList, 8)), 0.9)
	limit := 5.0
	if s.n > 50_000 {
		limit = 10
	}
	for _, name := range []string{lineRare2, lineRare4, lineCommon2, lineCommon4} {
		most(name+", p50 of 1 client", ms(s.line(name, 1).P50), limit, "ms")
	}
	most("index drained after the run", s.out.DrainedS, 10, "s")
	most("RssAnon idle", s.out.IdleMiB, 60, "MiB")
	most("RssAnon loaded", s.out.LoadedMiB, 150, "MiB")
	most("cold start to the first page", s.out.ColdMS, 150, "ms")
}

// Print writes the report as Markdown tables.
func (r *Report) Print(w io.Writer) {
	p := func(format string, args ...any) { _, _ = fmt.Fprintf(w, format, args...) }
	m := r.Machine
	p("%s, %d × %s, %s, %s. The client runs on the same cores.\n", m.Day, m.Cores, m.CPU, m.Database, m.Go)
	for _, s := range r.Sizes {
		p("\n### %d matters\n\nfsync of 4 KiB: %.0f/s.", s.Matters, s.FsyncPerS)
		if s.FillPerS > 0 {
			p(" Filled at %.0f matters/s, indexed.", s.FillPerS)
		}
		p("\n\n")
		t := tabwriter.NewWriter(w, 0, 0, 1, ' ', 0)
		_, _ = fmt.Fprint(t, "| what\t| clients\t| per second\t| p50 ms\t| p99 ms\t| CPU ms each\t| client CPU ms\t|\n|---\t|--:\t|--:\t|--:\t|--:\t|--:\t|--:\t|\n")
		for _, l := range s.Lines {
			_, _ = fmt.Fprintf(t, "| %s\t| %d\t| %.0f\t| %s\t| %s\t| %.3f\t| %s\t|\n", l.Name, l.Clients, l.PerS, short(l.P50), short(l.P99), l.CPU, orSame(l.Client))
		}
		_ = t.Flush()
		p("\n")
		_, _ = fmt.Fprint(t, "| aim\t| measured\t| aim\t| met\t|\n|---\t|--:\t|--:\t|---\t|\n")
		for _, a := range s.Ratios {
			sign, met := "≤", "no"
			if a.Least {
				sign = "≥"
			}
			if a.Met {
				met = "yes"
			}
			_, _ = fmt.Fprintf(t, "| %s\t| %.2f %s\t| %s %g %s\t| %s\t|\n", a.Name, a.Value, a.Unit, sign, a.Aim, a.Unit, met)
		}
		_ = t.Flush()
	}
	if len(r.Growth) == 0 {
		return
	}
	p("\n### Growth of p50 from %d to %d matters (aim ≤ 1.3)\n\n| what, clients | factor |\n|---|--:|\n", r.Sizes[0].Matters, r.Sizes[len(r.Sizes)-1].Matters)
	for _, g := range r.Growth {
		p("| %s | %.2f |\n", g.Name, g.Factor)
	}
}

func short(d time.Duration) string { return fmt.Sprintf("%.2f", ms(d)) }

func orSame(client float64) string {
	if client == 0 {
		return "in it"
	}
	return fmt.Sprintf("%.3f", client)
}
