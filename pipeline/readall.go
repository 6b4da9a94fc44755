package pipeline

import (
	"context"
	"sync"
)

// ReadAll reads every file of an application, in parallel as far as there are
// children. progress (may be nil) gets the files done and their number.
func (r *Reader) ReadAll(ctx context.Context, s Source, progress func(done, total int)) ([]ReadFile, error) {
	out := make([]ReadFile, len(s.Files))
	errs := make([]error, len(s.Files))
	slots := make(chan struct{}, 4)
	var wait sync.WaitGroup
	var mu sync.Mutex
	done := 0
	for i, f := range s.Files {
		slots <- struct{}{}
		wait.Go(func() {
			defer func() { <-slots }()
			reading, err := r.Read(ctx, f.Path, nil)
			out[i], errs[i] = ReadFile{Name: f.Name, Reading: reading}, err
			if progress != nil {
				mu.Lock()
				defer mu.Unlock()
				done++
				progress(done, len(s.Files))
			}
		})
	}
	wait.Wait()
	for _, err := range errs {
		if err != nil {
			return nil, err
		}
	}
	return out, ctx.Err()
}
