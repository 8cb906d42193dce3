package main

import (
	"context"
	"log/slog"

	"github.com/prometheus/client_golang/prometheus"

	"yifa/internal/office"
	"yifa/internal/store"
)

// scrubGauges tells whether every file of the record is still what it was.
type scrubGauges struct{ db *store.DB }

var (
	filesDamaged = prometheus.NewDesc("yifa_evidence_damaged_files", "Files of the record that the last finished check found damaged or gone.", nil, nil)
	filesChecked = prometheus.NewDesc("yifa_evidence_checked_timestamp_seconds", "When the last finished check of the files began; 0: none yet.", nil, nil)
)

func (scrubGauges) Describe(to chan<- *prometheus.Desc) { to <- filesDamaged; to <- filesChecked }

func (g scrubGauges) Collect(to chan<- prometheus.Metric) {
	ctx, cancel := context.WithTimeout(context.Background(), readyTime)
	defer cancel()
	last, err := office.LastScrub(ctx, g.db)
	if err != nil {
		slog.Error("metrics", "fault", err)
		return
	}
	bad, began := 0., 0.
	if last != nil {
		bad, began = float64(last.Bad), float64(last.Began.Unix())
	}
	to <- prometheus.MustNewConstMetric(filesDamaged, prometheus.GaugeValue, bad)
	to <- prometheus.MustNewConstMetric(filesChecked, prometheus.GaugeValue, began)
}
