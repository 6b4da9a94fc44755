package worker

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"sync"
	"time"

	"hequan"
	"hequan/internal/store"
	"hequan/pipeline"
)

// read handles file:read: the reading and the pictures of its pages become
// blobs, and the row points to them. A file that cannot be read is a result,
// too; only a broken installation is a failure.
func (w *Worker) read(ctx context.Context, id string) error {
	return w.claimed(ctx, store.KindFile, id, func(ctx context.Context, attempt int64) error {
		file, err := w.Store.File(ctx, id)
		if err != nil {
			return err
		}
		result, known, err := w.Store.ReadBefore(ctx, file.SHA256, w.Reader.Version())
		if err != nil {
			return err
		}
		if !known {
			var fanned bool
			if result, fanned, err = w.readAnew(ctx, file, attempt); err != nil || fanned {
				return err
			}
		}
		due, err := w.Store.FinishFile(ctx, id, attempt, result)
		if err != nil {
			return err
		}
		return w.hint(ctx, due)
	})
}

// passingTries is how often a file is read on which readers die or hang, before
// that is what its report says: the machine may have been at fault, not the file.
const passingTries = 2

// readAnew reads a file that no machine has read with this version of the
// reader. fanned says that it is a long one, which is read in ranges first.
func (w *Worker) readAnew(ctx context.Context, file *store.File, attempt int64) (result store.FileResult, fanned bool, err error) {
	dir, err := os.MkdirTemp(w.Work, "read-")
	if err != nil {
		return result, false, err
	}
	defer os.RemoveAll(dir)
	path, err := w.Blobs.File(file.SHA256, dir)
	if err != nil {
		return result, false, fmt.Errorf("the content of %s cannot be had: %w", file.Name, err)
	}
	parts, err := w.Store.Ranges(ctx, file.ID)
	if err != nil {
		return result, false, err
	}
	if len(parts) > 0 {
		result, err = w.joined(ctx, file, path, parts)
		return result, false, err
	}
	if fanned, err = w.fanOut(ctx, file, attempt, path); err != nil || fanned {
		return result, fanned, err
	}
	reading, err := w.Reader.Read(ctx, path, w.progress(ctx, file.ID, attempt))
	if err != nil {
		return result, false, err
	}
	if pipeline.Passing(reading) && file.Tries < min(passingTries, w.MaxTries) {
		return result, false, errors.New("a reader died or hung on it; it is read once more")
	}
	reading.SHA256, reading.Bytes = file.SHA256, file.Bytes
	result, err = w.keepPages(reading, 0)
	return result, false, err
}

// progress records the pages done, at most four times a second. A count that
// could not be written is of no consequence: the next one will.
func (w *Worker) progress(ctx context.Context, id string, attempt int64) func(done, total int) {
	var mu sync.Mutex
	var last time.Time
	return func(done, total int) {
		mu.Lock()
		defer mu.Unlock()
		if time.Since(last) < 250*time.Millisecond && done < total {
			return
		}
		last = time.Now()
		if err := w.Store.Progress(ctx, id, attempt, done, total); err != nil && !lost(err) {
			w.Log.Debug("progress was not recorded", "file", id, "error", err)
		}
	}
}

// keepPages writes the reading of a file, or of the pages from first (0 is the
// first page), and their pictures as blobs.
func (w *Worker) keepPages(reading *hequan.Reading, first int) (store.FileResult, error) {
	pictures := make([]string, len(reading.Pages))
	for i := range reading.Pages {
		var err error
		if pictures[i], err = w.keepPicture(reading.SHA256, first+i+1); err != nil {
			return store.FileResult{}, err
		}
	}
	return w.keepJoined(reading, pictures)
}

// keepPicture writes the picture of a page as a blob. A page that could not be drawn, or e-invoice
// data, has none: its name is empty.
func (w *Worker) keepPicture(sha256 string, page int) (string, error) {
	picture, err := w.Reader.PageImage(sha256, page)
	if errors.Is(err, fs.ErrNotExist) {
		return "", nil
	}
	if err != nil {
		return "", err
	}
	info, err := w.Blobs.Put(bytes.NewReader(picture), 0)
	return info.SHA256, err
}

// keepJoined writes a reading whose pictures are kept already.
func (w *Worker) keepJoined(reading *hequan.Reading, pictures []string) (store.FileResult, error) {
	result := store.FileResult{Pictures: pictures}
	if reading.Problem != nil {
		result.Problem = string(reading.Problem.Code)
	}
	if !pipeline.Passing(reading) && (reading.Problem == nil || reading.Problem.Code != hequan.ProblemInfected) {
		result.Reader = w.Reader.Version()
	}
	packed, err := store.PackReading(reading)
	if err != nil {
		return result, err
	}
	info, err := w.Blobs.Put(bytes.NewReader(packed), 0)
	result.Reading = info.SHA256
	return result, err
}

// loadReading reads a kept reading back.
func (w *Worker) loadReading(sha256 string) (*hequan.Reading, error) {
	data, err := w.Blobs.Get(sha256)
	if err != nil {
		return nil, err
	}
	return store.UnpackReading(data)
}
