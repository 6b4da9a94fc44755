// Package metrics counts what operators watch, for Prometheus, and says whether
// a process is alive and ready. It listens apart from the workbench: what it
// tells is for machines of the operator only.
package metrics

import (
	"context"
	"encoding/json"
	"errors"
	"io"
	"io/fs"
	"net/http"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/collectors"
	"github.com/prometheus/client_golang/prometheus/promhttp"

	"hequan/internal/blob"
	"hequan/internal/store"
)

// Queue is what is asked of the queue.
type Queue interface {
	Waiting() (waiting, active map[string]int, err error)
	Ping(ctx context.Context) error
}

// Metrics are the counters of one process.
type Metrics struct {
	Store   *store.Store
	Queue   Queue
	Blobs   blob.Store
	Pages   func() int // pages read so far that were not known
	Version string
	Reader  string // version of the reader

	registry   *prometheus.Registry
	attempts   *prometheus.CounterVec
	durations  *prometheus.HistogramVec
	statements *prometheus.CounterVec
	transfers  *prometheus.CounterVec
}

// New makes the counters; the fields are set before Handler is called.
func New() *Metrics {
	m := &Metrics{registry: prometheus.NewRegistry(),
		attempts:   prometheus.NewCounterVec(prometheus.CounterOpts{Name: "hequan_attempts_total", Help: "Attempts at work, by kind and outcome."}, []string{"kind", "outcome"}),
		durations:  prometheus.NewHistogramVec(prometheus.HistogramOpts{Name: "hequan_attempt_seconds", Help: "How long attempts took.", Buckets: []float64{.05, .2, 1, 5, 20, 60, 300, 1800}}, []string{"kind"}),
		statements: prometheus.NewCounterVec(prometheus.CounterOpts{Name: "hequan_database_statements_total", Help: "Statements to the database, by result."}, []string{"result"}),
		transfers:  prometheus.NewCounterVec(prometheus.CounterOpts{Name: "hequan_blob_operations_total", Help: "Contents put and got, by result."}, []string{"operation", "result"}),
	}
	for _, result := range []string{"ok", "error"} { // so that alerts have something to compare with
		m.statements.WithLabelValues(result)
		m.transfers.WithLabelValues("put", result)
		m.transfers.WithLabelValues("get", result)
	}
	m.registry.MustRegister(m.attempts, m.durations, m.statements, m.transfers, m, collectors.NewGoCollector(), collectors.NewProcessCollector(collectors.ProcessCollectorOpts{}))
	return m
}

// Attempt counts an attempt; see worker.Worker.
func (m *Metrics) Attempt(k store.Kind, outcome string, took time.Duration) {
	m.attempts.WithLabelValues(string(k), outcome).Inc()
	m.durations.WithLabelValues(string(k)).Observe(took.Seconds())
}

// Statement counts a statement; see store.Store.
func (m *Metrics) Statement(failed bool) { m.statements.WithLabelValues(result(failed)).Inc() }

func result(failed bool) string {
	if failed {
		return "error"
	}
	return "ok"
}

// counted is a store of blobs whose operations are counted.
type counted struct {
	blob.Store
	m *Metrics
}

// Count returns the store with its operations counted.
func (m *Metrics) Count(s blob.Store) blob.Store { return counted{s, m} }

func (c counted) done(operation string, err error) {
	failed := err != nil && !errors.Is(err, fs.ErrNotExist) && !errors.Is(err, blob.ErrTooLarge)
	c.m.transfers.WithLabelValues(operation, result(failed)).Inc()
}

// Put implements blob.Store. An upload that breaks off is no fault of the store.
func (c counted) Put(r io.Reader, limit int64) (blob.Info, error) {
	from := &source{Reader: r}
	info, err := c.Store.Put(from, limit)
	if !from.broke {
		c.done("put", err)
	}
	return info, err
}

// source notes whether reading what is to be put failed.
type source struct {
	io.Reader
	broke bool
}

func (s *source) Read(p []byte) (int, error) {
	n, err := s.Reader.Read(p)
	s.broke = s.broke || err != nil && !errors.Is(err, io.EOF)
	return n, err
}

// Get implements blob.Store.
func (c counted) Get(sha256 string) ([]byte, error) {
	data, err := c.Store.Get(sha256)
	c.done("get", err)
	return data, err
}

// File implements blob.Store.
func (c counted) File(sha256, dir string) (string, error) {
	path, err := c.Store.File(sha256, dir)
	c.done("get", err)
	return path, err
}

var (
	due     = prometheus.NewDesc("hequan_due_rows", "Rows of the database that wait to be worked on.", []string{"kind"}, nil)
	running = prometheus.NewDesc("hequan_running_rows", "Rows that somebody works on.", []string{"kind"}, nil)
	oldest  = prometheus.NewDesc("hequan_oldest_due_seconds", "Age of the oldest row that waits.", []string{"kind"}, nil)
	dead    = prometheus.NewDesc("hequan_dead_letters", "Work that was given up and nobody has taken up again.", nil, nil)
	waiting = prometheus.NewDesc("hequan_queue_waiting", "Tasks that wait in the queue.", []string{"queue"}, nil)
	active  = prometheus.NewDesc("hequan_queue_active", "Tasks at hand.", []string{"queue"}, nil)
	pages   = prometheus.NewDesc("hequan_pages_read_total", "Pages read by this process that were not known.", nil, nil)
	workers = prometheus.NewDesc("hequan_workers", "Workers on this database, by version.", []string{"version", "reader"}, nil)
	up      = prometheus.NewDesc("hequan_up", "Whether a part that this process needs answers.", []string{"part"}, nil)
	build   = prometheus.NewDesc("hequan_build_info", "The program and its reader.", []string{"version", "reader"}, nil)
)

// Describe implements prometheus.Collector.
func (m *Metrics) Describe(to chan<- *prometheus.Desc) {
	for _, d := range []*prometheus.Desc{due, running, oldest, dead, waiting, active, pages, workers, up, build} {
		to <- d
	}
}

// Collect implements prometheus.Collector: what the database and the queue
// know is asked when it is wanted.
func (m *Metrics) Collect(to chan<- prometheus.Metric) {
	ctx, cancel := context.WithTimeout(context.Background(), 5*time.Second)
	defer cancel()
	gauge := func(d *prometheus.Desc, v float64, labels ...string) {
		to <- prometheus.MustNewConstMetric(d, prometheus.GaugeValue, v, labels...)
	}
	gauge(build, 1, m.Version, m.Reader)
	to <- prometheus.MustNewConstMetric(pages, prometheus.CounterValue, float64(m.Pages()))
	b, err := m.Store.Backlog(ctx)
	gauge(up, well(err), "database")
	if err == nil {
		for k, n := range b.Waiting {
			gauge(due, float64(n), string(k))
			gauge(running, float64(b.Running[k]), string(k))
			gauge(oldest, b.Oldest[k].Seconds(), string(k))
		}
		gauge(dead, float64(b.Dead))
	}
	if list, err := m.Store.Workers(ctx); err == nil {
		count := map[[2]string]int{}
		for _, w := range list {
			count[[2]string{w.Version, w.Reader}]++
		}
		for w, n := range count {
			gauge(workers, float64(n), w[0], w[1])
		}
	}
	wait, act, err := m.Queue.Waiting()
	gauge(up, well(err), "queue")
	for name, n := range wait {
		gauge(waiting, float64(n), name)
		gauge(active, float64(act[name]), name)
	}
}

func well(err error) float64 {
	if err != nil {
		return 0
	}
	return 1
}

// Handler serves /metrics, /healthz (the process answers) and /readyz (all that
// it needs answers, too).
func (m *Metrics) Handler() http.Handler {
	mux := http.NewServeMux()
	mux.Handle("GET /metrics", promhttp.HandlerFor(m.registry, promhttp.HandlerOpts{}))
	mux.HandleFunc("GET /healthz", func(w http.ResponseWriter, _ *http.Request) { _, _ = io.WriteString(w, "ok\n") })
	mux.HandleFunc("GET /readyz", m.ready)
	return mux
}

func (m *Metrics) ready(w http.ResponseWriter, r *http.Request) {
	ctx, cancel := context.WithTimeout(r.Context(), 5*time.Second)
	defer cancel()
	status, parts := http.StatusOK, map[string]string{}
	for name, err := range map[string]error{"database": m.Store.Ping(ctx), "queue": m.Queue.Ping(ctx), "files": m.Blobs.Ping()} {
		parts[name] = "ok"
		if err != nil {
			status, parts[name] = http.StatusServiceUnavailable, err.Error()
		}
	}
	w.Header().Set("Content-Type", "application/json; charset=utf-8")
	w.WriteHeader(status)
	if err := json.NewEncoder(w).Encode(parts); err != nil {
		return // the client went away
	}
}
