package pipeline

import (
	"context"
	"crypto/sha256"
	"encoding/hex"

	"hequan"
)

// Open says what a file is, without its pages, and how many it has. What is
// wrong with it stands in the reading.
func (r *Reader) Open(ctx context.Context, path string) (*hequan.Reading, int, error) {
	data, problem := slurp(path)
	if problem != nil {
		return &hequan.Reading{Problem: problem}, 0, nil //nolint:nilerr // a bad file is a result
	}
	reading := &hequan.Reading{SHA256: hashOf(data), Bytes: int64(len(data))}
	var err error
	if reading.Problem, err = r.infected(ctx, reading.SHA256, data); reading.Problem != nil || err != nil {
		return reading, 0, err
	}
	opened, err := r.open(ctx, r.pool, reading.SHA256, data)
	if err != nil {
		return nil, 0, err
	}
	reading.Type, reading.Data, reading.Signatures, reading.Problem = opened.Type, opened.Data, opened.Signed, opened.Problem
	return reading, opened.Pages, nil
}

// ReadRange reads pages of a file, from first (0 is the first page). Reading all
// ranges and joining them (see [Reader.Join]) gives what Read gives.
func (r *Reader) ReadRange(ctx context.Context, path string, first, pages int, progress func(done, total int)) ([]hequan.Page, error) {
	data, problem := slurp(path)
	if problem != nil {
		return Lost(first, pages), nil //nolint:nilerr // a bad file is a result
	}
	return r.readRange(ctx, hashOf(data), data, first, pages, progress)
}

func hashOf(data []byte) string {
	sum := sha256.Sum256(data)
	return hex.EncodeToString(sum[:])
}

// Join makes of a reading put together from ranges what it is as a whole: says what is wrong with all of it,
// and reads the pages that have to be read whole after all. It returns their indices: their pictures may have changed.
func (r *Reader) Join(ctx context.Context, path string, reading *hequan.Reading) ([]int, error) {
	reading.Problem = wholeProblem(reading.Pages)
	data, problem := slurp(path)
	if problem != nil {
		reading.Problem = problem
		return nil, nil //nolint:nilerr // a bad file is a result
	}
	return r.readWanted(ctx, reading, data)
}

// Lost are pages on whose range readers failed again and again.
func Lost(first, pages int) []hequan.Page {
	out := make([]hequan.Page, pages)
	for i := range out {
		out[i] = *failedPage(first+i, hequan.Problemf(hequan.ProblemCrashed, "given up after several tries"))
	}
	return out
}
