package main

import (
	"github.com/prometheus/client_golang/prometheus"

	"yifa/internal/web/turn"
)

// hall counts those who wait for their turn, under the name of what they wait for.
func (m *metrics) hall(name string, h *turn.Hall) { m.registry.MustRegister(hallGauges{name, h}) }

// hallGauges are the figures of one hall.
type hallGauges struct {
	name string
	hall *turn.Hall
}

// proofs names the two rows.
var proofs = [2]string{"none", "work"}

func (g hallGauges) desc(name, help string, labels ...string) *prometheus.Desc {
	return prometheus.NewDesc("yifa_turns_"+name, help, labels, prometheus.Labels{"for": g.name})
}

func (g hallGauges) opened() *prometheus.Desc {
	return g.desc("opened_total", "Requests let in.", "proof")
}

func (g hallGauges) waited() *prometheus.Desc {
	return g.desc("waited_total", "Requests that had to wait first.", "proof")
}

func (g hallGauges) waiting() *prometheus.Desc { return g.desc("waiting", "Who waits now.", "proof") }

func (g hallGauges) refused() *prometheus.Desc {
	return g.desc("refused_total", "Times somebody found no place to wait.")
}

func (g hallGauges) level() *prometheus.Desc {
	return g.desc("load", "0: quiet, 1: the hardest proof of work is asked for.")
}

func (g hallGauges) proofsOnly() *prometheus.Desc {
	return g.desc("proofs_only", "1 while an administrator lets nobody in without a proof of work.")
}

func (g hallGauges) Describe(to chan<- *prometheus.Desc) {
	for _, d := range []*prometheus.Desc{g.opened(), g.waited(), g.waiting(), g.refused(), g.level(), g.proofsOnly()} {
		to <- d
	}
}

func (g hallGauges) Collect(to chan<- prometheus.Metric) {
	f := g.hall.Figures()
	for row, proof := range proofs {
		to <- prometheus.MustNewConstMetric(g.opened(), prometheus.CounterValue, float64(f.Opened[row]), proof)
		to <- prometheus.MustNewConstMetric(g.waited(), prometheus.CounterValue, float64(f.Waited[row]), proof)
		to <- prometheus.MustNewConstMetric(g.waiting(), prometheus.GaugeValue, float64(f.Waiting[row]), proof)
	}
	to <- prometheus.MustNewConstMetric(g.refused(), prometheus.CounterValue, float64(f.Refused))
	to <- prometheus.MustNewConstMetric(g.level(), prometheus.GaugeValue, f.Level)
	only := 0.0
	if f.Mode == turn.ProofOnly {
		only = 1
	}
	to <- prometheus.MustNewConstMetric(g.proofsOnly(), prometheus.GaugeValue, only)
}
