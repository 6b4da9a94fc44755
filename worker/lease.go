package worker

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"runtime/debug"
	"syscall"
	"time"

	"github.com/hibiken/asynq"

	"hequan/internal/blob"
	"hequan/internal/clamd"
	"hequan/internal/store"
)

// handle unpacks a task and runs its handler. An error means that the database
// or the queue could not be reached; the queue then repeats the task. What is
// wrong with the work itself is recorded in the store, never returned.
func (w *Worker) handle(ctx context.Context, t *asynq.Task, work func(context.Context, string) error) error {
	var p payload
	if err := json.Unmarshal(t.Payload(), &p); err != nil {
		return fmt.Errorf("a task without an id: %w: %w", err, asynq.SkipRetry)
	}
	return work(ctx, p.ID)
}

// claimed runs work on a row under a lease that is kept alive meanwhile. It does
// nothing when the row is not to be had. A failure is recorded: the row is due
// again after a while or, after the last try, dead. At shutdown the row is given back.
func (w *Worker) claimed(ctx context.Context, k store.Kind, id string, work func(ctx context.Context, attempt int64) error) error {
	attempt, ok, err := w.Store.Claim(ctx, k, id, w.owner, w.Lease, w.MaxTries)
	if err != nil {
		return err
	}
	if !ok {
		if k == store.KindFile { // it may have been buried: its application then goes on
			return w.tellApplication(ctx, id)
		}
		if k == store.KindRange {
			return w.tellFile(ctx, id)
		}
		return nil
	}
	began := time.Now()
	log := w.Log.With("kind", k, "id", id, "upload", w.Store.UploadOf(ctx, k, id), "attempt", attempt)
	log.Debug("work begins")
	err = w.underLease(ctx, k, id, attempt, work)
	took := time.Since(began)
	// The row's state must be written even though ctx may be cancelled.
	after, cancel := context.WithTimeout(context.WithoutCancel(ctx), 15*time.Second)
	defer cancel()
	switch {
	case err == nil:
		w.Watch(k, "done", took)
		log.Info("work done", "took", took.Round(time.Millisecond))
		return nil
	case lost(err):
		w.Watch(k, "fenced", took)
		log.Warn("the work was taken away: another worker has it, or somebody cancelled it")
		return nil
	case w.ended.Err() != nil:
		w.Watch(k, "given back", took)
		if err := w.Store.Release(after, k, id, attempt); err != nil && !lost(err) {
			return err
		}
		return nil
	}
	if k != store.KindWebhook && machineAtFault(err) { // who is to be told answers for itself
		w.Watch(k, "postponed", took)
		return w.postponed(ctx, after, log, k, id, attempt, err)
	}
	w.Watch(k, "failed", took)
	return w.failed(after, log, k, id, attempt, err)
}

// machineAtFault says whether an error speaks of this machine or of what it
// depends on, not of the work: it must not use up the work's tries.
func machineAtFault(err error) bool {
	for _, fault := range []error{syscall.ENOSPC, syscall.EDQUOT, syscall.EROFS, syscall.EIO, syscall.ESTALE, syscall.ENOMEM, syscall.EMFILE, syscall.ENFILE, blob.ErrUnavailable, clamd.ErrUnavailable} {
		if errors.Is(err, fault) {
			return true
		}
	}
	return store.Unreachable(err)
}

// postponed gives work back that this machine cannot do now, and keeps one of
// the machine's hands from taking more for a while: else a machine that fails
// at once would take everything from those that are well.
func (w *Worker) postponed(ctx, after context.Context, log *slog.Logger, k store.Kind, id string, attempt int64, cause error) error {
	log.Error("this machine cannot work now", "error", cause)
	pause := w.Backoff
	err := w.Store.Postpone(after, k, id, attempt, cause.Error(), pause/4)
	if lost(err) {
		err = nil
	}
	if err == nil {
		err = w.Queue.Enqueue(after, store.Task{Kind: k, ID: id, Attempt: attempt}, pause/4)
	}
	select {
	case <-ctx.Done():
	case <-time.After(pause):
	}
	return err
}

// failed records a failure and queues the next try.
func (w *Worker) failed(ctx context.Context, log *slog.Logger, k store.Kind, id string, attempt int64, cause error) error {
	backoff := w.Backoff << min(attempt-1, 6)
	dead, err := w.Store.Fail(ctx, k, id, attempt, cause.Error(), w.MaxTries, backoff)
	if lost(err) {
		return nil
	}
	if err != nil {
		return err
	}
	log.Error("work failed", "given up", dead, "error", cause)
	if !dead {
		return w.Queue.Enqueue(ctx, store.Task{Kind: k, ID: id, Attempt: attempt}, backoff)
	}
	switch k {
	case store.KindFile:
		return w.tellApplication(ctx, id)
	case store.KindRange:
		return w.tellFile(ctx, id)
	}
	return nil
}

// tellFile queues the file of a range when all its ranges are done with.
func (w *Worker) tellFile(ctx context.Context, part string) error {
	due, err := w.Store.FileOfRangeDue(ctx, part)
	if err != nil {
		return err
	}
	return w.tell(ctx, due)
}

// tellApplication queues the application of a file when all its files are done with.
func (w *Worker) tellApplication(ctx context.Context, file string) error {
	due, err := w.Store.ApplicationDue(ctx, file)
	if err != nil {
		return err
	}
	return w.tell(ctx, due)
}

// underLease runs work and prolongs its lease until it returns. When the lease
// is lost, the context of work is cancelled. A panic is an error like others.
func (w *Worker) underLease(ctx context.Context, k store.Kind, id string, attempt int64, work func(context.Context, int64) error) (err error) {
	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	go func() {
		ticker := time.NewTicker(w.Lease / 3)
		defer ticker.Stop()
		for {
			select {
			case <-ctx.Done():
				return
			case <-ticker.C:
				if err := w.Store.Beat(ctx, k, id, attempt, w.Lease); lost(err) {
					cancel(err)
					return
				}
			}
		}
	}()
	defer func() {
		if x := recover(); x != nil {
			err = fmt.Errorf("panic: %v\n%s", x, debug.Stack())
		}
		if cause := context.Cause(ctx); err != nil && lost(cause) {
			err = cause
		}
	}()
	return work(ctx, attempt)
}
