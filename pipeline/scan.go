package pipeline

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"time"

	"hequan"
	"hequan/internal/clamd"
)

// scanTime is how long a content counts as looked at: a file is opened, glanced
// at and read by several calls.
const scanTime = 10 * time.Minute

// scans remembers which contents the virus scanner has found nothing in.
type scans struct {
	mu    sync.Mutex
	clean map[string]time.Time
}

func (s *scans) fresh(sha string, now time.Time) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	at, ok := s.clean[sha]
	return ok && now.Sub(at) < scanTime
}

func (s *scans) note(sha string, now time.Time) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.clean == nil || len(s.clean) > 10000 {
		s.clean = map[string]time.Time{}
	}
	s.clean[sha] = now
}

// infected is what is wrong with a content according to the virus scanner; nil
// when it finds nothing, or when there is no scanner. Without an answer nothing
// is read: the error is the installation's.
func (r *Reader) infected(ctx context.Context, sha string, data []byte) (*hequan.Problem, error) {
	if r.scanner.Address == "" || r.scans.fresh(sha, time.Now()) {
		return nil, nil
	}
	signature, err := r.scanner.Scan(ctx, data)
	switch {
	case errors.Is(err, clamd.ErrTooLong):
		return hequan.Problemf(hequan.ProblemTooLarge, "%v", err), nil
	case ctx.Err() != nil:
		return nil, ctx.Err()
	case err != nil:
		return nil, fmt.Errorf("nothing is read without it (--clamd %s): %w", r.scanner.Address, err)
	case signature != "":
		return hequan.Problemf(hequan.ProblemInfected, "ClamAV: %s", signature), nil
	}
	r.scans.note(sha, time.Now())
	return nil, nil
}
