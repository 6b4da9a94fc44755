package worker

import (
	"context"
	"encoding/json"

	"hequan"
	"hequan/internal/store"
)

// tryAnew handles window:recheck: it judges the applications of an upload anew
// from what was read of them, compares them with each other, and keeps the
// reports apart. What an interrupted try has judged is not judged again.
func (w *Worker) tryAnew(ctx context.Context, id string) error {
	return w.claimed(ctx, store.KindTrial, id, func(ctx context.Context, attempt int64) error {
		trial, err := w.Store.Trial(ctx, id)
		if err != nil {
			return err
		}
		apps, err := w.Store.Members(ctx, trial.UploadID)
		if err != nil {
			return err
		}
		kept, err := w.Store.TrialReports(ctx, id)
		if err != nil {
			return err
		}
		known := map[string]store.TrialReport{}
		for _, r := range kept {
			known[r.ApplicationID] = r
		}
		var members []Member
		var rows []store.TrialReport
		for i := range apps {
			row, ok := known[apps[i].ID]
			if !ok || row.Run != apps[i].Run {
				if row, err = w.judgeTrial(ctx, trial, &apps[i]); err != nil {
					return err
				}
				if err := w.Store.KeepTrialReport(ctx, attempt, row); err != nil {
					return err
				}
			}
			m := Member{Report: new(hequan.Report)}
			if m.Form, err = loadForm(apps[i].Form); err != nil {
				return err
			}
			if err := json.Unmarshal([]byte(row.Report), m.Report); err != nil {
				return err
			}
			members, rows = append(members, m), append(rows, row)
		}
		if err := w.compareTrial(ctx, attempt, members, rows); err != nil {
			return err
		}
		return w.Store.FinishTrial(ctx, id, attempt)
	})
}

func (w *Worker) judgeTrial(ctx context.Context, trial *store.Trial, app *store.Application) (store.TrialReport, error) {
	report, err := w.judge(ctx, app)
	if err != nil {
		return store.TrialReport{}, err
	}
	data, err := json.Marshal(report)
	return store.TrialReport{TrialID: trial.ID, ApplicationID: app.ID, Run: app.Run, Policy: report.Policy, Version: report.Version,
		Verdict: string(report.Verdict), Report: string(data)}, err
}

// compareTrial compares several applications with each other and keeps what that changes.
func (w *Worker) compareTrial(ctx context.Context, attempt int64, members []Member, rows []store.TrialReport) error {
	if len(members) < 2 {
		return nil
	}
	w.Compare(members)
	for i, m := range members {
		data, err := json.Marshal(m.Report)
		if err != nil {
			return err
		}
		if string(data) == rows[i].Report {
			continue
		}
		rows[i].Report, rows[i].Verdict = string(data), string(m.Report.Verdict)
		if err := w.Store.KeepTrialReport(ctx, attempt, rows[i]); err != nil {
			return err
		}
	}
	return nil
}
