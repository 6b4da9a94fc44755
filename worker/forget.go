package worker

import (
	"context"
	"errors"
	"io/fs"
	"time"

	"hequan/internal/blob"
	"hequan/internal/store"
)

// Settle is how long a blob stays that no row speaks of: what is being handed
// in now is put first and recorded later.
const Settle = 24 * time.Hour

// forget removes from this machine's cache what was erased after a time. It
// returns the time to go on from.
func (w *Worker) forget(ctx context.Context, after int64) (int64, error) {
	cache, ok := w.Reader.(interface{ Forget(sha256 string) error })
	if !ok {
		return after, nil
	}
	sums, next, err := w.Store.ErasedSince(ctx, after)
	if err != nil {
		return after, err
	}
	for _, sum := range sums {
		if err := cache.Forget(sum); err != nil {
			return after, err
		}
	}
	return next, nil
}

// sweep removes erased contents from the store of files, at once and every
// hour: some are too young at first.
func (w *Worker) sweep(ctx context.Context) {
	gone := map[string]bool{}
	ticker := time.NewTicker(time.Hour)
	defer ticker.Stop()
	for {
		sums, _, err := w.Store.ErasedSince(ctx, 0)
		for _, sum := range sums {
			if err == nil && !gone[sum] {
				gone[sum], err = RemoveUnused(ctx, w.Store, w.Blobs, sum)
			}
		}
		if err != nil && ctx.Err() == nil {
			w.Log.Warn("erased contents could not be removed; it is tried again in an hour", "error", err)
		}
		select {
		case <-ctx.Done():
			return
		case <-ticker.C:
		}
	}
}

// RemoveUnused removes a blob that no row speaks of, if it was not put lately.
// removed is true as well where there is nothing to remove.
func RemoveUnused(ctx context.Context, db *store.Store, blobs blob.Store, sum string) (removed bool, err error) {
	used, err := db.Referenced(ctx, sum)
	if err != nil || used {
		return used, err // whoever uses it keeps it
	}
	about, err := blobs.Stat(sum)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return true, nil
	case err != nil:
		return false, err
	case time.Since(about.Changed) < Settle:
		return false, nil
	}
	return true, blobs.Delete(sum)
}
