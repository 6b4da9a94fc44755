package worker

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"runtime"
	"sync"
	"time"

	"github.com/hibiken/asynq"

	"hequan"
	"hequan/internal/blob"
	"hequan/internal/correct"
	"hequan/internal/store"
	"hequan/pipeline"
)

// Reader takes applications apart and reads files; see pipeline.Reader.
type Reader interface {
	Intake(ctx context.Context, path, workDir string) ([]pipeline.Source, error)
	Read(ctx context.Context, path string, progress func(done, total int)) (*hequan.Reading, error)
	PageImage(sha256 string, page int) ([]byte, error)
	Version() string // readings of equal version and equal bytes are equal
}

// Case is what an application is judged by.
type Case struct {
	Form      *hequan.Application
	Files     []pipeline.ReadFile
	Problems  []hequan.FileInfo   // files that could not be taken in
	Images    pipeline.PageImages // of the pages
	Corrected []correct.Value     // what people put in place of what was read
}

// Judge judges an application by what was read.
type Judge func(Case) *hequan.Report

// Worker does what is due. All fields up to Log must be set; the zero value of
// the others means the default.
type Worker struct {
	Store   *store.Store
	Blobs   blob.Store
	Reader  Reader
	Judge   Judge
	Compare Compare
	Queue   *Redis
	Work    string // folder for unpacking uploads, on the disk of the blobs
	Log     *slog.Logger

	Glance Glance // looks through files before they are read; nil: nobody does
	MinDPI int    // below which a scan is too coarse
	Hooks  Webhooks

	Readers   int           // files read at a time; default: as many as cores
	Portion   int           // pages of a range of a long file; default 20
	Lease     time.Duration // how long a silent worker is believed alive; default 30 s, at most [store.LongestLease]
	Reconcile time.Duration // how often the store is asked what is due; default 30 s
	MaxTries  int           // before work is given up; default 4
	Backoff   time.Duration // before the second try, doubled for each further one; default 2 s

	Version string                                                 // of the program, for those who look who works
	Watch   func(k store.Kind, outcome string, took time.Duration) // told of every attempt; may be nil

	owner string
	ended context.Context // done when the worker shuts down

	glances  sync.WaitGroup
	glancing sync.Mutex
}

func (w *Worker) defaults() {
	if w.Readers <= 0 {
		w.Readers = runtime.NumCPU()
	}
	if w.Portion <= 0 {
		w.Portion = portion
	}
	if w.Lease <= 0 {
		w.Lease = 30 * time.Second
	}
	w.Lease = min(w.Lease, store.LongestLease)
	if w.Reconcile <= 0 {
		w.Reconcile = 30 * time.Second
	}
	if w.MaxTries <= 0 {
		w.MaxTries = 4
	}
	if w.Backoff <= 0 {
		w.Backoff = 2 * time.Second
	}
	host, _ := os.Hostname() // only to tell workers apart in the database
	w.owner = fmt.Sprintf("%s:%d", host, os.Getpid())
	if w.Watch == nil {
		w.Watch = func(store.Kind, string, time.Duration) {}
	}
}

// Run works until ctx is cancelled, and returns when the work at hand is given
// back or finished.
func (w *Worker) Run(ctx context.Context) error {
	w.defaults()
	w.ended = ctx
	w.Hooks.open()
	if err := os.MkdirAll(w.Work, 0o750); err != nil {
		return fmt.Errorf("folder for unpacking: %w", err)
	}
	mux := asynq.NewServeMux()
	for kind, handle := range map[store.Kind]func(context.Context, string) error{
		store.KindUpload: w.takeApart, store.KindFile: w.read, store.KindApplication: w.check, store.KindWindow: w.compare,
		store.KindTrial: w.tryAnew, store.KindWebhook: w.announce, store.KindRange: w.readRange,
	} {
		mux.Handle(taskTypes[kind], asynq.HandlerFunc(func(ctx context.Context, t *asynq.Task) error { return w.handle(ctx, t, handle) }))
	}
	// Two servers, so that a long file never holds up a check that is ready.
	servers := []*asynq.Server{
		w.server(w.Readers, readQueues(), false),
		w.server(2, map[string]int{"check": 3, "intake": 2, "batch": 1}, true),
	}
	for _, s := range servers {
		if err := s.Start(mux); err != nil {
			return fmt.Errorf("the worker cannot start: %w", err)
		}
	}
	var wait sync.WaitGroup
	wait.Go(func() { w.sweep(ctx) })
	w.reconcile(ctx)
	for _, s := range servers {
		wait.Go(s.Shutdown)
	}
	wait.Wait()
	w.glances.Wait()
	gone, cancel := context.WithTimeout(context.WithoutCancel(ctx), 5*time.Second)
	defer cancel()
	if err := w.Store.Gone(gone, w.owner); err != nil {
		w.Log.Warn("the list of workers could not be changed", "error", err)
	}
	return nil
}

func (w *Worker) server(concurrency int, queues map[string]int, strict bool) *asynq.Server {
	return asynq.NewServerFromRedisClient(w.Queue.client, asynq.Config{
		Concurrency: concurrency, Queues: queues, StrictPriority: strict,
		BaseContext:       func() context.Context { return w.ended },
		TaskCheckInterval: 250 * time.Millisecond, DelayedTaskCheckInterval: time.Second,
		RetryDelayFunc:  func(int, error, *asynq.Task) time.Duration { return w.Backoff },
		ShutdownTimeout: 20 * time.Second,
		Logger:          quiet{w.Log}, LogLevel: asynq.WarnLevel,
	})
}

// reconcile tells the queue what the store says is due: at once, and again and again.
func (w *Worker) reconcile(ctx context.Context) {
	ticker := time.NewTicker(w.Reconcile)
	defer ticker.Stop()
	erased := int64(0)
	for {
		due, err := w.Store.Due(ctx, 1000)
		if err == nil {
			err = errors.Join(w.tell(ctx, due), w.Store.Present(ctx, store.Presence{ID: w.owner, Version: w.Version, Reader: w.Reader.Version(), Readers: w.Readers}))
		}
		if err == nil {
			erased, err = w.forget(ctx, erased)
		}
		if err != nil && ctx.Err() == nil {
			w.Log.Warn("what is due could not be queued; it is tried again", "after", w.Reconcile, "error", err)
		}
		select {
		case <-ctx.Done():
			return
		case <-ticker.C:
		}
	}
}

// tell queues the tasks. An error leaves the rest to the reconciler.
func (w *Worker) tell(ctx context.Context, due []store.Task) error {
	return Tell(ctx, w.Queue, due)
}

// Tell queues the tasks in order and stops at the first error.
func Tell(ctx context.Context, q Queue, due []store.Task) error {
	for _, t := range due {
		if err := q.Enqueue(ctx, t, 0); err != nil {
			return err
		}
	}
	return nil
}

// lost says whether an error means that another worker has taken over.
func lost(err error) bool { return errors.Is(err, store.ErrFenced) }

// quiet passes asynq's warnings on to the log.
type quiet struct{ log *slog.Logger }

func (q quiet) Debug(...any)      {}
func (q quiet) Info(...any)       {}
func (q quiet) Warn(args ...any)  { q.log.Warn("queue", "message", fmt.Sprint(args...)) }
func (q quiet) Error(args ...any) { q.log.Error("queue", "message", fmt.Sprint(args...)) }
func (q quiet) Fatal(args ...any) { q.log.Error("queue", "message", fmt.Sprint(args...)) }
