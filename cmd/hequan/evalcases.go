package main

import (
	"context"
	"fmt"
	"os"
	"runtime"
	"sync"
	"time"

	"hequan"
	"hequan/checks"
	"hequan/internal/eval"
	"hequan/pipeline"
)

// evalCase is a labelled application with what was read of it.
type evalCase struct {
	truth *eval.Truth
	checks.Case
	prose eval.Prose
}

// perfectCases makes cases of the labels themselves.
func perfectCases(truths []*eval.Truth, rules checks.Case) []evalCase {
	var out []evalCase
	for _, t := range truths {
		one := evalCase{truth: t, Case: rules}
		one.Documents, one.Files = eval.Perfect(t)
		form := t.Application
		form.Present = form.ID != ""
		one.Form = &form
		out = append(out, one)
	}
	return out
}

// readCases reads the applications one after the other (their pages in
// parallel) while those that are read are settled, as many at a time as there
// are reader processes. It tells how fast pages were read that no cache held.
func (c *EvalCmd) readCases(ctx context.Context, reader *pipeline.Reader, truths []*eval.Truth, rules checks.Case) ([]evalCase, eval.Speed, error) {
	work, err := os.MkdirTemp("", "hequan-intake-")
	if err != nil {
		return nil, eval.Speed{}, err
	}
	defer os.RemoveAll(work)
	bars := newBars()
	defer bars.wait()
	var speed eval.Speed
	var turn sync.Mutex
	read := func(t *eval.Truth) (pipeline.Source, []pipeline.ReadFile, error) {
		turn.Lock()
		defer turn.Unlock()
		sources, err := reader.Intake(ctx, t.Folder, work)
		if err != nil {
			return pipeline.Source{}, nil, err
		}
		if len(sources) != 1 {
			return pipeline.Source{}, nil, fmt.Errorf("%s is not one application but %d", t.Folder, len(sources))
		}
		before, start := reader.PagesRead(), time.Now()
		files, err := reader.ReadAll(ctx, sources[0], bars.application(sources[0]))
		if n := reader.PagesRead() - before; n > 0 {
			speed.Pages += n
			speed.Seconds += time.Since(start).Seconds()
		}
		return sources[0], files, err
	}
	cases, err := inOrder(c.width(), len(truths), func(i int) (evalCase, error) {
		t := truths[i]
		source, files, err := read(t)
		if err != nil {
			return evalCase{}, err
		}
		one := evalCase{truth: t, Case: rules}
		one.Form = source.Form
		one.Documents, one.Files = reader.Settled(one.Form, files, reader)
		one.Files = append(one.Files, source.Problems...)
		one.prose = eval.ReadProse(t, func(file string) []hequan.Page {
			for _, f := range files {
				if f.Name == file {
					return f.Reading.Pages
				}
			}
			return nil
		})
		return one, nil
	})
	return cases, speed, err
}

// width is how many applications are worked on at a time.
func (f readerFlags) width() int {
	if f.Jobs > 0 {
		return f.Jobs
	}
	return runtime.NumCPU()
}

// inOrder does n things, so many at a time. Results and the error that is
// returned (the first of them) do not depend on which is done first; after an
// error nothing more is begun.
func inOrder[T any](width, n int, do func(i int) (T, error)) ([]T, error) {
	out, errs := make([]T, n), make([]error, n)
	slots := make(chan struct{}, width)
	var wait sync.WaitGroup
	var mu sync.Mutex
	failed := false
	for i := range n {
		slots <- struct{}{}
		mu.Lock()
		stop := failed
		mu.Unlock()
		if stop {
			break
		}
		wait.Go(func() {
			defer func() { <-slots }()
			if out[i], errs[i] = do(i); errs[i] != nil {
				mu.Lock()
				failed = true
				mu.Unlock()
			}
		})
	}
	wait.Wait()
	for _, err := range errs {
		if err != nil {
			return nil, err
		}
	}
	return out, nil
}

// scoreOf judges each application alone, and those of one window together, and
// scores them in their order.
func scoreOf(cases []evalCase) *eval.Score {
	score := eval.New()
	for _, c := range cases {
		score.AddProse(c.prose)
	}
	for i, r := range judgeAll(cases) {
		score.Add(cases[i].truth, r)
	}
	return score
}

// judgeAll judges each application alone, and those of one window together.
func judgeAll(cases []evalCase) []*hequan.Report {
	reports := make([]*hequan.Report, len(cases))
	windows := map[string][]int{}
	for i, c := range cases {
		if c.truth.Window == "" {
			reports[i] = checks.Judge(c.Case)
			continue
		}
		windows[c.truth.Window] = append(windows[c.truth.Window], i)
	}
	for _, members := range windows {
		var group []checks.Case
		for _, i := range members {
			group = append(group, cases[i].Case)
		}
		for k, r := range checks.JudgeWindow(group) {
			reports[members[k]] = r
		}
	}
	return reports
}
