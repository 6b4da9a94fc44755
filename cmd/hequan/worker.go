package main

import (
	"cmp"
	"context"
	"errors"
	"io"
	"log/slog"
	"os"
	"path/filepath"
	"runtime"
	"syscall"
	"time"

	"hequan"
	"hequan/checks"
	"hequan/internal/correct"
	"hequan/internal/policy"
	"hequan/internal/store"
	"hequan/pipeline"
	"hequan/worker"
)

// workFlags are the flags of the commands that do queued work.
type workFlags struct {
	dataFlags
	operateFlags
	Redis     string        `help:"Queue on this Redis server instead of inside the process: redis://[user:password@]host:port[/db]; redis+sentinel:// and redis+cluster:// for several (docs/operations.md)." placeholder:"URL" env:"HEQUAN_REDIS"`
	Lease     time.Duration `help:"How long a silent worker is believed alive." default:"30s" placeholder:"TIME" env:"HEQUAN_LEASE"`
	Portion   int           `help:"A file of at least twice as many pages is read in parts of so many, by all workers." default:"20" placeholder:"N" env:"HEQUAN_PORTION"`
	Reconcile time.Duration `help:"How often the database is asked what is due." default:"30s" placeholder:"TIME" env:"HEQUAN_RECONCILE"`
	Policy    string        `help:"Policy to judge by: an id or a policy file (default: the newest)." placeholder:"ID|FILE"`
	Filings   string        `help:"A filing list of one's own (TSV)." placeholder:"FILE"`
	Awards    string        `help:"Earlier awards (CSV)." placeholder:"FILE"`

	Webhook        []string `help:"Addresses that are told of every report that is ready." placeholder:"URL" env:"HEQUAN_WEBHOOK"`
	WebhookSecret  string   `help:"Secret that signs what they are told." placeholder:"TEXT" env:"HEQUAN_WEBHOOK_SECRET"`
	WebhookPrivate bool     `help:"They may be on this machine or in a private network." env:"HEQUAN_WEBHOOK_PRIVATE"`
	readerFlags
}

// WorkerCmd is a worker alone, beside a serve on the same Redis server and data folder.
type WorkerCmd struct {
	workFlags
}

// Run works until it is interrupted.
func (c *WorkerCmd) Run(ctx context.Context) error {
	if c.Redis == "" {
		return &exitError{exitUsage, errors.New("a worker needs --redis URL: the queue inside a process can't be shared")}
	}
	log := c.logger()
	w, err := c.start(ctx, log)
	if err != nil {
		return err
	}
	defer w.close()
	log.Info("working", "data", c.Data, "readers", cmp.Or(w.Readers, runtime.NumCPU()))
	return w.Run(ctx)
}

// running is a worker with what it stands on.
type running struct {
	*worker.Worker
	policy *policy.Policy

	closers []io.Closer // in the order of opening
}

func (r *running) close() {
	for i := len(r.closers) - 1; i >= 0; i-- {
		if err := r.closers[i].Close(); err != nil {
			r.Log.Warn("closing", "error", err)
		}
	}
}

// start opens data folder, reader and queue.
func (c *workFlags) start(ctx context.Context, log *slog.Logger) (*running, error) {
	r := &running{Worker: &worker.Worker{Log: log, Readers: c.Jobs, Lease: c.Lease, Reconcile: c.Reconcile, Portion: c.Portion, Work: filepath.Join(c.Data, "work")}}
	if err := c.open(ctx, r); err != nil {
		r.close()
		return nil, err
	}
	return r, nil
}

func (c *workFlags) open(ctx context.Context, r *running) error {
	rules, err := (&CheckCmd{Policy: c.Policy, Filings: c.Filings, Awards: c.Awards}).rules()
	if err != nil {
		return &exitError{exitUsage, err}
	}
	if rules.Policy == nil {
		rules.Policy = policy.Default()
	}
	r.policy = rules.Policy
	r.Compare = compare(rules)
	lock, err := dataLock(c.Data, c.Redis == "")
	if err != nil {
		return &exitError{exitUsage, err}
	}
	r.closers = append(r.closers, lock)
	if err := c.openData(ctx, r); err != nil {
		return err
	}
	if c.Redis == "" && c.Database == "" { // alone on this data: what is still leased was left by a crash
		if err := r.Store.DropLeases(ctx); err != nil {
			return err
		}
		if err := os.RemoveAll(r.Work); err != nil {
			return err
		}
	}
	if c.Cache == "" {
		c.Cache = filepath.Join(c.Data, "cache")
	}
	reader, err := c.readerFlags.open()
	if err != nil {
		return err
	}
	r.Reader, r.Judge = reader, judge(rules, reader)
	if err := c.hooks(r); err != nil {
		return err
	}
	r.Glance, r.MinDPI = reader.Glance, int(rules.Policy.Thresholds.DPI.Value)
	r.closers = append(r.closers, reader)
	if err := c.connect(ctx, r); err != nil {
		return err
	}
	return c.measure(ctx, r, reader.PagesRead)
}

// openData opens files and database.
func (c *workFlags) openData(ctx context.Context, r *running) error {
	var err error
	if r.Blobs, err = c.openBlobs(); err != nil { //nolint:contextcheck // blobs have time limits of their own
		return &exitError{exitFailed, err}
	}
	if r.Store, err = store.OpenWith(ctx, c.database(), c.Witness); err != nil {
		return &exitError{exitFailed, err}
	}
	r.closers = append(r.closers, r.Store)
	return nil
}

// connect opens the queue.
func (c *workFlags) connect(ctx context.Context, r *running) error {
	if c.Redis == "" {
		q, err := worker.Embed(ctx)
		if err != nil {
			return err
		}
		r.Queue = q.Redis
		r.closers = append(r.closers, q)
		return nil
	}
	q, err := worker.Connect(ctx, c.Redis)
	if err != nil {
		return &exitError{exitFailed, err}
	}
	r.Queue = q
	r.closers = append(r.closers, q)
	return nil
}

// judge turns what was read into a report.
func judge(rules checks.Case, reader *pipeline.Reader) worker.Judge {
	return func(c worker.Case) *hequan.Report {
		one := rules
		one.Form = c.Form
		one.Documents, one.Files = reader.Settled(c.Form, c.Files, c.Images)
		correct.Apply(one.Documents, c.Corrected)
		one.Files = append(one.Files, c.Problems...)
		return checks.Judge(one)
	}
}

// compare compares the applications of a window by what their reports hold.
func compare(rules checks.Case) worker.Compare {
	return func(members []worker.Member) {
		compared := make([]checks.Member, len(members))
		for i, m := range members {
			one := rules
			one.Form, one.Documents, one.Files = m.Form, m.Report.Documents, m.Report.Files
			compared[i] = checks.Member{Case: one, Report: m.Report}
		}
		checks.CompareWindow(compared)
	}
}

// flock locks a file without waiting; the system lets go of it when the process ends.
func flock(f *os.File, alone bool) error {
	how := syscall.LOCK_SH
	if alone {
		how = syscall.LOCK_EX
	}
	return syscall.Flock(int(f.Fd()), how|syscall.LOCK_NB)
}
