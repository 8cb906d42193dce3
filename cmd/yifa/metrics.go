package main

import (
	"context"
	"log/slog"
	"net/http"
	"strconv"
	"sync"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/collectors"
	"github.com/prometheus/client_golang/prometheus/promhttp"
	dto "github.com/prometheus/client_model/go"

	"yifa/internal/store"
	"yifa/internal/web"
)

// metrics is what whoever keeps the machine may count: answers by route and status, work that waits, backups, the program.
// Never a matter, a person, an address or a path; and never more exactly than by the minute, since a counter that moves
// the moment a report comes in tells when it was filed.
type metrics struct {
	registry *prometheus.Registry
	requests *prometheus.CounterVec
	seconds  *prometheus.HistogramVec
	backup   prometheus.Gauge
	now      func() time.Time

	mu     sync.Mutex
	minute time.Time
	last   []*dto.MetricFamily
}

func newMetrics(db *store.DB, now func() time.Time) *metrics {
	m := &metrics{registry: prometheus.NewRegistry(), now: now,
		requests: prometheus.NewCounterVec(prometheus.CounterOpts{Name: "yifa_requests_total", Help: "Answers."}, []string{"method", "route", "status"}),
		seconds: prometheus.NewHistogramVec(prometheus.HistogramOpts{Name: "yifa_request_seconds", Help: "Time an answer took.",
			Buckets: []float64{.005, .02, .05, .1, .2, .5, 1, 5}}, []string{"route"}),
		backup: prometheus.NewGauge(prometheus.GaugeOpts{Name: "yifa_backup_last_success_timestamp_seconds", Help: "When the last backup was made by this program; 0: none yet."}),
	}
	m.registry.MustRegister(m.requests, m.seconds, m.backup, jobGauges{db}, scrubGauges{db}, collectors.NewGoCollector(),
		collectors.NewProcessCollector(collectors.ProcessCollectorOpts{}))
	return m
}

// observe counts an answer.
func (m *metrics) observe(a web.Answered) {
	m.requests.WithLabelValues(methodOf(a.Method), a.Route, strconv.Itoa(a.Status)).Inc()
	m.seconds.WithLabelValues(a.Route).Observe(a.Took.Seconds())
}

// methodOf keeps what strangers invent out of the labels.
func methodOf(method string) string {
	switch method {
	case http.MethodGet, http.MethodHead, http.MethodPost, http.MethodPut, http.MethodDelete, http.MethodOptions:
		return method
	}
	return "other"
}

// Gather is the metrics as of the last full minute.
func (m *metrics) Gather() ([]*dto.MetricFamily, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if at := m.now().Truncate(time.Minute); !at.Equal(m.minute) {
		families, err := m.registry.Gather()
		if err != nil {
			return nil, err
		}
		m.minute, m.last = at, families
	}
	return m.last, nil
}

// handler serves the metrics, for an address of its own that strangers do not reach.
func (m *metrics) handler() http.Handler {
	mux := http.NewServeMux()
	mux.Handle("GET /metrics", promhttp.HandlerFor(m, promhttp.HandlerOpts{}))
	return mux
}

// jobGauges counts the work that waits.
type jobGauges struct{ db *store.DB }

var (
	jobsWaiting = prometheus.NewDesc("yifa_jobs_waiting", "Jobs that are due or will be.", nil, nil)
	jobsGivenUp = prometheus.NewDesc("yifa_jobs_given_up", "Jobs that failed too often and run no more.", nil, nil)
)

func (jobGauges) Describe(to chan<- *prometheus.Desc) { to <- jobsWaiting; to <- jobsGivenUp }

func (g jobGauges) Collect(to chan<- prometheus.Metric) {
	ctx, cancel := context.WithTimeout(context.Background(), readyTime)
	defer cancel()
	err := g.db.Read(ctx, func(q *store.Query) error {
		waiting, givenUp, err := q.JobCounts(ctx)
		if err == nil {
			to <- prometheus.MustNewConstMetric(jobsWaiting, prometheus.GaugeValue, float64(waiting))
			to <- prometheus.MustNewConstMetric(jobsGivenUp, prometheus.GaugeValue, float64(givenUp))
		}
		return err
	})
	if err != nil {
		slog.Error("metrics", "fault", err)
	}
}
