package worker

import (
	"context"
	"errors"
	"fmt"
	"os"

	"hequan"
	"hequan/internal/store"
	"hequan/pipeline"
)

// ranger is a reader that reads parts of a file; see pipeline.Reader.
type ranger interface {
	Open(ctx context.Context, path string) (*hequan.Reading, int, error)
	ReadRange(ctx context.Context, path string, first, pages int, progress func(done, total int)) ([]hequan.Page, error)
	Join(ctx context.Context, path string, reading *hequan.Reading) (anew []int, err error)
}

var errWholeOnly = errors.New("this reader reads whole files only")

// portion is how many pages a range has: minutes of a reader, not hours.
const portion = 20

// fanOut has a file of many pages read in ranges, by all workers. fanned is
// false where it is short, or no file that has pages.
func (w *Worker) fanOut(ctx context.Context, file *store.File, attempt int64, path string) (fanned bool, err error) {
	r, ok := w.Reader.(ranger)
	if !ok {
		return false, nil
	}
	reading, pages, err := r.Open(ctx, path)
	if err != nil || reading.Problem != nil || pages < 2*w.Portion {
		return false, err
	}
	due, err := w.Store.FanOut(ctx, file, attempt, pages, w.Portion)
	if err != nil {
		return false, err
	}
	return true, w.hint(ctx, due)
}

// readRange handles file:range.
func (w *Worker) readRange(ctx context.Context, id string) error {
	return w.claimed(ctx, store.KindRange, id, func(ctx context.Context, attempt int64) error {
		part, err := w.Store.Range(ctx, id)
		if err != nil {
			return err
		}
		file, err := w.Store.File(ctx, part.FileID)
		if err != nil {
			return err
		}
		r, ok := w.Reader.(ranger)
		if !ok {
			return errWholeOnly
		}
		dir, err := os.MkdirTemp(w.Work, "read-")
		if err != nil {
			return err
		}
		defer os.RemoveAll(dir)
		path, err := w.Blobs.File(file.SHA256, dir)
		if err != nil {
			return fmt.Errorf("the content of %s cannot be had: %w", file.Name, err)
		}
		pages, err := r.ReadRange(ctx, path, part.First, part.Pages, nil)
		if err != nil {
			return err
		}
		reading := &hequan.Reading{SHA256: file.SHA256, Pages: pages}
		if pipeline.Passing(reading) && part.Tries < min(passingTries, w.MaxTries) {
			return errors.New("a reader died or hung on it; it is read once more")
		}
		result, err := w.keepPages(reading, part.First)
		if err != nil {
			return err
		}
		due, err := w.Store.FinishRange(ctx, id, attempt, result)
		if err != nil {
			return err
		}
		return w.hint(ctx, due)
	})
}

// joined puts the ranges of a file together. Pages of a range that was given up
// say so.
func (w *Worker) joined(ctx context.Context, file *store.File, path string, parts []store.Range) (store.FileResult, error) {
	r, ok := w.Reader.(ranger)
	if !ok {
		return store.FileResult{}, errWholeOnly
	}
	reading, _, err := r.Open(ctx, path)
	if err != nil {
		return store.FileResult{}, err
	}
	if reading.Problem != nil { // it could be opened before
		return store.FileResult{}, fmt.Errorf("the file cannot be opened to join its parts: %w", reading.Problem)
	}
	var pictures []string
	for _, p := range parts {
		pages, names := pipeline.Lost(p.First, p.Pages), make([]string, p.Pages)
		if p.State == store.Done {
			kept, err := w.loadReading(p.Reading)
			if err != nil {
				return store.FileResult{}, err
			}
			pages = kept.Pages
			if names, err = p.PictureNames(); err != nil {
				return store.FileResult{}, err
			}
		}
		reading.Pages, pictures = append(reading.Pages, pages...), append(pictures, names...)
	}
	reading.SHA256, reading.Bytes = file.SHA256, file.Bytes
	anew, err := r.Join(ctx, path, reading)
	if err != nil {
		return store.FileResult{}, err
	}
	for _, i := range anew {
		if pictures[i], err = w.keepPicture(file.SHA256, i+1); err != nil {
			return store.FileResult{}, err
		}
	}
	return w.keepJoined(reading, pictures)
}
