package worker

import (
	"bytes"
	"context"
	"encoding/json"

	"hequan"
	"hequan/internal/store"
)

// Member is one application of an intake window with its report.
type Member struct {
	Form   *hequan.Application
	Report *hequan.Report
}

// Compare compares the applications of a window and writes what it finds into
// their reports.
type Compare func(members []Member)

// compare handles window:check: the applications of an upload, each judged by
// itself already, are compared with each other. Reports that change are new runs.
func (w *Worker) compare(ctx context.Context, id string) error {
	return w.claimed(ctx, store.KindWindow, id, func(ctx context.Context, attempt int64) error {
		members, runs, err := w.members(ctx, id)
		if err != nil {
			return err
		}
		w.Compare(members)
		var changed []store.Run
		for i, m := range members {
			data, err := json.Marshal(m.Report)
			if err != nil {
				return err
			}
			if bytes.Equal(data, []byte(runs[i].Report)) {
				continue
			}
			run := *runs[i]
			run.Verdict, run.Report = string(m.Report.Verdict), string(data)
			changed = append(changed, run)
		}
		return w.Store.FinishWindow(ctx, id, attempt, changed)
	})
}

// members loads the judged applications of an upload, in its order, each with its latest run.
func (w *Worker) members(ctx context.Context, upload string) ([]Member, []*store.Run, error) {
	apps, err := w.Store.Members(ctx, upload)
	if err != nil {
		return nil, nil, err
	}
	var members []Member
	var runs []*store.Run
	for _, app := range apps {
		run, err := w.Store.LatestRun(ctx, app.ID)
		if err != nil {
			return nil, nil, err
		}
		m := Member{Report: new(hequan.Report)}
		if m.Form, err = loadForm(app.Form); err != nil {
			return nil, nil, err
		}
		if err := json.Unmarshal([]byte(run.Report), m.Report); err != nil {
			return nil, nil, err
		}
		members, runs = append(members, m), append(runs, run)
	}
	return members, runs, nil
}
